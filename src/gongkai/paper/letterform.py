"""信函格式：letters under the red name of their organ（GB/T 9704-2012 第10.1条）.

The name stands 30 mm below the edge of the page, a red double line 4 mm below it and another
20 mm above the lower edge, both 170 mm long; the number at the right under the first line; the
first page carries no page number.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from gongkai.paper.fonts import Fonts, Style
from gongkai.paper.typeset import typeset
from gongkai.paper.word import TEXT_WIDTH, Paper, set_face
from gongkai.paper.wordtable import NAMESPACE

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

#: 红色 of the name and the lines.
RED = "D7000F"
#: 发文机关标志：at most this size, in points, and never wider than the text.
_LARGEST = 36.0
#: 与红色双线的距离：7/8 of a 3号 character, in points.
_BELOW_LINE = 14
_W = f'xmlns:w="{NAMESPACE}"'


def typeset_letter(
    template: str, data: Mapping[str, Any], *, dated: date, fonts: Fonts | None = None
) -> bytes:
    """排成PDF：as `typeset`, with the letter form at hand（``letter-form``）."""
    form = files("gongkai.paper").joinpath("letterform.typ").read_text(encoding="utf-8")
    return typeset(f"{form}\n{template}", data, dated=dated, fonts=fonts)


class LetterPaper(Paper):
    """信笺：national paper under the red name of an organ."""

    def __init__(self, *, title: str, organ: str, number: str, dated: date) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm, Pt

        super().__init__(title=title, author=organ, dated=dated)
        section = self._document.sections[0]
        section.different_first_page_header_footer = True
        section.header_distance, section.footer_distance = Mm(30), Mm(20)
        for footer in (section.footer, section.even_page_footer):
            # 页码仍在版心下边缘之下7 mm
            footer.paragraphs[0].paragraph_format.space_after = Mm(8)
        self._head(section.first_page_header.paragraphs[0], organ)
        self._foot(section.first_page_footer.paragraphs[0])
        line = self._document.add_paragraph(number)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _flush(line)
        line.paragraph_format.space_before = Pt(_BELOW_LINE)
        # 标题与发文字号相距二行
        line.paragraph_format.space_after = Pt(2 * 29)

    def addressee(self, text: str) -> None:
        """主送：flush left."""
        _flush(self._document.add_paragraph(text))

    def annex(self, text: str) -> None:
        """附件说明：a line below the text; a second annex stands under the first."""
        from docx.shared import Pt

        self.paragraph(text)
        form = self._document.paragraphs[-1].paragraph_format
        if text.startswith("附件"):
            form.space_before = Pt(29)
        else:
            form.left_indent = Pt(3 * 16)

    def signature(self, organ: str, dated: str) -> None:
        """署名和成文日期：the date four characters from the right, the organ centred above it.

        Room is left for the seal; both stay on one page with the end of the text.
        """
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        last = self._document.paragraphs[-1]
        last.paragraph_format.keep_with_next = True
        longer = max(len(organ), len(dated) - 3)
        for text, before in ((organ, 3 * 29), (dated, 0)):
            line = self._document.add_paragraph(text)
            _flush(line)
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.paragraph_format.left_indent = Pt(max(0, TEXT_WIDTH - (longer + 4) * 16))
            line.paragraph_format.right_indent = Pt(4 * 16)
            line.paragraph_format.space_before = Pt(before)
            line.paragraph_format.keep_with_next = before > 0

    def slip(self, title: str) -> None:
        """回函：a page of its own with a title."""
        self.title([title])
        self._document.paragraphs[-1].paragraph_format.page_break_before = True

    def _head(self, paragraph: Paragraph, organ: str) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
        from docx.shared import Mm, Pt, RGBColor

        size = min(_LARGEST, TEXT_WIDTH / max(1, len(organ)))
        run = paragraph.add_run(organ)
        run.font.size, run.font.bold = Pt(size), True
        run.font.color.rgb = RGBColor.from_string(RED)
        set_face(run._r.get_or_add_rPr(), Style.TITLE)
        _flush(paragraph)
        form = paragraph.paragraph_format
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(size)
        form.left_indent = form.right_indent = Mm(-7)
        _border(paragraph, "bottom", "thickThinSmallGap", 11)

    def _foot(self, paragraph: Paragraph) -> None:
        from docx.enum.text import WD_LINE_SPACING
        from docx.shared import Mm, Pt

        form = paragraph.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
        form.left_indent = form.right_indent = Mm(-7)
        _border(paragraph, "bottom", "thinThickSmallGap", 0)


def _flush(paragraph: Paragraph) -> None:
    """No indent of two characters, as a paragraph of prose has."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for name in ("firstLine", "firstLineChars"):
        indent.set(f"{{{NAMESPACE}}}{name}", "0")


def _border(paragraph: Paragraph, side: str, kind: str, space: int) -> None:
    from docx.oxml.parser import parse_xml

    line = f'<w:{side} w:val="{kind}" w:sz="24" w:space="{space}" w:color="{RED}"/>'
    properties = paragraph._p.get_or_add_pPr()
    borders = parse_xml(f"<w:pBdr {_W}>{line}</w:pBdr>")
    before = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    properties.insert_element_before(borders, *before)
