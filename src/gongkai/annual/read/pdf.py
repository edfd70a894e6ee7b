"""版式文件：paragraphs and ruled tables of a PDF that has a layer of text."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gongkai.annual.model import Report
from gongkai.annual.read import labels, rulings
from gongkai.annual.read.assemble import report
from gongkai.annual.read.document import Block, Grid
from gongkai.annual.read.lines import Line, is_page_number, lines_of, paragraphs
from gongkai.annual.read.rulings import Ruled
from gongkai.errors import Unreadable

if TYPE_CHECKING:
    from pdfplumber.page import Page

#: A yearly report has some ten pages; a file of more than this many is something else.
MOST_PAGES = 300
#: Fewer characters than this on all pages together are a stamp or page numbers on a scan.
_FEWEST_CHARACTERS = 40


def read(data: bytes, name: str = "") -> Report:
    """读PDF：the report in a PDF. Raises :class:`~gongkai.errors.Unreadable`."""
    return report(blocks(data, name), name)


def blocks(data: bytes, name: str = "") -> list[Block]:
    """版面：paragraphs and ruled tables of the file, in the order of reading.

    Raises :class:`~gongkai.errors.Unreadable` for a file that is cut off, locked, without pages,
    or without a layer of text.
    """
    called = f"“{name}”" if name else "这个PDF文件"
    if b"%%EOF" not in data.rstrip(b"\x00\r\n \t")[-4096:]:
        raise Unreadable(f"{called}的结尾残缺，可能没有传完整；请重新取得原件")
    pieces = _without_running_titles(list(_pieces(data, called)))
    texts = [piece.text for piece in pieces if isinstance(piece, Line)]
    texts += [
        square.text for piece in pieces if isinstance(piece, Ruled) for square in piece.squares
    ]
    written = "".join(texts)
    if len(written) < _FEWEST_CHARACTERS:
        raise Unreadable(f"{called}没有文字层，可能是扫描件；请先做文字识别（OCR）再试")
    if written.count("(cid:") * 10 > len(texts):
        raise Unreadable(f"{called}的文字没有编码，复制不出来；请先做文字识别（OCR）再试")
    return list(_in_order(pieces))


def _without_running_titles(pieces: list[Line | Ruled]) -> list[Line | Ruled]:
    """页眉页脚：lines that stand at the edge of more than one page, word for word, are left out."""
    pages: dict[str, set[int]] = {}
    for piece in pieces:
        if isinstance(piece, Line) and piece.at_edge:
            pages.setdefault(piece.text, set()).add(piece.page)
    return [
        piece
        for piece in pieces
        if not isinstance(piece, Line) or not piece.at_edge or len(pages[piece.text]) < 2
    ]


def _in_order(pieces: Sequence[Line | Ruled]) -> Iterator[Block]:
    """Lines in paragraphs; tables broken by the end of a page put together again."""
    measure = [piece for piece in pieces if isinstance(piece, Line)]
    run: list[Line] = []
    table: Ruled | None = None
    number = 0
    for piece in pieces:
        if isinstance(piece, Line):
            if table:
                yield Grid(table.squares, number)
                table = None
            run.append(piece)
            continue
        yield from paragraphs(run, measure)
        run = []
        whole = table.joined(piece) if table else None
        if whole is None:
            if table:
                yield Grid(table.squares, number)
            number += 1
        table = whole or piece
    if table:
        yield Grid(table.squares, number)
    yield from paragraphs(run, measure)


def _pieces(data: bytes, called: str) -> Iterator[Line | Ruled]:
    """Lines of prose and grids, page by page from top to bottom."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    # What pdfminer logs about a damaged font is of no use to a clerk.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if not pdf.pages:
                raise Unreadable(f"{called}里没有页面")
            if len(pdf.pages) > MOST_PAGES:
                raise Unreadable(f"{called}有{len(pdf.pages)}页，不像年度报告，没有读取")
            for page in pdf.pages:
                yield from _on_page(page)
                page.close()
    except Unreadable:
        raise
    except Exception as problem:
        # pdfminer raises whatever a damaged file makes it stumble over, down to TypeError.
        locked = isinstance(problem, PDFPasswordIncorrect) or (
            isinstance(problem, PdfminerException)
            and any(isinstance(cause, PDFPasswordIncorrect) for cause in problem.args)
        )
        if locked:
            raise Unreadable(f"{called}设有打开密码，请取消密码后再试") from None
        raise Unreadable(f"{called}已经残缺，读不下去；请重新取得原件") from None


def _on_page(page: Page) -> Iterator[Line | Ruled]:
    """What stands on a page, from top to bottom."""
    chars = [char for char in page.chars if char.get("upright", True)]
    placed: list[tuple[float, Line | Ruled]] = []
    for cells in rulings.tables(page, chars):
        box = rulings.around(cells)
        inside, outside = rulings.split(chars, box)
        table = rulings.ruled(cells, inside, page.page_number)
        # A frame of one column is drawn around prose, unless it is the top of a block of Table 2.
        if table.width > 1 or any(labels.block(square.text) for square in table.squares):
            placed.append((box[1], table))
            chars = outside
    lines = lines_of(chars, page.page_number, float(page.height))
    placed += ((line.top, line) for line in lines if not is_page_number(line))
    placed.sort(key=lambda item: item[0])
    return (piece for _, piece in placed)
