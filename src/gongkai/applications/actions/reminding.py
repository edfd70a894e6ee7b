"""提醒：by state and not by date, so that a night without the job loses none.

A rule speaks about a day. It is told when that day has come and nobody has been told of it yet;
told is a row, one for an application, rule and day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.applications.actions.consulting import lapse_opinion, why_not_lapse_opinion
from gongkai.applications.actions.correcting import lapse_correction, why_not_lapse
from gongkai.applications.actions.excess import lapse_payment, why_not_lapse_payment
from gongkai.applications.clock import office_of, refresh, standing_of
from gongkai.applications.deadlines import with_events
from gongkai.applications.models import Application, Reminder
from gongkai.applications.states import OPEN, State
from gongkai.law.clock import Standing
from gongkai.law.course import Status
from gongkai.law.flags import FlagKind
from gongkai.notices.actions.telling import tell_staff
from gongkai.organs.models import Role, Staff
from gongkai.organs.states import Duty

#: The clock runs against us.
_RUNNING = (Status.RUNNING, Status.UNCONFIRMED, Status.OVERDUE)
#: After so long without a record of its delivery a letter is asked about.
_UNDELIVERED = timedelta(days=10)


@dataclass(frozen=True)
class Due:
    """该提醒的：which rule, about which day, in what words, and whether the head is told too."""

    rule: str
    about: date
    words: str
    grave: bool = False


def due_reminders(application: Application, standing: Standing, today: date) -> Iterator[Due]:
    """该提醒什么：everything whose day has come, told or not."""
    if standing.status in _RUNNING and standing.due is not None:
        yield from _of_days(application, standing, today)
        if standing.internal_due and standing.internal_due <= today <= standing.due:
            yield Due("internal", standing.internal_due, f"内部期限{standing.internal_due}已到")
        if standing.safe_due and standing.safe_due <= today <= standing.due:
            yield Due("safe", standing.safe_due, "今天是稳妥的最后一日", grave=True)
        if today > standing.due:
            yield Due("overdue", standing.due, f"答复期限{standing.due}已过，尚未答复", grave=True)
    if application.state == State.CORRECTING and standing.status is Status.ABANDONED:
        assert standing.closable_from is not None
        yield Due("uncorrected", standing.closable_from, "补正期限已过，请办理不再处理的告知")
    if application.state == State.PAYING and standing.status is Status.ABANDONED:
        assert standing.closable_from is not None
        yield Due("unpaid", standing.closable_from, "缴费期限已过，请办理不再处理的告知")
    for flag in standing.flags:
        if flag.kind is FlagKind.OTHER_ORGAN_SLOW and flag.other:
            yield Due("slow", flag.other, f"{flag}")
        if flag.kind is FlagKind.DELIVERY_UNKNOWN and today - flag.on >= _UNDELIVERED:
            yield Due("undelivered", flag.on, f"{flag}")


def _of_days(application: Application, standing: Standing, today: date) -> Iterator[Due]:
    """第几个工作日：the latest of the office's days that has come; those before are past."""
    passed = None
    for length in sorted(office_of(application.organ).remind_on):
        ordinal = standing.course.counted(length, today.toordinal())
        if ordinal is not None and ordinal <= today.toordinal():
            passed = length, date.fromordinal(ordinal)
    if passed and standing.due and today <= standing.due:
        length, day = passed
        words = f"已到第{length}个工作日，应于{standing.due}前答复"
        yield Due(f"day{length}", day, words)


def remind_all(today: date | None = None) -> int:
    """提醒：everybody of everything that is due; returns how many were new.

    What can lapse without a person lapses first, so that nobody is reminded of what is over.
    """
    day = today or timezone.localdate()
    told = 0
    rows = with_events(
        Application.objects.filter(state__in=(*OPEN, State.SERVED), answered_on__isnull=True)
        .select_related("organ", "handler")
        .order_by("pk")
    )
    for application in rows.iterator(500):
        standing = standing_of(application, asof=max(day, application.arrived_on))
        for due in due_reminders(application, standing, day):
            told += remind(application, due)
    return told


@transaction.atomic
def remind(application: Application, due: Due) -> bool:
    """提醒一次：False when it was told before."""
    _, first = Reminder.objects.get_or_create(
        application=application, rule=due.rule, about=due.about
    )
    if not first:
        return False
    for staff in who_is_reminded(application, grave=due.grave):
        tell_staff(
            staff,
            f"applications:{application.pk}:{due.rule}:{due.about}",
            f"{application.number}：{due.words}",
            f"申请{application.number}{due.words}。请登录工作台办理。",
            application,
            number=application.number,
            link=reverse("applications:desk_application", args=[application.pk]),
            urgent=due.grave,
        )
    return True


def who_is_reminded(application: Application, *, grave: bool) -> list[Staff]:
    """提醒谁：the handler, or the whole office while nobody has it; the head of what is grave."""
    duties = [Duty.OFFICE_HEAD] if grave else []
    if application.handler is None or not application.handler.is_active:
        duties.append(Duty.DISCLOSURE)
    roles = Role.objects.held(timezone.localdate()).filter(
        organ=application.organ_id, duty__in=duties
    )
    found = {role.staff_id: role.staff for role in roles.select_related("staff__organ")}
    if application.handler is not None and application.handler.is_active:
        found[application.handler.pk] = application.handler
    return [staff for _, staff in sorted(found.items()) if staff.is_active]


def turn(today: date | None = None) -> int:
    """到期变化：those whose status another day has changed: columns anew, lapses taken.

    Returns how many were looked at. Each in a transaction of its own: one that cannot be read
    does not keep the others waiting.
    """
    day = today or timezone.localdate()
    rows = Application.objects.filter(state__in=OPEN, turns_on__lte=day).select_related("organ")
    count = 0
    for application in rows.order_by("pk").iterator(500):
        with transaction.atomic():
            refresh(application)
            lapse_what_is_over(application)
        count += 1
    return count


def lapse_what_is_over(application: Application) -> None:
    """到期了结：what the law ends by the lapse of time alone."""
    if application.state == State.CORRECTING and not why_not_lapse(application, by=None):
        lapse_correction(application, by=None)
    elif application.state == State.PAYING and not why_not_lapse_payment(application, by=None):
        lapse_payment(application, by=None)
    elif application.state == State.CONSULTING:
        for letter in application.consultations.filter(ended_on__isnull=True):
            if not why_not_lapse_opinion(letter, by=None):
                lapse_opinion(letter, by=None)
                application.refresh_from_db()
