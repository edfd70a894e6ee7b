"""定时：each slot once, whoever looks and however late."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chores import chore
from gongkai.jobs.models import Job, Slot
from gongkai.jobs.schedule import TIMETABLE, Daily, Entry, Every, Missed, Timetable

NIGHTLY = Daily(time(0, 5))
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

moments = st.datetimes(
    min_value=datetime(2019, 1, 1), max_value=datetime(2040, 1, 1), timezones=st.just(UTC)
)


def beijing(text):
    return datetime.fromisoformat(f"{text}+08:00")


def entry(missed=Missed.LATEST, when=NIGHTLY, **settings):
    return Entry("夜班", chore.using(), when, missed=missed, **settings)


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        ("2026-03-02 00:05", "2026-03-02 00:05"),
        ("2026-03-02 00:04", "2026-03-01 00:05"),
        ("2026-03-02 23:59", "2026-03-02 00:05"),
    ],
)
def test_a_daily_slot_follows_the_clock_of_the_site(now, slot):
    assert NIGHTLY.latest(beijing(now)) == beijing(slot)


@given(moments, st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=3)))
def test_the_latest_slot_is_less_than_one_length_ago(now, length):
    slot = Every(length).latest(now)

    assert slot <= now < slot + length
    assert Every(length).latest(slot) == slot


@given(moments, st.integers(0, 60))
def test_each_missed_slot_is_made_up_for_once_and_in_order(last, days):
    last = NIGHTLY.latest(last)

    slots = entry(Missed.EACH).slots(last, last + days * DAY)

    assert slots == [last + DAY * n for n in range(1, days + 1)]


@pytest.mark.parametrize(
    ("missed", "late", "slots"),
    [
        (Missed.LATEST, "2026-03-04 09:00", ["2026-03-04 00:05"]),
        (Missed.SKIP, "2026-03-04 09:00", []),
        (Missed.SKIP, "2026-03-04 00:14", ["2026-03-04 00:05"]),
        (Missed.EACH, "2026-03-03 09:00", ["2026-03-02 00:05", "2026-03-03 00:05"]),
        (Missed.LATEST, "2026-03-01 09:00", []),
    ],
)
def test_slots_missed_are_treated_as_the_entry_says(missed, late, slots):
    last = beijing("2026-03-01 00:05")

    assert entry(missed).slots(last, beijing(late)) == [beijing(slot) for slot in slots]


def test_on_the_first_day_nothing_is_made_up_for():
    now = beijing("2026-03-04 09:00")

    assert entry(Missed.EACH).slots(None, now) == [beijing("2026-03-04 00:05")]


def test_a_site_that_slept_for_years_does_not_drown_in_slots():
    minutely = entry(Missed.EACH, Every(timedelta(minutes=1)))
    now = beijing("2026-03-04 09:00")

    assert len(minutely.slots(now - 1000 * DAY, now)) == 1_000


@pytest.mark.django_db
def test_two_workers_enqueue_a_slot_once():
    now = beijing("2026-03-04 09:00")
    one, two = (Timetable({"夜班": entry(told=True)}) for _ in range(2))

    assert [one.tick(now), two.tick(now), one.tick(now + HOUR)] == [1, 0, 0]
    assert [one.tick(now + DAY), two.tick(now + DAY)] == [1, 0]

    slots = list(Slot.objects.order_by("at").values_list("at", "job"))
    assert [at for at, _ in slots] == [beijing("2026-03-04 00:05"), beijing("2026-03-05 00:05")]
    assert {job for _, job in slots} == set(Job.objects.values_list("pk", flat=True))
    assert Job.objects.get(pk=slots[0][1]).kwargs == {"slot": "2026-03-04T00:05:00+08:00"}


@pytest.mark.django_db
def test_after_a_stop_the_missed_slots_are_found_again():
    now = beijing("2026-03-04 09:00")
    Timetable({"夜班": entry(Missed.EACH)}).tick(now)

    assert Timetable({"夜班": entry(Missed.EACH)}).tick(now + 3 * DAY) == 3


@pytest.mark.django_db
def test_between_slots_the_clock_asks_no_database(django_assert_num_queries):
    now = beijing("2026-03-04 09:00")
    table = Timetable({"夜班": entry()})
    table.tick(now)

    with django_assert_num_queries(0):
        table.tick(now + HOUR)


def test_the_room_sweeps_up_after_itself():
    assert TIMETABLE.entries["jobs.sweep"].label == "清理已完成的后台任务"
