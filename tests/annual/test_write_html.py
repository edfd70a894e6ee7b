from itertools import chain

import pytest
from hypothesis import given, settings
from tinyhtml5.parser import HTMLParser

from annual_strategies import make_report, reports
from gongkai.annual.forms import Form
from gongkai.annual.model import Report
from gongkai.annual.write import write

NAMESPACE = "{http://www.w3.org/1999/xhtml}"


def parsed(report):
    """The page, by a parser that notes whatever the standard calls an error."""
    parser = HTMLParser()
    page = parser.parse(write(report, "html"), transport_encoding="utf-8")
    assert parser.errors == []
    return page


def texts(page, tag):
    return ["".join(element.itertext()) for element in page.iter(NAMESPACE + tag)]


@given(reports(sound=False))
@settings(max_examples=20)
def test_the_page_is_valid_and_has_one_first_heading(report):
    page = parsed(report)

    assert page.get("lang") == "zh-CN"
    assert texts(page, "title") == texts(page, "h1") == [report.header.title]


def test_an_empty_report_is_a_valid_page():
    page = parsed(Report(None, None, "", {}))

    assert texts(page, "h1") == ["政府信息公开工作年度报告"]


def test_what_the_report_says_is_shown_and_never_markup():
    report = make_report()

    page = parsed(report)

    assert texts(page, "h2")[0] == "一、总体情况"
    assert texts(page, "p") == [
        "索引号：000014349/2025-00002",
        "发布日期：2025-01-17",
        "原文链接：https://www.example.gov.cn/nb?id=1&y=2",
        *report.header.preamble,
        *chain.from_iterable(part.paragraphs for part in report.parts),
    ]
    assert texts(page, "script") == []


@pytest.mark.parametrize("form", Form)
def test_each_figure_names_the_cells_that_head_it(form):
    page = parsed(make_report(form))

    heads = {head.get("id"): "".join(head.itertext()) for head in page.iter(NAMESPACE + "th")}
    figures = list(page.iter(NAMESPACE + "td"))
    assert len(heads) == len(texts(page, "th"))
    first = next(figure for figure in figures if figure.text == "1")
    assert [heads[name] for name in first.get("headers").split()][-1] == "规章"
    assert all(heads[name] for figure in figures for name in (figure.get("headers") or "").split())


def test_each_table_has_a_caption():
    assert texts(parsed(make_report()), "caption") == [
        "表二 主动公开政府信息情况",
        "表三 收到和处理政府信息公开申请情况",
        "表四 政府信息公开行政复议、行政诉讼情况",
    ]
