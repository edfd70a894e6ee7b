"""更正登记：an event entered by mistake is struck, with a reason, and stays readable."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.taking import act, note_event, refuse, why_not
from gongkai.applications.clock import refresh, standing_of
from gongkai.applications.models import Event
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
    try:
        standing_of(application)
    except GongkaiError as problem:
        raise NotAllowed(f"不能这样更正：{problem}") from problem
    refresh(application)
    return right
