"""电子表格：the cells of a workbook (.xlsx) as grids, with the address of each."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from gongkai.annual.model import Report
from gongkai.annual.read.assemble import report
from gongkai.annual.read.document import Block, Grid, Square
from gongkai.errors import Unreadable
from gongkai.screening.source import check_zip, kind_of

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

#: Rows and columns of a sheet beyond these hold formats, not a report.
_MOST_ROWS = 2000
_MOST_COLUMNS = 60


def read(data: bytes, name: str = "") -> Report:
    """读电子表格：the report in an .xlsx. Raises :class:`~gongkai.errors.Unreadable`."""
    return report(blocks(data, name), name)


def blocks(data: bytes, name: str = "") -> list[Block]:
    """表格版面：each visible sheet is a grid; rows of prose in it are told apart later."""
    called = name or "这个文件"
    if kind_of(data) == "旧版 Office 文件":
        raise Unreadable(
            f"“{called}”是旧版 Excel 文件（.xls）或设有密码，请另存为不加密的 .xlsx 后再试"
        )
    check_zip(data, called)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of formats it does not keep; a report needs none of them.
            warnings.simplefilter("ignore")
            values, formulas = _load(data, values=True), _load(data, values=False)
            found = [
                Grid(_squares(sheet, formulas[sheet.title]), number)
                for number, sheet in enumerate(values.worksheets, 1)
                if sheet.sheet_state == "visible"
            ]
    except Exception:
        # openpyxl raises whatever a damaged part makes it stumble over, down to TypeError.
        raise Unreadable(f"“{called}”不是电子表格（.xlsx），或者已经残缺，打不开") from None
    if not any(square.text for grid in found for square in grid.squares):
        raise Unreadable(f"“{called}”里没有文字和数字")
    return list(found)


def _load(data: bytes, *, values: bool) -> Workbook:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data), data_only=values, keep_links=False)


def _squares(values: Worksheet, formulas: Worksheet) -> tuple[Square, ...]:
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merged in values.merged_cells.ranges:
        top, left = merged.min_row, merged.min_col
        bottom, right = min(merged.max_row, _MOST_ROWS), min(merged.max_col, _MOST_COLUMNS)
        spans[top, left] = (bottom - top + 1, right - left + 1)
        covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        covered.discard((top, left))
    squares: list[Square] = []
    last_row = min(values.max_row, _MOST_ROWS)
    last_column = min(values.max_column, _MOST_COLUMNS)
    for row, cells in enumerate(values.iter_rows(max_row=last_row, max_col=last_column), 1):
        for column, cell in enumerate(cells, 1):
            if (row, column) in covered:
                continue
            value = cell.value
            if value is None:
                # A formula whose result was never stored: the figure is not in the file.
                value = formulas.cell(row, column).value
            down, across = spans.get((row, column), (1, 1))
            path = f"{values.title}!{cell.coordinate}"
            squares.append(Square(row - 1, column - 1, _written(value), down, across, path))
    return tuple(squares)


def _written(value: object) -> str:
    """What the cell shows: of a binary fraction the fifteen digits that a spreadsheet keeps."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).strip()
