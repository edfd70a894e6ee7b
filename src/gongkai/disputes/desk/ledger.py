"""台账：list, export, print, and what can be learnt from the lost ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.applications.forms.register import ExportForm
from gongkai.applications.models.application import OUTCOME_CHOICES
from gongkai.applications.queries import AT_THE_DESK, reach_of
from gongkai.applications.showing import left
from gongkai.applications.worklist import sees_names
from gongkai.disputes.actions.taking import HANDLERS
from gongkai.disputes.findings import CHOICES
from gongkai.disputes.models import Dispute
from gongkai.disputes.states import (
    PENDING,
    TONES,
    Cause,
    Challenged,
    Kind,
    Procedure,
    Result,
    State,
)
from gongkai.disputes.statistics import Span, analyse
from gongkai.disputes.worklist import (
    DUE,
    LISTED,
    NONE,
    PENDING_CODE,
    Wanted,
    worklist,
)
from gongkai.disputes.worklist import (
    HANDLERS as HANDLED,
)
from gongkai.documents.desk.exports import Sheet, sent
from gongkai.organs.models import Organ, Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.theme.paging import capped_count, page
from gongkai.trail.actions import record
from gongkai.vault.masks import mask_name

#: So many rows are printed on paper; so many exported.
MOST_PRINTED = 500
MOST_EXPORTED = 50_000
_CHUNK = 2_000
_FINDINGS, _OUTCOMES = dict(CHOICES), dict(OUTCOME_CHOICES)
_RESULTS = [*((one.value, one.label) for one in Result), (PENDING_CODE, PENDING)]


@desk_page
@require_safe
def ledger(request: StaffRequest) -> HttpResponse:
    """台账。"""
    wanted = Wanted.of(request.GET)
    rows = worklist(request.user, wanted)
    at = request.GET.get("at", "")
    listing = page(rows.values(*LISTED), order=wanted.order, at=at)
    named = reach_of(request.user).named
    context = {
        "wanted": wanted,
        "page": listing,
        "lines": lines_of(listing, request.user, dict(named), counted=wanted.counted),
        "count": None if at else capped_count(rows),
        "choices": _choices(wanted, named),
        "narrower": _narrower(wanted),
        "several": bool(named),
        "may_register": bool(organs_with(request.user, HANDLERS)),
        "query": request.GET.urlencode(),
    }
    return render(request, "disputes/desk/ledger.html", context)


_Choice = tuple[str, str, Any, list[tuple[Any, str]]]


def _choices(wanted: Wanted, named: list[tuple[int, str]]) -> list[_Choice]:
    """筛选：name, label, what is chosen, what there is to choose from."""
    found: list[_Choice] = [
        ("kind", "种类", wanted.kind, [(one.value, one.short) for one in Kind]),
        ("result", "结果", wanted.result, _RESULTS),
        ("due", "期限", wanted.due, list(DUE.items())),
        ("handler", "承办人", wanted.handler, list(HANDLED.items())),
    ]
    if named:
        found.append(("organ", "机关", wanted.organ, list(named)))
    return found


def _narrower(wanted: Wanted) -> list[_Choice]:
    return [
        ("state", "状态", wanted.state, [(one.value, one.label) for one in State]),
        ("challenged", "争议的行为", wanted.challenged, Challenged.choices),
        ("outcome", "原答复结果", wanted.outcome, [(NONE, "没有登记"), *OUTCOME_CHOICES]),
        ("cause", "被纠正的原因", wanted.cause, [(NONE, "没有登记"), *Cause.choices]),
    ]


def lines_of(
    rows: Iterable[dict[str, Any]],
    staff: Staff,
    organs: dict[int, str],
    *,
    counted: int | None = None,
) -> list[dict[str, Any]]:
    """台账的行：names masked for who may not see them, the clock in words and a colour.

    Of a year that is ``counted`` the result is that of its last day.
    """
    today = timezone.localdate()
    own = set(organs_with(staff, AT_THE_DESK - {Duty.COMPETENT}))
    drawn = []
    for row in rows:
        words, tone = left(row["due_on"], today)
        if row["filed_on"]:
            late = row["last_due_on"] and row["filed_on"] > row["last_due_on"]
            words, tone = ("逾期提交", "bad") if late else ("按期提交", "plain")
        later = counted is not None and row["concluded_on"] and row["concluded_on"].year > counted
        result = Result(row["result"]) if row["result"] and not later else None
        drawn.append(
            {
                **row,
                "kind_name": Kind(row["kind"]).short,
                "name": row["claimant"] if row["organ"] in own else mask_name(row["claimant"]),
                "state_name": State(row["state"]).label,
                "state_tone": TONES[State(row["state"])],
                "result_name": result.label if result else PENDING,
                "result_tone": result.tone if result else "info",
                "later": later,
                "finding_name": _FINDINGS.get(row["finding"], ""),
                "outcome_name": _OUTCOMES.get(row["outcome"], ""),
                "words": words,
                "tone": tone,
                "obey": row["ordered_on"] and not row["replied_on"],
                "organ_name": organs.get(row["organ"], ""),
            }
        )
    return drawn


# ── 打印、导出 ──────────────────────────────────────────────────────────────────────────────


@desk_page
@require_safe
def printed(request: StaffRequest) -> HttpResponse:
    """打印台账：A4 横向."""
    wanted = Wanted.of(request.GET)
    rows = worklist(request.user, wanted).order_by(*wanted.order)
    listed = list(rows.values(*LISTED)[: MOST_PRINTED + 1])
    named = dict(reach_of(request.user).named)
    context = {
        "lines": lines_of(listed[:MOST_PRINTED], request.user, named, counted=wanted.counted),
        "more": len(listed) > MOST_PRINTED,
        "most": MOST_PRINTED,
        "several": bool(named),
        "organ": request.user.organ,
        "now": timezone.localtime(),
    }
    return render(request, "disputes/desk/printed.html", context)


_HEADS = {
    "台账编号": 26, "被申请人（被告）": 24, "案件种类": 14, "所涉申请": 24, "所涉事项": 40,
    "原答复结果": 26, "答复依据": 30, "复议机关（法院）": 24, "案号": 24, "收到副本": 12,
    "审理程序": 10, "承办人": 10, "提交日期": 12, "提交时的期限": 12, "结论": 18, "结果": 12,
    "审结日期": 12, "被纠正的原因": 18, "责令重新答复": 12, "重新答复日期": 12, "状态": 12,
    "经验教训": 50,
}  # fmt: skip
_EXPORTED = (
    *("number", "organ__name", "kind", "application__number", "about", "outcome", "article"),
    *("body", "case_number", "received_on", "procedure", "handler__name", "filed_on"),
    *("last_due_on", "finding", "result", "concluded_on", "cause", "ordered_on", "replied_on"),
    *("state", "lessons", "claimant"),
)


@desk_page
def export(request: StaffRequest) -> HttpResponseBase:
    """导出台账：the rows of the list; with names only for a reason, written down."""
    wanted = Wanted.of(request.GET)
    reach = reach_of(request.user)
    organs = [wanted.organ] if wanted.organ is not None else [*reach.whole, *reach.own]
    keeps = set(organs) <= set(organs_with(request.user, HANDLERS))
    form = ExportForm(
        request.POST or None,
        may_name=bool(organs) and keeps and sees_names(request.user, organs),
    )
    if request.method == "POST" and form.is_valid():
        names = bool(form.cleaned_data.get("names"))
        if names:
            _note(request, organs, form.cleaned_data["reason"])
        rows = worklist(request.user, wanted).order_by(*wanted.order)[:MOST_EXPORTED]
        heads = {"申请人（原告）": 20, **_HEADS} if names else _HEADS
        lines = (_line(row, names) for row in rows.values(*_EXPORTED).iterator(_CHUNK))
        return sent(Sheet("disputes", "复议诉讼台账", heads, lines), form.cleaned_data["form"])
    context = {
        "form": form,
        "count": capped_count(worklist(request.user, wanted), MOST_EXPORTED),
        "query": request.GET.urlencode(),
    }
    return render(request, "disputes/desk/export.html", context)


def _note(request: StaffRequest, organs: list[int], reason: str) -> None:
    for organ in Organ.objects.filter(pk__in=organs):
        record(organ, "export_names", by=request.user, label="导出复议诉讼台账（含当事人姓名）",
               note=reason)  # fmt: skip


def _line(row: dict[str, Any], names: bool) -> list[Any]:
    told = [
        *(row["number"], row["organ__name"], Kind(row["kind"]).short, row["application__number"]),
        *(row["about"], _OUTCOMES.get(row["outcome"], ""), row["article"], row["body"]),
        *(row["case_number"], row["received_on"], Procedure(row["procedure"]).label),
        *(row["handler__name"], row["filed_on"], row["last_due_on"]),
        _FINDINGS.get(row["finding"], ""),
        Result(row["result"]).label if row["result"] else PENDING,
        row["concluded_on"],
        Cause(row["cause"]).label if row["cause"] else "",
        *(row["ordered_on"], row["replied_on"], State(row["state"]).label, row["lessons"]),
    ]
    return [row["claimant"], *told] if names else told


# ── 败诉分析 ────────────────────────────────────────────────────────────────────────────────


@desk_page
@require_safe
def statistics(request: StaffRequest) -> HttpResponse:
    """败诉原因：over the last five years, unless told otherwise."""
    wanted = Wanted.of(request.GET)
    this = timezone.localdate().year
    last = wanted.concluded_to or this
    first = min(wanted.concluded_from or last - 4, last)
    span = Span(first, last, wanted.organ, wanted.kind)
    named = reach_of(request.user).named
    context = {
        "span": span,
        "kinds": [(one.value, one.short) for one in Kind],
        "named": named,
        "analysis": analyse(request.user, span),
        "lessons": _lessons(request.user, span),
    }
    return render(request, "disputes/desk/statistics.html", context)


def _lessons(staff: Staff, span: Span) -> list[Dispute]:
    """经验教训：of the newest cases that have one."""
    rows = Dispute.objects.on_the_desk_of(staff).standing().exclude(lessons="")
    rows = rows.filter(concluded_on__year__gte=span.first, concluded_on__year__lte=span.last)
    if span.organ is not None:
        rows = rows.filter(organ=span.organ)
    if span.kind:
        rows = rows.filter(kind=span.kind)
    return list(rows.select_related("organ").order_by("-concluded_on", "-pk")[:20])
