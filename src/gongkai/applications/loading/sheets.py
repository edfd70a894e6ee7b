"""读取登记簿：rows of an XLSX or CSV by heading, wherever its row of headings stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.applications.loading.headings import ours_of
from gongkai.errors import BadInput, Unreadable
from gongkai.law.sheets import decode
from gongkai.screening.source import check_claim

#: The row of headings is looked for in the first of these; a title stands above it.
_HEAD_ROWS = 10
#: More rows than a register of a year has.
MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Row:
    """一行：its number as a spreadsheet shows it, and its cells by heading."""

    number: int
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """登记簿：its headings in order, and its rows."""

    heads: list[str]
    rows: list[Row]


def read_table(data: bytes, name: str) -> Table:
    """读取：raises Unreadable for what is no table, BadInput for one without headings."""
    low = name.lower()
    if low.endswith((".xlsx", ".xlsm")):
        lines = _workbook(data, name)
    elif low.endswith((".csv", ".txt")):
        lines = _commas(data)
    else:
        raise Unreadable(f"“{name}”不是 .xlsx 或 .csv 文件；旧版 .xls 请另存为 .xlsx。")
    return _table(lines)


def _table(lines: Iterable[tuple[int, list[Any]]]) -> Table:
    read = []
    for number, cells in lines:
        if any(cell not in (None, "") for cell in cells):
            read.append((number, cells))
        if len(read) > MOST_ROWS:
            raise BadInput(f"表格超过{MOST_ROWS:,}行，请按年度分开导入。")
    at = max(
        range(min(len(read), _HEAD_ROWS)),
        key=lambda n: sum(bool(ours_of(_text(cell))) for cell in read[n][1]),
        default=None,
    )
    if at is None:
        raise BadInput("表格是空的。")
    heads = _distinct([_text(cell) for cell in read[at][1]])
    rows = [
        Row(number, {head: cell for head, cell in zip(heads, cells, strict=False) if head})
        for number, cells in read[at + 1 :]
    ]
    return Table([head for head in heads if head], rows)


def _distinct(heads: list[str]) -> list[str]:
    """Two columns of one name are told apart by a number behind the second."""
    seen: dict[str, int] = {}
    found = []
    for head in heads:
        seen[head] = seen.get(head, 0) + 1
        found.append(f"{head}（{seen[head]}）" if head and seen[head] > 1 else head)
    return found


def _text(cell: Any) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _commas(data: bytes) -> Iterator[tuple[int, list[Any]]]:
    reader = csv.reader(io.StringIO(decode(data), newline=""))
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as problem:
        raise Unreadable(f"第{reader.line_num}行起不是CSV格式：引号不成对。") from problem


def _workbook(data: bytes, name: str) -> Iterator[tuple[int, list[Any]]]:
    import openpyxl

    check_claim(data, name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
    except Exception as problem:  # openpyxl has no errors of its own
        raise Unreadable("工作簿已经残缺，打不开；请另存一份再试。") from problem
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, list(cells)
