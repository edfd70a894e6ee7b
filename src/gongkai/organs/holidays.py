"""放假安排：each office's calendar, and what a new notice would move before it does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gongkai.law.calendar import Calendar, Override, china, read_overrides
from gongkai.organs.deadlines import Deadline, open_deadlines
from gongkai.organs.models import HolidayNotice, Organ


@dataclass(frozen=True)
class Shift:
    """期限变动：an open deadline and the day it would move to."""

    deadline: Deadline
    to: date

    @property
    def days(self) -> int:
        """How many calendar days later (or earlier, below zero)."""
        return (self.to - self.deadline.due).days


def calendar_of(organ: Organ) -> Calendar:
    """工作日历：the nation's, then what each organ from the root down to this one has laid on it.

    Which notices count is asked of the database each time; the calendar they make is kept.
    """
    return _calendar(tuple(_contents(_notices_of([organ]), organ)))


def preview(
    organ: Organ, *, adding: HolidayNotice | None = None, taking: HolidayNotice | None = None
) -> list[Shift]:
    """预览：every open deadline at the organ and below that would move, soonest first."""
    organs = {below.pk: below for below in Organ.objects.under(organ)}
    notices = [notice for notice in _notices_of(organs.values()) if notice != taking]
    if adding is not None:
        notices.append(adding)
    shifts = []
    for deadline in open_deadlines(organs.keys()):
        calendar = _calendar(tuple(_contents(notices, organs[deadline.organ_id])))
        to = deadline.recompute(calendar)
        if to != deadline.due:
            shifts.append(Shift(deadline, to))
    return sorted(shifts, key=lambda shift: (shift.deadline.due, str(shift.deadline.subject)))


def fingerprint(shifts: Iterable[Shift]) -> str:
    """预览的指纹：what was shown, so that nothing else is applied than what was seen."""
    lines = (
        f"{shift.deadline.subject._meta.label_lower}:{shift.deadline.subject.pk}"
        f":{shift.deadline.label}:{shift.deadline.due}:{shift.to}"
        for shift in shifts
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _notices_of(organs: Iterable[Organ]) -> list[HolidayNotice]:
    """Notices in force at these organs or above them, in the order they were applied."""
    keys = {key for organ in organs for key in organ.lineage}
    return list(HolidayNotice.objects.in_force().filter(organ__in=keys).order_by("applied_at"))


def _contents(notices: Iterable[HolidayNotice], organ: Organ) -> Iterator[str]:
    """Texts of the notices that count at an organ: those of the root first, its own last."""
    lineage = organ.lineage
    counting = [notice for notice in notices if notice.organ_id in lineage]
    counting.sort(key=lambda notice: lineage.index(notice.organ_id))
    return (notice.content for notice in counting)


@lru_cache(maxsize=256)
def _calendar(contents: tuple[str, ...]) -> Calendar:
    if not contents:
        return china()
    overrides: list[Override] = []
    for content in contents:
        overrides += read_overrides(content)
    return china().with_overrides(overrides)
