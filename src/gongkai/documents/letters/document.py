"""文件的下载版式：title, 题注 or number, text; the signing order is not printed with a rule.

国办公开办函〔2021〕33号：publish of a rule its title, its 题注 and its body.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from gongkai.documents.letters.blocks import Block, Cell, Heading, Paragraph, Picture, blocks
from gongkai.documents.letters.pictures import Printed, pictures_of
from gongkai.documents.showing import Shown
from gongkai.paper.typeset import typeset
from gongkai.paper.word import TEXT_WIDTH, Paper
from gongkai.paper.wordtable import DRAWN, Drawing, Square

#: Between the rule of a cell and what stands in it, in points.
_INSET = 5
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def document_file(shown: Shown, form: str) -> HttpResponse:
    """下载：the document as DOCX or PDF, under its own title."""
    data = to_docx(shown) if form == "docx" else to_pdf(shown)
    return file_response(data, shown.row["title"], form)


def file_response(data: bytes, name: str, form: str) -> HttpResponse:
    """交付：a file made on the spot, saved under a name."""
    response = HttpResponse(data, content_type=_TYPES[form])
    tidy = "".join(one for one in name if one not in '\\/:*?"<>|\r\n')[:80]
    response["Content-Disposition"] = content_disposition_header(True, f"{tidy}.{form}") or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _head(shown: Shown) -> tuple[str, date | None]:
    row = shown.row
    issued = timezone.localdate(row["issued_at"]) if row["issued_at"] else None
    return row["caption"] or row["number"], row["formed_on"] or issued


def to_docx(shown: Shown) -> bytes:
    """写成Word。"""
    line, dated = _head(shown)
    paper = Paper(title=shown.row["title"], author=shown.row["issuer"] or shown.organ, dated=dated)
    paper.title([shown.row["title"]])
    if line:
        paper.line(line)
    pictures = pictures_of(shown.row["id"], shown.html)
    for block in blocks(shown.html, pictures):
        if isinstance(block, Heading) and block.level == 1:
            paper.heading(block.text)
        elif isinstance(block, Heading):
            paper.paragraph(block.text, lead=len(block.text))
        elif isinstance(block, Paragraph):
            for text in block.text.split("\n"):
                paper.paragraph(text)
        elif isinstance(block, Picture):
            drawn = pictures[block.address]
            paper.picture(drawn.data, width=drawn.width, description=block.description)
        else:
            rows = [[_square(cell, block.columns, pictures) for cell in row] for row in block.rows]
            paper.table(
                rows, [1] * block.columns, caption="表格", heads=block.heads, size=12, height=22
            )
    return paper.finish()


def _square(cell: Cell, columns: int, pictures: Mapping[str, Printed]) -> Square:
    """A cell as Word has it: a picture on a line of its own, no wider than the cell."""
    words = (
        DRAWN if isinstance(piece, Picture) else piece.replace(DRAWN, "") for piece in cell.pieces
    )
    drawn = tuple(
        Drawing(pictures[one.address].data, _fitting(one, cell, columns, pictures), one.description)
        for one in cell.pieces
        if isinstance(one, Picture)
    )
    return Square(
        "\n".join(words), cell.across, cell.down, centred=cell.head, shaded=cell.head,
        drawings=drawn,
    )  # fmt: skip


def _fitting(one: Picture, cell: Cell, columns: int, pictures: Mapping[str, Printed]) -> float:
    """How wide a picture is in a cell, in points."""
    return min(pictures[one.address].width, TEXT_WIDTH * cell.across / columns - 2 * _INSET)


def to_pdf(shown: Shown) -> bytes:
    """写成PDF：raises NotInstalled without Chinese fonts on the system."""
    line, dated = _head(shown)
    pictures = pictures_of(shown.row["id"], shown.html)
    names = {address: f"{n}{one.suffix}" for n, (address, one) in enumerate(pictures.items())}
    data = {
        "title": shown.row["title"],
        "organ": shown.row["issuer"] or shown.organ,
        "dated": dated and [dated.year, dated.month, dated.day],
        "line": line,
        "blocks": [_as_data(one, pictures, names) for one in blocks(shown.html, pictures)],
    }
    template = files("gongkai.documents.letters").joinpath("document.typ").read_text("utf-8")
    drawn = {names[address]: one.data for address, one in pictures.items()}
    return typeset(template, data, dated=dated, pictures=drawn)


def _as_data(
    block: Block, pictures: Mapping[str, Printed], names: Mapping[str, str]
) -> dict[str, Any]:
    if isinstance(block, Picture):
        return _drawn(block, pictures[block.address].width, names)
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "align": block.align, "text": block.text.split("\n")}
    cells = [
        [
            {
                "pieces": [
                    piece
                    if isinstance(piece, str)
                    else _drawn(piece, _fitting(piece, cell, block.columns, pictures), names)
                    for piece in cell.pieces
                ],
                "across": cell.across,
                "down": cell.down,
                "head": cell.head,
            }
            for cell in row
        ]
        for row in block.rows
    ]
    return {
        "kind": "table",
        "columns": block.columns,
        "heads": [cell for row in cells[: block.heads] for cell in row],
        "cells": [cell for row in cells[block.heads :] for cell in row],
    }


def _drawn(one: Picture, width: float, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "kind": "picture",
        "name": names[one.address],
        "width": width,
        "description": one.description,
    }
