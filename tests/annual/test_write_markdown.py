import pytest

from annual_strategies import make_report
from gongkai.annual.forms import Form
from gongkai.annual.model import Part, Report
from gongkai.annual.write import write
from gongkai.annual.write.grids import grids


def lines(report):
    return write(report, "md").decode().splitlines()


@pytest.mark.parametrize("form", Form)
def test_a_table_is_unfolded_into_one_square_for_each(form):
    report = make_report(form)

    rows = [
        [square.strip() for square in line.strip("|").split("|")]
        for line in lines(report)
        if line.startswith("|") and "---" not in line
    ]

    expected = []
    for grid in grids(report):
        squares = [["" for _ in grid.widths] for _ in grid.rows]
        for (row, column), box in grid.places.items():
            squares[row][column] = box.text
        expected += squares
    assert rows == expected


def test_headings_are_headings_and_facts_are_lines():
    assert [line for line in lines(make_report()) if line][:6] == [
        "# 石家庄市人民政府办公室2024年政府信息公开工作年度报告",
        "索引号：000014349/2025-00002  ",
        "发布日期：2025-01-17  ",
        "原文链接：https://www.example.gov.cn/nb?id=1\\&y=2",
        "统计期限为2024年1月1日至2024年12月31日。",
        "## 一、总体情况",
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("甲|乙", "甲\\|乙"),
        ("*强调*_斜体_`代码`", "\\*强调\\*\\_斜体\\_\\`代码\\`"),
        ("<b>&[链接]", "\\<b\\>\\&\\[链接\\]"),
        ("# 不是标题", "\\# 不是标题"),
        ("- 不是列表", "\\- 不是列表"),
        ("1. 不是列表", "1\\. 不是列表"),
        ("===", "\\==="),
        ("C:\\公开", "C:\\\\公开"),
        ("2024年", "2024年"),
    ],
)
def test_what_markdown_would_take_for_its_own_is_escaped(text, written):
    report = Report(None, None, "", {}, (Part(1, "总体情况", (text,)),))

    assert lines(report)[4] == written
