"""Word：the report on national paper with real tables."""

from __future__ import annotations

from gongkai.annual.write.grids import Box, Grid, Kind
from gongkai.annual.write.layout import Document, lead
from gongkai.paper.word import TEXT_WIDTH, Paper
from gongkai.paper.wordtable import Square


def to_docx(document: Document) -> bytes:
    """写成Word：the whole document as DOCX."""
    paper = Paper(title=document.title, author=document.organ, dated=document.dated)
    paper.title(document.title_lines)
    for label, value in document.facts:
        paper.line(f"{label}：{value}")
    for text in document.preamble:
        paper.paragraph(text, lead=lead(text))
    for section in document.sections:
        if section.heading:
            paper.heading(section.heading)
        for text in section.paragraphs:
            paper.paragraph(text, lead=lead(text))
        if section.grid:
            _add(paper, section.grid)
    return paper.finish()


def _add(paper: Paper, grid: Grid) -> None:
    paper.table(
        [[_square(box) for box in row] for row in grid.rows],
        grid.widths,
        caption=f"{grid.table.split()[0]} {grid.caption}",
        heads=grid.heads,
        size=grid.size(TEXT_WIDTH),
        height=24 if len(grid.rows) < 20 else 16,
    )


def _square(box: Box) -> Square:
    centred = box.kind not in (Kind.NOTE, Kind.STUB)
    return Square(box.text, box.across, box.down, centred, shaded=box.kind is Kind.BAND)
