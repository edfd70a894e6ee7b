"""机关的模板标签：``{% load organs %}``。"""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from gongkai.law.calendar import OverrideKind
from gongkai.organs import signin

register = template.Library()


@register.simple_tag
def demo_accounts() -> list[dict[str, Any]]:
    """演示账号：for the page of sign-in; empty outside the demonstration."""
    return signin.demo_accounts()


@register.simple_tag
def unified_sign_in() -> dict[str, Any] | None:
    """统一身份认证：its name and where to begin, if there is one."""
    if not settings.OIDC_SERVER:
        return None
    app: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    return {
        "name": app["name"],
        "url": reverse("openid_connect_login", args=[app["provider_id"]]),
    }


@register.filter
def override_word(kind: OverrideKind) -> str:
    """放假安排的种类，用中文说。"""
    words = {
        OverrideKind.HOLIDAY: "放假",
        OverrideKind.WORKDAY: "上班",
        OverrideKind.NOTICE: "年度通知",
    }
    return words[kind]
