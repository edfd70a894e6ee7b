"""指标：what a number in the prose may be, and the cells of the tables that say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from gongkai.annual.checks.sums import Amount, add, cell_at, short, together, total_of
from gongkai.annual.forms import (
    CARRIED_IN,
    CARRIED_OUT,
    DIRECT_SUIT,
    FEE_AMOUNT,
    FEES,
    GRANTED,
    IN_FORCE,
    ISSUED,
    MADE,
    NEW,
    NOT_PROCESSED,
    OPEN_IN_ALL,
    OPENED,
    OTHERWISE_ONE_ROW,
    OTHERWISE_THREE_ROWS,
    PARTLY_GRANTED,
    PROCUREMENT,
    PURCHASE_AMOUNT,
    PURCHASE_AMOUNT_NO_UNIT,
    PURCHASE_AMOUNT_WAN,
    RECONSIDERATION,
    REFUSED,
    REPEALED,
    RESULTS,
    RESULTS_TOTAL,
    SUIT_AFTER_RECONSIDERATION,
    TABLE_2,
    TABLE_3,
    TABLE_4,
    TOTAL,
    UNABLE,
    Form,
    Ref,
)
from gongkai.annual.model import Report


@dataclass(frozen=True)
class Metric:
    """指标：a name, the cells that add up to it, and what they add up to."""

    name: str
    refs: tuple[Ref, ...]
    amount: Amount
    #: The row of Table 2 that a document figure belongs to.
    subject: str = ""


#: The whole classes of outcomes, by their rows.
_CLASSES = {
    (GRANTED,): "予以公开",
    (PARTLY_GRANTED,): "部分公开",
    REFUSED: "不予公开合计",
    UNABLE: "无法提供合计",
    NOT_PROCESSED: "不予处理合计",
    ("其他处理",): "其他处理合计",
}
_SUIT_NAMES = {
    (RECONSIDERATION,): "行政复议",
    (DIRECT_SUIT,): "未经复议直接起诉",
    (SUIT_AFTER_RECONSIDERATION,): "复议后起诉",
    (DIRECT_SUIT, SUIT_AFTER_RECONSIDERATION): "行政诉讼",
    (RECONSIDERATION, DIRECT_SUIT, SUIT_AFTER_RECONSIDERATION): "行政复议+行政诉讼",
}


class Figures:
    """表中数字：the metrics of one report, each computed when first asked for."""

    def __init__(self, report: Report, *, blank_as_zero: bool = False) -> None:
        self.report = report
        self.blank_as_zero = blank_as_zero
        self._row_totals: dict[str, Amount] = {}

    @cached_property
    def new(self) -> Metric:
        """本年新收."""
        return self._rows("新收", NEW)

    @cached_property
    def carried_in(self) -> Metric:
        """上年结转."""
        return self._rows("上年结转", CARRIED_IN)

    @cached_property
    def answered(self) -> Metric:
        """办理结果总计."""
        return self._rows("办结", RESULTS_TOTAL)

    @cached_property
    def carried_out(self) -> Metric:
        """结转下年度继续办理."""
        return self._rows("结转下年", CARRIED_OUT)

    @cached_property
    def to_handle(self) -> Metric:
        """新收加上年结转."""
        return self._rows("新收+上年结转", NEW, CARRIED_IN)

    @cached_property
    def replied(self) -> Metric:
        """办理结果总计减（六）其他处理：what ended with an answer to the request."""
        otherwise = together(self._row(row) for row in self.otherwise)
        total = self.answered.amount
        exact = total.exact and otherwise.exact
        amount = Amount(total.value - otherwise.value, int(exact), int(not exact))
        return Metric("办结（不计其他处理）", self.answered.refs, amount)

    @property
    def rows(self) -> tuple[str, ...]:
        """The outcomes of this report's form."""
        layout = self.report.layout
        return () if layout is None else layout.leaves

    @property
    def otherwise(self) -> tuple[str, ...]:
        """The rows of （六）其他处理 in this report's form."""
        return OTHERWISE_THREE_ROWS if self.report.form is Form.Y2021 else OTHERWISE_ONE_ROW

    def outcome(self, classes: Sequence[tuple[str, ...]]) -> Metric:
        """One or more outcomes together, each by its rows; 其他处理 stands for the form's rows."""
        names: list[str] = []
        rows: list[str] = []
        for one in classes:
            names.append(_CLASSES.get(one) or short(one[0]))
            rows.extend(self.otherwise if one == ("其他处理",) else one)
        name = "予以+部分公开" if names == ["予以公开", "部分公开"] else "+".join(names)
        return self._rows(name, *rows)

    def applicant(self, columns: tuple[str, ...], base: Metric) -> Metric:
        """One or more columns of the rows of another metric."""
        refs = tuple(Ref(TABLE_3, ref.row, column) for ref in base.refs for column in columns)
        name = columns[0] if len(columns) == 1 else "法人或其他组织"
        return Metric(name, refs, self._sum(refs))

    def dispute(self, groups: tuple[str, ...], column: str = TOTAL) -> Metric:
        """Totals, or one result, of some groups of Table 4."""
        refs = tuple(Ref(TABLE_4, group, column) for group in groups)
        name = _SUIT_NAMES.get(groups) or "+".join(_SUIT_NAMES[(group,)] for group in groups)
        return Metric(name if column == TOTAL else f"{name}-{column}", refs, self._sum(refs))

    def concluded(self, groups: tuple[str, ...]) -> Metric:
        """Cases of some groups that ended in the year."""
        refs = tuple(Ref(TABLE_4, group, result) for group in groups for result in RESULTS[:3])
        return Metric("审结", refs, self._sum(refs))

    def documents(self, row: str, verb: str) -> list[Metric]:
        """规章 or 规范性文件 by what happened to them; more than one reading if it is unclear."""
        layout = self.report.layout
        assert layout is not None  # no facts are read from a report without a form
        name = layout.normative if row == "规范性文件" else row
        old = layout.form is Form.Y2019
        columns = {
            "制发": (MADE, OPENED) if old else (ISSUED,),
            "废止": () if old else (REPEALED,),
            "有效": (OPEN_IN_ALL,) if old else (IN_FORCE,),
            "公开": (OPENED, OPEN_IN_ALL) if old else (ISSUED, IN_FORCE),
            "": (OPENED, OPEN_IN_ALL) if old else (ISSUED, IN_FORCE),
        }[verb]
        label = {"有效": "现行有效", "": "件数"}.get(verb, verb)
        return [
            Metric(label, (ref,), self._sum((ref,)), name)
            for ref in (Ref(TABLE_2, name, column) for column in columns)
        ]

    def decisions(self, row: str) -> Metric | None:
        """行政许可、行政处罚、行政强制的处理决定数量."""
        layout = self.report.layout
        columns = () if layout is None else layout.tables[TABLE_2].get(row, ())
        if not columns:
            return None
        ref = Ref(TABLE_2, row, columns[-1])
        return Metric(row, (ref,), self._sum((ref,)), row)

    def fees(self) -> Metric | None:
        """行政事业性收费, in 元."""
        if self.report.form is Form.Y2019:
            return None
        ref = Ref(TABLE_2, FEES, FEE_AMOUNT)
        return Metric("行政事业性收费", (ref,), _times(self._sum((ref,)), 10_000), FEES)

    def purchases(self) -> Metric | None:
        """政府集中采购总金额, in 元, where the form's cell says its unit."""
        rows = self.report.tables.get(TABLE_2) or {}
        for column, factor in ((PURCHASE_AMOUNT, 1), (PURCHASE_AMOUNT_WAN, 10_000)):
            if column in rows.get(PROCUREMENT, {}):
                ref = Ref(TABLE_2, PROCUREMENT, column)
                return Metric("政府集中采购", (ref,), _times(self._sum((ref,)), factor))
        ref = Ref(TABLE_2, PROCUREMENT, PURCHASE_AMOUNT_NO_UNIT)
        unknown = Amount(0, 0, 0, "表中采购金额没有单位")
        return Metric("政府集中采购", (ref,), unknown) if PROCUREMENT in rows else None

    def again(self, metric: Metric) -> Metric:
        """The same metric in this report, for comparing two years."""
        rows = [ref.row for ref in metric.refs]
        if all(ref.table == TABLE_3 and ref.column == TOTAL for ref in metric.refs):
            return self._rows(metric.name, *rows)
        return Metric(metric.name, metric.refs, self._sum(metric.refs))

    def _rows(self, name: str, *rows: str) -> Metric:
        amount = together(self._row(row) for row in rows)
        return Metric(name, tuple(Ref(TABLE_3, row, TOTAL) for row in rows), amount)

    def _row(self, row: str) -> Amount:
        if row not in self._row_totals:
            total = total_of(self.report, (row,), blank_as_zero=self.blank_as_zero)
            self._row_totals[row] = total
        return self._row_totals[row]

    def _sum(self, refs: Iterable[Ref]) -> Amount:
        amounts = (
            add([cell_at(self.report, *ref)], blank_as_zero=self.blank_as_zero) for ref in refs
        )
        return together(amounts)


def _times(amount: Amount, factor: int) -> Amount:
    return amount._replace(value=Decimal(amount.value) * factor)
