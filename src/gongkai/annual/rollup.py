"""汇总：the reports of many units added up cell by cell, and held against the whole's own.

A government's report is the sum of its office's, its departments' and the lower
governments' (《政府信息公开条例》第四十九条第二款). A part's blank or undeterminable cell makes
the sum a lower bound, 至少; it never counts as 0 unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gongkai.annual.checks import Finding, Rule, Severity
from gongkai.annual.checks.applications import same_organ
from gongkai.annual.checks.finding import plain
from gongkai.annual.checks.rule import ALL_FORMS
from gongkai.annual.checks.sums import Amount, Balance, add, cell_at, show, weigh
from gongkai.annual.forms import (
    LAYOUTS,
    OTHERWISE_ONE_ROW,
    OTHERWISE_THREE_ROWS,
    PROCUREMENT,
    PURCHASE_AMOUNT,
    PURCHASE_AMOUNT_NO_UNIT,
    PURCHASE_AMOUNT_WAN,
    SIGNED,
    TABLE_2,
    TABLE_3,
    TABLES,
    Form,
    Ref,
)
from gongkai.annual.model import Cell, Figure, Report, Undeterminable
from gongkai.errors import BadInput
from gongkai.law.articles import REGULATION

_BASIS = REGULATION.article(49, 2)
_SHOWN = 6


@dataclass(frozen=True)
class Total:
    """一格的合计：the sum of one cell over the parts, and which parts it came from."""

    ref: Ref
    amount: Amount
    #: Parts with a figure other than 0, by name.
    contributions: Mapping[str, Figure]
    #: Parts whose cell is blank or undeterminable, by name, with the reason.
    gaps: Mapping[str, str]

    @property
    def exact(self) -> bool:
        """Every part had a figure."""
        return self.amount.exact

    @property
    def words(self) -> str:
        """合计343, or 至少343 where a part's cell is blank or undeterminable."""
        return ("" if self.exact else "至少") + show(self.amount.value)

    def as_dict(self) -> dict[str, Any]:
        """The sum as JSON values."""
        return {
            "cell": self.ref._asdict(),
            "value": plain(self.amount.value),
            "at_least": not self.exact,
            "contributions": {name: plain(value) for name, value in self.contributions.items()},
            "gaps": dict(self.gaps),
        }


@dataclass(frozen=True)
class Rollup:
    """汇总结果：sums for every cell of one form, and what was found amiss."""

    form: Form
    year: int | None
    parts: tuple[Report, ...]
    totals: Mapping[Ref, Total]
    findings: tuple[Finding, ...]
    whole: Report | None = None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The errors among the findings."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)

    @property
    def ok(self) -> bool:
        """No error."""
        return not self.errors

    @cached_property
    def report(self) -> Report:
        """The sum as a report: a cell that is only a lower bound is undeterminable in it."""
        layout = LAYOUTS[self.form]
        tables: dict[str, dict[str, dict[str, Cell]]] = {table: {} for table in TABLES}
        for table in TABLES:
            for row in layout.tables[table]:
                tables[table][row] = {}
        for ref, total in self.totals.items():
            names = "、".join(list(total.gaps)[:3])
            cell: Cell = total.amount.value
            if not total.exact:
                cell = Undeterminable(
                    f"至少{show(total.amount.value)}：{names}等{len(total.gaps)}个单位未填或者无法确定"
                )
            tables[ref.table][ref.row][ref.column] = cell
        organ = "" if self.whole is None else self.whole.organ
        return Report(self.form, self.year, organ, tables)

    def as_dict(self) -> dict[str, Any]:
        """The roll-up as JSON values; ``tables`` has the exchange names, ``"?"`` a lower bound."""
        tables: dict[str, dict[str, dict[str, object]]] = {}
        for ref, total in self.totals.items():
            row = tables.setdefault(ref.table, {}).setdefault(ref.row, {})
            row[ref.column] = plain(total.amount.value) if total.exact else "?"
        return {
            "year": self.year,
            "format": self.form.value,
            "units": [_name(part) for part in self.parts],
            "against": None if self.whole is None else _name(self.whole),
            "ok": self.ok,
            "tables": tables,
            "at_least": [total.as_dict() for total in self.totals.values() if not total.exact],
            "findings": [finding.as_dict() for finding in self.findings],
        }


def roll_up(
    parts: Sequence[Report],
    whole: Report | None = None,
    *,
    expected_units: Sequence[str] | None = None,
) -> Rollup:
    """汇总：add up ``parts`` cell by cell, and hold the sums against ``whole``.

    Reports of zero count like any other. Where one report has （六）其他处理 in one row and
    another in three, all are added up in one row. ``expected_units`` are the units that had
    to report; missing and doubled ones are findings of X-02. Raises ``BadInput`` for no part
    at all, for different years, for the forms of 2019 and 2021 together, and for a report
    without statutory tables.
    """
    every = [*parts, *([whole] if whole else [])]
    form = _common_form(every, parts)
    names = _names(parts)
    totals = {ref: _total(ref, parts, names) for ref in _refs(form, every)}
    findings = [*_units(parts, expected_units)]
    if whole is not None:
        findings.extend(_against(totals, whole))
    years = {report.year for report in every if report.year is not None}
    findings.sort(key=lambda finding: finding.severity.rank)
    return Rollup(form, next(iter(years), None), tuple(parts), totals, tuple(findings), whole)


def _common_form(every: Sequence[Report], parts: Sequence[Report]) -> Form:
    if not parts:
        raise BadInput("没有可以汇总的报告")
    for report in every:
        if report.form is None:
            raise BadInput(f"“{_name(report)}”没有法定表格，不能汇总")
    years = sorted({report.year for report in every if report.year is not None})
    if len(years) > 1:
        listed = "、".join(f"{year}年" for year in years)
        raise BadInput(f"不能汇总不同年度的报告：{listed}")
    forms = {report.form for report in every}
    if Form.Y2019 in forms:
        if len(forms) > 1:
            raise BadInput("2019年格式与2021年格式的表二统计的不是同一件事，不能汇总")
        return Form.Y2019
    return Form.MIXED if Form.MIXED in forms else Form.Y2021


def _refs(form: Form, every: Sequence[Report]) -> Iterator[Ref]:
    """The cells of the form; the amount of procurement under the unit all reports use."""
    used = {
        column
        for report in every
        for column in ((report.tables.get(TABLE_2) or {}).get(PROCUREMENT) or {})
    }
    amounts = {PURCHASE_AMOUNT, PURCHASE_AMOUNT_WAN, PURCHASE_AMOUNT_NO_UNIT} & used
    for ref in LAYOUTS[form].refs():
        if ref.row == PROCUREMENT and ref.column == PURCHASE_AMOUNT_NO_UNIT and len(amounts) == 1:
            yield ref._replace(column=next(iter(amounts)))
        elif ref.row == PROCUREMENT and ref.column == PURCHASE_AMOUNT_NO_UNIT and amounts:
            yield ref._replace(column=PURCHASE_AMOUNT)
        else:
            yield ref


def _total(ref: Ref, parts: Sequence[Report], names: Sequence[str]) -> Total:
    cells = [cell_of(part, ref) for part in parts]
    contributions: dict[str, Figure] = {}
    gaps: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=True):
        if cell is None:
            gaps[name] = "未填"
        elif isinstance(cell, Undeterminable):
            gaps[name] = cell.reason
        elif cell:
            contributions[name] = cell
    return Total(ref, add(cells), contributions, gaps)


def cell_of(report: Report, ref: Ref) -> Cell:
    """一格：of a part; the three rows of 其他处理 as one, the amount of procurement in 元."""
    if ref.row == OTHERWISE_ONE_ROW[0] and report.form is Form.Y2021:
        three = [cell_at(report, TABLE_3, row, ref.column) for row in OTHERWISE_THREE_ROWS]
        amount = add(three)
        if amount.exact:
            return amount.value
        if amount.unknown:
            return Undeterminable(amount.unknown)
        return None if not amount.filled else Undeterminable("（六）其他处理三行中有未填的")
    if ref.row == PROCUREMENT and ref.column == PURCHASE_AMOUNT:
        return _purchases(report, ref)
    return cell_at(report, *ref)


def _purchases(report: Report, ref: Ref) -> Cell:
    row = (report.tables.get(ref.table) or {}).get(PROCUREMENT, {})
    if PURCHASE_AMOUNT_WAN in row:
        cell = row[PURCHASE_AMOUNT_WAN]
        return cell if cell is None or isinstance(cell, Undeterminable) else cell * 10_000
    if PURCHASE_AMOUNT in row or PURCHASE_AMOUNT_NO_UNIT not in row:
        return cell_at(report, *ref)
    cell = row[PURCHASE_AMOUNT_NO_UNIT]
    return cell if not cell else Undeterminable("采购金额没有写明单位")


def _against(totals: Mapping[Ref, Total], whole: Report) -> Iterator[Finding]:
    """汇总报告各格 = 本机关、各部门和下级政府各份报告同格之和。

    Where a part's cell is blank or undeterminable the sum is a lower bound: a larger figure
    in the whole is then a warning, a smaller one still an error.
    """
    for ref, total in totals.items():
        cell = cell_of(whole, ref)
        own = add([cell])
        if not own.exact:
            if own.blank and total.amount.value:
                yield _differs(ref, total, None, Severity.WARNING)
            continue
        if total.gaps and ref.column in SIGNED:
            continue  # a change may be below zero, so the sum of some parts bounds nothing
        bound = total.amount._replace(unknown="", blank=len(total.gaps))
        balance = weigh(bound, own)
        if balance is Balance.DIFFERENT:
            yield _differs(ref, total, own.value, Severity.ERROR)
        elif balance is Balance.OPEN and own.value:
            yield _differs(ref, total, own.value, Severity.WARNING)


def _differs(ref: Ref, total: Total, own: Figure | None, severity: Severity) -> Finding:
    largest = sorted(total.contributions.items(), key=lambda item: -item[1])
    shown = "、".join(f"{name}{show(value)}" for name, value in largest[:_SHOWN])
    more = f"等{len(largest)}个单位" if len(largest) > _SHOWN else ""
    gaps = f"；{'、'.join(list(total.gaps)[:_SHOWN])}未填或者无法确定" if total.gaps else ""
    filled = "未填" if own is None else f"填{show(own)}"
    return Finding(
        "X-01",
        severity,
        f"{ref}：各单位合计{total.words}（{shown or '各单位都是0'}{more}{gaps}），汇总报告{filled}",
        expected=total.amount.value,
        found="空白" if own is None else own,
        refs=(ref,),
        advice="核对漏报、重报的单位，以及汇总时是否改动",
    )


def _units(parts: Sequence[Report], expected: Sequence[str] | None) -> Iterator[Finding]:
    """应当报送的单位各报送一份报告，没有发生的也报送各项为0的报告。

    A unit that nobody asked for is a warning. Without a list only doubled units are told.
    """
    seen: list[Report] = []
    for part in parts:
        if part.organ and any(same_organ(part.organ, other.organ) for other in seen):
            yield _unit(Severity.ERROR, f"“{part.organ}”报送了不止一份，合计中重复", part.organ)
        if part.organ:
            seen.append(part)
    if expected is None:
        return
    for unit in expected:
        if not any(same_organ(unit, part.organ) for part in seen):
            yield _unit(
                Severity.ERROR, f"“{unit}”没有报送；没有发生的也应当报送各项为0的报告", unit
            )
    for part in seen:
        if not any(same_organ(unit, part.organ) for unit in expected):
            yield _unit(Severity.WARNING, f"“{part.organ}”不在应报送单位之列", part.organ)


def _unit(severity: Severity, message: str, unit: str) -> Finding:
    return Finding("X-02", severity, message, found=unit, advice="核对应报送单位名单")


def _names(parts: Sequence[Report]) -> list[str]:
    """A name for each part that no other part has."""
    names: list[str] = []
    for number, part in enumerate(parts, start=1):
        name = _name(part) or f"第{number}份"
        names.append(name if name not in names else f"{name}（第{number}份）")
    return names


def _name(report: Report) -> str:
    return report.organ or report.source


#: The rules between units, for the printed list; ``RULES`` holds those of a single report.
RULES_BETWEEN_UNITS = {
    rule_id: Rule(rule_id, Severity.ERROR, _BASIS, ALL_FORMS, check)
    for rule_id, check in (("X-01", _against), ("X-02", _units))
}
