"""办理记录：what happened to a request, as typed dated events, in the order of days.

Each event class carries the name it has in a JSON ledger (``TYPE``) and its place among events of
the same day (``RANK``): what the organ sends stands before what it gets back, and an extension
stands before anything that would stop or restart the clock on that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import ClassVar

from gongkai.errors import BadDate, BadLedger, NotAllowed
from gongkai.law.terms import CORRECTION_NOTICE, EXTENSION, REPLY, Term


class _Coded(StrEnum):
    """A code for the machine and a label for people."""

    label: str

    def __new__(cls, code: str, label: str) -> _Coded:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class Channel(_Coded):
    """收到的途径：how an application, or a letter the clock runs from, arrived（第三十一条）."""

    IN_PERSON = "in_person", "当面提交"
    ORAL = "oral", "口头申请"
    POST_SIGNED = "post_signed", "需签收的邮寄"
    POST_ORDINARY = "post_ordinary", "平常信函"
    INTERNAL = "internal", "其他内设机构转交"
    ONLINE = "online", "网上提交"
    EMAIL = "email", "电子邮件"
    FAX = "fax", "传真"
    SERVED = "served", "送达"
    PROACTIVE = "proactive", "主动公开"

    @property
    def is_electronic(self) -> bool:
        """互联网渠道或传真：received when both sides confirm（第三十一条第三项）."""
        return self in _ELECTRONIC

    @property
    def is_unsigned_post(self) -> bool:
        """无需签收：received when the disclosure office confirms with the applicant."""
        return self in _UNSIGNED


_ELECTRONIC = frozenset({Channel.ONLINE, Channel.EMAIL, Channel.FAX})
_UNSIGNED = frozenset({Channel.POST_ORDINARY, Channel.INTERNAL})


class Whom(_Coded):
    """征求意见的对象：who was asked, which decides how long silence may last."""

    THIRD_PARTY = "third_party", "第三方"
    CO_MAKER = "co_maker", "共同制作机关"
    OTHER_ORGAN = "other_agency", "其他机关"


class Way(_Coded):
    """送达方式：decides which day a reply counts as given（国办公开办函〔2016〕235号）."""

    POST = "post", "邮政寄送"
    ELECTRONIC = "electronic", "电子方式"
    FAX = "fax", "传真"
    DIRECT = "direct", "直接送达"
    ORGAN = "organ", "委托其他机关送达"
    COURIER = "courier", "其他快递"

    @property
    def counts_when_sent(self) -> bool:
        """以发出之日为准：the day handed to the post, or reaching the applicant's system.

        A fax arrives as it is sent, like everything electronic; 235号 does not name it.
        """
        return self is Way.POST or self.arrives_at_once

    @property
    def arrives_at_once(self) -> bool:
        """即时到达：nobody signs for it, and no post carries it."""
        return self in (Way.ELECTRONIC, Way.FAX)


class Order(_Coded):
    """责令答复的文书：what kind of decision ordered the reply."""

    REVIEW = "review", "行政复议决定"
    JUDGMENT = "judgment", "行政判决"


@dataclass(frozen=True, slots=True)
class Event:
    """事件：something that happened on a day."""

    TYPE: ClassVar[str]
    NAME: ClassVar[str]
    RANK: ClassVar[int]

    on: date

    def __str__(self) -> str:
        return f"{self.on}{self.NAME}"


@dataclass(frozen=True, slots=True)
class Confirmed(Event):
    """确认收到：both sides confirm the receipt of an application that needs it（第三十一条）."""

    TYPE, NAME, RANK = "confirmed", "确认收到申请", 0


@dataclass(frozen=True, slots=True)
class Extension(Event):
    """延期告知：the notice of an approved extension is sent（第三十三条第二款）."""

    TYPE, NAME, RANK = "extension", "延期告知", 1

    workdays: int

    def __post_init__(self) -> None:
        if self.workdays < 1:
            raise BadLedger(f"{self.on}的延期为{self.workdays}个工作日，至少应当为1个工作日")
        if self.workdays > EXTENSION.length:
            raise NotAllowed(
                f"{self.on}的延期为{self.workdays}个工作日，"
                f"延长最长不得超过{EXTENSION.length}个工作日（{EXTENSION.article}）"
            )


@dataclass(frozen=True, slots=True)
class DelayAgreed(Event):
    """延迟答复告知：a reasonable later date is set and notified（第三十五条）."""

    TYPE, NAME, RANK = "delay_agreed", "延迟答复告知", 2

    until: date

    def __post_init__(self) -> None:
        _not_before(self.until, self.on, "延迟答复的日期")


@dataclass(frozen=True, slots=True)
class CorrectionNotice(Event):
    """补正告知：the notice is sent; ``correct_by`` is the last day given（第三十条）."""

    TYPE, NAME, RANK = "correction_notice", "补正告知", 3

    correct_by: date | None = None

    def __post_init__(self) -> None:
        if self.correct_by is not None:
            _not_before(self.correct_by, self.on, "补正期限")


@dataclass(frozen=True, slots=True)
class ConsultSent(Event):
    """发出征求意见函：to a third party, a co-making organ or another organ."""

    TYPE, NAME, RANK = "consult_sent", "发出征求意见函", 4

    id: str = ""
    whom: Whom = Whom.THIRD_PARTY


@dataclass(frozen=True, slots=True)
class ConsultDelivered(Event):
    """征求意见函送达：the day the one asked received the letter; its 15 days run from here."""

    TYPE, NAME, RANK = "consult_delivered", "征求意见函送达", 5

    id: str = ""


@dataclass(frozen=True, slots=True)
class ConsultReply(Event):
    """收到意见：the day the answer arrived."""

    TYPE, NAME, RANK = "consult_reply", "收到征求的意见", 6

    id: str = ""


@dataclass(frozen=True, slots=True)
class ConsultLapsed(Event):
    """逾期未提出意见：the organ stops waiting."""

    TYPE, NAME, RANK = "consult_lapsed", "征求意见期满未答复", 7

    id: str = ""


@dataclass(frozen=True, slots=True)
class ReasonsAsked(Event):
    """要求说明理由（第三十五条）."""

    TYPE, NAME, RANK = "reasons_asked", "要求说明理由", 8


@dataclass(frozen=True, slots=True)
class ReasonsGiven(Event):
    """申请人说明理由（第三十五条）."""

    TYPE, NAME, RANK = "reasons_given", "申请人说明理由", 9


@dataclass(frozen=True, slots=True)
class FeeNoticeIssued(Event):
    """发出收费通知（《信息处理费管理办法》第六条）."""

    TYPE, NAME, RANK = "fee_notice_issued", "发出收费通知", 10


@dataclass(frozen=True, slots=True)
class FeeNoticeReceived(Event):
    """申请人收到收费通知：20 working days to pay run from the next day."""

    TYPE, NAME, RANK = "fee_notice_received", "申请人收到收费通知", 11


@dataclass(frozen=True, slots=True)
class CorrectionReceived(Event):
    """收到补正的申请：the corrected application arrives（第三十条、第三十一条）.

    ``justified``: it is late, but the organ accepts the reason. ``channel``: how it arrived, if not
    as the application did.
    """

    TYPE, NAME, RANK = "correction_received", "收到补正的申请", 12

    justified: bool = False
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class FeePaid(Event):
    """申请人缴费（《信息处理费管理办法》第六条）."""

    TYPE, NAME, RANK = "fee_paid", "申请人缴费", 13


@dataclass(frozen=True, slots=True)
class ReplySent(Event):
    """发出答复：handed to the post, put into the applicant's system, or set out to be served."""

    TYPE, NAME, RANK = "reply_sent", "发出答复", 14

    way: Way = Way.POST


@dataclass(frozen=True, slots=True)
class ReplySigned(Event):
    """签收答复：the applicant signed for the reply."""

    TYPE, NAME, RANK = "reply_signed", "申请人签收答复", 15


@dataclass(frozen=True, slots=True)
class Withdrawn(Event):
    """撤回申请：the applicant withdraws in writing."""

    TYPE, NAME, RANK = "withdrawn", "申请人撤回申请", 16


@dataclass(frozen=True, slots=True)
class ReplyOrdered(Event):
    """责令重新答复：a review decision or judgment orders a (new) reply; the day it was received.

    ``until`` or ``workdays`` as ordered; with neither, the policy of the office applies.
    """

    TYPE, NAME, RANK = "reply_ordered", "责令重新答复", 17

    workdays: int | None = None
    until: date | None = None
    source: Order = Order.REVIEW

    def __post_init__(self) -> None:
        if self.until is not None:
            _not_before(self.until, self.on, "责令答复的期限")
        if self.workdays is not None and not 1 <= self.workdays <= 365:
            raise BadLedger(f"{self.on}责令答复的期限为{self.workdays}个工作日，应当在1至365之间")
        if self.until is not None and self.workdays is not None:
            raise BadLedger(f"{self.on}责令答复的期限只能写日期或者工作日数中的一种")


@dataclass(frozen=True, slots=True)
class Note(Event):
    """备注：on record, without effect on the clock, such as an attempt to reach the applicant."""

    TYPE, NAME, RANK = "note", "备注", 18

    text: str = ""


@dataclass(frozen=True, slots=True)
class AsOf(Event):
    """查询日：not an event but a question: how did things stand at the end of this day."""

    TYPE, NAME, RANK = "asof", "查询日", 19


EVENTS: tuple[type[Event], ...] = (
    Confirmed,
    Extension,
    DelayAgreed,
    CorrectionNotice,
    ConsultSent,
    ConsultDelivered,
    ConsultReply,
    ConsultLapsed,
    ReasonsAsked,
    ReasonsGiven,
    FeeNoticeIssued,
    FeeNoticeReceived,
    CorrectionReceived,
    FeePaid,
    ReplySent,
    ReplySigned,
    Withdrawn,
    ReplyOrdered,
    Note,
    AsOf,
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """办理记录：when and how something arrived, and what happened then.

    ``received`` is the raw day of arrival; what the law takes for the day of receipt is for the
    clock to find. Events must stand in the order of their days (those of one day in any order);
    none may lie before the arrival. Else BadLedger. Days before the term was law: BadDate.
    """

    received: date
    channel: Channel = Channel.IN_PERSON
    events: tuple[Event, ...] = ()
    term: Term = REPLY

    def __post_init__(self) -> None:
        if self.received < self.term.since:
            raise BadDate(
                f"{self.received}早于{self.term.since}，现行规定当时尚未施行，不能据以计算"
                f"{self.term.name}的期限（{self.term.article}）"
            )
        if self.channel is Channel.PROACTIVE and self.term in (REPLY, CORRECTION_NOTICE):
            raise BadLedger("主动公开不是收到申请的途径，请核对途径或者案件种类")
        if self.events:
            object.__setattr__(self, "events", self._in_order())

    def _in_order(self) -> tuple[Event, ...]:
        """Events by day and rank; the question of the day stands apart, at the end."""
        for event in self.events:
            if event.on < self.received:
                raise BadLedger(f"{event}，早于收到之日{self.received}")
        happened = [event for event in self.events if type(event) is not AsOf]
        for earlier, later in pairwise(happened):
            if later.on < earlier.on:
                raise BadLedger(f"办理记录没有按日期先后排列：{later}，排在{earlier}之后")
        happened.sort(key=lambda event: (event.on, event.RANK))
        return (*happened, *(event for event in self.events if type(event) is AsOf))


def _not_before(day: date, on: date, what: str) -> None:
    if day < on:
        raise BadLedger(f"{what}{day}早于发出之日{on}")
