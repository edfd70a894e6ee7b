"""提醒：by state and not by date, so that a night without the job loses none.

A rule speaks about a day. It is told when that day has come and nobody has been told of it yet;
told is a row, one for a unit or a report, rule and day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.notices.actions.telling import tell_staff
from gongkai.organs.models import Role
from gongkai.organs.states import Duty
from gongkai.reporting.actions.calling import Progress, progress
from gongkai.reporting.actions.moving import publish_by
from gongkai.reporting.actions.urging import writers_of
from gongkai.reporting.models import Call, Filing, Reminder
from gongkai.reporting.states import EDITABLE, CallState, State
from gongkai.trail.models import Step

#: 提前几日：days before the report has to be in, and before it has to be public.
AHEAD = timedelta(days=5)


@dataclass(frozen=True)
class Due:
    """该提醒的：which rule, about which day, in what words, and whether the head is told too."""

    rule: str
    about: date
    words: str
    grave: bool = False


def due_of_unit(made: Call, one: Progress, today: date) -> Iterator[Due]:
    """单位该报送的：the call has come; some days before, on the day, once it is past."""
    if one.sent_in or one.unit.organ_id is None:
        return
    due, what = one.unit.due, f"{made.year}年政府信息公开工作年度报告"
    issued = timezone.localdate(made.issued_at) if made.issued_at else today
    yield Due("called", issued, f"请编制{what}，应于{due}前报送")
    if today > due:
        yield Due("late", due, f"{what}应于{due}前报送，已经逾期", grave=True)
    elif today == due:
        yield Due("last", due, f"今天是报送{what}的最后一日", grave=True)
    elif due - AHEAD <= today:
        yield Due("near", due, f"{what}应于{due}前报送")


def due_of_filing(filing: Filing, today: date) -> Iterator[Due]:
    """年报该办的：returned; to be published by the day of the statute（第四十九条）."""
    if filing.state == State.RETURNED:
        yield Due("returned", _returned_on(filing) or today, "主管部门已退回，请修改后重新报送")
        return
    last = publish_by(filing)
    if filing.state == State.CLEARED and today > last:
        yield Due("unpublished", last, f"应于{last}前公布，已经逾期（第四十九条）", grave=True)
    elif filing.state == State.CLEARED and last - AHEAD <= today:
        yield Due("publish", last, f"已审核通过，应于{last}前公布（第四十九条）", grave=True)
    elif filing.call_id is None and last - AHEAD <= today and filing.state in EDITABLE:
        late = "，已经逾期" if today > last else ""
        yield Due("statute", last, f"应于{last}前报送并公布（第四十九条）{late}", grave=True)


def _returned_on(filing: Filing) -> date | None:
    steps = Step.objects.of(filing).filter(move="give_back").order_by("-number")
    last = steps.values_list("at", flat=True).first()
    return timezone.localdate(last) if last else None


def remind_all(today: date | None = None) -> int:
    """提醒：everybody of everything that is due; returns how many were new."""
    day, told = today or timezone.localdate(), 0
    for made in Call.objects.filter(state=CallState.ISSUED).select_related("organ"):
        steps = progress(made, day)
        for one in steps:
            for due in due_of_unit(made, one, day):
                told += _remind_unit(made, one, due)
    waiting = Filing.objects.filter(state__in=(*EDITABLE, State.CLEARED), basis__gt="")
    rows = waiting.exclude(scope="outside").select_related("organ").defer("frozen")
    for filing in rows.order_by("pk").iterator(200):
        for due in due_of_filing(filing, day):
            told += _remind_filing(filing, due)
    return told


@transaction.atomic
def _remind_unit(made: Call, one: Progress, due: Due) -> bool:
    """提醒一次：False when it was told before; of what is late the competent department knows."""
    unit = one.unit
    _, first = Reminder.objects.get_or_create(unit=unit, rule=due.rule, about=due.about)
    if not first:
        return False
    duties = (Duty.SIGN,) if due.grave else ()
    people = {staff.pk: staff for staff in writers_of(unit.organ_id, *duties)}
    if due.rule == "late":
        roles = Role.objects.held(timezone.localdate()).filter(
            organ=made.organ_id, duty=Duty.COMPETENT
        )
        people |= {role.staff_id: role.staff for role in roles.select_related("staff__organ")}
    for staff in people.values():
        if staff.is_active:
            tell_staff(
                staff,
                f"reporting:unit:{unit.pk}:{due.rule}:{due.about}",
                f"{unit}：{due.words}"[:200],
                f"{unit}：{due.words}。请登录工作台办理。",
                made,
                link=made.get_absolute_url(),
                urgent=due.grave,
            )
    return True


@transaction.atomic
def _remind_filing(filing: Filing, due: Due) -> bool:
    """提醒一次：False when it was told before."""
    _, first = Reminder.objects.get_or_create(filing=filing, rule=due.rule, about=due.about)
    if not first:
        return False
    for staff in writers_of(filing.organ_id, *((Duty.SIGN,) if due.grave else ())):
        tell_staff(
            staff,
            f"reporting:filing:{filing.pk}:{due.rule}:{due.about}",
            f"{filing}：{due.words}"[:200],
            f"{filing}：{due.words}。请登录工作台办理。",
            filing,
            link=filing.get_absolute_url(),
            urgent=due.grave,
        )
    return True
