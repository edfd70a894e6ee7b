"""每日汇总与清除：one mail a person in place of many; addresses and texts go in their time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from city import make_organ, make_staff
from gongkai.jobs.models import Job
from gongkai.jobs.schedule import TIMETABLE
from gongkai.notices.actions import choose, resend, tell, tell_staff
from gongkai.notices.actions.erasing import erase
from gongkai.notices.actions.sending import catch_up, deliver
from gongkai.notices.actions.summing import summarise
from gongkai.notices.models import Notice
from gongkai.notices.states import Channel, Pace, State
from post import forget_subjects, mailbox, post_office, register_organs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    forget_subjects(monkeypatch)


@pytest.fixture
def office():
    register_organs()
    return make_organ("石州市发展和改革委员会", email="office@example.gov.cn")


@pytest.fixture
def daily(office):
    """Somebody who wants one mail a day."""
    one = make_staff("甲", "disclosure", organ=office, email="jia@example.gov.cn")
    choose(one, email=True, sms=False, pace=Pace.DAILY)
    return one


def remind(staff, organ, number, **options):
    return tell_staff(
        staff, f"organs:due:{number}", f"第{number}件到期", "请办理。", organ, **options
    )


def states():
    return list(Notice.objects.order_by("pk").values_list("state", flat=True))


def test_many_reminders_of_a_day_are_one_mail(office, daily, settings):
    for number in (1, 2, 3):
        remind(daily, office, number, link=f"/desk/x/{number}/")
    assert not Job.objects.exists()
    assert catch_up() == 0

    assert (summarise(), summarise()) == (1, 0)
    summary = Notice.objects.get(title="您有 3 条提醒")
    with post_office(settings) as post:
        deliver(summary.pk)

    ((receivers, letter),) = post.letters
    assert receivers == ["jia@example.gov.cn"]
    text = letter.get_content()
    assert [line for line in text.splitlines() if line.endswith("件到期")] == [
        "1. 第1件到期", "2. 第2件到期", "3. 第3件到期",
    ]  # fmt: skip
    assert states() == [State.SENT] * 4


def test_what_is_urgent_does_not_wait(office, daily):
    remind(daily, office, 1, urgent=True)

    assert Job.objects.count() == 1
    assert summarise() == 0


def test_each_gets_his_own(office, daily):
    other = make_staff("乙", organ=office, email="yi@example.gov.cn", phone="13800001234")
    choose(other, email=True, sms=True, pace=Pace.DAILY)
    remind(daily, office, 1)
    remind(other, office, 2)

    assert summarise() == 3
    made = Notice.objects.filter(key__startswith="notices:summary:").order_by("channel", "pk")
    assert {(one.recipient_id, one.channel, one.body.split("\n")[0]) for one in made} == {
        (str(daily.pk), "email", "1. 第1件到期"),
        (str(other.pk), "email", "1. 第2件到期"),
        (str(other.pk), "sms", "1. 第2件到期"),
    }


def test_a_morning_without_the_job_loses_nothing(office, daily):
    remind(daily, office, 1)
    Notice.objects.update(created_at=timezone.now() - timedelta(days=3))
    remind(daily, office, 2)

    summarise()

    assert Notice.objects.get(title="您有 2 条提醒").parts.count() == 2
    entry = TIMETABLE.entries["notices.summary"]
    late = timezone.now() - timedelta(days=3)
    assert len(entry.slots(late, timezone.now())) == 1


def test_what_is_no_longer_his_is_left_out(office, daily):
    elsewhere = make_organ("石州市财政局")
    remind(daily, office, 1)
    remind(daily, office, 2)
    Notice.objects.filter(title="第1件到期").update(subject_id=str(elsewhere.pk))

    summarise()

    gone = Notice.objects.get(title="第1件到期")
    assert (gone.state, gone.within) == (State.DROPPED, None)
    assert Notice.objects.get(title="您有 1 条提醒").parts.get().title == "第2件到期"


def test_whoever_has_left_gets_no_summary(office, daily):
    remind(daily, office, 1)
    daily.is_active = False
    daily.save()

    summarise()

    assert states() == [State.DROPPED]


def test_a_summary_that_failed_is_sent_again_with_its_parts(office, daily, settings):
    remind(daily, office, 1)
    summarise()
    summary = Notice.objects.get(title="您有 1 条提醒")
    deliver(summary.pk)
    assert states() == [State.DROPPED, State.DROPPED]
    summary.refresh_from_db()

    resend(summary, by=daily)
    assert states() == [State.WAITING, State.WAITING]
    with post_office(settings):
        deliver(summary.pk)

    assert states() == [State.SENT, State.SENT]


def test_more_than_one_mail_holds_is_two_mails(office, daily, monkeypatch):
    monkeypatch.setattr("gongkai.notices.actions.summing.MOST", 2)
    for number in (1, 2, 3):
        remind(daily, office, number)

    assert summarise() == 2
    assert Notice.objects.filter(held=True, within=None).count() == 0


def test_addresses_and_texts_go_when_their_time_is_up(office, settings):
    settings.NOTICE_DAYS = 200
    old, young, waiting = (
        tell(f"organs:note:{n}", mailbox(office), Channel.EMAIL, f"提醒{n}", "正文", office)
        for n in range(3)
    )
    now = timezone.now()
    ended = Notice.objects.filter(pk=old.pk)
    ended.update(state=State.SENT, ended_at=now - timedelta(days=200, minutes=1))
    ended = Notice.objects.filter(pk=young.pk)
    ended.update(state=State.SENT, ended_at=now - timedelta(days=199))
    Notice.objects.filter(pk=waiting.pk).update(created_at=now - timedelta(days=900))

    assert (erase(), erase()) == (1, 0)

    with connection.cursor() as cursor:
        cursor.execute("SELECT address, body, link, title FROM notices_notice WHERE body = ''")
        assert cursor.fetchall() == [("", "", "", "提醒0")]
    old.refresh_from_db()
    assert (old.masked, old.state, old.recipient_id) == ("已清除", State.SENT, str(office.pk))


def test_what_has_been_erased_cannot_be_sent_again(office, daily):
    notice = tell("organs:note:1", mailbox(office), Channel.EMAIL, "提醒", "正文", office)
    deliver(notice.pk)
    Notice.objects.update(ended_at=timezone.now() - timedelta(days=999))
    erase()
    notice.refresh_from_db()

    from gongkai.notices.actions import why_not_resend

    assert why_not_resend(notice, by=daily) == ["收件地址和正文已经按期清除"]
