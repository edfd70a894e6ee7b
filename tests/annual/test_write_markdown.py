import pytest

from annual_strategies import make_report
from gongkai.annual.forms import Form
from gongkai.annual.model import Part, Report
from gongkai.annual.write import write
from gongkai.annual.write.grids import grids


def lines(report):
    return write(report, "md").decode().splitlines()


def squares(report):
    return [
        [square.strip() for square in line.strip("|").split("|")]
        for line in lines(report)
        if line.startswith("|") and "---" not in line
    ]


@pytest.mark.parametrize("form", Form)
def test_tables_three_and_four_are_unfolded_into_one_square_for_each(form):
    report = make_report(form)

    expected = []
    for grid in list(grids(report))[1:]:
        rows = [["" for _ in grid.widths] for _ in grid.rows]
        for (row, column), box in grid.places.items():
            rows[row][column] = box.text
        expected += rows
    assert squares(report)[-len(expected) :] == expected


@pytest.mark.parametrize(
    ("form", "rows"),
    [
        (
            Form.Y2021,
            [
                ["第二十条第（一）项", "", "", ""],
                ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
                ["规章", "1", "2", "3"],
                ["行政规范性文件", "4", "5", "6"],
                ["第二十条第（五）项"],
                ["信息内容", "本年处理决定数量"],
                ["行政许可", "7"],
            ],
        ),
        (
            Form.Y2019,
            [
                ["第二十条第（一）项", "", "", ""],
                ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
                ["规章", "1", "2", "3"],
                ["规范性文件", "4", "5", "6"],
                ["第二十条第（五）项"],
                ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
                ["行政许可", "7", "8", "9"],
            ],
        ),
    ],
)
def test_table_two_has_a_square_for_each_printed_cell(form, rows):
    assert squares(make_report(form))[:7] == rows


def test_headings_are_headings_and_facts_are_lines():
    assert [line for line in lines(make_report()) if line][:6] == [
        "# 石家庄市人民政府办公室2024年政府信息公开工作年度报告",
        "索引号：000014349/2025-00002  ",
        "发布日期：2025-01-17  ",
        "原文链接：https://www.example.gov.cn/nb?id=1&y=2",
        "统计期限为2024年1月1日至2024年12月31日。",
        "## 一、总体情况",
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("*强调*与`代码`", "\\*强调\\*与\\`代码\\`"),
        ("_斜体_", "\\_斜体\\_"),
        ("gov_open@example.gov.cn", "gov_open@example.gov.cn"),
        ("<b>与<含技改>", "\\<b>与<含技改>"),
        ("R&D与&lt;", "R&D与\\&lt;"),
        ("[链接](地址)与[注]", "[链接\\](地址)与[注]"),
        ("甲|乙", "甲|乙"),
        ("C:\\公开", "C:\\公开"),
        ("C:\\*", "C:\\\\\\*"),
        ("# 不是标题", "\\# 不是标题"),
        ("#1号文件", "#1号文件"),
        ("- 不是列表", "\\- 不是列表"),
        ("> 不是引文", "\\> 不是引文"),
        ("1. 不是列表", "1\\. 不是列表"),
        ("1.加强领导", "1.加强领导"),
        ("===", "\\==="),
        ("---", "\\---"),
        ("2024年", "2024年"),
    ],
)
def test_what_markdown_would_take_for_its_own_is_escaped(text, written):
    report = Report(None, None, "", {}, (Part(1, "总体情况", (text,)),))

    assert lines(report)[4] == written
