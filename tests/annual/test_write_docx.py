import io
import zipfile
from datetime import datetime

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from annual_strategies import make_report
from gongkai.annual.forms import Form
from gongkai.annual.write import write
from gongkai.annual.write.grids import grids


def opened(report):
    return docx.Document(io.BytesIO(write(report, "docx")))


@pytest.mark.parametrize("form", Form)
def test_the_tables_have_the_merged_cells_of_the_form(form):
    report = make_report(form)

    tables = opened(report).tables

    for table, grid in zip(tables, grids(report), strict=True):
        for (row, column), box in grid.places.items():
            corner = table.cell(row, column)
            opposite = table.cell(row + box.down - 1, column + box.across - 1)
            assert corner._tc is opposite._tc
            assert corner.text == box.text


def test_the_prose_stands_in_paragraphs_of_the_national_style():
    report = make_report()

    paragraphs = [
        (paragraph.style.name, paragraph.text)
        for paragraph in opened(report).paragraphs
        if paragraph.style.name != "After Table"
    ]

    assert paragraphs[:8] == [
        ("Title", "石家庄市人民政府办公室\n2024年政府信息公开工作年度报告"),
        ("Line", "索引号：000014349/2025-00002"),
        ("Line", "发布日期：2025-01-17"),
        ("Line", "原文链接：https://www.example.gov.cn/nb?id=1&y=2"),
        ("Normal", report.header.preamble[0]),
        ("Heading 1", "一、总体情况"),
        ("Normal", report.parts[0].paragraphs[0]),
        ("Normal", "=1+1"),
    ]


def test_the_page_is_that_of_official_paper():
    section = opened(make_report()).sections[0]

    lengths = [
        section.page_width,
        section.page_height,
        section.top_margin,
        section.left_margin,
        section.page_width - section.left_margin - section.right_margin,
    ]
    millimetres = [210, 297, 37, 28, 156]
    assert all(
        abs(length - Mm(mm)) < Mm(0.1) for length, mm in zip(lengths, millimetres, strict=True)
    )


@pytest.mark.parametrize(
    ("style", "face", "points"),
    [
        ("Title", "方正小标宋_GBK", 22),
        ("Heading 1", "黑体", 16),
        ("Normal", "仿宋_GB2312", 16),
        ("Footer", "宋体", 14),
    ],
)
def test_each_style_has_the_face_and_size_of_the_standard(style, face, points):
    found = opened(make_report()).styles[style]

    fonts = found.element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia")} == {face}
    assert found.font.size.pt == points


def test_the_file_says_what_it_is_and_when():
    properties = opened(make_report()).core_properties

    assert (properties.title, properties.author, properties.language) == (
        "石家庄市人民政府办公室2024年政府信息公开工作年度报告",
        "石家庄市人民政府办公室",
        "zh-CN",
    )
    assert {properties.created.date(), properties.modified.date()} == {datetime(2025, 1, 17).date()}


def test_the_font_table_names_what_may_stand_in():
    with zipfile.ZipFile(io.BytesIO(write(make_report(), "docx"))) as package:
        fonts = package.read("word/fontTable.xml").decode()

    assert '<w:font w:name="方正小标宋_GBK"><w:altName w:val="方正小标宋简体,' in fonts


def test_the_heads_of_table_three_are_repeated_on_each_page():
    table = opened(make_report()).tables[1]

    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]

    assert repeated == [True] * 3 + [False] * (len(table.rows) - 3)
