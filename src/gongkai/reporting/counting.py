"""统计：every figure of the three tables as a query over records; the count and the list are one.

::

    behind([city.pk], 2022, Ref(TABLE_3, NEW, "自然人"))      # the list
    count([city.pk], 2022).tables[TABLE_3][NEW]["自然人"]     # how many are in it

A request counts in the year its reply ended it, as what that reply was (``Application.ended_on``,
``ended_as``); it is new in the year of its receipt and carried over each 31 December it is open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.annual.checks import Records
from gongkai.annual.forms import (
    CARRIED_IN,
    CARRIED_OUT,
    COERCION,
    DECISIONS,
    FEE_AMOUNT,
    FEES,
    IN_FORCE,
    ISSUED,
    LAYOUTS,
    NEW,
    NORMATIVE_2021,
    NOT_PROCESSED,
    OTHERWISE_THREE_ROWS,
    PENALTIES,
    PERMITS,
    REFUSED,
    REPEALED,
    RESULTS_TOTAL,
    RULES,
    TABLE_2,
    TABLE_3,
    TABLE_4,
    TOTAL,
    UNABLE,
    Form,
    Ref,
)
from gongkai.annual.model import Cell
from gongkai.applications.models import Application, Event
from gongkai.applications.queries import ApplicationQuery
from gongkai.applications.states import Category, Sort
from gongkai.disputes import figures as disputes
from gongkai.documents import figures as documents
from gongkai.documents.queries import DocumentQuery
from gongkai.documents.states import Validity
from gongkai.errors import BadInput
from gongkai.law.events import ConsultSent, CorrectionNotice, FeeNoticeIssued, ReasonsAsked, Whom
from gongkai.law.outcomes import OUTCOMES
from gongkai.organs.models import Organ
from gongkai.reporting.models import Practice

#: 国办公开办函〔2021〕30号: the form in which figures are counted, and its first year.
FORM, FIRST_YEAR = Form.Y2021, 2021
#: What no record of ours tells, typed in or imported with its source.
BY_HAND = (
    Ref(TABLE_2, PERMITS, DECISIONS),
    Ref(TABLE_2, PENALTIES, DECISIONS),
    Ref(TABLE_2, COERCION, DECISIONS),
    Ref(TABLE_2, FEES, FEE_AMOUNT),
)
_KINDS = {RULES: "rule", NORMATIVE_2021: "normative"}
_CATEGORIES = {one.label: one.value for one in Category}
_CODES = {row: [one.code for one in OUTCOMES if one.row == row] for row in LAYOUTS[FORM].leaves}
#: 第三方、补正后仍不明确、大量反复、逾期不补正、逾期不缴费: what T3-07 looks for the letters of.
_NEED_A_LETTER = [
    code
    for row in (REFUSED[3], UNABLE[2], NOT_PROCESSED[3], *OTHERWISE_THREE_ROWS[:2])
    for code in _CODES[row]
]

Mutable = dict[str, dict[str, dict[str, Cell]]]


@dataclass(frozen=True)
class Counted:
    """统计结果：the tables, cells of ``BY_HAND`` blank, and the ledgers the checks compare with."""

    organs: tuple[int, ...]
    year: int
    tables: Mutable
    records: Records


def why_not_count(year: int) -> list[str]:
    """不能统计的原因：before 2021 the form asked for other things."""
    if year < FIRST_YEAR:
        return [f"{year}年的年报用的是旧格式，不能由记录统计，请读入已公布的年报文件"]
    return []


def counted_organs(organ: Organ, year: int) -> list[int]:
    """计入的机关：the organ itself, and those merged into it by the end of the year."""
    found, fresh = [organ.pk], [organ.pk]
    while fresh:
        merged = Organ.objects.filter(successor__in=fresh, valid_to__lte=date(year, 12, 31))
        fresh = [key for key in merged.values_list("pk", flat=True) if key not in found]
        found += fresh
    return found


def practice_of(organ: Organ) -> Practice:
    """编报口径：the organ's own, else that of the nearest above it, else the defaults."""
    found = {row.organ_id: row for row in Practice.objects.filter(organ__in=organ.lineage)}
    nearest = (found[key] for key in reversed(organ.lineage) if key in found)
    return next(nearest, Practice(organ=organ))


def count(organs: Collection[int], year: int, *, lapsed_is_repealed: bool = False) -> Counted:
    """统计：one year of these organs, all three tables; raises BadInput for a year before 2021."""
    if reasons := why_not_count(year):
        raise BadInput("；".join(reasons) + "。")
    tables: Mutable = {
        TABLE_2: _table_2(organs, year, lapsed_is_repealed),
        TABLE_3: _table_3(organs, year),
        TABLE_4: {row: dict(cells) for row, cells in disputes.table_4(organs, year).items()},
    }
    return Counted(tuple(organs), year, tables, _records(organs, year, tables))


def behind(
    organs: Collection[int], year: int, ref: Ref, *, lapsed_is_repealed: bool = False
) -> QuerySet[Any] | None:
    """数字背后：the records a cell counts; None for a cell that is typed in.

    Raises BadInput for a cell the form does not have.
    """
    if ref in BY_HAND:
        return None
    if ref not in set(LAYOUTS[FORM].refs()):
        raise BadInput(f"年报里没有{ref}这一格。")
    if ref.table == TABLE_3:
        return _requests(organs, year, ref.row, ref.column)
    if ref.table == TABLE_4:
        return disputes.behind(organs, year, ref.row, ref.column)
    return _documents(organs, year, ref.row, ref.column, lapsed_is_repealed)


# ── 表二 ────────────────────────────────────────────────────────────────────────────────────


def _table_2(
    organs: Collection[int], year: int, lapsed_is_repealed: bool
) -> dict[str, dict[str, Cell]]:
    table: dict[str, dict[str, Cell]] = {}
    for row, columns in LAYOUTS[FORM].tables[TABLE_2].items():
        table[row] = dict.fromkeys(columns)
        for column in columns if row in _KINDS else ():
            found = _documents(organs, year, row, column, lapsed_is_repealed)
            table[row][column] = found.count()
    return table


def _documents(
    organs: Collection[int], year: int, row: str, column: str, lapsed_is_repealed: bool
) -> DocumentQuery:
    kind = _KINDS[row]
    if column == ISSUED:
        return documents.issued_in(organs, kind, year)
    if column == IN_FORCE:
        return documents.in_force_on(organs, kind, date(year, 12, 31))
    assert column == REPEALED
    ended = documents.ended_in(organs, kind, year, Validity.REPEALED)
    if lapsed_is_repealed:
        ended = ended | documents.ended_in(organs, kind, year, Validity.LAPSED)
    return ended


# ── 表三 ────────────────────────────────────────────────────────────────────────────────────


def _asked(organs: Collection[int]) -> ApplicationQuery:
    """Requests for information; those to correct a record（第四十一条）the form does not count."""
    return Application.objects.filter(organ__in=organs, sort=Sort.DISCLOSURE).order_by()


def _received(rows: ApplicationQuery, year: int) -> ApplicationQuery:
    return rows.filter(received_on__gte=date(year, 1, 1), received_on__lte=date(year, 12, 31))


def _ended(rows: ApplicationQuery, year: int) -> ApplicationQuery:
    return rows.filter(ended_on__gte=date(year, 1, 1), ended_on__lte=date(year, 12, 31))


def _open_after(year: int) -> Q:
    """Not ended by the end of a year."""
    return Q(ended_on__isnull=True) | Q(ended_on__gt=date(year, 12, 31))


def _requests(organs: Collection[int], year: int, row: str, column: str) -> ApplicationQuery:
    rows = _asked(organs)
    if column != TOTAL:
        rows = rows.filter(category=_CATEGORIES[column])
    if row == NEW:
        return _received(rows, year)
    if row == CARRIED_IN:
        return rows.filter(_open_after(year - 1), received_on__lte=date(year - 1, 12, 31))
    if row == CARRIED_OUT:
        return rows.filter(_open_after(year), received_on__lte=date(year, 12, 31))
    rows = _ended(rows, year)
    return rows if row == RESULTS_TOTAL else rows.filter(ended_as__in=_CODES[row])


def _table_3(organs: Collection[int], year: int) -> dict[str, dict[str, Cell]]:
    ended: dict[str, Counter[str]] = {row: Counter() for row in _CODES}
    every: Counter[str] = Counter()
    rows_of = {code: row for row, codes in _CODES.items() for code in codes}
    grouped = _ended(_asked(organs), year).values_list("ended_as", "category")
    for code, category, number in grouped.annotate(number=Count("pk")):
        every[category] += number
        if code in rows_of:
            ended[rows_of[code]][category] += number
    counts = {
        NEW: _by_category(_received(_asked(organs), year)),
        CARRIED_IN: _open_at_the_end(organs, year - 1),
        **ended,
        RESULTS_TOTAL: every,
        CARRIED_OUT: _open_at_the_end(organs, year),
    }
    return {row: _cells(counts[row]) for row in LAYOUTS[FORM].tables[TABLE_3]}


def _open_at_the_end(organs: Collection[int], year: int) -> Counter[str]:
    """结转：received by the last day of a year and not ended by it.

    Asked in two questions, each of which walks one stretch of the index; joined by an OR they
    would walk all of it.
    """
    rows = _asked(organs).filter(received_on__lte=date(year, 12, 31))
    later = rows.filter(ended_on__gt=date(year, 12, 31))
    return _by_category(rows.filter(ended_on__isnull=True)) + _by_category(later)


def _by_category(rows: ApplicationQuery) -> Counter[str]:
    return Counter(dict(rows.values_list("category").annotate(number=Count("pk"))))


def _cells(found: Counter[str]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {label: found[value] for label, value in _CATEGORIES.items()}
    return cells | {TOTAL: sum(found.values())}


# ── 核验所比对的台账 ────────────────────────────────────────────────────────────────────────


def _records(organs: Collection[int], year: int, tables: Mutable) -> Records:
    letters = _letters(organs, year)
    return Records(
        applications=_whole(tables[TABLE_3]),
        disputes={
            row: {column: number for column, number in cells.items() if column != TOTAL}
            for row, cells in _whole(tables[TABLE_4]).items()
        },
        in_force={row: _whole(tables[TABLE_2])[row][IN_FORCE] for row in _KINDS},
        corrections=letters.get(CorrectionNotice.TYPE, 0),
        fee_notices=letters.get(FeeNoticeIssued.TYPE, 0),
        reason_letters=letters.get(ReasonsAsked.TYPE, 0),
        consultations=letters.get(ConsultSent.TYPE, 0),
        carried_disputes=disputes.carried(organs, year),
        direct_suits_against_refusals=disputes.direct_suits_against_refusals(organs, year),
    )


def _letters(organs: Collection[int], year: int) -> dict[str, int]:
    """What went out to people, whenever it did, on the requests that ended in a way that needs it.

    Of the letters asking for an opinion those to third parties alone（第三十二条）.
    """
    needing = _ended(_asked(organs), year).filter(ended_as__in=_NEED_A_LETTER)
    rows = Event.objects.filter(
        Q(kind__in=(CorrectionNotice.TYPE, FeeNoticeIssued.TYPE, ReasonsAsked.TYPE))
        | Q(kind=ConsultSent.TYPE, told__kind=Whom.THIRD_PARTY.value),
        struck_at__isnull=True,
        application__in=needing.values("pk"),
    )
    return dict(rows.order_by().values_list("kind").annotate(number=Count("pk")))


def _whole(table: dict[str, dict[str, Cell]]) -> dict[str, dict[str, int]]:
    return {
        row: {column: cell for column, cell in cells.items() if isinstance(cell, int)}
        for row, cells in table.items()
    }
