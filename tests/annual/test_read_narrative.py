"""Titles, header facts and the six parts, as real reports state them."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.annual.model import Contact
from gongkai.annual.read.narrative import tell


@pytest.mark.parametrize(
    ("lines", "organ", "year"),
    [
        (["某市财政局2023年政府信息公开工作年度报告"], "某市财政局", 2023),
        (["某市财政局", "2022年政府信息公开工作年度报告"], "某市财政局", 2022),
        (["2024年上海市科委政府信息公开工作", "年度报告"], "上海市科委", 2024),
        (["关于某县人民政府2021年度政府信息公开工作的年度报告"], "某县人民政府", 2021),
        (["标题: 某实验区2019年度政府信息公开工作年度报告"], "某实验区", 2019),
        (["发布机构：某县教育局", "2020年政府信息公开年报"], "某县教育局", 2020),
    ],
)
def test_organ_and_year_are_told_by_the_title(lines, organ, year):
    story = tell([*lines, "一、总体情况", "工作有序。"])

    assert (story.organ, story.year) == (organ, year)


def test_the_year_is_never_the_year_of_publication():
    story = tell(["发布日期：2024-01-20", "一、总体情况", "2023年，全县收到申请3件。"])

    assert story.year == 2023
    assert story.header.published_on == date(2024, 1, 20)


def test_the_facts_of_the_header_are_found():
    story = tell(
        [
            "某市2022年政府信息公开工作年度报告",
            "索引号：000014349/2023-00002",
            "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）编制。"
            "统计期限自2022年1月1日起至12月31日止。",
            "请与某市人民政府办公室联系（地址：某市中山路1号；邮编：050000；"
            "电话/传真：0311-86689279；电子邮箱：zwgk@163.com）。",
            "一、总体情况",
        ]
    )

    header = story.header
    assert header.index_number == "000014349/2023-00002"
    assert header.basis == ("中华人民共和国政府信息公开条例",)
    assert header.period == (date(2022, 1, 1), date(2022, 12, 31))
    assert header.contact == Contact(
        "某市中山路1号", "050000", "0311-86689279", "0311-86689279", "zwgk@163.com"
    )
    assert len(header.preamble) == 2


def test_an_impossible_date_is_remarked_and_left_out():
    story = tell(
        [
            "某市2022年政府信息公开工作年度报告",
            "统计期限为2022年1月1日至2022年2月30日。",
            "一、总体情况",
        ]
    )

    assert story.header.period is None
    assert [remark.code for remark in story.remarks] == ["impossible-date"]


def test_headings_inside_one_line_are_found():
    text = (
        "本报告包括总体情况、主动公开政府信息情况等六个部分。一、总体情况2023年，工作有序。"
        "（一）主动公开。做好公开。（二）依申请公开。办结3件。二、主动公开政府信息情况无。"
        "四、政府信息公开行政法复议、行政诉讼情况无。六、其他需要报告的事项无其他事项。"
    )

    parts = tell([text]).parts

    assert [(part.number, part.heading) for part in parts] == [
        (1, "总体情况"),
        (2, "主动公开政府信息情况"),
        (4, "政府信息公开行政法复议、行政诉讼情况"),
        (6, "其他需要报告的事项"),
    ]
    assert parts[0].paragraphs == (
        "2023年，工作有序。",
        "（一）主动公开。做好公开。",
        "（二）依申请公开。办结3件。",
    )


def test_a_contents_page_is_no_part():
    headings = [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
    ]

    parts = tell(["目录", *headings, "正文", headings[0], "工作有序。", *headings[1:]]).parts

    assert [part.paragraphs for part in parts] == [("工作有序。",), (), ()]


def test_sub_chapters_named_almost_like_parts_stay_in_part_one():
    story = tell(
        [
            "一、总体情况",
            "三、主动公开工作情况",
            "网站发布393件。",
            "一、主动公开政府信息情况",
            None,
            "二、收到和处理政府信息公开申请情况",
            None,
        ]
    )

    assert [part.number for part in story.parts] == [1, 2, 3]
    assert story.parts[0].paragraphs == ("三、主动公开工作情况", "网站发布393件。")
    assert [remark.quote for remark in story.remarks] == ["一", "二"]


def test_nothing_is_made_up_of_nothing():
    story = tell(["今天天气很好。", None])

    assert story.empty
    assert (story.organ, story.year, story.parts) == ("", None, ())
