"""The list of reports, and a new one."""

from datetime import date

import pytest
from django.urls import reverse

from city import make_organ, make_staff
from filed import YEAR, make_filing, make_writers, publish
from gongkai.organs.states import Duty
from gongkai.reporting.actions import filling
from gongkai.reporting.models import Filing
from gongkai.reporting.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.DEMO = True


@pytest.fixture
def office():
    return make_writers()


def signed_in(client, staff):
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def listed(client, **query):
    response = client.get(reverse("reporting:desk_filings"), query)
    assert response.status_code == 200
    return [line["id"] for line in response.context["lines"]]


def test_the_newest_year_comes_first_and_filters_narrow(client, office):
    organ, people = office
    clerk = people[Duty.DISCLOSURE]
    old = filling.begin(organ, YEAR - 1, by=clerk)
    new = filling.begin(organ, YEAR, by=clerk)
    Filing.objects.filter(pk=old.pk).update(due_on=date(YEAR, 1, 20))
    signed_in(client, clerk)

    assert listed(client) == [new.pk, old.pk]
    assert listed(client, year=YEAR) == [new.pk]
    assert listed(client, late=1) == [old.pk]
    assert listed(client, state=State.PUBLISHED) == []
    assert listed(client, whose="own", scope="own") == [new.pk, old.pk]
    assert listed(client, year="去年", state="无", organ="x") == [new.pk, old.pk]


def test_the_competent_department_sees_what_is_below_and_others_do_not(client, office):
    organ, people = office
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    publish(filing, people)
    stranger = make_staff("外人", Duty.DISCLOSURE, organ=make_organ("石家庄市教育局"))

    assert listed(signed_in(client, people[Duty.COMPETENT]), whose="below") == [filing.pk]
    assert listed(signed_in(client, stranger)) == []
    # Published, it is for him on the portal; its sources and its trail are the desk's.
    assert client.get(filing.get_absolute_url()).status_code == 404


def test_a_new_report_is_begun_from_the_list_once(client, office):
    organ, people = office
    signed_in(client, people[Duty.DISCLOSURE])
    (offer,) = client.get(reverse("reporting:desk_filings")).context["offers"]
    assert offer.reasons == []

    begun = {"organ": organ.pk, "year": YEAR}
    response = client.post(reverse("reporting:begin"), begun)

    made = Filing.objects.get()
    assert (response.status_code, response["Location"]) == (302, made.get_absolute_url())
    (offer,) = client.get(reverse("reporting:desk_filings")).context["offers"]
    assert offer.reasons == [f"{organ}{YEAR}年的年报正在编制，不能再建一份"]
    again = client.post(reverse("reporting:begin"), begun)
    assert again.context["form"].non_field_errors() == [
        f"{organ}{YEAR}年的年报正在编制，不能再建一份。"
    ]


def test_only_a_government_begins_a_sum(client, office):
    organ, _ = office
    city = organ.parent
    both = make_staff("两处任职", Duty.DISCLOSURE, organ=city)
    signed_in(client, both)
    client.post(reverse("reporting:begin"), {"organ": city.pk, "year": YEAR, "scope": "whole"})

    assert Filing.objects.get().scope == "whole"


def test_the_list_asks_as_many_questions_for_one_report_as_for_twenty(
    client, office, django_assert_num_queries
):
    organ, people = office
    signed_in(client, people[Duty.DISCLOSURE])
    filling.begin(organ, 2021, by=people[Duty.DISCLOSURE])
    client.get(reverse("reporting:desk_filings"))
    with django_assert_num_queries(9):
        client.get(reverse("reporting:desk_filings"))
    for year in range(2022, YEAR):
        filling.begin(organ, year, by=people[Duty.DISCLOSURE])
    with django_assert_num_queries(9):
        client.get(reverse("reporting:desk_filings"))
