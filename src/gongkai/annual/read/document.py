"""版面：what every format becomes first: paragraphs and grids, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


@dataclass(frozen=True, slots=True)
class Paragraph:
    """段落：one paragraph of prose, without line breaks; ``page`` counts from 1."""

    text: str
    page: int | None = None


class Square(NamedTuple):
    """格：one printed cell of a grid, with its place (from 0), its spans and its raw text.

    Line breaks inside the cell stay in ``text``. ``page`` counts from 1; ``path`` is the address
    in a workbook.
    """

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    path: str = ""
    page: int | None = None

    @property
    def end(self) -> int:
        """The first column to the right of the cell."""
        return self.column + self.colspan


@dataclass(frozen=True, slots=True)
class Grid:
    """表格：the printed cells of one table, row by row; ``number`` counts from 1."""

    squares: tuple[Square, ...]
    number: int

    def rows(self) -> Iterator[tuple[int, list[Square]]]:
        """逐行：each row's number and the cells that stand in it or reach down into it."""
        starting: dict[int, list[Square]] = {}
        for square in self.squares:
            starting.setdefault(square.row, []).append(square)
        reaching: list[Square] = []
        for row in range(max(starting, default=-1) + 1):
            reaching = [square for square in reaching if square.row + square.rowspan > row]
            here = reaching + starting.get(row, [])
            here.sort(key=_by_column)
            reaching += [square for square in starting.get(row, ()) if square.rowspan > 1]
            yield row, here


def _by_column(square: Square) -> int:
    return square.column


Block: TypeAlias = Paragraph | Grid


def words(listed: str) -> frozenset[str]:
    """词表：a set of words written in one string, as word lists are pleasant to read."""
    return frozenset(listed.split())


#: A span beyond these is a slip of the hand; honouring it would cost memory, not meaning.
MOST_COLUMNS = 200
MOST_ROWS = 2000


def placed(
    rows: Iterable[Iterable[tuple[str, int, int]]],
) -> tuple[Square, ...]:
    """落格：cells given row by row as ``(text, rowspan, colspan)``, put where HTML puts them.

    A cell goes to the first column that no earlier cell covers; ``rowspan`` 0 means to the end.
    """
    squares: list[Square] = []
    # column → the first row in which it is free again
    taken: dict[int, int] = {}
    for row, cells in enumerate(rows):
        column = 0
        for text, rowspan, colspan in cells:
            while taken.get(column, 0) > row:
                column += 1
            if rowspan == 1 == colspan:
                squares.append(Square(row, column, text))
                column += 1
                continue
            down = min(rowspan, MOST_ROWS) if rowspan > 0 else MOST_ROWS
            across = min(max(colspan, 1), MOST_COLUMNS)
            squares.append(Square(row, column, text, down, across))
            if down > 1:
                for covered in range(column, column + across):
                    taken[covered] = row + down
            column += across
    return tuple(squares)
