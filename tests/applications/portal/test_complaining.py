"""投诉举报：to the department above, followed by number and code."""

import pytest
from django.test import Client
from django.utils import timezone

from asked import make_office, make_people, make_request
from city import make_organ, make_staff
from gongkai.applications.actions.complaining import competent_above
from gongkai.applications.models import Complaint
from gongkai.organs.states import Duty, Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    return make_office()


@pytest.fixture(autouse=True)
def competent(organ):
    return make_staff("主管员", Duty.COMPETENT, organ=organ.parent)


def text(response):
    return response.content.decode()


def complain(client, **changes):
    told = {
        "organ": "石家庄市财政局",
        "text": "预算没有公开",
        "name": "张三",
        "phone": "13900000000",
    }
    return client.post("/complain/", told | changes, follow=True)


def code_on(page):
    return text(page).split('<dd class="big code">')[1].split("<")[0]


def test_a_complaint_goes_to_the_department_above_with_a_number_and_a_code(client, organ):
    receipt = complain(client)

    one = Complaint.objects.get()
    assert (one.organ, one.against, one.text) == (organ.parent, organ, "预算没有公开")
    assert one.phone.open() == "13900000000"
    assert one.number in text(receipt)
    assert code_on(receipt) == one.code.open()


def test_the_code_is_shown_once(client):
    complain(client)

    assert client.get("/complain/received/")["Location"] == "/track/"


def test_its_answer_is_tracked_by_number_and_code(client):
    complain(client)
    one = Complaint.objects.get()
    other = Client()
    told = {"number": one.number, "code": one.code.open()}

    before = text(other.post("/track/", told, follow=True))
    Complaint.objects.update(
        state="done", finding="内部核实记录", answer="已责令公开", answered_at=timezone.now()
    )
    after = text(other.get("/track/complaint/"))

    assert "主管部门正在核实" in before
    assert "已责令公开" in after
    assert "内部核实记录" not in after
    assert "13900000000" not in after
    assert other.get("/track/case/")["Location"] == "/track/"


def test_an_answer_not_given_yet_is_not_shown(client):
    complain(client)
    one = Complaint.objects.get()
    Complaint.objects.update(state="ordered", answer="还在拟的答复")

    page = client.post("/track/", {"number": one.number, "code": one.code.open()}, follow=True)

    assert "还在拟的答复" not in text(page)


def test_it_may_name_the_request_it_is_about(client, organ):
    request = make_request(organ, make_people(organ)[Duty.DISCLOSURE])

    wrong = complain(client, number="没有〔2025〕第1号")
    complain(client, number=request.number.replace("〔", "(").replace("〕", ")"))

    assert "没有这个编号的申请" in text(wrong)
    assert "预算没有公开" in text(wrong)
    assert Complaint.objects.get().application == request


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"organ": ""}, "请写明投诉哪个机关"),
        ({"organ": "没有这个局"}, "没有找到"),
        ({"text": ""}, "请写明投诉的内容"),
        ({"website": "http://spam.example"}, "不是给投诉人填写的"),
    ],
)
def test_what_is_missing_is_said_and_nothing_lost(client, changes, problem):
    page = text(complain(client, **changes))

    assert problem in page
    assert 'value="13900000000"' in page
    assert Complaint.objects.count() == 0


def test_a_public_enterprise_can_be_complained_of(client, organ):
    make_organ("石家庄市自来水公司", kind=Kind.ENTERPRISE, parent=organ.parent)

    complain(client, organ="自来水公司")

    assert Complaint.objects.get().against.name == "石家庄市自来水公司"


def test_where_nobody_looks_into_it_the_way_is_told(client):
    make_organ("别处的局")

    page = complain(client, organ="别处的局")

    assert "请直接向它的上一级行政机关投诉" in text(page)


def test_the_nearest_department_above_and_never_itself_while_there_is_one(organ):
    make_staff("局里的", Duty.COMPETENT, organ=organ)
    below = make_organ("下属单位", parent=organ)

    assert competent_above(below) == organ
    assert competent_above(organ) == organ.parent
    assert competent_above(organ.parent) == organ.parent
