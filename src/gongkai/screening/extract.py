"""取文：the text of a file, and where in the file each piece of it stands."""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gongkai.errors import Unreadable
from gongkai.screening.source import decode, open_safely

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_HTML: Final = (".html", ".htm", ".xhtml", ".shtml")
_MOST_CELLS: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class Extract:
    """取出的文字：``text``, and the offset at which each named place begins."""

    text: str
    starts: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()

    def place(self, at: int) -> str:
        """位置：the name of the place that holds the offset; lines where a file has no others."""
        index = bisect_right(self.starts, at) - 1
        if index >= 0:
            return self.labels[index]
        return f"第{self.text.count(chr(10), 0, at) + 1}行"


def extract(path: str | Path) -> Extract:
    """取文：read a file by its suffix; unknown suffixes are read as text.

    Raises :class:`~gongkai.errors.Unreadable`.
    """
    path = Path(path)
    data = open_safely(path)
    suffix = path.suffix.lower()
    if suffix in _HTML:
        return Extract(_html(decode(data)))
    if suffix == ".docx":
        return _joined(_docx(data, path.name))
    if suffix in (".xlsx", ".xlsm"):
        return _joined(_xlsx(data, path.name), after="")
    if suffix == ".pdf":
        return _joined(_pdf(data, path.name))
    return Extract(decode(data))


def _joined(pieces: Iterable[tuple[str, str]], after: str = "\n") -> Extract:
    """Pieces of (place, text), each followed by ``after``."""
    starts, labels, texts = [], [], []
    length = 0
    for label, text in pieces:
        starts.append(length)
        labels.append(label)
        texts.append(text)
        length += len(text) + len(after)
    return Extract(after.join(texts), tuple(starts), tuple(labels))


_BLOCKS: Final = frozenset(
    """
    address article aside blockquote br caption dd div dl dt figure footer form h1 h2 h3 h4 h5 h6
    header hr li main nav ol option p pre section table tbody tfoot thead title tr ul
    """.split()  # noqa: SIM905 - forty names read better as words than as a column of strings
)
_CELLS: Final = frozenset(("td", "th"))
_SILENT: Final = frozenset(("script", "style", "noscript", "template"))


def _html(text: str) -> str:
    """What a reader of the page sees, and the tags in its head; a cell ends in a tab."""
    from lxml import etree, html

    # lxml refuses a decoded string that declares another encoding.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        tree = html.document_fromstring(text)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Unreadable("网页里没有内容") from None
    pieces: list[str] = []
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if tag in _BLOCKS:
                pieces.append("\n")
            if tag == "meta" and node.get("name") and node.get("content"):
                pieces.append(f"{node.get('content')}\n")
            if tag not in _SILENT:
                pieces.append(_one_line(node.text))
        else:
            if tag in _BLOCKS:
                pieces.append("\n")
            elif tag in _CELLS:
                pieces.append("\t")
            pieces.append(_one_line(node.tail))
    return re.sub(r"[ \t]*\n\s*", "\n", "".join(pieces)).strip()


def _one_line(text: str | None) -> str:
    """Line ends in the source of a page are blanks; between Chinese, nothing."""
    text = re.sub(r"(?<=[\u4e00-\u9fff])\s*\n\s*(?=[\u4e00-\u9fff])", "", text or "")
    return re.sub(r"[ \t\r\n]+", " ", text)


def _docx(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Paragraphs and tables in their order, then headers, footers, notes and comments."""
    import docx
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(data))
        blocks = list(document.iter_inner_content())
    except (OpcError, KeyError, ValueError, AttributeError, SyntaxError):
        raise Unreadable(f"“{name}”已经残缺，或者不是 Word 文件") from None
    paragraphs = tables = 0
    for block in blocks:
        if isinstance(block, Table):
            tables += 1
            for number, row in enumerate(block._tbl.tr_lst, start=1):
                cells = "\t".join(_runs(cell, " ") for cell in row.tc_lst)
                yield f"表{tables}第{number}行", cells
        else:
            paragraphs += 1
            yield f"第{paragraphs}段", _runs(block._p)
    for part in document.part.package.iter_parts():
        kind = re.search(r"/(header|footer|footnotes|endnotes|comments)\d*\.xml$", part.partname)
        if kind:
            from lxml import etree

            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            text = _runs(etree.fromstring(part.blob, parser))
            if text.strip():
                yield _PARTS[kind[1]], text


_PARTS: Final = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "comments": "批注",
}
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _runs(element: BaseOxmlElement | Any, between: str = "\n") -> str:
    """All text below an element, deleted text and text boxes too: it is in the file."""
    pieces: list[str] = []
    for node in element.iter(
        f"{_WORD}t", f"{_WORD}delText", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}p"
    ):
        if node.tag == f"{_WORD}p":
            pieces.append(between if pieces else "")
        elif node.tag == f"{_WORD}tab":
            pieces.append("\t")
        elif node.tag == f"{_WORD}br":
            pieces.append("\n")
        else:
            pieces.append(node.text or "")
    return "".join(pieces)


def _xlsx(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Rows as lines and cells parted by tabs, each cell a place; hidden sheets too."""
    import warnings
    from zipfile import BadZipFile

    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [(sheet, list(_rows_of(sheet))) for sheet in book.worksheets]
    except (KeyError, ValueError, TypeError, AttributeError, BadZipFile, SyntaxError, OSError):
        raise Unreadable(f"“{name}”已经残缺，或者不是 Excel 文件") from None
    from openpyxl.utils import get_column_letter

    for sheet, rows in sheets:
        hidden = "（隐藏）" if sheet.sheet_state != "visible" else ""
        for number, cells in rows:
            for column, cell in enumerate(cells, start=1):
                end = "\n" if column == len(cells) else "\t"
                place = f"工作表“{sheet.title}”{hidden}{get_column_letter(column)}{number}"
                yield place, cell + end


def _rows_of(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    seen = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        seen += len(row)
        if seen > _MOST_CELLS:
            raise Unreadable("表格超过五百万个单元格，请拆分后再筛查")
        cells = ["" if value is None else _shown(value) for value in row]
        if any(cells):
            yield number, cells


def _shown(value: Any) -> str:
    """A number as its digits: long numbers typed as numbers are floats in some workbooks."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e19:
        return str(int(value))
    return re.sub(r"\s*\n\s*", " ", str(value))


def _pdf(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    """The text layer, page by page."""
    import logging

    import pypdfium2
    from pypdfium2 import PdfiumError

    logging.getLogger("pypdfium2").setLevel(logging.ERROR)
    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError as problem:
        if "password" in str(problem).lower():
            raise Unreadable(f"“{name}”设有打开密码，请取消密码后再试") from None
        raise Unreadable(f"“{name}”已经残缺，打不开；请重新取得原件") from None
    pages = []
    try:
        for number in range(len(document)):
            page = document[number]
            held = page.get_textpage()
            pages.append((f"第{number + 1}页", held.get_text_bounded().replace("\r\n", "\n")))
            held.close()
            page.close()
    except PdfiumError:
        raise Unreadable(f"“{name}”第{len(pages) + 1}页已经残缺，读不出来") from None
    finally:
        document.close()
    if not any(text.strip() for _, text in pages):
        raise Unreadable(f"“{name}”没有文字，可能是扫描件；请先识别成文字再试")
    yield from pages
