"""期限登记：rooms above say here which deadlines are open; a new holiday notice moves them.

A room registers its provider in ``AppConfig.ready``::

    deadlines.register("documents", open_deadlines)

    def open_deadlines(organs: Collection[int]) -> Iterator[Deadline]:
        for task in Task.objects.open().filter(organ__in=organs):
            yield Deadline(task, task.organ_id, "公开期限", task.get_absolute_url(), task.due_on,
                           recompute=task.due_under, store=task.set_due)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import models

from gongkai.law.calendar import Calendar


@dataclass(frozen=True)
class Deadline:
    """未了的期限：an open deadline of some record.

    ``recompute`` gives the due date under another calendar, from the record's own events;
    ``store`` writes it into the column that exists for sorting.
    """

    subject: models.Model
    organ_id: int
    label: str
    url: str
    due: date
    recompute: Callable[[Calendar], date]
    store: Callable[[date], None]


#: Given the keys of organs, the open deadlines there.
Provider = Callable[[Collection[int]], Iterable[Deadline]]

_providers: dict[str, Provider] = {}


def register(room: str, provider: Provider) -> None:
    """登记：one provider a room; a second one replaces the first."""
    _providers[room] = provider


def open_deadlines(organs: Collection[int]) -> Iterator[Deadline]:
    """未了的期限：of all rooms, at these organs."""
    for room in sorted(_providers):
        yield from _providers[room](organs)
