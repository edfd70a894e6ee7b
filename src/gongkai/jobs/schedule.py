"""定时：what comes round by the clock.

Every moment an entry is due is a *slot*, and a slot is a row with a unique name and time. The
worker that writes the row enqueues the job, in one transaction; so with however many workers,
and after however long a stop, a slot is enqueued once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import Enum
from itertools import islice
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from gongkai.jobs.models import Slot
from gongkai.jobs.tasks import DurableTask

#: More missed slots than this are not made up for, whatever the policy.
MOST_MISSED = 1_000


class When(Protocol):
    """时刻表：the moments something is due."""

    def latest(self, now: datetime) -> datetime:
        """最近一班：the last slot not after ``now``."""
        ...


@dataclass(frozen=True)
class Every:
    """每隔：at the multiples of a length of time, counted from 1970-01-01 00:00 UTC."""

    length: timedelta

    def latest(self, now: datetime) -> datetime:
        """最近一班。"""
        begin = datetime(1970, 1, 1, tzinfo=UTC)
        return begin + (now - begin) // self.length * self.length


@dataclass(frozen=True)
class Daily:
    """每天：at this time of the site's own clock."""

    at: time

    def latest(self, now: datetime) -> datetime:
        """最近一班。"""
        zone = timezone.get_default_timezone()
        day = now.astimezone(zone).date()
        slot = datetime.combine(day, self.at, zone)
        return slot if slot <= now else datetime.combine(day - timedelta(days=1), self.at, zone)


class Missed(Enum):
    """误点：what to do with slots that passed while no worker ran."""

    LATEST = "只补最近一班"
    EACH = "逐班补办"
    SKIP = "不补"


@dataclass(frozen=True)
class Entry:
    """定时任务：``grace`` is how late a slot may be under SKIP.

    With ``told`` the task is given its slot, as ``slot="2026-03-01T03:30:00+08:00"``.
    """

    name: str
    task: DurableTask[..., Any]
    when: When
    label: str = ""
    missed: Missed = Missed.LATEST
    grace: timedelta = timedelta(minutes=10)
    told: bool = False

    def slots(self, last: datetime | None, now: datetime) -> list[datetime]:
        """该办的班次，先后为序：those after ``last`` and not after ``now`` that the policy takes.

        Without a last slot, on the first day, only the latest one is looked at.
        """
        passed = list(islice(self._back(last, now), MOST_MISSED))
        if self.missed is Missed.SKIP:
            passed = [slot for slot in passed[:1] if now - slot <= self.grace]
        elif self.missed is Missed.LATEST or last is None:
            passed = passed[:1]
        return passed[::-1]

    def _back(self, last: datetime | None, now: datetime) -> Iterator[datetime]:
        slot = self.when.latest(now)
        while last is None or slot > last:
            yield slot
            slot = self.when.latest(slot - timedelta(microseconds=1))


@dataclass
class Timetable:
    """时刻表：the entries by name, and the slot of each this process has already looked at."""

    entries: dict[str, Entry] = field(default_factory=dict)
    seen: dict[str, datetime] = field(default_factory=dict)

    def tick(self, now: datetime) -> int:
        """到点：enqueue what is due; returns how many. Between slots it asks no database."""
        enqueued = 0
        for entry in self.entries.values():
            slot = entry.when.latest(now)
            if self.seen.get(entry.name) == slot:
                continue
            last = Slot.objects.filter(name=entry.name).order_by("-at").first()
            for due in entry.slots(last.at if last else None, now):
                enqueued += _enqueue(entry, due)
            self.seen[entry.name] = slot
        return enqueued


def _enqueue(entry: Entry, slot: datetime) -> bool:
    with transaction.atomic():
        row, first = Slot.objects.get_or_create(name=entry.name, at=slot)
        if not first:
            return False
        told = {"slot": timezone.localtime(slot).isoformat()} if entry.told else {}
        row.job = entry.task.enqueue(**told).id
        row.save(update_fields=["job"])
    return True


TIMETABLE = Timetable()


def every(
    name: str,
    task: DurableTask[..., Any],
    when: When,
    *,
    label: str = "",
    missed: Missed = Missed.LATEST,
    grace: timedelta = timedelta(minutes=10),
    told: bool = False,
) -> None:
    """排入时刻表：a room calls this in ``ready()`` of its app; the name is the slot's for ever."""
    TIMETABLE.entries[name] = Entry(name, task, when, label or name, missed, grace, told)
