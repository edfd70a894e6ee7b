"""手工数字的表：permits, penalties, coercion and fees of one or many units, from a CSV or XLSX.

::

    单位,行政许可,行政处罚,行政强制,行政事业性收费（万元）,来源
    石家庄市财政局,12,3,0,45.6,本机关业务统计

Read first and told of line by line; nothing is filled in before somebody has seen it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.annual.forms import COERCION, FEES, PENALTIES, PERMITS, Ref
from gongkai.applications.loading.sheets import read_table
from gongkai.errors import BadInput, GongkaiError
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import organs_with
from gongkai.reporting.actions.filling import figure_from, why_not_edit
from gongkai.reporting.counting import BY_HAND
from gongkai.reporting.models import Filing
from gongkai.reporting.queries import WRITERS
from gongkai.reporting.states import Basis, Scope

UNIT, SOURCE = "单位", "来源"
_LABELS = {PERMITS: "行政许可", PENALTIES: "行政处罚", COERCION: "行政强制",
           FEES: "行政事业性收费（万元）"}  # fmt: skip
#: 列名：as the empty table has them.
HEADS = (UNIT, *(_LABELS[ref.row] for ref in BY_HAND), SOURCE)
_SPELT = {UNIT: ("单位", "机关", "单位名称", "机关名称"), SOURCE: ("来源", "数据来源")}


@dataclass
class Line:
    """一行：which report it is for, what would be filled in, and what is wrong with it."""

    number: int
    unit: str
    source: str
    filing: Filing | None = None
    typed: dict[Ref, str] = field(default_factory=dict)
    #: 原来的数字, by cell; empty where there is none.
    before: dict[Ref, str] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """行政许可, what stands there, what would."""
        return [
            (_LABELS[ref.row], self.before.get(ref, ""), value) for ref, value in self.typed.items()
        ]


def read_figures(data: bytes, name: str, year: int, *, by: Staff) -> list[Line]:
    """读取：every line with what stands in its way. Raises Unreadable, BadInput for no table."""
    table = read_table(data, name)
    columns = _columns(table.heads, name)
    organs = _organs(by)
    filings = _filings(organs.values(), year)
    found = [
        _line(row.number, row.cells, columns, organs, filings, year, by)
        for row in table.rows
        if any(_text(cell) for cell in row.cells.values())
    ]
    if not found:
        raise BadInput(f"“{name}”里只有列名，没有数字。")
    _told_twice(found)
    return found


def _columns(heads: Iterable[str], name: str) -> dict[str | Ref, str]:
    plain = {_plain(head): head for head in heads}
    columns: dict[str | Ref, str] = {}
    for ours, spelt in _SPELT.items():
        if head := next((plain[one] for one in spelt if one in plain), ""):
            columns[ours] = head
    for ref in BY_HAND:
        if figures := plain.get(_plain(_LABELS[ref.row])):
            columns[ref] = figures
    missing = [one for one in (UNIT, SOURCE) if one not in columns]
    if missing or not any(ref in columns for ref in BY_HAND):
        wanted = "、".join(HEADS)
        raise BadInput(f"“{name}”的第一行应当是列名：{wanted}；数字的列至少要有一列。")
    return columns


def _plain(head: str) -> str:
    """Heads are compared without what stands in brackets, and without spaces."""
    return "".join(head.split()).partition("（")[0].partition("(")[0]


def _organs(by: Staff) -> dict[str, Organ]:
    rows = Organ.objects.filter(pk__in=organs_with(by, WRITERS))
    named: dict[str, Organ] = {}
    for organ in rows:
        named[organ.name] = organ
        if organ.short_name:
            named.setdefault(organ.short_name, organ)
    return named


def _filings(organs: Iterable[Organ], year: int) -> dict[int, Filing]:
    keys = {organ.pk for organ in organs}
    rows = Filing.objects.filter(organ__in=keys, year=year, scope=Scope.OWN).order_by("version")
    rows = rows.select_related("organ").prefetch_related("entries")
    return {one.organ_id: one for one in rows}


def _line(
    number: int,
    cells: Mapping[str, Any],
    columns: Mapping[str | Ref, str],
    organs: Mapping[str, Organ],
    filings: Mapping[int, Filing],
    year: int,
    by: Staff,
) -> Line:
    unit, source = (_text(cells.get(columns[one])) for one in (UNIT, SOURCE))
    line = Line(number, unit, source)
    organ = organs.get(unit)
    if organ is None:
        line.reasons.append(f"“{unit}”不是由您编制年报的机关" if unit else "没有写单位")
        return line
    line.filing = filings.get(organ.pk)
    if line.filing is None:
        line.reasons.append(f"{organ}{year}年的年报还没有新建")
    elif line.filing.basis != Basis.RECORDS:
        line.reasons.append(f"{organ}{year}年的年报由文件读入，不在这里填")
    else:
        line.reasons += why_not_edit(line.filing, by=by)
        line.before = {one.ref: f"{one.figure}" for one in line.filing.entries.all()}
    for ref in BY_HAND:
        typed = _text(cells.get(columns[ref])) if ref in columns else ""
        if not typed:
            continue  # a blank cell leaves what stands there: blank is not 0
        try:
            line.typed[ref] = f"{figure_from(ref, typed)}"
        except GongkaiError as problem:
            line.reasons.append(f"{problem}".rstrip("。"))
    if not source:
        line.reasons.append("没有写来源")
    if not line.typed and not line.reasons:
        line.reasons.append("没有数字")
    return line


def _told_twice(lines: Iterable[Line]) -> None:
    seen: dict[int, int] = {}
    for line in lines:
        if line.filing is None:
            continue
        if line.filing.pk in seen:
            line.reasons.append(f"与第{seen[line.filing.pk]}行是同一个单位")
        seen.setdefault(line.filing.pk, line.number)


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())


def packed(lines: Iterable[Line]) -> list[tuple[int, list[tuple[int, str]], str]]:
    """要填的：of the lines without a reason against them, in a form the page can carry along."""
    return [
        (line.filing.pk, [(BY_HAND.index(ref), value) for ref, value in line.typed.items()],
         line.source)
        for line in lines
        if line.filing is not None and not line.reasons
    ]  # fmt: skip


def unpacked(rows: Iterable[Any]) -> Iterator[tuple[int, Ref, str, str]]:
    """要填的：which report, which cell, what, from where."""
    for pk, typed, source in rows:
        for place, value in typed:
            yield pk, BY_HAND[place], value, source
