"""读入的页面：published reports of earlier years; figures from outside the records, by table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from gongkai.annual.checks import check_report
from gongkai.annual.exchange import load as load_report
from gongkai.annual.forms import TABLES
from gongkai.annual.model import Report
from gongkai.annual.write.html import body
from gongkai.annual.write.layout import lay_out
from gongkai.errors import GongkaiError, NotAllowed
from gongkai.organs.models import Organ, Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.reporting.actions import filling, intaking
from gongkai.reporting.forms.loading import ConfirmForm, FiguresForm, LoadForm
from gongkai.reporting.handfigures import HEADS, packed, read_figures, unpacked
from gongkai.reporting.models import Filing, Intake
from gongkai.reporting.queries import WRITERS
from gongkai.reporting.states import Basis, State
from gongkai.theme.forms import add_sentence
from gongkai.theme.paging import page

_SALT = "reporting.figures"
#: What was looked at is filled in within this time, or looked at again.
_FRESH = 60 * 60


def writing_for(staff: Staff) -> Any:
    """由其编制年报的机关：raises NotAllowed for who writes for none."""
    organs = Organ.objects.filter(pk__in=organs_with(staff, WRITERS)).order_by("path")
    if not organs:
        raise NotAllowed("年报由各机关的信息公开机构读入。")
    return organs


@desk_page
def loads(request: StaffRequest) -> HttpResponse:
    """读入往年年报：upload; what waits to be confirmed; what has been read before."""
    organs = writing_for(request.user)
    initial = {"organ": request.user.organ_id}
    form = LoadForm(request.POST or None, request.FILES or None, organs=organs, initial=initial)
    refused: list[str] = []
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            files = [(file.name, file.read()) for file in told["reports"]]
            taken, refused = intaking.take_in(
                told["organ"], files, by=request.user, scope=told["scope"]
            )
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            if len(taken) == 1 and not refused:
                return redirect(taken[0])
            if taken:
                messages.success(request, f"读到{len(taken)}份年报，请逐份核对、确认。")
    keys = [organ.pk for organ in organs]
    kept = Filing.objects.filter(organ__in=keys, basis=Basis.FILE, call=None).defer("frozen")
    context = {
        "form": form,
        "refused": refused,
        "waiting": Intake.objects.filter(organ__in=keys).select_related("organ", "by"),
        "page": page(
            kept.select_related("organ"), order=["-year", "-id"], at=request.GET.get("at", "")
        ),
    }
    return render(request, "reporting/desk/loads.html", context)


@desk_page
def intake(request: StaffRequest, pk: int) -> HttpResponse:
    """核对读到的年报：tables, prose, findings, what was remarked; then confirm or give up."""
    rows = Intake.objects.filter(organ__in=organs_with(request.user, WRITERS))
    one = get_object_or_404(rows.select_related("organ"), pk=pk)
    report = intaking.read_report(one)
    if request.method == "POST" and request.POST.get("do") == "give_up":
        intaking.give_up(one, by=request.user)
        messages.success(request, f"已放弃“{one.name}”。")
        return redirect("reporting:loads")
    published = report.header.published_on
    form = ConfirmForm(
        request.POST or None,
        known=report.year is not None,
        dated=published is not None,
        otherwise=intaking.signed_otherwise(one),
        organ=one.organ,
        initial={"year": report.year, "scope": one.scope, "on": published},
    )
    if request.method == "POST" and form.is_valid():
        try:
            told = {name: form.cleaned_data[name] for name in ("year", "scope", "on")}
            kept = intaking.confirm(one, by=request.user, **told)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, f"已读入{kept}。")
            return redirect("reporting:loads")
    context = {
        "intake": one,
        "report": report,
        "form": form,
        "verdict": check_report(report, last_year=_year_before(one, report)),
        "absent": [table for table in TABLES if report.tables.get(table) is None],
        "shown": SafeString("\n".join(body(lay_out(report), styled=False))),
    }
    return render(request, "reporting/desk/intake.html", context)


def _year_before(one: Intake, report: Report) -> Report | None:
    if report.year is None:
        return None
    rows = Filing.objects.of(one.organ, one.scope, report.year - 1)
    found = rows.filter(state=State.PUBLISHED).first()
    return load_report(found.frozen) if found else None


# ── 手工数字 ────────────────────────────────────────────────────────────────────────────────


@desk_page
def figures(request: StaffRequest) -> HttpResponse:
    """导入手工数字：read and told of line by line, then filled in."""
    organs = writing_for(request.user)
    if request.method == "POST" and "seen" in request.POST:
        return _apply(request)
    form = FiguresForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "organs": organs, "heads": HEADS}
    if request.method == "POST" and form.is_valid():
        file, year = form.cleaned_data["file"], form.cleaned_data["year"]
        try:
            found = read_figures(file.read(), file.name, year, by=request.user)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            good = packed(found)
            seen = signing.dumps({"name": file.name[:200], "rows": good}, salt=_SALT, compress=True)
            context |= {"lines": found, "good": len(good), "seen": seen, "year": year,
                        "name": file.name}  # fmt: skip
    return render(request, "reporting/desk/figures.html", context)


def _apply(request: StaffRequest) -> HttpResponse:
    """All that was looked at, or nothing."""
    form = FiguresForm()
    try:
        told = signing.loads(request.POST["seen"], salt=_SALT, max_age=_FRESH)
        count = _enter(told, request.user)
    except signing.BadSignature:
        form = FiguresForm({}, {})
        form.is_valid()
        form.errors.clear()
        form.add_error(None, "核对以后过了一个小时，请重新上传。")
    except GongkaiError as problem:
        form = FiguresForm({}, {})
        form.is_valid()
        form.errors.clear()
        add_sentence(form, problem)
    else:
        messages.success(request, f"已填入{count}个数字，来源一并记录。")
        return redirect("reporting:figures")
    context = {"form": form, "organs": writing_for(request.user), "heads": HEADS}
    return render(request, "reporting/desk/figures.html", context)


@transaction.atomic
def _enter(told: dict[str, Any], by: Staff) -> int:
    filings: dict[int, Filing] = {}
    count = 0
    for pk, ref, value, source in unpacked(told["rows"]):
        if pk not in filings:
            filings[pk] = get_object_or_404(Filing.objects.select_related("organ"), pk=pk)
        filling.enter(filings[pk], ref, value, by=by, source=source, imported=told["name"])
        count += 1
    return count


@desk_page
@require_safe
def empty_table(request: StaffRequest) -> HttpResponse:
    """空表：the units one writes for, to be filled in."""
    response = HttpResponse(
        "\ufeff" + "".join(_lines(writing_for(request.user))),
        content_type="text/csv; charset=utf-8",
    )
    response.headers["Content-Disposition"] = 'attachment; filename="figures.csv"'
    return response


def _lines(organs: Any) -> Iterator[str]:
    for cells in (HEADS, *([organ.name, *[""] * (len(HEADS) - 1)] for organ in organs)):
        out = io.StringIO()
        csv.writer(out).writerow(cells)
        yield out.getvalue()
