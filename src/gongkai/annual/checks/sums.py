"""合计：adding cells of which some may be blank or undeterminable, without inventing a 0.

A sum with blank cells is a lower bound, since no count is below zero: enough to contradict
a total that is smaller, not enough to confirm one that is larger.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from gongkai.annual.forms import APPLICANTS, TABLE_3, TOTAL, Ref
from gongkai.annual.model import Cell, Figure, Report, Undeterminable


class Amount(NamedTuple):
    """数额：the sum of the filled cells, how many were filled and blank, and what was unknown."""

    value: Figure
    filled: int
    blank: int
    #: Why a cell cannot be told; empty when all can.
    unknown: str = ""

    @property
    def exact(self) -> bool:
        """Every cell was filled."""
        return not self.blank and not self.unknown


class Balance(Enum):
    """比较结果：how two amounts stand to each other."""

    EQUAL = "equal"
    DIFFERENT = "different"
    #: The blank cells may hold the difference.
    OPEN = "open"
    UNKNOWN = "unknown"


def add(cells: Iterable[Cell], *, blank_as_zero: bool = False) -> Amount:
    """加：the sum of some cells; blank ones count as 0 only if someone has confirmed it."""
    value: Figure = 0
    filled = blank = 0
    unknown = ""
    for cell in cells:
        if type(cell) is int:  # nearly all are: the check of a report is mostly this line
            value += cell
            filled += 1
        elif cell is None:
            blank += 1
        elif isinstance(cell, Undeterminable):
            unknown = unknown or cell.reason
        else:
            value += cell
            filled += 1
    if blank_as_zero:
        filled, blank = filled + blank, 0
    return Amount(value, filled, blank, unknown)


def weigh(left: Amount, right: Amount) -> Balance:
    """比：whether two amounts agree, differ, or may still agree once the blanks are filled.

    An amount that rests on no filled cell at all says nothing, not even "at least 0".
    """
    if left.unknown or right.unknown:
        return Balance.UNKNOWN
    if left.exact and right.exact:
        return Balance.EQUAL if left.value == right.value else Balance.DIFFERENT
    if not left.filled or not right.filled:
        return Balance.OPEN
    if left.value == right.value:
        return Balance.EQUAL
    larger = left if left.value > right.value else right
    smaller = right if larger is left else left
    return Balance.DIFFERENT if smaller.exact else Balance.OPEN


def cell_at(report: Report, table: str, row: str, column: str) -> Cell:
    """A cell, without making a ``Ref`` for it while it is there."""
    rows = report.tables.get(table)
    if rows is not None:
        columns = rows.get(row)
        if columns is not None and column in columns:
            return columns[column]
    return report.cell(Ref(table, row, column))


def total_of(report: Report, rows: Iterable[str], *, blank_as_zero: bool = False) -> Amount:
    """行合计：the 总计 of some rows of Table 3 together.

    Where a 总计 is blank the row's six applicant columns are added up instead; a row with
    none of its cells filled makes the amount a lower bound.
    """
    parts = []
    for row in rows:
        total = add([cell_at(report, TABLE_3, row, TOTAL)])
        if total.blank:
            cells = (cell_at(report, TABLE_3, row, column) for column in APPLICANTS)
            total = add(cells, blank_as_zero=blank_as_zero)
        parts.append(total)
    return together(parts)


def together(amounts: Iterable[Amount]) -> Amount:
    """The sum of some amounts, as filled, blank and unknown as they are."""
    value: Figure = 0
    filled = blank = 0
    unknown = ""
    for amount in amounts:
        value += amount.value
        filled += amount.filled
        blank += amount.blank
        unknown = unknown or amount.unknown
    return Amount(value, filled, blank, unknown)


def gap(left: Amount, right: Amount) -> Figure:
    """相差：how far two amounts are apart."""
    apart = left.value - right.value
    return -apart if apart < 0 else apart


def show(figure: Figure) -> str:
    """A figure for a sentence: without an exponent, and without zeros nobody wrote."""
    if isinstance(figure, Decimal):
        return format(figure.normalize(), "f") if figure else "0"
    return str(figure)


def short(row: str) -> str:
    """行名：a row's name without its numbering and its long tail, for a sentence."""
    name = row.split("）", 1)[-1] if row.startswith("三、") else row.split("、", 1)[-1]
    name = name.lstrip("0123456789.")
    name = name.split("、")[0] if "申请人" in name else name
    return _TOO_SHORT.get(name, name)


_TOO_SHORT = {"总计": "办理结果总计", "其他": "（六）3.其他"}
