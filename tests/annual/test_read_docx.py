"""Word documents: tables in every shape, list numbers, text boxes, tracked changes, bad files."""

import contextlib
import io
import json
import zipfile
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from annual_grids import VARIANTS, pieces_of, said
from annual_strategies import reports
from gongkai.annual import exchange
from gongkai.annual.forms import TABLE_2, TABLE_3, TABLE_4, Ref
from gongkai.annual.read.docx import blocks, read
from gongkai.annual.write import write
from gongkai.errors import GongkaiError, Unreadable

FIGURES = Path(__file__).parents[1] / "data" / "figures"


def drawn(pieces):
    """Pieces of a document as Word holds them, spans as merged cells."""
    paper = docx.Document()
    for piece in pieces:
        if isinstance(piece, str):
            paper.add_paragraph(piece)
        else:
            draw_table(paper, piece)
    return saved(paper)


def draw_table(paper, rows):
    covered, corners = set(), {}
    for number, row in enumerate(rows):
        column = 0
        for text, down, across in row:
            while (number, column) in covered:
                column += 1
            corners[number, column] = (text, down, across)
            covered |= {(number + r, column + c) for r in range(down) for c in range(across)}
            column += across
    width = max(column for _, column in covered) + 1
    table = paper.add_table(len(rows), width)
    cells = [list(row.cells) for row in table.rows]
    for (row, column), (text, down, across) in corners.items():
        cell = cells[row][column]
        if down > 1 or across > 1:
            last_row = min(row + down, len(rows)) - 1
            cell = cell.merge(cells[last_row][column + across - 1])
        cell.text = text


def saved(paper):
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def published(name):
    figures = json.loads((FIGURES / f"{name}.json").read_text(encoding="utf-8"))
    return exchange.load(figures)


def edited(data, change):
    """The document with its main part changed."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "word/document.xml":
                content = change(content.decode()).encode()
            archive.writestr(part, content)
    return target.getvalue()


#: Word keeps its rows rectangular; only HTML can have spans that do not fit.
SHAPES = [name for name in VARIANTS if name != "with_wrong_spans"]


@pytest.mark.parametrize("variant", SHAPES)
@settings(max_examples=2, deadline=None)
@given(report=reports(sound=False))
def test_a_table_in_any_shape_reads_back_the_same(variant, report):
    read_back = read(drawn(pieces_of(report, variant)))

    assert said(read_back.tables) == said(report.tables)
    assert read_back.form == report.form


@settings(max_examples=6, deadline=None)
@given(reports())
def test_a_report_written_and_read_is_the_same(report):
    assert read(write(report, "docx")) == report


@pytest.mark.parametrize("name", ["01_sjz_gov_office_2022", "13_shanghai_go_2019"])
def test_published_figures_survive_a_word_table_with_merged_cells(name):
    report = published(name)

    assert said(read(drawn(pieces_of(report, "as_printed"))).tables) == said(report.tables)


def test_each_cell_says_where_it_stood():
    report = published("02_huaian_2024")

    origins = read(drawn(pieces_of(report, "as_printed"))).origins

    origin = origins[Ref(TABLE_3, "三、（三）1.属于国家秘密", "自然人")]
    assert (origin.table, origin.row, origin.column, origin.quote) == (2, 8, 4, "2")


def test_numbers_that_word_counts_by_itself_are_counted_again():
    numbering = f"""<w:numbering {nsdecls("w")}>
      <w:abstractNum w:abstractNumId="7">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
          <w:lvlText w:val="%1、"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
          <w:lvlText w:val="（%2）"/></w:lvl>
      </w:abstractNum>
      <w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""
    paper = docx.Document()
    paper.part.numbering_part._element = parse_xml(numbering)
    paper.add_paragraph("某市人民政府2023年政府信息公开工作年度报告")
    for text, level in (("总体情况", 0), ("主动公开", 1), ("依申请公开", 1), ("其他情况", 0)):
        listed = paper.add_paragraph(text)
        listed._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="9"/></w:numPr>'
            )
        )
    lines = [block.text for block in blocks(saved(paper))]

    assert lines[1:] == ["一、总体情况", "（一）主动公开", "（二）依申请公开", "二、其他情况"]


def test_deleted_text_is_gone_and_inserted_text_is_there():
    paper = docx.Document()
    paper.add_paragraph("PLACE")
    tracked = (
        "<w:r><w:t>受理</w:t></w:r>"
        '<w:del w:id="1" w:author="a"><w:r><w:delText>21</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>12</w:t></w:r></w:ins>'
        "<w:r><w:t>件</w:t></w:r>"
    )
    data = edited(saved(paper), lambda xml: xml.replace("<w:r><w:t>PLACE</w:t></w:r>", tracked))

    assert [block.text for block in blocks(data)] == ["受理12件"]


def test_a_text_box_is_read_once_though_the_file_holds_it_twice():
    box = "<w:txbxContent><w:p><w:r><w:t>索引号：A-1</w:t></w:r></w:p></w:txbxContent>"
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    twice = (
        f'<w:r><mc:AlternateContent {spaces}><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    paper = docx.Document()
    paper.add_paragraph("PLACE")
    data = edited(saved(paper), lambda xml: xml.replace("<w:r><w:t>PLACE</w:t></w:r>", twice))

    assert [block.text for block in blocks(data)] == ["索引号：A-1"]


def test_a_report_inside_one_big_cell_reads_the_same():
    report = published("02_huaian_2024")
    data = drawn(pieces_of(report, "as_printed"))

    def wrapped(xml):
        start, end = xml.index("<w:body>") + 8, xml.rindex("<w:sectPr")
        cell = f"<w:tbl><w:tr><w:tc>{xml[start:end]}</w:tc></w:tr></w:tbl>"
        return xml[:start] + cell + xml[end:]

    assert said(read(edited(data, wrapped)).tables) == said(report.tables)


def test_rows_of_a_table_inside_content_controls_are_read():
    report = published("02_huaian_2024")
    data = drawn(pieces_of(report, "as_printed"))

    def controlled(xml):
        xml = xml.replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>")
        return xml.replace("</w:tr>", "</w:tr></w:sdtContent></w:sdt>")

    assert said(read(edited(data, controlled)).tables) == said(report.tables)


def test_tables_flattened_into_lines_are_read_as_text():
    flat = (FIGURES.parent / "reports" / "17_pingtan_2021.flat.txt").read_text(encoding="utf-8")
    paper = docx.Document()
    for line in flat.splitlines():
        paper.add_paragraph(line)

    report = read(saved(paper))

    assert said(report.tables)[TABLE_4] == said(published("17_pingtan_2021").tables)[TABLE_4]


def test_an_old_word_file_is_refused_with_advice():
    with pytest.raises(Unreadable, match=r"另存为不加密的 \.docx"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "年报.doc")


def test_a_document_of_pictures_is_refused():
    with pytest.raises(Unreadable, match="没有文字"):
        read(saved(docx.Document()))


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 80_000_000)

    with pytest.raises(Unreadable, match="压缩炸弹"):
        read(stream.getvalue())


def test_entities_that_name_files_stay_closed():
    paper = docx.Document()
    paper.add_paragraph("某市2023年年报 PLACE")

    def opened(xml):
        start = xml.index("?>") + 2
        entity = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        return xml[:start] + entity + xml[start:].replace("PLACE", "&e;")

    assert [block.text for block in blocks(edited(saved(paper), opened))] == ["某市2023年年报"]


@settings(max_examples=40, deadline=None)
@given(
    cuts=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 300), st.sampled_from(["", "</w:tc>", "<w:tr>"])),
        min_size=1,
        max_size=3,
    ),
    inside=st.booleans(),
)
def test_a_damaged_document_is_read_or_refused_never_anything_else(cuts, inside):
    data = a_document()

    def cut(text):
        for place, length, put in cuts:
            start = int(place * len(text))
            text = text[:start] + put + text[start + length :]
        return text

    broken = edited(data, cut) if inside else cut(data.decode("latin-1")).encode("latin-1")
    with contextlib.suppress(GongkaiError):
        assert read(broken).tables.keys() == {TABLE_2, TABLE_3, TABLE_4}


@cache
def a_document():
    return drawn(pieces_of(published("02_huaian_2024"), "as_printed"))
