from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import BadNumber
from gongkai.law.numbers import (
    DocumentNumber,
    Form,
    find_all,
    normalise,
    parse,
    parse_all,
    same,
)

# Real 文号 fields of government sites and how their collector cleaned them, from
# github.com/zongtihuoguoguan/Policy-Transparency-China-2024 @de4720d; docs/document-numbers.md.
SAMPLE = Path(__file__).parents[1] / "data" / "document_numbers.csv"
PAIRS = list(csv.DictReader(SAMPLE.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["raw"])
def test_a_real_field_is_cleaned(pair: dict[str, str]) -> None:
    assert normalise(pair["raw"]) == (pair["ours"] or None)


def test_the_sample_differs_from_its_source_only_in_the_classes_written_down() -> None:
    for pair in PAIRS:
        agreed = pair["class"] in {"一致：原样", "一致：已清洗", "双方都不认"}
        assert (pair["ours"] == pair["source_normalised"]) == agreed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("石政发〔2025〕1号", "石政发〔2025〕1号"),
        ("石政发[2025]1号", "石政发〔2025〕1号"),
        ("石政发【2025】1号", "石政发〔2025〕1号"),
        ("石政发（2025）1号", "石政发〔2025〕1号"),
        ("石政发(2025)1号", "石政发〔2025〕1号"),
        ("石政发﹝2025﹞1号", "石政发〔2025〕1号"),
        ("石政发«2025»1号", "石政发〔2025〕1号"),
        ("石政发［２０２５］００１号", "石政发〔2025〕1号"),
        ("石政发〔2025）1号", "石政发〔2025〕1号"),
        ("石政发2025〕1号", "石政发〔2025〕1号"),
        ("石政发〔2025〕第1号", "石政发〔2025〕1号"),
        ("石政发〔2025〕1", "石政发〔2025〕1号"),
        ("石 政 发 〔 2025 〕 1 号", "石政发〔2025〕1号"),
        ("\u200b石政发\ufeff〔2025〕1号\u3000", "石政发〔2025〕1号"),
        ("发文字号：石政发〔2025〕1号", "石政发〔2025〕1号"),
        ("文　号:石政发〔2025〕1号", "石政发〔2025〕1号"),
        ("（石政发〔2025〕1号）", "石政发〔2025〕1号"),
        ("石政发〔2025〕1号文件", "石政发〔2025〕1号"),
        ("石政发〔二〇二五〕1号", "石政发〔2025〕1号"),
        ("石政规〔2025〕1号", "石政规〔2025〕1号"),
        ("沪府发[99]12号", "沪府发〔1999〕12号"),
        ("沪府发〔04〕12号", "沪府发〔2004〕12号"),
        ("國辦發〔2018〕123號", "国办发〔2018〕123号"),
        ("石家庄市人民政府令第184号", "石家庄市人民政府令第184号"),
        ("省政府令 第102号", "省政府令第102号"),
        ("国务院令（第711号）", "国务院令第711号"),
        ("国务院令711号", "国务院令第711号"),
        ("国务院令第711", "国务院令第711号"),
        ("中华人民共和国主席令第三十号", "中华人民共和国主席令第三十号"),
        ("河北省人民政府令〔2020〕第2号", "河北省人民政府令〔2020〕第2号"),
        ("渝府令〔2020〕338号", "渝府令〔2020〕338号"),
        ("国家税务总局公告2015年第41号", "国家税务总局公告2015年第41号"),
        ("2019年第12号", "2019年第12号"),
        ("石政公开〔2025〕第12号-答", "石政公开〔2025〕12号-答"),
        ("冀财综〔2019〕12号 冀发改价格〔2019〕34号", "冀财综〔2019〕12号、冀发改价格〔2019〕34号"),
        ("国发(1996)32号、国函〔1996〕3号", "国发〔1996〕32号、国函〔1996〕3号"),
    ],
)
def test_a_number_is_printed_one_way_however_it_was_typed(text: str, printed: str) -> None:
    assert normalise(text) == printed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "无",
        "发文字号：",
        "〔2019〕5号",
        "石政发〔2025〕号",
        "石政发〔2025〕0号",
        "石政发〔1925〕1号",
        "石政发〔2O25〕1号",
        "石政发〔2014〕号16",
        "豫政第24号",
        "令第24号",
        "2025年1月1日",
        "的通知沪府发〔2009〕26号",
        "石政发〔2025〕1号等",
        "政" * 5000,
        "9" * 5000,
    ],
)
def test_what_is_not_a_number_is_refused(text: str) -> None:
    assert normalise(text) is None
    with pytest.raises(BadNumber):
        parse(text)


def test_a_field_of_two_numbers_is_not_taken_for_one() -> None:
    with pytest.raises(BadNumber) as refusal:
        parse("国发〔1996〕32号、国函〔1996〕3号")

    assert str(refusal.value) == "“国发〔1996〕32号、国函〔1996〕3号”里有2个文号，请分开填写"


def test_the_parts_of_a_number_are_told_apart() -> None:
    assert parse("石政公开〔2025〕12号-答") == DocumentNumber(
        Form.BRACKETED, "石政公开", 2025, 12, suffix="-答"
    )
    assert parse("国务院令第711号") == DocumentNumber(Form.ORDINAL, "国务院令", None, 711)
    assert parse("财政部公告2015年第3号") == DocumentNumber(Form.YEARLY, "财政部公告", 2015, 3)


@pytest.mark.parametrize(
    ("text", "normative"),
    [
        ("石政规〔2025〕1号", True),
        ("沪卫计规〔2017〕16号", True),
        ("冀人社规字〔2020〕1号", True),
        ("石政发〔2025〕1号", False),
        ("发改法规〔2019〕1号", False),
    ],
)
def test_the_series_of_normative_documents_is_recognised(text: str, *, normative: bool) -> None:
    assert parse(text).normative is normative


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("国务院令第711号", "中华人民共和国国务院令第711号", True),
        ("国令第711号", "国务院令（第711号）", True),
        ("主席令第三十号", "主席令第30号", True),
        ("河北省人民政府令〔2020〕第2号", "河北省人民政府令〔2020〕2号", True),
        ("国发[1996]32号、国函〔1996〕3号", "国函(1996)3号 国发〔1996〕32号", True),
        ("石政发〔2025〕1号", "石政发〔2025〕11号", False),
        ("石政发〔2025〕1号", "石政办发〔2025〕1号", False),
        ("石政发〔2025〕1号", "石政发〔2024〕1号", False),
        ("无", "无", False),
    ],
)
def test_two_fields_are_compared_by_what_they_name(one: str, other: str, *, equal: bool) -> None:
    assert same(one, other) is equal


signs = st.text(st.sampled_from("冀石政办府发函字规财教卫农综环"), min_size=1, max_size=6)
issuers = st.sampled_from(["国务院令", "石家庄市人民政府令", "主席令", "国家税务总局公告"])
years = st.integers(1949, 2099)
serials = st.integers(1, 99_999)
numbers = st.one_of(
    st.builds(
        DocumentNumber,
        st.just(Form.BRACKETED),
        signs,
        years,
        serials,
        suffix=st.sampled_from(["", "-答", "-补", "之一"]),
    ),
    st.builds(
        DocumentNumber, st.just(Form.BRACKETED), issuers, years, serials, ordinal=st.booleans()
    ),
    st.builds(DocumentNumber, st.just(Form.YEARLY), issuers, years, serials),
    st.builds(
        DocumentNumber, st.just(Form.ORDINAL), issuers, st.none(), serials, spelt=st.booleans()
    ),
)


@given(numbers)
def test_a_printed_number_is_read_back_as_itself(number: DocumentNumber) -> None:
    assert parse(str(number)) == number


@given(st.lists(numbers, min_size=1, max_size=4))
def test_several_printed_numbers_are_read_back_in_order(several: list[DocumentNumber]) -> None:
    assert parse_all("、".join(map(str, several))) == tuple(several)


@given(
    st.one_of(
        st.text(max_size=40), st.text("石政发〔[(2019)]〕号第令年 \u200b０-、的", max_size=30)
    )
)
def test_a_normalised_number_needs_no_more_normalising(text: str) -> None:
    printed = normalise(text)

    assert printed is None or normalise(printed) == printed


PROSE = (
    "根据国办发〔2018〕123号、国发〔2019〕5号文件（2019年4月3日国务院令第711号修订），参照 "
    "冀 政 规〔２０２５〕 1 号；石家庄市财政局 石财综〔2022〕3号\n石家庄市人民政府\n"
    "石政发〔2022〕5号和国发〔2019〕7号，呼和浩特市人民政府令第3号公布，见国家税务总局公告2015年第41号。〔2021〕30号"
)


def test_numbers_are_found_in_running_prose_with_their_places() -> None:
    found = list(find_all(PROSE))

    assert [str(one.number) for one in found] == [
        "国办发〔2018〕123号",
        "国发〔2019〕5号",
        "国务院令第711号",
        "冀政规〔2025〕1号",
        "石财综〔2022〕3号",
        "石政发〔2022〕5号",
        "国发〔2019〕7号",
        "呼和浩特市人民政府令第3号",
        "国家税务总局公告2015年第41号",
    ]
    assert [PROSE[one.start : one.end] for one in found][3] == "冀 政 规〔２０２５〕 1 号"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "第33条第2款",
        "2025年第1季度",
        "附件（2024）第3页",
        "令人高兴的第1号展品",
        "电话〔2024〕",
    ],
)
def test_prose_without_a_number_yields_none(text: str) -> None:
    assert list(find_all(text)) == []


@given(st.text("石政发〔[(2019)]〕号第令告年\n 的根据", max_size=80))
def test_whatever_is_found_is_a_number_where_it_is_said_to_stand(text: str) -> None:
    for found in find_all(text):
        assert parse(text[found.start : found.end]) == found.number
