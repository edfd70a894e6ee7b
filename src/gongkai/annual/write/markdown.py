"""Markdown：the report as Markdown with tables in the manner of GitHub.

Such a table has one head row and no merged cells. What is merged in print stands in its first
square; the squares it reaches down over stay empty. In Table 2, whose blocks divide the width
differently, each row has as many squares as print has cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual.write.grids import Grid
from gongkai.annual.write.layout import Document

#: Where a character is Markdown's and no longer the writer's; elsewhere it is left alone, so that
#: the text reads well as text too.
_MARKUP = re.compile(
    r"[*`~$]"
    r"|\\(?=[!-/:-@\[-`{-~])"
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w+;)"
    r"|\](?=[(\[:])"
)
#: What begins a line of another kind: heading, quotation, list, rule.
_OPENING = re.compile(
    r"(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-=]+\s*$)|(?P<number>\d{1,9})(?=[.)](?:\s|$))"
)


def to_markdown(document: Document) -> bytes:
    """写成Markdown：the whole document in UTF-8, a paragraph a line."""
    return ("\n\n".join(_blocks(document)) + "\n").encode()


def _blocks(document: Document) -> Iterator[str]:
    yield f"# {_escaped(document.title)}"
    if document.facts:
        yield "  \n".join(f"{label}：{_escaped(value)}" for label, value in document.facts)
    yield from map(_paragraph, document.preamble)
    for section in document.sections:
        if section.heading:
            yield f"## {_escaped(section.heading)}"
        yield from map(_paragraph, section.paragraphs)
        if section.grid:
            yield "\n".join(_table(section.grid))


def _table(grid: Grid) -> Iterator[str]:
    rows = _packed(grid) if grid.heads == 0 else _unfolded(grid)
    for number, squares in enumerate(rows):
        yield f"| {' | '.join(squares)} |"
        if number == 0:
            yield f"|{' --- |' * len(squares)}"


def _unfolded(grid: Grid) -> list[list[str]]:
    """Every row with a square for each column of the grid."""
    rows = [["" for _ in grid.widths] for _ in grid.rows]
    for (row, column), box in grid.places.items():
        rows[row][column] = _in_table(box.text)
    return rows


def _packed(grid: Grid) -> list[list[str]]:
    """Every row with a square for each box; the first, which heads them, as wide as the widest."""
    rows = [[_in_table(box.text) for box in boxes] for boxes in grid.rows]
    rows[0] += [""] * (max(map(len, rows)) - len(rows[0]))
    return rows


def _paragraph(text: str) -> str:
    escaped = _escaped(text.strip())
    opening = _OPENING.match(escaped)
    if opening is None:
        return escaped
    place = opening.end("number") if opening["number"] else 0
    return f"{escaped[:place]}\\{escaped[place:]}"


def _in_table(text: str) -> str:
    return _escaped(text).replace("|", "\\|")


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)
