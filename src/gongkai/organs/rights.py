"""权限：the one function that says which duties a person has at an organ on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from gongkai.organs.models import Delegation, Organ, Role, Staff
from gongkai.organs.states import ADMINISTRATORS, REACHING, Duty


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
        known = staff.__dict__["_rights"] = _own(staff) + _lent(staff)
    return known


def forget(staff: Staff) -> None:
    """Read a person's rights anew: roles or delegations have changed."""
    staff.__dict__.pop("_rights", None)


def _own(staff: Staff | int) -> tuple[Right, ...]:
    # Without the usual order, which leads through two other tables; who asks sorts himself.
    rows = Role.objects.filter(staff=staff).order_by()
    told = rows.values_list("duty", "organ", "valid_from", "valid_to")
    return tuple(Right(Duty(duty), organ, first, last) for duty, organ, first, last in told)


def _lent(staff: Staff) -> tuple[Right, ...]:
    """受托的权限：what others lend while away, never more than they hold themselves.

    The three administrators' duties cannot be lent: separation would end with the holidays.
    """
    lent = Delegation.objects.filter(
        taker=staff, ended_at__isnull=True, giver__is_active=True
    ).values_list("giver_id", "giver__name", "duties", "first_day", "last_day")
    return tuple(
        Right(
            right.duty,
            right.organ_id,
            max(filter(None, (right.first_day, first))),
            min(filter(None, (right.last_day, last))),
            giver=name,
            giver_id=giver,
        )
        for giver, name, duties, first, last in lent
        for right in _own(giver)
        if right.duty in duties and right.duty not in ADMINISTRATORS
    )


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
