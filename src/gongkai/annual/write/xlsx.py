"""Excel：the prose on one sheet, a paragraph a row, and a sheet for each table."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from gongkai.annual.write.grids import Box, Grid, Kind
from gongkai.annual.write.layout import Document
from gongkai.paper.package import dated_package

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.worksheet import Worksheet

PROSE = "正文"
#: What a cell of Excel holds.
_MOST = 32_767
#: How wide a sheet is that fills A4 in portrait, in digits of the standard font; and in points.
_WIDTH, _POINTS = 84, 440


def to_xlsx(document: Document) -> bytes:
    """写成Excel：the whole document as XLSX; figures are numbers, texts never formulas."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.title = document.title
    book.properties.creator = document.organ
    book.properties.language = "zh-CN"
    prose = book.worksheets[0]
    prose.title = PROSE
    _set_up(prose)
    _write_prose(prose, document)
    for section in document.sections:
        if section.grid:
            sheet = book.create_sheet(section.grid.table.split()[0])
            _set_up(sheet)
            _write_grid(sheet, section.grid)
    out = io.BytesIO()
    book.save(out)
    return dated_package(out.getvalue(), document.dated)


def _set_up(sheet: Worksheet) -> None:
    """A4 portrait, one page wide, page numbers below."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_PORTRAIT
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    _print_in(sheet.oddFooter, "— &P —")


def _print_in(place: HeaderFooterItem | None, text: str) -> None:
    """Set the middle of a header or footer, which every new sheet has."""
    assert place is not None
    place.center.text = text


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell not yet merged into another."""
    from openpyxl.cell import Cell

    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def _write_prose(sheet: Worksheet, document: Document) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].width = _WIDTH
    faces = {
        "title": (Font("方正小标宋_GBK", 20), Alignment("center", "center", wrap_text=True)),
        "heading": (Font("黑体", 14), Alignment(vertical="top", wrap_text=True)),
        "text": (Font("仿宋_GB2312", 14), Alignment(vertical="top", wrap_text=True)),
    }
    for row, (style, text) in enumerate(_prose(document), 1):
        cell = _cell(sheet, row, 1)
        _write_text(cell, text)
        cell.font, cell.alignment = faces[style]
        size = 20 if style == "title" else 14
        sheet.row_dimensions[row].height = _lines(text, size, _POINTS) * size * 1.4


def _prose(document: Document) -> Iterator[tuple[str, str]]:
    yield "title", document.title
    for label, value in document.facts:
        yield "text", f"{label}：{value}"
    for paragraph in document.preamble:
        yield from (("text", piece) for piece in _pieces(paragraph))
    for section in document.sections:
        if section.heading:
            yield "heading", section.heading
        for paragraph in section.paragraphs:
            yield from (("text", piece) for piece in _pieces(paragraph))


def _pieces(text: str) -> Iterator[str]:
    """A paragraph that no cell holds, cut."""
    most = _MOST // 2  # a character beyond the basic plane counts twice
    return (text[start : start + most] for start in range(0, len(text), most))


def _write_grid(sheet: Worksheet, grid: Grid) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    whole = sum(grid.widths)
    for column, width in enumerate(grid.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTH * width / whole
    line = Side("thin")
    border, font = Border(line, line, line, line), Font("宋体", 10)
    shade = PatternFill("solid", "DCE6F2")
    for (top, left), box in grid.places.items():
        row, column = top + 1, left + 1
        last_row, last_column = top + box.down, left + box.across
        for covered in sheet.iter_rows(row, last_row, column, last_column):
            for part in covered:
                part.border = border
        cell = _cell(sheet, row, column)
        _write_box(cell, box)
        side = "left" if box.kind in (Kind.NOTE, Kind.STUB) else "center"
        cell.alignment = Alignment(side, "center", wrap_text=True)
        cell.font = font
        if box.kind is Kind.BAND:
            cell.fill = shade
        if (last_row, last_column) != (row, column):
            sheet.merge_cells(None, row, column, last_row, last_column)
    for row, lines in enumerate(_heights(grid), 1):
        sheet.row_dimensions[row].height = lines * 13 + 4
    if grid.heads:
        sheet.print_title_rows = f"1:{grid.heads}"
        sheet.freeze_panes = f"A{grid.heads + 1}"
    _print_in(sheet.oddHeader, f"{sheet.title} {grid.caption}")


def _heights(grid: Grid) -> list[int]:
    """How many lines each row needs: Excel does not stretch a row for what is merged."""
    heights = [1] * len(grid.rows)
    for (row, column), box in grid.places.items():
        width = _POINTS * sum(grid.widths[column : column + box.across]) / sum(grid.widths)
        if box.down == 1:
            heights[row] = max(heights[row], _lines(box.text, 10, width))
    return heights


def _lines(text: str, size: float, width: float) -> int:
    """How many lines a text takes in a cell ``width`` points wide."""
    ems = sum(0.55 if character.isascii() else 1 for character in text)
    return max(1, math.ceil(ems / max(1, width // size)))


def _write_box(cell: Cell, box: Box) -> None:
    """A figure as a number; one that is printed with its unit, or as a word, as text."""
    if isinstance(box.cell, int | Decimal) and box.text[-1:].isdigit():
        cell.value = box.cell
        cell.number_format = "0" if isinstance(box.cell, int) else "General"
    else:
        _write_text(cell, box.text)


def _write_text(cell: Cell, text: str) -> None:
    if text:
        cell.value = text
        cell.data_type = "s"  # also what begins with an equals sign
