"""权限：the one function that says which duties a person has at an organ on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    JSONField,
    QuerySet,
    Value,
)
from django.utils import timezone

from gongkai.organs.models import Delegation, Organ, Role, Staff
from gongkai.organs.states import ADMINISTRATORS, REACHING, Duty
from gongkai.theme.prepared import Prepared

#: Duty, organ, first and last day; of what is lent also whose, his name, the duties lent, the
#: first and the last day of that, and its key.
_Row = tuple[Any, ...]


@dataclass(frozen=True)
class Right:
    """权限：a duty at an organ; ``giver`` is the name of the person it is exercised for."""

    duty: Duty
    organ_id: int
    first_day: date | None
    last_day: date | None
    giver: str = ""
    giver_id: int | None = None

    def holds(self, on: date) -> bool:
        """Whether the right is there on that day."""
        return (self.first_day is None or self.first_day <= on) and (
            self.last_day is None or on <= self.last_day
        )

    def reaches(self, organ: Organ) -> bool:
        """Whether it counts at ``organ``: there, or from above where the duty reaches down."""
        if self.organ_id == organ.pk:
            return True
        return self.duty in REACHING and self.organ_id in organ.lineage


def all_rights(staff: Staff) -> tuple[Right, ...]:
    """Everything granted or lent to a person, whatever the day; read once per object."""
    known: tuple[Right, ...] | None = staff.__dict__.get("_rights")
    if known is None:
        rows = _rows(staff.pk)
        known = staff.__dict__["_rights"] = (*_own(rows), *_lent(rows))
    return known


def forget(staff: Staff) -> None:
    """Read a person's rights anew: roles or delegations have changed."""
    staff.__dict__.pop("_rights", None)


def _own(rows: Iterable[_Row]) -> Iterator[Right]:
    """任职的权限。"""
    for duty, organ, first, last, giver, *_ in rows:
        if giver is None:
            yield Right(Duty(duty), organ, first, last)


def _lent(rows: Iterable[_Row]) -> Iterator[Right]:
    """受托的权限：what others lend while away, never more than they hold themselves.

    The three administrators' duties cannot be lent: separation would end with the holidays.
    What was lent last comes first.
    """
    lent = [row for row in rows if row[4] is not None]
    for duty, organ, first, last, giver, name, duties, begins, ends, _ in sorted(
        lent, key=lambda row: (row[7], row[9]), reverse=True
    ):
        if duty in duties and duty not in ADMINISTRATORS:
            yield Right(
                Duty(duty),
                organ,
                max(filter(None, (first, begins))),
                min(filter(None, (last, ends))),
                giver=name,
                giver_id=giver,
            )


def _granted(staff: int) -> QuerySet[Any, Any]:
    """Roles of a person, and those of whoever has lent him some, with what was lent; one query."""
    none = {
        "giver": Value(None, BigIntegerField()),
        "giver_name": Value(None, CharField()),
        "lent": Value(None, JSONField()),
        "first": Value(None, DateField()),
        "last": Value(None, DateField()),
        "lending": Value(None, BigIntegerField()),
    }
    own = Role.objects.filter(staff=staff).order_by().annotate(**none)
    lent = Delegation.objects.filter(
        taker=staff, ended_at__isnull=True, giver__is_active=True, giver__roles__isnull=False
    ).order_by()
    granted: QuerySet[Any, Any] = own.values_list(
        "duty", "organ", "valid_from", "valid_to", *none
    ).union(
        lent.values_list(
            *("giver__roles__duty", "giver__roles__organ", "giver__roles__valid_from"),
            *("giver__roles__valid_to", "giver", "giver__name", "duties", "first_day"),
            *("last_day", "pk"),
        ),
        all=True,
    )
    return granted


_rows = Prepared(_granted)


def rights_of(staff: Staff, organ: Organ, on: date | None = None) -> list[Right]:
    """权限：every right of a person at an organ on a day, own ones first; today if none is given.

    A person who is no longer active has none.
    """
    if not staff.is_active:
        return []
    day = on or timezone.localdate()
    found = [r for r in all_rights(staff) if r.holds(day) and r.reaches(organ)]
    return sorted(found, key=lambda right: bool(right.giver))


def roles_of(staff: Staff, organ: Organ, on: date | None = None) -> frozenset[Duty]:
    """岗位：the duties a person has at an organ on a day, own, lent, or reaching from above."""
    return frozenset(right.duty for right in rights_of(staff, organ, on))


def organs_with(staff: Staff, duties: frozenset[Duty], on: date | None = None) -> list[int]:
    """Keys of the organs where a person has one of these duties, without those reached below."""
    day = on or timezone.localdate()
    if not staff.is_active:
        return []
    return sorted({r.organ_id for r in all_rights(staff) if r.duty in duties and r.holds(day)})


def administers(staff: Staff, on: date | None = None) -> frozenset[Duty]:
    """管理员：which of the three administrators a person is anywhere on a day; usually none."""
    day = on or timezone.localdate()
    if not staff.is_active:
        return frozenset()
    return frozenset(r.duty for r in all_rights(staff) if r.holds(day)) & ADMINISTRATORS
