"""每个请求都要过的门：content policy, script of the characters, errors as sentences."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from gongkai.errors import GongkaiError
from gongkai.theme import errors
from gongkai.theme.chinese import page_to_traditional
from gongkai.theme.reading import Reading

Handler = Callable[[HttpRequest], HttpResponseBase]


class ContentPolicy:
    """内容安全策略：only what this site itself serves runs or shows; inline needs the nonce."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        signs_in_at = ""
        if settings.OIDC_SERVER:
            parts = urlsplit(settings.OIDC_SERVER)
            signs_in_at = f" {parts.scheme}://{parts.netloc}"
        self.policy = (
            "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' "
            "'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
            f"form-action 'self'{signs_in_at}; manifest-src 'self'; frame-src 'self'; "
            "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Give the request its nonce and the answer its policy."""
        request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if "Content-Security-Policy" not in response:
            response["Content-Security-Policy"] = self.policy.replace(
                "{nonce}",
                request.csp_nonce,  # type: ignore[attr-defined]
            )
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response


class Script:
    """简繁切换：read the reader's choices, and turn the page into traditional script if asked."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Text between the tags is turned; addresses and field values stay as they are."""
        reading = request.reading = Reading.of(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if not isinstance(response, HttpResponse):
            return response
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        response.headers.setdefault("Content-Language", reading.language)
        if reading.traditional:
            response.content = page_to_traditional(response.content.decode()).encode()
            if "Content-Length" in response:
                response["Content-Length"] = str(len(response.content))
        return response


class Sentences:
    """出错说人话：an error of the house raised in a page becomes a page that says it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing to do while all goes well."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """NotAllowed is 403, any other error of the house 400; the rest is Django's."""
        if isinstance(problem, GongkaiError):
            return errors.sentence(request, problem)
        return None
