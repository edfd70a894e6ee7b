"""办理页的测试：one office, its people, a request, and a browser for each of them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from asked import make_office, make_people, make_request
from gongkai.organs.states import Duty

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.DEMO = True


@pytest.fixture
def organ():
    return make_office("石家庄市水务局")


@pytest.fixture
def people(organ):
    return make_people(organ)


@pytest.fixture
def clerk(people):
    return people[Duty.DISCLOSURE]


@pytest.fixture
def one(organ, clerk):
    return make_request(organ, clerk)


@pytest.fixture
def today(monkeypatch):
    """Another day than today."""

    def become(day):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: day)

    become(date(2025, 3, 7))
    return become


class Desk:
    """One person's browser."""

    def __init__(self, staff):
        self.client = Client()
        self.client.force_login(staff, backend=BACKEND)

    def get(self, deed, one, *keys):
        return self.client.get(reverse(f"applications:deed_{deed}", args=[one.pk, *keys]))

    def post(self, deed, one, *keys, **told):
        """Sends the form of a deed; the record in hand is brought up to date."""
        url = reverse(f"applications:deed_{deed}", args=[one.pk, *keys])
        response = self.client.post(url, told)
        one.refresh_from_db()
        return response


@pytest.fixture
def desk(clerk):
    return Desk(clerk)


@pytest.fixture
def desk_of(people):
    return lambda duty: Desk(people[duty])


def said(response):
    """What stands at the head of the form."""
    return [str(error) for error in response.context["form"].non_field_errors()]
