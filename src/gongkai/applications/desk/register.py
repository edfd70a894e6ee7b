"""登记簿：list, saved filters, export, print, and giving several cases to one handler at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST, require_safe

from gongkai.applications.actions.receiving import assign, why_not_assign
from gongkai.applications.actions.taking import why_not
from gongkai.applications.forms.register import ExportForm, GiveForm
from gongkai.applications.models import Application, SavedList
from gongkai.applications.models.application import CHANNELS, OUTCOME_CHOICES
from gongkai.applications.queries import AT_THE_DESK, reach_of
from gongkai.applications.showing import left
from gongkai.applications.states import PHASES, Category, Phase, Sort, State
from gongkai.applications.worklist import (
    COURSES,
    HANDLERS,
    LATE,
    LISTED,
    SORTS,
    Wanted,
    sees_names,
    worklist,
)
from gongkai.documents.desk.exports import Sheet, sent
from gongkai.errors import BadInput
from gongkai.organs.models import Organ
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.theme.paging import capped_count, page
from gongkai.theme.prepared import Prepared
from gongkai.theme.templatetags.theme import pill
from gongkai.trail.actions import record
from gongkai.vault.masks import mask_name

CAP = 1_000
#: An export is for a person's own work, not a copy of the database.
MOST_EXPORTED = 50_000
#: So many rows are printed on paper.
MOST_PRINTED = 500
#: So many cases are given to a handler at once.
MOST_GIVEN = 200
_CHUNK = 2_000
_OFFICE = frozenset({Duty.DISCLOSURE, Duty.OFFICE_HEAD})


@desk_page
@require_safe
def register(request: StaffRequest) -> HttpResponse:
    """登记簿。"""
    wanted = Wanted.of(request.GET)
    found = worklist(request.user, wanted)
    at = request.GET.get("at", "")
    listing = page(found.rows.values(*LISTED), order=wanted.order, at=at)
    named = reach_of(request.user).named
    context = {
        "wanted": wanted,
        "page": listing,
        "lines": lines_of(listing, request.user, dict(named)),
        "more": found.more,
        # How many there are, and what was saved, is told on the first page.
        "count": None if at else capped_count(found.rows, CAP),
        "choices": _choices(wanted, named),
        "narrower": _narrower(wanted),
        "several": bool(named),
        "saved": [] if at else _saved(request.user.pk),
        "may_receive": bool(organs_with(request.user, frozenset({Duty.DISCLOSURE}))),
        "may_give": bool(organs_with(request.user, _OFFICE)),
        "query": request.GET.urlencode(),
        "today": timezone.localdate(),
    }
    return render(request, "applications/desk/register.html", context)


_saved = Prepared(
    lambda staff: SavedList.objects.filter(staff=staff).values_list("pk", "name", "query")
)

_Pairs = tuple[tuple[Any, str], ...]


def _all(pairs: Iterable[tuple[Any, str]]) -> _Pairs:
    return (("", "全部"), *pairs)


_PHASES = _all((one.value, one.label) for one in Phase)
_HANDLERS = _all(HANDLERS.items())
_LATE = _all(LATE.items())
_SORTS: _Pairs = tuple((code, label) for code, (label, _) in SORTS.items())
_STATES = _all((one.value, one.label) for one in State)
_KINDS = _all((one.value, one.label) for one in Sort)
_COURSES = _all((code, label) for code, (label, _) in COURSES.items())
_CATEGORIES = _all((one.value, one.label) for one in Category)
_CHANNELS = _all(CHANNELS)
_OUTCOMES = _all(OUTCOME_CHOICES)


def _choices(wanted: Wanted, named: list[tuple[int, str]]) -> list[tuple[str, str, SafeString]]:
    found = [
        ("phase", "阶段", _options(_PHASES, wanted.phase)),
        ("handler", "承办人", _options(_HANDLERS, wanted.handler)),
        ("late", "逾期", _options(_LATE, wanted.late)),
        ("sort", "排序", _options(_SORTS, wanted.sort)),
    ]
    if named:
        found.insert(2, ("organ", "机关", _options(_all(named), wanted.organ)))
    return found


def _narrower(wanted: Wanted) -> list[tuple[str, str, SafeString]]:
    return [
        ("state", "状态", _options(_STATES, wanted.state)),
        ("kind", "种类", _options(_KINDS, wanted.kind)),
        ("category", "申请人类别", _options(_CATEGORIES, wanted.category)),
        ("channel", "提交渠道", _options(_CHANNELS, wanted.channel)),
        ("outcome", "答复结果", _options(_OUTCOMES, wanted.outcome)),
        ("course", "特别情形", _options(_COURSES, wanted.course)),
    ]


@lru_cache(maxsize=512)
def _options(pairs: _Pairs, chosen: Any) -> SafeString:
    """选项：of a ``<select>``; to draw forty of them is dearer than all the rows of the list."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, _CHOSEN if value == chosen else "", label) for value, label in pairs),
    )


_CHOSEN = mark_safe(" selected")
_PILLS = {state.value: pill(state.label, PHASES[state].tone) for state in State}
_OUTCOME, _CHANNEL = dict(OUTCOME_CHOICES), dict(CHANNELS)
_CATEGORY, _STATE = dict(Category.choices), dict(State.choices)


def lines_of(
    rows: Iterable[dict[str, Any]], staff: Any, organs: dict[int, str]
) -> list[dict[str, Any]]:
    """登记簿的行：names masked for who may not see them, the clock in words and a colour."""
    today = timezone.localdate()
    own = set(organs_with(staff, AT_THE_DESK - {Duty.COMPETENT}))
    drawn = []
    for row in rows:
        words, tone = left(row["due_on"], today)
        if not row["due_on"] and row["answered_on"]:
            late = row["last_due_on"] and row["answered_on"] > row["last_due_on"]
            words, tone = ("逾期答复", "bad") if late else ("按期答复", "plain")
        name = row["applicant_name"]
        drawn.append(
            {
                **row,
                "name": name if row["organ"] in own else mask_name(name),
                "pill": _PILLS[row["state"]],
                "words": words or row["standing"],
                "tone": tone,
                "organ_name": organs.get(row["organ"], ""),
                "outcome_name": _OUTCOME.get(row["outcome"], ""),
                "category_name": _CATEGORY[row["category"]],
                "channel_name": _CHANNEL.get(row.get("channel", ""), ""),
            }
        )
    return drawn


@desk_page
@require_POST
def save_list(request: StaffRequest) -> HttpResponse:
    """保存筛选。"""
    name, query = request.POST.get("name", "").strip()[:40], request.POST.get("query", "")[:1000]
    if not name:
        raise BadInput("请给这个筛选起个名称。")
    SavedList.objects.update_or_create(staff=request.user, name=name, defaults={"query": query})
    messages.success(request, f"已保存常用筛选“{name}”。")
    return redirect("applications:desk_register")


@desk_page
@require_POST
def forget_list(request: StaffRequest, pk: int) -> HttpResponse:
    """删除常用筛选。"""
    get_object_or_404(SavedList, pk=pk, staff=request.user).delete()
    return redirect("applications:desk_register")


# ── 分办 ────────────────────────────────────────────────────────────────────────────────────


@desk_page
@require_POST
def give(request: StaffRequest) -> HttpResponse:
    """批量分办：first what would happen to each, then, when that is confirmed, all of it."""
    keys = [int(key) for key in request.POST.getlist("pk") if key.isascii() and key.isdecimal()]
    if not keys:
        raise BadInput("请先在登记簿中勾选要分办的申请。")
    if len(keys) > MOST_GIVEN:
        raise BadInput(f"一次最多分办{MOST_GIVEN}件，现在勾选了{len(keys)}件。")
    rows = Application.objects.on_the_desk_of(request.user).filter(pk__in=keys)
    cases = list(rows.select_related("organ", "handler").order_by("pk"))
    organs = {one.organ for one in cases}
    if len(organs) != 1:
        raise BadInput("一次只能分办同一机关的申请，请重新勾选。")
    (organ,) = organs
    form = GiveForm(request.POST if "handler" in request.POST else None, organ=organ)
    lines, free = _given(cases, form, request)
    if request.POST.get("sure") and form.is_valid() and free:
        with transaction.atomic():
            for one in free:
                assign(one, by=request.user, **form.cleaned_data)
        messages.success(request, f"已将{len(free)}件申请分办给{form.cleaned_data['handler']}。")
        return redirect("applications:desk_register")
    context = {"form": form, "lines": lines, "free": free, "keys": keys, "organ": organ}
    return render(request, "applications/desk/give.html", context)


def _given(
    cases: list[Application], form: GiveForm, request: StaffRequest
) -> tuple[list[tuple[Application, list[str]]], list[Application]]:
    """Each case with what stands against giving it, and those with nothing against it."""
    chosen = form.cleaned_data.get("handler") if form.is_bound and form.is_valid() else None
    lines = []
    for one in cases:
        reasons = why_not(one, "assign", by=request.user)
        if chosen and not reasons:
            reasons = why_not_assign(one, chosen)
            if one.handler == chosen:
                reasons = [f"已经由{chosen}承办"]
        lines.append((one, reasons))
    return lines, [one for one, reasons in lines if not reasons]


# ── 导出、打印 ──────────────────────────────────────────────────────────────────────────────


@desk_page
@require_safe
def printed(request: StaffRequest) -> HttpResponse:
    """打印登记表：A4 横向."""
    wanted = Wanted.of(request.GET)
    rows = worklist(request.user, wanted).rows.order_by(*wanted.order)
    listed = list(rows.values(*_PRINTED)[: MOST_PRINTED + 1])
    named = dict(reach_of(request.user).named)
    context = {
        "lines": lines_of(listed[:MOST_PRINTED], request.user, named),
        "more": len(listed) > MOST_PRINTED,
        "most": MOST_PRINTED,
        "several": bool(named),
        "organ": request.user.organ,
        "now": timezone.localtime(),
    }
    return render(request, "applications/desk/printed.html", context)


_PRINTED = (*LISTED, "channel", "closed_on")

_HEADS = {
    "登记编号": 30, "受理机关": 24, "收到日期": 12, "提交渠道": 14, "申请人类别": 14,
    "所需信息名称": 50, "承办人": 12, "承办处（科）室": 16, "状态": 12, "法定期限": 12,
    "稳妥期限": 12, "答复日期": 12, "是否逾期": 10, "答复结果": 30, "办结日期": 12,
}  # fmt: skip
_EXPORTED = (
    *("number", "organ__name", "received_on", "channel", "category", "subject"),
    *("handler__name", "unit", "state", "due_on", "safe_on", "answered_on", "last_due_on"),
    *("outcome", "closed_on", "applicant_name"),
)


@desk_page
def export(request: StaffRequest) -> HttpResponseBase:
    """导出登记簿：the rows of the list; with names only for a reason, written down."""
    wanted = Wanted.of(request.GET)
    organs = _organs(request, wanted)
    form = ExportForm(
        request.POST or None,
        may_name=bool(organs) and sees_names(request.user, organs) and _keeps(request, organs),
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        names = bool(told.get("names"))
        if names:
            _note(request, wanted, told["reason"])
        rows = worklist(request.user, wanted).rows.order_by(*wanted.order)[:MOST_EXPORTED]
        heads = {"申请人": 20, **_HEADS} if names else _HEADS
        lines = (_line(row, names) for row in rows.values(*_EXPORTED).iterator(_CHUNK))
        return sent(Sheet("register", "登记簿", heads, lines), told["form"])
    context = {
        "form": form,
        "count": capped_count(worklist(request.user, wanted).rows, MOST_EXPORTED),
        "query": request.GET.urlencode(),
    }
    return render(request, "applications/desk/export.html", context)


def _organs(request: StaffRequest, wanted: Wanted) -> list[int]:
    reach = reach_of(request.user)
    return [wanted.organ] if wanted.organ is not None else [*reach.whole, *reach.own]


def _keeps(request: StaffRequest, organs: list[int]) -> bool:
    """Names leave the house only by the hand of the disclosure office of each organ."""
    return set(organs) <= set(organs_with(request.user, _OFFICE))


def _note(request: StaffRequest, wanted: Wanted, reason: str) -> None:
    organs = _organs(request, wanted)
    for organ in Organ.objects.filter(pk__in=organs):
        record(organ, "export_names", by=request.user, label="导出登记簿（含申请人姓名）",
               note=reason)  # fmt: skip


def _line(row: dict[str, Any], names: bool) -> list[Any]:
    late = row["answered_on"] and row["last_due_on"] and row["answered_on"] > row["last_due_on"]
    told = [
        *(row["number"], row["organ__name"], row["received_on"], _CHANNEL[row["channel"]]),
        *(_CATEGORY[row["category"]], row["subject"], row["handler__name"], row["unit"]),
        *(_STATE[row["state"]], row["due_on"], row["safe_on"], row["answered_on"]),
        *("是" if late else "", _OUTCOME.get(row["outcome"], ""), row["closed_on"]),
    ]
    return [row["applicant_name"], *told] if names else told
