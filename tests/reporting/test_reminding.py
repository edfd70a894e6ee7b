"""提醒和待办：what is due is told once, whenever the night comes, to whom it concerns."""

from datetime import date

import pytest
from django.urls import reverse

from annual_cases import make_report
from called import YEAR, make_call, make_city, sent_in
from city import make_staff
from gongkai.notices.models import Notice
from gongkai.organs.states import Duty
from gongkai.organs.waiting import Group, waiting_for
from gongkai.reporting.actions import calling, filling, moving, urging
from gongkai.reporting.actions.reminding import remind_all
from gongkai.reporting.models import Filing, Reminder
from gongkai.reporting.states import State

pytestmark = pytest.mark.django_db
NEXT = YEAR + 1
DUE = date(NEXT, 1, 20)


@pytest.fixture
def today(monkeypatch):
    def become(day):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *given: _day(given, day))
        return day

    return become


def _day(given, day):
    """Today, or the day of a moment."""
    return given[0].date() if given and given[0] is not None else day


@pytest.fixture
def round_(today):
    """A city of one department, called early in December for the first time."""
    today(date(YEAR, 12, 5))
    city, (organ,), people = make_city(1)
    made = make_call(city, people[Duty.COMPETENT])
    writer = make_staff("编报员", Duty.DISCLOSURE, organ=organ, email="w@example.cn")
    signer = make_staff("审签人", Duty.SIGN, organ=organ, email="s@example.cn")
    made.units.filter(organ=city).delete()
    return made, organ, people | {"writer": writer, "signer": signer}


def rules():
    return list(Reminder.objects.order_by("pk").values_list("rule", flat=True))


def told(staff):
    return Notice.objects.filter(recipient_id=f"{staff.pk}").count()


def tasks(staff):
    return [(task.group, task.button) for task in waiting_for(staff) if "reports" in task.url]


def test_each_stage_is_told_once(round_, today):
    _, _, people = round_
    counts = [
        (date(YEAR, 12, 6), ["called"]),
        (date(YEAR, 12, 6), []),
        (date(NEXT, 1, 10), []),
        (date(NEXT, 1, 15), ["near"]),
        (date(NEXT, 1, 16), []),
        (DUE, ["last"]),
        (date(NEXT, 1, 21), ["late"]),
        (date(NEXT, 2, 10), []),
    ]
    seen = []
    for day, new in counts:
        assert remind_all(today(day)) == len(new)
        seen += new
        assert rules() == seen
    assert told(people["writer"]) == 4
    assert told(people["signer"]) == 2  # the last day, and that it is past
    assert told(people[Duty.COMPETENT]) == 1


def test_a_night_without_the_job_loses_nothing(round_, today):
    assert remind_all(today(date(NEXT, 1, 25))) == 2
    assert sorted(rules()) == ["called", "late"]


def test_who_has_sent_in_is_left_alone(round_, today):
    made, organ, _ = round_
    sent_in(organ, make_report(organ=organ.name, year=YEAR), call=made)
    assert remind_all(today(date(NEXT, 1, 25))) == 0


def test_a_closed_round_reminds_nobody(round_, today):
    made, _, people = round_
    calling.advance_call(made, "close", by=people[Duty.COMPETENT])
    assert remind_all(today(date(NEXT, 1, 25))) == 0


def test_a_returned_report_is_told_once(round_, today):
    made, organ, people = round_
    filing = sent_in(organ, make_report(organ=organ.name, year=YEAR), call=made)
    moving.advance(filing, "give_back", by=people[Duty.COMPETENT], note="第五部分过于简略")
    today(date(NEXT, 1, 16))

    told_first, again = remind_all(date(NEXT, 1, 16)), remind_all(date(NEXT, 1, 16))

    # That the call has come and its last day is near holds for it again.
    assert (told_first, again) == (3, 0)
    assert sorted(rules()) == ["called", "near", "returned"]
    assert "主管部门已退回" in Notice.objects.get(subject="reporting.filing").title


def test_what_is_cleared_is_to_be_public_by_the_day_of_the_statute(round_, today):
    made, organ, _ = round_
    sent_in(organ, make_report(organ=organ.name, year=YEAR), call=made, state=State.CLEARED)

    assert remind_all(today(date(NEXT, 1, 20))) == 0
    assert remind_all(today(date(NEXT, 1, 26))) == 1
    assert remind_all(today(date(NEXT, 2, 1))) == 1
    assert rules() == ["publish", "unpublished"]


def test_an_organ_nobody_calls_is_reminded_of_the_statute(today):
    today(date(YEAR, 12, 5))
    _, (organ,), _ = make_city(1)
    writer = make_staff("编报员", Duty.DISCLOSURE, organ=organ)
    filling.begin(organ, YEAR, by=writer)

    assert remind_all(today(date(NEXT, 1, 20))) == 0
    assert remind_all(today(date(NEXT, 1, 27))) == 1
    assert remind_all(today(date(NEXT, 1, 28))) == 0
    assert rules() == ["statute"]


def test_home_follows_a_report_from_desk_to_desk(round_, today):
    _, organ, people = round_
    writer, signer, competent = people["writer"], people["signer"], people[Duty.COMPETENT]
    today(date(NEXT, 1, 10))
    assert tasks(writer) == [(Group.HANDLE, "编制年报")]
    assert tasks(signer) == tasks(competent) == []

    filing = filling.begin(organ, YEAR, by=writer)
    assert tasks(writer) == [(Group.HANDLE, "编制")]

    def become(state):
        # Where it lies is what is asked here; how it comes there is asked elsewhere.
        frozen = None if state in (State.DRAFT, State.RETURNED) else {}
        Filing.objects.filter(pk=filing.pk).update(
            state=state, frozen=frozen, submitted_at="2025-01-12T04:00Z"
        )

    become(State.SIGNING)
    assert (tasks(writer), tasks(signer)) == ([], [(Group.SIGN, "审签")])
    become(State.APPROVED)
    assert (tasks(writer), tasks(signer)) == ([(Group.HANDLE, "报送")], [])
    become(State.SUBMITTED)
    assert (tasks(writer), tasks(competent)) == ([], [(Group.REVIEW, "审核")])
    become(State.RETURNED)
    assert tasks(writer) == [(Group.HANDLE, "修改")]
    become(State.CLEARED)
    assert tasks(writer) == [(Group.HANDLE, "公布")]
    today(date(NEXT, 1, 31))
    assert tasks(writer) == [(Group.TODAY, "公布")]


def test_home_has_the_late_on_top_and_tells_of_the_urging(round_, today):
    made, _, people = round_
    today(date(NEXT, 1, 22))
    urging.urge(made, made.units.all(), by=people[Duty.COMPETENT])

    (task,) = [one for one in waiting_for(people["writer"]) if "reports" in one.url]
    assert (task.group, task.url) == (Group.LATE, made.get_absolute_url())
    assert f"主管部门{date(NEXT, 1, 22)}催报" in task.reason
    (above,) = [one for one in waiting_for(people[Duty.COMPETENT]) if "reports" in one.url]
    assert (above.group, above.button) == (Group.LATE, "催报")
    assert above.url == f"{reverse('reporting:progress', args=[made.pk])}?show=missing"


def test_home_asks_few_questions_whatever_there_is(round_, today, django_assert_max_num_queries):
    _, _, people = round_
    today(date(NEXT, 1, 22))
    with django_assert_max_num_queries(12):
        list(waiting_for(people[Duty.COMPETENT]))
