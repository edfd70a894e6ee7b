"""文书和附件的交付：papers to look at, DOCX, PDF; attachments, personal ones with a reason."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.applications.actions import opening
from gongkai.applications.actions.papers import as_letter, row_of, why_not_send
from gongkai.applications.actions.records import register_form
from gongkai.applications.desk.case import case, paper_of
from gongkai.applications.letters import Composed
from gongkai.applications.letters.layout import layout
from gongkai.applications.letters.printing import docx, pdf
from gongkai.applications.models import Application, Attachment
from gongkai.applications.queries import names_shown
from gongkai.applications.states import Attached
from gongkai.errors import NotAllowed
from gongkai.files.handing import hand_out
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_WRITERS = {"docx": docx, "pdf": pdf}


@desk_page
@require_safe
def paper(request: StaffRequest, pk: int, key: int) -> HttpResponse:
    """一份文书：its text, its state and how it went out."""
    one = case(pk, request.user)
    told = paper_of(one, key)
    context = {
        "application": one,
        "paper": told,
        "letter": row_of(told),
        "arranged": layout(as_letter(told).paragraphs),
        "services": told.services.select_related("by"),
        "may_send": not why_not_send(told, by=request.user),
        "inside": names_shown(request.user, one.organ),
    }
    return render(request, "applications/desk/paper.html", context)


@desk_page
@require_safe
def paper_file(request: StaffRequest, pk: int, key: int, form: str) -> HttpResponse:
    """文书的DOCX、PDF。"""
    told = paper_of(case(pk, request.user), key)
    return printed(as_letter(told), form, f"{told.number or told.title}")


@desk_page
@require_safe
def form_file(request: StaffRequest, pk: int, form: str) -> HttpResponse:
    """登记表（文书2）：made anew from what is on record, kept nowhere."""
    one = case(pk, request.user)
    only_inside(one, request.user)
    return printed(register_form(one), form, f"{one.number}登记表")


def only_inside(one: Application, by: Staff) -> None:
    """内部用表：they name the applicant, so they are for who works at the organ; else NotAllowed.

    The competent department reads the letters as they were served, and no more.
    """
    if not names_shown(by, one.organ):
        raise NotAllowed(f"内部用表上有申请人的姓名，只由{one.organ}查看。")


def printed(letter: Composed, form: str, name: str) -> HttpResponse:
    """成文并交付：PDF opens in the browser, DOCX is saved."""
    response = HttpResponse(_WRITERS[form](letter), content_type=_TYPES[form])
    response["Content-Disposition"] = (
        content_disposition_header(form == "docx", f"{name}.{form}") or ""
    )
    return response


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def attachment(request: StaffRequest, pk: int, key: int) -> HttpResponseBase:
    """附件：a scan of an identity paper only with a reason, which is written down."""
    one = case(pk, request.user)
    rows = Attachment.objects.select_related("blob", "application__organ")
    file = get_object_or_404(rows, pk=key, application=one)
    if not Attached(file.sort).is_personal:
        return hand_out(file.blob, file.name, request=request, inline=True)
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        blob = opening.open_scan(file, by=request.user, reason=reason)
        response = hand_out(blob, file.name, inline=True)
        response["Cache-Control"] = "no-store"
        return response
    context = {
        "application": one,
        "file": file,
        "why_not": opening.why_not_open(one.organ, by=request.user),
    }
    return render(request, "applications/desk/scan.html", context)
