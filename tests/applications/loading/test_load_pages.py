"""导入登记簿的页面：upload, columns, doubts, and the deed."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from asked import make_office, make_people
from gongkai.applications import tasks
from gongkai.applications.models import Application, Load, LoadFile
from gongkai.files.models import Blob
from gongkai.organs.states import Duty

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HEADS = "流水,收到日期,申请方式,申请人,申请人类型,申请内容,答复日期,答复结果\n"
GOOD = "档〔2024〕第1号,2024-03-04,当面,王小明,自然人,2023年预算,2024-03-20,予以公开\n"
BAD = "档〔2024〕第2号,2024-03-04,当面,王小明,自然人,2023年预算,2024-03-01,予以公开\n"


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.DEMO = True


@pytest.fixture
def organ():
    return make_office("石家庄市档案局")


@pytest.fixture
def people(organ):
    return make_people(organ)


@pytest.fixture
def desk(client, people):
    client.force_login(people[Duty.DISCLOSURE], backend=BACKEND)
    return client


def text(response):
    return response.content.decode()


def upload(desk, organ, content=HEADS + GOOD + BAD, name="登记簿.csv"):
    file = SimpleUploadedFile(name, content.encode())
    return desk.post(reverse("applications:loads"), {"organ": organ.pk, "file": file})


def test_from_the_upload_to_the_register(desk, organ, django_capture_on_commit_callbacks):
    url = upload(desk, organ).url
    blob = LoadFile.objects.get().blob
    assert bool(blob.sealed)

    # The number's column has a name nobody knows: said in words, nothing lost.
    assert "没有找到登记编号这样的列" in text(desk.post(url, {"do": "check"}))
    desk.post(url, {"do": "check", "column-0": "number"})
    page = text(desk.get(url))
    assert "可以导入1件" in page
    assert "答复日期早于收到日期2024-03-04" in page
    assert not Application.objects.exists()

    desk.post(url, {"do": "apply"})
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.load_register.func(Load.objects.get().pk) == 2
    assert Application.objects.get().number == "档〔2024〕第1号"
    assert "导入完毕：新增1件" in text(desk.get(url))
    assert not Blob.objects.filter(pk=blob.pk).exists()
    assert not default_storage.exists(blob.stored)
    csv = b"".join(desk.get(f"{url}doubts.csv")).decode()
    assert "3,档〔2024〕第2号,答复日期" in csv


def test_nothing_is_loaded_before_it_was_looked_over(desk, organ):
    url = upload(desk, organ).url
    assert "请先检查" in text(desk.post(url, {"do": "apply"}))
    assert Load.objects.get().applied_at is None


def test_giving_up_keeps_nothing(desk, organ, django_capture_on_commit_callbacks):
    url = upload(desk, organ).url
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(url, {"do": "give_up"})
    assert not Load.objects.exists()
    assert not Blob.objects.exists()


def test_what_is_no_register_is_refused_on_the_form(desk, organ):
    assert "不是 .xlsx 或 .csv" in text(upload(desk, organ, name="登记簿.pdf"))
    assert not Load.objects.exists()


def test_who_has_not_the_duty_loads_nothing(client, desk, organ, people):
    url = upload(desk, organ).url
    client.force_login(people[Duty.LEGAL], backend=BACKEND)
    assert client.get(url).status_code == 404
    upload(client, organ)
    assert Load.objects.count() == 1
