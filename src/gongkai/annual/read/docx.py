"""文字处理文件：paragraphs and tables of a Word document (.docx), as Word shows them.

The parts are read directly, by the local names of their elements: what Word, WPS and other
programs write differs in name spaces, and a report needs no more than text and tables.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gongkai.annual.model import Report
from gongkai.annual.read.assemble import report
from gongkai.annual.read.document import MOST_COLUMNS, Block, Grid, Paragraph, Square, words
from gongkai.annual.read.numbering import Numbering, attribute, child
from gongkai.errors import Unreadable
from gongkai.screening.source import check_zip, kind_of

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Elements that only wrap others: content controls, fields, tracked insertions.
_WRAPPERS = words(
    "sdt sdtContent customXml smartTag ins moveTo hyperlink fldSimple AlternateContent Choice "
    "body document"
)
#: Tracked deletions, and what an older program shows instead of a text box.
_GONE = frozenset(("del", "moveFrom", "Fallback"))
#: Tables within tables within tables: deeper than any real document, and harmless.
_DEEPEST = 40


def read(data: bytes, name: str = "") -> Report:
    """读Word文件：the report in a .docx. Raises :class:`~gongkai.errors.Unreadable`."""
    return report(blocks(data, name), name)


def blocks(data: bytes, name: str = "") -> list[Block]:
    """文件版面：paragraphs and tables in the order of the body, text boxes where they hang."""
    called = name or "这个文件"
    if kind_of(data) == "旧版 Office 文件":
        raise Unreadable(
            f"“{called}”是旧版 Word 文件（.doc）或设有密码，请另存为不加密的 .docx 后再试"
        )
    check_zip(data, called)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main = _main_part(archive)
            if main is None:
                raise Unreadable(f"“{called}”里没有正文，不是 Word 文件（.docx）")
            folder = main.rpartition("/")[0]
            numbering = Numbering(
                _xml(archive, f"{folder}/numbering.xml"), _xml(archive, f"{folder}/styles.xml")
            )
            body = _xml(archive, main)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise Unreadable(f"“{called}”已经残缺，打不开；请重新取得原件") from None
    if body is None:
        raise Unreadable(f"“{called}”的正文已经残缺，读不下去；请重新取得原件")
    found = list(_Body(numbering).blocks(body))
    if not any(isinstance(block, Paragraph) for block in found):
        raise Unreadable(f"“{called}”里没有文字；内容可能是图片，请先做文字识别（OCR）再试")
    return found


def _main_part(archive: zipfile.ZipFile) -> str | None:
    """The part that the package names as its document."""
    names = set(archive.namelist())
    relations = _xml(archive, "_rels/.rels")
    if relations is not None:
        for relation in relations:
            if (attribute(relation, "Type") or "").endswith("/officeDocument"):
                target = (attribute(relation, "Target") or "").lstrip("/")
                if target in names and target.startswith("word"):
                    return target
    return "word/document.xml" if "word/document.xml" in names else None


def _xml(archive: zipfile.ZipFile, part: str) -> _Element | None:
    """A part as a tree, its external entities left alone; ``None`` if missing or damaged."""
    from lxml import etree

    if part not in archive.namelist():
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(archive.read(part), parser)
    except etree.XMLSyntaxError:
        return None


def _local(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class _Body:
    """The walk through a document; tables and list numbers are counted on the way."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.tables = 0

    def blocks(self, holder: _Element, depth: int = 0) -> Iterator[Block]:
        """The blocks directly in ``holder``, and in what wraps them."""
        if depth > _DEEPEST:
            return
        for element in holder:
            kind = _local(element)
            if kind == "p":
                yield from self._paragraph(element, depth)
            elif kind == "tbl":
                yield from self._table(element, depth)
            elif kind in _WRAPPERS:
                yield from self.blocks(element, depth + 1)

    def _paragraph(self, element: _Element, depth: int) -> Iterator[Block]:
        boxes: list[_Element] = []
        text = self.numbering.mark(element) + "".join(_runs(element, boxes))
        for line in text.splitlines():
            if line.strip():
                yield Paragraph(line.strip())
        for box in boxes:
            yield from self.blocks(box, depth + 1)

    def _table(self, table: _Element, depth: int) -> Iterator[Block]:
        rows = list(_rows(table))
        if _is_layout(rows):
            for row in rows:
                for cell in _cells(row):
                    yield from self.blocks(cell, depth + 1)
            return
        self.tables += 1
        number = self.tables
        yield Grid(tuple(self._squares(rows, depth)), number)

    def _squares(self, rows: Iterable[_Element], depth: int) -> list[Square]:
        squares: list[Square] = []
        #: column → the cell that a merged cell below it continues
        open_cells: dict[int, int] = {}
        for number, row in enumerate(rows):
            column = min(_count(row, "trPr", "gridBefore", 0), MOST_COLUMNS)
            still_open: dict[int, int] = {}
            for cell in _cells(row):
                across = min(max(_count(cell, "tcPr", "gridSpan", 1), 1), MOST_COLUMNS)
                vertical, sideways = _merge(cell, "vMerge"), _merge(cell, "hMerge")
                above = open_cells.get(column) if vertical == "continue" else None
                if sideways == "continue" and squares and squares[-1].row == number:
                    squares[-1] = _wider(squares[-1], across)
                elif above is not None:
                    squares[above] = _deeper(squares[above], number)
                    still_open[column] = above
                else:
                    if vertical is not None:
                        still_open[column] = len(squares)
                    text = self._cell_text(cell, depth)
                    squares.append(Square(number, column, text, colspan=across))
                column += across
            open_cells = still_open
        return squares

    def _cell_text(self, cell: _Element, depth: int) -> str:
        lines: list[str] = []
        for block in self.blocks(cell, depth + 1):
            if isinstance(block, Paragraph):
                lines.append(block.text)
            else:
                self.tables -= 1
                lines += [square.text for square in block.squares if square.text]
        return "\n".join(lines)


def _runs(holder: _Element, boxes: list[_Element], depth: int = 0) -> Iterator[str]:
    """The text of a paragraph; text boxes hanging in it are put aside into ``boxes``."""
    if depth > _DEEPEST:
        return
    for element in holder:
        kind = _local(element)
        if kind == "t":
            yield element.text or ""
        elif kind == "tab":
            yield "\t"
        elif kind in ("br", "cr"):
            yield "\n"
        elif kind == "noBreakHyphen":
            yield "-"
        elif kind == "txbxContent":
            boxes.append(element)
        elif kind in _GONE or kind in ("pPr", "rPr", "instrText", "delText", "ruby"):
            if kind == "ruby":
                yield from _runs(_base_of(element), boxes, depth + 1)
        elif kind != "r" or not _is_hidden(element):
            yield from _runs(element, boxes, depth + 1)


def _base_of(ruby: _Element) -> _Element:
    """The characters that a phonetic guide stands over."""
    base = child(ruby, "rubyBase")
    return ruby if base is None else base


def _is_hidden(run: _Element) -> bool:
    vanish = child(child(run, "rPr"), "vanish")
    return vanish is not None and attribute(vanish, "val") not in ("0", "false")


def _rows(holder: _Element, depth: int = 0) -> Iterator[_Element]:
    for element in holder:
        kind = _local(element)
        if kind == "tr":
            if child(child(element, "trPr"), "del") is None:
                yield element
        elif kind in _WRAPPERS and depth < _DEEPEST:
            yield from _rows(element, depth + 1)


def _cells(holder: _Element, depth: int = 0) -> Iterator[_Element]:
    for element in holder:
        kind = _local(element)
        if kind == "tc":
            yield element
        elif kind in _WRAPPERS and depth < _DEEPEST:
            yield from _cells(element, depth + 1)


def _is_layout(rows: Iterable[_Element]) -> bool:
    """A table around other tables only arranges the page."""
    return any(
        sum(_local(inner) == "tc" for inner in nested.iter()) > 1
        for row in rows
        for nested in row.iter()
        if _local(nested) == "tbl"
    )


def _count(element: _Element, properties: str, name: str, default: int) -> int:
    given = child(child(element, properties), name)
    value = None if given is None else attribute(given, "val")
    return int(value) if value is not None and value.isdecimal() else default


def _merge(cell: _Element, name: str) -> str | None:
    """``restart``, ``continue``, or ``None`` for a cell that is not merged."""
    given = child(child(cell, "tcPr"), name)
    return None if given is None else attribute(given, "val") or "continue"


def _wider(square: Square, across: int) -> Square:
    return Square(square.row, square.column, square.text, square.rowspan, square.colspan + across)


def _deeper(square: Square, row: int) -> Square:
    return Square(square.row, square.column, square.text, row - square.row + 1, square.colspan)
