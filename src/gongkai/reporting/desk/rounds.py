"""一轮编报的页面：progress, urging, what outside units sent, the reports to be cleared."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.documents.desk.exports import Sheet, sent
from gongkai.errors import GongkaiError, NotAllowed
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.reporting.actions import clearing, urging
from gongkai.reporting.actions.filling import begin, why_not_begin
from gongkai.reporting.actions.loading import file_for, why_not_file_for
from gongkai.reporting.desk.calls import TONES, own_call, unit_of
from gongkai.reporting.forms.calling import UnitFileForm, UrgeForm
from gongkai.reporting.models import Call
from gongkai.reporting.rounds import CHOICES, Line, competent_at, figures, lines, to_clear, whole_of
from gongkai.reporting.states import CallState, Scope
from gongkai.theme.forms import add_sentence
from gongkai.theme.paging import page

#: So many reports are judged on one page of those to be cleared.
_AT_ONCE = 30


@desk_page
@require_safe
def progress(request: StaffRequest, pk: int) -> HttpResponse:
    """报送进度：each unit of the list; figures on top, each of them a filter."""
    return _progress(request, own_call(pk, request.user))


def _progress(request: StaffRequest, made: Call, problem: str = "") -> HttpResponse:
    found = lines(made)
    show = request.GET.get("show", "")
    whole = whole_of(made)
    told = figures(found)
    context = {
        "call": made,
        "tone": TONES[CallState(made.state)],
        "lines": [line for line in found if line.fits(show)],
        "figures": told,
        "choices": [
            (name, label, told.asked if not name else told.counted[name])
            for name, label in CHOICES.items()
        ],
        "show": show if show in CHOICES else "",
        "problem": problem,
        "why_not_urge": urging.why_not_urge(made, by=request.user),
        "urge_form": UrgeForm(),
        "whole": whole,
        "why_not_begin": []
        if whole
        else why_not_begin(made.organ, Scope.WHOLE, made.year, by=request.user),
        "today": timezone.localdate(),
    }
    return render(request, "reporting/desk/progress.html", context)


@desk_page
@require_safe
def progress_file(request: StaffRequest, pk: int, form: str) -> HttpResponseBase:
    """导出报送进度：the same units as the page."""
    made = own_call(pk, request.user)
    show = request.GET.get("show", "")
    heads = {
        "单位": 36, "范围": 10, "截止日期": 12, "状态": 12, "报送日期": 12, "是否逾期": 10,
        "零报告": 8, "错误": 8, "警告": 8, "公布日期": 12, "催报次数": 10,
    }  # fmt: skip
    rows = (_row(line) for line in lines(made) if line.fits(show))
    return sent(Sheet(f"progress-{made.year}", f"{made.year}年报送进度", heads, rows), form)


def _row(line: Line) -> list[Any]:
    judged = line.verdict is not None
    return [
        line.unit.name,
        Scope(line.unit.scope).label,
        line.unit.due,
        line.standing,
        line.progress.sent_on,
        "是" if line.progress.late else "否",
        "是" if line.zero else "",
        line.errors if judged else "",
        line.warnings if judged else "",
        line.filing.published_on if line.filing else None,
        line.urged,
    ]


@desk_page
@require_POST
def urge(request: StaffRequest, pk: int) -> HttpResponse:
    """催报：the units ticked, else all that are missing."""
    made = own_call(pk, request.user)
    missing = [line.unit for line in lines(made) if line.progress.missing and line.unit.organ_id]
    chosen = set(request.POST.getlist("unit"))
    units = [unit for unit in missing if not chosen or f"{unit.pk}" in chosen]
    form = UrgeForm(request.POST)
    try:
        if not form.is_valid():
            raise NotAllowed("附言不能超过200字。")
        told = urging.urge(made, units, by=request.user, note=form.cleaned_data["note"])
    except GongkaiError as problem:
        return _progress(request, made, f"{problem}")
    messages.success(request, f"已催报{len(told)}个单位：{'、'.join(one.name for one in told)}。")
    return redirect(f"{reverse('reporting:progress', args=[made.pk])}?show=missing")


@desk_page
@require_POST
def begin_whole(request: StaffRequest, pk: int) -> HttpResponse:
    """新建汇总年报：of the government that calls."""
    made = own_call(pk, request.user)
    try:
        filing = begin(made.organ, made.year, by=request.user, scope=Scope.WHOLE, call=made)
    except GongkaiError as problem:
        return _progress(request, made, f"{problem}")
    messages.success(request, "已新建汇总年报，各格随单位报送自动汇总。")
    return redirect(filing)


@desk_page
def unit_file(request: StaffRequest, pk: int, key: int) -> HttpResponse:
    """读入系统外单位的年报。"""
    made = own_call(pk, request.user)
    unit = unit_of(made, key)
    line = next(one for one in lines(made) if one.unit.pk == unit.pk)
    again = line.filing is not None
    form = UnitFileForm(request.POST or None, request.FILES or None, again=again)
    why_not = why_not_file_for(unit, by=request.user)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            filing = file_for(
                unit, file.read(), file.name, by=request.user,
                reason=form.cleaned_data.get("reason", ""),
            )  # fmt: skip
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, f"已读入{unit}的年报，请核对数字。")
            return redirect(filing)
    context = {"call": made, "unit": unit, "form": form, "why_not": why_not, "line": line}
    return render(request, "reporting/desk/unit_file.html", context)


# ── 审核 ────────────────────────────────────────────────────────────────────────────────────


@desk_page
def clearing_page(request: StaffRequest) -> HttpResponse:
    """待审核的年报：the oldest first; those without errors may be cleared together."""
    if not competent_at(request.user):
        raise NotAllowed("报送的年报由主管部门审核。")
    problems: list[str] = []
    if request.method == "POST":
        keys = [int(key) for key in request.POST.getlist("pk") if key.isascii() and key.isdecimal()]
        chosen = to_clear(request.user).filter(pk__in=[key for key in keys if key < 1 << 62])
        done, problems = clearing.clear_several(list(chosen[:_AT_ONCE]), by=request.user)
        if done:
            messages.success(request, f"{len(done)}份年报审核通过。")
        if not keys:
            problems = ["没有勾选年报。"]
        if not problems:
            return redirect("reporting:clearing")
    rows = to_clear(request.user)
    listed = page(rows, order=["submitted_at", "id"], at=request.GET.get("at", ""), size=_AT_ONCE)
    context = {
        "page": listed,
        "lines": clearing.looked_over(listed.rows),
        "problems": problems,
        "today": timezone.localdate(),
    }
    return render(request, "reporting/desk/clearing.html", context)
