"""编报口径：decided by who writes, written down, followed by who has none of its own."""

import pytest
from django.urls import reverse

from called import signed_in
from city import make_organ, make_staff
from filed import YEAR, make_writers
from gongkai.organs.states import Duty
from gongkai.reporting.actions import filling
from gongkai.reporting.counting import practice_of
from gongkai.reporting.models import Practice
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db
URL = "reporting:practice"


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.DEMO = True


@pytest.fixture
def office():
    return make_writers()


def test_it_is_decided_written_down_and_followed_below(client, office):
    organ, people = office
    city = organ.parent
    writer = make_staff("市里编报", Duty.DISCLOSURE, organ=city)
    signed_in(client, writer)
    told = {"own_name": f"{city}办公厅", "whole_name": "", "lapsed_is_repealed": "True"}

    client.post(reverse(URL), told)

    practice = Practice.objects.get()
    assert (practice.organ, practice.own_name) == (city, f"{city}办公厅")
    assert Step.objects.of(practice).get().label == "确定编报口径"
    assert practice_of(organ).lapsed_is_repealed is True
    assert filling.begin(city, YEAR, by=writer).name == f"{city}办公厅"
    page = signed_in(client, people[Duty.DISCLOSURE]).get(reverse(URL))
    assert page.context["follows"] == city
    assert list(page.context["form"].fields) == ["own_name", "lapsed_is_repealed"]


def test_only_who_writes_decides(client, office):
    organ, people = office
    signed_in(client, people[Duty.SIGN])
    assert "由其信息公开机构确定" in client.get(reverse(URL)).content.decode()
    page = client.post(reverse(URL), {"own_name": "", "lapsed_is_repealed": "True"})
    assert "由其信息公开机构确定" in page.content.decode()
    assert not Practice.objects.exists()
    stranger = make_staff("外人", Duty.DISCLOSURE, organ=make_organ("别处的局"))
    signed_in(client, stranger)
    assert client.get(reverse(URL), {"organ": organ.pk}).status_code == 403
