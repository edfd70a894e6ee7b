"""期限的钟：replay a ledger of events and say by which day the law wants something done.

>>> from datetime import date
>>> ledger = Ledger(date(2025, 3, 3), events=(Extension(date(2025, 3, 26), workdays=10),))
>>> replay(ledger).token
'2025-04-15'

Store events, compute dates: nothing here is remembered between calls, so a new holiday notice or a
late entry in the ledger moves every date it should.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from gongkai.errors import BadLedger
from gongkai.law.articles import Article
from gongkai.law.calendar import Calendar, china
from gongkai.law.course import Course, Status
from gongkai.law.events import AsOf, Confirmed, Extension, Ledger, Note, Whom
from gongkai.law.flags import Flag, FlagKind
from gongkai.law.policy import Policy
from gongkai.law.rules import apply
from gongkai.law.strip import Day, days
from gongkai.law.terms import CORRECTION_NOTICE, REPLY

__all__ = ["Extension", "Ledger", "Policy", "Standing", "Status", "replay"]

DEFAULT = Policy()
_ENDED = {Status.ABANDONED: "ABANDONED", Status.WITHDRAWN: "WITHDRAWN"}
_WAITING = {
    Status.AWAITING_CORRECTION: "AWAITING_CORRECTION",
    Status.AWAITING_PAYMENT: "AWAITING_PAYMENT",
    Status.PAUSED: "PAUSED",
}
#: The first days of a year's notice that may reach back into December (since 2004 from the 29th).
_REACH_BACK = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """办理情况：where a matter stands at the end of the day ``asof``.

    ``due`` is the statutory last day, None while it cannot be known (paused, waiting) or no longer
    matters (abandoned, withdrawn). ``original_due`` is the same without the extension.
    ``closable_from`` is the first day an abandoned matter may be closed, or the day of withdrawal.
    ``day0`` is the day of receipt (or restart), itself not counted, and ``day0_basis`` its article.
    ``provisional``: a year on the way has no holiday notice yet; the date may still move.
    """

    ledger: Ledger
    asof: date
    status: Status
    due: date | None
    original_due: date | None
    day0: date
    day0_basis: Article
    closable_from: date | None
    answered_on: date | None
    provisional: bool
    flags: tuple[Flag, ...]
    course: Course = field(repr=False, compare=False)

    @property
    def received(self) -> date:
        """收到之日（第三十一条）：of the request itself, whatever began the period anew since."""
        return date.fromordinal(self.course.runs[0].day0)

    @property
    def article(self) -> Article:
        """依据：the article that sets the period."""
        return self.ledger.term.article

    @property
    def extended_due(self) -> date | None:
        """延长后的期限：None when there is no valid extension."""
        return self.due if self.course.extension else None

    @property
    def in_time(self) -> bool | None:
        """是否按期答复：None while there is no reply."""
        if self.answered_on is None:
            return None
        return self.due is None or self.answered_on <= self.due

    @property
    def safe_due(self) -> date | None:
        """稳妥期限：the earliest day a defensible reading arrives at; never later than ``due``."""
        course = self.course
        strict = _replay(self.ledger, course.calendar, _strict(course.policy), self.asof, True)
        days = [day for day in (self.due, strict.due) if day is not None]
        return min(days) if days else None

    @property
    def internal_due(self) -> date | None:
        """内部期限：the day the office wants to be done, by its policy; replies only."""
        course = self.course
        if self.due is None or course.fixed is not None or self.ledger.term.code != REPLY.code:
            return None
        length = course.policy.internal_due_day + course.extension
        day = course.counted(length, self.course.asof)
        return None if day is None else min(self.due, date.fromordinal(day))

    @property
    def if_silent(self) -> date | None:
        """对方始终不答复时的期限：of a paused matter, when every letter's 15 days are known."""
        if self.status is not Status.PAUSED:
            return None
        open_letters = [one for one in self.course.pauses if one.end(self.course.asof) is None]
        if any(one.cap is None for one in open_letters):
            return None
        last = max(one.cap for one in open_letters if one.cap is not None)
        day = self.course.due(last)
        return None if day is None else date.fromordinal(day)

    @property
    def token(self) -> str:
        """记号：an ISO date, or why there is none, as in the ``due`` column of the cases file.

        ``ABANDONED:<first day it may be closed>``, ``WITHDRAWN:<day>``, ``AWAITING_CORRECTION``,
        ``AWAITING_PAYMENT``, ``PAUSED``, ``PROVISIONAL:<date>``; ``ANSWERED:<day>`` for a reply
        given while the clock stood still.
        """
        if ended := _ENDED.get(self.status):
            return f"{ended}:{self.closable_from}"
        if self.due is None:
            return _WAITING.get(self.status) or f"ANSWERED:{self.answered_on}"
        return f"PROVISIONAL:{self.due}" if self.provisional else f"{self.due}"

    def days(self) -> Iterator[Day]:
        """逐日说明：each day from arrival to the end, why it counts or not, and its article."""
        return days(self.course, None if self.due is None else self.due.toordinal())


def replay(
    ledger: Ledger,
    calendar: Calendar | None = None,
    policy: Policy = DEFAULT,
    *,
    asof: date | None = None,
) -> Standing:
    """重演办理记录：where the matter stands, by which day it is due, and what went wrong.

    ``asof`` is the day asked about, at its end; events after it are not known yet. Without it, the
    `AsOf` of the ledger, else the day of the last event: an open wait is then still open.
    Raises BadLedger for a ledger that contradicts itself, BadDate outside the calendar.
    """
    return _replay(ledger, calendar or china(), policy, asof, False)


def _replay(
    ledger: Ledger, calendar: Calendar, policy: Policy, asof: date | None, strict: bool
) -> Standing:
    events = ledger.events
    if asof is None:
        asof = events[-1].on if events else ledger.received
    elif asof < ledger.received:
        raise BadLedger(f"查询日{asof}早于收到之日{ledger.received}")
    today = asof.toordinal()
    course = Course(ledger, calendar, policy, today, strict)
    if ledger.term.code != REPLY.code:
        _refuse_foreign_events(ledger)
    for event in events:
        on = event.on.toordinal()
        if on > today or type(event) is AsOf:
            break
        apply(course, event, on)
    return _standing(course, asof)


@lru_cache(maxsize=64)
def _strict(policy: Policy) -> Policy:
    return policy.strict()


def _refuse_foreign_events(ledger: Ledger) -> None:
    known = {AsOf, Note} | ({Confirmed} if ledger.term is CORRECTION_NOTICE else set())
    for event in ledger.events:
        if type(event) not in known:
            raise BadLedger(f"“{ledger.term.name}”的期限不因“{event.NAME}”而变，请核对案件种类")


def _standing(course: Course, asof: date) -> Standing:
    today = course.asof
    course.lapse(today)
    status, due = _status(course, today)
    original = due
    if due is not None and course.extension:
        original = course.counted(course.ledger.term.length, today)
    run = course.runs[-1]
    last = due or course.closable or today
    provisional = False
    if not course.calendar.is_sure(last + _REACH_BACK):
        provisional = _warn_of_unknown_years(course, last)
    if course.pauses:
        _remind_of_open_letters(course, today)
    if status is Status.UNCONFIRMED:
        course.flag(FlagKind.UNCONFIRMED, run.arrived)
    return Standing(
        course.ledger,
        asof,
        status,
        _date(due),
        _date(original),
        date.fromordinal(run.day0),
        run.basis,
        _date(course.closable),
        _date(course.answered),
        provisional,
        tuple(course.flags),
        course,
    )


def _status(course: Course, today: int) -> tuple[Status, int | None]:
    """The state, and the last day in time if there is one."""
    if course.ended is not None:
        return course.ended, course.due_when_answered
    if course.correct_by is not None:
        return Status.AWAITING_CORRECTION, None
    if course.fee_open:
        return Status.AWAITING_PAYMENT, None
    due = course.due(today)
    if due is None:
        return Status.PAUSED, None
    if today > due:
        return Status.OVERDUE, due
    return Status.UNCONFIRMED if course.unconfirmed else Status.RUNNING, due


def _warn_of_unknown_years(course: Course, last: int) -> bool:
    calendar, day = course.calendar, date.fromordinal(last)
    if calendar.is_provisional(course.ledger.received, day):
        course.flag(FlagKind.PROVISIONAL, last)
        return True
    if calendar.is_provisional(day, date.fromordinal(last + _REACH_BACK)):
        course.flag(FlagKind.YEAR_END, last, date(day.year + 1, 1, 1).toordinal())
    return False


def _remind_of_open_letters(course: Course, today: int) -> None:
    alert = course.policy.other_organ_alert_days
    for letter in course.consultations.values():
        if course.ended is not None or letter.end(today) is not None:
            continue
        if letter.whom is Whom.OTHER_ORGAN:
            if today > course.nth_after(letter.sent, alert):
                course.flag(FlagKind.OTHER_ORGAN_SLOW, today, letter.sent)
        elif letter.delivered is None:
            course.flag(FlagKind.DELIVERY_UNKNOWN, letter.sent)


def _date(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)
