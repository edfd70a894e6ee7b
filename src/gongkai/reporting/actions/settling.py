"""编报口径：what the form leaves open is decided by the organ, and written down."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.reporting.actions.filling import practice_for, refuse
from gongkai.reporting.models import Practice
from gongkai.reporting.queries import WRITERS
from gongkai.trail.actions import record


def why_not_settle(organ: Organ, *, by: Staff) -> list[str]:
    """确定口径的障碍。"""
    if roles_of(by, organ) & WRITERS:
        return []
    return [f"{organ}的编报口径由其信息公开机构确定"]


@transaction.atomic
def settle(organ: Organ, told: dict[str, Any], *, by: Staff) -> Practice:
    """确定口径：reports in hand follow it at once; what is frozen stays. Raises NotAllowed."""
    refuse(why_not_settle(organ, by=by))
    practice = practice_for(organ)
    before = {name: getattr(practice, name) for name in told}
    for name, value in told.items():
        setattr(practice, name, value)
    practice.save()
    changes = {name: [before[name], value] for name, value in told.items() if before[name] != value}
    record(practice, "settle", by=by, label="确定编报口径", changes=changes)
    return practice
