"""表格文件：a CSV handed in by an office, decoded and split into rows that know their line.

Offices save from spreadsheet programs: UTF-8 with or without a byte order mark, or GBK; headings
in Chinese or English, in any order.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongkai.errors import BadInput, Unreadable


@dataclass(frozen=True, slots=True)
class Row:
    """一行：the cells by column, stripped, and the line of the file where the row ends."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def decode(data: bytes | str) -> str:
    """文字：bytes as UTF-8, else as GB 18030 (which covers GBK); else Unreadable."""
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("这不是文字文件，请另存为UTF-8或者GBK编码的文字文件")


def read_rows(
    data: bytes | str,
    columns: Mapping[str, tuple[str, ...]],
    optional: Mapping[str, tuple[str, ...]] | None = None,
) -> Iterator[Row]:
    """逐行读取：each row that is not blank, with every wanted column.

    ``columns`` maps a column to its other headings; those of ``optional`` may be missing from the
    file and are then empty. Columns nobody asked for are passed over. A missing heading, a row of
    the wrong width or an unclosed quote is BadInput.
    """
    wanted = {**columns, **(optional or {})}
    reader = csv.reader(io.StringIO(decode(data), newline=""), strict=True)
    places: dict[str, int] | None = None
    width = 0
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if places is None:
                places, width = _heading(cells, wanted, columns), len(cells)
                continue
            if len(cells) != width:
                raise BadInput(f"第{reader.line_num}行有{len(cells)}列，表头有{width}列")
            found = {name: cells[places[name]].strip() if name in places else "" for name in wanted}
            yield Row(reader.line_num, found)
    except csv.Error as problem:
        raise BadInput(f"第{reader.line_num}行不是CSV格式：引号不成对或者内容过长") from problem
    if places is None:
        raise BadInput(f"表格是空的，第一行应当是表头：{'，'.join(columns)}")


def _heading(
    cells: list[str], wanted: Mapping[str, tuple[str, ...]], columns: Mapping[str, tuple[str, ...]]
) -> dict[str, int]:
    headings = [cell.strip().lower() for cell in cells]
    places = {}
    for name, others in wanted.items():
        at = [n for n, heading in enumerate(headings) if heading in (name, *others)]
        if len(at) > 1:
            raise BadInput(f"表头中“{name}”一列出现了{len(at)}次")
        if at:
            places[name] = at[0]
    missing = [name for name in columns if name not in places]
    if missing:
        raise BadInput(f"表头缺少{'、'.join(missing)}，应当有：{'，'.join(columns)}")
    return places
