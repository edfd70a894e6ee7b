"""答复期限：what is open, for whoever lays a new holiday on the calendar."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import partial

from django.db.models import Prefetch
from django.urls import reverse

from gongkai.applications.clock import columns_of, standing_of
from gongkai.applications.models import Application, Event
from gongkai.applications.queries import ApplicationQuery
from gongkai.law.calendar import Calendar
from gongkai.organs.deadlines import Deadline
from gongkai.organs.models import Organ

#: So many are read at a time.
BATCH = 2000


def with_events(rows: ApplicationQuery) -> ApplicationQuery:
    """连同事件：read in one go, for those who replay many clocks."""
    return rows.prefetch_related(
        Prefetch("events", Event.objects.counting(), to_attr="counted_events")
    )


def open_deadlines(organs: Collection[int]) -> Iterator[Deadline]:
    """未了的答复期限：at these organs."""
    known = Organ.objects.in_bulk(list(organs))
    rows = with_events(Application.objects.running().filter(organ__in=organs).order_by("pk"))
    for application in rows.iterator(BATCH):
        # One organ object for all its cases, so that what it decided is read once.
        application.organ = known[application.organ_id]
        assert application.due_on is not None
        yield Deadline(
            application,
            application.organ_id,
            "答复期限",
            reverse("applications:desk_application", args=[application.pk]),
            application.due_on,
            recompute=partial(_recomputed, application),
            store=partial(_store, application),
        )


def _recomputed(application: Application, calendar: Calendar) -> date:
    """The due day under another calendar; as it is where no day can be named any more."""
    assert application.due_on is not None
    return standing_of(application, calendar=calendar).due or application.due_on


def _store(application: Application, _: date) -> None:
    """All columns, not the due day alone: the safe and the internal day move with it."""
    columns = columns_of(standing_of(application), application.state)
    Application.objects.filter(pk=application.pk).update(**columns)
