"""通知一次：idempotent, in the transaction at hand, and only to whom the record belongs."""

import threading

import pytest
from django.db import connection, connections, transaction

from city import make_organ, make_staff
from gongkai.errors import BadInput, NotAllowed
from gongkai.jobs.models import Job
from gongkai.notices.actions import choose, tell, tell_staff
from gongkai.notices.models import Notice
from gongkai.notices.states import Audience, Channel, Pace, State
from gongkai.notices.subjects import Recipient, staff_recipient
from post import forget_subjects, mailbox, register_organs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _subjects(monkeypatch):
    forget_subjects(monkeypatch)


@pytest.fixture
def office():
    """An organ whose mailbox and staff alone may be written to about it."""
    register_organs()
    return make_organ("石州市发展和改革委员会", email="office@example.gov.cn")


def say(organ, key="organs:note:1", to=None, channel=Channel.EMAIL, title="提醒", body="请办理。"):
    return tell(key, to or mailbox(organ), channel, title, body, organ)


def test_the_same_occasion_is_told_once(office):
    first = say(office)
    again = say(office, title="换个说法")

    assert (again.pk, again.title) == (first.pk, "提醒")
    assert list(Notice.objects.values_list("state", "audience", "organ")) == [
        (State.WAITING, Audience.OFFICE, office.pk)
    ]
    assert Job.objects.waiting().filter(task="gongkai.notices.tasks.send").count() == 1


def test_a_key_used_for_another_record_is_refused(office):
    say(office)
    other = make_organ("石州市财政局", email="finance@example.gov.cn")

    with pytest.raises(BadInput, match="已经用在另一个对象"):
        say(other)


def test_what_is_rolled_back_was_never_told(office):
    with transaction.atomic():
        say(office)
        transaction.set_rollback(True)

    assert (Notice.objects.count(), Job.objects.count()) == (0, 0)


def test_the_address_is_not_readable_in_the_database(office):
    notice = say(office)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_notice")
        row = " ".join(map(str, cursor.fetchone()))
    assert "office@example" not in row
    assert notice.address.open() == "office@example.gov.cn"
    assert notice.masked == "o***@example.gov.cn"


def test_about_a_record_nobody_registered_nothing_is_told():
    organ = make_organ(email="a@example.gov.cn")

    with pytest.raises(NotAllowed, match="机关没有登记可以通知谁"):
        say(organ)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "swap",
    [
        lambda other: {"address": other.email},
        lambda other: {"id": str(other.pk)},
        lambda other: {"audience": Audience.APPLICANT},
    ],
    ids=["another's address", "another's key", "another kind of person"],
)
def test_whoever_belongs_to_another_record_is_refused(office, swap):
    other = make_organ("石州市财政局", email="finance@example.gov.cn")
    right = mailbox(office).__dict__

    with pytest.raises(NotAllowed, match="收件人与这一对象无关"):
        say(office, to=Recipient(**(right | swap(other))))
    assert not Notice.objects.exists()


def test_an_answer_that_is_not_yes_is_no(office):
    register_organs(lambda organ, to: "yes")

    with pytest.raises(NotAllowed, match="收件人与这一对象无关"):
        say(office)


def test_a_colleague_is_written_to_at_his_own_address_only(office):
    one = make_staff("甲", organ=office, email="jia@example.gov.cn")
    make_staff("乙", organ=office, email="yi@example.gov.cn")

    with pytest.raises(NotAllowed, match="收件地址不是这位工作人员的"):
        say(office, to=Recipient(Audience.STAFF, str(one.pk), "yi@example.gov.cn"))
    assert say(office, to=staff_recipient(one, Channel.EMAIL)).address.open() == one.email


@pytest.mark.parametrize(
    ("channel", "address", "sentence"),
    [
        (Channel.EMAIL, "", "发邮件要有正确的电子邮箱地址"),
        (Channel.EMAIL, "a@b@c", "发邮件要有正确的电子邮箱地址"),
        (Channel.EMAIL, "a@example.cn\nBcc: b@example.cn", "发邮件要有正确的电子邮箱地址"),
        (Channel.SMS, "0311-86687000", "发短信要有 11 位的手机号码"),
    ],
)
def test_an_address_the_channel_cannot_reach_is_refused(office, channel, address, sentence):
    register_organs(lambda organ, to: True)

    with pytest.raises(BadInput, match=sentence):
        say(office, to=Recipient(Audience.OFFICE, "1", address), channel=channel)


def test_a_number_of_identity_does_not_leave_the_house(office):
    with pytest.raises(NotAllowed, match="文字里有居民身份证号码"):
        say(office, body="申请人证号 11010519491231002X，请核对。")


def test_the_interface_is_not_for_private_data(office):
    register_organs(lambda organ, to: True)

    with pytest.raises(NotAllowed, match="系统接口不用来通知申请人"):
        say(office, to=Recipient(Audience.APPLICANT, "7"), channel=Channel.WEBHOOK)
    with pytest.raises(NotAllowed, match="文字里有个人手机号码"):
        say(office, body="张三 13911112222 来电", channel=Channel.WEBHOOK)


@pytest.mark.parametrize(
    "told",
    [{"key": ""}, {"key": "k" * 201}, {"title": " \n"}, {"title": "长" * 201},
     {"number": "9" * 101}, {"link": "/" * 301}],
    ids=["no key", "long key", "no title", "long title", "long number", "long link"],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_words(office, told):
    usual = {"key": "k", "to": mailbox(office), "channel": Channel.EMAIL, "title": "提醒"}

    with pytest.raises(BadInput, match="不超过"):
        tell(**(usual | {"body": "请办理。", "about": office} | told))


def test_a_title_is_one_line(office):
    assert say(office, title="提醒\r\nBcc: b@example.cn").title == "提醒 Bcc: b@example.cn"


def told(staff, organ, **options):
    found = tell_staff(staff, "organs:due:1", "明天到期", "请办理。", organ, **options)
    return [(notice.channel, notice.address.open(), notice.held) for notice in found]


def test_a_colleague_is_told_as_he_chose(office):
    one = make_staff(organ=office, email="jia@example.gov.cn", phone="138 0000 1234")

    assert told(one, office) == [(Channel.EMAIL, "jia@example.gov.cn", False)]
    Notice.objects.all().delete()
    choose(one, email=True, sms=True, pace=Pace.DAILY)
    assert told(one, office) == [
        (Channel.EMAIL, "jia@example.gov.cn", True),
        (Channel.SMS, "13800001234", True),
    ]
    Notice.objects.all().delete()
    assert [held for _, _, held in told(one, office, urgent=True)] == [False, False]
    Notice.objects.all().delete()
    choose(one, email=False, sms=False, pace=Pace.AT_ONCE)
    assert told(one, office) == []


def test_without_an_address_nobody_is_told_outside(office):
    assert told(make_staff(organ=office), office) == []


def test_text_messages_need_a_mobile_number(office):
    with pytest.raises(BadInput, match="没有手机号码"):
        choose(make_staff(phone="0311-86687000"), email=True, sms=True, pace=Pace.AT_ONCE)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_tell_it_once(office):
    barrier, found = threading.Barrier(4), []

    def one():
        try:
            barrier.wait(120)
            found.append(say(office).pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)

    assert found == [Notice.objects.get().pk] * 4
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_tells_while_another_has_not_finished_waits_for_him(office):
    if connection.vendor == "sqlite":
        pytest.skip("one transaction at a time is what SQLite has anyway")
    begun, found = threading.Event(), []

    def second():
        try:
            begun.wait(120)
            found.append(say(office, title="后来的").pk)
        finally:
            connections.close_all()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic():
        first = say(office)
        begun.set()
        thread.join(0.5)
        assert found == []
    thread.join(120)

    assert found == [first.pk]
