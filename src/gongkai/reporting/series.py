"""历年数据：figures of one unit's published reports over the years, each with where it is from.

A figure that is blank, one the source no longer tells and one the form of the year did not ask
for are three different things; none of them is 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gongkai.annual.exchange import load
from gongkai.annual.forms import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    COERCION,
    DECISIONS,
    DECISIONS_2019,
    DISPUTES,
    FEE_AMOUNT,
    FEES,
    IN_FORCE,
    ISSUED,
    NEW,
    NORMATIVE_2021,
    PENALTIES,
    PERMITS,
    REPEALED,
    RESULTS,
    RESULTS_TOTAL,
    RULES,
    TABLE_2,
    TABLE_3,
    TABLE_4,
    TOTAL,
    Ref,
)
from gongkai.annual.model import Cell, Report, Tables, Undeterminable
from gongkai.reporting.counting import BY_HAND
from gongkai.reporting.models import Filing
from gongkai.reporting.states import Basis, Scope, State

#: How a figure that is not there is printed.
BLANK, UNKNOWN, NOT_ASKED = "未填", "无法确定", "不适用"
#: How a group of results begins in Table 3, whatever the form.
GROUPS = {
    "granted": ("予以公开", "三、（一）"),
    "partly": ("部分公开", "三、（二）"),
    "refused": ("不予公开", "三、（三）"),
    "unable": ("无法提供", "三、（四）"),
    "not_processed": ("不予处理", "三、（五）"),
    "otherwise": ("其他处理", "三、（六）"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """指标：a sum of cells: those of ``table`` whose row begins so, in columns of these names."""

    key: str
    group: str
    label: str
    table: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    unit: str = "件"

    def of(self, tables: Tables) -> Cell | str:
        """某份年报的：a figure, None for blank, Undeterminable, or 不适用 as a word."""
        wanted = [
            cells[column]
            for row, cells in (tables.get(self.table) or {}).items()
            for column in self.columns
            if row.startswith(self.rows) and column in cells
        ]
        if not wanted:
            return NOT_ASKED
        for cell in wanted:
            if cell is None or isinstance(cell, Undeterminable):
                return cell
        return sum(cell for cell in wanted if not isinstance(cell, Undeterminable | None))

    @property
    def by_hand(self) -> bool:
        """业务统计：what no record of a request or a document tells."""
        return Ref(self.table, self.rows[0], self.columns[0]) in BY_HAND


_ASKED, _ANSWERED, _WHO = "申请", "办理结果", "新收申请的申请人"
_DISPUTED, _SHOWN = "复议诉讼", "主动公开"


def _measures() -> Iterator[Measure]:
    for key, label, row in (
        ("new", "本年新收", NEW),
        ("carried_in", "上年结转", CARRIED_IN),
        ("ended", "本年办结", RESULTS_TOTAL),
        ("carried_out", "结转下年度", CARRIED_OUT),
    ):
        yield Measure(key, _ASKED, label, TABLE_3, (row,), (TOTAL,))
    for key, (label, row) in GROUPS.items():
        yield Measure(key, _ANSWERED, label, TABLE_3, (row,), (TOTAL,))
    names = ("person", "company", "science", "charity", "legal", "other_body")
    for key, label in zip(names, APPLICANTS, strict=True):
        yield Measure(key, _WHO, label, TABLE_3, (NEW,), (label,))
    for key, label, rows, column in (
        ("reviews", "行政复议", DISPUTES[:1], TOTAL),
        ("reviews_corrected", "行政复议结果纠正", DISPUTES[:1], RESULTS[1]),
        ("direct_suits", "未经复议直接起诉", DISPUTES[1:2], TOTAL),
        ("later_suits", "复议后起诉", DISPUTES[2:], TOTAL),
        ("suits_corrected", "行政诉讼结果纠正", DISPUTES[1:], RESULTS[1]),
    ):
        yield Measure(key, _DISPUTED, label, TABLE_4, rows, (column,))
    for kind, row in (("rules", RULES), ("normative", NORMATIVE_2021)):
        for key, column in (("issued", ISSUED), ("repealed", REPEALED), ("in_force", IN_FORCE)):
            yield Measure(
                f"{kind}_{key}", _SHOWN, f"{row}{column.removesuffix('件数')}", TABLE_2, (row,),
                (column,),
            )  # fmt: skip
    for key, row in (("permits", PERMITS), ("penalties", PENALTIES), ("coercion", COERCION)):
        yield Measure(key, _SHOWN, f"{row}决定", TABLE_2, (row,), (DECISIONS, DECISIONS_2019))
    yield Measure("fees", _SHOWN, FEES, TABLE_2, (FEES,), (FEE_AMOUNT,), "万元")


#: 指标，以代码为键，先后为序
MEASURES: Mapping[str, Measure] = MappingProxyType({one.key: one for one in _measures()})
#: What is shown unless something else is asked for.
USUAL = ("new", "carried_in", "ended", "carried_out")


def told(cell: Cell | str) -> str:
    """印出来的：the figure, or the word for why there is none."""
    if cell is None:
        return BLANK
    if isinstance(cell, Undeterminable):
        return UNKNOWN
    return (
        cell if isinstance(cell, str) else f"{cell:f}" if not isinstance(cell, int) else f"{cell}"
    )


def drawn(cell: Cell | str) -> int | str:
    """画出来的：a whole number as a bar, anything else as the word for it."""
    return cell if isinstance(cell, int) else told(cell)


# ── 单位 ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Unit:
    """公布年报的单位：an organ's own report, the summed-up one, or a unit outside by its name."""

    organ: int
    scope: str
    name: str
    outside: str = ""

    @property
    def key(self) -> str:
        """地址中的写法：``12-own``; of a unit outside its name follows."""
        return f"{self.organ}-{self.scope}" + (f"-{self.outside}" if self.outside else "")

    @property
    def label(self) -> str:
        """列表中的写法。"""
        return f"{self.name}（汇总）" if self.scope == Scope.WHOLE else self.name


def units() -> list[Unit]:
    """有年报公布的单位：in the order of the tree, wholes before the office's own, newest name."""
    rows = (
        Filing.objects.public()
        .filter(state=State.PUBLISHED)
        .order_by("organ__path", "year")
        .values_list("organ", "scope", "name")
    )
    found: dict[tuple[int, str, str], Unit] = {}
    for organ, scope, name in rows:
        outside = name if scope == Scope.OUTSIDE else ""
        found[organ, scope, outside] = Unit(organ, scope, name, outside)
    places = {organ: place for place, (organ, _, _) in enumerate(found)}
    return sorted(found.values(), key=lambda one: (places[one.organ], RANK[one.scope], one.name))


#: 汇总的在前，本机关的在后，系统外单位的最后。
RANK = {Scope.WHOLE.value: 0, Scope.OWN.value: 1, Scope.OUTSIDE.value: 2}


# ── 历年 ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Year:
    """一年：the published report of a unit, and where its figures are from."""

    pk: int
    year: int
    basis: str
    loaded: bool
    report: Report

    @property
    def provenance(self) -> str:
        """数据来源。"""
        return provenance(self.basis, loaded=self.loaded)

    def source_of(self, measure: Measure) -> str:
        """一个数字的来源：what is counted, and what an office took from elsewhere and typed in."""
        by_hand = self.basis == Basis.RECORDS and measure.by_hand
        return "业务统计填报" if by_hand else self.provenance


def provenance(basis: str, *, loaded: bool) -> str:
    """数据来源：``loaded`` was published elsewhere and is kept here as it was read."""
    return "据已公布的文件" if loaded else str(Basis(basis).label)


def years_of(organ: int, scope: str, name: str = "", *, until: int | None = None) -> list[Year]:
    """历年的年报：published ones in force, oldest first; ``name`` of a unit outside the system."""
    rows = Filing.objects.public().filter(organ=organ, scope=scope, state=State.PUBLISHED)
    if scope == Scope.OUTSIDE:
        rows = rows.filter(name=name)
    if until is not None:
        rows = rows.filter(year__lte=until)
    told_of = rows.order_by("year").values_list("pk", "year", "basis", "document", "frozen")
    return [
        Year(pk, year, basis, basis == Basis.FILE and document is None, load(frozen))
        for pk, year, basis, document, frozen in told_of
    ]


def chosen(keys: Iterable[str]) -> list[Measure]:
    """所选的指标：in the order of the list; the usual ones where none is chosen."""
    wanted = set(keys) & set(MEASURES) or set(USUAL)
    return [measure for key, measure in MEASURES.items() if key in wanted]
