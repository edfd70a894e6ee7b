from __future__ import annotations

import pickle
from copy import deepcopy
from datetime import date

import pytest

from gongkai.errors import BadNumber
from gongkai.law.articles import (
    CIVIL_PROCEDURE,
    FEE_MEASURE,
    LITIGATION_INTERPRETATION,
    RECONSIDERATION,
    RECONSIDERATION_2017,
    REGULATION,
    STATUTES,
    Statute,
    cite,
)


def test_the_regulation_is_kept_whole() -> None:
    assert REGULATION.complete
    assert REGULATION.numbers == tuple(range(1, 57))
    assert REGULATION.in_force == date(2019, 5, 15)
    assert REGULATION.number == "国务院令第711号"


def test_a_paragraph_is_quoted_word_for_word() -> None:
    third = REGULATION.article(33, 3)

    assert third.text == "行政机关征求第三方和其他机关意见所需时间不计算在前款规定的期限内。"
    assert third.quotation == f"《政府信息公开条例》第三十三条第三款规定：“{third.text}”"


def test_an_item_is_quoted_without_its_mark() -> None:
    assert REGULATION.article(36, item=4).text == (
        "经检索没有所申请公开信息的，告知申请人该政府信息不存在；"
    )


def test_an_article_holds_all_its_paragraphs_and_items() -> None:
    whole = REGULATION.article(31)

    assert whole.text.splitlines() == [
        "行政机关收到政府信息公开申请的时间，按照下列规定确定：",
        *(f"（{mark}）{REGULATION.article(31, item=n).text}" for n, mark in enumerate("一二三", 1)),
    ]


@pytest.mark.parametrize(
    ("place", "printed", "short"),
    [
        ((33, 2, None), "《政府信息公开条例》第三十三条第二款", "33(2)"),
        ((36, None, 4), "《政府信息公开条例》第三十六条第（四）项", "36(4)"),
        ((36, 1, 4), "《政府信息公开条例》第三十六条第（四）项", "36(4)"),
        ((4, None, 1), "《政府信息公开条例》第四条第二款第（一）项", "4(2)(1)"),
        ((38, 1, None), "《政府信息公开条例》第三十八条", "38"),
        ((56, None, None), "《政府信息公开条例》第五十六条", "56"),
    ],
)
def test_a_place_is_printed_the_way_lawyers_cite_it(
    place: tuple[int, int | None, int | None], printed: str, short: str
) -> None:
    article = REGULATION.article(*place)

    assert str(article) == printed
    assert article.short == short


@pytest.mark.parametrize(
    "text",
    [
        "第三十三条第二款",
        "第33条第2款",
        "第３３条第２款",
        "条例第三十三条第二款",
        "本条例第三十三条第二款",
        "《政府信息公开条例》第三十三条第二款",
        "《中华人民共和国政府信息公开条例》第33条第二款",
        " 第 33 条 第 2 款 ",
        "第三十三条二款",
    ],
)
def test_a_citation_is_read_in_any_of_its_dresses(text: str) -> None:
    assert cite(text, REGULATION) == REGULATION.article(33, 2)


@pytest.mark.parametrize(
    "text", ["第三十六条第（四）项", "第三十六条第四项", "第36条第(4)项", "第三十六条（四）项"]
)
def test_an_item_is_read_with_and_without_brackets(text: str) -> None:
    assert cite(text, REGULATION) == REGULATION.article(36, item=4)


def test_a_named_statute_need_not_be_passed() -> None:
    assert cite("《行政复议法》第二十三条第一款第（四）项") == RECONSIDERATION.article(23, 1, 4)
    assert cite("行诉解释第六十四条") == LITIGATION_INTERPRETATION.article(64)
    assert cite("国办函〔2020〕109号第七条") == FEE_MEASURE.article(7)


def test_the_name_of_an_old_version_means_it_only_when_asked_for() -> None:
    assert cite("行政复议法第九条", RECONSIDERATION_2017).statute == RECONSIDERATION_2017
    assert cite("行政复议法第二十条").statute == RECONSIDERATION


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("第八十条", "《政府信息公开条例》没有第八十条（共56条）"),
        ("第三十三条第九款", "《政府信息公开条例》第三十三条没有第九款（共3款）"),
        ("第三十六条第八项", "《政府信息公开条例》第三十六条没有第（八）项（共7项）"),
        ("第三十三条第一项", "《政府信息公开条例》第三十三条没有第（一）项"),
        ("第0条", "《政府信息公开条例》没有第0条（共56条）"),
        ("33", "“33”不是法条的写法，应当如“第三十三条第二款”"),
        ("第三十三条第二款等", "“第三十三条第二款等”不是法条的写法，应当如“第三十三条第二款”"),
        ("", "“”不是法条的写法，应当如“第三十三条第二款”"),
        ("《城乡规划法》第二条", "未收录《城乡规划法》"),
        ("《行政复议法》第二十条", "《行政复议法》与《政府信息公开条例》不是同一部法律"),
    ],
)
def test_what_does_not_exist_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadNumber) as refusal:
        cite(text, REGULATION)

    assert str(refusal.value) == sentence


def test_an_article_left_out_of_an_excerpt_is_not_called_missing_from_the_law() -> None:
    with pytest.raises(BadNumber) as refusal:
        CIVIL_PROCEDURE.article(3)

    assert str(refusal.value) == "《民事诉讼法》第三条不在已收录的条文之内"


def test_a_bare_number_needs_a_statute() -> None:
    with pytest.raises(BadNumber) as refusal:
        cite("第二十条")

    assert str(refusal.value) == "“第二十条”没有写明是哪部法律"


@pytest.mark.parametrize("statute", STATUTES, ids=lambda statute: statute.key)
def test_every_article_of_every_statute_can_be_cited_and_found_again(statute: Statute) -> None:
    for article in statute:
        assert article.text
        assert cite(str(article), statute) == article
        assert cite(article.place, statute) == article


@pytest.mark.parametrize("statute", STATUTES, ids=lambda statute: statute.key)
def test_every_statute_says_what_it_is(statute: Statute) -> None:
    assert statute.title
    assert statute.number.endswith("号")
    assert statute.source
    assert statute.in_force > date(2000, 1, 1)
    assert list(statute.numbers) == sorted(statute.numbers)


def test_an_article_stays_itself_when_copied_or_sent_to_another_process() -> None:
    article = REGULATION.article(33, 2)

    assert pickle.loads(pickle.dumps(article)) == article
    assert deepcopy(article) == article
    assert len({article, REGULATION.article(33, 2), REGULATION.article(33, 3)}) == 2
