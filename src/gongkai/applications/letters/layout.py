"""版面：the paragraphs of a letter as what a sheet is made of: prose, headings, tables, slips."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from gongkai.applications.letters.texts import cells
from gongkai.paper.wordtable import Square

#: 一、… as a line of its own is a heading of the first level（GB/T 9704-2012）.
_HEADING = re.compile("[一二三四五六七八九十]+、[^。；]{1,90}")
_RULE = re.compile(r"[|\s:-]+")
_SLIP = "# "
#: A column of short values is centred.
_SHORT = 14
#: 栏宽：of a name and its value, by the number of columns.
_SHARES = {2: (4, 11), 4: (3, 4)}


@dataclass(frozen=True, slots=True)
class Prose:
    """段落：``annex`` for the note that lists what is enclosed."""

    text: str
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """一级标题。"""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """表格：rows of squares, the shares of the columns, how many rows are heads."""

    rows: tuple[tuple[Square, ...], ...]
    widths: tuple[int, ...]
    heads: int

    @property
    def size(self) -> float:
        """字号：in points; a table of many columns is set smaller."""
        return 10.5 if self.heads else 12


Block = Prose | Heading | Table


@dataclass(slots=True)
class Slip:
    """回函：a form on a page of its own, to be filled in and returned."""

    title: str
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Layout:
    """版面：the blocks above the signature, and the slips behind it."""

    blocks: list[Block]
    slips: list[Slip]


def layout(paragraphs: Iterable[str]) -> Layout:
    """排列：the paragraphs of a letter in order."""
    blocks: list[Block] = []
    slips: list[Slip] = []
    rows: list[str] = []

    def close() -> None:
        if rows:
            (slips[-1].blocks if slips else blocks).append(_table(rows))
            rows.clear()

    annex = False
    for line in paragraphs:
        if cells(line) is not None:
            rows.append(line)
            continue
        close()
        annex = line.startswith("附件：") or (annex and line[:1].isdigit())
        if line.startswith(_SLIP):
            slips.append(Slip(line.removeprefix(_SLIP).strip()))
            continue
        heading = _HEADING.fullmatch(line)
        (slips[-1].blocks if slips else blocks).append(
            Heading(line) if heading else Prose(line, annex)
        )
    close()
    return Layout(blocks, slips)


def _table(lines: list[str]) -> Table:
    rows = [cells(line) or [] for line in lines]
    if len(rows) > 1 and _RULE.fullmatch(lines[1]):
        return _columns([rows[0], *rows[2:]])
    return _pairs(rows)


def _columns(rows: list[list[str]]) -> Table:
    """A table with a row of heads; columns as wide as what is in them, within reason."""
    across = len(rows[0])
    filled = [(row + [""] * across)[:across] for row in rows]
    widths = [_share(max(len(row[place]) for row in filled)) for place in range(across)]
    squares = [tuple(Square(text, shaded=True) for text in filled[0])]
    squares += [
        tuple(
            Square(text, centred=width <= _SHORT) for text, width in zip(row, widths, strict=True)
        )
        for row in filled[1:]
    ]
    return Table(tuple(squares), tuple(widths), 1)


def _share(longest: int) -> int:
    """The width of a column by its longest cell; one of whole sentences is given more."""
    return max(6, 3 + min(16, longest)) + min(14, longest // 12)


def _pairs(rows: list[list[str]]) -> Table:
    """A form: names and values by turns, the last value of a row reaching to its end."""
    across = max(2, *(len(row) + len(row) % 2 for row in rows))
    squares = []
    for row in rows:
        even = row + [""] * (len(row) % 2)
        squares.append(
            tuple(
                Square(text, shaded=True)
                if place % 2 == 0
                else Square(text, across - place if place == len(even) - 1 else 1, centred=False)
                for place, text in enumerate(even)
            )
        )
    return Table(tuple(squares), _SHARES.get(across, (3, 4)) * (across // 2), 0)
