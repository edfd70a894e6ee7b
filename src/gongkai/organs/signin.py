"""登录：password and one-time code for real, one click in the demonstration."""

from __future__ import annotations

import base64
import time
from functools import cache
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from gongkai.organs.models import Staff
from gongkai.organs.states import Duty
from gongkai.theme import errors


def display(staff: Staff) -> str:
    """What the second-factor app and the pages call a person."""
    return staff.name


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """账号：accounts are opened by the system administrator; nobody signs up by himself."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "用户名或口令不对。",
        "too_many_login_attempts": "尝试次数太多，请过几分钟再试。",
        "account_inactive": "这个账号已停用，请与本机关的系统管理员联系。",
        "incorrect_password": "口令不对。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """allauth's little congratulations are left out; pages say what matters."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address for allauth's limits and for the log of sign-ins."""
        return client_address(request) or "0.0.0.0"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted by axes, in the database that all workers share."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Before the account itself is changed; a password just typed need not be typed again."""
        request = self.request or context.request
        records = get_authentication_records(request, request.user)
        fresh = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(one["at"] > fresh for one in records)

    def set_password(self, user: Staff, password: str) -> None:
        """A person who has chosen his own password need not change it again."""
        user.must_change_password = False
        super().set_password(user, password)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """动态口令：secrets lie encrypted in the database, under a key that is not in it."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "动态口令不对，请看准时间重新输入。",
    }

    def encrypt(self, text: str) -> str:
        """Fernet (AES-128-CBC and HMAC-SHA-256) under a key derived from the signing key."""
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The other way round."""
        return _vault().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """A second factor may be given up only where none is asked for."""
        return bool(settings.DEMO)


@cache
def _vault() -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"gongkai second factor").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))


class SignInForm(LoginForm):  # type: ignore[misc]
    """登录表单。"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "用户名"
        self.fields["password"].label = "口令"
        self.fields["password"].help_text = ""
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)


def client_address(request: HttpRequest) -> str | None:
    """来访地址：of the connection; behind a proxy of ours, the one that proxy has seen.

    Only the last address of X-Forwarded-For is the proxy's word; those before it anybody may
    have written.
    """
    if settings.PROXY and (seen := request.META.get("HTTP_X_FORWARDED_FOR", "")):
        return str(seen.rpartition(",")[2].strip())
    return request.META.get("REMOTE_ADDR")


def tried_username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """尝试登录的用户名：in one case, for sign-in takes any, and each is not a new chance."""
    tried = (credentials or {}).get("username") or request.POST.get("login", "")
    return str(tried).strip().lower()


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """锁定：too many wrong passwords in a row."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return errors.page(
        request,
        429,
        "账号已暂时锁定",
        f"连续{settings.AXES_FAILURE_LIMIT}次口令错误，账号锁定{minutes}分钟。",
        "如果不是您本人在登录，请告诉本机关的安全管理员；安全管理员也可以提前解锁。",
    )


@require_POST
def one_click(request: HttpRequest) -> HttpResponse:
    """一键登录：only in the demonstration, only into accounts made for it."""
    if not settings.DEMO:
        raise Http404
    staff = get_object_or_404(
        Staff, username=request.POST.get("username", ""), demo=True, is_active=True
    )
    login(request, staff, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return redirect(settings.LOGIN_REDIRECT_URL)


def demo_accounts() -> list[dict[str, Any]]:
    """演示账号：each with its organ and duties, for the page of sign-in; empty otherwise."""
    if not settings.DEMO:
        return []
    accounts = Staff.objects.filter(demo=True, is_active=True).prefetch_related("roles")
    return [
        {
            "username": staff.username,
            "name": staff.name,
            "organ": staff.organ.name,
            "duties": "、".join(dict.fromkeys(Duty(role.duty).label for role in staff.roles.all())),
        }
        for staff in accounts.order_by("organ__path", "pk")[:60]
    ]
