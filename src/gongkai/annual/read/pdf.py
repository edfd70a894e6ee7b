"""版式文件：paragraphs and ruled tables of a PDF that has a layer of text."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gongkai.annual.model import Report
from gongkai.annual.read import labels, rulings
from gongkai.annual.read.assemble import report
from gongkai.annual.read.document import Block, Grid, Square
from gongkai.annual.read.lines import Line, is_page_number, lines_of, paragraphs
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
    pieces = list(_pieces(data, called))
    written = sum(len(piece.text) for piece in pieces if isinstance(piece, Line)) + sum(
        len(square.text) for piece in pieces if isinstance(piece, Grid) for square in piece.squares
    )
    if written < _FEWEST_CHARACTERS:
        raise Unreadable(f"{called}没有文字层，可能是扫描件；请先做文字识别（OCR）再试")
    return list(_in_order(pieces))


def _in_order(pieces: Iterable[Line | Grid]) -> Iterator[Block]:
    run: list[Line] = []
    pieces = list(pieces)
    measure = [piece for piece in pieces if isinstance(piece, Line)]
    for piece in pieces:
        if isinstance(piece, Line):
            run.append(piece)
        else:
            yield from paragraphs(run, measure)
            run = []
            yield piece
    yield from paragraphs(run, measure)


def _pieces(data: bytes, called: str) -> Iterator[Line | Grid]:
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
            tables = 0
            for page in pdf.pages:
                on_page = _on_page(page, tables)
                tables += sum(isinstance(piece, Grid) for piece in on_page)
                yield from on_page
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


def _on_page(page: Page, tables: int) -> list[Line | Grid]:
    """What stands on a page, from top to bottom; ``tables`` were found before it."""
    chars = [char for char in page.chars if char.get("upright", True)]
    placed: list[tuple[float, Line | Grid]] = []
    for cells in rulings.tables(page, chars):
        inside, chars = rulings.split(chars, rulings.around(cells))
        squares = rulings.squares(cells, inside)
        if max(square.end for square in squares) == 1 and not _is_statutory(squares):
            chars += inside  # a frame around prose
            continue
        tables += 1
        placed.append((min(cell[1] for cell in cells), Grid(squares, tables, page.page_number)))
    placed += (
        (line.top, line)
        for line in lines_of(chars, page.page_number)
        if not is_page_number(line, page.height)
    )
    return [piece for _, piece in sorted(placed, key=lambda item: item[0])]


def _is_statutory(squares: Iterable[Square]) -> bool:
    return any(len(square.text) < 20 and labels.block(square.text) for square in squares)
