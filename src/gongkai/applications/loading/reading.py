"""读一行：a row of a register as a request with its events, and what is doubtful in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.applications.actions.receiving import Asked, Person
from gongkai.applications.loading import values
from gongkai.applications.loading.headings import LABELS, PERSONAL
from gongkai.applications.models.application import LONGEST
from gongkai.applications.states import Category, Identity
from gongkai.errors import BadDate, BadInput
from gongkai.law.events import (
    Channel,
    Confirmed,
    ConsultReply,
    ConsultSent,
    CorrectionNotice,
    CorrectionReceived,
    Event,
    Extension,
    Note,
    ReplySent,
    ReplySigned,
    Way,
    Whom,
    Withdrawn,
)
from gongkai.law.terms import EXTENSION
from gongkai.screening.identity import is_credit_code, is_resident_number

UNNAMED = "（登记簿未载明）"
#: Stands for the one consultation a register can tell of, until its row has a key.
CONSULTATION = "1"
_YEAR, _SERIAL = re.compile(r"20\d\d"), re.compile(r"\d+")
_NO = ("", "否", "无", "未", "没有", "-", "—", "/", "0")


@dataclass(frozen=True, slots=True)
class Doubtful:
    """一处疑点：the column, what was read, why; a fatal one keeps the row out."""

    column: str
    read: str
    reason: str
    fatal: bool = False


@dataclass(slots=True)
class Read:
    """读出的一件申请。"""

    row: int
    number: str = ""
    year: int = 0
    serial: int = 0
    asked: Asked | None = None
    person: Person | None = None
    arrived_on: date | None = None
    replied_on: date | None = None
    closed_on: date | None = None
    told_due: date | None = None
    outcome: str = ""
    reply_number: str = ""
    tracking: str = ""
    handler: str = ""
    unit: str = ""
    disputed: bool = False
    events: list[Event] = field(default_factory=list)
    doubts: list[Doubtful] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether the row stays out."""
        return any(one.fatal for one in self.doubts)

    def doubt(self, column: str, read: Any, reason: str, *, fatal: bool = False) -> None:
        """记下疑点：what tells of a person is masked."""
        told = values.text(read)
        if column in PERSONAL and told:
            told = f"{told[:1]}……（{len(told)}个字）"
        self.doubts.append(Doubtful(LABELS.get(column, column), told[:100], reason, fatal))


def read_row(
    number: int, cells: Mapping[str, Any], mapping: Mapping[str, str], *, today: date
) -> Read:
    """读一行：never raises; whatever is wrong stands among the doubts."""
    said = {ours: cells.get(theirs) for theirs, ours in mapping.items()}
    read = Read(number)
    days = _days(said, read, today)
    _numbered(said, read, days)
    if read.arrived_on is None:
        if not read.failed:
            read.doubt("arrived_on", said.get("arrived_on"), "没有收到日期", fatal=True)
        return read
    _in_order(read, days)
    channel = _asked(said, read)
    _events(said, read, days, channel)
    _ended(said, read, days)
    read.told_due = days.get("due_on")
    read.handler = "".join(values.text(said.get("handler")).split())[:60]
    read.unit = values.text(said.get("unit"))[:60]
    read.disputed = values.text(said.get("disputed")) not in _NO
    if note := values.text(said.get("note")):
        read.events.append(Note(read.arrived_on, text=f"登记簿备注：{note[:500]}"))
    return read


_DAYS = (
    "arrived_on", "confirmed_on", "correction_on", "corrected_on", "consult_on", "heard_on",
    "extended_on", "replied_on", "signed_on", "closed_on", "due_on",
)  # fmt: skip


def _days(said: Mapping[str, Any], read: Read, today: date) -> dict[str, date]:
    found = {}
    for name in _DAYS:
        try:
            day = values.day(said.get(name))
        except BadDate as problem:
            # A last day is only compared with ours.
            fatal = name != "due_on"
            read.doubt(name, said.get(name), f"{problem}".rstrip("。"), fatal=fatal)
            continue
        if day is None:
            continue
        if day > today and name != "due_on":
            read.doubt(name, day, f"日期{day}晚于今天", fatal=True)
            continue
        found[name] = day
    read.arrived_on = found.get("arrived_on")
    read.replied_on = found.get("replied_on")
    return found


def _numbered(said: Mapping[str, Any], read: Read, days: Mapping[str, date]) -> None:
    told = "".join(values.text(said.get("number")).split())
    if not told:
        read.doubt("number", "", "没有登记编号，无法避免重复导入", fatal=True)
        return
    read.number = told[:80]
    year = _YEAR.search(told)
    rest = told[: year.start()] + " " + told[year.end() :] if year else told
    serials = _SERIAL.findall(rest)
    if not serials or len(serials[-1]) > 9 or int(serials[-1]) == 0:
        read.doubt("number", told, "编号里没有流水号", fatal=True)
        return
    read.serial = int(serials[-1])
    arrived = days.get("arrived_on")
    read.year = int(year.group()) if year else arrived.year if arrived else 0
    if year and arrived and read.year != arrived.year:
        read.doubt("number", told, f"编号的年份与收到日期{arrived}不一致")


def _in_order(read: Read, days: Mapping[str, date]) -> None:
    arrived = days["arrived_on"]
    for name in _DAYS[1:-1]:
        if name in days and days[name] < arrived:
            read.doubt(name, days[name], f"{LABELS[name]}早于收到日期{arrived}", fatal=True)
    for first, then in (("correction_on", "corrected_on"), ("consult_on", "heard_on"),
                        ("replied_on", "signed_on")):  # fmt: skip
        if then in days and first not in days:
            read.doubt(then, days[then], f"有{LABELS[then]}，没有{LABELS[first]}", fatal=True)
        elif then in days and days[then] < days[first]:
            read.doubt(then, days[then], f"{LABELS[then]}早于{LABELS[first]}", fatal=True)


def _asked(said: Mapping[str, Any], read: Read) -> Channel:
    told = {name: values.text(value) for name, value in said.items()}
    subject = " ".join(told.get("subject", "").split())
    if not subject:
        read.doubt("subject", "", "没有申请内容")
    channel = _channel(told.get("channel", ""), read)
    whole = told.get("description", "")
    if len(subject) > 300:
        whole, subject = f"{subject}\n{whole}".strip(), f"{subject[:299]}…"
    read.asked = Asked(
        channel=channel,
        subject=subject or UNNAMED,
        description=whole[:LONGEST],
        arrival_note=f"邮件号码{came[:60]}" if (came := _code(told.get("came_with", ""))) else "",
        purpose=told.get("purpose", "")[:500],
    )
    read.person = _person(told, read)
    return channel


def _code(told: str) -> str:
    """A number of a mail: without blanks, as it is searched for."""
    return "".join(told.split()).upper()


def _channel(told: str, read: Read) -> Channel:
    found = values.channel(told)
    if found is not None:
        return found
    if "邮" in told or "信函" in told:
        read.doubt("channel", told, "没有写明是否需要签收，按需签收的邮寄计入")
        return Channel.POST_SIGNED
    reason = "提交渠道认不出" if told else "没有提交渠道"
    read.doubt("channel", told, f"{reason}，按当面提交计入，收到日期即起算日")
    return Channel.IN_PERSON


def _person(told: Mapping[str, str], read: Read) -> Person:
    name = " ".join(told.get("name", "").split())[:100]
    if not name:
        read.doubt("name", "", "没有申请人姓名")
    category = values.category(said := told.get("category", ""))
    if category is None:
        category = values.category_by_name(name)
        how = f"按姓名（名称）计入“{category.label}”" if category else "计入“其他”"
        read.doubt("category", said, f"申请人类别{'认不出' if said else '没有填写'}，{how}")
    number = _code(told.get("identity_number", "")).lstrip("'’")
    return Person(
        name=name or UNNAMED,
        category=category or Category.OTHER,
        identity=_identity(told, read, number, category),
        identity_number=number,
        phone=told.get("phone", ""),
        email=told.get("email", ""),
        address=told.get("address", ""),
    )


def _identity(
    told: Mapping[str, str], read: Read, number: str, category: Category | None
) -> Identity | str:
    """证件种类：as the column says, else as the number itself does; with what is wrong with it."""
    said = told.get("identity", "")
    kind: Identity | str = values.identity(said) or (Identity.OTHER if said else "")
    if said and values.identity(said) is None:
        read.doubt("identity", said, "证件种类认不出，按“其他有效证件”计入")
    if not kind and is_resident_number(number):
        return Identity.RESIDENT
    supposed = kind or (Identity.RESIDENT if category == Category.PERSON else "")
    if number and supposed == Identity.RESIDENT and not is_resident_number(number):
        read.doubt("identity_number", number, "身份证号码校验不符，照录")
    if number and supposed == Identity.CREDIT_CODE and not is_credit_code(number):
        read.doubt("identity_number", number, "统一社会信用代码校验不符，照录")
    return kind


def _events(
    said: Mapping[str, Any], read: Read, days: Mapping[str, date], channel: Channel
) -> None:
    """事件：as far as the columns tell, so that the clock can be replayed."""
    arrived = days["arrived_on"]
    if channel.is_electronic or channel.is_unsigned_post:
        # What a register calls the day of receipt is the day it was confirmed（第三十一条）.
        read.events.append(Confirmed(days.get("confirmed_on", arrived)))
    if "correction_on" in days:
        read.events.append(CorrectionNotice(days["correction_on"]))
    if "corrected_on" in days:
        read.events.append(CorrectionReceived(days["corrected_on"], channel=Channel.IN_PERSON))
    if "consult_on" in days:
        read.events.append(ConsultSent(days["consult_on"], id=CONSULTATION, whom=Whom.THIRD_PARTY))
    if "heard_on" in days:
        read.events.append(ConsultReply(days["heard_on"], id=CONSULTATION))
    _extended(said, read, days)


def _extended(said: Mapping[str, Any], read: Read, days: Mapping[str, date]) -> None:
    told = values.text(said.get("extension"))
    length = int(found[0]) if (found := _SERIAL.search(told)) else None
    if "extended_on" not in days:
        if length:
            read.doubt("extension", told, "有延期天数，没有延期告知日期，延期没有计入")
        return
    if length is None:
        length = EXTENSION.length
        read.doubt("extension", told, f"没有延长的工作日数，按最长{length}个工作日计入")
    if not 1 <= length <= EXTENSION.length:
        reason = f"延期{length}个工作日，不在1至{EXTENSION.length}之间（{EXTENSION.article}）"
        read.doubt("extension", told, reason, fatal=True)
        return
    read.events.append(Extension(days["extended_on"], workdays=length))


def _ended(said: Mapping[str, Any], read: Read, days: Mapping[str, date]) -> None:
    told = values.text(said.get("outcome"))
    replied = days.get("replied_on")
    if told:
        try:
            read.outcome, others = values.outcome(told)
        except BadInput as problem:
            # Of what is still being handled such a column tells how far it has got.
            if replied:
                read.doubt("outcome", told, f"{problem}".rstrip("。"), fatal=True)
        else:
            if others:
                read.doubt("outcome", told, f"按{read.outcome}计入，也可能是{'、'.join(others)}")
    if replied is None:
        if read.outcome:
            read.doubt("replied_on", "", "有答复结果，没有答复日期", fatal=True)
        elif tracking := _code(values.text(said.get("tracking"))):
            read.doubt("tracking", tracking, "有邮件号码，没有答复日期，没有计入")
        return
    if not told:
        read.doubt("outcome", "", "有答复日期，没有答复结果", fatal=True)
    way = values.way(values.text(said.get("way"))) or Way.POST
    if read.outcome == "F3a":
        read.events.append(Withdrawn(replied))
    read.events.append(ReplySent(replied, way=way))
    if signed := days.get("signed_on") or (None if way.counts_when_sent else replied):
        read.events.append(ReplySigned(signed))
    read.reply_number = values.text(said.get("reply_number"))[:100]
    read.tracking = _code(values.text(said.get("tracking")))[:60]
    read.closed_on = max(days.get("closed_on", replied), replied)
