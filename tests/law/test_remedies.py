from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from gongkai.errors import BadInput, NotAllowed
from gongkai.law.articles import LITIGATION_INTERPRETATION, RECONSIDERATION
from gongkai.law.letters import RemedyKind, letter
from gongkai.law.outcomes import OUTCOMES
from gongkai.law.remedies import (
    COMPLAINT_BASIS,
    fee_remedy,
    organ_kind,
    remedy,
    silence_remedy,
    third_party_remedy,
)
from gongkai.law.reviewers import OrganKind, Replier

SHEET = Path(__file__).parents[1] / "data" / "remedies" / "cases.csv"
CASES = list(csv.DictReader(SHEET.read_text(encoding="utf-8").splitlines()))
DAYS = [
    date(2019, 5, 15),
    date(2023, 12, 31),
    date(2024, 1, 1),
    date(2025, 5, 31),
    date(2025, 6, 1),
]


def make_replier(kind: OrganKind = OrganKind.DEPARTMENT) -> Replier:
    return Replier(
        kind,
        "石家庄市财政局",
        government="石家庄市人民政府",
        superior="河北省财政厅",
        seat="长安区人民政府",
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_worked_case_gets_the_remedy_the_law_gives(case: dict[str, str]) -> None:
    replier = Replier(
        OrganKind[case["kind"]],
        case["name"],
        government=case["government"] or None,
        superior=case["superior"] or None,
    )

    found = remedy(case["outcome"], replier, date.fromisoformat(case["date"]))

    assert found.kind is RemedyKind[case["road"]]
    assert found.review is not None
    assert "、".join(map(str, found.review.bodies)) == case["bodies"]
    assert (found.suit.level.value if found.suit else "") == case["court"]


def test_the_paragraph_of_a_reply_open_to_both_roads() -> None:
    found = remedy("A2", make_replier(), date(2025, 7, 1))

    assert found.wording == (
        "如对本答复不服，可以自收到本答复之日起六十日内向石家庄市人民政府申请行政复议，"
        "或者自收到本答复之日起六个月内向有管辖权的人民法院提起行政诉讼。"
    )
    assert found.settled


def test_the_paragraph_of_a_refusal_offers_no_direct_suit() -> None:
    found = remedy("C4", make_replier(), date(2025, 7, 1))

    assert found.wording == (
        "如对本不予公开决定不服，应当先自收到本答复之日起六十日内向石家庄市人民政府申请行政复议；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内依法向人民法院提起行政诉讼"
        "（《行政复议法》第二十三条第一款第（四）项）。"
    )
    assert found.suit is None
    assert RECONSIDERATION.article(23, 2) in found.articles


def test_a_court_of_concentrated_jurisdiction_is_named_when_the_organ_gives_it() -> None:
    replier = Replier(
        OrganKind.DEPARTMENT, "某局", government="某市人民政府", court="石家庄铁路运输法院"
    )

    assert "六个月内向石家庄铁路运输法院提起行政诉讼" in remedy("A2", replier, DAYS[-1]).wording


def test_what_the_law_cannot_know_is_left_to_fill_in() -> None:
    found = remedy("A2", Replier(OrganKind.DEPARTMENT, "某局"), DAYS[-1])

    assert found.to_fill == ("本级人民政府",)
    assert "【需由本机关填写：本级人民政府】" in found.wording
    assert not found.settled


def test_a_province_points_to_the_state_council_after_its_own_review() -> None:
    replier = Replier(OrganKind.PROVINCE, "河北省人民政府")

    assert remedy("C1", replier, DAYS[-1]).wording.endswith(
        "对行政复议决定不服的，除依法提起行政诉讼外，也可以向国务院申请裁决（《行政复议法》第二十六条）。"
    )


def test_a_district_branch_of_a_city_department_has_two_reviewers() -> None:
    found = remedy("A2", make_replier(OrganKind.DISTRICT_BRANCH), DAYS[-1])

    assert found.review is not None
    assert [str(body) for body in found.review.bodies] == ["石家庄市人民政府", "长安区人民政府"]


def test_the_office_that_answers_in_its_own_name_is_told_its_reviewer_is_only_practice() -> None:
    found = remedy("A2", make_replier(OrganKind.DESIGNATED_OFFICE), DAYS[-1])

    assert len(found.doubts) == 1
    assert "以指定该机构的人民政府为复议机关是通行做法，没有条文写明" in found.doubts[0]


def test_doubts_are_said_only_while_they_were_open() -> None:
    replier = make_replier()

    assert [len(remedy("D1a", replier, day).doubts) for day in DAYS] == [0, 0, 1, 1, 0]
    assert [len(remedy("C1", replier, day).doubts) for day in DAYS] == [0, 0, 0, 0, 0]
    assert [len(remedy("B", replier, day).doubts) for day in DAYS] == [0, 0, 1, 1, 1]
    assert [len(remedy("C8", replier, day).doubts) for day in DAYS] == [0, 0, 2, 2, 1]
    assert [len(silence_remedy(replier, day).doubts) for day in DAYS] == [0, 0, 1, 1, 0]


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("kind", [k for k in OrganKind if k is not OrganKind.PUBLIC_ENTERPRISE])
def test_every_period_is_found_in_the_article_it_cites(kind: OrganKind, day: date) -> None:
    for one in OUTCOMES:
        found = remedy(one, make_replier(kind), day)
        if found.kind is RemedyKind.NONE:
            continue
        assert found.review is not None
        assert found.afterwards is not None
        periods = [found.review.period, found.afterwards]
        periods += [found.suit.period] if found.suit else []
        for period in periods:
            assert period.length in period.basis.text
            assert period.basis in found.articles or period is found.afterwards


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_article_is_cited_on_a_day_it_was_not_law(day: date) -> None:
    for kind in OrganKind:
        if kind is OrganKind.PUBLIC_ENTERPRISE:
            continue
        cited = [
            article for one in OUTCOMES for article in remedy(one, make_replier(kind), day).articles
        ]
        cited += silence_remedy(make_replier(kind), day).articles
        for article in cited:
            ended = article.statute.out_of_force
            assert article.statute.in_force <= day
            assert ended is None or day < ended


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (OrganKind.DEPARTMENT, "对本级人民政府工作部门作出的行政行为不服的"),
        (OrganKind.CITY, "对下一级人民政府作出的行政行为不服的"),
        (OrganKind.OUTPOST, "对本级人民政府依法设立的派出机关作出的行政行为不服的"),
        (OrganKind.PROVINCE, "对本机关作出的行政行为不服的行政复议案件"),
        (OrganKind.VERTICAL, "实行垂直领导的行政机关、税务和国家安全机关"),
        (OrganKind.JUSTICE, "也可以向上一级司法行政部门申请行政复议"),
        (OrganKind.BRANCH, "派出机构"),
        (OrganKind.INSTITUTION, "法律、法规、规章授权的组织"),
        (OrganKind.STATE_DEPARTMENT, "对本部门作出的行政行为不服的"),
        (OrganKind.DESIGNATED_OFFICE, "以该指定机构为被告"),
    ],
)
def test_the_reviewer_rests_on_an_article_that_speaks_of_such_an_organ(
    kind: OrganKind, words: str
) -> None:
    found = remedy("A2", make_replier(kind), DAYS[-1])

    assert found.review is not None
    assert all(words in body.basis.text for body in found.review.bodies)


def test_silence_opens_both_roads_from_the_end_of_the_period() -> None:
    found = silence_remedy(make_replier(), date(2025, 7, 1))

    assert found.wording == (
        "行政机关逾期不答复的，可以自答复期限届满之日起六十日内向石家庄市人民政府申请行政复议，"
        "或者自答复期限届满之日起六个月内向有管辖权的人民法院提起行政诉讼。"
    )
    assert LITIGATION_INTERPRETATION.article(66) in found.articles


def test_a_third_party_whose_objection_is_overridden_has_both_roads() -> None:
    by_function = third_party_remedy(make_replier(), DAYS[-1])

    assert by_function.kind is RemedyKind.EITHER
    assert by_function.wording.startswith("如认为拟公开上述信息侵犯你（单位）的合法权益，可以")
    assert remedy(letter(9), make_replier(), DAYS[-1]) == by_function


def test_a_fee_notice_has_no_remedy_of_its_own() -> None:
    found = remedy(letter(12), make_replier(), DAYS[-1])

    assert found == fee_remedy()
    assert found.review is None
    assert found.suit is None
    assert "不能单独就该决定申请行政复议或者提起行政诉讼" in found.wording


def test_procedural_letters_and_withdrawals_end_without_a_notice() -> None:
    for paper in (letter(4), letter(5), "F3a"):
        assert remedy(paper, make_replier(), DAYS[-1]).wording == ""


def test_a_complaint_rests_on_the_articles_that_open_it() -> None:
    assert [article.short for article in COMPLAINT_BASIS] == ["47(2)", "51"]
    assert "投诉、举报" in COMPLAINT_BASIS[1].text


def test_a_public_enterprise_is_answerable_to_its_sector_department() -> None:
    with pytest.raises(NotAllowed, match=r"第五十五条第二款"):
        remedy("A2", make_replier(OrganKind.PUBLIC_ENTERPRISE), DAYS[-1])


def test_a_reply_older_than_the_regulation_is_not_guessed_at() -> None:
    with pytest.raises(BadInput, match=r"修订前的条例"):
        remedy("A2", make_replier(), date(2019, 5, 14))


def test_a_kind_of_organ_is_read_by_label_or_name() -> None:
    assert organ_kind("海关") is organ_kind("customs") is OrganKind.CUSTOMS
    with pytest.raises(BadInput, match=r"没有机关类别“村委会”"):
        organ_kind("村委会")
