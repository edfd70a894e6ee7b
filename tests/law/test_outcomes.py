from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.errors import BadInput
from gongkai.law.letters import DRAFTING_RULES, LETTERS, Letter, Reader, RemedyKind, letter
from gongkai.law.outcomes import OUTCOMES, Outcome, outcome

FIGURES = Path(__file__).parents[1] / "data" / "figures"
TABLE_3 = "表三 收到和处理政府信息公开申请情况"
SUMS = {
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "三、（七）总计",
    "四、结转下年度继续办理",
}


def rows_of(report: str) -> list[str]:
    tables = json.loads((FIGURES / f"{report}.json").read_text(encoding="utf-8"))["tables"]
    return list(tables[TABLE_3])


def test_the_outcomes_fill_every_leaf_row_of_the_form_in_force() -> None:
    leaves = [row for row in rows_of("01_sjz_gov_office_2022") if row not in SUMS]

    assert list(dict.fromkeys(one.row for one in OUTCOMES)) == leaves


@pytest.mark.parametrize("report", ["13_shanghai_go_2019", "03_hongze_2023"])
def test_the_outcomes_fill_every_leaf_row_of_the_forms_with_one_other_row(report: str) -> None:
    leaves = [row for row in rows_of(report) if row not in SUMS]

    assert list(dict.fromkeys(one.row_2019 for one in OUTCOMES)) == leaves


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("A1", "已经主动公开"),
        ("A2", "可以公开的，向申请人提供"),
        ("B", "能够作区分处理"),
        ("C1", "国家秘密"),
        ("C2", "法律、行政法规禁止公开"),
        ("C3", "国家安全、公共安全、经济安全、社会稳定"),
        ("C4", "商业秘密、个人隐私"),
        ("C5", "内部事务信息"),
        ("C6", "过程性信息"),
        ("C7", "行政执法案卷信息"),
        ("C8", "工商、不动产登记资料"),
        ("D1a", "政府信息不存在"),
        ("D1b", "不属于本行政机关负责公开"),
        ("D2", "加工、分析"),
        ("D3", "申请内容不明确"),
        ("E1", "信访、投诉、举报"),
        ("E2", "不予重复处理"),
        ("E3", "公开出版物"),
        ("E4", "明显超过合理范围"),
        ("E5", "作出答复"),
        ("F1", "逾期不补正的，视为放弃申请"),
        ("F2", "逾期未缴纳的视为放弃申请"),
    ],
)
def test_an_outcome_rests_on_an_article_that_speaks_of_it(code: str, words: str) -> None:
    article = outcome(code).article

    assert article is not None
    assert words in article.text


def test_only_a_withdrawal_and_the_rest_have_no_article_of_their_own() -> None:
    assert [one.code for one in OUTCOMES if one.article is None] == ["F3a", "F3b"]


def test_refusals_under_articles_14_to_16_and_nothing_else_go_to_review_first() -> None:
    refused = {one.code for one in OUTCOMES if one.article and one.article.number in {14, 15, 16}}

    assert refused == {"C1", "C2", "C3", "C4", "C5", "C6", "C7"}
    assert refused == {one.code for one in OUTCOMES if one.remedy is RemedyKind.REVIEW_FIRST}


@pytest.mark.parametrize("one", OUTCOMES, ids=str)
def test_the_letter_of_an_outcome_rests_on_its_article_and_has_its_remedy(one: Outcome) -> None:
    assert one.letter in LETTERS
    assert one.letter.reader is Reader.APPLICANT
    assert one.must_say
    if one.article:
        assert one.article in one.letter.basis
        assert one.remedy is one.letter.remedy


def test_a_code_that_must_be_narrowed_is_not_guessed() -> None:
    with pytest.raises(BadInput) as refusal:
        outcome("D1")

    assert str(refusal.value) == (
        "答复结果D1还要再分：D1a 无法提供：信息不存在、D1b 无法提供：不属于本机关负责公开"
    )


@pytest.mark.parametrize("code", ["", "G1", "C9", "予以公开"])
def test_an_unknown_code_is_refused(code: str) -> None:
    with pytest.raises(BadInput, match=r"没有答复结果"):
        outcome(code)


def test_a_code_is_read_in_either_case() -> None:
    assert outcome("d1A") is outcome("D1a")


def test_there_are_38_letters_numbered_in_order() -> None:
    assert [one.number for one in LETTERS] == list(range(1, 39))
    assert len({one.name for one in LETTERS}) == 38


@pytest.mark.parametrize("one", LETTERS, ids=str)
def test_every_letter_says_what_it_needs_and_on_what_it_rests(one: Letter) -> None:
    assert one.must_say
    assert one.basis or one.practice or one.number == 35
    assert letter(one.number) is one


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (4, "一次性告知申请人作出补正"),
        (5, "延长的期限最长不得超过20个工作日"),
        (6, "第三方应当自收到征求意见书之日起15个工作日内提出意见"),
        (7, "不计算在前款规定的期限内"),
        (8, "逾期未提出意见的视为同意公开"),
        (9, "书面告知第三方"),
        (11, "延迟答复的合理期限"),
        (12, "20个工作日内缴纳费用"),
        (37, "更正"),
    ],
)
def test_a_procedural_letter_rests_on_the_words_that_call_for_it(number: int, words: str) -> None:
    assert any(words in article.text for article in letter(number).basis)


def test_a_letter_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadInput, match=r"没有第39号文书（共38种）"):
        letter(39)


def test_drafting_rules_begin_no_earlier_than_the_law_they_rest_on() -> None:
    for rule in DRAFTING_RULES:
        assert rule.basis or rule.practice
        for article in rule.basis:
            assert rule.since is not None
            assert article.statute.in_force <= rule.since
