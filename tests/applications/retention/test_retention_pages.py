"""保管期限的页面：a list, a preview, a proof to keep."""

from datetime import date

import pytest
from django.urls import reverse

from asked import answer, make_office, make_people, make_request
from gongkai.applications.actions import serving
from gongkai.applications.keeping import waiting_disposals
from gongkai.applications.models import Application, Disposal
from gongkai.organs.states import Duty

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.DEMO = True


@pytest.fixture
def people():
    return make_people(make_office("石家庄市档案局"))


@pytest.fixture
def over(people):
    clerk = people[Duty.DISCLOSURE]
    one = make_request(clerk.organ or people[Duty.SIGN].organ, clerk)
    answer(one, people, date(2025, 3, 20))
    serving.close(one, by=clerk)
    Application.objects.filter(pk=one.pk).update(closed_on=date(2010, 3, 20))
    return one


@pytest.fixture
def desk(client, people):
    client.force_login(people[Duty.DISCLOSURE], backend=BACKEND)
    return client


def text(response):
    return response.content.decode()


def test_what_is_due_is_seen_then_previewed_then_gone_with_a_proof(desk, over):
    url = reverse("applications:retention")
    assert over.number in text(desk.get(url))
    looked = text(desk.post(url, {"kind": "anonymise", "pk": over.pk}))
    assert "申请人1" in looked
    assert "2020-03-20" in looked
    assert Disposal.objects.count() == 0

    told = {"kind": "anonymise", "pk": over.pk, "sure": "1", "reason": "保管期满"}
    answered = desk.post(url, told)
    kept = Disposal.objects.get()
    assert answered.url == kept.get_absolute_url()
    assert "与清单一致" in text(desk.get(answered.url))
    assert over.number not in text(desk.get(url)).split("处置记录")[0]
    csv = b"".join(desk.get(reverse("applications:disposal_file", args=[kept.pk, "csv"])))
    assert over.number in csv.decode()
    pdf = desk.get(reverse("applications:disposal_file", args=[kept.pk, "pdf"]))
    assert pdf.content.startswith(b"%PDF")
    assert desk.get(over.get_absolute_url()).status_code == 200


def test_without_a_reason_nothing_goes(desk, over):
    url = reverse("applications:retention")
    page = text(desk.post(url, {"kind": "anonymise", "pk": over.pk, "sure": "1", "reason": ""}))
    assert "预览" in page
    assert Disposal.objects.count() == 0


def test_who_has_not_the_duty_sees_no_proof_and_no_list(client, desk, over, people):
    told = {"kind": "anonymise", "pk": over.pk, "sure": "1", "reason": "保管期满"}
    desk.post(reverse("applications:retention"), told)
    client.force_login(people[Duty.LEGAL], backend=BACKEND)
    assert client.get(Disposal.objects.get().get_absolute_url()).status_code == 404
    assert "没有管理申请档案的岗位" in text(client.get(reverse("applications:retention")))


def test_keeping_longer_takes_it_off_the_list(desk, over):
    url = reverse("applications:postpone", args=[over.pk])
    assert "保管至2020年3月20日" in text(desk.get(url))
    assert "延长保管的日期" in text(desk.post(url, {"until": "2010-01-01", "reason": "诉讼"}))
    desk.post(url, {"until": f"{date.today().year + 2}-01-01", "reason": "诉讼未终结"})
    desk.get(reverse("applications:retention"))  # says that it was done
    assert over.number not in text(desk.get(reverse("applications:retention")))


def test_the_home_proposes_what_is_due(people, over):
    found = [task.reason for task in waiting_disposals(people[Duty.DISCLOSURE])]
    assert found == ["请鉴定后匿名化或者延长保管"]
    assert list(waiting_disposals(people[Duty.LEGAL])) == []
