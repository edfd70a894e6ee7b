"""期限规则：one function for each kind of event; the docstring is the rule.

Each takes the `Course`, the event and its day as an ordinal. The rows are those of the decision
table in the documentation of the clock. What the organ did against the rules has no effect and is
flagged; what cannot have happened (an answer to a letter never sent) is BadLedger.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from gongkai.errors import BadLedger
from gongkai.law.course import (
    CORRECTED,
    ORDERED,
    PAID,
    PAYMENT,
    REASONS,
    Consultation,
    Course,
    Status,
    Stop,
)
from gongkai.law.events import (
    Confirmed,
    ConsultDelivered,
    ConsultLapsed,
    ConsultReply,
    ConsultSent,
    CorrectionNotice,
    CorrectionReceived,
    DelayAgreed,
    Event,
    Extension,
    FeeNoticeIssued,
    FeeNoticeReceived,
    FeePaid,
    Note,
    ReasonsAsked,
    ReasonsGiven,
    ReplyOrdered,
    ReplySent,
    ReplySigned,
    Whom,
    Withdrawn,
)
from gongkai.law.flags import FlagKind
from gongkai.law.terms import CORRECTION_NOTICE, FEE_PAYMENT

E = TypeVar("E", bound=Event)
Rule = Callable[[Course, Any, int], None]

RULES: dict[type[Event], Rule] = {}
#: Rules that still speak when the matter has ended.
AFTER_THE_END: set[type[Event]] = set()


def rule(
    kind: type[E], *, after_the_end: bool = False
) -> Callable[[Callable[[Course, E, int], None]], Callable[[Course, E, int], None]]:
    """登记规则：the function decides the effect of this kind of event."""

    def register(function: Callable[[Course, E, int], None]) -> Callable[[Course, E, int], None]:
        RULES[kind] = function
        if after_the_end:
            AFTER_THE_END.add(kind)
        return function

    return register


@rule(Confirmed)
def confirm(course: Course, event: Confirmed, on: int) -> None:
    """第三十一条：unsigned letters, web forms, e-mail and fax count from the confirmation."""
    channel = course.confirmable
    if channel is None or course.waiting:
        return
    if not (channel.is_unsigned_post or channel.is_electronic):
        return
    if course.confirmed:
        raise BadLedger(f"{event.on}不能再次确认：收到日期此前已经确认")
    course.confirmed = True
    run = course.runs[-1]
    if channel.is_unsigned_post and on > run.arrived:
        course.flag(FlagKind.CONFIRMED_LATE, on, run.arrived)
    if not course.strict:
        run.day0 = on


@rule(CorrectionNotice)
def ask_to_correct(course: Course, event: CorrectionNotice, on: int) -> None:
    """第三十条：one notice within 7 working days stops the clock; a later one, or a second, not."""
    if course.noticed:
        course.flag(FlagKind.CORRECTION_NOTICE_AGAIN, on)
        return
    course.noticed = True
    last = course.nth_after(course.runs[0].day0, CORRECTION_NOTICE.length)
    if on > last:
        course.flag(FlagKind.CORRECTION_NOTICE_LATE, on, last)
        if not course.policy.late_correction_restarts:
            return
    if event.correct_by is None:
        by = course.nth_after(on, course.policy.correction_days)
    else:
        by = event.correct_by.toordinal()
    if by > course.nth_after(on, course.policy.correction_days_max):
        course.flag(FlagKind.CORRECTION_TIME_LONG, on, by)
    course.correct_by = by
    course.stops.append(Stop(on, CORRECTED))


@rule(CorrectionReceived, after_the_end=True)
def receive_correction(course: Course, event: CorrectionReceived, on: int) -> None:
    """第三十条：in time, or late with a good reason, the reply period starts afresh."""
    if not course.noticed:
        raise BadLedger(f"{event}之前没有发出补正告知的记录")
    by = course.correct_by
    if by is None:
        course.flag(FlagKind.CORRECTION_VOID, on)
    elif on > by and not event.justified:
        course.flag(FlagKind.CORRECTION_LATE, on)
    elif course.ended is not None and not (course.ended is Status.ABANDONED and on > by):
        course.flag(FlagKind.AFTER_THE_END, on)
    else:
        channel = event.channel or course.ledger.channel
        course.correct_by = None
        course.restart(on, CORRECTED)
        course.confirmable, course.confirmed = channel, False


@rule(ConsultSent)
def consult(course: Course, event: ConsultSent, on: int) -> None:
    """第三十三条第三款：the clock pauses from the day after the letter is sent."""
    if event.id in course.consultations:
        raise BadLedger(f"{event}：编号“{event.id}”已经用过，请为每封征求意见函编不同的号")
    if not course.waiting and (due := course.due(on)) is not None:
        if on > due:
            course.flag(FlagKind.CONSULT_LATE, on, due)
        elif course.calendar.position(on) >= course.calendar.position(due):
            course.flag(FlagKind.CONSULT_ON_LAST_DAY, on)
    limited = event.whom is not Whom.OTHER_ORGAN
    # The earliest defensible reading of a letter whose delivery nobody recorded: the same day.
    cap = course.opinion_due(on) if limited and course.strict else None
    letter = Consultation(on, event.whom, cap)
    course.consultations[event.id] = letter
    course.pauses.append(letter)


@rule(ConsultDelivered, after_the_end=True)
def deliver(course: Course, event: ConsultDelivered, on: int) -> None:
    """第三十二条、第三十四条：the 15 working days of the one asked run from delivery."""
    letter = course.consultation(event.id, str(event))
    if letter.delivered is not None:
        raise BadLedger(f"{event}：此前已有送达记录")
    letter.delivered = on
    if letter.whom is not Whom.OTHER_ORGAN:
        letter.cap = course.opinion_due(on)


@rule(ConsultReply, after_the_end=True)
def hear(course: Course, event: ConsultReply, on: int) -> None:
    """第三十二条：the pause ends with the answer, at the latest on the 15th working day."""
    letter = course.consultation(event.id, str(event))
    if letter.replied:
        raise BadLedger(f"{event}：此前已收到意见")
    letter.replied = True
    if letter.cap is not None and on > letter.cap:
        course.flag(FlagKind.OPINION_LATE, on, letter.cap)
    if letter.ended is None:
        letter.ended = on


@rule(ConsultLapsed, after_the_end=True)
def stop_waiting(course: Course, event: ConsultLapsed, on: int) -> None:
    """第三十二条、第三十四条：silence for 15 working days ends the pause; the organ decides."""
    letter = course.consultation(event.id, str(event))
    if letter.ended is not None:
        raise BadLedger(f"{event}：此前已收到意见或者已记为期满")
    if letter.delivered is not None and letter.cap is not None and on < letter.cap:
        course.flag(FlagKind.LAPSED_EARLY, on, letter.cap)
    letter.ended = on


@rule(Extension)
def extend(course: Course, event: Extension, on: int) -> None:
    """第三十三条第二款：once, of at most 20 working days, notified before the period is over."""
    if course.waiting:
        course.flag(FlagKind.EXTENSION_IDLE, on)
    elif course.fixed is not None:
        course.flag(FlagKind.EXTENSION_OF_FIXED, on, course.fixed)
    elif (due := course.due(on)) is not None and on > due:
        course.flag(FlagKind.EXTENSION_LATE, on, due)
    elif course.extended:
        course.flag(FlagKind.EXTENSION_AGAIN, on)
    else:
        course.extension = event.workdays
        course.extended = True


@rule(DelayAgreed)
def delay(course: Course, event: DelayAgreed, on: int) -> None:
    """第三十五条：reasons accepted, a reasonable later date notified: that date is the limit."""
    until = event.until.toordinal()
    due = course.due(on)
    if course.waiting:
        course.flag(FlagKind.DELAY_IDLE, on)
    elif due is not None and on > due:
        course.flag(FlagKind.DELAY_LATE, on, due)
    elif due is not None and until <= due:
        course.flag(FlagKind.DELAY_NOT_LATER, on, until)
    else:
        course.fixed, course.fixed_by = until, REASONS


@rule(ReasonsAsked)
def ask_for_reasons(course: Course, event: ReasonsAsked, on: int) -> None:
    """第三十五条：the statute is silent, the clock runs on; an office may choose to pause it."""
    if course.reasons is not None:
        raise BadLedger(f"{event}：此前已经要求说明理由")
    course.reasons = Consultation(on, None, None)
    if course.policy.reason_request_pauses:
        course.pauses.append(course.reasons)


@rule(ReasonsGiven, after_the_end=True)
def hear_reasons(course: Course, event: ReasonsGiven, on: int) -> None:
    """第三十五条：a pause for reasons, where the office has one, ends with them."""
    if course.reasons is None:
        raise BadLedger(f"{event}之前没有要求说明理由的记录")
    if course.reasons.ended is not None:
        raise BadLedger(f"{event}：此前已收到理由")
    course.reasons.ended = on


@rule(FeeNoticeIssued)
def charge(course: Course, event: FeeNoticeIssued, on: int) -> None:
    """收费办法第六条第一款：a notice within the processing period stops the clock till payment."""
    if event.on < FEE_PAYMENT.since:
        raise BadLedger(f"{event}：《信息处理费管理办法》自{FEE_PAYMENT.since}起施行，此前不得收取")
    if course.fee_seen:
        course.flag(FlagKind.FEE_NOTICE_AGAIN, on)
        return
    course.fee_seen = True
    due = course.due(on)
    if course.correct_by is not None:
        course.flag(FlagKind.FEE_NOTICE_IDLE, on)
    elif due is not None and on > due:
        course.flag(FlagKind.FEE_NOTICE_LATE, on, due)
    else:
        course.fee_open = True
        course.stops.append(Stop(on, PAYMENT))


@rule(FeeNoticeReceived)
def receive_fee_notice(course: Course, event: FeeNoticeReceived, on: int) -> None:
    """收费办法第六条第一款：20 working days to pay run from the day after receipt."""
    if not course.fee_seen:
        charge(course, FeeNoticeIssued(event.on), on)
    if course.pay_by is not None:
        raise BadLedger(f"{event}：此前已有收到收费通知的记录")
    course.pay_by = course.nth_after(on, FEE_PAYMENT.length)


@rule(FeePaid, after_the_end=True)
def pay(course: Course, event: FeePaid, on: int) -> None:
    """收费办法第六条第二款：paid in time, the period is counted afresh from the next day."""
    if not course.fee_seen:
        raise BadLedger(f"{event}之前没有发出收费通知的记录")
    if not course.fee_open:
        course.flag(FlagKind.PAID_VOID, on)
    elif course.pay_by is not None and on > course.pay_by:
        course.flag(FlagKind.PAID_LATE, on)
    elif course.ended is not None:
        course.flag(FlagKind.AFTER_THE_END, on)
    else:
        course.fee_open = False
        course.restart(on, PAID)
        course.confirmable = None


@rule(ReplySent, after_the_end=True)
def reply(course: Course, event: ReplySent, on: int) -> None:
    """国办公开办函〔2016〕235号：posted on the day it is handed in; served when signed for."""
    if course.ended is Status.ANSWERED:
        course.flag(FlagKind.AFTER_THE_END, on)
    elif course.ended is None:
        course.sent_by = on
        if event.way.counts_when_sent:
            _answer(course, on)


@rule(ReplySigned, after_the_end=True)
def sign(course: Course, event: ReplySigned, on: int) -> None:
    """国办公开办函〔2016〕235号：a reply served by hand is given on the day it is signed for."""
    if course.sent_by is None and course.ended is None:
        raise BadLedger(f"{event}之前没有发出答复的记录")
    if course.ended is None:
        _answer(course, on)


def _answer(course: Course, on: int) -> None:
    course.ended, course.answered = Status.ANSWERED, on
    due = None if course.waiting else course.due(on)
    course.due_when_answered = due
    if due is not None and on > due:
        course.flag(FlagKind.REPLY_LATE, on, due)


@rule(Withdrawn)
def withdraw(course: Course, event: Withdrawn, on: int) -> None:
    """撤回：a written withdrawal ends the matter."""
    course.ended, course.closable = Status.WITHDRAWN, on


@rule(ReplyOrdered, after_the_end=True)
def order(course: Course, event: ReplyOrdered, on: int) -> None:
    """复议决定、判决：a reply within the period ordered; none stated, as the office has it."""
    course.correct_by, course.fee_open = None, False
    course.restart(on, ORDERED[event.source])
    course.sent_by = course.answered = course.due_when_answered = None
    course.confirmable = None
    if event.until is not None:
        course.fixed = event.until.toordinal()
    else:
        workdays = event.workdays or course.policy.reply_after_order_days
        course.fixed = course.nth_after(on, workdays)


@rule(Note, after_the_end=True)
def take_note(course: Course, event: Note, on: int) -> None:
    """备注：no effect."""


def apply(course: Course, event: Event, on: int) -> None:
    """适用规则：let the event have its effect, if the matter is still open to it."""
    course.lapse(on)
    kind = type(event)
    if course.ended is not None and kind not in AFTER_THE_END:
        course.flag(FlagKind.AFTER_THE_END, on)
    else:
        RULES[kind](course, event, on)
