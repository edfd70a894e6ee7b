"""Markdown：the report as Markdown with tables in the manner of GitHub.

Such a table has one head row and no merged cells, so each table is unfolded: what is merged
in print stands in its first square, and the squares it covers stay empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual.write.grids import Grid
from gongkai.annual.write.layout import Document

#: What Markdown would take for its own; a backslash before it makes it a plain character.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~&#$]")


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
    lines = [["" for _ in grid.widths] for _ in grid.rows]
    for (row, column), box in grid.places.items():
        lines[row][column] = _escaped(box.text)
    for row, line in enumerate(lines):
        yield f"| {' | '.join(line)} |"
        if row == 0:
            yield f"|{' --- |' * len(line)}"


def _paragraph(text: str) -> str:
    escaped = _escaped(text.strip())
    opening = re.match(r"[-+=]|\d{1,9}(?=[.)])", escaped)
    if opening is None:
        return escaped
    sign = opening.group()
    return f"\\{escaped}" if not sign.isdigit() else f"{sign}\\{escaped[len(sign) :]}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
