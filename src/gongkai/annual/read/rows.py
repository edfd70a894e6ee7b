"""逐行：the rows of a table found in text, whatever stands between its cells.

Four layouts occur, often two in one document: a row a line with bars, tabs or commas between the
cells; a cell a line with a bar behind it; words and figures with only white space between them;
and nothing between them at all.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from typing import Final, NamedTuple

from gongkai.annual.forms import TABLE_2, TABLE_4
from gongkai.annual.read.cells import is_value
from gongkai.annual.read.labels import Label, rows_in
from gongkai.annual.read.script import squeeze

_BAR: Final = re.compile(r"(?<!\\)\|")
_RULER: Final = re.compile(r"[\s|:+=-]*-{2,}[\s|:+=-]*")
_PADDING: Final = re.compile(r"\|{2,}")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
#: A digit that numbers the label behind it (2.其他…) is no part of the figures before it.
_DIGIT: Final = r"(?!20[0-4]\d\s?年)\d(?!\s?[.、]\s*[\u4e00-\u9fff“\"(])"
_FIGURES: Final = re.compile(
    rf"(?P<year>20[0-4]\d\s?年)|(?:[+-]|[减增](?=\d))?{_DIGIT}(?:{_DIGIT}|[,.](?=\d))*(?:亿元|万元|[元件条](?![\u4e00-\u9fff]?不))?"
    r"|(?<!\S)(?:/|\\|-{1,2}|—{1,2}|–)(?!\S)"
)
#: The characters of Table 2, heads and rows. Words before a figure that have others are prose.
_OF_TABLE_2: Final = frozenset(
    "第二十条一五六八九项信息内容本年新制作发件数量废止现行有效公开对外总上目增减处理决定收费金额单位万元"
    "采购行政许可处罚强制事业性府集中规章范文其他管理服务()/:、·*#|表"
)
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?\D*")
#: Marks that may stand between figures without being words.
_IDLE: Final = re.compile(r"[\s|,;:。;*_]*")
_LOST: Final = "\ufffd"
_TORN: Final = re.compile(r"(.*[\u4e00-\u9fff”)）].{0,2}?)(\ufffd\??[+-]?\d[\d.,]*\s*)", re.DOTALL)


class Chunk(NamedTuple):
    """一格或一串数字：the characters of a cell or of a run of digits, and where they stand."""

    text: str
    line: int
    place: int


@dataclass(slots=True)
class Row:
    """一行：the words in front, and the cells (``exact``) or runs of digits behind them.

    ``words`` is empty for figures without any words. ``glued`` says that no white space divides
    words from figures, so that the figures may be run together too. ``bare`` are labels that
    stand before the words without figures of their own. ``lost`` says that a character was lost
    directly before the first figure, and perhaps a digit with it.
    """

    words: str
    label: Label | None
    chunks: list[Chunk]
    exact: bool
    glued: bool = False
    lost: bool = False
    bare: list[str] = field(default_factory=list)
    #: A sentence that speaks of what the table counts.
    prose: bool = False
    #: The place behind the last character of the row.
    end: int = 0

    @property
    def quote(self) -> str:
        """The figures as they stand in the source."""
        return (" | " if self.exact else " ").join(chunk.text.strip() for chunk in self.chunks)


class Page:
    """原文：the legible text and its folded twin, with the numbers of its lines."""

    def __init__(self, text: str, folded: str) -> None:
        self.text, self.folded = text, folded
        self._ends = [match.start() for match in re.finditer("\n", text)]
        bars = [line for line in folded.split("\n") if "|" in line]
        full = sum(line.count("|") > 1 and _filled(line) > 2 for line in bars)
        #: Bars stand behind every cell, each on its own line.
        self.cell_a_line = len(bars) > 3 and full < 2
        leading = sum(line.lstrip().startswith("|") for line in bars)
        #: A bar opens each line of a row, so that nothing before it is a cell.
        self.opening_bar = leading > 0.9 * len(bars)

    def line(self, place: int) -> int:
        """行号：the number of the line, from 1, in which a place lies."""
        return bisect_right(self._ends, place - 1) + 1

    def rows(self, table: str, start: int, end: int) -> list[Row]:
        """表格各行：the rows of one table, in the order of the text between two places."""
        return [row for row in self._rows(table, start, end) if row.words or row.chunks]

    def _rows(self, table: str, start: int, end: int) -> Iterator[Row]:
        mark = self._mark(start, end)
        if mark == "|" and self.cell_a_line:
            yield from _stacked(table, self._cells(start, end))
            return
        plain = place = start
        while place < end:
            stop = self.folded.find("\n", place, end)
            stop = end if stop < 0 else stop
            line = self.folded[place:stop]
            if mark and mark in line:
                yield from self._plain(table, plain, place)
                plain = stop
                if row := self._across(table, place, stop, mark):
                    row.end = stop
                    yield row
            place = stop + 1
        yield from self._plain(table, plain, end)

    def _mark(self, start: int, end: int) -> str:
        """What stands between the cells of a line: a bar, a tab, a comma, or nothing."""
        lines = self.folded[start:end].split("\n")
        for mark in "|\t":
            if (
                sum(mark in line for line in lines) > 1
                or max(map(str.count, lines, repeat(mark))) > 3
            ):
                return mark
        return "," if sum(line.count(",") >= 3 for line in lines) > 2 else ""

    def _across(self, table: str, start: int, stop: int, mark: str) -> Row | None:
        """A line that is a row, its cells divided by ``mark``."""
        line = self.folded[start:stop]
        if mark == "|" and _RULER.fullmatch(line):
            return None
        number = self.line(start)
        cells: list[Chunk] = []
        if mark == ",":
            fields = next(csv.reader([line]), [])
            cells = [Chunk(cell, number, start) for cell in fields]
        else:
            place = start
            for piece in _split(line) if mark == "|" else line.split(mark):
                printed = self.text[place : place + len(piece)]
                cells.append(Chunk(_unescaped(printed), number, place))
                place += len(piece) + 1
        if mark == "|" and cells and not cells[-1].text.strip():
            cells.pop()
        if mark == "|" and self.opening_bar and cells and not cells[0].text.strip():
            cells.pop(0)
        return _across(table, cells)

    def _cells(self, start: int, end: int) -> Iterator[Chunk]:
        """The cells of a table written a cell a line, bars of mere padding left out."""
        pending, place = "", start
        first = self.line(start)
        for number, line in enumerate(self.text[start:end].split("\n"), first):
            folded = self.folded[place : place + len(line)]
            pieces = _split(folded)
            if len(pieces) == 1:
                pending += line
            elif _PADDING.fullmatch(folded.strip()):
                if pending.strip():
                    yield Chunk(pending, number, place)
                pending = ""
            else:
                yield Chunk(pending + line[: len(pieces[0])], number, place)
                at = len(pieces[0]) + 1
                for piece in pieces[1:-1]:
                    if piece.strip():
                        yield Chunk(line[at : at + len(piece)], number, place + at)
                    at += len(piece) + 1
                pending = line[at:]
            if len(pending) > 120:
                pending = ""
            place += len(line) + 1
        if pending.strip():
            yield Chunk(pending, self.line(end - 1), end - len(pending))

    def _plain(self, table: str, start: int, end: int) -> Iterator[Row]:
        """Rows of words and figures between which nothing stands, or white space."""
        row: Row | None = None
        last = start
        for match in _FIGURES.finditer(self.folded, start, end):
            if match["year"]:
                continue
            between = self.folded[last : match.start()]
            if row is None or not _IDLE.fullmatch(between):
                if row:
                    row.glued |= between[:1].strip() != ""
                    yield _unless_prose(table, row)
                row = _worded(table, between)
                row.glued = between[-1:].strip() not in ("", ":")
            row.chunks += self._chunks(match.start(), match.end())
            last = row.end = match.end()
        rest = self.folded[last:end]
        if row:
            row.glued |= rest[:1].strip() != ""
            yield _unless_prose(table, row)
        tail = _worded(table, rest)
        tail.end = last + len(rest.rstrip())
        if tail.label or tail.bare or "审结" in tail.words:
            yield tail

    def _chunks(self, start: int, end: int) -> Iterator[Chunk]:
        printed = self.text[start:end]
        line = self.line(start)
        if "," not in self.folded[start:end] or _THOUSANDS.fullmatch(self.folded[start:end]):
            yield Chunk(printed, line, start)
            return
        for piece in re.split("[,，]", printed):
            yield Chunk(piece, line, start)
            start += len(piece) + 1


def _unless_prose(table: str, row: Row) -> Row:
    """A sentence that speaks of what the table counts (办理行政许可12件) is no row of it."""
    digits = sum(char.isdecimal() for chunk in row.chunks for char in chunk.text)
    if table == TABLE_2:
        strange = sum(char not in _OF_TABLE_2 for char in row.words)
        row.prose = strange > 1 or row.chunks[0].text.endswith(("件", "条", "项"))
    else:
        row.prose = bool(row.words) and digits < 5
    if row.prose:
        row.label = None
    return row


def _split(line: str) -> list[str]:
    """The cells of a line between bars; a bar behind a backslash is a character."""
    return _BAR.split(line) if "\\" in line else line.split("|")


def _filled(line: str) -> int:
    return sum(not cell.isspace() for cell in line.split("|") if cell)


def _unescaped(cell: str) -> str:
    return re.sub(r"\\([\\|*_.\-+#])", r"\1", cell) if "\\" in cell else cell


def _across(table: str, cells: list[Chunk]) -> Row | None:
    """The label cells in front, up to the last word before the first figure, then the figures."""
    words = 0
    if _LOST in "".join(cell.text for cell in cells):
        cells = [piece for cell in cells for piece in _torn(cell)]
    for number, cell in enumerate(cells, 1):
        if not cell.text.strip():
            continue
        if is_value(cell.text) or not _HAN.search(cell.text):
            break
        words = number
    row = _worded(table, " ".join(cell.text for cell in cells[:words]))
    row.chunks, row.exact = cells[words:], True
    row.lost = row.lost and bool(row.chunks)
    return row


def _torn(cell: Chunk) -> Iterator[Chunk]:
    """A label and the figure behind it, where what divided them was lost with a character.

    What was lost may have been a digit, so the gap stays with the figure.
    """
    torn = _TORN.fullmatch(cell.text)
    if torn is None:
        yield cell
        return
    yield cell._replace(text=torn[1])
    yield cell._replace(text=torn[2], place=cell.place + torn.start(2))


def _stacked(table: str, cells: Iterable[Chunk]) -> list[Row]:
    """Rows from a stream of cells: words open a row, figures and empty cells fill it."""
    rows: list[Row] = []
    words: list[Chunk] = []
    chunks: list[Chunk] = []
    for cell in cells:
        if cell.text.strip() and not is_value(cell.text) and _HAN.search(cell.text):
            if chunks:
                rows.append(_stack(table, words, chunks))
                words, chunks = [], []
            words.append(cell)
        else:
            chunks.append(cell)
    if words or chunks:
        rows.append(_stack(table, words, chunks))
    return _without_opening_bars(table, rows)


def _without_opening_bars(table: str, rows: list[Row]) -> list[Row]:
    """A bar on its own line that opens every row looks like an empty cell of the row before.

    Only in Table 4 do figures stand in a row without words, and the bar before the figures.
    """
    opened = bool(rows) and not rows[0].words and not rows[0].quote.strip("| ")
    for row, after in pairwise(rows if opened else ()):
        if after.words and row.chunks and not row.chunks[-1].text.strip():
            row.chunks.pop()
    for row in rows if opened and table == TABLE_4 else ():
        if row.words and row.chunks and not row.chunks[0].text.strip():
            row.chunks.pop(0)
    return rows


def _stack(table: str, words: list[Chunk], chunks: list[Chunk]) -> Row:
    row = _worded(table, " ".join(cell.text for cell in words))
    row.chunks, row.exact = chunks, True
    last = (chunks or words)[-1]
    row.end = last.place + len(last.text)
    return row


def _worded(table: str, words: str) -> Row:
    squeezed = squeeze(words)
    if not _HAN.search(squeezed):
        return Row("", None, [], exact=False, lost=squeezed.endswith(_LOST))
    labels = rows_in(table, squeezed) or (None,)
    bare = [label.name for label in labels[:-1] if label]
    lost = squeezed.endswith((_LOST, _LOST + "?"))
    return Row(squeezed, labels[-1], [], exact=False, lost=lost, bare=bare)
