from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import BadDate, BadLedger, GongkaiError
from gongkai.law.calendar import Override, OverrideKind, china
from gongkai.law.clock import Status, replay
from gongkai.law.events import (
    EVENTS,
    AsOf,
    Channel,
    Confirmed,
    ConsultDelivered,
    ConsultLapsed,
    ConsultReply,
    ConsultSent,
    CorrectionNotice,
    CorrectionReceived,
    DelayAgreed,
    Extension,
    FeeNoticeIssued,
    FeeNoticeReceived,
    FeePaid,
    Ledger,
    Note,
    Order,
    ReasonsAsked,
    ReasonsGiven,
    ReplyOrdered,
    ReplySent,
    ReplySigned,
    Way,
    Whom,
    Withdrawn,
)
from gongkai.law.flags import FlagKind
from gongkai.law.ledger import case_from_row, read_case_rows, solve
from gongkai.law.policy import Policy
from gongkai.law.terms import CORRECTION_NOTICE, REPLY, TERMS, Unit

TESTS = Path(__file__).parents[1]
FILES = [TESTS / "data/deadlines/cases.csv", *sorted((TESTS / "law/cases").glob("*.csv"))]
CASES = [row for file in FILES for row in read_case_rows(file.read_bytes())]

RECEIVED = date(2025, 3, 3)  # day 20 is 2025-03-31, with no holiday between


def march(day: int) -> date:
    return date(2025, 3, day)


def april(day: int) -> date:
    return date(2025, 4, day)


def standing(*events, received=RECEIVED, channel=Channel.IN_PERSON, **options):
    return replay(Ledger(received, channel, events), **options)


def consultation(sent, replied=None, *, delivered=None, number="A", whom=Whom.THIRD_PARTY):
    events = [ConsultSent(sent, number, whom)]
    if delivered is not None:
        events.append(ConsultDelivered(delivered, number))
    if replied is not None:
        events.append(ConsultReply(replied, number))
    return events


@pytest.mark.parametrize("row", CASES, ids=[row["case"] for row in CASES])
def test_a_case_is_due_when_its_row_says(row):
    case = case_from_row(row)

    assert solve(case).token == case.due


def test_the_cases_cover_every_period():
    assert {row["case"].partition("-")[0] for row in CASES} == set(TERMS) - {
        "EXTENSION",
        "REVEXT30",
    }


@pytest.mark.parametrize(
    ("events", "kinds"),
    [
        ([], []),
        ([CorrectionNotice(march(13), march(27))], [FlagKind.CORRECTION_NOTICE_LATE]),
        ([CorrectionNotice(march(12), march(27))], []),
        ([CorrectionNotice(march(6), april(4))], [FlagKind.CORRECTION_TIME_LONG]),
        (
            [
                CorrectionNotice(march(6), march(20)),
                CorrectionReceived(march(10)),
                CorrectionNotice(march(12), march(20)),
            ],
            [FlagKind.CORRECTION_NOTICE_AGAIN],
        ),
        (
            [CorrectionNotice(march(6), march(20)), CorrectionReceived(march(21))],
            [FlagKind.CORRECTION_LATE],
        ),
        ([Extension(april(1), 5)], [FlagKind.EXTENSION_LATE]),
        ([Extension(march(20), 5), Extension(march(21), 5)], [FlagKind.EXTENSION_AGAIN]),
        (
            [CorrectionNotice(march(6), march(20)), Extension(march(10), 5)],
            [FlagKind.EXTENSION_IDLE],
        ),
        (
            [DelayAgreed(march(20), date(2025, 6, 30)), Extension(march(21), 5)],
            [FlagKind.EXTENSION_OF_FIXED],
        ),
        (consultation(april(1), delivered=april(2)), [FlagKind.CONSULT_LATE]),
        (
            consultation(march(31), april(3), delivered=april(1)),
            [FlagKind.CONSULT_ON_LAST_DAY],
        ),
        (consultation(march(7), april(2), delivered=march(11)), [FlagKind.OPINION_LATE]),
        (
            [*consultation(march(7), delivered=march(11)), ConsultLapsed(march(31), "A")],
            [FlagKind.LAPSED_EARLY],
        ),
        (
            [*consultation(march(7), whom=Whom.OTHER_ORGAN), AsOf(march(31))],
            [FlagKind.OTHER_ORGAN_SLOW],
        ),
        ([*consultation(march(7), whom=Whom.OTHER_ORGAN), AsOf(march(28))], []),
        (consultation(march(7)), [FlagKind.DELIVERY_UNKNOWN]),
        ([FeeNoticeIssued(april(1))], [FlagKind.FEE_NOTICE_LATE]),
        (
            [FeeNoticeIssued(april(1)), FeeNoticeReceived(april(2)), FeePaid(april(3))],
            [FlagKind.FEE_NOTICE_LATE, FlagKind.PAID_VOID],
        ),
        ([FeeNoticeIssued(march(20)), FeeNoticeIssued(march(21))], [FlagKind.FEE_NOTICE_AGAIN]),
        (
            [CorrectionNotice(march(6), march(20)), FeeNoticeIssued(march(10))],
            [FlagKind.FEE_NOTICE_IDLE],
        ),
        ([FeeNoticeReceived(march(20)), FeePaid(april(21))], [FlagKind.PAID_LATE]),
        ([DelayAgreed(april(1), date(2025, 6, 30))], [FlagKind.DELAY_LATE]),
        (
            [FeeNoticeIssued(march(20)), DelayAgreed(march(21), date(2025, 6, 30))],
            [FlagKind.DELAY_IDLE],
        ),
        ([DelayAgreed(march(20), march(31))], [FlagKind.DELAY_NOT_LATER]),
        ([ReplySent(april(1))], [FlagKind.REPLY_LATE]),
        ([ReplySent(march(31))], []),
        ([Withdrawn(march(10)), Extension(march(20), 5)], [FlagKind.AFTER_THE_END]),
        ([ReplySent(march(10)), ReplySent(march(11))], [FlagKind.AFTER_THE_END]),
    ],
)
def test_what_went_wrong_is_flagged(events, kinds):
    assert [flag.kind for flag in standing(*events).flags] == kinds


def test_a_flag_is_a_sentence_with_its_article():
    (flag,) = standing(Extension(april(1), 5)).flags

    assert flag.is_defect
    assert str(flag) == (
        "2025-04-01发出延期告知时，答复期限已于2025-03-31届满，延期无效"
        "（《政府信息公开条例》第三十三条第二款）"
    )


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ([CorrectionReceived(march(10))], "2025-03-10收到补正的申请之前没有发出补正告知的记录"),
        ([ConsultReply(march(10), "A")], "2025-03-10收到征求的意见：没有征求意见函“A”的发出记录"),
        ([ConsultDelivered(march(10))], "没有征求意见函的发出记录"),
        (
            [*consultation(march(7), march(10)), ConsultReply(march(11), "A")],
            "2025-03-11收到征求的意见：此前已收到意见",
        ),
        (
            [*consultation(march(7), march(10)), ConsultLapsed(march(11), "A")],
            "此前已收到意见或者已记为期满",
        ),
        (
            [*consultation(march(7), delivered=march(8)), ConsultDelivered(march(11), "A")],
            "此前已有送达记录",
        ),
        ([*consultation(march(7)), *consultation(march(10))], "编号“A”已经用过"),
        ([FeePaid(march(10))], "2025-03-10申请人缴费之前没有发出收费通知的记录"),
        (
            [FeeNoticeReceived(march(10)), FeeNoticeReceived(march(11))],
            "此前已有收到收费通知的记录",
        ),
        ([ReasonsGiven(march(10))], "之前没有要求说明理由的记录"),
        ([ReasonsAsked(march(10)), ReasonsAsked(march(11))], "此前已经要求说明理由"),
        (
            [ReasonsAsked(march(10)), ReasonsGiven(march(11)), ReasonsGiven(march(12))],
            "此前已收到理由",
        ),
        ([ReplySigned(march(10))], "2025-03-10申请人签收答复之前没有发出答复的记录"),
    ],
)
def test_a_ledger_that_contradicts_itself_is_refused(events, sentence):
    with pytest.raises(BadLedger, match=sentence):
        standing(*events)


def test_a_second_confirmation_is_refused():
    with pytest.raises(BadLedger, match="2025-03-06不能再次确认"):
        standing(Confirmed(march(5)), Confirmed(march(6)), channel=Channel.EMAIL)


def test_a_fee_before_the_fee_measure_is_refused():
    with pytest.raises(BadLedger, match="《信息处理费管理办法》自2021-01-01起施行"):
        standing(FeeNoticeIssued(date(2020, 12, 31)), received=date(2020, 12, 15))


def test_the_extension_is_foreign_to_other_periods():
    ledger = Ledger(RECEIVED, events=(Extension(march(5), 5),), term=CORRECTION_NOTICE)

    with pytest.raises(BadLedger, match="“告知补正”的期限不因“延期告知”而变"):
        replay(ledger)


def test_a_day_asked_about_before_the_arrival_is_refused():
    with pytest.raises(BadLedger, match="查询日2025-03-02早于收到之日2025-03-03"):
        standing(asof=march(2))


def test_a_period_beyond_the_calendar_is_refused():
    with pytest.raises(BadDate, match="超出可以计算的范围"):
        standing(received=date(2099, 12, 20))


# What stands beside the date


def test_day_zero_has_its_article():
    email = standing(Confirmed(march(5)), channel=Channel.EMAIL)

    assert (email.day0, str(email.day0_basis)) == (
        march(5),
        "《政府信息公开条例》第三十一条第（三）项",
    )
    assert str(email.article) == "《政府信息公开条例》第三十三条第二款"


def test_the_original_and_the_extended_due_are_told_apart():
    extended = standing(Extension(march(26), 10))

    assert (extended.original_due, extended.extended_due) == (march(31), april(15))
    assert standing().extended_due is None


@pytest.mark.parametrize(
    ("channel", "events", "safe"),
    [
        (Channel.EMAIL, [Confirmed(march(5))], march(31)),
        (Channel.POST_ORDINARY, [Confirmed(march(10))], march(31)),
        (Channel.IN_PERSON, [], march(31)),
        (Channel.IN_PERSON, [Extension(march(26), 10)], april(15)),
        # In time counted from the confirmation (2 April), late counted from the arrival.
        (Channel.EMAIL, [Confirmed(march(5)), Extension(april(1), 10)], march(31)),
        # Nobody recorded the delivery: the 15 days may have begun on the day of sending.
        (Channel.IN_PERSON, consultation(march(7), april(10)), april(22)),
        # Whether a second extension after a restart is lawful is an open question.
        (
            Channel.IN_PERSON,
            [
                Extension(march(4), 5),
                CorrectionNotice(march(6), march(20)),
                CorrectionReceived(march(17)),
                Extension(april(10), 20),
            ],
            april(15),
        ),
    ],
)
def test_the_safe_day_follows_the_earliest_reading(channel, events, safe):
    assert standing(*events, channel=channel).safe_due == safe


def test_the_internal_day_is_the_fifteenth():
    assert standing().internal_due == march(24)
    assert standing(Extension(march(26), 10)).internal_due == april(8)
    assert standing(policy=Policy(internal_due_day=10)).internal_due == march(17)
    assert standing(policy=Policy(internal_due_day=30)).internal_due == march(31)
    assert standing(DelayAgreed(march(20), date(2025, 6, 30))).internal_due is None


def test_silence_has_a_date_while_paused():
    paused = standing(*consultation(march(7), delivered=march(11)))

    assert (paused.token, paused.due, paused.if_silent) == ("PAUSED", None, april(24))
    assert standing(*consultation(march(7))).if_silent is None
    assert standing().if_silent is None


@pytest.mark.parametrize(
    ("events", "asof", "status"),
    [
        ([], march(31), Status.RUNNING),
        ([], april(1), Status.OVERDUE),
        (consultation(march(7), delivered=march(11)), march(31), Status.PAUSED),
        (consultation(march(7), delivered=march(11)), april(1), Status.RUNNING),
        ([CorrectionNotice(march(6), march(20))], march(20), Status.AWAITING_CORRECTION),
        ([CorrectionNotice(march(6), march(20))], march(21), Status.ABANDONED),
        ([FeeNoticeIssued(march(20))], april(30), Status.AWAITING_PAYMENT),
        ([FeeNoticeReceived(march(20))], april(19), Status.ABANDONED),
        ([Withdrawn(march(10))], april(30), Status.WITHDRAWN),
        (
            [CorrectionNotice(march(6), march(20)), Withdrawn(march(10))],
            april(30),
            Status.WITHDRAWN,
        ),
        ([ReplySent(march(28))], april(30), Status.ANSWERED),
        ([ReplySent(march(28), Way.DIRECT)], march(28), Status.RUNNING),
        ([ReplySent(march(28), Way.DIRECT)], april(1), Status.OVERDUE),
    ],
)
def test_the_status_is_that_of_the_day_asked_about(events, asof, status):
    assert standing(*events, asof=asof).status is status


def test_events_after_the_day_asked_about_are_not_known_yet():
    events = [Extension(march(26), 10), ReplySent(april(10))]

    assert standing(*events, asof=march(25)).due == march(31)
    assert standing(*events, asof=march(26)).due == april(15)
    assert standing(*events, asof=april(9)).in_time is None


@pytest.mark.parametrize(
    ("events", "answered", "in_time"),
    [
        ([ReplySent(march(31), Way.POST), ReplySigned(april(3))], march(31), True),
        ([ReplySent(april(1), Way.POST)], april(1), False),
        ([ReplySent(march(31), Way.ELECTRONIC)], march(31), True),
        ([ReplySent(march(31), Way.FAX)], march(31), True),
        ([ReplySent(march(31), Way.DIRECT), ReplySigned(march(31))], march(31), True),
        ([ReplySent(march(31), Way.DIRECT), ReplySigned(april(1))], april(1), False),
        ([ReplySent(march(31), Way.ORGAN), ReplySigned(april(1))], april(1), False),
        ([ReplySent(march(31), Way.COURIER), ReplySigned(april(1))], april(1), False),
        ([ReplySent(march(31), Way.DIRECT), ReplySent(april(1), Way.POST)], april(1), False),
    ],
)
def test_a_reply_is_in_time_by_the_day_that_counts_for_its_way(events, answered, in_time):
    found = standing(*events)

    assert (found.status, found.answered_on, found.in_time) == (Status.ANSWERED, answered, in_time)


def test_a_reply_given_while_the_clock_stands_still_is_in_time():
    found = standing(*consultation(march(7)), ReplySent(april(30)))

    assert (found.token, found.in_time) == ("ANSWERED:2025-04-30", True)


def test_a_closing_notice_after_the_abandonment_changes_nothing():
    events = [CorrectionNotice(march(6), march(20)), ReplySent(march(25))]

    assert standing(*events).token == "ABANDONED:2025-03-21"


def test_only_the_wait_that_ran_out_first_ends_the_matter():
    found = standing(
        CorrectionNotice(march(6), march(20)),
        Note(march(21)),
        CorrectionReceived(march(24), justified=True),
        FeeNoticeReceived(april(1)),
        AsOf(date(2025, 5, 30)),
    )

    assert found.token == "ABANDONED:2025-04-30"


@pytest.mark.parametrize(
    ("events", "token"),
    [
        # Two waits at once: the one that runs out first ends the matter.
        (
            [FeeNoticeReceived(march(5)), CorrectionNotice(march(6), april(30))],
            "ABANDONED:2025-04-03",
        ),
        # What was over stays over, though the time to correct runs out later.
        ([CorrectionNotice(march(6), march(20)), ReplySent(march(10))], "ANSWERED:2025-03-10"),
        (
            [
                CorrectionNotice(march(6), march(20)),
                ReplySent(march(10)),
                CorrectionReceived(march(12)),
            ],
            "ANSWERED:2025-03-10",
        ),
        (
            [CorrectionNotice(march(6), march(20)), Withdrawn(march(10))],
            "WITHDRAWN:2025-03-10",
        ),
        # An order to answer ends every wait.
        ([CorrectionNotice(march(6), march(20)), ReplyOrdered(march(18))], "2025-04-16"),
        # A payment starts a full period, also after a later date was agreed.
        (
            [
                DelayAgreed(march(20), date(2025, 6, 30)),
                FeeNoticeReceived(march(21)),
                FeePaid(march(28)),
            ],
            "2025-04-27",
        ),
    ],
)
def test_waits_and_ends_do_not_get_mixed_up(events, token):
    assert standing(*events, asof=date(2025, 6, 1)).token == token


def test_an_order_to_answer_revives_a_matter_and_may_set_the_day():
    ordered = ReplyOrdered(date(2025, 7, 1), until=date(2025, 7, 20), source=Order.JUDGMENT)
    found = standing(ReplySent(march(28)), ordered)

    assert (found.status, found.due) == (Status.RUNNING, date(2025, 7, 20))
    assert str(found.day0_basis) == "《行政诉讼法》第七十条"


# Policy


def test_a_late_correction_notice_restarts_if_the_office_says_so():
    events = [CorrectionNotice(march(13), march(27)), CorrectionReceived(march(20))]
    found = standing(*events, policy=Policy(late_correction_restarts=True))

    assert (found.due, found.safe_due) == (april(18), march(31))
    assert [flag.kind for flag in found.flags] == [FlagKind.CORRECTION_NOTICE_LATE]


def test_the_time_to_correct_is_the_offices():
    events = [CorrectionNotice(march(6)), AsOf(march(17))]

    assert standing(*events).token == "AWAITING_CORRECTION"
    assert standing(*events, policy=Policy(correction_days=5)).token == "ABANDONED:2025-03-14"


def test_without_automatic_receipts_an_unconfirmed_form_is_counted_from_arrival():
    manual = Policy(auto_receipt_is_confirmation=False)

    unconfirmed = standing(channel=Channel.ONLINE, policy=manual)
    confirmed = standing(Confirmed(march(5)), channel=Channel.ONLINE, policy=manual)

    assert (unconfirmed.status, unconfirmed.due) == (Status.UNCONFIRMED, march(31))
    assert (confirmed.status, confirmed.due, confirmed.safe_due) == (
        Status.RUNNING,
        april(2),
        march(31),
    )
    assert standing(channel=Channel.ONLINE).status is Status.RUNNING


def test_the_sending_day_is_left_out_if_the_office_says_so():
    events = consultation(march(7), march(21), delivered=march(10))
    found = standing(*events, policy=Policy(sending_day_counts=False))

    assert (found.due, found.safe_due) == (april(16), april(15))


def test_asking_for_reasons_pauses_if_the_office_says_so():
    events = [ReasonsAsked(march(7)), ReasonsGiven(march(14))]
    pausing = Policy(reason_request_pauses=True)

    assert standing(*events).due == march(31)
    assert standing(*events, policy=pausing).due == april(8)
    assert standing(events[0], policy=pausing).token == "PAUSED"


def test_an_extension_after_a_restart_is_barred_if_the_office_says_so():
    events = [
        Extension(march(4), 5),
        CorrectionNotice(march(6), march(20)),
        CorrectionReceived(march(17)),
        Extension(april(10), 20),
    ]

    assert standing(*events).due == date(2025, 5, 15)
    assert standing(*events, policy=Policy(extension_once_per_run=False)).due == april(15)


def test_an_order_without_a_period_takes_the_offices():
    events = [ReplySent(march(28)), ReplyOrdered(date(2025, 7, 1))]

    assert standing(*events).due == date(2025, 7, 29)
    assert standing(*events, policy=Policy(reply_after_order_days=10)).due == date(2025, 7, 15)


def test_the_reminder_about_another_organ_is_the_offices():
    events = [*consultation(march(7), whom=Whom.OTHER_ORGAN), AsOf(march(17))]
    eager = Policy(other_organ_alert_days=5)

    assert [flag.kind for flag in standing(*events, policy=eager).flags] == [
        FlagKind.OTHER_ORGAN_SLOW
    ]


# Provisional years


def test_a_date_in_a_year_without_a_notice_says_so():
    found = standing(received=date(2026, 12, 10))

    assert (found.token, found.provisional) == ("PROVISIONAL:2027-01-08", True)
    assert [flag.kind for flag in found.flags] == [FlagKind.PROVISIONAL]


def test_a_loaded_notice_makes_it_certain():
    notice = "国办发明电〔2026〕0号"
    loaded = china().with_overrides(
        [
            Override(date(2027, 1, 4), OverrideKind.HOLIDAY, notice),
            Override(date(2027, 1, 1), OverrideKind.NOTICE, notice),
        ]
    )

    assert standing(received=date(2026, 12, 10), calendar=loaded).token == "2027-01-11"


def test_the_last_days_of_the_last_known_year_carry_a_warning():
    found = standing(received=date(2026, 12, 1))

    assert (found.token, [flag.kind for flag in found.flags]) == (
        "2026-12-29",
        [FlagKind.YEAR_END],
    )


# Rules that hold for every ledger

received_days = st.dates(date(2020, 1, 2), date(2026, 10, 1))
offsets = st.integers(0, 60)
channels = st.sampled_from([one for one in Channel if one is not Channel.PROACTIVE])
simple_channels = st.sampled_from([Channel.IN_PERSON, Channel.POST_SIGNED, Channel.ONLINE])


def naive_due(received, length, pauses):
    """The last counted day, by walking; a pause is a pair of days (sent, answered]."""
    day, counted = received, 0
    while counted < length:
        day += timedelta(days=1)
        paused = any(sent < day <= answered for sent, answered in pauses)
        counted += china().is_working(day) and not paused
    return day


@st.composite
def pausing_ledgers(draw, latest=60):
    """A request with letters to other organs, all answered, and perhaps an extension."""
    received = draw(received_days)
    pauses = draw(st.lists(st.tuples(st.integers(1, latest), st.integers(0, 30)), max_size=4))
    events = []
    for number, (sent, length) in enumerate(pauses):
        sending = received + timedelta(days=sent)
        events += consultation(
            sending,
            sending + timedelta(days=length),
            number=str(number),
            whom=Whom.OTHER_ORGAN,
        )
    if draw(st.booleans()):
        events.append(Extension(received + timedelta(days=draw(offsets) + 1), draw(extensions)))
    events.sort(key=lambda event: (event.on, event.RANK))
    return Ledger(received, draw(simple_channels), tuple(events))


extensions = st.integers(1, 20)
LATE = date(2027, 12, 31)


def pauses_of(ledger):
    sent = {event.id: event.on for event in ledger.events if isinstance(event, ConsultSent)}
    answers = {event.id: event.on for event in ledger.events if isinstance(event, ConsultReply)}
    return [(sent[number], answers[number]) for number in sent]


@given(pausing_ledgers())
def test_the_due_day_is_found_by_walking(ledger):
    pauses = pauses_of(ledger)
    expected = naive_due(ledger.received, 20, pauses)
    for event in ledger.events:
        if isinstance(event, Extension) and event.on <= expected:
            expected = naive_due(ledger.received, 20 + event.workdays, pauses)

    assert replay(ledger, asof=LATE).due == expected


@given(received_days, channels, st.sampled_from(sorted(TERMS)))
def test_every_period_ends_on_a_working_day(received, channel, code):
    term = TERMS[code]
    found = replay(Ledger(max(received, term.since), channel, term=term))

    assert china().is_working(found.due)
    if term.unit is Unit.WORKING_DAYS:
        assert china().working_days(found.day0, found.due) == term.length


@given(received_days, st.integers(1, 60), st.integers(0, 60))
def test_a_pause_adds_exactly_the_working_days_it_covers(received, sent, length):
    plain = replay(Ledger(received)).due
    sending = received + timedelta(days=sent)
    answer = sending + timedelta(days=length)
    events = tuple(consultation(sending, answer, whom=Whom.OTHER_ORGAN))

    paused = replay(Ledger(received, events=events)).due

    in_time = china().working_days(received, sending) < 20
    covered = china().working_days(sending, answer) if in_time else 0
    assert china().working_days(plain, paused) == covered


@given(pausing_ledgers(), st.sets(st.integers(1, 90), max_size=8))
def test_more_holidays_never_make_it_earlier(ledger, holidays):
    more = china().with_overrides(
        Override(ledger.received + timedelta(days=n), OverrideKind.HOLIDAY, "test")
        for n in holidays
    )

    assert replay(ledger, more, asof=LATE).due >= replay(ledger, asof=LATE).due


@given(pausing_ledgers())
def test_receipt_a_day_later_never_makes_it_earlier(ledger):
    later = Ledger(ledger.received + timedelta(days=1), ledger.channel, ledger.events)

    assert replay(later, asof=LATE).due >= replay(ledger, asof=LATE).due


@given(pausing_ledgers(latest=12), st.randoms(use_true_random=False))
def test_the_order_of_events_of_one_day_does_not_matter(ledger, random):
    shuffled = list(ledger.events)
    random.shuffle(shuffled)
    shuffled.sort(key=lambda event: event.on)

    mixed = replay(Ledger(ledger.received, ledger.channel, tuple(shuffled)))

    plain = replay(ledger)
    assert (mixed.token, mixed.safe_due) == (plain.token, plain.safe_due)
    assert {str(flag) for flag in mixed.flags} == {str(flag) for flag in plain.flags}


@given(pausing_ledgers())
def test_the_safe_day_is_never_later(ledger):
    found = replay(ledger, asof=LATE)

    assert found.safe_due <= found.due


event_days = st.integers(0, 70).map(lambda n: date(2025, 3, 1) + timedelta(days=n))
some_ids = st.sampled_from(["", "A", "B"])
any_event = st.one_of(
    st.builds(Confirmed, event_days),
    st.builds(Extension, event_days, extensions),
    st.builds(lambda on, n: DelayAgreed(on, on + timedelta(days=n)), event_days, offsets),
    st.builds(lambda on, n: CorrectionNotice(on, on + timedelta(days=n)), event_days, offsets),
    st.builds(CorrectionNotice, event_days),
    st.builds(ConsultSent, event_days, some_ids, st.sampled_from(Whom)),
    st.builds(ConsultDelivered, event_days, some_ids),
    st.builds(ConsultReply, event_days, some_ids),
    st.builds(ConsultLapsed, event_days, some_ids),
    st.builds(ReasonsAsked, event_days),
    st.builds(ReasonsGiven, event_days),
    st.builds(FeeNoticeIssued, event_days),
    st.builds(FeeNoticeReceived, event_days),
    st.builds(CorrectionReceived, event_days, st.booleans(), st.none() | channels),
    st.builds(FeePaid, event_days),
    st.builds(ReplySent, event_days, st.sampled_from(Way)),
    st.builds(ReplySigned, event_days),
    st.builds(Withdrawn, event_days),
    st.builds(ReplyOrdered, event_days, st.none() | st.integers(1, 30)),
    st.builds(Note, event_days),
    st.builds(AsOf, event_days),
)
policies = st.builds(
    Policy,
    auto_receipt_is_confirmation=st.booleans(),
    late_correction_restarts=st.booleans(),
    sending_day_counts=st.booleans(),
    extension_once_per_run=st.booleans(),
    reason_request_pauses=st.booleans(),
)


@given(st.lists(any_event, max_size=8), channels, policies, st.booleans())
def test_any_ledger_has_a_standing_or_a_sentence(events, channel, policy, ordered):
    if ordered:
        events.sort(key=lambda event: event.on)
    try:
        found = replay(Ledger(date(2025, 3, 1), channel, tuple(events)), policy=policy)
    except GongkaiError as problem:
        seen = [str(problem)]
    else:
        seen = [found.token, *map(str, found.flags), str(found.safe_due), *map(str, found.days())]
        fixed = found.course.fixed is not None
        assert found.due is None or fixed or china().is_working(found.due)
        assert found.internal_due is None or found.internal_due <= found.due

    assert all(seen)


def test_the_events_tried_above_are_all_there_are():
    tried = {Confirmed, Extension, DelayAgreed, CorrectionNotice, ConsultSent, ConsultDelivered}
    tried |= {ConsultReply, ConsultLapsed, ReasonsAsked, ReasonsGiven, FeeNoticeIssued}
    tried |= {FeeNoticeReceived, CorrectionReceived, FeePaid, ReplySent, ReplySigned, Withdrawn}
    tried |= {ReplyOrdered, Note, AsOf}

    assert tried == set(EVENTS)
    assert REPLY.length == 20
