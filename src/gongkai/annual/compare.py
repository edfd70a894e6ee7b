"""两年对照：one organ's report beside that of the year before.

The rules across years (T2-01, T2-04, T2-07, T3-05, T4-05, T4-06, N-04, N-06) are those of
``gongkai.annual.checks``; here they are applied alone, and what no rule forbids but a reader
should see is added: figures that jumped, and reports that do not belong together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from gongkai.annual.checks import RULES, Case, Finding, Result, Rule, Severity
from gongkai.annual.checks.applications import same_organ
from gongkai.annual.checks.finding import plain
from gongkai.annual.checks.narrative.prose import Likeness, likeness
from gongkai.annual.checks.rule import ALL_FORMS
from gongkai.annual.checks.sums import cell_at, short, show
from gongkai.annual.forms import (
    CARRIED_IN,
    CARRIED_OUT,
    DECISIONS,
    DISPUTES,
    FEE_AMOUNT,
    IN_FORCE,
    ISSUED,
    NEW,
    OPEN_IN_ALL,
    OPENED,
    RESULTS_TOTAL,
    TABLE_2,
    TABLE_3,
    TABLE_4,
    TOTAL,
    Form,
    Layout,
    Ref,
)
from gongkai.annual.model import Cell, Figure, Report, Undeterminable
from gongkai.errors import BadInput
from gongkai.law.articles import REGULATION

#: The rules that look at two years, in the order they are printed.
ACROSS_YEARS = ("T3-05", "T2-01", "T2-04", "T2-07", "T4-05", "T4-06", "N-04", "N-06")

#: A total that grew or shrank by this factor is pointed out, if it is this large in one of the
#: years: below that, ordinary years differ as much.
JUMP = 5
LARGE_ENOUGH = 50
#: 万元 are pointed out at the same factor from this amount on.
LARGE_AMOUNT = 100

_WATCHED_COLUMNS = frozenset({DECISIONS, FEE_AMOUNT, IN_FORCE, ISSUED, OPEN_IN_ALL, OPENED})


@dataclass(frozen=True, slots=True)
class Carried:
    """衔接：one relation between the years: what it should be, what it is, and on what grounds."""

    relation: str
    name: str
    expression: str
    expected: Figure | None
    found: Figure | None
    refs: tuple[Ref, ...]
    reason: str = ""

    @property
    def verdict(self) -> str:
        """一致, 不一致 or 无法核对."""
        if self.expected is None or self.found is None:
            return "无法核对"
        return "一致" if self.expected == self.found else "不一致"

    def as_dict(self) -> dict[str, Any]:
        """The relation as JSON values."""
        return {
            "relation": self.relation,
            "name": self.name,
            "expression": self.expression,
            "expected": plain(self.expected),
            "found": plain(self.found),
            "verdict": self.verdict,
            "reason": self.reason,
            "cells": [ref._asdict() for ref in self.refs],
        }


@dataclass(frozen=True)
class Comparison:
    """对照结果：the relations between two years, confirmed or not, and the findings."""

    last: Report
    this: Report
    carried: tuple[Carried, ...]
    results: tuple[Result, ...]
    added: tuple[Finding, ...]
    likeness: Likeness | None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, the gravest first."""
        found = [finding for result in self.results for finding in result.findings]
        return tuple(sorted([*self.added, *found], key=lambda finding: finding.severity.rank))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The errors among them."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)

    @property
    def ok(self) -> bool:
        """No error."""
        return not self.errors

    def as_dict(self) -> dict[str, Any]:
        """The comparison as JSON values."""
        return {
            "last": _heading(self.last),
            "this": _heading(self.this),
            "ok": self.ok,
            "relations": [carried.as_dict() for carried in self.carried],
            "findings": [finding.as_dict() for finding in self.findings],
            "rules": [result.as_dict() for result in self.results],
            "copied": None
            if self.likeness is None
            else {
                "sentences": self.likeness.sentences,
                "copied": self.likeness.copied,
                "share": round(self.likeness.share, 3),
                "examples": list(self.likeness.examples),
            },
        }


def compare(last: Report, this: Report) -> Comparison:
    """对照：``this`` beside ``last``, the report of the year before.

    Names and years that do not belong together are pointed out first; the figures are then
    compared all the same, since a name may have been read badly or an organ renamed. Raises
    ``BadInput`` when either has no statutory tables.
    """
    for report in (last, this):
        if report.form is None:
            raise BadInput(
                f"“{report.source or report.organ}”没有法定表格（2019年以前的旧格式），不能逐格对照"
            )
    # the rules refuse reports that do not belong together; here that is said beforehand
    year = None if this.year is None else this.year - 1
    matched = replace(last, organ=this.organ, year=year)
    case = Case(this, matched)
    results = tuple(RULES[rule_id](case) for rule_id in ACROSS_YEARS)
    prose = likeness(this, last) if this.parts and last.parts else None
    return Comparison(
        last,
        this,
        tuple(_carried(last, this)),
        results,
        (*_belonging(last, this), *_jumps(last, this)),
        prose,
    )


def _belonging(last: Report, this: Report) -> Iterator[Finding]:
    """两份报告属于同一机关、相邻年度。"""
    if last.organ and this.organ and not same_organ(last.organ, this.organ):
        yield Finding(
            "X-03",
            Severity.WARNING,
            f"两份报告的机关不同：“{last.organ}”和“{this.organ}”",
            expected=last.organ,
            found=this.organ,
            advice="核对是否同一机关（改名、合并的除外）",
        )
    if last.year is not None and this.year is not None and this.year != last.year + 1:
        yield Finding(
            "X-03",
            Severity.WARNING,
            f"两份报告不是相邻年度：{last.year}年和{this.year}年",
            expected=last.year + 1,
            found=this.year,
            advice="上年的报告在前，本年的在后",
        )


def _carried(last: Report, this: Report) -> Iterator[Carried]:
    """结转, column by column, and the documents in force."""
    before, layout = last.layout, this.layout
    assert before is not None
    assert layout is not None
    for column in layout.tables[TABLE_3][CARRIED_IN]:
        out = cell_at(last, TABLE_3, CARRIED_OUT, column)
        taken = cell_at(this, TABLE_3, CARRIED_IN, column)
        expected, found = _figure(out), _figure(taken)
        yield Carried(
            "T3-05",
            f"结转（{column}）",
            f"{_year(last)}结转下年{_words(out)}，{_year(this)}上年结转{_words(taken)}",
            expected,
            found,
            (Ref(TABLE_3, CARRIED_IN, column),),
            _unfilled(out, taken),
        )
    yield from _in_force(last, this, before, layout)


def _in_force(last: Report, this: Report, before: Layout, layout: Layout) -> Iterator[Carried]:
    if (before.form is Form.Y2019) != (layout.form is Form.Y2019):
        return
    old = layout.form is Form.Y2019
    stock = OPEN_IN_ALL if old else IN_FORCE
    columns = (OPENED,) if old else (ISSUED, "本年废止件数")
    for row in ("规章", layout.normative):
        row_before = before.normative if row == layout.normative else row
        cells = [
            cell_at(last, TABLE_2, row_before, stock),
            *(cell_at(this, TABLE_2, row, column) for column in columns),
            cell_at(this, TABLE_2, row, stock),
        ]
        figures = [_figure(cell) for cell in cells]
        known = [figure for figure in figures if figure is not None]
        expected = None
        if len(known) == len(figures):
            expected = known[0] + known[1] - (0 if old else known[2])
        signs = ("", "+", "-") if not old else ("", "+")
        told = "".join(
            f"{sign}{_words(cell)}" for sign, cell in zip(signs, cells[:-1], strict=True)
        )
        yield Carried(
            "T2-01",
            row,
            f"{told}，{_year(this)}{stock}{_words(cells[-1])}",
            expected,
            figures[-1],
            tuple(Ref(TABLE_2, row, column) for column in (stock, *columns)),
            _unfilled(*cells),
        )


def _jumps(last: Report, this: Report) -> Iterator[Finding]:
    """总数与上一年度相比没有成倍变动。

    Totals of Tables 3 and 4, and stocks, decisions and fees of Table 2, that grew to five times
    or shrank to a fifth, where one of the years has at least 50 cases (100 万元). Only a note:
    such years occur.
    """
    for ref in _watched(this):
        before, now = _figure(last.cell(ref)), _figure(this.cell(ref))
        if before is None or now is None:
            continue
        smaller, larger = sorted((before, now))
        least = LARGE_AMOUNT if ref.column == FEE_AMOUNT else LARGE_ENOUGH
        if larger >= least and larger >= JUMP * smaller:
            change = "增加" if now > before else "减少"
            factor = f"到{_times(larger, smaller)}倍" if smaller and now > before else ""
            factor = factor or (f"到{_times(larger, smaller)}分之一" if smaller else "")
            yield Finding(
                "X-04",
                Severity.NOTE,
                f"{_where(ref)}上年{show(before)}，本年{show(now)}，{change}{factor}",
                expected=before,
                found=now,
                refs=(ref,),
                advice="核对是否填错行列或者单位；属实的可在正文说明",
            )


def _watched(report: Report) -> Iterator[Ref]:
    layout = report.layout
    assert layout is not None
    for row, columns in layout.tables[TABLE_2].items():
        for column in columns:
            if column in _WATCHED_COLUMNS:
                yield Ref(TABLE_2, row, column)
    for row in (NEW, RESULTS_TOTAL, CARRIED_OUT):
        yield Ref(TABLE_3, row, TOTAL)
    for group in DISPUTES:
        yield Ref(TABLE_4, group, TOTAL)


def _where(ref: Ref) -> str:
    name = short(ref.row) if ref.table == TABLE_3 else ref.row.removeprefix("行政诉讼-")
    column = "" if ref.column == TOTAL else f"“{ref.column}”"
    return f"{ref.table.split()[0]}“{name}”{column}"


def _times(larger: Figure, smaller: Figure) -> str:
    return show((Decimal(larger) / Decimal(smaller)).quantize(Decimal(1)))


def _figure(cell: Cell) -> Figure | None:
    return None if cell is None or isinstance(cell, Undeterminable) else cell


def _words(cell: Cell) -> str:
    if cell is None:
        return "（空白）"
    return "（无法确定）" if isinstance(cell, Undeterminable) else show(cell)


def _unfilled(*cells: Cell) -> str:
    reasons = [cell.reason for cell in cells if isinstance(cell, Undeterminable)]
    if reasons:
        return reasons[0]
    return "有未填的格" if any(cell is None for cell in cells) else ""


def _year(report: Report) -> str:
    return "" if report.year is None else f"{report.year}年"


def _heading(report: Report) -> dict[str, Any]:
    return {"organ": report.organ, "year": report.year, "source": report.source}


#: The rules that only a comparison tries, for the printed list.
RULES_BETWEEN_YEARS = {
    rule_id: Rule(rule_id, severity, REGULATION.article(50), ALL_FORMS, check)
    for rule_id, severity, check in (
        ("X-03", Severity.WARNING, _belonging),
        ("X-04", Severity.NOTE, _jumps),
    )
}
