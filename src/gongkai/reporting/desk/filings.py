"""年报清单：the reports one has to do with, and a new one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from gongkai.errors import GongkaiError, NotAllowed
from gongkai.organs.models import Organ, Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.reporting.actions.filling import begin as begin_filing
from gongkai.reporting.actions.filling import why_not_begin
from gongkai.reporting.forms.filing import GOVERNMENTS, BeginForm
from gongkai.reporting.models import Filing
from gongkai.reporting.queries import WRITERS
from gongkai.reporting.states import Scope, State
from gongkai.reporting.worklist import (
    LISTED,
    NOT_SENT_IN,
    ORDER,
    WHOSE,
    Wanted,
    organs_seen,
    worklist,
)
from gongkai.theme.forms import add_sentence
from gongkai.theme.paging import Page, capped_count, page
from gongkai.theme.templatetags.theme import pill

CAP = 1_000
#: So many organs are offered a report on the list itself; who writes for more uses the form.
_OFFERED = 3


@desk_page
@require_safe
def filings(request: StaffRequest) -> HttpResponse:
    """年报清单。"""
    wanted = Wanted.of(request.GET)
    rows = worklist(request.user, wanted)
    at = request.GET.get("at", "")
    listing = page(rows.values(*LISTED), order=ORDER, at=at)
    writes_for = organs_with(request.user, WRITERS)
    context = {
        "wanted": wanted,
        "page": listing,
        "lines": _lines(listing),
        "count": None if at else capped_count(rows, CAP),
        "choices": _choices(wanted, request.user),
        "offers": [] if at else _offers(writes_for, request.user),
        "may_begin": bool(writes_for),
        "year": timezone.localdate().year - 1,
    }
    return render(request, "reporting/desk/filings.html", context)


@dataclass(frozen=True, slots=True)
class _Offer:
    """可新建的年报：whose, and what stands in the way."""

    organ: Organ
    scope: str
    label: str
    reasons: list[str]


def _offers(keys: list[int], by: Staff) -> list[_Offer]:
    """去年的年报：of each organ one writes for, its own and, of a government, the sum."""
    year = timezone.localdate().year - 1
    found = []
    for organ in Organ.objects.filter(pk__in=keys).order_by("path")[:_OFFERED]:
        scopes = [Scope.OWN, Scope.WHOLE] if organ.kind in GOVERNMENTS else [Scope.OWN]
        for scope in scopes:
            what = "汇总年报" if scope == Scope.WHOLE else "年报"
            label = f"新建{organ.short_name or organ.name}{year}年{what}"
            reasons = why_not_begin(organ, scope, year, by=by)
            found.append(_Offer(organ, scope, label, reasons))
    return found


def _lines(listing: Page) -> list[dict[str, Any]]:
    today = timezone.localdate()
    return [
        row
        | {
            "title": f"{row['name']}{row['year']}年度报告",
            "scope_told": Scope(row["scope"]).label,
            "pill": pill(State(row["state"]).label, State(row["state"]).tone),
            "late": bool(row["due_on"] and row["due_on"] < today and row["state"] in NOT_SENT_IN),
        }
        for row in listing
    ]


def _choices(wanted: Wanted, by: Staff) -> list[tuple[str, str, SafeString]]:
    years = Filing.objects.on_the_desk_of(by).order_by("-year").values_list("year", flat=True)
    organs = organs_seen(by)
    found = [
        ("year", "年度", _options([(year, f"{year}年") for year in years.distinct()], wanted.year)),
        ("scope", "范围", _options(Scope.choices, wanted.scope)),
        ("state", "状态", _options(State.choices, wanted.state)),
    ]
    if len(organs) > 1:
        found.insert(1, ("organ", "机关", _options(organs, wanted.organ)))
        found.insert(1, ("whose", "哪里的", _options(WHOSE.items(), wanted.whose)))
    return found


def _options(pairs: Iterable[tuple[Any, Any]], chosen: Any) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, SafeString(" selected") if value == chosen else "", label)
            for value, label in [("", "全部"), *pairs]
        ),
    )


@desk_page
def begin(request: StaffRequest) -> HttpResponse:
    """新建年报。"""
    organs = organs_with(request.user, WRITERS)
    if not organs:
        raise NotAllowed("年报由各机关的信息公开机构编制，请与本机关的安全管理员联系岗位。")
    initial = {"organ": request.user.organ_id}
    form = BeginForm(request.POST or None, organs=organs, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_filing(by=request.user, **form.cleaned_data)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, "已新建。先核对三张表，再填手工数字、写正文。")
            return redirect(made)
    return render(request, "reporting/desk/begin.html", {"form": form})
