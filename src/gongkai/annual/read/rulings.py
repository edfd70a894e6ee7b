"""框线表：the tables that rulings draw on a page, and the characters in their cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from gongkai.annual.read import labels
from gongkai.annual.read.document import Square
from gongkai.annual.read.lines import Char, is_page_number, lines_of

if TYPE_CHECKING:
    from pdfplumber.page import Page

#: Left, top, right, bottom; in points, downwards.
Box: TypeAlias = tuple[float, float, float, float]

#: A filled rectangle thicker than this (points) is shading behind text, not a ruling.
_THICKEST_RULING = 3.0
#: Rulings nearer than this (points) are one.
_SAME_RULING = 3.0
#: Columns of a table on two pages may be drawn a little apart.
_SAME_COLUMN = 4.5
#: Room (points) that word processors leave between the text of a cell and its rulings.
_PADDING = 7.0


def tables(page: Page, chars: Sequence[Char]) -> list[list[Box]]:
    """表格：the cells of each ruled table of the page, from top to bottom."""
    if not page.edges:
        return []
    lines = page.filter(_may_be_ruling)
    found = [list(table.cells) for table in lines.find_tables()]
    found = [cells for cells in found if cells]
    found.sort(key=lambda cells: around(cells)[1])
    if found:
        _close(found, chars, float(page.height))
    return found


def _may_be_ruling(thing: dict[str, Any]) -> bool:
    if thing["object_type"] == "char":
        return False
    if thing["object_type"] != "rect" or thing.get("stroke"):
        return True
    return bool(min(thing["width"], thing["height"]) <= _THICKEST_RULING)


def _close(found: list[list[Box]], chars: Sequence[Char], height: float) -> None:
    """补全跨页行：add a row cut by the edge of the page, where its outer ruling is not drawn.

    What stands below the last table of a page (or above the first) belongs to it if no character
    crosses its columns and there are figures in several of them; prose crosses them.
    """
    boxes = [around(cells) for cells in found]
    outside = [char for char in chars if not any(contains(box, char) for box in boxes)]
    outside = [
        char
        for line in lines_of(outside, height=height)
        if not is_page_number(line)
        for char in line.chars
    ]
    bottom, top = max(box[3] for box in boxes), boxes[0][1]
    below = [char for char in outside if char["top"] > bottom - _SAME_RULING]
    above = [char for char in outside if char["bottom"] < top + _SAME_RULING]
    for cells in (found[-1],):
        edge = max(char["bottom"] for char in below) + 1 if below else bottom
        row = [(c[0], bottom, c[2], edge) for c in cells if abs(c[3] - bottom) < _SAME_RULING]
        cells += _row_of_figures(row, below)
    for cells in (found[0],):
        edge = min(char["top"] for char in above) - 1 if above else top
        row = [(c[0], edge, c[2], top) for c in cells if abs(c[1] - top) < _SAME_RULING]
        cells += _row_of_figures(row, above)


def _row_of_figures(row: list[Box], chars: Sequence[Char]) -> list[Box]:
    """``row``, if the characters fill its cells like a row of figures; else no cells."""
    inside = [[char for char in chars if contains(box, char)] for box in row]
    if not chars or sum(map(len, inside)) != len(chars):
        return []
    for box, mine in zip(row, inside, strict=True):
        if any(char["x0"] < box[0] - 1 or char["x1"] > box[2] + 1 for char in mine):
            return []
    texts = [text_of(mine, box[2]) for box, mine in zip(row, inside, strict=True)]
    figures = sum(bool(text) and labels.is_value(text) for text in texts)
    return row if figures > 1 else []


def around(cells: Sequence[Box]) -> Box:
    """外框：the box around cells."""
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def contains(box: Box, char: Char) -> bool:
    """Whether the middle of the character is in the box."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def split(chars: Iterable[Char], box: Box) -> tuple[list[Char], list[Char]]:
    """The characters in the box, and the others."""
    inside: list[Char] = []
    outside: list[Char] = []
    for char in chars:
        (inside if contains(box, char) else outside).append(char)
    return inside, outside


@dataclass(frozen=True)
class Ruled:
    """框线表：the part of a table that stands on one page; ``across`` are its upright rulings."""

    squares: tuple[Square, ...]
    across: tuple[float, ...]
    page: int

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.across) - 1

    def joined(self, below: Ruled) -> Ruled | None:
        """接排：this part and the one that follows on the next page as one, if they fit."""
        left = abs(self.across[0] - below.across[0])
        right = abs(self.across[-1] - below.across[-1])
        if below.page != self.page + 1 or max(left, right) > _SAME_COLUMN:
            return None
        across = _rulings((*self.across, *below.across), _SAME_COLUMN)
        rows = 1 + max(square.row + square.rowspan - 1 for square in self.squares)
        moved = [*self._moved(across, 0), *below._moved(across, rows)]
        return Ruled(tuple(moved), tuple(across), below.page)

    def _moved(self, across: Sequence[float], rows: int) -> Iterator[Square]:
        places = [_index(across, ruling) for ruling in self.across]
        for square in self.squares:
            column, end = places[square.column], places[square.end]
            yield square._replace(row=square.row + rows, column=column, colspan=end - column)


def ruled(cells: Sequence[Box], chars: list[Char], page: int) -> Ruled:
    """落格：the cells of a table with their places, spans and text.

    Where rulings are missing the finder leaves holes; each hole counts as a cell, for there may
    be text in it.
    """
    across = _rulings(edge for cell in cells for edge in (cell[0], cell[2]))
    down = _rulings(edge for cell in cells for edge in (cell[1], cell[3]))
    holes = {(row, column) for row in range(len(down) - 1) for column in range(len(across) - 1)}
    places: list[tuple[int, int, int, int]] = []
    for left, top, right, bottom in cells:
        column, row = _index(across, left), _index(down, top)
        end, below = max(_index(across, right), column + 1), max(_index(down, bottom), row + 1)
        places.append((row, column, below, end))
        holes -= {(r, c) for r in range(row, below) for c in range(column, end)}
    places += [(row, column, row + 1, column + 1) for row, column in holes]
    made: list[Square] = []
    for row, column, below, end in sorted(places):
        below, end = min(below, len(down) - 1), min(end, len(across) - 1)
        box = (across[column], down[row], across[end], down[below])
        inside, chars = split(chars, box)
        text = text_of(inside, box[2])
        made.append(Square(row, column, text, below - row, end - column, page=page))
    return Ruled(tuple(made), tuple(across), page)


def _rulings(edges: Iterable[float], near: float = _SAME_RULING) -> list[float]:
    """The places of the rulings, those close together as one."""
    rulings: list[float] = []
    for edge in sorted(set(edges)):
        if not rulings or edge - rulings[-1] > near:
            rulings.append(edge)
    return rulings


def _index(rulings: Sequence[float], edge: float) -> int:
    return min(range(len(rulings)), key=lambda place: abs(rulings[place] - edge))


def text_of(chars: Iterable[Char], right: float) -> str:
    """格中文字：a line a line; a figure broken because the cell is full is mended.

    ``right`` is the right ruling of the cell.
    """
    text, before = "", None
    for line in lines_of(chars):
        broken = (
            before is not None
            and before.text[-1].isdigit()
            and (line.text[0].isdigit() or line.text[0] in ".,")
            and right - before.right < before.size + _PADDING
        )
        text += line.text if broken or not text else f"\n{line.text}"
        before = line
    return text
