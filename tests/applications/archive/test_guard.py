"""定稿的文书：the database itself refuses to change or delete it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from asked import answer, make_office, make_people, make_request
from gongkai.applications.actions.papers import make
from gongkai.applications.models import Disposal, Paper
from gongkai.organs.states import Duty
from gongkai.trail.guard import missing

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_():
    organ = make_office("石家庄市园林局")
    people = make_people(organ)
    one = make_request(organ, people[Duty.DISCLOSURE])
    answer(one, people, date(2025, 3, 20))
    return one


@pytest.fixture
def fixed(request_):
    return request_.replies.get().paper


def refused(deed):
    with pytest.raises(IntegrityError, match="文书定稿后不能修改或删除"), transaction.atomic():
        deed()


def rows(paper):
    return Paper.objects.filter(pk=paper.pk)


def test_the_text_of_a_fixed_paper_cannot_be_changed(fixed):
    refused(lambda: rows(fixed).update(body="另一个决定"))
    refused(lambda: rows(fixed).update(state=Paper.State.DRAFT))
    refused(lambda: rows(fixed).update(sha256="0" * 64))


def test_a_fixed_paper_cannot_be_deleted(fixed):
    def delete():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM applications_paper WHERE id = %s", [fixed.pk])

    refused(delete)


def test_that_the_applicant_read_it_can_be_noted(fixed):
    now = timezone.now()
    assert rows(fixed).update(read_at=now) == 1
    fixed.refresh_from_db()
    assert fixed.read_at == now


def test_a_draft_can_be_changed_and_deleted(request_):
    draft = make(request_, 5, by=None, complete=False)
    assert rows(draft).update(body="改过") == 1
    assert rows(draft).delete()[0] == 1


def test_a_fixed_paper_turns_only_into_one_without_names_and_once(fixed):
    assert rows(fixed).update(state=Paper.State.ERASED, body="××") == 1
    refused(lambda: rows(fixed).update(body="另一个决定"))
    refused(lambda: rows(fixed).update(state=Paper.State.FIXED))
    refused(lambda: rows(fixed).update(state=Paper.State.ERASED, body="再改"))


def test_a_record_of_what_was_removed_is_for_ever(request_):
    kept = Disposal.objects.create(
        organ=request_.organ, kind="scans", reason="期满", applications=1, sha256="0" * 64,
        by_name="系统",
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="处置记录只能增加"), transaction.atomic():
        Disposal.objects.filter(pk=kept.pk).update(reason="别的")
    with pytest.raises(IntegrityError, match="处置记录只能增加"), transaction.atomic():
        kept.delete()


def test_the_guard_is_there():
    assert missing() == []
