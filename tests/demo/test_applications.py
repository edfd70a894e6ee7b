"""The requests of the demonstration: counted, they give the third table of the report."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.db.models import F

from gongkai.applications.actions.papers import seal_of
from gongkai.applications.clock import columns_of, standing_of
from gongkai.applications.models import Applicant, Application, Reply
from gongkai.applications.states import Category, State
from gongkai.demo import founding
from gongkai.demo.applicants import applicant, identity_number
from gongkai.demo.applications import requests_of_the_year
from gongkai.demo.figures import YEAR
from gongkai.law.outcomes import CARRIED_OUT_ROW, OUTCOMES, outcome
from gongkai.screening.identity import is_resident_number

pytestmark = pytest.mark.django_db
FIGURES = Path(__file__).parents[1] / "data" / "figures" / "01_sjz_gov_office_2022.json"
NEW, CARRIED_IN, SUM = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "三、（七）总计",
)


@pytest.fixture
def city():
    organs = founding.found_organs()
    founding.found_staff(organs)
    return organs["city"]


def reported():
    """Table 3 of the report, cell by cell; a blank cell counts as none."""
    tables = json.loads(FIGURES.read_text("utf-8"))["tables"]
    table = next(rows for name, rows in tables.items() if name.startswith("表三"))
    return {
        row: {name: number or 0 for name, number in cells.items()} for row, cells in table.items()
    }


def counted(organ, year):
    """Table 3 as the records give it: what came in, how each was answered, what is left."""
    rows = Application.objects.filter(organ=organ)
    came = rows.filter(received_on__year=year)
    answered = rows.filter(ended_on__year=year)
    carried_in = answered.filter(received_on__year__lt=year)
    carried_out = rows.filter(received_on__year__lte=year).exclude(ended_on__year__lte=year)
    table = {NEW: _cells(came), CARRIED_IN: _cells(carried_in), SUM: _cells(answered)}
    for row in dict.fromkeys(one.row for one in OUTCOMES):
        codes = [one.code for one in OUTCOMES if one.row == row]
        table[row] = _cells(answered.filter(ended_as__in=codes))
    return table | {CARRIED_OUT_ROW: _cells(carried_out)}


def _cells(rows):
    found = Counter(rows.values_list("category", flat=True))
    cells = {one.label: found[one.value] for one in Category}
    return cells | {"总计": sum(found.values())}


def test_counting_the_requests_gives_the_third_table_of_the_report(city):
    assert requests_of_the_year(city) == 343
    assert counted(city, YEAR) == reported()

    assert requests_of_the_year(city) == 0
    assert Application.objects.count() == 343


def test_each_was_answered_in_time_by_a_letter_that_is_sealed(city):
    requests_of_the_year(city)

    assert not Application.objects.exclude(state=State.CLOSED).exists()
    assert not Application.objects.filter(answered_on__gt=F("last_due_on")).exists()
    replies = Reply.objects.select_related("paper", "application__organ", "application__origin")
    assert len(replies) == 343
    for reply in replies:
        one = reply.application
        told = columns_of(standing_of(one), one.state)
        assert reply.paper.sha256 == seal_of(reply.paper)
        assert reply.paper.letter == outcome(reply.outcome).letter.number
        assert one.subject in reply.paper.body
        assert {name: getattr(one, name) for name in told} == told
        if one.outcome == "E2":
            assert one.origin.applicant_name == one.applicant_name
            assert one.origin.answered_on < one.received_on
            assert f"{one.origin.number}-答" in reply.paper.body
    for person in Applicant.objects.filter(category=Category.PERSON)[:20]:
        assert person.name.endswith("（演示）")
        assert person.email.open().endswith("@example.cn")


def test_the_people_are_nobody():
    numbers = [identity_number(serial) for serial in range(1, 400)]

    assert all(map(is_resident_number, numbers))
    assert {number[:6] for number in numbers} == {"139999"}
    assert len(set(numbers)) == len(numbers)
    assert len({applicant(serial).name for serial in range(1, 344)}) > 300
