"""统一身份认证（OIDC）：who signs in there is found here by username; nobody new is made."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from gongkai.organs.models import Staff
from gongkai.theme import errors


class UnifiedAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """统一身份认证。"""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: the system administrator opens accounts."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie the identity to the account whose username its claim names, or say there is none."""
        if sociallogin.is_existing:
            return
        data = sociallogin.account.extra_data
        claims = {**data, **data.get("userinfo", {}), **data.get("id_token", {})}
        username = str(claims.get(settings.OIDC_CLAIM) or "")
        staff = Staff.objects.filter(username__iexact=username, is_active=True).first()
        if not username or staff is None:
            raise ImmediateHttpResponse(
                errors.page(
                    request,
                    403,
                    "还没有开通账号",
                    f"统一身份认证认得您（{username or '没有给出用户名'}），"
                    "但本系统没有对应的账号。请与本机关的系统管理员联系。",
                )
            )
        sociallogin.connect(request, staff)
