"""用印、送达、签收、重新答复：what happens once the reply is signed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from gongkai.applications.actions import papers, serving
from gongkai.applications.actions.papers import as_letter
from gongkai.applications.actions.receiving import Sent
from gongkai.applications.actions.records import approval_slip, service_record
from gongkai.applications.actions.replying import paper_of as reply_of
from gongkai.applications.actions.supplying import supplied
from gongkai.applications.actions.taking import refuse
from gongkai.applications.desk.case import case, paper_of
from gongkai.applications.desk.deeds.page import Also, Deed
from gongkai.applications.desk.files import only_inside, printed
from gongkai.applications.forms.deeds import serving as forms
from gongkai.applications.letters.printing import pdf
from gongkai.applications.models import Application
from gongkai.applications.sealing import has_sealer, sealed
from gongkai.applications.states import Attached
from gongkai.errors import BadInput, GongkaiError
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.theme.forms import add_sentence


def _seal(one: Application, by: Staff, told: dict[str, Any]) -> None:
    file = told["file"]
    if file is None:
        raise BadInput("请选择用印后的文书。")
    serving.seal(one, by=by, sent=Sent(Attached.SEALED_PAPER, file, file.name), note=told["note"])


def _seal_here(one: Application, by: Staff, told: dict[str, Any]) -> None:
    """By the seal of this site: asked before anything is written down."""
    refuse(serving.why_not_seal(one, by=by))
    paper = reply_of(one)
    assert paper is not None
    made = sealed(pdf(as_letter(paper)))
    sent = Sent(Attached.SEALED_PAPER, made, f"{paper.number}.pdf")
    serving.seal(one, by=by, sent=sent, note="，".join(filter(None, ("电子签章", told["note"]))))


def _reply(one: Application) -> dict[str, Any]:
    """What is to be sealed or served."""
    paper = reply_of(one)
    return {
        "reply": paper,
        "files": supplied(one),
        "copies": one.attachments.filter(sort=Attached.SEALED_PAPER, paper=paper) if paper else [],
    }


def _serve(one: Application, by: Staff, told: dict[str, Any]) -> None:
    serving.serve(one, by=by, **told)


def _sign_for(one: Application, by: Staff, told: dict[str, Any]) -> None:
    serving.sign_for(one, by=by, **told)


def _serve_again(one: Application, by: Staff, told: dict[str, Any]) -> None:
    serving.serve_again(one, by=by, **told)


def _reorder(one: Application, by: Staff, told: dict[str, Any]) -> None:
    serving.reorder(one, by=by, **told)


_WITH_REPLY = "applications/desk/deeds/serve.html"

DEEDS = (
    Deed(
        move="seal",
        form=forms.SealForm,
        do=_seal,
        button="登记用印",
        also=(
            Also(
                step="here",
                label="电子签章",
                do=_seal_here,
                when=lambda _: has_sealer(),
            ),
        ),
        template=_WITH_REPLY,
        more=_reply,
    ),
    Deed(
        move="serve",
        form=forms.ServeForm,
        do=_serve,
        button="送达",
        template=_WITH_REPLY,
        more=_reply,
    ),
    Deed(move="sign_for", form=forms.SignedForm, do=_sign_for, button="登记签收"),
    Deed(move="serve_again", form=forms.AgainForm, do=_serve_again, button="退回待送达"),
    Deed(move="reorder", form=forms.ReorderForm, do=_reorder, button="登记并重新办理"),
)


@desk_page
def send(request: StaffRequest, pk: int, key: int) -> HttpResponse:
    """发出草稿：a notice that lies ready, edited once more or as it is."""
    one = case(pk, request.user)
    paper = paper_of(one, key)
    paper.application = one
    form = forms.SendForm(request.POST or None, application=one, by=request.user)
    body = request.POST.get("body", paper.body)
    if request.method == "POST" and form.is_valid():
        words = form.told()["sending"]
        edited = None if body.replace("\r\n", "\n").strip() == paper.body else body
        try:
            papers.send_draft(paper, words, by=request.user, body=edited)
        except GongkaiError as problem:
            paper.refresh_from_db()
            add_sentence(form, problem)
        else:
            messages.success(request, f"已发出：{paper.title}。")
            return redirect(one)
    context = {
        "application": one,
        "title": f"发出{paper.title}",
        "paper": paper,
        "form": form,
        "body": body,
        "why_not": [] if form.is_bound else papers.why_not_send(paper, by=request.user),
    }
    return render(request, "applications/desk/deeds/send.html", context)


@desk_page
def record_of_service(request: StaffRequest, pk: int, key: int, form: str) -> HttpResponse:
    """送达回证（文书36）。"""
    one = case(pk, request.user)
    only_inside(one, request.user)
    paper = paper_of(one, key)
    return printed(service_record(paper), form, f"{paper.number or one.number}送达回证")


@desk_page
def slip(request: StaffRequest, pk: int, form: str) -> HttpResponse:
    """审批单（文书38）。"""
    one = case(pk, request.user)
    only_inside(one, request.user)
    return printed(approval_slip(one), form, f"{one.number}审批单")
