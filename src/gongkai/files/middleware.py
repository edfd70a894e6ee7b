"""上传的门口：what is too large is turned away by its announced size, before a byte is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gongkai.files.kinds import MEGABYTE, limits
from gongkai.theme import errors

Handler = Callable[[HttpRequest], HttpResponseBase]


class SizeLimit:
    """大小限制：of a whole request, in megabytes: the setting UPLOAD_MB.

    A request without an announced length has no body for us: WSGI reads none.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.most: int = getattr(settings, "UPLOAD_MB", 0) or (
            2 * max(limits().values()) // MEGABYTE
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """413 with a sentence."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) <= self.most * MEGABYTE:
            return self.get_response(request)
        size = int(length) / MEGABYTE if length.isdigit() else 0
        return errors.page(
            request,
            413,
            "上传的内容太大",
            f"一次最多上传 {self.most} MB，这次有 {size:.0f} MB，没有接收。",
            "请拆分或者压缩后再上传。",
        )
