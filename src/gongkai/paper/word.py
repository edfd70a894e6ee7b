"""Word文档：paragraphs, headings and tables on national paper (GB/T 9704-2012) as DOCX.

The fonts are named, not embedded: an office has its own 仿宋_GB2312 and 方正小标宋, and Word
takes the next name in the font table where it has not.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from gongkai.paper.fonts import Style
from gongkai.paper.package import dated_package
from gongkai.paper.wordtable import DRAWN, NAMESPACE, Drawing, Square, table_xml

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.text.run import Run

#: The font of each style as Chinese offices name it, and what may stand in for it.
FACES = {
    Style.TITLE: ("方正小标宋_GBK", "方正小标宋简体,FZXiaoBiaoSong-B05S,宋体"),
    Style.BODY: ("仿宋_GB2312", "仿宋,FangSong,FandolFang"),
    Style.HEADING: ("黑体", "SimHei,FandolHei"),
    Style.SUBHEADING: ("楷体_GB2312", "楷体,KaiTi,FandolKai"),
    Style.SONG: ("宋体", "SimSun,FandolSong"),
}

#: 版心156 mm × 225 mm, 每面22行, in points.
TEXT_WIDTH = 156 / 25.4 * 72
_PITCH = 225 / 25.4 * 72 / 22


_W = f'xmlns:w="{NAMESPACE}"'


class Paper:
    """公文稿纸：a Word document that grows from the top down."""

    def __init__(self, *, title: str, author: str, dated: date | None) -> None:
        import docx

        self._document: Document = docx.Document()
        self._dated = dated
        _set_properties(self._document, title, author)
        _set_page(self._document)
        _set_styles(self._document)
        _set_fonts(self._document)

    def title(self, lines: Sequence[str]) -> None:
        """标题：2号小标宋, centred, broken only between ``lines``."""
        run = self._document.add_paragraph(style="Title").add_run(lines[0])
        for line in lines[1:]:
            run.add_break()
            run.add_text(line)

    def heading(self, text: str) -> None:
        """一级标题：3号黑体."""
        self._document.add_paragraph(text, style="Heading 1")

    def paragraph(self, text: str, *, lead: int = 0) -> None:
        """正文：3号仿宋; the first ``lead`` characters are a heading of the second level, 楷体."""
        paragraph = self._document.add_paragraph()
        if lead:
            paragraph.add_run(text[:lead], style="Lead")
        if text[lead:]:
            paragraph.add_run(text[lead:])

    def line(self, text: str) -> None:
        """短行：4号, without indent: a number, a date."""
        self._document.add_paragraph(text, style="Line")

    def table(
        self,
        rows: Sequence[Sequence[Square]],
        widths: Sequence[int],
        *,
        caption: str,
        heads: int,
        size: float,
        height: float,
    ) -> None:
        """表格：over the whole text width, merged cells and all.

        ``widths`` are shares, one a column; the first ``heads`` rows are repeated on each page;
        ``size`` of the type and ``height``, the least of a row, in points; ``caption`` is what a
        screen reader says. Drawings stand where the text of their square has ``DRAWN``.
        """
        from docx.oxml.parser import parse_xml

        body = self._document.element.body
        xml = table_xml(
            rows, widths, width=TEXT_WIDTH, caption=caption, heads=heads, size=size, height=height
        )
        table = parse_xml(xml)
        body.insert(len(body) - 1, table)  # before the section properties
        self._draw(table, [one for row in rows for square in row for one in square.drawings])
        # Word needs a paragraph between two tables, and readers a little air.
        self._document.add_paragraph(style="After Table")

    def picture(self, data: bytes, *, width: float, description: str) -> None:
        """图片：centred, ``width`` in points; ``description`` is what a screen reader says."""
        run = self._document.add_paragraph(style="Picture").add_run()
        _add_picture(run, Drawing(data, width, description))

    def _draw(self, table: Any, drawings: Sequence[Drawing]) -> None:
        """The drawings of a table, each in the run that was left for it."""
        if not drawings:
            return
        from docx.oxml.ns import qn
        from docx.text.run import Run

        left = [one for one in table.iter(qn("w:t")) if one.text == DRAWN]
        for text, drawing in zip(left, drawings, strict=True):
            run = Run(text.getparent(), self._document._body)
            text.getparent().remove(text)
            _add_picture(run, drawing)

    def finish(self) -> bytes:
        """成稿：the document as DOCX; the same calls give the same bytes."""
        out = io.BytesIO()
        self._document.save(out)
        return dated_package(out.getvalue(), self._dated)


def _add_picture(run: Run, drawing: Drawing) -> None:
    from docx.shared import Pt

    shape = run.add_picture(io.BytesIO(drawing.data), width=Pt(drawing.width))
    shape._inline.docPr.set("descr", drawing.description)
    for side in "TBLR":  # not told, LibreOffice takes an eighth of an inch left and right
        shape._inline.set(f"dist{side}", "0")


def _set_properties(document: Document, title: str, author: str) -> None:
    properties = document.core_properties
    properties.title = title[:255]
    properties.author = properties.last_modified_by = author[:255]
    properties.comments = ""
    properties.language = "zh-CN"
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):  # of the empty template
            del package.rels[key]


def _set_page(document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.parser import parse_xml
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)
    # 页码：单页居右空一字，双页居左空一字
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = Pt(14)
        paragraph.paragraph_format.right_indent = Pt(14)
        paragraph.add_run("— ")
        page = f'<w:fldSimple {_W} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(page))
        paragraph.add_run(" —")


def _set_styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    styles = document.styles
    defaults = styles.element.find(f"{_name('docDefaults')}//{_name('rPr')}")
    for name in ("val", "eastAsia"):
        defaults.find(_name("lang")).set(_name(name), "zh-CN")

    normal = _dress(styles["Normal"], Style.BODY, 16, indent=True)
    normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    title = _dress(styles["Title"], Style.TITLE, 22, pitch=34)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(_PITCH)
    heading = _dress(styles["Heading 1"], Style.HEADING, 16, indent=True)
    heading.font.bold = False
    heading.paragraph_format.keep_with_next = True
    for style in (title, heading):
        style.font.color.rgb = RGBColor(0, 0, 0)
        for border in style.element.pPr.findall(_name("pBdr")):
            style.element.pPr.remove(border)
    _dress(styles["Footer"], Style.SONG, 14)
    _dress(styles.add_style("Line", WD_STYLE_TYPE.PARAGRAPH), Style.BODY, 14)
    _dress(styles.add_style("After Table", WD_STYLE_TYPE.PARAGRAPH), Style.BODY, 6, pitch=10)
    _dress(styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH), Style.SONG, 9, pitch=14)
    picture = styles.add_style("Picture", WD_STYLE_TYPE.PARAGRAPH)
    picture.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    picture.paragraph_format.line_spacing = 1.0  # an exact pitch would cut it off
    picture.paragraph_format.space_before = picture.paragraph_format.space_after = Pt(6)
    lead = styles.add_style("Lead", WD_STYLE_TYPE.CHARACTER)
    set_face(lead.element.get_or_add_rPr(), Style.SUBHEADING)
    lead.font.bold = True


def _dress(
    style: ParagraphStyle,
    face: Style,
    size: float,
    *,
    indent: bool = False,
    pitch: float = _PITCH,
) -> ParagraphStyle:
    """Give a style its face, its size and its line pitch in points."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    set_face(style.element.get_or_add_rPr(), face)
    style.font.size = Pt(size)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    # In characters, so that it stays two characters in whatever font the reader has.
    form.first_line_indent = Pt(2 * size if indent else 0)
    style.element.pPr.find(_name("ind")).set(_name("firstLineChars"), "200" if indent else "0")
    return style


def set_face(properties: BaseOxmlElement, face: Style) -> None:
    """字体：the face of a run or style, in every script."""
    from docx.oxml.parser import parse_xml

    for old in properties.findall(_name("rFonts")):
        properties.remove(old)
    name = FACES[face][0]
    faces = " ".join(f'w:{script}="{name}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    properties.insert(0, parse_xml(f'<w:rFonts {_W} {faces} w:hint="eastAsia"/>'))


def _set_fonts(document: Document) -> None:
    """The font table: each font with the names of what may stand in for it."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in FACES.values()
    )
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            relation.target_part._blob = f"{head}<w:fonts {_W}>{fonts}</w:fonts>".encode()


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"
