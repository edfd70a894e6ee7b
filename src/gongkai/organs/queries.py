"""机关与人员的查询。"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from gongkai.organs.models import Organ


def on_day(day: date, first: str = "valid_from", last: str = "valid_to") -> Q:
    """Rows whose days include ``day``; an empty end is open."""
    return (Q(**{f"{first}__isnull": True}) | Q(**{f"{first}__lte": day})) & (
        Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": day})
    )


class OrganQuery(models.QuerySet["Organ"]):
    """机关的查询。"""

    def standing(self, on: date) -> OrganQuery:
        """某日存续的机关：not yet merged away, already set up."""
        return self.filter(on_day(on))

    def under(self, organ: Organ) -> OrganQuery:
        """某机关及其下属：the organ and everything below it."""
        return self.filter(path__startswith=organ.path)

    def above(self, organ: Organ) -> OrganQuery:
        """某机关及其上级：from the root down to the organ itself."""
        return self.filter(pk__in=organ.lineage).order_by("path")


class RoleQuery(models.QuerySet[Any]):
    """任职的查询。"""

    def held(self, on: date) -> RoleQuery:
        """某日有效的任职。"""
        return self.filter(on_day(on))


class DelegationQuery(models.QuerySet[Any]):
    """委托的查询。"""

    def running(self, on: date) -> DelegationQuery:
        """某日有效的委托：begun, not over, not taken back."""
        return self.filter(first_day__lte=on, last_day__gte=on, ended_at__isnull=True)


class HolidayQuery(models.QuerySet[Any]):
    """放假安排的查询。"""

    def in_force(self) -> HolidayQuery:
        """已生效、未撤销。"""
        return self.filter(applied_at__isnull=False, withdrawn_at__isnull=True)
