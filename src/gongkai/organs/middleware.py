"""登录之后：a password of one's own, a second factor, and an end to idle sessions."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve

Handler = Callable[[HttpRequest], HttpResponseBase]

#: How often the session of a person at work is renewed; not at every click.
RENEWAL_SECONDS = 60
#: Where one may go before the account is ready.
OPEN_PAGES = {
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "theme:reading",
}
ENROLMENT_PAGES = {"mfa_activate_totp"}


class Readiness:
    """账号就绪：in real use nobody works with a password somebody else knows, or without TOTP."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at who is signed in; the public is let through at once, without a query."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        if request.user.is_authenticated:
            self._keep_alive(request)
            if not settings.DEMO and (page := self._unready(request)):
                return redirect(page)
        return self.get_response(request)

    def _keep_alive(self, request: HttpRequest) -> None:
        now = int(time.time())
        if now - request.session.get("seen", 0) >= RENEWAL_SECONDS:
            request.session["seen"] = now

    def _unready(self, request: HttpRequest) -> str | None:
        """The page a person must visit first, unless he is on his way there."""
        here = resolve(request.path_info).view_name
        if here in OPEN_PAGES:
            return None
        if request.user.must_change_password:  # type: ignore[union-attr]
            messages.warning(request, "请先设置您自己的口令。")
            return "account_change_password"
        if request.session.get("second_factor"):
            return None
        if is_mfa_enabled(request.user):
            request.session["second_factor"] = True
            return None
        if here in ENROLMENT_PAGES:
            return None
        messages.warning(request, "请先绑定动态口令，以后登录时都要输入。")
        return "mfa_activate_totp"
