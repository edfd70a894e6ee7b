"""What the rules read in the prose, sentence by sentence and in the real reports.

``narrative.csv`` holds sentences and what is read in them, beside the tables of
``make_report``: 100 received, 5 carried in, 102 answered, 3 carried out, 12 reviews, 9 suits,
8 normative documents issued, 3 repealed, 40 in force. （错误） marks a contradiction beyond
doubt. Sentences are added there, not here.
"""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annual_cases import REPORTS, make_report, real
from annual_strategies import reports
from gongkai.annual.checks import Agreement, Kind, Severity, check_report, facts
from gongkai.annual.checks.narrative.numbers import find_numbers
from gongkai.annual.checks.sums import show
from gongkai.annual.forms import NEW, TABLE_3, TOTAL, Ref
from gongkai.annual.model import Header

with (Path(__file__).parent / "narrative.csv").open(encoding="utf-8", newline="") as _file:
    SENTENCES = list(csv.DictReader(_file))
CONFIRMED = [
    json.loads(line)
    for line in (REPORTS / "narrative_facts.jsonl").read_text(encoding="utf-8").splitlines()
    if line
]


@pytest.mark.parametrize("case", SENTENCES, ids=[case["正文"][:24] for case in SENTENCES])
def test_a_sentence_is_read_as_a_person_would(case):
    read = [
        f"{fact.name} {show(fact.value)} {fact.verdict}" + ("（错误）" if fact.certain else "")
        for fact in facts(make_report(case["正文"]))
    ]

    assert "；".join(read) == case["读出"]


@pytest.mark.parametrize(
    "known", CONFIRMED, ids=lambda known: f"{known['report']} {known['metric']}"
)
def test_a_known_fact_of_a_real_report_is_read_with_its_sentence(known):
    found = [
        fact
        for fact in facts(real(known["report"]))
        if (fact.metric, fact.value) == (known["metric"], known["value"])
    ]

    assert [fact.verdict for fact in found] == [
        known["verdict"].partition("(")[0].partition(":")[0]
    ]
    for piece in known["quote"].split("…"):
        assert squeezed(piece) in squeezed(found[0].quote)


def squeezed(text: str) -> str:
    """Without spaces, and with full-width punctuation."""
    return "".join(text.split()).translate(str.maketrans(",()", "，（）"))


def test_no_real_report_is_contradicted_but_where_it_contradicts_itself():
    names = ("01", "02", "03", "07", "09", "11", "13", "15", "16", "17", "18")

    contradicted = {
        name: [fact.name for fact in facts(real(name)) if fact.agreement is Agreement.CONTRADICTED]
        for name in names
    }

    assert {name: found for name, found in contradicted.items() if found} == {
        "13": ["予以+部分公开", "予以+部分公开占比", "无法提供合计"],
        "18": ["新收", "自然人"],
    }


def test_a_sum_under_the_wrong_name_is_a_warning_that_says_so():
    verdict = check_report(real("18"))

    assert verdict.ok
    (finding, _) = verdict.result("N-01").findings
    assert (finding.severity, finding.expected, finding.found) == (Severity.WARNING, 74, 75)
    assert finding.message == (
        "正文说“新收”为75件，表格为74件（等于本年新收与上年结转之和，应写明含上年结转）"
    )
    assert finding.refs == (Ref(TABLE_3, NEW, TOTAL),)
    assert finding.quote.startswith("2022年，全区收到政府信息公开申请75件")


def test_a_contradiction_of_a_table_with_blank_cells_is_a_warning():
    found = check_report(real("13")).result("N-01").findings

    assert [(one.severity.value, one.expected, one.found) for one in found] == [
        ("warning", 275, 258),
        ("warning", 337, 265),
    ]


def test_a_contradiction_beyond_doubt_is_an_error_with_its_place():
    report = make_report("2024年，全市共收到政府信息公开申请101件。")

    (error,) = check_report(report).errors

    assert (error.rule, error.expected, error.found, str(error.place)) == (
        "N-01",
        100,
        101,
        "第一部分第1段",
    )


def test_the_same_number_stated_rightly_elsewhere_takes_the_certainty_away():
    report = make_report("全市共收到政府信息公开申请100件。经审查，受理政府信息公开申请98件。")

    verdict = check_report(report)

    assert verdict.ok
    assert [one.severity for one in verdict.result("N-01").findings] == [Severity.WARNING]


@pytest.mark.parametrize("change", [-1, 1, 10])
def test_any_changed_count_of_a_real_report_is_an_error(change):
    report = real("02")
    part = report.parts[0]
    paragraphs = tuple(text.replace("3119", str(3119 + change)) for text in part.paragraphs)
    report = replace(report, parts=(replace(part, paragraphs=paragraphs), *report.parts[1:]))

    assert [(one.rule, one.found) for one in check_report(report).errors] == [
        ("N-01", 3119 + change)
    ]


def test_numbers_before_a_lost_first_heading_are_read_as_well():
    report = replace(
        make_report(), header=Header(preamble=("依申请公开。全年收到政府信息公开申请100件。",))
    )

    (fact,) = facts(report)

    assert (fact.verdict, str(fact.place)) == ("一致", "开头第1段")


def test_a_sentence_broken_by_the_width_of_a_page_is_read_as_one():
    report = make_report()
    part = replace(
        report.parts[0],
        paragraphs=("2024年，全市各级行政机关共收到并登记政府信息公开申", "请100件，办结102件。"),
    )

    found = facts(replace(report, parts=(part, *report.parts[1:])))

    assert [(fact.name, fact.verdict) for fact in found] == [("新收", "一致"), ("办结", "一致")]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("收到政府信息公开申请100件，同比增长25%。", "一致"),
        ("收到政府信息公开申请100件，较上年增加20件。", "一致"),
        ("收到政府信息公开申请100件，较去年下降25%。", "不一致"),
        ("收到政府信息公开申请100件，同比增长25.1%。", "不一致"),
    ],
)
def test_growth_is_held_against_last_years_report(said, verdict):
    last = make_report(year=2023)
    for column, figure in (("自然人", 70), (TOTAL, 80)):
        last = last.with_cell(Ref(TABLE_3, NEW, column), figure)

    found = [fact for fact in facts(make_report(said), last) if fact.kind is Kind.GROWTH]

    assert [fact.verdict for fact in found] == [verdict]


def test_a_wrong_growth_is_a_warning():
    said = "收到政府信息公开申请100件，同比增长30%。"

    verdict = check_report(make_report(said), last_year=make_report(year=2023))

    assert [one.severity for one in verdict.result("N-06").findings] == [Severity.WARNING]
    assert "变化0.00%" in verdict.result("N-06").findings[0].message


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("予以公开40件，占39.2%。", "一致"),
        ("予以公开40件，占39.22%。", "一致"),
        ("予以公开40件，占39.3%。", "不一致"),
        ("予以公开40件，占40%。", "一致"),
        ("结果维持", None),
    ],
)
def test_a_share_may_be_rounded_or_cut_off_and_is_of_any_total(said, verdict):
    report = make_report("（二）依申请公开。" + said)

    found = [fact.verdict for fact in facts(report) if fact.kind is Kind.SHARE]

    assert found == ([verdict] if verdict else [])


_WORDS = """
收到 受理 办理 答复 办结 政府信息公开申请 依申请公开 申请 上年结转 结转下年度 2023年结转
予以公开 部分公开 不予公开 无法提供 不予处理 其他处理 重复申请 自然人 商业企业
法人或其他组织 行政复议 行政诉讼 复议后起诉 结果维持 尚未审结 均获维持 规章 规范性文件
现行有效 制发 废止 失效 行政许可 行政处罚 行政事业性收费 信息处理费 占 同比增长 较上年减少
办结率 其中 含 分别为 未发生 没有 无 及 和 、 ， ； 。 （ ） 《 》 （一） 第 100件 三件 5份
12起 97.1% 100% 3.5万元 20元 1,234件 ２０件 近百件 0件 两件以上 20余件 2024年 2023年 万 亿
"""


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_WORDS.split()), max_size=40).map("".join), st.booleans())
def test_any_words_in_any_order_are_read_without_falling_over(text, with_last_year):
    last = make_report(year=2023) if with_last_year else None

    for fact in facts(make_report(text), last):
        assert fact.quote in text
        assert fact.certain <= (fact.agreement is Agreement.CONTRADICTED)
        assert json.dumps(fact.as_dict(), ensure_ascii=False)


@settings(max_examples=40, deadline=None)
@given(reports(), st.text())
def test_any_text_in_any_report_is_read_without_falling_over(report, text):
    parts = tuple(replace(part, paragraphs=(*part.paragraphs, text)) for part in report.parts)

    assert isinstance(facts(replace(report, parts=parts)), list)


def test_a_fact_can_be_printed_as_json():
    (fact,) = facts(make_report("全年收到政府信息公开申请100件。"))

    assert fact.as_dict() == {
        "metric": "新收",
        "subject": "",
        "kind": "count",
        "value": 100,
        "quote": "全年收到政府信息公开申请100件。",
        "place": "第一部分第1段",
        "verdict": "一致",
        "table_value": 100,
        "reason": "",
        "cells": [{"table": TABLE_3, "row": NEW, "column": TOTAL}],
    }


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("三百四十三件", [(343, 343, 343)]),
        ("3119件", [(3119, 3119, 3119)]),
        ("近100件", [(100, 0, 100)]),
        ("5500余条", [(5500, 5500, 5600)]),
        ("超过20件", [(20, 20, 30)]),
        ("2.3万件", [(23000, 22500, 24000)]),
        ("两件以上", []),
        ("第3件", []),
        ("每件", []),
        ("20个工作日", []),
        ("12.5%", [(Decimal("12.5"), Decimal("12.5"), Decimal("12.5"))]),
    ],
)
def test_a_number_is_as_exact_as_it_is_said_to_be(text, read):
    assert [(one.value, one.low, one.high) for one in find_numbers(text)] == read
