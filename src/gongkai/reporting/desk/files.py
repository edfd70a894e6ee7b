"""草稿和附件：the report as it stands now in every format, marked 草稿 until it is published."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.annual.write import write
from gongkai.files.handing import hand_out
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.reporting.assembling import report_of
from gongkai.reporting.models import Filing

DOWNLOADS = (
    ("html", "预览打印"),
    ("docx", "DOCX"),
    ("pdf", "PDF"),
    ("xlsx", "XLSX"),
    ("json", "JSON"),
)
_TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
#: Looked at in the browser; the others are saved.
_INLINE = ("html", "pdf")
_NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def filing_of(pk: int, staff: Staff) -> Filing:
    """一份年报：if it is on this person's desk; otherwise there is none."""
    rows = Filing.objects.on_the_desk_of(staff)
    return get_object_or_404(rows.select_related("organ", "call", "replaces"), pk=pk)


@desk_page
@require_safe
def draft(request: StaffRequest, pk: int, form: str) -> HttpResponse:
    """草稿：as it would be published today; a frozen one as it is frozen."""
    one = filing_of(pk, request.user)
    if form not in _TYPES:
        raise Http404
    data = write(report_of(one), form)
    name = f"{one}{'' if one.is_public else f'（草稿，{one.get_state_display()}）'}.{form}"
    response = HttpResponse(data, content_type=_TYPES[form])
    response["Content-Disposition"] = content_disposition_header(form not in _INLINE, name) or ""
    if form == "html":
        response["Content-Security-Policy"] = _NOTHING_RUNS
    return response


@desk_page
@require_safe
def attachment(request: StaffRequest, pk: int, key: int) -> HttpResponseBase:
    """附件。"""
    one = filing_of(pk, request.user)
    file = get_object_or_404(one.files.select_related("blob"), pk=key)
    return hand_out(file.blob, file.name, request=request, inline=True)
