"""The reviews and suits of the demonstration: counted, they give the fourth table."""

import json
from pathlib import Path

import pytest

from gongkai.annual.forms import RESULTS, SUIT_AFTER_RECONSIDERATION, TABLE_4
from gongkai.applications.models import Application
from gongkai.demo import founding
from gongkai.demo.applications import requests_of_the_year
from gongkai.demo.disputes import begin_disputes, disputes_of_the_year
from gongkai.demo.figures import REVIEWS, SUITS, YEAR
from gongkai.disputes import figures
from gongkai.disputes.models import Dispute
from gongkai.disputes.states import State

pytestmark = pytest.mark.django_db
FIGURES = Path(__file__).parents[1] / "data" / "figures" / "01_sjz_gov_office_2022.json"


@pytest.fixture
def city():
    organs = founding.found_organs()
    founding.found_staff(organs)
    requests_of_the_year(organs["city"])
    return organs["city"]


def test_counting_the_disputes_gives_the_fourth_table_of_the_report(city):
    assert disputes_of_the_year(city) == REVIEWS + SUITS
    reported = json.loads(FIGURES.read_text("utf-8"))["tables"][TABLE_4]

    assert figures.table_4([city.pk], YEAR) == reported
    assert disputes_of_the_year(city) == 0


def test_what_was_pending_at_the_end_of_the_year_was_concluded_in_the_next(city):
    disputes_of_the_year(city)
    after = figures.table_4([city.pk], YEAR + 1)

    assert {row: cells[RESULTS[3]] for row, cells in after.items()} == dict.fromkeys(after, 0)
    assert sum(cells["总计"] for cells in after.values()) == 9
    suits = Dispute.objects.filter(kind="after")
    assert {one.earlier.application_id == one.application_id for one in suits} == {True}
    assert {one.received_on > one.earlier.concluded_on for one in suits} == {True}
    assert after[SUIT_AFTER_RECONSIDERATION]["结果纠正"] == 1


def test_the_requests_concerned_are_marked_and_the_answers_were_in_time(city):
    disputes_of_the_year(city)

    asked = set(Dispute.objects.values_list("application", flat=True))
    assert asked == set(Application.objects.filter(disputed=True).values_list("pk", flat=True))
    assert {one.answered_late for one in Dispute.objects.all()} == {False}


def test_those_of_these_days_stand_in_different_states(city):
    answered = Application.objects.order_by("pk").last()
    Application.objects.filter(pk=answered.pk).update(year=YEAR + 4)
    assert begin_disputes(city) == 7
    states = set(Dispute.objects.values_list("state", flat=True))

    assert states == {
        State.RECEIVED, State.REVIEWING, State.APPROVED, State.ANSWERED, State.DECIDED,
        State.APPEALED,
    }  # fmt: skip
    assert Dispute.objects.get(state=State.RECEIVED).application == answered
    assert begin_disputes(city) == 0
