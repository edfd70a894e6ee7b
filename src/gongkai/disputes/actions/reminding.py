"""提醒：by state and not by date, so that a night without the job loses none.

A rule speaks about a day. It is told when that day has come and nobody has been told of it yet;
told is a row, one for a case, rule and day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.disputes.actions.ruling import last_ruling
from gongkai.disputes.clock import may_still_be_appealed
from gongkai.disputes.models import Dispute, Reminder
from gongkai.disputes.states import ANSWERING, LIVE, Result, State
from gongkai.law.calendar import Calendar
from gongkai.notices.actions.telling import tell_staff
from gongkai.notices.states import Audience
from gongkai.notices.subjects import Recipient
from gongkai.organs.holidays import calendar_of
from gongkai.organs.models import Role, Staff
from gongkai.organs.states import Duty

#: 提前几个工作日：before the last day of an answer, of an ordered reply, of an appeal.
AHEAD = 2
#: 提前几个工作日：before a hearing.
AHEAD_OF_HEARING = 1


@dataclass(frozen=True)
class Due:
    """该提醒的：which rule, about which day, in what words, and whether the head is told too."""

    rule: str
    about: date
    words: str
    grave: bool = False


def due_reminders(dispute: Dispute, today: date) -> Iterator[Due]:
    """该提醒什么：everything whose day has come, told or not."""
    calendar = calendar_of(dispute.organ)
    if dispute.state in ANSWERING and dispute.due_on is not None:
        yield from _of_a_day(
            "answer", f"提交{dispute.sort.answer}", dispute.due_on, today, calendar
        )
    if dispute.must_obey and not dispute.reordered and dispute.reply_due_on is not None:
        yield from _of_a_day("reply", "重新答复", dispute.reply_due_on, today, calendar)
    for hearing in dispute.hearings.coming(today):
        if _ahead(calendar, hearing.on, AHEAD_OF_HEARING) <= today:
            what = "开庭" if dispute.sort.is_suit else "听证"
            yield Due("hearing", hearing.on, f"{hearing.on}{what}，{hearing.place}")
    if dispute.state == State.DECIDED and dispute.result == Result.REVERSED:
        ruling = last_ruling(dispute)
        until = ruling and may_still_be_appealed(dispute, ruling, today)
        if until and _ahead(calendar, until, AHEAD) <= today:
            yield Due("appeal", until, f"上诉期至{until}，请决定是否上诉", grave=True)


def _of_a_day(rule: str, what: str, due: date, today: date, calendar: Calendar) -> Iterator[Due]:
    """Some days before, on the day, and once it is past."""
    if today > due:
        yield Due(f"{rule}_late", due, f"应于{due}前{what}，已经逾期", grave=True)
    elif today == due:
        yield Due(f"{rule}_last", due, f"今天是{what}的最后一日", grave=True)
    elif _ahead(calendar, due, AHEAD) <= today:
        yield Due(f"{rule}_near", due, f"应于{due}前{what}")


def _ahead(calendar: Calendar, day: date, count: int) -> date:
    """So many working days before a day."""
    position = calendar.position(day.toordinal() - 1)
    return date.fromordinal(calendar.at(position - count + 1))


def remind_all(today: date | None = None) -> int:
    """提醒：everybody of everything that is due; returns how many were new."""
    day = today or timezone.localdate()
    rows = Dispute.objects.filter(state__in=LIVE).select_related("organ", "handler")
    told = 0
    for dispute in rows.order_by("pk").iterator(500):
        for due in due_reminders(dispute, day):
            told += remind(dispute, due)
    return told


@transaction.atomic
def remind(dispute: Dispute, due: Due) -> bool:
    """提醒一次：False when it was told before."""
    _, first = Reminder.objects.get_or_create(dispute=dispute, rule=due.rule, about=due.about)
    if not first:
        return False
    for staff in who_is_reminded(dispute, grave=due.grave):
        tell_staff(
            staff,
            f"disputes:{dispute.pk}:{due.rule}:{due.about}",
            f"{dispute.number}：{due.words}",
            f"{dispute.sort.short}案件{dispute.number}{due.words}。请登录工作台办理。",
            dispute,
            number=dispute.number,
            link=dispute.get_absolute_url(),
            urgent=due.grave,
        )
    return True


def who_is_reminded(dispute: Dispute, *, grave: bool) -> list[Staff]:
    """提醒谁：the handler, or who handles cases while nobody has it; the head of what is grave."""
    handler = dispute.handler if dispute.handler and dispute.handler.is_active else None
    duties = [Duty.OFFICE_HEAD] if grave else []
    if handler is None:
        duties += [Duty.DISCLOSURE, Duty.LEGAL]
    roles = Role.objects.held(timezone.localdate()).filter(organ=dispute.organ_id, duty__in=duties)
    found = {role.staff_id: role.staff for role in roles.select_related("staff__organ")}
    if handler is not None:
        found[handler.pk] = handler
    return [staff for _, staff in sorted(found.items()) if staff.is_active]


def may_write_to(dispute: Dispute, to: Recipient) -> bool:
    """可以写给谁：who has a duty at the organ, and who handles the case; nobody outside."""
    if to.audience is not Audience.STAFF:
        return False
    return (
        to.id == str(dispute.handler_id)
        or Role.objects.filter(staff_id=to.id, organ=dispute.organ_id).exists()
    )
