"""办理的门：reasons, the step, the event and the columns, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.scrubbing import scrubber_of
from gongkai.applications.clock import once, refresh, standing_of
from gongkai.applications.models import Application, Event
from gongkai.applications.queries import HANDLING
from gongkai.errors import BadDate, GongkaiError, NotAllowed
from gongkai.law.events import Event as Happening
from gongkai.law.events import Note
from gongkai.organs.models import Staff
from gongkai.organs.rights import roles_of
from gongkai.steps.actions import take
from gongkai.steps.actions import why_not as why_not_by_table
from gongkai.trail.models import Step


def refuse(reasons: Iterable[str]) -> None:
    """Raise NotAllowed with all reasons, if there are any."""
    if found := list(dict.fromkeys(reasons)):
        raise NotAllowed("；".join(found) + "。")


def why_not(application: Application, move: str, *, by: Staff | None) -> list[str]:
    """为什么不能：what the table of moves says; each deed adds the reasons of the trade."""
    what = f"why_not {move} {by.pk if by else ''}"
    return list(once(application, what, lambda: why_not_by_table(application, move, by=by)))


def why_not_handle(application: Application, *, by: Staff | None) -> list[str]:
    """承办的障碍：whoever handles, for deeds that are no move; ``by`` None is the house itself."""
    if by is None or roles_of(by, application.organ) & HANDLING:
        return []
    return [f"由{application.organ}的信息公开机构和承办人办理"]


def why_not_event(application: Application, *events: Happening) -> list[str]:
    """事件的毛病：a day in the future or before the arrival, or against what is on record."""
    today = timezone.localdate()
    for event in events:
        if event.on > today:
            return [f"{event.NAME}的日期{event.on}晚于今天"]
        if event.on < application.arrived_on:
            return [f"{event.NAME}的日期{event.on}早于申请到达之日{application.arrived_on}"]
    try:
        standing_of(application, also=events)
    except GongkaiError as problem:
        return [str(problem).rstrip("。")]
    return []


def checked_day(on: date | None, *, what: str, since: date | None = None) -> date:
    """日期：today if none is given; raises BadDate for one in the future or before ``since``."""
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise BadDate(f"{what}{day}晚于今天。")
    if since is not None and day < since:
        raise BadDate(f"{what}{day}早于{since}。")
    return day


@transaction.atomic
def act(
    application: Application,
    move: str,
    *,
    by: Staff | None,
    note: str = "",
    events: Iterable[Happening] = (),
    **changes: Any,
) -> Step:
    """办理一步：the step, its events and the columns of the clock; all of them or none.

    Raises NotAllowed with all reasons, of the table and of the clock.
    """
    events = tuple(events)
    # The trail's head first, as ``take`` does: locks are held in one order.
    step = take(application, move, by=by, note=discreet(application, note), **changes)
    refuse(why_not_event(application, *events))
    for event in events:
        note_event(application, event, by=by)
    refresh(application)
    return step


def discreet(application: Application, text: str) -> str:
    """留痕用语：without the names and numbers of people; the trail is for ever, a person is not.

    The words themselves stay where they can be anonymised: in the events, the papers, the files.
    """
    if not text.strip():
        return text
    people = [*application.applicants.all(), *application.consultations.all()]
    return scrubber_of(application, people).text(text)


def note_event(application: Application, event: Happening, *, by: Staff | None) -> Event:
    """登记事件：one more row of the ledger; ``act`` has asked whether it may stand there."""
    return Event.objects.create(
        application=application, on=event.on, kind=event.TYPE, told=told_of(event), by=by
    )


def told_of(event: Happening) -> dict[str, Any]:
    """事件的内容：its fields beside the day, by the names ``law.ledger`` reads."""
    told: dict[str, Any] = {}
    for name in (one.name for one in fields(event)):
        value = getattr(event, name)
        if name == "on" or value is None or (value == "" and name != "id"):
            continue
        key = {"whom": "kind"}.get(name, name)
        told[key] = f"{value}" if isinstance(value, date) else _plain(value)
    return told


def _plain(value: Any) -> Any:
    return value.value if hasattr(value, "value") else value


def remark(application: Application, text: str, on: date, *, by: Staff | None) -> Event:
    """备注：a dated fact without effect on the clock."""
    return note_event(application, Note(on, text=text), by=by)
