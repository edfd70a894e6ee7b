"""留痕的工作台页面：everything that was done, for the audit administrator."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from axes.models import AccessFailureLog, AccessLog
from django import forms
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from gongkai.errors import NotAllowed
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import administers
from gongkai.organs.states import Duty
from gongkai.theme.forms import DateInput
from gongkai.theme.paging import capped_count, page
from gongkai.trail.actions import head
from gongkai.trail.models import Step
from gongkai.trail.queries import StepQuery
from gongkai.trail.words import changes_of


class TrailFilter(forms.Form):
    """留痕的筛选。"""

    who = forms.CharField(label="经办人", required=False, max_length=100)
    title = forms.CharField(label="对象名称", required=False, max_length=100)
    label = forms.CharField(label="动作", required=False, max_length=50)
    first = forms.DateField(label="自", required=False, widget=DateInput())
    last = forms.DateField(label="至", required=False, widget=DateInput())


@desk_page
def trail(request: StaffRequest) -> HttpResponseBase:
    """办理留痕：newest first, filtered; ``?as=csv`` hands out all that the filter leaves."""
    if Duty.AUDIT not in administers(request.user):
        raise NotAllowed("办理留痕由审计管理员查看。")
    form = TrailFilter(request.GET)
    rows = _filtered(form.cleaned_data) if form.is_valid() else Step.objects.none()
    if request.GET.get("as") == "csv":
        return _csv(rows)
    number, seal = head()
    listing = page(rows, order=["-number"], at=request.GET.get("at", ""), size=50)
    context = {
        "form": form,
        "page": listing,
        "count": capped_count(rows),
        "head": f"{number}:{seal}",
    }
    return render(request, "steps/desk/trail.html", context)


@desk_page
def sign_ins(request: StaffRequest) -> HttpResponseBase:
    """登录记录：who signed in, from where, and who tried to; kept by django-axes."""
    if Duty.AUDIT not in administers(request.user):
        raise NotAllowed("登录记录由审计管理员查看。")
    failed = request.GET.get("show") == "failed"
    rows = (AccessFailureLog if failed else AccessLog).objects.all()
    if who := request.GET.get("who", "").strip():
        rows = rows.filter(username__contains=who)
    listing = page(rows, order=["-attempt_time", "-pk"], at=request.GET.get("at", ""), size=50)
    context = {"page": listing, "count": capped_count(rows), "failed": failed, "who": who}
    return render(request, "steps/desk/sign_ins.html", context)


def _filtered(asked: dict[str, Any]) -> StepQuery:
    rows = Step.objects.all()
    if asked["who"]:
        rows = rows.filter(by_name__contains=asked["who"])
    if asked["title"]:
        rows = rows.filter(title__contains=asked["title"])
    if asked["label"]:
        rows = rows.filter(label__contains=asked["label"])
    if asked["first"]:
        rows = rows.filter(at__gte=_midnight(asked["first"]))
    if asked["last"]:
        rows = rows.filter(at__lte=_midnight(asked["last"], time.max))
    return rows


def _midnight(day: Any, at: time = time.min) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


class _Echo:
    """A file that hands each line straight on."""

    def write(self, line: str) -> str:
        """What csv wrote is what goes out."""
        return line


def _csv(rows: StepQuery) -> StreamingHttpResponse:
    """导出：row by row, so that a million of them need no memory."""
    writer = csv.writer(_Echo())
    heading = ["序号", "时间", "经办人", "机关", "对象", "名称", "动作", "原状态", "新状态"]

    def lines() -> Iterator[Any]:
        yield "\ufeff"
        yield writer.writerow([*heading, "说明", "变更", "校验值"])
        for step in rows.order_by("number").iterator(2_000):
            when = timezone.localtime(step.at).strftime("%Y-%m-%d %H:%M:%S")
            subject = f"{step.subject}:{step.subject_id}"
            told = [step.who, step.organ_name, subject, step.title, step.label]
            states = [step.before, step.after, step.note]
            changes = "；".join(map(str, changes_of(step)))
            cells = [step.number, when, *told, *states, changes, step.seal]
            yield writer.writerow([_harmless(cell) for cell in cells])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="trail.csv"'
    return response


def _harmless(cell: Any) -> Any:
    """A cell a spreadsheet would take for a formula stays text."""
    return (
        f"'{cell}"
        if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        else cell
    )
