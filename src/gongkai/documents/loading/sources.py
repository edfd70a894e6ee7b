"""导入的来源：JSONL, CSV, XLSX, and a ZIP of one of them with the attachments it names.

Every source gives numbered rows of text by heading. A row that is no row (a broken line of JSONL)
comes as the sentence saying so, and the rows after it still come.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from gongkai.errors import BadInput, Unreadable

#: One row as it stands in the file: its number from 1, and its cells, or what is wrong with it.
Row = tuple[int, dict[str, Any] | BadInput]

_ROWS = (".jsonl", ".ndjson", ".csv", ".xlsx")
#: A line of JSONL longer than this is no document.
_LONGEST_LINE = 64 * 1024 * 1024


@dataclass(frozen=True)
class Source:
    """来源：a file of rows, and the archive its attachments lie in, if there is one."""

    path: Path
    inside: str = ""

    @property
    def digest(self) -> str:
        """校验值：of the file as it is; the same file is taken up where it stopped."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def rows(self) -> Iterator[Row]:
        """逐行：raises Unreadable for a file that cannot be read at all."""
        name = (self.inside or self.path.name).lower()
        with self._open() as stream:
            if name.endswith((".jsonl", ".ndjson")):
                yield from _json_lines(stream)
            elif name.endswith(".csv"):
                yield from _csv_lines(stream)
            else:
                yield from _sheet_lines(stream)

    def attachment(self, name: str) -> bytes:
        """附件：out of the archive, by its name there; raises BadInput if it is not in it."""
        if not self.inside:
            raise BadInput(f"附件“{name}”不在导入文件里；有附件的，请连同附件打成ZIP压缩包。")
        with zipfile.ZipFile(self.path) as archive:
            wanted = str(PurePosixPath(self.inside).parent / name)
            for known in (wanted, name):
                try:
                    return archive.read(known)
                except KeyError:
                    continue
                except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
                    raise BadInput(f"压缩包里的“{name}”打不开。") from None
        raise BadInput(f"压缩包里没有“{name}”。")

    def _open(self) -> IO[bytes]:
        if not self.inside:
            return self.path.open("rb")
        with zipfile.ZipFile(self.path) as archive:
            return io.BytesIO(archive.read(self.inside))


def open_source(path: str | Path) -> Source:
    """打开导入文件：raises Unreadable for what is not one."""
    file = Path(path)
    if not file.is_file():
        raise Unreadable(f"找不到文件“{path}”。")
    name = file.name.lower()
    if name.endswith(_ROWS):
        return Source(file)
    if not name.endswith(".zip"):
        raise Unreadable(f"“{file.name}”不是 .jsonl、.csv、.xlsx 或 .zip 文件。")
    try:
        with zipfile.ZipFile(file) as archive:
            if any(part.flag_bits & 0x1 for part in archive.infolist()):
                raise Unreadable(f"“{file.name}”设有密码，请取消密码后再试。")
            tables = [
                part for part in archive.namelist()
                if part.lower().endswith(_ROWS) and not part.startswith("__MACOSX/")
            ]  # fmt: skip
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Unreadable(f"“{file.name}”已经残缺，打不开；请重新取得原件。") from None
    lines = [part for part in tables if not part.lower().endswith(".xlsx")]
    tables = lines or [part for part in tables if "/" not in part] or tables
    if len(tables) != 1:
        found = "没有" if not tables else f"有{len(tables)}个"
        raise Unreadable(f"压缩包里应当正好有一个清单（.jsonl、.csv 或 .xlsx），现在{found}。")
    return Source(file, tables[0])


def _json_lines(stream: IO[bytes]) -> Iterator[Row]:
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        if not line.strip():
            continue
        number += 1
        try:
            row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except (UnicodeDecodeError, ValueError, RecursionError):
            yield number, BadInput("这一行不是 JSON，或者不是 UTF-8 编码。")
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            yield number, BadInput("这一行不是一个对象（花括号）。")


def _csv_lines(stream: IO[bytes]) -> Iterator[Row]:
    head = stream.read(1 << 20)
    stream.seek(0)
    csv.field_size_limit(_LONGEST_LINE)
    encoding = _encoding(head)
    with io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="") as text:
        reader = csv.reader(text)
        try:
            yield from _cells(reader)
        except csv.Error as problem:
            line = f"第{reader.line_num}行起不是CSV格式：引号不成对。"
            raise Unreadable(line) from problem


def _cells(reader: Any) -> Iterator[Row]:
    heads = [cell.strip() for cell in next(reader, [])]
    for number, cells in enumerate(reader, 1):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(heads):
            yield number, BadInput(f"有{len(cells)}列，表头有{len(heads)}列。")
        elif any("\ufffd" in cell for cell in cells):
            yield number, BadInput("有认不出的字符，文件的编码可能前后不一。")
        else:
            yield number, dict(zip(heads, cells, strict=True))


def _encoding(head: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        for cut in range(4):  # the sample may end inside a character
            try:
                head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return encoding
    raise Unreadable("认不出文件的文字编码，请另存为 UTF-8 编码的 CSV。")


def _sheet_lines(stream: IO[bytes]) -> Iterator[Row]:
    import openpyxl

    from gongkai.screening.source import check_claim

    data = stream.read()
    check_claim(data, "导入.xlsx")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception as problem:  # openpyxl has no errors of its own
        raise Unreadable("工作簿已经残缺，打不开；请另存一份再试。") from problem
    lines = book.worksheets[0].iter_rows(values_only=True)
    heads = ["" if cell is None else str(cell).strip() for cell in next(lines, ())]
    for number, cells in enumerate(lines, 1):
        if any(cell not in (None, "") for cell in cells):
            yield number, {head: cell for head, cell in zip(heads, cells, strict=False) if head}
