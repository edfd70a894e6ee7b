"""办理进程：the state a ledger is folded into, event by event.

Days are ordinals (`date.toordinal`) here and positions among the working days, because a replay
must cost microseconds: the page that lists what is due replays every open case.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from gongkai.errors import BadLedger
from gongkai.law.articles import FEE_MEASURE, LITIGATION, RECONSIDERATION, REGULATION, Article
from gongkai.law.calendar import Calendar
from gongkai.law.events import Channel, Ledger, Order, Whom
from gongkai.law.flags import Flag, FlagKind
from gongkai.law.policy import Policy
from gongkai.law.terms import CORRECTION_NOTICE, OPINION, REPLY, Unit, add_months


class Status(StrEnum):
    """办理状态：where the matter stands on the day asked about."""

    UNCONFIRMED = "尚未确认"
    RUNNING = "期限计算中"
    PAUSED = "征求意见，暂停计算"
    AWAITING_CORRECTION = "等待补正"
    AWAITING_PAYMENT = "等待缴费"
    OVERDUE = "已逾期"
    ANSWERED = "已答复"
    ABANDONED = "视为放弃申请"
    WITHDRAWN = "已撤回"


#: 收到之日的依据（第三十一条；口头申请第二十九条）
RECEIPT_BASIS: dict[Channel, Article] = {
    Channel.IN_PERSON: REGULATION.article(31, item=1),
    Channel.ORAL: REGULATION.article(29, 1),
    Channel.POST_SIGNED: REGULATION.article(31, item=2),
    Channel.POST_ORDINARY: REGULATION.article(31, item=2),
    Channel.INTERNAL: REGULATION.article(31, item=2),
    Channel.ONLINE: REGULATION.article(31, item=3),
    Channel.EMAIL: REGULATION.article(31, item=3),
    Channel.FAX: REGULATION.article(31, item=3),
    Channel.SERVED: REGULATION.article(31),
    Channel.PROACTIVE: REGULATION.article(26),
}
CORRECTED = REGULATION.article(30)
CONSULTED = REGULATION.article(33, 3)
REASONS = REGULATION.article(35)
PAYMENT = FEE_MEASURE.article(6, 1)
PAID = FEE_MEASURE.article(6, 2)
ORDERED = {
    Order.REVIEW: RECONSIDERATION.article(64, 1),
    Order.JUDGMENT: LITIGATION.article(70),
}


class Run:
    """一轮计算：from one day 0 to the next restart. ``day0`` is itself not counted."""

    __slots__ = ("arrived", "basis", "day0")

    def __init__(self, arrived: int, basis: Article) -> None:
        self.arrived = self.day0 = arrived
        self.basis = basis


class Stop:
    """停止计算：days after ``since`` and before ``until`` (None: still stopped)."""

    __slots__ = ("basis", "since", "until")

    def __init__(self, since: int, basis: Article) -> None:
        self.since = since
        self.until: int | None = None
        self.basis = basis

    def covers(self, ordinal: int) -> bool:
        """停止期间：True from the day after the notice to the day before the restart."""
        return self.since < ordinal and (self.until is None or ordinal < self.until)


class Consultation:
    """征求意见：one letter; the clock pauses from the day after sending to the end."""

    __slots__ = ("cap", "delivered", "ended", "replied", "sent", "whom")

    def __init__(self, sent: int, whom: Whom | None, cap: int | None) -> None:
        self.sent = sent
        self.whom = whom
        self.cap = cap
        self.delivered: int | None = None
        self.ended: int | None = None
        self.replied = False

    def end(self, asof: int) -> int | None:
        """结束之日：the answer, or the last of the 15 days if that is earlier; None while open."""
        ended, cap = self.ended, self.cap
        if ended is None:
            return cap if cap is not None and cap <= asof else None
        return ended if cap is None or ended < cap else cap


class Course:
    """办理进程：what the rules (`gongkai.law.rules`) change and the clock reads.

    ``strict`` follows the earliest defensible reading of every day (稳妥期限).
    """

    __slots__ = (
        "answered",
        "asof",
        "calendar",
        "closable",
        "confirmable",
        "confirmed",
        "consultations",
        "correct_by",
        "due_when_answered",
        "ended",
        "extended",
        "extension",
        "fee_open",
        "fee_seen",
        "fixed",
        "fixed_by",
        "flags",
        "ledger",
        "noticed",
        "pauses",
        "pay_by",
        "policy",
        "reasons",
        "runs",
        "sent_by",
        "stops",
        "strict",
    )

    def __init__(
        self, ledger: Ledger, calendar: Calendar, policy: Policy, asof: int, strict: bool
    ) -> None:
        self.ledger = ledger
        self.asof = asof
        self.calendar = calendar
        self.policy = policy
        self.strict = strict
        term, channel = ledger.term, ledger.channel
        applied = term.code in (REPLY.code, CORRECTION_NOTICE.code)
        basis = RECEIPT_BASIS[channel] if applied else term.article
        self.runs = [Run(ledger.received.toordinal(), basis)]
        self.confirmable: Channel | None = channel if applied else None
        self.confirmed = False
        self.consultations: dict[str, Consultation] = {}
        self.pauses: list[Consultation] = []
        self.reasons: Consultation | None = None
        self.stops: list[Stop] = []
        self.flags: list[Flag] = []
        self.extension = 0
        self.extended = False
        self.fixed: int | None = None
        self.fixed_by: Article | None = None
        self.noticed = False
        self.correct_by: int | None = None
        self.fee_seen = False
        self.fee_open = False
        self.pay_by: int | None = None
        self.ended: Status | None = None
        self.closable: int | None = None
        self.sent_by: int | None = None
        self.answered: int | None = None
        self.due_when_answered: int | None = None

    # Counting

    def due(self, asof: int) -> int | None:
        """期限届满之日：as known on the day ``asof``; None while a consultation pauses it."""
        if self.fixed is not None:
            return self.fixed
        return self.counted(self.ledger.term.length + self.extension, asof)

    def counted(self, length: int, asof: int) -> int | None:
        """数到第几日：the last of ``length`` days (or months) of the present run."""
        term = self.ledger.term
        calendar = self.calendar
        day0 = self.runs[-1].day0
        if term.unit is not Unit.WORKING_DAYS:
            return calendar.roll(date.fromordinal(self.nominal())).toordinal()
        done = calendar.position(day0)
        due = done + length
        if not self.pauses:
            return calendar.at(due)
        for since, until in self.paused(asof):
            if since < done:
                since = done
            if since >= due:
                break
            if until is None:
                return None
            if until > since:
                due += until - since
                done = until
        return calendar.at(due)

    def paused(self, asof: int) -> Iterator[tuple[int, int | None]]:
        """扣除：positions (since, until] of the working days left out, in the order of sending."""
        position = self.calendar.position
        first = 0 if self.policy.sending_day_counts else 1
        for pause in self.pauses:
            end = pause.end(asof)
            yield position(pause.sent - first), None if end is None else position(end)

    def nominal(self) -> int:
        """未顺延的最后一日：of a period in days, months or years."""
        term, day0 = self.ledger.term, self.runs[-1].day0
        if term.unit is Unit.DAYS:
            return day0 + term.length
        months = term.length * (12 if term.unit is Unit.YEARS else 1)
        return add_months(date.fromordinal(day0), months).toordinal()

    def opinion_due(self, delivered: int) -> int:
        """第三方答复期届满之日：15 working days after the letter was received."""
        return self.nth_after(delivered, OPINION.length)

    def nth_after(self, on: int, n: int) -> int:
        """其后第n个工作日。"""
        return self.calendar.at(self.calendar.position(on) + n)

    # Stopping, restarting, ending

    @property
    def waiting(self) -> bool:
        """停止计算中：waiting for a correction or a payment."""
        return self.correct_by is not None or self.fee_open

    @property
    def unconfirmed(self) -> bool:
        """尚未确认：no day of confirmation, and nothing that stands for it."""
        channel = self.confirmable
        if channel is None or self.confirmed:
            return False
        if channel.is_unsigned_post:
            return True
        return channel.is_electronic and not self.policy.auto_receipt_is_confirmation

    def lapse(self, on: int) -> None:
        """逾期视为放弃：when the applicant let the time pass before this day."""
        if self.ended is not None:
            return
        limits = (self.correct_by, self.pay_by if self.fee_open else None)
        for limit in limits:
            if limit is not None and on > limit and (not self.closable or limit < self.closable):
                self.ended, self.closable = Status.ABANDONED, limit + 1

    def restart(self, on: int, basis: Article) -> None:
        """重新计算：a fresh period after this day; earlier extensions and pauses are wiped."""
        self.runs.append(Run(on, basis))
        for stop in self.stops:
            still = self.fee_open if stop.basis is PAYMENT else self.correct_by is not None
            if stop.until is None and not still:
                stop.until = on
        self.extension = 0
        if self.policy.extension_once_per_run:
            self.extended = False
        self.fixed = self.fixed_by = None
        self.ended = self.closable = None

    def flag(self, kind: FlagKind, on: int, other: int | None = None) -> None:
        """提示：note something for people."""
        second = None if other is None else date.fromordinal(other)
        self.flags.append(Flag(kind, date.fromordinal(on), second))

    def consultation(self, number: str, what: str) -> Consultation:
        """找到征求意见函：the letter with this id; BadLedger when none was sent."""
        try:
            return self.consultations[number]
        except KeyError:
            named = f"“{number}”" if number else ""
            raise BadLedger(f"{what}：没有征求意见函{named}的发出记录") from None
