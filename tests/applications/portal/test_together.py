"""五十人同时提交：nothing is lost, no number twice, none left out; and how often a page asks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from applying import apply, first, second, send, track
from asked import electronic, make_office, make_people, make_request
from gongkai.applications.actions import correcting
from gongkai.applications.actions.conversing import say
from gongkai.applications.models import Application, Draft, Paper
from gongkai.organs.states import Duty
from gongkai.trail.actions import verify
from gongkai.trail.models import Step

CITIZENS = 50


def together(jobs):
    """Run jobs in threads that start at the same moment; what each returned."""
    start = Barrier(len(jobs))

    def run(job):
        try:
            start.wait()
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.mark.django_db(transaction=True)
def test_fifty_citizens_filing_at_once_lose_nothing():
    organ = make_office()
    clients = [Client() for _ in range(CITIZENS)]
    for number, client in enumerate(clients):
        first(client, subject=f"第{number}人要的信息")
        second(client, name=f"第{number}人", phone=f"1380000{number:04}")

    receipts = together([lambda client=client: send(client) for client in clients])

    rows = list(Application.objects.order_by("pk"))
    assert len(rows) == CITIZENS
    assert [row.serial for row in rows] == list(range(1, CITIZENS + 1))
    assert len({row.number for row in rows}) == len({row.code.open() for row in rows}) == CITIZENS
    assert {row.subject for row in rows} == {f"第{n}人要的信息" for n in range(CITIZENS)}
    for row in rows:
        who = row.applicants.get()
        assert row.subject == f"{who.name}要的信息"
    for number, receipt in enumerate(receipts):
        assert f"第{number}人要的信息" in receipt.content.decode()
    assert Paper.objects.filter(letter=3, state="fixed").count() == CITIZENS
    assert Step.objects.filter(move="receive").count() == CITIZENS
    assert verify() is None
    assert organ.applications.count() == CITIZENS


@pytest.mark.django_db(transaction=True)
def test_five_presses_at_the_same_moment_are_one_request():
    make_office()
    client = Client()
    first(client)
    second(client)
    presses = []
    for _ in range(5):
        one = Client()
        one.cookies = client.cookies
        presses.append(one)

    receipts = together([lambda one=one: send(one) for one in presses])

    number = Application.objects.get().number
    assert all(number in receipt.content.decode() for receipt in receipts)
    assert Draft.objects.count() == 1


# ── 一页问几次库 ────────────────────────────────────────────────────────────────────────────


def asked(client, address):
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.django_db
def test_the_page_of_a_request_asks_no_more_for_more_in_it(client):
    organ = make_office()
    clerk = make_people(organ)[Duty.DISCLOSURE]
    today = timezone.localdate()
    request = make_request(organ, clerk, on=today, delivery="online")
    correcting.ask_to_correct(
        request, by=clerk, what="年度", guidance="写明", correct_by=today,
        sending=electronic(today),
    )  # fmt: skip
    track(client, request)
    say(request, "一", by=None)
    few = asked(client, "/track/case/")
    for _ in range(12):
        say(request, "又", by=clerk)

    assert asked(client, "/track/case/") == few <= 26


@pytest.mark.django_db
def test_the_steps_ask_no_more_for_more_in_the_register(client):
    organ = make_office()
    clerk = make_people(organ)[Duty.DISCLOSURE]
    first(client)
    second(client)
    few = [asked(client, f"/apply/{step}/") for step in (1, 2, 3)]
    for number in range(10):
        make_request(organ, clerk, subject=f"第{number}件")

    assert [asked(client, f"/apply/{step}/") for step in (1, 2, 3)] == few
    assert max(few) <= 8


@pytest.mark.django_db
def test_the_receipt_asks_a_bounded_number_of_times(client):
    make_office()
    apply(client)

    assert asked(client, "/apply/sent/") <= 8
