"""归档的页面：preview, deed, download with a reason, the four qualities, several at once."""

from datetime import date

import pytest
from django.urls import reverse

from asked import answer, make_office, make_people, make_request
from city import make_organ
from gongkai.applications import tasks
from gongkai.applications.actions import serving
from gongkai.applications.actions.archiving import archive, package_of
from gongkai.applications.states import State
from gongkai.organs.states import Duty
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.DEMO = True


@pytest.fixture
def organ():
    return make_office("石家庄市园林局")


@pytest.fixture
def people(organ):
    return make_people(organ)


@pytest.fixture
def clerk(people):
    return people[Duty.DISCLOSURE]


@pytest.fixture
def closed(organ, people, clerk):
    one = make_request(organ, clerk)
    answer(one, people, date(2025, 3, 20))
    serving.close(one, by=clerk)
    return one


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk, backend=BACKEND)
    return client


def text(response):
    return response.content.decode()


def test_the_list_of_the_volume_is_seen_before_archiving(desk, closed):
    url = reverse("applications:deed_archive", args=[closed.pk])
    page = text(desk.get(url))
    assert "政府信息公开申请登记表" in page
    assert closed.papers.get().number in page

    assert desk.post(url).status_code == 302
    closed.refresh_from_db()
    assert closed.state == State.ARCHIVED
    assert "四性检测" in text(desk.get(url))


def test_the_package_is_handed_out_for_a_reason_only(desk, closed, clerk):
    kept = archive(closed, by=clerk)
    url = reverse("applications:desk_attachment", args=[closed.pk, kept.pk])
    assert b"PK\x03\x04" not in desk.get(url).content
    assert desk.post(url, {"reason": ""}).status_code != 200

    answered = desk.post(url, {"reason": "行政复议机关调卷"})
    assert b"".join(answered.streaming_content).startswith(b"PK\x03\x04")
    step = Step.objects.of(closed).last()
    assert (step.label, step.note) == ("下载归档包", "归档包：行政复议机关调卷")


def test_who_only_reviews_cannot_download_it(client, closed, clerk, people):
    kept = archive(closed, by=clerk)
    client.force_login(people[Duty.LEGAL], backend=BACKEND)
    url = reverse("applications:desk_attachment", args=[closed.pk, kept.pk])
    assert client.post(url, {"reason": "看看"}).status_code == 403


def test_checking_tells_the_four_qualities(desk, closed, clerk):
    archive(closed, by=clerk)
    page = text(desk.post(reverse("applications:check_archive", args=[closed.pk])))
    assert page.count(">合格<") == 4
    assert Step.objects.of(closed).last().label == "四性检测"


def test_several_are_looked_over_and_then_archived_in_the_background(
    desk, closed, clerk, monkeypatch
):
    url = reverse("applications:archiving")
    assert closed.number in text(desk.get(url))
    over = text(desk.post(url, {"pk": closed.pk}))
    assert "其中1件可以归档" in over
    assert package_of(closed) is None

    desk.post(url, {"pk": closed.pk, "sure": "1"})
    assert tasks.archive.func(closed.pk, clerk.pk) is True
    closed.refresh_from_db()
    assert closed.state == State.ARCHIVED
    assert tasks.archive.func(closed.pk, clerk.pk) is False
    assert closed.number not in text(desk.get(url))


def test_another_organ_s_closed_requests_are_not_listed(desk, organ):
    other = make_organ(
        "石家庄市城管局", parent=organ.parent, disclosure_office="办公室", address="裕华路1号",
        disclosure_phone="0311-86686001", court="石家庄铁路运输法院",
    )  # fmt: skip
    others = make_people(other)
    one = make_request(other, others[Duty.DISCLOSURE])
    answer(one, others, date(2025, 3, 20))
    serving.close(one, by=others[Duty.DISCLOSURE])
    url = reverse("applications:archiving")
    assert one.number not in text(desk.get(url))
    assert one.number not in text(desk.post(url, {"pk": one.pk}))
