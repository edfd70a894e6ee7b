"""清理的意见：one for many documents, those without one, and how the campaign is summed up."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from city import make_staff
from gongkai.documents.actions import cleanup
from gongkai.documents.models import Campaign
from gongkai.documents.waiting import waiting_documents
from gongkai.errors import BadInput, NotAllowed
from gongkai.organs.states import Duty
from library import make_office
from shelf import make_shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def campaign(office):
    make_shelf(office, 3)
    wanted = Campaign(
        organ=office.organ, title="清理", kinds=["normative"], cut_off=timezone.localdate()
    )
    begun = cleanup.begin(wanted, by=office.legal)
    cleanup.advance(begun, "ask", by=office.legal)
    return begun


def test_one_opinion_is_given_for_those_ticked_and_the_rest_can_be_found(
    client, settings, office, campaign
):
    settings.DEMO = True
    client.force_login(office.draft, settings.AUTHENTICATION_BACKENDS[-1])
    first, second, third = campaign.items.all()
    pages = [
        reverse("documents:campaign_item", args=[campaign.pk, one.pk])
        for one in (first, second, third)
    ]

    client.post(
        reverse("documents:campaign_act", args=[campaign.pk]),
        {"item": [first.pk, second.pk], "unit_opinion": "lapse", "unit_reason": "任务已完成"},
    )

    given = campaign.items.values_list("unit_opinion", "unit_reason")
    assert list(given) == [("lapse", "任务已完成"), ("lapse", "任务已完成"), ("", "")]
    here = reverse("documents:campaign", args=[campaign.pk])
    left = client.get(here, {"opinion": "none"}).content.decode()
    assert [f'href="{page}"' in left for page in pages] == [False, False, True]


def test_an_opinion_for_many_is_given_for_all_or_for_none(office, campaign):
    keys = list(campaign.items.values_list("pk", flat=True))

    with pytest.raises(BadInput, match="须写明理由"):
        cleanup.opine_all(campaign, keys, "repeal", by=office.draft, reason="")
    with pytest.raises(NotAllowed, match="由文件的起草单位"):
        cleanup.opine_all(campaign, keys, "keep", by=office.secrecy, reason="")
    with pytest.raises(BadInput, match="勾选"):
        cleanup.opine_all(campaign, [], "keep", by=office.draft, reason="")

    assert set(campaign.items.values_list("unit_opinion", flat=True)) == {""}


def test_a_campaign_is_summed_up_without_stray_marks(office, campaign):
    campaign.cut_off = date(2022, 8, 31)
    assert cleanup.summary(campaign) == "截至2022年8月31日，清理3件。"

    campaign.items.filter(pk=campaign.items.first().pk).update(decision="repeal")

    assert cleanup.summary(campaign) == "截至2022年8月31日，清理3件：废止1件、尚未决定2件。"


def told(staff):
    return [(task.title, task.reason) for task in waiting_documents(staff)]


def test_those_asked_find_the_campaign_on_their_desk_until_they_have_answered(office, campaign):
    other = make_staff("别局的人", Duty.DRAFT)
    keys = list(campaign.items.values_list("pk", flat=True))

    asked = told(office.draft)
    cleanup.opine_all(campaign, keys[:2], "keep", by=office.draft, reason="")
    rest = told(office.draft)
    cleanup.opine_all(campaign, keys[2:], "keep", by=office.draft, reason="")

    assert (asked, rest) == (
        [("清理", "清理征求意见，还有3件没有意见")],
        [("清理", "清理征求意见，还有1件没有意见")],
    )
    assert (told(office.draft), told(office.secrecy), told(other)) == ([], [], [])
