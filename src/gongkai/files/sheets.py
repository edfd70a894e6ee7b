"""Excel 工作簿：the cells a reader sees, and what the reader does not see."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.errors import Unreadable
from gongkai.files.hidden import Hidden, What, shown
from gongkai.files.packages import Package, attribute, office_secrets
from gongkai.files.reading import Reading

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Cells beyond this number are not read into the text; a register that long is a data set.
MOST_CELLS = 300_000


def read(data: bytes) -> Reading:
    """读 Excel 工作簿：raises Unreadable for a part that is missing or broken."""
    package = Package(data)
    workbook = _workbook(package)
    hidden: list[Hidden] = []
    for name, state, part in _sheets(package, workbook):
        if state in {"hidden", "veryHidden"}:
            how = "深度隐藏" if state == "veryHidden" else "隐藏"
            hidden.append(Hidden(What.HIDDEN_SHEET, f"工作表“{name}”", how))
        hidden.extend(_hidden_cells(name, package.xml(part)) if part in package.parts else [])
    hidden.extend(_comments(package))
    hidden.extend(_caches(package))
    hidden.extend(_hidden_names(package, workbook))
    hidden.extend(office_secrets(package))
    return Reading(text=_text(data), hidden=hidden, signed=package.signed)


def _workbook(package: Package) -> str:
    for kind, target in package.relations("").values():
        if kind == "officeDocument":
            return target
    return "xl/workbook.xml"


def _sheets(package: Package, workbook: str) -> Iterator[tuple[str, str, str]]:
    """Name, state and part of each sheet."""
    relations = package.relations(workbook)
    for one in package.xml(workbook).iter("{*}sheet"):
        kind, part = relations.get(attribute(one, "id") or "", ("", ""))
        yield one.get("name", ""), one.get("state", "visible"), part if kind == "worksheet" else ""


def _hidden_cells(name: str, sheet: _Element) -> Iterator[Hidden]:
    where = f"工作表“{name}”"
    for column in sheet.iter("{*}col"):
        if column.get("hidden") in {"1", "true"} or column.get("width") == "0":
            first, last = int(column.get("min", "1")), int(column.get("max", "1"))
            letters = f"{_letters(first)}—{_letters(last)}" if last > first else _letters(first)
            yield Hidden(What.HIDDEN_ROWS, where, f"隐藏的列 {letters}")
    rows = [
        row.get("r", "?")
        for row in sheet.iter("{*}row")
        if row.get("hidden") in {"1", "true"} or row.get("ht") == "0"
    ]
    if rows:
        shown_rows = "、".join(rows[:10]) + ("等" if len(rows) > 10 else "")
        yield Hidden(What.HIDDEN_ROWS, where, f"隐藏的行 {shown_rows}，共 {len(rows)} 行")


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _comments(package: Package) -> Iterator[Hidden]:
    for part in package.named("xl/"):
        if "comment" not in part.lower():
            continue
        for one in package.xml(part).iter("{*}comment", "{*}threadedComment"):
            words = "".join(map(str, one.itertext()))
            yield Hidden(What.COMMENT, f"单元格 {one.get('ref', '')}", shown(words))


def _caches(package: Package) -> Iterator[Hidden]:
    for part in package.named("xl/pivotCache/pivotCacheDefinition"):
        source = next(package.xml(part).iter("{*}worksheetSource"), None)
        said = (
            "" if source is None else f"{source.get('sheet', '')} {source.get('ref', '')}".strip()
        )
        yield Hidden(What.PIVOT, part, said)
    for part in package.named("xl/connections"):
        for one in package.xml(part).iter("{*}connection"):
            yield Hidden(What.LINK, "数据连接", shown(one.get("name", "")))
    for part in package.named("xl/model/", ""):
        yield Hidden(What.PIVOT, "数据模型", part.rpartition("/")[2])


def _hidden_names(package: Package, workbook: str) -> Iterator[Hidden]:
    for one in package.xml(workbook).iter("{*}definedName"):
        name = one.get("name", "")
        if one.get("hidden") in {"1", "true"} and not name.startswith(("_xlnm.", "_xlfn")):
            yield Hidden(What.HIDDEN_TEXT, f"隐藏的名称“{name}”", shown(one.text or ""))


def _text(data: bytes) -> str:
    import warnings
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    lines: list[str] = []
    cells = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            lines.append(sheet.title)
            for row in sheet.iter_rows(values_only=True):
                said = [str(value) for value in row if value is not None]
                cells += len(said)
                if said:
                    lines.append("\t".join(said))
                if cells > MOST_CELLS:
                    return "\n".join(lines)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, BadZipFile) as problem:
        raise Unreadable(
            "工作簿里有读不懂的内容，请用 Excel 或 WPS 重新保存后再上传。"
        ) from problem
    return "\n".join(lines)
