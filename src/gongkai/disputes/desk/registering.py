"""登记案件、更正登记事项。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from gongkai.applications.models import Application
from gongkai.disputes.actions import registering
from gongkai.disputes.actions.taking import HANDLERS
from gongkai.disputes.desk.case import case, said_of
from gongkai.disputes.desk.offers import why_not_do
from gongkai.disputes.forms.registering import AmendForm, NewForm, initial_of
from gongkai.errors import GongkaiError, NotAllowed
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.theme.forms import add_sentence


@desk_page
def register(request: StaffRequest) -> HttpResponse:
    """登记案件：from nothing, or begun from the page of a request."""
    if not organs_with(request.user, HANDLERS):
        raise NotAllowed("案件由本机关的信息公开机构、法制机构登记。")
    application = _application(request)
    form = NewForm(
        request.POST or None, request.FILES or None, by=request.user,
        initial=_initial(application),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = registering.register(
                form.cleaned_data["organ"], form.facts(), by=request.user,
                handler=form.cleaned_data["handler"], sent=form.sent(),
            )  # fmt: skip
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, f"已登记，台账编号{made.number}。{said_of(made)}")
            return redirect(made)
    context = {"form": form, "application": application}
    return render(request, "disputes/desk/register.html", context)


def _application(request: StaffRequest) -> Application | None:
    """The request it was begun from, if there is one and it can be seen."""
    key = request.GET.get("application", "")
    if not (key.isascii() and key.isdecimal() and len(key) < 18):
        return None
    rows = Application.objects.on_the_desk_of(request.user)
    return rows.select_related("organ").filter(pk=int(key)).first()


def _initial(application: Application | None) -> dict[str, Any]:
    if application is None:
        return {}
    return {"organ": application.organ_id, "application": application.number}


@desk_page
def amend(request: StaffRequest, pk: int) -> HttpResponse:
    """更正登记事项。"""
    one = case(pk, request.user)
    form = AmendForm(request.POST or None, by=request.user, dispute=one, initial=initial_of(one))
    reasons: list[str] = []
    if request.method != "POST":
        reasons = why_not_do(one, "amend", by=request.user)
    elif form.is_valid():
        try:
            registering.amend(
                one, form.facts(), by=request.user, reason=form.cleaned_data["reason"]
            )
        except GongkaiError as problem:
            one = case(pk, request.user)
            add_sentence(form, problem)
        else:
            messages.success(request, f"已更正。{said_of(one)}")
            return redirect(one)
    context = {
        "dispute": one, "title": one.FLOW["amend"].label, "form": form, "why_not": reasons,
        "button": "更正",
    }  # fmt: skip
    return render(request, "disputes/desk/deed.html", context)
