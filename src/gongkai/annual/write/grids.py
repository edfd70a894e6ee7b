"""表样的印制：the three tables as the notices print them, merged cells and all.

One description from which every writer draws. The layouts are those of the annexes to
国办公开办函〔2021〕30号 (2021 form, mixed form) and 国办公开办函〔2019〕60号 (2019 form).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property

from gongkai.annual import forms
from gongkai.annual.forms import TABLE_2, TABLE_3, TABLE_4, TABLES, Ref
from gongkai.annual.model import Cell, Report, Undeterminable

#: How wide a digit is, as a share of the size of the type, with a little to spare.
_PER_DIGIT = 0.56


class Kind(Enum):
    """格的用途：what a printed cell is for."""

    BAND = "band"  # 第二十条第（一）项: heads all below it up to the next band
    NOTE = "note"  # 勾稽关系 in the corner: heads nothing
    HEAD = "head"  # heads the columns below it
    STUB = "stub"  # heads the rows to its right
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Box:
    """格：one printed cell, and how many columns and rows of the grid it covers."""

    kind: Kind
    text: str
    across: int = 1
    down: int = 1
    #: What a figure box shows.
    ref: Ref | None = None
    cell: Cell = None


@dataclass(frozen=True)
class Grid:
    """表格：one table in printed order; ``widths`` are shares of the whole, one a column."""

    table: str
    caption: str
    widths: tuple[int, ...]
    rows: tuple[tuple[Box, ...], ...]
    #: How many rows at the top are repeated when the table runs over a page.
    heads: int

    @cached_property
    def places(self) -> Mapping[tuple[int, int], Box]:
        """落位：(row, column), both from 0, of each box's upper left corner."""
        places: dict[tuple[int, int], Box] = {}
        covered: set[tuple[int, int]] = set()
        for row, boxes in enumerate(self.rows):
            column = 0
            for box in boxes:
                while (row, column) in covered:
                    column += 1
                places[row, column] = box
                covered |= {
                    (row + down, column + across)
                    for down in range(box.down)
                    for across in range(box.across)
                }
                column += box.across
        return places

    @cached_property
    def headings(self) -> Mapping[tuple[int, int], tuple[tuple[int, int], ...]]:
        """表头：for the place of each figure, the places of the boxes that head it.

        First those above it, outermost first, as far up as one head stands on another; then
        those to its left.
        """
        above: dict[int, list[tuple[int, int]]] = defaultdict(list)
        beside: dict[int, list[tuple[int, int]]] = defaultdict(list)
        #: column → the row in which a head that goes on with the column's heads would begin
        going_on: dict[int, int] = {}
        headings: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {}
        for (row, column), box in self.places.items():
            if box.kind is Kind.FIGURE:
                headings[row, column] = (*above[column], *beside[row])
            elif box.kind is Kind.STUB:
                for covered in range(row, row + box.down):
                    beside[covered].append((row, column))
            elif box.kind is not Kind.NOTE:
                for covered in range(column, column + box.across):
                    if going_on.get(covered) != row:
                        above[covered].clear()
                    above[covered].append((row, column))
                    going_on[covered] = row + box.down
        return headings

    def size(self, width: float) -> float:
        """字号：the largest type at which no figure breaks; ``width`` of the table, in points."""
        share = (width - 6 * len(self.widths)) / sum(self.widths)
        fits = [
            share * sum(self.widths[column : column + box.across]) / (_PER_DIGIT * len(box.text))
            for (_, column), box in self.places.items()
            if box.kind is Kind.FIGURE and box.text and box.text.isascii()
        ]
        largest = 9.0 if len(self.rows) > 20 else 10.5
        return max(4.0, round(min([largest, *fits]) * 2) / 2)


def grids(report: Report) -> Iterator[Grid]:
    """三张表：the grids of the tables that the report has, in order."""
    draw = {TABLE_2: _disclosed, TABLE_3: _requests, TABLE_4: _disputes}
    for table in TABLES:
        if report.tables.get(table) is not None and report.layout is not None:
            yield draw[table](report)


def printed(ref: Ref, cell: Cell) -> str:
    """格中文字：a figure as it is printed; blank is empty, undeterminable says so.

    采购总金额 stands with its unit, as the 2019 form has no place for the unit in its head.
    """
    if cell is None or isinstance(cell, Undeterminable):
        return "" if cell is None else str(cell)
    digits = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    unit = {forms.PURCHASE_AMOUNT: "元", forms.PURCHASE_AMOUNT_WAN: "万元"}.get(ref.column, "")
    return digits + unit


def _figure(report: Report, ref: Ref, across: int = 1) -> Box:
    cell = report.cell(ref)
    return Box(Kind.FIGURE, printed(ref, cell), across, ref=ref, cell=cell)


# ---- 表二

#: The paragraphs of Article 20 that Table 2 reports on, and the rows under each.
_BLOCKS = (
    ("第二十条第（一）项", (forms.RULES, forms.NORMATIVE_2021, forms.NORMATIVE_2019)),
    ("第二十条第（五）项", (forms.PERMITS, forms.OTHER_SERVICES)),
    ("第二十条第（六）项", (forms.PENALTIES, forms.COERCION)),
    ("第二十条第（八）项", (forms.FEES,)),
    ("第二十条第（九）项", (forms.PROCUREMENT,)),
)
_HEADS = {
    forms.FEE_AMOUNT: "本年收费金额（单位：万元）",
    forms.PURCHASE_AMOUNT: "采购总金额",
    forms.PURCHASE_AMOUNT_WAN: "采购总金额",
}


def _disclosed(report: Report) -> Grid:
    """表二：a block for each paragraph of Article 20; six thin columns hold one, two or three."""
    layout = forms.LAYOUTS[report.form or forms.Form.Y2021].tables[TABLE_2]
    rows: list[tuple[Box, ...]] = []
    for band, names in _BLOCKS:
        present = [name for name in names if name in layout]
        if not present:
            continue
        columns = _columns(report, present[0], layout[present[0]])
        across = 6 // len(columns)
        rows.append((Box(Kind.BAND, band, 7),))
        heads = (Box(Kind.HEAD, _HEADS.get(column, column), across) for column in columns)
        rows.append((Box(Kind.HEAD, "信息内容"), *heads))
        for name in present:
            figures = (_figure(report, Ref(TABLE_2, name, column), across) for column in columns)
            rows.append((Box(Kind.STUB, name), *figures))
    return Grid(TABLE_2, "主动公开政府信息情况", (28, *[12] * 6), tuple(rows), heads=0)


def _columns(report: Report, row: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a row, 采购总金额 under the name that the report has it."""
    if row != forms.PROCUREMENT:
        return columns
    own = (report.tables[TABLE_2] or {}).get(row, {})
    amount = next((column for column in own if column in forms.MONEY), forms.PURCHASE_AMOUNT)
    return (forms.PURCHASES, amount)


# ---- 表三

_CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_RESULTS = "三、本年度办理结果"
_GROUPS = {
    "（三）": "（三）不予公开",
    "（四）": "（四）无法提供",
    "（五）": "（五）不予处理",
    "（六）": "（六）其他处理",
}
_EXPLAINED = {
    forms.PARTLY_GRANTED: "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    forms.RESULTS_TOTAL: "（七）总计",
}
_LEAF = re.compile(r"三、(?P<group>（.）)(?P<item>\d\..+)")


def _requests(report: Report) -> Grid:
    """表三：three columns of labels, seven of figures."""
    layout = forms.LAYOUTS[report.form or forms.Form.Y2021]
    results = (*layout.leaves, forms.RESULTS_TOTAL)
    rows = [
        (
            Box(Kind.NOTE, _CORNER, 3, 3),
            Box(Kind.HEAD, "申请人情况", 7),
        ),
        (
            Box(Kind.HEAD, forms.NATURAL_PERSON, 1, 2),
            Box(Kind.HEAD, "法人或其他组织", 5),
            Box(Kind.HEAD, forms.TOTAL, 1, 2),
        ),
        tuple(Box(Kind.HEAD, organisation) for organisation in forms.ORGANISATIONS),
    ]
    for row in layout.tables[TABLE_3]:
        figures = (_figure(report, Ref(TABLE_3, row, column)) for column in forms.TABLE_3_COLUMNS)
        stubs = _result_stubs(row, results) if row in results else (Box(Kind.STUB, row, 3),)
        rows.append((*stubs, *figures))
    widths = (8, 15, 60, *[17] * 7)
    return Grid(TABLE_3, "收到和处理政府信息公开申请情况", widths, tuple(rows), heads=3)


def _result_stubs(row: str, results: tuple[str, ...]) -> tuple[Box, ...]:
    """The labels that begin in a row of 本年度办理结果."""
    first: tuple[Box, ...] = ()
    if row == results[0]:
        first = (Box(Kind.STUB, _RESULTS, 1, len(results)),)
    leaf = _LEAF.fullmatch(row)
    if leaf is None:
        return (*first, Box(Kind.STUB, _EXPLAINED.get(row, row.removeprefix("三、")), 2))
    group = leaf["group"]
    members = [name for name in results if name.startswith(f"三、{group}")]
    if row == members[0]:
        first += (Box(Kind.STUB, _GROUPS[group], 1, len(members)),)
    return (*first, Box(Kind.STUB, leaf["item"]))


# ---- 表四


def _disputes(report: Report) -> Grid:
    """表四：three groups of five columns, one row of figures."""
    results = tuple(Box(Kind.HEAD, column) for column in forms.TABLE_4_COLUMNS)
    rows = (
        (Box(Kind.HEAD, "行政复议", 5), Box(Kind.HEAD, "行政诉讼", 10)),
        (
            *(Box(Kind.HEAD, column, 1, 2) for column in forms.TABLE_4_COLUMNS),
            Box(Kind.HEAD, "未经复议直接起诉", 5),
            Box(Kind.HEAD, "复议后起诉", 5),
        ),
        (*results, *results),
        tuple(
            _figure(report, Ref(TABLE_4, dispute, column))
            for dispute in forms.DISPUTES
            for column in forms.TABLE_4_COLUMNS
        ),
    )
    caption = "政府信息公开行政复议、行政诉讼情况"
    return Grid(TABLE_4, caption, (1,) * 15, rows, heads=3)
