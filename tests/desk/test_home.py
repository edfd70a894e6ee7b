from datetime import timedelta

import pytest
from django.utils import timezone

from city import make_organ, make_staff
from gongkai.documents.models import Document
from gongkai.jobs.models import Job
from gongkai.jobs.states import State as JobState
from gongkai.organs.waiting import Group, by_due
from library import OTHER_CODE, bring, make_draft, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DEMO = True


def shown(client, staff):
    """Headings of the home of the desk and the titles under each."""
    client.force_login(staff)
    groups = client.get("/desk/").context["groups"]
    return {group["label"]: [task.title for task in group["tasks"]] for group in groups}


def test_each_sees_what_is_his_to_do_and_only_that(client):
    office = make_office()
    make_draft(office, "草稿")
    bring(make_draft(office, "审核中"), office, "unit")
    bring(make_draft(office, "待签"), office, "sign")

    assert shown(client, office.draft) == {"我起草的": ["待签", "审核中", "草稿"]}
    assert shown(client, office.unit_head) == {"待我审核": ["审核中"]}
    assert shown(client, office.sign) == {"待我签发": ["待签"]}
    assert shown(client, office.legal) == {}
    assert shown(client, make_staff("别处的负责人", "unit_head")) == {}
    assert shown(client, office.system) == {}


def test_what_is_late_comes_first(client):
    office = make_office()
    fresh = timezone.localdate() - timedelta(days=2)
    bring(make_draft(office, "不急", facts={"formed_on": fresh}), office)
    bring(make_draft(office, "早该公开"), office)

    assert list(shown(client, office.disclosure).items()) == [
        ("已逾期", ["早该公开"]),
        ("待我办理", ["不急"]),
    ]


def test_what_is_late_below_is_shown_to_the_competent_department(client):
    city = make_organ("石州市政务公开办公室")
    competent = make_staff("主管", "competent", organ=city)
    office = make_office(parent=city)
    elsewhere = make_office("阳州市人民政府办公室", code=OTHER_CODE)
    fresh = timezone.localdate() - timedelta(days=2)
    bring(make_draft(office, "早该公开"), office)
    bring(make_draft(office, "不急", facts={"formed_on": fresh}), office)
    bring(make_draft(elsewhere, "别处的"), elsewhere)

    told = shown(client, competent)

    assert told == {"已逾期": ["早该公开"]}
    task = client.get("/desk/").context["groups"][0]["tasks"][0]
    assert (task.button, task.organ) == ("查看", "石州市人民政府办公室")
    assert task.reason.startswith("逾期未公开，请督促，应于")


def test_who_publishes_and_supervises_is_told_once(client):
    office = make_office()
    both = make_staff("身兼两职", "competent", "disclosure", organ=office.organ)
    bring(make_draft(office, "早该公开"), office)

    assert shown(client, both) == {"已逾期": ["早该公开"]}


def test_what_was_kept_back_comes_again_on_its_day(client):
    office = make_office()
    today = timezone.localdate()
    for title, days in (("到期的", 0), ("没到期的", 1)):
        document = make_draft(office, title)
        Document.objects.filter(pk=document.pk).update(state="kept")
        document.form.__class__.objects.filter(document=document).update(
            review_on=today + timedelta(days=days)
        )

    assert shown(client, office.disclosure) == {"待我办理": ["到期的"]}


def test_near_means_three_days():
    today = timezone.localdate()

    days = {left: by_due(today + timedelta(days=left), today) for left in (-1, 0, 1, 3, 4)}

    assert days == {-1: Group.LATE, 0: Group.TODAY, 1: Group.SOON, 3: Group.SOON, 4: None}


def test_queries_of_the_home_do_not_grow_with_the_rows(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    office = make_office()
    client.force_login(office.unit_head)

    def queries():
        client.get("/desk/")  # what is kept for a while is read, and the session renewed
        with CaptureQueriesContext(connection) as counted:
            client.get("/desk/")
        return len(counted)

    bring(make_draft(office, "一"), office, "unit")
    before = queries()
    for _ in range(4):
        bring(make_draft(office, "又一件"), office, "unit")

    assert queries() == before <= 10


def make_dead_job():
    now = timezone.now()
    return Job.objects.create(
        id="d1", task="gongkai.documents.tasks.nightly", queue="default", backend="default",
        state=JobState.DEAD, enqueued_at=now, run_at=now, finished_at=now, attempts=5,
        max_attempts=5, error="数据库忙",
    )  # fmt: skip


def test_dead_jobs_are_for_the_system_administrator_to_decide(client):
    office = make_office()
    row = make_dead_job()

    client.force_login(office.draft)
    refused = client.get("/desk/jobs/")
    client.force_login(office.system)
    listed = client.get("/desk/jobs/")
    client.post(f"/desk/jobs/{row.pk}/retry/")

    assert refused.status_code == 403
    assert "数据库忙" in listed.content.decode()
    row.refresh_from_db()
    assert (row.state, row.attempts) == (JobState.WAITING, 0)


def test_a_dead_job_can_be_let_be(client):
    office = make_office()
    row = make_dead_job()
    client.force_login(office.system)

    client.post(f"/desk/jobs/{row.pk}/dismiss/")

    assert not Job.objects.filter(pk=row.pk).exists()
    assert client.post("/desk/jobs/d1/retry/").status_code == 404
