"""下载：a published report in every format, and what was attached to it for the public."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.annual.exchange import load
from gongkai.annual.write import write
from gongkai.files.handing import hand_out
from gongkai.reporting.actions.printing import FORMS, printed
from gongkai.reporting.models import Filing, FilingFile
from gongkai.reporting.portal.reports import gone
from gongkai.reporting.queries import visible

_TYPES = {"html": "text/html; charset=utf-8", "json": "application/json; charset=utf-8"}


@require_safe
def download(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """下载：the same bytes for everybody; what takes a while to make is made once and kept."""
    filing = Filing.objects.public().filter(pk=pk).first()
    if filing is None:
        return gone(request, pk)
    if form in FORMS:
        kept = printed(filing, form)
        return hand_out(kept.blob, kept.name, request=request)
    response = HttpResponse(write(load(filing.frozen), form), content_type=_TYPES[form])
    response["Content-Disposition"] = content_disposition_header(True, f"{filing}.{form}") or ""
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def file(request: HttpRequest, pk: int, key: int) -> HttpResponseBase:
    """附件：only of a report the public may see, and not what is kept inside."""
    rows = FilingFile.objects.filter(visible(None, prefix="filing__"), inside=False)
    kept = get_object_or_404(rows.select_related("blob"), pk=key, filing=pk)
    return hand_out(kept.blob, kept.name, request=request)
