"""每个地址、每种人：the pages of a round walked by everybody, with whatever an address may hold."""

import pytest
from django.urls import reverse

from annual_cases import make_report
from called import YEAR, make_call, make_city, sent_in, signed_in
from city import make_organ, make_staff
from gongkai.annual.write import write
from gongkai.organs.states import Duty
from gongkai.reporting.actions import calling, intaking
from gongkai.reporting.desk.round_urls import urlpatterns
from gongkai.reporting.models import Call

pytestmark = pytest.mark.django_db
GARBAGE = {
    "organ": "x", "year": "１", "show": "%00", "table": "\x00", "row": "'", "at": "!",
    "pk": "9" * 30, "unit": "-1", "move": "drop", "seen": "nothing", "on": "2025-02-30",
    "note": "长" * 5000,
}  # fmt: skip
CANARY = "金丝雀局"


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.DEMO = True


@pytest.fixture
def places():
    """A round with an outside unit and a file to confirm; the addresses, and who walks them."""
    city, (organ,), people = make_city(1)
    made = make_call(city, people[Duty.COMPETENT])
    unit = calling.add_unit(made, by=people[Duty.COMPETENT], name=CANARY)
    sent_in(organ, make_report(organ=organ.name, year=YEAR), call=made)
    writer = make_staff("编报员", Duty.DISCLOSURE, organ=organ)
    report = write(make_report(organ=organ.name, year=YEAR - 1), "json")
    (taken,), _ = intaking.take_in(organ, [("年报.json", report)], by=writer)
    keys = {"call": made.pk, "intake": taken.pk}
    found = []
    for pattern in urlpatterns:
        names = set(pattern.pattern.converters)
        pk = keys["intake"] if pattern.name == "intake" else keys["call"]
        given = {"pk": pk, "key": unit.pk}
        found.append(
            reverse(f"reporting:{pattern.name}", kwargs={name: given[name] for name in names})
        )
    walkers = {
        "主管": people[Duty.COMPETENT],
        "编报": writer,
        "审签": make_staff("审签人", Duty.SIGN, organ=organ),
        "外人": make_staff("外人", Duty.DISCLOSURE, organ=make_organ("别处的局")),
        "起草": make_staff("起草人", Duty.DRAFT, organ=organ),
    }
    return found, walkers


def content_of(answer):
    """The page, or the file read to its end."""
    content = b"".join(answer) if answer.streaming else answer.content
    return content.decode("utf-8", "replace")


def test_no_address_breaks_whoever_comes_with_whatever(client, places):
    found, walkers = places
    for walker in walkers.values():
        signed_in(client, walker)
        for url in found:
            for answer in (client.get(url), client.get(url, GARBAGE), client.post(url, GARBAGE)):
                assert answer.status_code in (200, 302, 400, 403, 404, 405), (url, walker)
                content_of(answer)
    assert Call.objects.get().state == "issued"


def test_nobody_outside_sees_anything_of_a_round(client, places):
    found, walkers = places
    for name in ("外人", "起草", "编报", "审签"):
        signed_in(client, walkers[name])
        for url in found:
            assert CANARY not in content_of(client.get(url)), (url, name)


def test_who_is_not_signed_in_is_sent_to_sign_in(client, places):
    for url in places[0]:
        assert client.get(url).status_code in (302, 405), url
