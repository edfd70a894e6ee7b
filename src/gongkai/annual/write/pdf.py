"""PDF：the report on national paper, tagged, for the archive (PDF/A-2a, PDF/UA-1)."""

from __future__ import annotations

from importlib.resources import files
from itertools import groupby
from typing import Any

from gongkai.annual.write.grids import Box, Grid, Kind
from gongkai.annual.write.layout import Document, lead
from gongkai.paper.typeset import typeset

#: 版心宽156 mm, in points.
_WIDTH = 156 / 25.4 * 72


def to_pdf(document: Document) -> bytes:
    """写成PDF：raises ``NotInstalled`` without Chinese fonts on the system."""
    dated = document.dated
    data = {
        "title": document.title_lines,
        "organ": document.organ,
        "dated": dated and [dated.year, dated.month, dated.day],
        "facts": document.facts,
        "preamble": [_paragraph(text) for text in document.preamble],
        "sections": [
            {
                "heading": section.heading,
                "paragraphs": [_paragraph(text) for text in section.paragraphs],
                "grid": section.grid and _grid(section.grid),
            }
            for section in document.sections
        ],
    }
    template = files("gongkai.annual.write").joinpath("report.typ").read_text(encoding="utf-8")
    return typeset(template, data, dated=dated)


def _paragraph(text: str) -> dict[str, str]:
    return {"lead": text[: lead(text)], "rest": text[lead(text) :]}


def _grid(grid: Grid) -> dict[str, Any]:
    """The rows in runs of head rows and runs of others: each run of heads is tagged as such."""
    return {
        "widths": grid.widths,
        "size": grid.size(_WIDTH),
        "inset": 6 if len(grid.rows) < 20 else 3.5,
        "repeat": grid.heads > 0,
        "runs": [
            {"heads": heads, "boxes": [_box(box) for row in rows for box in row]}
            for heads, rows in groupby(grid.rows, key=_heads_only)
        ],
    }


def _heads_only(row: tuple[Box, ...]) -> bool:
    return all(box.kind not in (Kind.STUB, Kind.FIGURE) for box in row)


def _box(box: Box) -> dict[str, Any]:
    return {"kind": box.kind.value, "text": box.text, "across": box.across, "down": box.down}
