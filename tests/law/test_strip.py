from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.clock import replay
from gongkai.law.events import (
    AsOf,
    Channel,
    Confirmed,
    ConsultReply,
    ConsultSent,
    CorrectionNotice,
    CorrectionReceived,
    DelayAgreed,
    Extension,
    FeeNoticeReceived,
    FeePaid,
    Ledger,
    Whom,
)
from gongkai.law.strip import Day, Mark
from gongkai.law.terms import TERMS, Unit

REPLY_WITHIN = "《政府信息公开条例》第三十三条第二款"
WEEKLY_REST = "《国务院关于职工工作时间的规定》第七条"


def strip(received, *events, channel=Channel.IN_PERSON, term=TERMS["REPLY"]):
    return list(replay(Ledger(received, channel, events, term)).days())


def runs_of(days):
    """The marks in order, a mark that repeats itself told once with its count."""
    found: list[tuple[Mark, int]] = []
    for day in days:
        if found and found[-1][0] is day.mark:
            found[-1] = (day.mark, found[-1][1] + 1)
        else:
            found.append((day.mark, 1))
    return found


def test_the_first_days_say_why_they_count_or_not():
    days = strip(date(2025, 4, 24))

    assert days[:9] == [
        Day(
            date(2025, 4, 24),
            Mark.DAY_ZERO,
            None,
            "收到申请之日，当日不计入（《民法典》第二百零一条第一款）",
            "《政府信息公开条例》第三十一条第（一）项",
        ),
        Day(date(2025, 4, 25), Mark.COUNTED, 1, "", REPLY_WITHIN),
        Day(date(2025, 4, 26), Mark.WEEKEND, None, "", WEEKLY_REST),
        Day(
            date(2025, 4, 27),
            Mark.MAKE_UP,
            2,
            "劳动节",
            "国务院办公厅关于2025年部分节假日安排的通知",
        ),
        Day(date(2025, 4, 28), Mark.COUNTED, 3, "", REPLY_WITHIN),
        Day(date(2025, 4, 29), Mark.COUNTED, 4, "", REPLY_WITHIN),
        Day(date(2025, 4, 30), Mark.COUNTED, 5, "", REPLY_WITHIN),
        Day(
            date(2025, 5, 1),
            Mark.HOLIDAY,
            None,
            "劳动节",
            "国务院办公厅关于2025年部分节假日安排的通知",
        ),
        Day(
            date(2025, 5, 2),
            Mark.HOLIDAY,
            None,
            "劳动节",
            "国务院办公厅关于2025年部分节假日安排的通知",
        ),
    ]
    assert days[-1] == Day(date(2025, 5, 26), Mark.COUNTED, 20, "", REPLY_WITHIN, due=True)


def test_the_wait_for_a_confirmation_is_shown():
    days = strip(date(2025, 3, 3), Confirmed(date(2025, 3, 6)), channel=Channel.EMAIL)

    assert runs_of(days)[:3] == [(Mark.ARRIVED, 1), (Mark.UNCONFIRMED, 2), (Mark.DAY_ZERO, 1)]


def test_a_pause_is_shown_with_its_article():
    days = strip(
        date(2025, 3, 3),
        ConsultSent(date(2025, 3, 5), "A", Whom.OTHER_ORGAN),
        ConsultReply(date(2025, 3, 7), "A"),
    )

    assert runs_of(days)[:5] == [
        (Mark.DAY_ZERO, 1),
        (Mark.COUNTED, 2),
        (Mark.PAUSED, 2),
        (Mark.WEEKEND, 2),
        (Mark.COUNTED, 5),
    ]
    assert days[3].basis == "《政府信息公开条例》第三十三条第三款"


def test_a_restart_counts_from_one_again():
    days = strip(
        date(2025, 3, 3),
        CorrectionNotice(date(2025, 3, 5), date(2025, 3, 19)),
        CorrectionReceived(date(2025, 3, 11)),
    )

    assert runs_of(days)[:5] == [
        (Mark.DAY_ZERO, 1),
        (Mark.COUNTED, 2),
        (Mark.STOPPED, 5),
        (Mark.DAY_ZERO, 1),
        (Mark.COUNTED, 3),
    ]
    assert [day.number for day in days[9:12]] == [1, 2, 3]
    assert days[3].basis == days[8].basis == "《政府信息公开条例》第三十条"


def test_a_payment_restarts_from_the_next_day():
    days = strip(date(2025, 3, 3), FeeNoticeReceived(date(2025, 3, 5)), FeePaid(date(2025, 3, 6)))

    assert runs_of(days)[:4] == [
        (Mark.DAY_ZERO, 1),
        (Mark.COUNTED, 2),
        (Mark.DAY_ZERO, 1),
        (Mark.COUNTED, 1),
    ]
    assert days[3].basis == "《政府信息公开信息处理费管理办法》第六条第二款"


def test_an_abandoned_matter_ends_with_the_day_it_may_be_closed():
    days = strip(
        date(2025, 3, 3),
        CorrectionNotice(date(2025, 3, 5), date(2025, 3, 7)),
        AsOf(date(2025, 4, 30)),
    )

    assert runs_of(days) == [
        (Mark.DAY_ZERO, 1),
        (Mark.COUNTED, 2),
        (Mark.STOPPED, 2),
        (Mark.CLOSABLE, 1),
    ]
    assert (days[-1].on, days[-1].note) == (date(2025, 3, 8), "视为放弃申请")


def test_the_days_after_the_due_day_are_shown_as_late():
    days = strip(date(2025, 3, 3), AsOf(date(2025, 4, 2)))

    assert [(day.mark, day.due) for day in days[-3:]] == [
        (Mark.COUNTED, True),
        (Mark.AFTER, False),
        (Mark.AFTER, False),
    ]


def test_a_fixed_date_is_shown_with_its_article():
    days = strip(date(2025, 3, 3), DelayAgreed(date(2025, 3, 20), date(2025, 5, 8)))

    assert (days[-1].mark, days[-1].basis) == (Mark.FIXED, "《政府信息公开条例》第三十五条")


def test_calendar_days_are_all_counted_and_the_last_rolls():
    days = strip(date(2025, 3, 3), channel=Channel.SERVED, term=TERMS["REVIEW60"])

    assert runs_of(days) == [(Mark.DAY_ZERO, 1), (Mark.COUNTED, 60), (Mark.ROLLED, 4)]
    assert (days[-1].due, days[-1].basis) == (True, "《民事诉讼法》第八十五条第三款")


def test_days_of_a_year_without_a_notice_are_marked():
    days = strip(date(2026, 12, 10))

    assert {day.on.year for day in days if day.provisional} == {2027}
    assert all(day.provisional for day in days if day.on.year == 2027)


received_days = st.dates(date(2020, 1, 2), date(2026, 10, 1))


@given(received_days, st.sampled_from(sorted(TERMS)))
def test_the_counted_days_are_the_period(received, code):
    term = TERMS[code]
    days = strip(max(received, term.since), term=term)

    counted = [day.number for day in days if day.counts]
    assert counted == list(range(1, len(counted) + 1))
    assert days[-1].due
    if term.unit in (Unit.WORKING_DAYS, Unit.DAYS):
        assert len(counted) == term.length


@given(
    received_days,
    st.integers(1, 20),
    st.integers(0, 15),
    st.integers(0, 20),
    st.integers(1, 20),
)
def test_pauses_and_extensions_keep_the_count(received, sent, length, extended, workdays):
    sending = received + timedelta(days=sent)
    events = [
        ConsultSent(sending, "A", Whom.OTHER_ORGAN),
        ConsultReply(sending + timedelta(days=length), "A"),
        Extension(received + timedelta(days=extended), workdays),
    ]
    events.sort(key=lambda event: (event.on, event.RANK))

    found = replay(Ledger(received, events=tuple(events)))

    days = list(found.days())
    numbers = [day.number for day in days if day.counts]
    assert numbers == list(range(1, 20 + found.course.extension + 1))
    assert [day.on for day in days if day.due] == [found.due]
    assert [day.on for day in days] == [
        received + timedelta(days=n) for n in range((found.due - received).days + 1)
    ]
