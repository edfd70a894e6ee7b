"""查询办理：what an applicant sees of his request, and what he may do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.applications.actions.conversing import note_read, rate, say
from gongkai.applications.actions.correcting import take_correction
from gongkai.applications.actions.excess import take_reasons
from gongkai.applications.actions.receiving import Sent
from gongkai.applications.actions.replying import withdraw
from gongkai.applications.forms.tracking import (
    CorrectionForm,
    MessageForm,
    RatingForm,
    ReasonsForm,
    TrackForm,
    WithdrawForm,
)
from gongkai.applications.letters import printing
from gongkai.applications.letters.compose import Composed, written
from gongkai.applications.letters.layout import Block, layout
from gongkai.applications.models import Application, Complaint, Paper
from gongkai.applications.portal.entering import enter, entered, leave
from gongkai.applications.portal.examples import examples
from gongkai.applications.portal.showing import Shown, files_for, papers_for, shown
from gongkai.applications.states import Attached
from gongkai.errors import GongkaiError, NotAllowed
from gongkai.files.handing import hand_out
from gongkai.theme.forms import add_sentence
from gongkai.trail.actions import record

TAG = {
    "name": "查询办理", "description": "凭编号和查询码查询申请办理情况", "keywords": "查询,办理",
    "type": "依申请公开",
}  # fmt: skip
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _own_page(page: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """本人页面：only for the request this session has opened; kept by no cache."""

    @never_cache
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        matter = entered(request)
        if not isinstance(matter, Application):
            messages.info(request, "请凭编号和查询码查询；为了安全，30分钟没有操作需要重新输入。")
            return redirect("applications:track")
        return page(request, matter, *args, **kwargs)

    return guarded


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """凭编号和查询码查询：of a request or of a complaint."""
    form = TrackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            matter = enter(request, form.cleaned_data["number"], form.cleaned_data["code"])
        except NotAllowed as problem:
            add_sentence(form, problem)
        else:
            complaint = isinstance(matter, Complaint)
            return redirect("applications:complaint" if complaint else "applications:case")
    context = {"form": form, "examples": examples(), "tag_column": TAG}
    return render(request, "applications/portal/track.html", context)


@require_POST
def track_leave(request: HttpRequest) -> HttpResponse:
    """结束查询：the browser is left without a way back."""
    leave(request)
    messages.success(request, "已结束查询。")
    return redirect("applications:track")


@_own_page
@require_safe
def case(request: HttpRequest, application: Application) -> HttpResponse:
    """我的申请。"""
    return _case(request, application)


def _case(
    request: HttpRequest, application: Application, **forms_given: forms.Form
) -> HttpResponse:
    seen, wrong = shown(application), next(iter(forms_given), "")
    context = {
        "shown": seen,
        "forms": {name: kind(prefix=name) for name, (kind, _) in DEEDS.items()} | forms_given,
        "wrong": wrong,
        # What was typed stays on the page even when there is no such thing to do any more.
        "stray": forms_given[wrong] if wrong and not _offered(seen, wrong) else None,
        "tag_column": TAG,
    }
    return render(request, "applications/portal/case.html", context)


def _offered(seen: Shown, deed: str) -> bool:
    return seen.may_rate if deed == "rate" else seen.may.get(deed) == []


@_own_page
@require_POST
def do(request: HttpRequest, application: Application, deed: str) -> HttpResponse:
    """办一件事：correct, give reasons, withdraw, say something, rate; refused in words."""
    if deed not in DEEDS:
        raise Http404
    kind, act = DEEDS[deed]
    form = kind(request.POST, request.FILES, prefix=deed)
    if form.is_valid():
        try:
            messages.success(request, act(application, form.cleaned_data))
        except GongkaiError as problem:
            add_sentence(form, problem)
            application.refresh_from_db()
        else:
            return redirect("applications:case")
    return _case(request, application, **{deed: form})


def _correct(application: Application, told: dict[str, Any]) -> str:
    take_correction(
        application, by=None, text=told["text"], sent=_sent(Attached.CORRECTION, told["materials"])
    )
    return "补正已经收到，答复期限自今天起重新计算。"


def _reasons(application: Application, told: dict[str, Any]) -> str:
    take_reasons(
        application, by=None, text=told["text"], sent=_sent(Attached.REASONS, told["materials"])
    )
    return "理由已经收到。"


def _withdraw(application: Application, told: dict[str, Any]) -> str:
    withdraw(application, by=None, text=told["text"])
    return "申请已经撤回。"


def _say(application: Application, told: dict[str, Any]) -> str:
    say(application, told["text"], by=None)
    return "留言已经送达工作机构，回复会显示在这里。"


def _rate(application: Application, told: dict[str, Any]) -> str:
    rate(application, told["stars"], told["text"])
    return "谢谢您的评价。"


def _sent(sort: Attached, files: Iterable[Any]) -> list[Sent]:
    return [Sent(sort, one, one.name or "附件") for one in files]


#: 申请人能办的：its form and what it does; the sentence it gives back says what was done.
DEEDS: dict[str, tuple[type[forms.Form], Callable[[Application, dict[str, Any]], str]]] = {
    "correct": (CorrectionForm, _correct),
    "reasons": (ReasonsForm, _reasons),
    "withdraw": (WithdrawForm, _withdraw),
    "message": (MessageForm, _say),
    "rate": (RatingForm, _rate),
}


# ── 文书和文件 ───────────────────────────────────────────────────────────────────────────────


def _paper(application: Application, pk: int) -> Paper:
    """文书：one of those that were sent to him; 404 for any other. Opening it is written down."""
    for paper in papers_for(application):
        if paper.pk == pk:
            note_read(paper)
            return paper
    raise Http404


def _composed(application: Application, paper: Paper) -> Composed:
    return written(
        paper.letter,
        organ=application.organ.name,
        body=paper.body,
        title=paper.title,
        dated_on=paper.dated_on,
        number=paper.number,
        addressee=paper.addressee,
        signature=paper.signature,
    )


@_own_page
@require_safe
def paper(request: HttpRequest, application: Application, pk: int) -> HttpResponse:
    """阅读文书。"""
    one = _paper(application, pk)
    arranged = layout(_composed(application, one).paragraphs)
    context = {
        "paper": one,
        "signature": one.signature or application.organ.name,
        "blocks": _kinds(arranged.blocks),
        "slips": [(slip.title, _kinds(slip.blocks)) for slip in arranged.slips],
        "tag_column": TAG,
    }
    return render(request, "applications/portal/paper.html", context)


def _kinds(blocks: Iterable[Block]) -> list[tuple[str, Block]]:
    return [(type(one).__name__.lower(), one) for one in blocks]


@_own_page
@require_safe
def paper_file(request: HttpRequest, application: Application, pk: str, form: str) -> HttpResponse:
    """下载文书：PDF or DOCX."""
    one = _paper(application, int(pk))
    composed = _composed(application, one)
    if form == "docx":
        response = HttpResponse(printing.docx(composed), content_type=_DOCX)
    else:
        response = HttpResponse(printing.pdf(composed), content_type="application/pdf")
    name = f"{one.title}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@_own_page
@require_safe
def file(request: HttpRequest, application: Application, pk: int) -> HttpResponseBase:
    """下载提供的信息；written down, for it is how the reply was carried out."""
    for one in files_for(application):
        if one.pk == pk:
            if "Range" not in request.headers:
                record(application, "fetch_file", by=None, label="申请人下载文件", note=one.name)
            response = hand_out(one.blob, one.name, request=request)
            response["Cache-Control"] = "private, no-store"
            return response
    raise Http404
