"""发出：through a real mail server and to a real receiver; what fails says why, and comes again."""

import socket
import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from city import make_organ, make_staff
from gongkai.errors import NotAllowed
from gongkai.jobs.models import Job
from gongkai.jobs.worker import perform
from gongkai.notices.actions import resend, tell, tell_staff, why_not_resend
from gongkai.notices.actions.sending import ATTEMPTS, CLAIM, PAUSES, catch_up, deliver
from gongkai.notices.addresses import Endpoint
from gongkai.notices.models import Notice
from gongkai.notices.states import Audience, Channel, State
from gongkai.notices.subjects import Recipient
from gongkai.trail.models import Step
from post import (
    forget_subjects,
    mailbox,
    post_office,
    proven,
    receiver,
    register_organs,
)

pytestmark = pytest.mark.django_db

SECRET = "0123456789abcdef0123"


@pytest.fixture(autouse=True)
def _alone(monkeypatch, settings):
    forget_subjects(monkeypatch)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    settings.SITE = settings.SITE | {"domain": "open.example.gov.cn"}
    settings.HTTPS = True


@pytest.fixture
def office():
    register_organs()
    return make_organ("石州市发展和改革委员会", email="office@example.gov.cn")


def say(organ, key="organs:note:1", to=None, channel=Channel.EMAIL, **options):
    to = to or mailbox(organ)
    return tell(key, to, channel, "提醒：答复", "请于3月26日前办理。", organ, **options)


def after(notice, *fields):
    notice.refresh_from_db()
    return tuple(getattr(notice, field) for field in fields)


def let_time_pass(notice):
    Notice.objects.filter(pk=notice.pk).update(next_at=timezone.now())


def test_a_mail_arrives_as_it_was_told(office, settings):
    notice = say(office, number="石发改依申〔2025〕3号", link="/desk/x/1/")

    with post_office(settings) as post:
        assert deliver(notice.pk) == State.SENT
        assert deliver(notice.pk) == State.SENT  # once is enough

    ((receivers, letter),) = post.letters
    assert receivers == ["office@example.gov.cn"]
    assert (letter["Subject"], letter["To"]) == ("提醒：答复", "office@example.gov.cn")
    assert letter["From"].addresses[0].addr_spec == "open@example.gov.cn"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].endswith("@example.gov.cn>")
    assert letter.get_content().splitlines()[:3] == [
        "请于3月26日前办理。",
        "",
        "查看：https://open.example.gov.cn/desk/x/1/",
    ]
    assert not letter.is_attachment()
    assert not list(letter.iter_attachments())
    assert after(notice, "state", "attempts", "error") == (State.SENT, 1, "")


def test_the_job_written_with_the_notice_sends_it(office, settings):
    notice = say(office)

    with post_office(settings) as post:
        job = Job.objects.get()
        Job.objects.update(state="running", attempts=1)
        job.refresh_from_db()
        assert perform(job)

    assert len(post.letters) == 1
    assert after(notice, "state") == (State.SENT,)


def test_without_a_mail_server_nothing_goes_and_the_row_says_so(office):
    notice = say(office)

    assert deliver(notice.pk) == State.DROPPED
    assert after(notice, "error") == ("未配置邮件服务，没有发出。",)


def test_a_demonstration_sends_nothing(office, settings):
    settings.DEMO = True
    notice = say(office)

    with post_office(settings) as post:
        assert deliver(notice.pk) == State.DROPPED

    assert post.letters == []
    assert after(notice, "error") == ("演示环境不对外发送，没有发出（电子邮件）。",)


@pytest.mark.parametrize(
    ("answers", "state", "sentence"),
    [
        ({"RCPT": "550 no such user office@example.gov.cn"}, State.FAILED,
         "邮件服务器不接受这个收件地址（550）。"),
        ({"RCPT": "450 mailbox busy"}, State.WAITING, "邮件服务器不接受这个收件地址（450）。"),
        ({"DATA": "554 spam"}, State.FAILED, "邮件服务器没有收下这封邮件（554）。"),
        ({"MAIL": "451 try later"}, State.WAITING, "邮件服务器没有收下这封邮件（451）。"),
        ({"EHLO": "421 closing", "HELO": "421 closing"}, State.WAITING,
         "连不上邮件服务器，或者连接中断。"),
    ],
)  # fmt: skip
def test_what_the_mail_server_refuses_for_good_is_not_tried_again(
    office, settings, answers, state, sentence
):
    notice = say(office)

    with post_office(settings, **answers):
        assert deliver(notice.pk) == state

    assert after(notice, "error") == (sentence,)


def test_a_wrong_password_is_told(office, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "open", "wrong"
    notice = say(office)

    with post_office(settings, AUTH="535 no"):
        deliver(notice.pk)

    assert after(notice, "state", "error") == (
        State.WAITING,
        "邮件服务器不接受设置里的用户名或口令。",
    )


def test_a_mail_server_away_is_asked_again_with_growing_pauses(office, settings):
    with post_office(settings):
        pass  # its port is closed now
    notice = say(office)
    pauses = []

    for _ in range(ATTEMPTS):
        before = timezone.now()
        deliver(notice.pk)
        notice.refresh_from_db()
        pauses.append(notice.next_at - before)
        job = Job.objects.waiting().get()
        if notice.state == State.WAITING:
            assert (job.run_at, notice.error) == (
                notice.next_at,
                "连不上邮件服务器，或者连接中断。",
            )
            assert deliver(notice.pk) == State.WAITING  # too early: nothing is tried
        let_time_pass(notice)

    assert all(
        wanted <= pause < wanted + timedelta(seconds=30)
        for wanted, pause in zip(PAUSES, pauses, strict=False)
    )
    assert sum(PAUSES, timedelta()) > timedelta(hours=44)
    assert after(notice, "state", "attempts") == (State.FAILED, ATTEMPTS)


def test_no_log_and_no_sentence_repeats_an_address(office, settings, caplog):
    caplog.set_level("DEBUG")
    notice = say(office)

    with post_office(settings, RCPT="550 office@example.gov.cn unknown"):
        deliver(notice.pk)

    assert "office@" not in caplog.text + after(notice, "error")[0]


def test_whoever_stopped_in_the_middle_is_followed_by_another(office, settings):
    notice = say(office)
    Job.objects.all().delete()
    # As a worker leaves it that dies while it sends.
    Notice.objects.update(attempts=1, next_at=timezone.now() + CLAIM)
    assert catch_up() == 0
    Notice.objects.update(next_at=timezone.now() - timedelta(minutes=6))

    assert catch_up() == 1
    with post_office(settings) as post:
        deliver(notice.pk)

    assert len(post.letters) == 1
    assert after(notice, "state", "attempts") == (State.SENT, 2)


def test_a_recipient_who_no_longer_belongs_gets_nothing(office, settings):
    notice = say(office)
    office.email = "new@example.gov.cn"
    office.save()

    with post_office(settings) as post:
        assert deliver(notice.pk) == State.DROPPED

    assert post.letters == []
    assert after(notice, "error") == ("收件人与这一对象无关，没有发出。",)


def test_a_record_that_is_gone_is_not_written_about(office, settings):
    notice = say(office)
    Notice.objects.update(subject_id="999999")

    with post_office(settings) as post:
        assert deliver(notice.pk) == State.DROPPED

    assert post.letters == []
    assert after(notice, "error") == ("所通知的对象已经不在，没有发出。",)


def test_a_colleague_is_reached_where_he_is_now(office, settings):
    one = make_staff(organ=office, email="old@example.gov.cn")
    (notice,) = tell_staff(one, "organs:due:1", "到期", "请办理。", office)
    one.email = "new@example.gov.cn"
    one.save()

    with post_office(settings) as post:
        assert deliver(notice.pk) == State.SENT
    assert post.letters[0][0] == ["new@example.gov.cn"]

    (notice,) = tell_staff(one, "organs:due:2", "到期", "请办理。", office)
    one.is_active = False
    one.save()
    with post_office(settings) as post:
        assert deliver(notice.pk) == State.DROPPED
    assert post.letters == []


def test_the_interface_gets_a_signed_message_without_anybody_in_it(office, settings):
    register_organs(lambda organ, to: True)
    notice = say(office, to=Recipient(Audience.OFFICE, str(office.pk)), channel=Channel.WEBHOOK,
                 number="石发改依申〔2025〕3号")  # fmt: skip

    with receiver() as gate:
        settings.WEBHOOK = Endpoint(gate.url, SECRET)
        assert deliver(notice.pk) == State.SENT

    assert proven(gate.messages[0], SECRET) == {
        "key": "organs:note:1",
        "channel": "webhook",
        "title": "提醒：答复",
        "body": "请于3月26日前办理。",
        "number": "石发改依申〔2025〕3号",
    }


def test_a_signature_with_another_secret_or_over_another_body_does_not_hold(office, settings):
    register_organs(lambda organ, to: True)
    notice = say(office, to=Recipient(Audience.OFFICE, str(office.pk)), channel=Channel.WEBHOOK)

    with receiver() as gate:
        settings.WEBHOOK = Endpoint(gate.url, SECRET)
        deliver(notice.pk)

    ((headers, body),) = gate.messages
    with pytest.raises(AssertionError):
        proven((headers, body), "another secret altogether")
    with pytest.raises(AssertionError):
        proven((headers, body + b" "), SECRET)
    with pytest.raises(AssertionError):
        proven((headers | {"X-Gongkai-Timestamp": "1"}, body), SECRET)


def test_a_text_message_goes_to_the_gateway_with_its_number(office, settings):
    register_organs(lambda organ, to: True)
    to = Recipient(Audience.APPLICANT, "7", "138 0000 1234")
    notice = say(office, to=to, channel=Channel.SMS)

    with receiver() as gate:
        settings.SMS = Endpoint(gate.url, SECRET)
        deliver(notice.pk)

    told = proven(gate.messages[0], SECRET)
    assert (told["channel"], told["to"]) == ("sms", "13800001234")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (204, State.SENT), (400, State.FAILED), (404, State.FAILED), (408, State.WAITING),
        (429, State.WAITING), (500, State.WAITING), (503, State.WAITING),
    ],
)  # fmt: skip
def test_what_the_interface_refuses_is_not_tried_again(office, settings, status, state):
    register_organs(lambda organ, to: True)
    notice = say(office, to=Recipient(Audience.OFFICE, str(office.pk)), channel=Channel.WEBHOOK)

    with receiver(status) as gate:
        settings.WEBHOOK = Endpoint(gate.url, SECRET)
        assert deliver(notice.pk) == state

    assert len(gate.messages) == 1
    error = "" if state == State.SENT else f"接口没有收下（HTTP {status}）。"
    assert after(notice, "error") == (error,)


def test_a_redirection_is_not_followed(office, settings):
    register_organs(lambda organ, to: True)
    notice = say(office, to=Recipient(Audience.OFFICE, str(office.pk)), channel=Channel.WEBHOOK)

    with receiver() as elsewhere, receiver(302, [("Location", elsewhere.url)]) as gate:
        settings.WEBHOOK = Endpoint(gate.url, SECRET)
        assert deliver(notice.pk) == State.FAILED

    assert elsewhere.messages == []


def test_an_interface_that_is_away_is_asked_again(office, settings):
    register_organs(lambda organ, to: True)
    notice = say(office, to=Recipient(Audience.OFFICE, str(office.pk)), channel=Channel.WEBHOOK)
    with receiver() as gate:
        settings.WEBHOOK = Endpoint(gate.url, SECRET)

    assert deliver(notice.pk) == State.WAITING
    assert after(notice, "error") == ("连不上接口，或者连接中断。",)


def test_an_interface_that_does_not_answer_is_not_waited_for_long(office, settings, monkeypatch):
    monkeypatch.setattr("gongkai.notices.senders.TIMEOUT", 0.2)
    register_organs(lambda organ, to: True)
    notice = say(office, to=Recipient(Audience.OFFICE, str(office.pk)), channel=Channel.WEBHOOK)

    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.WEBHOOK = Endpoint(f"http://127.0.0.1:{silent.getsockname()[1]}/", SECRET)
        assert deliver(notice.pk) == State.WAITING

    assert after(notice, "error") == ("接口在 0.2 秒内没有应答。",)


@pytest.mark.django_db(transaction=True)
def test_of_workers_who_meet_over_a_notice_one_sends_it(office, settings):
    notice = say(office)
    barrier = threading.Barrier(4)

    def one():
        try:
            barrier.wait(120)
            deliver(notice.pk)
        finally:
            connections.close_all()

    with post_office(settings) as post:
        threads = [threading.Thread(target=one) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)

    assert len(post.letters) == 1
    assert after(notice, "state", "attempts") == (State.SENT, 1)


def test_what_was_not_sent_is_sent_again_by_whoever_may(office, settings):
    disclosure = make_staff("公开", "disclosure", organ=office)
    stranger = make_staff("别处", "disclosure")
    notice = say(office)
    deliver(notice.pk)
    notice.refresh_from_db()

    assert why_not_resend(notice, by=stranger) == ["通知由所属机关的信息公开机构和系统管理员处理"]
    with pytest.raises(NotAllowed):
        resend(notice, by=stranger)
    resend(notice, by=disclosure)
    with post_office(settings) as post:
        assert deliver(notice.pk) == State.SENT

    assert len(post.letters) == 1
    step = Step.objects.of(notice).get()
    assert (step.by_name, step.label, step.before, step.after) == (
        "公开", "重发", "dropped", "waiting",
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="只有没有发出的通知才能重发"):
        resend(Notice.objects.get(), by=disclosure)
