"""HTML: two published pages cell by cell, and every shape of table that offices publish."""

import contextlib
import html
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annual_grids import VARIANTS, pieces_of, said
from annual_strategies import reports
from gongkai.annual.forms import TABLE_2, TABLE_3, TABLE_4, Form, Ref
from gongkai.annual.model import Undeterminable
from gongkai.annual.read import read_bytes
from gongkai.annual.read.html import read
from gongkai.errors import GongkaiError, Unreadable

DATA = Path(__file__).parents[1] / "data"
PAGES = ("09_shuyang_drc_2023", "13_shanghai_go_2019")


def page(name):
    return (DATA / "reports" / f"{name}.html").read_bytes()


def figures(name):
    published = (DATA / "figures" / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(published, parse_float=Decimal)["tables"]


def drawn(pieces):
    """Pieces of a document as a page; line ends in a cell are line breaks."""
    lines = ["<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>"]
    for piece in pieces:
        if isinstance(piece, str):
            lines.append(f"<p>{html.escape(piece)}</p>")
            continue
        lines.append("<table border='1'>")
        for row in piece:
            cells = (
                f"<td rowspan='{down}' colspan='{across}'>"
                f"{html.escape(text).replace(chr(10), '<br>') or '&nbsp;'}</td>"
                for text, down, across in row
            )
            lines.append(f"<tr>{''.join(cells)}</tr>")
        lines.append("</table>")
    return "\n".join([*lines, "</body></html>"]).encode()


@pytest.mark.parametrize("name", PAGES)
def test_every_published_cell_is_read_exactly(name):
    report = read(page(name))

    assert said(report.tables) == {
        table: rows if isinstance(rows, dict) else None for table, rows in figures(name).items()
    }


def test_a_table_that_the_page_leaves_out_is_absent_with_a_reason():
    report = read(page("09_shuyang_drc_2023"))

    assert report.tables[TABLE_2] is None
    assert report.absent == {TABLE_2: "原文没有找到这张表"}


def test_facts_of_the_page_around_the_report_are_read():
    report = read(page("09_shuyang_drc_2023"), "09.html")

    assert (report.form, report.year, report.organ) == (Form.Y2021, 2023, "沭阳县发展和改革局")
    assert report.header.index_number == "014314799/2024-00002"
    assert report.header.published_on == date(2024, 1, 17)
    assert report.source == "09.html"


def test_prose_holds_neither_tables_nor_navigation():
    report = read(page("09_shuyang_drc_2023"))

    words = "\n".join([*report.header.preamble, *(part.text for part in report.parts)])
    assert [word for word in ("首页", "结果维持", "自然人", "勾稽关系") if word in words] == []
    assert [part.number for part in report.parts] == [1, 3, 4, 5, 6]


def test_each_cell_says_where_it_stood():
    report = read(page("13_shanghai_go_2019"))

    origin = report.origins[Ref(TABLE_3, "一、本年新收政府信息公开申请数量", "自然人")]
    assert (origin.table, origin.row, origin.column, origin.quote) == (2, 4, 4, "821")
    assert report.origins.keys() == {ref for ref, _ in report.cells()}


@pytest.mark.parametrize("variant", VARIANTS)
@settings(max_examples=10, deadline=None)
@given(report=reports(sound=False))
def test_a_table_in_any_shape_reads_back_the_same(variant, report):
    read_back = read(drawn(pieces_of(report, variant)))

    assert said(read_back.tables) == said(report.tables)
    assert read_back.form == report.form


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_the_real_encoding_counts_when_the_page_declares_another(encoding):
    text = page("13_shanghai_go_2019").decode()

    report = read_bytes(text.encode(encoding), "report.html")

    assert said(report.tables) == figures("13_shanghai_go_2019")


def test_a_page_inside_a_layout_table_reads_the_same():
    text = page("13_shanghai_go_2019").decode()
    body = text[text.index("<body>") + 6 : text.index("</body>")]
    nested = f"<html><body><table><tr><td>导航</td><td>{body}</td></tr></table></body></html>"

    assert said(read(nested.encode()).tables) == figures("13_shanghai_go_2019")


def test_a_row_that_lost_a_cell_is_undeterminable_not_shifted():
    text = page("13_shanghai_go_2019").decode()
    lost = text.replace('<p align="center">821</p></td>', "", 1).replace(
        '<td nowrap="nowrap" style="width:38px;"><td', "<td", 1
    )

    report = read(lost.encode())

    row = report.tables[TABLE_3]["一、本年新收政府信息公开申请数量"]
    reason = "“一、本年新收政府信息公开申请数量”行有6格，表头有7列，无法对应"
    assert set(row.values()) == {Undeterminable(reason)}
    assert report.tables[TABLE_3]["二、上年结转政府信息公开申请数量"]["自然人"] == 18


def test_a_lost_column_is_undeterminable_and_the_others_are_read():
    rows = "".join(
        f"<tr><td>{label}</td>{''.join(f'<td>{n}</td>' for n in range(6))}</tr>"
        for label in ("一、本年新收政府信息公开申请数量", "二、上年结转", "（一）予以公开")
    )
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "其他", "总计"]
    source = (
        f"<table><tr><td></td>{''.join(f'<td>{head}</td>' for head in heads)}</tr>{rows}</table>"
    )

    report = read(f"<p>某局2022年政府信息公开工作年度报告</p>{source}".encode())

    row = report.tables[TABLE_3]["二、上年结转政府信息公开申请数量"]
    assert row["总计"] == 5
    assert row["法律服务机构"] == Undeterminable(
        "原文“二、上年结转政府信息公开申请数量”行没有“法律服务机构”这一列"
    )


def test_a_figure_in_a_cell_merged_over_two_columns_belongs_to_neither():
    source = page("13_shanghai_go_2019").decode()
    merged = source.replace(
        '<td nowrap="nowrap" style="width:38px;"><p align="center">821</p></td>'
        '<td nowrap="nowrap" style="width:47px;"><p align="center">35</p></td>',
        '<td colspan="2">856</td>',
    )

    row = read(merged.encode()).tables[TABLE_3]["一、本年新收政府信息公开申请数量"]

    assert isinstance(row["自然人"], Undeterminable)
    assert isinstance(row["商业企业"], Undeterminable)
    assert row["总计"] == 859


def test_the_same_table_twice_with_another_figure_is_undeterminable():
    text = page("13_shanghai_go_2019").decode()
    start = text.index("<table", text.index("<p>三、收到"))
    table = text[start : text.index("</table>", start) + 8]
    twice = text.replace(table, table + table.replace(">821<", ">812<"))

    row = read(twice.encode()).tables[TABLE_3]["一、本年新收政府信息公开申请数量"]

    assert isinstance(row["自然人"], Undeterminable)
    assert row["总计"] == 859


def test_tables_of_figures_in_the_prose_are_no_statutory_tables():
    text = page("09_shuyang_drc_2023").decode()
    table = "<table><tr><td>项目</td><td>数量</td></tr><tr><td>重复申请</td><td>7</td></tr></table>"
    more = text.replace("一、总体情况", f"一、总体情况</p>{table}<p>", 1)

    assert read(more.encode()).tables == read(page("09_shuyang_drc_2023")).tables


@pytest.mark.parametrize(
    "source",
    ["<html></html>", "<table></table>", "<html><body><img src='a.png'></body></html>", "<!-- -->"],
)
def test_a_page_without_text_is_refused_with_a_sentence(source):
    with pytest.raises(Unreadable):
        read(source.encode())


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(PAGES),
    cuts=st.lists(
        st.tuples(
            st.floats(0, 1), st.integers(0, 400), st.sampled_from(["", "<td>", "</tr>", "9"])
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_a_damaged_page_is_read_or_refused_never_anything_else(name, cuts):
    text = page(name).decode()
    for place, length, put in cuts:
        start = int(place * len(text))
        text = text[:start] + put + text[start + length :]

    with contextlib.suppress(GongkaiError):
        assert read(text.encode()).tables.keys() == {TABLE_2, TABLE_3, TABLE_4}


@pytest.mark.parametrize(
    "hide",
    [
        lambda body: f"<div id='c'></div><script>var c = {json.dumps(body)};</script>",
        lambda body: (
            '<script>show({"content":"'
            + json.dumps(body)[1:-1].replace("<", "\\u003c").replace(">", "\\u003e")
            + '"})</script>'
        ),
        lambda body: f"<textarea hidden>{html.escape(body)}</textarea>",
        lambda body: f"<div>{html.escape(body)}</div>",
    ],
    ids=["script", "json", "textarea", "text"],
)
def test_a_page_that_a_script_unfolds_is_unfolded(hide):
    text = page("13_shanghai_go_2019").decode()
    body = text[text.index("<body>") + 6 : text.index("</body>")]

    report = read(f"<html><body>{hide(body)}</body></html>".encode())

    assert said(report.tables) == figures("13_shanghai_go_2019")
    assert report.parts == read(page("13_shanghai_go_2019")).parts


def rows_of(*rows):
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def in_a_report(table):
    return f"<p>某局2022年政府信息公开工作年度报告</p><p>一、总体情况</p>{table}".encode()


RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def test_table_4_with_a_row_for_each_kind_of_dispute_is_read_by_its_labels():
    table = rows_of(
        ("", *RESULTS),
        ("行政复议", 1, 2, 3, 4, 10),
        ("未经复议直接起诉", 5, 0, 0, 0, 5),
        ("复议后起诉", "", "/", "-", 6, 6),
    )

    rows = read(in_a_report(table)).tables[TABLE_4]

    assert [list(cells.values()) for cells in rows.values()] == [
        [1, 2, 3, 4, 10],
        [5, 0, 0, 0, 5],
        [None, None, None, 6, 6],
    ]


def test_table_4_filled_in_with_nothing_is_blank_not_absent():
    table = rows_of(
        ("行政复议", "", "", "", "", "行政诉讼", *[""] * 9),
        (*RESULTS, "未经复议直接起诉", "", "", "", "", "复议后起诉", "", "", "", ""),
        ("", "", "", "", "", *RESULTS, *RESULTS),
        ("&nbsp;",) * 15,
    )

    rows = read(in_a_report(table)).tables[TABLE_4]

    assert [list(cells.values()) for cells in rows.values()] == [[None] * 5] * 3


def test_serial_numbers_before_the_labels_are_no_figures():
    heads = ("序号", "申请人", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构")
    labels = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "重复申请")
    table = rows_of(
        (*heads, "其他", "总计"),
        *((number, label, 1, 2, 3, 4, 5, 6, 21) for number, label in enumerate(labels, 1)),
    )

    rows = read(in_a_report(table)).tables[TABLE_3]

    assert list(rows["三、（五）2.重复申请"].values()) == [1, 2, 3, 4, 5, 6, 21]


def test_a_row_that_no_form_has_is_remarked_and_not_taken():
    table = rows_of(
        ("第二十条第（一）项",),
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", 0, 0, 0),
        ("其他主动公开文件", 7, 8, 9),
        ("行政规范性文件", 1, 2, 3),
    )

    report = read(in_a_report(table))

    assert list(report.tables[TABLE_2]["行政规范性文件"].values()) == [1, 2, 3]
    assert [(remark.code, remark.quote) for remark in report.remarks] == [
        ("unplaced-row", "其他主动公开文件 7 8 9")
    ]


def test_what_stands_aside_is_no_part_of_the_report():
    beside = (
        "<aside><h2>图表</h2><table><tr><th>申请人</th><th>件数</th></tr>"
        "<tr><th>自然人</th><td>335</td></tr></table><p>下载</p></aside></body>"
    )
    whole = page(PAGES[0]).decode()

    told = read(whole.replace("</body>", beside).encode())

    assert told == read(whole.encode())
