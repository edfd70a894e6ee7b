"""Word表格：tables with merged cells as WordprocessingML.

Written as text at one go: building them cell by cell and merging afterwards takes python-docx
many times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0"/>' for side in _SIDES)
_MARGINS = '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'


#: Stands in the text of a square for each of its drawings (U+FFFC, OBJECT REPLACEMENT CHARACTER).
DRAWN = "\ufffc"


@dataclass(frozen=True, slots=True)
class Drawing:
    """图：its bytes, its width on paper in points, and what a screen reader says."""

    data: bytes
    width: float
    description: str


@dataclass(frozen=True, slots=True)
class Square:
    """格：its text, the columns and rows it covers, how it looks, and the drawings in its text."""

    text: str
    across: int = 1
    down: int = 1
    centred: bool = True
    shaded: bool = False
    drawings: tuple[Drawing, ...] = ()


def table_xml(
    rows: Sequence[Sequence[Square]],
    shares: Sequence[int],
    *,
    width: float,
    caption: str,
    heads: int,
    size: float,
    height: float,
) -> str:
    """表格：a ``w:tbl`` with ``shares`` of ``width`` for columns; all lengths in points.

    The first ``heads`` rows are repeated on each page; a table that fits on a page is kept on
    one. ``height`` is the least of a row, ``size`` that of the type, ``caption`` what a screen
    reader says.
    """
    widths = [round(20 * width * share / sum(shares)) for share in shares]
    columns = "".join(f'<w:gridCol w:w="{column}"/>' for column in widths)
    lines = []
    for number, squares in enumerate(_continued(rows), 1):
        repeated = "<w:tblHeader/>" if number <= heads else ""
        keep = "<w:keepNext/>" if number < len(rows) else ""
        cells = "".join(
            _cell(square, begins, sum(widths[column : column + square.across]), keep, size)
            for column, square, begins in squares
        )
        lines.append(
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{round(20 * height)}" '
            f'w:hRule="atLeast"/>{repeated}<w:jc w:val="center"/></w:trPr>{cells}</w:tr>'
        )
    return (
        f'<w:tbl xmlns:w="{NAMESPACE}"><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_MARGINS}</w:tblCellMar>'
        f'<w:tblLook w:val="0620" w:firstRow="1"/><w:tblCaption w:val="{escape(caption)}"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def _continued(
    rows: Sequence[Sequence[Square]],
) -> Iterator[list[tuple[int, Square, bool]]]:
    """Each row's squares with their columns, those that only go on there included."""
    reaching: dict[int, tuple[Square, int]] = {}  # column → the square, the rows still to cover
    columns = sum(square.across for square in rows[0])
    for row in rows:
        here: list[tuple[int, Square, bool]] = []
        coming, column = iter(row), 0
        while column < columns:
            begins = column not in reaching
            square, left = reaching.pop(column, (None, 0))
            if square is None:
                square = next(coming)
                left = square.down
            if left > 1:
                reaching[column] = (square, left - 1)
            here.append((column, square, begins))
            column += square.across
        yield here


def _cell(square: Square, begins: bool, width: int, keep: str, size: float) -> str:
    span = f'<w:gridSpan w:val="{square.across}"/>' if square.across > 1 else ""
    merge = ""
    if square.down > 1:
        merge = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="DCE6F2"/>' if square.shaded else ""
    side = "center" if square.centred else "left"
    run = ""
    if begins and square.text:
        sizes = f'<w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/>'
        pieces = re.split(f"({DRAWN})", square.text) if square.drawings else [square.text]
        run = "".join(
            f"<w:r><w:rPr>{sizes}</w:rPr>{_lines(piece)}</w:r>" for piece in pieces if piece
        )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}'
        f'<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="TableText"/>{keep}'
        f'<w:jc w:val="{side}"/></w:pPr>{run}</w:p></w:tc>'
    )


def _lines(text: str) -> str:
    told = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return "<w:br/>".join(told)
