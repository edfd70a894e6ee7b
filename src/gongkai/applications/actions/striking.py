"""更正登记：an event entered by mistake is struck, with a reason, and stays readable."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.taking import act, checked_day, note_event, refuse, why_not
from gongkai.applications.clock import refresh, standing_of
from gongkai.applications.models import Application, Event
from gongkai.errors import BadDate, GongkaiError, NotAllowed
from gongkai.law.ledger import read_event
from gongkai.organs.models import Staff


def why_not_redate(event: Event, *, by: Staff | None) -> list[str]:
    """更正的障碍。"""
    reasons = why_not(event.application, "strike", by=by)
    if event.struck_at:
        reasons.append("已经更正过")
    return reasons


@transaction.atomic
def redate(event: Event, *, by: Staff, on: date, reason: str) -> Event:
    """更正日期：the wrong row is struck, the right one put beside it.

    What happened cannot be undone this way, only the day on which it did. Raises NotAllowed where
    the record would contradict itself with the new day, BadDate for a day to come.
    """
    refuse(why_not_redate(event, by=by))
    application = event.application
    if on > timezone.localdate():
        raise BadDate(f"{on}晚于今天。")
    event.struck_at, event.struck_why = timezone.now(), reason.strip()[:300]
    event.save(update_fields=["struck_at", "struck_why"])
    note = f"{event.get_kind_display()}的日期由{event.on}更正为{on}：{reason}"
    act(application, "strike", by=by, note=note)
    right = note_event(application, read_event({**event.as_json(), "date": f"{on}"}), by=by)
    _prove(application)
    refresh(application)
    return right


@transaction.atomic
def rearrive(application: Application, *, by: Staff, on: date, reason: str) -> None:
    """更正到达日期：entered wrongly; the clock starts anew from the right day.

    The register number stays as it was given. Raises NotAllowed where what is on record would lie
    before the arrival, BadDate for a day to come.
    """
    refuse(why_not(application, "strike", by=by))
    day = checked_day(on, what="到达日期")
    early = application.events.counting().filter(on__lt=day).first()
    if early is not None:
        raise NotAllowed(f"不能这样更正：{early}早于{day}。")
    note = f"到达日期由{application.arrived_on}更正为{day}：{reason}"
    act(application, "strike", by=by, note=note, arrived_on=day)
    _prove(application)


def _prove(application: Application) -> None:
    try:
        standing_of(application)
    except GongkaiError as problem:
        raise NotAllowed(f"不能这样更正：{problem}") from problem
