"""汇总底表：what each unit brings to every cell, and where the sum is not exact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from gongkai.annual.checks import Finding
from gongkai.annual.exchange import load
from gongkai.annual.forms import TABLES
from gongkai.annual.model import Cell, Report, Undeterminable
from gongkai.annual.rollup import Rollup, Total, cell_of, roll_up
from gongkai.reporting.assembling import standing_of
from gongkai.reporting.models import Call, Filing, Unit
from gongkai.reporting.rounds import whole_of
from gongkai.reporting.states import Scope


@dataclass(frozen=True)
class Part:
    """一个单位：its report if it has sent one in."""

    unit: Unit
    filing: Filing | None
    report: Report | None


@dataclass(frozen=True)
class Sum:
    """汇总：as it would be today; ``rollup`` is None while nobody has sent anything in."""

    call: Call
    whole: Filing | None
    parts: tuple[Part, ...]
    rollup: Rollup | None

    @property
    def missing(self) -> list[Unit]:
        """没有报送的。"""
        return [part.unit for part in self.parts if part.report is None]

    @property
    def sent(self) -> list[Part]:
        """已报送的。"""
        return [part for part in self.parts if part.report is not None]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """X-01、X-02。"""
        return self.rollup.findings if self.rollup else ()

    @cached_property
    def gaps(self) -> dict[str, list[Total]]:
        """说不准的：by unit, the cells it left blank or that cannot be told."""
        found: dict[str, list[Total]] = {}
        for total in self.rollup.totals.values() if self.rollup else ():
            for name in total.gaps:
                found.setdefault(name, []).append(total)
        return found

    def rows(self, table: str) -> Iterator[tuple[str, list[Total]]]:
        """一张表：each row with the sums of its cells."""
        found: dict[str, list[Total]] = {}
        for ref, total in self.rollup.totals.items() if self.rollup else ():
            if ref.table == table:
                found.setdefault(ref.row, []).append(total)
        yield from found.items()

    def of_row(self, table: str, row: str) -> list[tuple[Part, list[Cell]]]:
        """一行：every unit that has sent in with its cells of that row."""
        totals = self.rollup.totals if self.rollup else {}
        columns = [ref for ref in totals if ref[:2] == (table, row)]
        return [
            (part, [cell_of(part.report, ref) for ref in columns])
            for part in self.sent
            if part.report is not None
        ]


def sum_of(made: Call) -> Sum:
    """汇总：of what has been sent in; a fixed number of queries.

    Raises BadInput where forms of different years have been mixed.
    """
    whole = whole_of(made)
    stand_in = whole or Filing(organ=made.organ, scope=Scope.WHOLE, year=made.year, call=made)
    units = list(made.units.select_related("organ"))
    parts = tuple(
        # By the name in the list: a unit may sign otherwise since it was listed.
        Part(unit, one, replace(load(one.frozen), organ=unit.name) if one else None)
        for unit, one in standing_of(units, stand_in)
    )
    reports = [part.report for part in parts if part.report is not None]
    names = [unit.name for unit in units]
    return Sum(made, whole, parts, roll_up(reports, expected_units=names) if reports else None)


def base_table(found: Sum) -> Iterator[list[Any]]:
    """底表：a cell a line, the sum first, then each unit; blank where a unit left it blank."""
    for ref, total in found.rollup.totals.items() if found.rollup else ():
        yield [
            ref.table.split()[0],
            ref.row,
            ref.column,
            total.words if not total.exact else total.amount.value,
            *(told(cell_of(part.report, ref)) for part in found.sent if part.report is not None),
        ]


def told(cell: Cell) -> Any:
    """一格：a figure as it is, blank for a blank, words for what cannot be told."""
    return "" if cell is None else f"{cell}" if isinstance(cell, Undeterminable) else cell


def ref_of(table: str, row: str, found: Sum) -> tuple[str, str]:
    """选定的行：as asked for; otherwise the first of that table, or of the form."""
    known = [ref[:2] for ref in found.rollup.totals] if found.rollup else []
    if (table, row) in known:
        return table, row
    of_table = [one for one in known if one[0] == table]
    return next(iter(of_table or known), (TABLES[0], ""))
