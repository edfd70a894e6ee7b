"""数字背后的清单：the records a figure counts, on a page and as a file; the units of a sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from gongkai.annual.exchange import load
from gongkai.annual.forms import LAYOUTS, NORMATIVE_2021, REPEALED, RULES, TABLE_2, Form, Ref
from gongkai.annual.model import Cell
from gongkai.documents.desk.exports import Sheet, sent
from gongkai.errors import BadInput
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.reporting.assembling import Ground, report_of, standing_of
from gongkai.reporting.counting import BY_HAND, FORM, behind, counted_organs, practice_of
from gongkai.reporting.desk.files import filing_of
from gongkai.reporting.desk.parts import query_of
from gongkai.reporting.desk.records import Seen, exported, kind_of
from gongkai.reporting.live import Live, live
from gongkai.reporting.models import Filing
from gongkai.reporting.remembering import remembered_ground
from gongkai.reporting.sheets import shown
from gongkai.reporting.states import Basis
from gongkai.theme.paging import page

#: What a workbook holds on one sheet, its head not counted.
_MOST_IN_A_WORKBOOK = 1_048_575


@dataclass
class Wanted:
    """哪个数字：a cell of a table, or a figure of the prose that stands in none or in several."""

    title: str
    ref: Ref | None = None
    live: Live | None = None
    rows: QuerySet[Any] | None = None
    organs: tuple[int, ...] = ()
    seen: QuerySet[Any] | None = field(default=None)


def wanted(request: StaffRequest, one: Filing) -> Wanted:
    """哪个数字：as the address has it. Raises Http404 for one the report does not have."""
    if name := request.GET.get("name", ""):
        figure = next((found for found in live() if found.name == name), None)
        if figure is None:
            raise Http404
        if len(figure.refs) != 1:
            return _of_prose(one, figure, request.user)
        return _of_table(one, figure.refs[0], request.user)
    ref = Ref(*(request.GET.get(part, "") for part in Ref._fields))
    forms = (FORM,) if one.basis == Basis.RECORDS else (FORM, Form.MIXED)
    if not any(ref in set(LAYOUTS[form].refs()) for form in forms):
        raise Http404
    return _of_table(one, ref, request.user)


def _of_table(one: Filing, ref: Ref, by: Staff) -> Wanted:
    told = Wanted(f"{ref.row}：{ref.column}", ref)
    if one.basis == Basis.RECORDS:
        told.organs = tuple(counted_organs(one.organ, one.year))
        lapsed = practice_of(one.organ).lapsed_is_repealed if _may_lapse(ref) else False
        told.rows = behind(told.organs, one.year, ref, lapsed_is_repealed=lapsed)
        told.seen = _seen(told.rows, by)
    return told


def _may_lapse(ref: Ref) -> bool:
    return ref.table == TABLE_2 and ref.column == REPEALED and ref.row in (RULES, NORMATIVE_2021)


def _of_prose(one: Filing, figure: Live, by: Staff) -> Wanted:
    told = Wanted(figure.label, live=figure)
    if figure.rows is None or one.basis == Basis.FILE:
        return told
    if one.basis == Basis.UNITS:
        told.organs = remembered_ground(one).organs
    else:
        told.organs = tuple(counted_organs(one.organ, one.year))
    told.rows = figure.rows(told.organs, one.year)
    told.seen = _seen(told.rows, by)
    return told


def _seen(rows: QuerySet[Any] | None, by: Staff) -> QuerySet[Any] | None:
    if rows is None:
        return None
    kind = kind_of(rows)
    return kind.seen(rows, by) if kind.seen else rows


@desk_page
@require_safe
def cell(request: StaffRequest, pk: int) -> HttpResponse:
    """数字背后的清单。"""
    one = filing_of(pk, request.user)
    told = wanted(request, one)
    context: dict[str, Any] = {"filing": one, "told": told, "query": request.GET.urlencode()}
    if told.rows is not None:
        context |= _listed(request, told)
    elif told.live is not None and told.live.refs:
        context |= _added(one, told.live)
    elif told.ref is not None and one.basis == Basis.UNITS:
        context |= _units(one, told.ref, request.user)
    elif told.ref in BY_HAND:
        context["entry"] = one.entries.select_related("by").filter(**told.ref._asdict()).first()
        context["hand"] = True
    if told.ref is not None and one.frozen is not None:
        then = load(one.frozen).cell(told.ref)
        context |= {"frozen": shown(then), "moved": _moved(then, context)}
    return render(request, "reporting/desk/cell.html", context)


def _moved(then: Cell, context: dict[str, Any]) -> bool:
    """Whether the records say something else now."""
    return "count" in context and context["count"] + context["hidden"] != then


def _listed(request: StaffRequest, told: Wanted) -> dict[str, Any]:
    assert told.rows is not None
    assert told.seen is not None
    kind, seen = kind_of(told.rows), Seen.by(request.user, told.organs)
    fields = told.seen.values(*kind.fields)
    listing = page(fields, order=kind.order, at=request.GET.get("at", ""), size=50)
    count = told.seen.count()
    several = len(told.organs) > 1
    heads = list(kind.heads)
    lines = [(kind.link(row, seen), kind.line(row, seen)) for row in listing]
    if not several and heads[-1] == "机关":
        heads, lines = heads[:-1], [(link, cells[:-1]) for link, cells in lines]
    return {
        "noun": kind.noun,
        "page": listing,
        "heads": heads,
        "lines": [(link, cells[0], list(zip(heads[1:], cells[1:], strict=True)))
                  for link, cells in lines],
        "count": count,
        "hidden": told.rows.count() - count if kind.seen else 0,
    }  # fmt: skip


def _added(one: Filing, figure: Live) -> dict[str, Any]:
    """几格相加：each with its own list."""
    report = report_of(one)
    return {"addends": [(ref, query_of(ref), shown(report.cell(ref))) for ref in figure.refs]}


# ── 汇总的各单位 ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Unit:
    """一个单位：what it adds to the sum, or why it adds nothing."""

    name: str
    value: SafeString
    why: str
    url: str


def _units(one: Filing, ref: Ref, by: Staff) -> dict[str, Any]:
    """各单位的数：in the order of the list, the sum below; those that have not sent in as well."""
    ground = remembered_ground(one)
    units = [] if one.call is None else standing_of(one.call.units.all(), one)
    mine = Filing.objects.on_the_desk_of(by)
    keys = mine.filter(pk__in=[filing.pk for _, filing in units if filing])
    at_hand = set(keys.values_list("pk", flat=True))
    lines = [_unit(unit.name, filing, ref, ground, at_hand) for unit, filing in units]
    total = ground.rollup.totals.get(ref) if ground.rollup else None
    return {"units": lines, "total": total.words if total else "", "noun": "个单位"}


def _unit(name: str, filing: Filing | None, ref: Ref, ground: Ground, at_hand: set[int]) -> _Unit:
    if filing is None or ground.rollup is None:
        return _Unit(name, SafeString(""), "还没有报送", "")
    total = ground.rollup.totals.get(ref)
    url = ""
    if filing.pk in at_hand:
        url = f"{reverse('reporting:cell', args=[filing.pk])}?{query_of(ref)}"
    if total is not None and (why := total.gaps.get(name)):
        return _Unit(name, shown(None), why, url)
    value = 0 if total is None else total.contributions.get(name, 0)
    return _Unit(name, shown(value), "", url)


# ── 导出 ────────────────────────────────────────────────────────────────────────────────────


@desk_page
@require_safe
def export(request: StaffRequest, pk: int, form: str) -> HttpResponseBase:
    """导出清单：as many rows as the figure says, without the names of applicants."""
    one = filing_of(pk, request.user)
    if form not in ("csv", "xlsx"):
        raise Http404
    told = wanted(request, one)
    title = f"{one.year}年{told.title}"
    if told.rows is not None and told.seen is not None:
        kind, seen = kind_of(told.rows), Seen.by(request.user, told.organs)
        if form == "xlsx" and told.seen.count() > _MOST_IN_A_WORKBOOK:
            raise BadInput("行数超过了XLSX一张表的限度，请导出CSV。")
        heads = {head: width for head, width in kind.heads.items() if head not in _PERSONAL}
        places = [place for place, head in enumerate(kind.heads) if head not in _PERSONAL]
        lines = ([line[place] for place in places] for line in exported(kind, told.seen, seen))
        return sent(Sheet("records", _sheet(title), heads, lines), form)
    if told.ref is not None and one.basis == Basis.UNITS:
        units: Sequence[_Unit] = _units(one, told.ref, request.user)["units"]
        rows = ([unit.name, f"{unit.value}" if not unit.why else "", unit.why] for unit in units)
        return sent(Sheet("units", _sheet(title), {"单位": 40, "数字": 14, "说明": 30}, rows), form)
    raise Http404


#: Names of people stay in the house.
_PERSONAL = frozenset({"申请人", "申请人（原告）"})


def _sheet(title: str) -> str:
    """A name a workbook takes for a sheet."""
    return "".join("、" if one in r"[]:*?/\\" else one for one in title)[:31]
