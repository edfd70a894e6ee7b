"""编报通知的页面：drafted, gone over, issued; the list of units; what a unit reads of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.errors import GongkaiError, NotAllowed
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with, roles_of
from gongkai.organs.states import Duty
from gongkai.reporting.actions import calling
from gongkai.reporting.forms.calling import CallForm, DueForm, ReasonForm, UnitForm, YearForm
from gongkai.reporting.models import Call, Filing, Unit
from gongkai.reporting.queries import WRITERS
from gongkai.reporting.rounds import calls_for, competent_at
from gongkai.reporting.states import CallState
from gongkai.steps.actions import Offer, posted
from gongkai.theme.forms import add_sentence
from gongkai.theme.paging import page

TONES = {CallState.DRAFT: "info", CallState.ISSUED: "warn", CallState.CLOSED: "plain"}


def call_of(pk: int, staff: Staff) -> Call:
    """一份通知：if it is this person's or has gone out to his organ; otherwise there is none."""
    return get_object_or_404(calls_for(staff), pk=pk)


def own_call(pk: int, staff: Staff) -> Call:
    """主管的一份通知：for the pages of the competent department alone."""
    made = call_of(pk, staff)
    if Duty.COMPETENT not in roles_of(staff, made.organ):
        raise NotAllowed("这一页由发出通知的主管部门使用。")
    return made


def unit_of(made: Call, key: int) -> Unit:
    """名单中的一个单位。"""
    unit = get_object_or_404(made.units.select_related("organ"), pk=key)
    unit.call = made
    return unit


@desk_page
@require_safe
def calls(request: StaffRequest) -> HttpResponse:
    """编报通知：the newest year first."""
    organs = competent_at(request.user)
    listed = page(calls_for(request.user), order=["-year", "-id"], at=request.GET.get("at", ""))
    year = timezone.localdate().year
    initial = {"year": year if timezone.localdate().month > 6 else year - 1}
    context = {
        "page": listed,
        "tones": TONES,
        "form": YearForm(organs=organs, initial=initial) if organs else None,
    }
    return render(request, "reporting/desk/calls.html", context)


@desk_page
def new_call(request: StaffRequest) -> HttpResponse:
    """拟写通知：of one organ and year, with the usual words and days."""
    organs = competent_at(request.user)
    if not organs:
        raise NotAllowed("编报通知由政府信息公开工作主管部门拟写。")
    asked = YearForm(request.GET, organs=organs)
    if not asked.is_valid():
        return render(request, "reporting/desk/call_year.html", {"form": asked})
    organ, year = asked.cleaned_data["organ"], asked.cleaned_data["year"]
    proposed = calling.proposed(organ, year)
    form = CallForm(request.POST or None, instance=proposed)
    if request.method == "POST" and form.is_valid():
        try:
            made = calling.call(form.instance, by=request.user)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, f"已拟写，名单里有{made.units.count()}个单位，核对以后发出。")
            return redirect(made)
    why_not = calling.why_not_call(organ, year, by=request.user)
    context = {"form": form, "organ": organ, "year": year, "why_not": why_not, "made": None}
    return render(request, "reporting/desk/call_form.html", context)


@desk_page
def amend(request: StaffRequest, pk: int) -> HttpResponse:
    """修改通知：until it goes out."""
    made = own_call(pk, request.user)
    form = CallForm(request.POST or None, instance=made)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = call_of(pk, request.user)
            calling.amend(fresh, by=request.user, **form.cleaned_data)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, "已修改。")
            return redirect(made)
    why_not = calling.why_not_amend(call_of(pk, request.user), by=request.user)
    context = {"form": form, "organ": made.organ, "year": made.year, "why_not": why_not,
               "made": made}  # fmt: skip
    return render(request, "reporting/desk/call_form.html", context)


@desk_page
@require_safe
def call(request: StaffRequest, pk: int) -> HttpResponse:
    """一份通知：for the competent department with its list, for a unit with its own part."""
    return _call(request, call_of(pk, request.user))


def _call(
    request: StaffRequest, made: Call, form: UnitForm | None = None, problem: str = ""
) -> HttpResponse:
    ours = Duty.COMPETENT in roles_of(request.user, made.organ)
    context: dict[str, Any] = {
        "call": made,
        "tone": TONES[CallState(made.state)],
        "ours": ours,
        "mine": _mine(made, request.user),
        "problem": problem,
    }
    if ours:
        why_not = calling.why_not_list(made, by=request.user)
        context |= {
            "units": made.units.select_related("organ"),
            "unaccounted": calling.unaccounted(made),
            "offers": _offers(made, request.user),
            "form": None if why_not else form or UnitForm(call=made),
            "why_not_list": why_not,
            "may_amend": not calling.why_not_amend(made, by=request.user),
        }
    return render(request, "reporting/desk/call.html", context)


def _offers(made: Call, by: Staff) -> list[Offer]:
    return [
        Offer(move, calling.why_not_move(made, move.name, by=by))
        for move in made.FLOW.leaving(made.state)
    ]


def _mine(made: Call, by: Staff) -> list[dict[str, Any]]:
    """The units of the list one writes for, with the report if it has been begun."""
    units = list(made.units.filter(organ__in=organs_with(by, WRITERS)).select_related("organ"))
    organs = [unit.organ_id for unit in units]
    rows = Filing.objects.filter(organ__in=organs, year=made.year).defer("frozen")
    newest = {(one.organ_id, one.scope): one for one in rows.order_by("version")}
    for unit in units:
        unit.call = made
    return [
        {"unit": unit, "filing": newest.get((unit.organ_id or 0, unit.scope))} for unit in units
    ]


@desk_page
@require_POST
def act(request: StaffRequest, pk: int) -> HttpResponse:
    """发出、结束、恢复。"""
    made = own_call(pk, request.user)
    try:
        move, note = posted(request, made)
        calling.advance_call(made, move, by=request.user, note=note)
    except GongkaiError as problem:
        return _call(request, call_of(pk, request.user), problem=f"{problem}")
    messages.success(request, f"已{made.FLOW[move].label}。")
    return redirect(made)


@desk_page
@require_POST
def add_unit(request: StaffRequest, pk: int) -> HttpResponse:
    """增加单位。"""
    made = own_call(pk, request.user)
    form = UnitForm(request.POST, call=made)
    if form.is_valid():
        try:
            unit = calling.add_unit(made, by=request.user, **form.cleaned_data)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, f"已把{unit}加入名单。")
            return redirect(f"{made.get_absolute_url()}#units")
    return _call(request, made, form)


@desk_page
def remove_unit(request: StaffRequest, pk: int, key: int) -> HttpResponse:
    """去掉单位：with a reason."""
    unit = unit_of(own_call(pk, request.user), key)
    form = ReasonForm(request.POST or None)
    return _of_unit(
        request, unit, form, f"把{unit}从名单里去掉", "去掉",
        lambda: calling.remove_unit(unit, by=request.user, reason=form.cleaned_data["reason"]),
    )  # fmt: skip


@desk_page
def set_due(request: StaffRequest, pk: int, key: int) -> HttpResponse:
    """另定截止日期。"""
    unit = unit_of(own_call(pk, request.user), key)
    form = DueForm(request.POST or None, initial={"on": unit.due})
    return _of_unit(
        request, unit, form, f"{unit}的报送截止日期", "确定",
        lambda: calling.set_due(
            unit, form.cleaned_data["on"], by=request.user, reason=form.cleaned_data["reason"]
        ),
    )  # fmt: skip


def _of_unit(
    request: StaffRequest,
    unit: Unit,
    form: forms.Form,
    title: str,
    button: str,
    do: Callable[[], None],
) -> HttpResponse:
    """The form, or the deed; what is refused comes back with everything typed."""
    made: Call = unit.call
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, "已办理。")
            return redirect(f"{made.get_absolute_url()}#units")
    context = {"call": made, "unit": unit, "form": form, "title": title, "button": button}
    return render(request, "reporting/desk/call_unit.html", context)
