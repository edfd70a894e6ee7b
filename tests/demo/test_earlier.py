"""The year before the report, loaded from its register; requests archived, anonymised, kept."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from gongkai.applications.actions.archiving import check_archive
from gongkai.applications.actions.retaining import digest_of, due_applications, due_scans
from gongkai.applications.models import Application, Disposal, LetterTemplate, Load, Paper, Reply
from gongkai.applications.states import State
from gongkai.demo import founding, register
from gongkai.demo.applications import requests_of_the_year
from gongkai.demo.keeping import keep_requests
from gongkai.demo.register import load_register
from gongkai.documents.models import Document
from gongkai.organs.models import Staff
from gongkai.trail.actions import verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_day_of_2026(monkeypatch):
    """Five years are over for most of what was closed in 2021."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 20, 2, tzinfo=UTC))


@pytest.fixture
def city():
    organs = founding.found_organs()
    founding.found_staff(organs)
    founding.found_columns(organs)
    return organs["city"]


def test_the_register_of_the_year_before_is_loaded_and_leaves_nothing_over(city):
    loaded = load_register(city, 2021)
    rows, run = Application.objects.filter(organ=city, year=2021), Load.objects.get()

    assert loaded == run.added == rows.count() == register.REQUESTS == 286
    assert rows.filter(received_on__year=2021, ended_on__year=2021).count() == 286
    assert set(rows.values_list("state", flat=True)) == {State.CLOSED}
    assert not rows.filter(demo=False).exists()
    assert [(one.row, one.column, one.fatal) for one in run.doubts.order_by("row")] == [
        (register._UNSAID + 2, "提交渠道", False),
        (register._LATE + 2, "答复日期", False),
        (register.REQUESTS + 3, "登记编号", True),
    ]
    assert load_register(city, 2021) == 0
    assert verify() is None


def test_closed_requests_are_archived_anonymised_and_kept(city):
    load_register(city, 2021)
    requests_of_the_year(city)

    keep_requests(city)

    archived = Application.objects.filter(state=State.ARCHIVED)
    disposal = Disposal.objects.get()
    gone = Application.objects.filter(anonymised_on__isnull=False)
    longer = Application.objects.get(keep_until__isnull=False)
    assert archived.count() == 3
    assert all(proof.sound for one in archived for proof in check_archive(one))
    assert due_scans(city).count() == 6
    assert (disposal.applications, gone.count()) == (12, 12)
    assert digest_of(disposal.items) == disposal.sha256
    assert set(gone.values_list("applicant_name", flat=True)) == {"已匿名化"}
    assert longer not in due_applications(city)
    assert due_applications(city).count() > 200
    assert verify() is None


def test_a_letter_has_the_words_of_the_office_and_an_answer_is_on_its_way_to_all(city):
    requests_of_the_year(city)

    keep_requests(city)

    template, draft = LetterTemplate.objects.get(), Document.objects.get()
    assert (template.letter, template.organ) == (4, city)
    assert "由工作人员当面协助" in template.body
    assert (draft.state, draft.demo) == ("draft", True)
    assert draft.author == Staff.objects.get(username="qicao2")
    assert Reply.objects.get(published_as=draft.pk).outcome == "A2"


def test_nothing_is_done_twice(city):
    load_register(city, 2021)
    requests_of_the_year(city)
    keep_requests(city)
    before = counts()

    keep_requests(city)

    assert counts() == before


def counts():
    things = (Application, Disposal, LetterTemplate, Paper, Document)
    kept = [one.objects.count() for one in things]
    return [*kept, Application.objects.filter(state=State.ARCHIVED).count()]
