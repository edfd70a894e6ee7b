"""清理：the year 2022 of 石家庄 as its report tells it: 2 废止, 40 失效, 4 延期, 102 现行有效."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.documents.actions import cleanup
from gongkai.documents.figures import normative_figures
from gongkai.documents.models import Campaign, CampaignItem, Document, Publication, Version
from gongkai.documents.states import CleanupState
from gongkai.errors import BadInput, NotAllowed
from gongkai.trail.actions import verify
from library import fresh, make_office
from shelf import make_shelf

pytestmark = pytest.mark.django_db


def make_campaign(office, **fields):
    campaign = Campaign(
        organ=office.organ,
        title="2022年行政规范性文件清理",
        kinds=["normative"],
        cut_off=timezone.localdate(),
        **fields,
    )
    return cleanup.begin(campaign, by=office.legal)


def decide_all(campaign, office, decisions):
    """Walk the campaign to the day of decision: an opinion and a decision for each."""
    cleanup.advance(campaign, "ask", by=office.legal)
    items = list(CampaignItem.objects.filter(campaign=campaign).select_related("document__organ"))
    for item in items:
        item.campaign = campaign
        cleanup.opine(item, "keep", by=office.draft, reason="")
    cleanup.advance(campaign, "gather", by=office.legal)
    cleanup.write_opinion(campaign, "清理程序合法。", by=office.legal)
    for item, decision in zip(items, decisions, strict=True):
        valid_to = timezone.localdate() + timedelta(days=1000) if decision == "extend" else None
        cleanup.decide(item, decision, by=office.legal, reason="清理", valid_to=valid_to)
    cleanup.advance(campaign, "judge", by=office.legal)


def test_the_year_2022_of_the_shijiazhuang_report():
    office = make_office()
    # 134 in force before, 10 issued in the year; 2 and 40 of them go.
    make_shelf(office, 134, formed_on=date(2021, 5, 1))
    make_shelf(office, 10, formed_on=timezone.localdate(), start=200)
    campaign = make_campaign(office)
    decisions = ["repeal"] * 2 + ["lapse"] * 40 + ["extend"] * 4 + ["keep"] * 98

    decide_all(campaign, office, decisions)
    result = cleanup.apply(campaign, by=office.sign, number="石政办发〔2022〕9号")

    year = timezone.localdate().year
    assert normative_figures([office.organ.pk], "normative", year) == {
        "issued": 10,
        "repealed": 2,
        "lapsed": 40,
        "in_force": 102,
    }
    assert campaign.state == CleanupState.APPLIED
    assert [
        (how, result.acts.filter(link=how).count()) for how in ("repeals", "lapses", "extends")
    ] == [
        ("repeals", 2),
        ("lapses", 40),
        ("extends", 4),
    ]
    on = campaign.cut_off
    assert fresh(result).summary == (
        f"截至{on.year}年{on.month}月{on.day}日，清理144件：废止2件、宣布失效40件、延长有效期4件、继续有效98件。"
    )
    assert verify() is None


def test_the_result_publishes_itself_as_a_catalogue():
    office = make_office()
    make_shelf(office, 3)
    campaign = make_campaign(office)
    decide_all(campaign, office, ["repeal", "lapse", "keep"])

    result = cleanup.apply(campaign, by=office.sign)

    html = Version.objects.get(document=result).html
    assert result in Document.objects.public()
    assert [
        html.count(word) for word in ("废止的文件（1件）", "宣布失效的文件（1件）", "规定0")
    ] == [1, 1, 1]
    assert [p.channel for p in Publication.objects.filter(document=result)] == [
        "website",
        "gazette",
    ]


def test_the_result_says_until_when_as_a_document_would():
    office = make_office()
    make_shelf(office, 1)
    campaign = make_campaign(office)
    decide_all(campaign, office, ["extend"])
    until = campaign.items.get().valid_to

    result = cleanup.apply(campaign, by=office.sign)

    html = Version.objects.get(document=result).html
    assert html.count(f">{until.year}年{until.month}月{until.day}日</td>") == 1


def test_one_document_that_cannot_be_ended_stops_the_whole_deed():
    office = make_office()
    first, second = make_shelf(office, 2)
    campaign = make_campaign(office)
    decide_all(campaign, office, ["repeal", "lapse"])
    Document.objects.filter(pk=second.pk).update(validity="repealed")

    with pytest.raises(NotAllowed, match="清理期间已经不再有效"):
        cleanup.apply(campaign, by=office.sign)

    assert fresh(first).validity == "in_force"
    assert Document.objects.filter(kind="catalogue").count() == 0
    assert Campaign.objects.get().state == CleanupState.DECIDING


def test_who_organised_the_clean_up_does_not_decide_it():
    office = make_office()
    make_shelf(office, 1)
    campaign = make_campaign(office)
    decide_all(campaign, office, ["keep"])

    with pytest.raises(NotAllowed):
        cleanup.apply(campaign, by=office.legal)


def test_the_list_is_what_is_in_force_up_to_the_cut_off():
    office = make_office()
    make_shelf(office, 2, formed_on=date(2021, 5, 1))
    make_shelf(office, 1, formed_on=timezone.localdate(), start=50)
    make_shelf(office, 1, formed_on=date(2020, 5, 1), start=80, kind="policy")

    campaign = cleanup.begin(
        Campaign(organ=office.organ, title="清理", kinds=["normative"], cut_off=date(2022, 1, 1)),
        by=office.legal,
    )

    assert campaign.items.count() == 2


@pytest.mark.parametrize(
    ("decision", "given", "said"),
    [
        ("extend", {}, "今天以后的新有效期"),
        ("keep", {"valid_to": date(2099, 1, 1)}, "只有延长有效期"),
        ("repeal", {}, "须写明理由"),
    ],
)
def test_a_decision_says_what_it_has_to_say(decision, given, said):
    office = make_office()
    make_shelf(office, 1)
    campaign = make_campaign(office)
    decide_all(campaign, office, ["keep"])
    item = campaign.items.select_related("campaign").get()

    with pytest.raises(BadInput, match=said):
        cleanup.decide(item, decision, by=office.legal, **given)


@pytest.mark.parametrize("move", ["ask", "gather", "judge"])
def test_a_stage_is_not_left_before_its_work_is_done(move):
    office = make_office()
    campaign = make_campaign(office)
    if move != "ask":
        make_shelf(office, 1)
        campaign = make_campaign(office)
        cleanup.advance(campaign, "ask", by=office.legal)
    if move == "judge":
        Campaign.objects.filter(pk=campaign.pk).update(state=CleanupState.LEGAL)
        campaign.refresh_from_db()

    with pytest.raises(NotAllowed):
        cleanup.advance(campaign, move, by=office.legal)
