"""提醒、待办、放假安排：what is due is told once, whenever the night comes."""

from datetime import date

import pytest

from asked import ON, make_office, make_people, make_request, post
from gongkai.applications.actions import correcting
from gongkai.applications.actions.reminding import remind_all, turn
from gongkai.applications.models import Application, Reminder
from gongkai.applications.states import State
from gongkai.notices.models import Notice
from gongkai.organs import holidays
from gongkai.organs.models import HolidayNotice
from gongkai.organs.states import Duty
from gongkai.organs.waiting import Group, waiting_for

pytestmark = pytest.mark.django_db
D = date


@pytest.fixture
def organ():
    return make_office()


@pytest.fixture
def people(organ):
    people = make_people(organ)
    for staff in people.values():
        staff.email = f"{staff.username}@example.cn"
        staff.save()
    return people


@pytest.fixture
def clerk(people):
    return people[Duty.DISCLOSURE]


@pytest.fixture
def today(monkeypatch):
    def become(day):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: day)
        return day

    return become


def rules():
    return sorted(Reminder.objects.values_list("rule", "about"))


def test_each_day_of_the_office_is_told_once(organ, clerk, today):
    make_request(organ, clerk)

    assert remind_all(today(D(2025, 3, 11))) == 0
    assert remind_all(today(D(2025, 3, 12))) == 1
    assert remind_all(today(D(2025, 3, 12))) == 0
    assert rules() == [("day7", D(2025, 3, 12))]
    assert Notice.objects.count() == 1


def test_a_night_without_the_job_loses_nothing(organ, clerk, today):
    make_request(organ, clerk)

    remind_all(today(D(2025, 4, 7)))

    assert rules() == [("overdue", D(2025, 3, 31))]
    assert {notice.recipient_id for notice in Notice.objects.all()} >= {str(clerk.pk)}


def test_the_head_is_told_of_what_is_grave(organ, people, clerk, today):
    make_request(organ, clerk)

    remind_all(today(D(2025, 3, 31)))

    told = {notice.recipient_id for notice in Notice.objects.filter(key__contains=":safe:")}
    assert told == {str(clerk.pk), str(people[Duty.OFFICE_HEAD].pk)}


def test_what_nobody_has_is_told_to_the_whole_office(organ, clerk, today):
    make_request(organ, clerk, registered=False)

    remind_all(today(D(2025, 3, 12)))

    assert [notice.recipient_id for notice in Notice.objects.all()] == [str(clerk.pk)]


def test_a_correction_that_never_came_lapses_by_itself(organ, clerk, today):
    today(D(2025, 3, 7))
    request_ = make_request(organ, clerk)
    correcting.ask_to_correct(
        request_,
        by=clerk,
        what="年度",
        guidance="写明年度",
        correct_by=D(2025, 3, 21),
        sending=post(D(2025, 3, 7)),
    )
    assert turn(today(D(2025, 3, 21))) == 0
    assert turn(today(D(2025, 3, 24))) == 1

    request_.refresh_from_db()
    assert (request_.state, request_.matters.get().outcome) == (State.DRAFTING, "F1")
    assert turn(today(D(2025, 3, 25))) == 0


def test_the_day_after_the_last_it_counts_as_late(organ, clerk, today):
    today(ON)
    request_ = make_request(organ, clerk)
    assert Application.objects.overdue(D(2025, 3, 31)).count() == 0
    turn(today(D(2025, 4, 1)))
    request_.refresh_from_db()
    assert request_.overdue
    assert Application.objects.overdue().get() == request_


def test_home_lists_the_worst_first_with_reason_and_button(organ, people, clerk, today):
    make_request(organ, clerk)
    fresh = make_request(organ, clerk, on=D(2025, 3, 31), registered=False)
    today(D(2025, 4, 2))

    tasks = {task.title.split()[0]: task for task in waiting_for(clerk)}

    late = tasks["石家庄市财政局公开〔2025〕第1号"]
    assert (late.group, late.button) == (Group.LATE, "办理")
    assert "已逾期2天" in late.reason
    assert (tasks[fresh.number].group, tasks[fresh.number].button) == (Group.HANDLE, "登记")
    assert list(waiting_for(people[Duty.LEGAL])) == []


def test_home_asks_few_questions_whatever_there_is(organ, clerk, django_assert_max_num_queries):
    for _ in range(12):
        make_request(organ, clerk)
    with django_assert_max_num_queries(17):
        assert len(list(waiting_for(clerk))) >= 12


def test_a_new_holiday_shows_what_it_moves_before_it_is_applied(organ, people, clerk, today):
    today(D(2025, 3, 10))
    request_ = make_request(organ, clerk)
    notice = HolidayNotice(
        organ=organ,
        title="关于调整休息日的通知",
        content="日期,种类,依据\n2025-03-20,休息,市政府通知\n2025-03-21,休息,市政府通知\n",
        uploaded_by=clerk,
    )

    shifts = [
        one for one in holidays.preview(organ, adding=notice) if one.deadline.label == "答复期限"
    ]

    assert [(one.deadline.due, one.to) for one in shifts] == [(D(2025, 3, 31), D(2025, 4, 2))]
    request_.refresh_from_db()
    assert request_.due_on == D(2025, 3, 31)
