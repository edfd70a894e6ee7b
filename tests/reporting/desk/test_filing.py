"""The page on which a report is written."""

import re

import pytest
from django.urls import reverse

from city import make_staff
from filed import YEAR, make_filing, make_writers, write_part
from gongkai.organs.states import Duty
from gongkai.reporting.actions import filling, moving
from gongkai.reporting.counting import BY_HAND
from gongkai.reporting.models import Entry, Filing, Section
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


def fields_of(response):
    """What the browser would send of the form as it was drawn."""
    page = response.content.decode()
    form = page[page.index('<form id="filing"') : page.index('aria-labelledby="trail-title"')]
    found = {}
    for tag in re.findall(r"<input [^>]*>", form):
        told = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        if told.get("type") not in ("file", "checkbox") and "name" in told:
            found[told["name"]] = told.get("value", "")
    for name, text in re.findall(
        r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S
    ):
        found[name] = text
    return found


def opened(client, filing):
    response = client.get(filing.get_absolute_url())
    assert response.status_code == 200
    return fields_of(response)


def test_one_button_saves_all_that_was_touched(client, office):
    organ, people = office
    filing = filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    signed_in(client, people[Duty.DISCLOSURE])
    fields = opened(client, filing)

    fields |= {
        "text-5": "问题\r\n\r\n改进",
        "cell-0": "12",
        "source-0": "审批局报表",
        "phone": "12345",
    }
    response = client.post(reverse("reporting:store", args=[filing.pk]), fields)

    assert response.status_code == 302
    assert Section.objects.get(filing=filing, number=5).text == "问题\n\n改进"
    assert [(one.ref, one.figure, one.source) for one in Entry.objects.all()] == [
        (BY_HAND[0], 12, "审批局报表")
    ]
    assert Filing.objects.get().phone == "12345"
    revisions = Section.objects.order_by("number").values_list("revision", flat=True)
    assert list(revisions) == [0, 0, 0, 0, 0, 1, 0]
