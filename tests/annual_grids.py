"""Printed tables out of reports, in the shapes in which offices really publish them.

A table is a list of rows, a row a list of cells ``(text, rows down, columns across)``. The
functions that change a table keep what it says; ``VARIANTS`` names them.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any

from gongkai.annual.forms import TABLE_2, TABLE_3
from gongkai.annual.model import Report, Undeterminable
from gongkai.annual.write.grids import grids

Cell = tuple[str, int, int]
Table = list[list[Cell]]


def tables_of(report: Report) -> dict[str, Table]:
    """The tables as the notices print them."""
    return {
        grid.table: [[(box.text, box.down, box.across) for box in row] for row in grid.rows]
        for grid in grids(report)
    }


def matrix(table: Table, *, repeat: bool) -> list[list[str]]:
    """The table without merged cells; what they covered is empty, or repeats their text."""
    rows: dict[tuple[int, int], str] = {}
    for row, cells in enumerate(table):
        column = 0
        for text, down, across in cells:
            while (row, column) in rows:
                column += 1
            for r in range(row, row + down):
                for c in range(column, column + across):
                    rows[r, c] = text if repeat or (r, c) == (row, column) else ""
            column += across
    width = max(column for _, column in rows) + 1
    return [[rows.get((r, c), "") for c in range(width)] for r in range(len(table))]


def plain(rows: list[list[str]]) -> Table:
    return [[(text, 1, 1) for text in row] for row in rows]


def as_printed(name: str, table: Table) -> list[Table]:
    return [table]


def unmerged(name: str, table: Table) -> list[Table]:
    """As pasted from a spreadsheet: nothing is merged, covered cells are empty."""
    return [plain(matrix(table, repeat=False))]


def with_labels_repeated(name: str, table: Table) -> list[Table]:
    """The labels of groups stand in every row of the group."""
    rows = matrix(table, repeat=False)
    if name == TABLE_3:
        whole = matrix(table, repeat=True)
        rows[3:] = [[*one[:2], *other[2:]] for one, other in zip(whole[3:], rows[3:], strict=True)]
    return [plain(rows)]


def block_by_block(name: str, table: Table) -> list[Table]:
    """Each block of Table 2 is a table of its own."""
    if name != TABLE_2:
        return [table]
    bands = [number for number, row in enumerate(table) if len(row) == 1] + [len(table)]
    return [table[start:end] for start, end in pairwise(bands)]


def broken_over_pages(name: str, table: Table) -> list[Table]:
    """Table 3 goes on in a second table without heads."""
    if name != TABLE_3:
        return [table]
    rows = matrix(table, repeat=False)
    return [plain(rows[:17]), plain(rows[17:])]


def broken_with_heads_again(name: str, table: Table) -> list[Table]:
    """Table 3 goes on in a second table that repeats the heads."""
    if name != TABLE_3:
        return [table]
    rows = matrix(table, repeat=False)
    return [plain(rows[:12]), plain(rows[:3] + rows[12:])]


def with_empty_margins(name: str, table: Table) -> list[Table]:
    """An empty column to the right, an empty row above and below."""
    rows = [[*row, ""] for row in matrix(table, repeat=False)]
    empty = [""] * len(rows[0])
    return [plain([empty, *rows, empty])]


def with_columns_in_another_order(name: str, table: Table) -> list[Table]:
    """总计 first: heads tell the columns, not their order."""
    if name != TABLE_3:
        return [table]
    rows = matrix(table, repeat=False)
    return [plain([[*row[:3], row[9], *row[3:9]] for row in rows])]


def with_labels_upright(name: str, table: Table) -> list[Table]:
    """Labels in narrow cells, a character a line."""
    upright = [
        [
            ("\n".join(text) if across < 3 and not _is_figure(text) else text, down, across)
            for text, down, across in row
        ]
        for row in table
    ]
    return [upright]


def in_full_width_digits(name: str, table: Table) -> list[Table]:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    widened = [
        [
            (text.translate(wide) if _is_figure(text) else text, down, across)
            for text, down, across in row
        ]
        for row in table
    ]
    return [widened]


def with_wrong_spans(name: str, table: Table) -> list[Table]:
    """Spans as careless editors leave them: the labels of Table 3 one column too narrow."""
    if name != TABLE_3:
        return [table]
    askew = [
        [(text, down, 2 if across == 3 and number > 2 else across) for text, down, across in row]
        for number, row in enumerate(table)
    ]
    return [askew]


def _is_figure(text: str) -> bool:
    return text.strip("-.元万").replace(".", "").isdecimal()


VARIANTS: dict[str, Callable[[str, Table], list[Table]]] = {
    change.__name__: change
    for change in (
        as_printed,
        unmerged,
        with_labels_repeated,
        block_by_block,
        broken_over_pages,
        broken_with_heads_again,
        with_empty_margins,
        with_columns_in_another_order,
        with_labels_upright,
        in_full_width_digits,
        with_wrong_spans,
    )
}

HEADINGS = dict(
    zip(
        range(1, 7),
        (
            "一、总体情况",
            "二、主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况",
            "四、政府信息公开行政复议、行政诉讼情况",
            "五、存在的主要问题及改进情况",
            "六、其他需要报告的事项",
        ),
        strict=True,
    )
)


def pieces_of(report: Report, variant: str) -> list[str | Table]:
    """The document: title, headings and tables in the order of the page."""
    pieces: list[str | Table] = [f"{report.organ}{report.year}年政府信息公开工作年度报告"]
    pieces += [HEADINGS[1], "本年度工作平稳。"]
    for number, (name, table) in enumerate(tables_of(report).items(), 2):
        pieces.append(HEADINGS[number])
        pieces += VARIANTS[variant](name, table)
    return [*pieces, HEADINGS[5], "解读形式单一。", HEADINGS[6], "无。"]


def said(tables: Any) -> Any:
    """What tables say: undeterminable cells without reasons, an empty amount without a unit."""
    return {
        name: rows
        and {
            row: {
                _unit_left_out(column, cell): "?" if isinstance(cell, Undeterminable) else cell
                for column, cell in cells.items()
            }
            for row, cells in rows.items()
        }
        for name, rows in tables.items()
    }


def _unit_left_out(column: str, cell: Any) -> str:
    """The unit of 采购总金额 is printed beside the figure, so without a figure there is none."""
    if column.startswith("采购总金额") and not isinstance(cell, int | Decimal):
        return "采购总金额"
    return column
