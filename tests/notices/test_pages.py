"""通知的页面：who sees which, what stands there, and what a person chooses for himself."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from city import make_organ, make_staff
from gongkai.notices.actions import preference_of, tell
from gongkai.notices.actions.sending import deliver
from gongkai.notices.models import Notice, Preference
from gongkai.notices.states import Audience, Channel, Pace, State
from gongkai.notices.subjects import Recipient
from gongkai.organs.models import Staff
from post import forget_subjects, mailbox, register_organs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _alone(monkeypatch, settings):
    forget_subjects(monkeypatch)
    settings.DEMO = True
    register_organs(lambda organ, to: True)


@pytest.fixture
def office():
    return make_organ("石州市发展和改革委员会", email="office@example.gov.cn")


def say(organ, number, to=None, channel=Channel.EMAIL):
    return tell(
        f"organs:{organ.pk}:{number}", to or mailbox(organ), channel, f"第{number}件到期",
        "这一段正文不在清单上。", organ, number=f"〔2025〕{number}号",
    )  # fmt: skip


def page(client, staff, address="/desk/notices/"):
    client.force_login(staff)
    return client.get(address)


def titles(response):
    return [item["notice"].title for item in response.context["found"]]


def test_each_office_sees_its_own_and_the_system_administrator_all(client, office):
    other = make_organ("石州市财政局", email="finance@example.gov.cn")
    say(office, 1), say(other, 2)

    seen = {
        duty: titles(page(client, make_staff("", duty, organ=office)))
        for duty in ("disclosure", "office_head", "system")
    }

    assert seen == {
        "disclosure": ["第1件到期"],
        "office_head": ["第1件到期"],
        "system": ["第2件到期", "第1件到期"],
    }


@pytest.mark.parametrize("duty", ["draft", "legal", "sign", "audit"])
def test_the_list_is_not_for_everybody(client, office, duty):
    notice = say(office, 1)
    deliver(notice.pk)
    staff = make_staff("", duty, organ=office)

    assert page(client, staff).status_code == 403
    assert client.post(f"/desk/notices/{notice.pk}/resend/").status_code == 403
    notice.refresh_from_db()
    assert notice.state == State.DROPPED


def test_the_list_shows_the_reason_and_neither_address_nor_text(client, office):
    deliver(say(office, 1).pk)
    say(office, 2, Recipient(Audience.APPLICANT, "7", "13800001234"), Channel.SMS)

    text = page(client, make_staff("", "disclosure", organ=office)).content.decode()

    assert "演示环境不对外发送，没有发出" in text
    assert "o***@example.gov.cn" in text
    assert "138****1234" in text
    assert not re.search("office@example|13800001234|这一段正文", text)


def test_the_list_is_narrowed_by_state_channel_and_words(client, office):
    deliver(say(office, 1).pk)
    say(office, 2, Recipient(Audience.APPLICANT, "7", "13800001234"), Channel.SMS)
    say(office, 3)
    staff = make_staff("", "disclosure", organ=office)

    found = {
        query: titles(page(client, staff, f"/desk/notices/?{query}"))
        for query in ("state=dropped", "channel=sms", "q=第3件", "q=〔2025〕2号", "state=nonsense")
    }

    assert found == {
        "state=dropped": ["第1件到期"],
        "channel=sms": ["第2件到期"],
        "q=第3件": ["第3件到期"],
        "q=〔2025〕2号": ["第2件到期"],
        "state=nonsense": ["第3件到期", "第2件到期", "第1件到期"],
    }


def test_the_button_sends_again_and_leads_back(client, office):
    notice = say(office, 1)
    deliver(notice.pk)
    client.force_login(make_staff("", "disclosure", organ=office))

    answer = client.post(f"/desk/notices/{notice.pk}/resend/?state=dropped")

    assert (answer.status_code, answer["Location"]) == (302, "/desk/notices/?state=dropped")
    notice.refresh_from_db()
    assert notice.state == State.WAITING


def test_pages_follow_each_other_without_gap(client, office):
    for number in range(35):
        say(office, number)
    staff = make_staff("", "disclosure", organ=office)

    first = page(client, staff)
    second = page(client, staff, f"/desk/notices/?at={first.context['page'].older}")

    assert [len(titles(first)), len(titles(second))] == [30, 5]
    assert len(set(titles(first) + titles(second))) == 35


def test_queries_of_the_list_do_not_grow_with_the_rows(client, office):
    staff = make_staff("", "disclosure", organ=office)
    client.force_login(staff)

    def queries():
        with CaptureQueriesContext(connection) as counted:
            client.get("/desk/notices/")
        return len(counted)

    say(office, 1)
    queries()  # what is read once a process is read
    before = queries()
    for number in range(2, 30):
        say(office, number)

    assert queries() == before <= 8


def test_what_a_person_chooses_is_kept(client, office):
    staff = make_staff("", organ=office, email="jia@example.gov.cn", phone="13800001234")
    text = page(client, staff, "/desk/notices/mine/").content.decode()
    assert "发到我的电子邮箱（j***@example.gov.cn）" in text
    assert "发短信到我的手机（138****1234）" in text

    answer = client.post("/desk/notices/mine/", {"sms": "on", "pace": "daily"})

    assert answer.status_code == 302
    kept = preference_of(Staff.objects.get(pk=staff.pk))
    assert (kept.email, kept.sms, kept.pace) == (False, True, Pace.DAILY)


def test_a_way_one_cannot_be_reached_by_is_refused_in_words(client, office):
    staff = make_staff("", organ=office)
    client.force_login(staff)

    answer = client.post("/desk/notices/mine/", {"sms": "on", "pace": "daily"})

    text = answer.content.decode()
    assert "您的账号里没有手机号码，收不到短信" in text
    assert re.search(r'name="sms"[^>]*checked', text)
    assert not Preference.objects.exists()


@pytest.mark.parametrize("pace", ["", "hourly"])
def test_a_pace_there_is_not_is_refused(client, office, pace):
    client.force_login(make_staff("", organ=office))

    assert client.post("/desk/notices/mine/", {"pace": pace}).context["form"].errors["pace"]
    assert not Preference.objects.exists()


def test_notices_of_nobody_s_organ_are_the_system_administrators(client, office):
    register_organs(lambda organ, to: True)
    notice = say(office, 1)
    Notice.objects.filter(pk=notice.pk).update(organ=None)

    assert titles(page(client, make_staff("", "disclosure", organ=office))) == []
    assert titles(page(client, make_staff("", "system"))) == ["第1件到期"]
