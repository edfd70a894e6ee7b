"""办理一步的页面：one page serves every deed of the table below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.disputes.actions import answering, hearing, obeying, registering, ruling
from gongkai.disputes.desk.case import case, said_of
from gongkai.disputes.desk.offers import why_not_do
from gongkai.disputes.forms import deeds as forms
from gongkai.disputes.models import Dispute, Hearing
from gongkai.errors import GongkaiError
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.steps.actions import OVERTAKEN
from gongkai.theme.forms import add_sentence

#: What a deed does with what was filled in.
Do = Callable[[Any, Staff, dict[str, Any]], object]


@dataclass(frozen=True, slots=True)
class Deed:
    """一步：its move, its form, what it does."""

    move: str
    form: type[forms.DeedForm]
    do: Do
    button: str = ""


DEEDS = (
    Deed("assign", forms.AssignForm, lambda one, by, told: registering.assign(one, by=by, **told)),
    Deed("attach", forms.AttachForm, lambda one, by, told: registering.attach(one, by=by, **told)),
    Deed("file", forms.FileForm, lambda one, by, told: answering.file(one, by=by, **told)),
    Deed("hear", forms.HearForm, lambda one, by, told: hearing.hear(one, by=by, **told)),
    Deed("decide", forms.DecideForm, lambda one, by, told: ruling.decide(one, by=by, **told)),
    Deed("appeal", forms.AppealForm, lambda one, by, told: ruling.appeal(one, by=by, **told)),
    Deed("decide_appeal", forms.DecideAppealForm,
         lambda one, by, told: ruling.decide_appeal(one, by=by, **told)),
    Deed("order", forms.OrderForm, lambda one, by, told: obeying.order(one, by=by, **told)),
    Deed("obey", forms.ObeyForm, lambda one, by, told: obeying.obey(one, by=by, **told)),
    Deed("learn", forms.LearnForm, lambda one, by, told: ruling.learn(one, by=by, **told),
         "保存"),
)  # fmt: skip
ATTEND = Deed("attend", forms.AttendForm, lambda one, by, told: hearing.attend(one, by=by, **told))
CANCEL = Deed(
    "cancel_hearing", forms.CancelForm, lambda one, by, told: hearing.cancel(one, by=by, **told)
)


def view_of(deed: Deed) -> Callable[..., HttpResponseBase]:
    """一步的页面。"""

    @desk_page
    def page(request: StaffRequest, pk: int) -> HttpResponse:
        one = case(pk, request.user)
        return _page(request, one, deed, one, lambda: why_not_do(one, deed.move, by=request.user))

    return page


@desk_page
def attend(request: StaffRequest, pk: int, key: int) -> HttpResponse:
    """登记听证、庭审情况。"""
    one = case(pk, request.user)
    held = get_object_or_404(Hearing, pk=key, dispute=one)
    held.dispute = one
    return _page(request, one, ATTEND, held, lambda: hearing.why_not_attend(held, by=request.user))


@desk_page
def cancel(request: StaffRequest, pk: int, key: int) -> HttpResponse:
    """取消听证、开庭。"""
    one = case(pk, request.user)
    held = get_object_or_404(Hearing, pk=key, dispute=one)
    held.dispute = one
    return _page(request, one, CANCEL, held, lambda: why_not_do(one, CANCEL.move, by=request.user))


def _page(
    request: StaffRequest, one: Dispute, deed: Deed, subject: Any, why_not: Callable[[], list[str]]
) -> HttpResponse:
    """The form; or the deed, and on to the case. What cannot be done says why and keeps it."""
    sent = request.method == "POST"
    form = deed.form(*((request.POST, request.FILES) if sent else ()), dispute=one)
    label = one.FLOW[deed.move].label
    if sent and form.is_valid():
        if request.POST.get("seen", one.state) != one.state:
            form.add_error(None, OVERTAKEN)
        else:
            try:
                deed.do(subject, request.user, form.told())
            except GongkaiError as problem:
                # What the deed changed of the record in hand has been taken back.
                one = case(one.pk, request.user)
                add_sentence(form, problem)
            else:
                messages.success(request, f"已办理：{label}。{said_of(case(one.pk, request.user))}")
                return redirect(one)
    context = {
        "dispute": one, "title": label, "form": form, "button": deed.button or label,
        "why_not": [] if sent else why_not(),
    }  # fmt: skip
    return render(request, "disputes/desk/deed.html", context)
