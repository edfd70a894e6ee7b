"""交付：a file handed out by the page of its owner, who has already decided that it may be."""

from __future__ import annotations

import re

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from gongkai.files.kinds import Kind
from gongkai.files.models import Blob
from gongkai.files.names import tidy

#: Shown in the browser when asked for; anything else is always saved.
INLINE = frozenset({Kind.PDF, Kind.PNG, Kind.JPEG, Kind.GIF})

_NOTHING_RUNS = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
# A viewer of PDF is not shown at all inside a sandbox.
_VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_CACHING = "private, no-cache"
_RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))")


def hand_out(
    blob: Blob, name: str, *, inline: bool = False, request: HttpRequest | None = None
) -> HttpResponseBase:
    """交付附件：the bytes under a name (RFC 6266, 8187), as what they are and as nothing else.

    With the ``request`` at hand a part asked for (Range) is answered as a part, and a copy the
    browser still has need not be sent again. The owner may set its own ``Cache-Control``.
    """
    etag = f'"{blob.sha256}"'
    if request is not None:
        fresh = HttpResponse(headers={"ETag": etag, "Cache-Control": _CACHING})
        answer = get_conditional_response(request, etag=etag, response=fresh)
        if answer is not None and answer is not fresh:
            return answer
    part = _part(request, etag, blob.size) if request is not None else None
    if part == (0, 0):
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{blob.size}"
        return refused
    begin, end = part or (0, blob.size)
    file = blob.open()
    file.seek(begin)
    response = FileResponse(_Slice(file, end - begin), content_type=_type(blob))
    response["Content-Length"] = str(end - begin)
    if part is not None:
        response.status_code = 206
        response["Content-Range"] = f"bytes {begin}-{end - 1}/{blob.size}"
    kind = Kind(blob.kind)
    shown = inline and kind in INLINE
    response["Content-Disposition"] = content_disposition_header(not shown, tidy(name, kind)) or ""
    response["Content-Security-Policy"] = _VIEWER if shown and kind is Kind.PDF else _NOTHING_RUNS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Cache-Control"] = _CACHING
    return response


def _type(blob: Blob) -> str:
    return f"{blob.content_type}; charset=utf-8" if blob.kind == Kind.TEXT else blob.content_type


def _part(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """The bytes asked for, end exclusive; None for all; (0, 0) for bytes that do not exist.

    Several ranges at once are answered with the whole, as RFC 9110 14.2 allows.
    """
    found = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if found is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last, tail = found.groups()
    if tail is not None:
        return (max(0, size - int(tail)), size) if int(tail) else (0, 0)
    begin = int(first)
    end = min(int(last) + 1, size) if last else size
    if last and int(last) < begin:
        return None
    return (begin, end) if begin < size else (0, 0)


class _Slice:
    """So many bytes of an open file; closed with the response."""

    def __init__(self, file: File[bytes], left: int) -> None:
        self._file = file
        self._left = left

    def read(self, size: int = -1) -> bytes:
        """The next bytes of the part."""
        wanted = self._left if size < 0 else min(size, self._left)
        data: bytes = self._file.read(wanted)
        self._left -= len(data)
        return data

    def close(self) -> None:
        """Close the file."""
        self._file.close()
