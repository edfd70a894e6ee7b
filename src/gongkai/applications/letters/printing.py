"""打印：a letter as DOCX and PDF, letters in the letter form of GB/T 9704, forms as tables.

The same letter gives the same bytes. The PDF is tagged and made for the archive.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from typing import Any

from gongkai.applications.letters.compose import Composed
from gongkai.applications.letters.fields import day
from gongkai.applications.letters.layout import Block, Heading, Layout, Prose, Table, layout
from gongkai.paper.letterform import LetterPaper, typeset_letter
from gongkai.paper.word import Paper

#: 示例：what a preview prints behind its title.
_EXAMPLE = "（示例）"


def docx(letter: Composed) -> bytes:
    """写成Word。"""
    arranged = layout(letter.paragraphs)
    title = _title(letter)
    if letter.is_form:
        paper = Paper(title=title, author=letter.organ, dated=letter.dated_on)
        paper.title([title])
        _write(paper, arranged.blocks)
        return paper.finish()
    sheet = LetterPaper(
        title=title, organ=letter.organ, number=letter.number, dated=letter.dated_on
    )
    sheet.title([title])
    if letter.addressee:
        sheet.addressee(f"{letter.addressee}：")
    _write(sheet, arranged.blocks)
    sheet.signature(letter.signature, day(letter.dated_on))
    for slip in arranged.slips:
        sheet.slip(slip.title)
        _write(sheet, slip.blocks)
    return sheet.finish()


def pdf(letter: Composed) -> bytes:
    """写成PDF：raises NotInstalled without Chinese fonts on the system."""
    arranged = layout(letter.paragraphs)
    on = letter.dated_on
    data = {
        "title": _title(letter),
        "organ": letter.organ,
        "form": letter.is_form,
        "number": letter.number,
        "addressee": letter.addressee,
        "dated": [on.year, on.month, on.day],
        "signature": letter.signature,
        "signed": "" if letter.is_form else day(on),
        **_as_data(arranged),
    }
    template = files("gongkai.applications.letters").joinpath("sheet.typ").read_text("utf-8")
    return typeset_letter(template, data, dated=on)


def sheet(title: str, organ: str, paragraphs: Iterable[str], on: date) -> bytes:
    """排成表单：what is no letter, a catalogue or an explanation, as PDF; tables as in letters."""
    data = {
        "title": title,
        "organ": organ,
        "form": True,
        "number": "",
        "addressee": "",
        "dated": [on.year, on.month, on.day],
        "signature": "",
        "signed": "",
        **_as_data(layout(paragraphs)),
    }
    template = files("gongkai.applications.letters").joinpath("sheet.typ").read_text("utf-8")
    return typeset_letter(template, data, dated=on)


def _title(letter: Composed) -> str:
    return letter.title + (_EXAMPLE if letter.example else "")


def _write(paper: Paper, blocks: list[Block]) -> None:
    for one in blocks:
        if isinstance(one, Heading):
            paper.heading(one.text)
        elif isinstance(one, Table):
            paper.table(
                one.rows, one.widths, caption="表格", heads=one.heads, size=one.size, height=28
            )
        elif one.annex and isinstance(paper, LetterPaper):
            paper.annex(one.text)
        else:
            paper.paragraph(one.text)


def _as_data(arranged: Layout) -> dict[str, Any]:
    return {
        "blocks": [_block(one) for one in arranged.blocks],
        "slips": [
            {"title": slip.title, "blocks": [_block(one) for one in slip.blocks]}
            for slip in arranged.slips
        ],
    }


def _block(one: Block) -> dict[str, Any]:
    if isinstance(one, Heading):
        return {"kind": "heading", "text": one.text}
    if isinstance(one, Prose):
        return {"kind": "annex" if one.annex else "prose", "text": one.text}
    return {
        "kind": "table",
        "widths": one.widths,
        "heads": one.heads,
        "size": one.size,
        "inset": 5 if one.heads else 7,
        "rows": [
            [
                {
                    "text": square.text.split("\n"),
                    "across": square.across,
                    "centred": square.centred,
                    "shaded": square.shaded,
                }
                for square in row
            ]
            for row in one.rows
        ],
    }
