"""期限：the clock of one application, replayed from its events; never only a stored date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from django.utils import timezone

from gongkai.applications.models import Application, Event, Office
from gongkai.applications.states import Sort, State
from gongkai.law.calendar import Calendar
from gongkai.law.clock import Standing, replay
from gongkai.law.course import Status
from gongkai.law.events import Event as Happening
from gongkai.law.events import Ledger, ReplySent
from gongkai.law.terms import CORRECTION_NOTICE, REPLY
from gongkai.organs.holidays import calendar_of
from gongkai.organs.models import Organ

_T = TypeVar("_T")


def office_of(organ: Organ) -> Office:
    """办理口径：the organ's own, else that of the nearest above it, else the defaults.

    The one that is found may belong to another organ; what is kept by organ (numbers) asks
    ``organ`` and not this.
    """
    known: Office | None = organ.__dict__.get("_application_office")
    if known is None:
        found = {row.organ_id: row for row in Office.objects.filter(organ__in=organ.lineage)}
        nearest = (found[key] for key in reversed(organ.lineage) if key in found)
        known = organ.__dict__["_application_office"] = next(nearest, Office(organ=organ))
    return known


def events_of(application: Application) -> tuple[Happening, ...]:
    """事件：those that count, as the clock reads them; a request not yet kept has none."""
    if application.pk is None:
        return ()
    return once(application, "events", lambda: _happenings(application))


def _happenings(application: Application) -> tuple[Happening, ...]:
    # Who replays many clocks has read the rows of all in one go (``deadlines.with_events``).
    rows = application.__dict__.get("counted_events")
    if rows is None:
        rows = Event.objects.counting().filter(application=application)
    return tuple(row.happening for row in rows)


def happened(application: Application, *kinds: type[Happening]) -> bool:
    """有没有发生过：whether an event of such a kind counts."""
    return any(isinstance(one, kinds) for one in events_of(application))


@contextmanager
def held(application: Application) -> Iterator[None]:
    """只读一次：while a page asks the same again and again, the record is read once.

    For pages that only look: what is written meanwhile is not seen until the end.
    """
    application.__dict__["_held"] = {}
    try:
        yield
    finally:
        application.__dict__.pop("_held")


def once(application: Application, what: str, ask: Callable[[], _T]) -> _T:
    """只问一次：what has been asked before, while the application is ``held``; else asked anew."""
    memory: dict[str, Any] | None = application.__dict__.get("_held")
    if memory is None:
        return ask()
    if what not in memory:
        memory[what] = ask()
    found: _T = memory[what]
    return found


def _calendar_for(application: Application) -> Calendar:
    return once(application, "calendar", lambda: calendar_of(application.organ))


def ledger_of(application: Application, also: tuple[Happening, ...] = ()) -> Ledger:
    """办理记录：arrival and events, with ``also`` what somebody thinks of adding.

    Raises BadLedger or NotAllowed where the addition would contradict what is on record.
    """
    events = sorted((*events_of(application), *also), key=lambda event: event.on)
    return Ledger(application.arrived_on, application.came_by, tuple(events), REPLY)


def standing_of(
    application: Application,
    *,
    asof: date | None = None,
    calendar: Calendar | None = None,
    also: tuple[Happening, ...] = (),
) -> Standing:
    """办理情况：where the clock stands on a day, today if none is named.

    A request to correct a record（第四十一条）has no statutory period; its office's own number of
    days stands in the place of the twenty.
    """
    office = office_of(application.organ)
    ledger = ledger_of(application, also)
    if application.sort == Sort.RECTIFICATION and office.rectification_days != REPLY.length:
        ledger = replace(ledger, term=replace(REPLY, length=office.rectification_days))
    last = ledger.events[-1].on if ledger.events else application.arrived_on
    day = max(asof or timezone.localdate(), application.arrived_on)
    if asof is None:
        day = max(day, last)
    return replay(ledger, calendar or _calendar_for(application), office.policy, asof=day)


def correction_notice_by(application: Application) -> Standing:
    """补正告知的期限：seven working days from receipt（第三十条）."""
    confirmed = tuple(e for e in events_of(application) if e.TYPE == "confirmed")
    ledger = Ledger(application.arrived_on, application.came_by, confirmed, CORRECTION_NOTICE)
    return replay(ledger, _calendar_for(application), office_of(application.organ).policy)


def columns_of(standing: Standing, state: str) -> dict[str, Any]:
    """栏目值：what the columns of an application should say of a standing."""
    # Served but not signed for where the day of signing counts: the clock still runs.
    answered = standing.answered_on is not None or state in (State.CLOSED, State.ARCHIVED)
    return {
        "standing": standing.status.value,
        "received_on": standing.received,
        "due_on": None if answered else standing.due,
        "original_due_on": standing.original_due,
        "safe_on": None if answered else standing.safe_due,
        "internal_on": None if answered else standing.internal_due,
        "provisional": standing.provisional,
        "turns_on": None if answered else _turning(standing),
        "answered_on": standing.answered_on,
        "last_due_on": standing.due if standing.answered_on else None,
    }


def _turning(standing: Standing) -> date | None:
    """The day on which, without anything happening, the status will be another one."""
    course = standing.course
    if standing.status is Status.AWAITING_CORRECTION and course.correct_by is not None:
        return date.fromordinal(course.correct_by + 1)
    if standing.status is Status.PAUSED:
        caps = [one.cap for one in course.pauses if one.cap is not None]
        return date.fromordinal(min(caps) + 1) if caps else None
    if standing.due is not None and standing.status is not Status.OVERDUE:
        return date.fromordinal(standing.due.toordinal() + 1)
    return None


def refresh(application: Application, *, calendar: Calendar | None = None) -> Standing:
    """刷新期限：write the columns that exist for sorting; the only function that does."""
    standing = standing_of(application, calendar=calendar)
    columns = columns_of(standing, application.state)
    changed = {
        name: value for name, value in columns.items() if getattr(application, name) != value
    }
    for name, value in changed.items():
        setattr(application, name, value)
    counted = counted_as(application)
    changed |= {k: value for k, value in counted.items() if getattr(application, k) != value}
    if changed:
        Application.objects.filter(pk=application.pk).update(**changed)
        for name, value in changed.items():
            setattr(application, name, value)
    return standing


def counted_as(application: Application) -> dict[str, Any]:
    """计入年报的日期和结果：the day its reply ended the request, and as what.

    Abandoned or withdrawn, there is nothing to answer: it ended on the day that was told, whenever
    the file is closed. A reply that a review or a judgment orders anew is no new request（D3）: the
    day stays, and its outcome counts only if it goes out in the same year, for the report of a
    year past is published.
    """
    day = application.answered_on or _told_on(application) or application.closed_on
    outcome = application.outcome
    if application.round > 1 and application.ended_on is not None:
        if day is None or day.year != application.ended_on.year:
            outcome = application.ended_as
        day = application.ended_on
    return {"ended_on": day, "ended_as": outcome if day else ""}


def _told_on(application: Application) -> date | None:
    """告知的日期：the day the letter went out that ends what was abandoned or withdrawn."""
    if application.standing not in (Status.ABANDONED, Status.WITHDRAWN):
        return None
    days = [event.on for event in events_of(application) if isinstance(event, ReplySent)]
    return days[-1] if days else None
