"""可见范围：a canary in every state, every public address walked, found only where it may be."""

import re
from datetime import date
from urllib.parse import unquote

import pytest

from city import make_organ, make_staff
from filed import make_filing, make_writers, publish, send_in, write_part
from gongkai.annual.read import read_bytes
from gongkai.documents.actions.publishing import withdraw
from gongkai.documents.models import Column
from gongkai.organs.states import Duty
from gongkai.reporting.actions import filling, moving
from gongkai.reporting.actions.printing import print_report
from gongkai.reporting.models import Filing, Practice
from gongkai.reporting.showing import DOWNLOADS
from gongkai.search.index import index

pytestmark = pytest.mark.django_db
CANARY = "金丝雀"
STATES = ("draft", "signing", "approved", "submitted", "returned", "cleared", "published",
          "withdrawn")  # fmt: skip


def make_canary(mark):
    """A report of an organ of its own that says its mark in its name, its prose and its files."""
    organ, people = make_writers(make_organ(address="青园街218号"))
    Practice.objects.create(organ=organ, own_name=f"{CANARY}{mark}局")
    clerk = people[Duty.DISCLOSURE]
    filing = make_filing(organ, clerk, year=2024)
    write_part(filing, 1, f"（一）工作情况。{CANARY}{mark}正文。", clerk)
    filling.attach(filing, f"{CANARY}{mark}附件".encode(), f"{CANARY}{mark}.txt", by=clerk)
    filling.attach(
        filing, f"{CANARY}{mark}内部".encode(), f"{CANARY}{mark}内部.txt", by=clerk, inside=True
    )
    return filing, people


def take_to(state, filing, people):
    if state == "draft":
        return
    if state in ("published", "withdrawn"):
        publish(filing, people, on=date(2025, 1, 20))
        print_report.call(filing.pk)
        if state == "withdrawn":
            withdraw(filing.document, by=people[Duty.DISCLOSURE], note="含有个人信息")
        return
    moves = {"signing": 1, "approved": 2}
    if state in moves:
        for move, duty in (("send_up", Duty.DISCLOSURE), ("approve", Duty.SIGN))[: moves[state]]:
            moving.advance(filing, move, by=people[duty])
        return
    send_in(filing, people)
    if state == "returned":
        moving.advance(filing, "give_back", by=people[Duty.COMPETENT], note="过于简略")
    elif state == "cleared":
        moving.advance(filing, "clear", by=people[Duty.COMPETENT])


@pytest.fixture
def filings():
    made = {}
    for state in STATES:
        filing, people = make_canary(state)
        take_to(state, filing, people)
        made[state] = Filing.objects.get(pk=filing.pk)
    correction = filling.correct(
        made["published"], by=Filing.objects.get(pk=made["published"].pk).author, note="补充"
    )
    write_part(correction, 1, f"{CANARY}correction正文", correction.author)
    made["correction"] = correction
    return made


def addresses(filings):
    """Every public address a report could stand at, whatever it may answer."""
    yield from ("/reports/", "/reports/years/2024/", "/reports/data/", "/sitemap-pages.xml", "/")
    yield from ("/documents/feed.rss", "/documents/feed.atom", "/sitemap-0.xml", "/archive/2025/")
    yield f"/search/?q={CANARY}"
    for filing in filings.values():
        place = f"/reports/{filing.pk}/"
        yield place
        yield from (f"{place}report.{form}" for form, _ in DOWNLOADS)
        yield from (f"{place}files/{file.pk}/" for file in filing.files.all())
        yield from (
            f"/reports/data/{rest}?unit={filing.organ_id}-own"
            for rest in ("", "series.csv", "series.json", "cells.csv")
        )
        if filing.document:
            document = filing.document.get_absolute_url()
            yield document
            yield from (f"{document}files/{file.pk}/" for file in filing.document.files.all())
    for column in Column.objects.all():
        yield from (column.get_absolute_url(), f"{column.get_absolute_url()}feed.atom")


def said(response):
    """What an answer says, in whatever it is written, and under which name."""
    data = response.getvalue()
    text = re.sub(r"</?mark>", "", data.decode("utf-8", "replace"))
    if data[:4] in (b"PK\x03\x04", b"%PDF"):
        report = read_bytes(data)
        text = report.organ + "".join(part.text for part in report.parts)
    return text + unquote(response.get("Content-Disposition", ""))


def heard(client, filings):
    found = {}
    for address in addresses(filings):
        marks = set(re.findall(rf"{CANARY}([a-z]+)", said(client.get(address))))
        if marks:
            found[address] = marks
    return found


def test_only_what_is_published_is_told_anywhere(client, filings):
    found = heard(client, filings)

    published = filings["published"]
    place, document = f"/reports/{published.pk}/", published.document.get_absolute_url()
    assert set().union(*found.values()) == {"published"}
    assert {address for address in found if not address.startswith("/columns/")} == {
        *("/reports/", "/reports/years/2024/", "/documents/feed.rss", "/documents/feed.atom"),
        *("/reports/data/", "/", "/archive/2025/", f"/search/?q={CANARY}"),
        *(f"{place}{rest}" for rest in ("", *(f"report.{form}" for form, _ in DOWNLOADS))),
        *(f"{place}files/{file.pk}/" for file in published.files.filter(inside=False)),
        *(f"/reports/data/{rest}?unit={published.organ_id}-own"
          for rest in ("", "series.csv", "series.json", "cells.csv")),
        document,
        *(f"{document}files/{file.pk}/" for file in published.document.files.all()),
    }  # fmt: skip


@pytest.mark.parametrize("who", ["a stranger", "the writer"])
def test_on_the_portal_the_staff_sees_what_everybody_sees(client, filings, who, settings):
    settings.DEMO = True
    staff = filings["draft"].author if who == "the writer" else make_staff("路人", Duty.DISCLOSURE)
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert set().union(*heard(client, filings).values()) == {"published"}


def test_the_search_knows_nothing_else(filings):
    found = [entry.url for entry in index().find(CANARY)]

    assert found == [filings["published"].document.get_absolute_url()]
