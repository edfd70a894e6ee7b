"""机关的办理：set up an organ, or correct what is kept of it."""

from __future__ import annotations

from django.db import transaction

from gongkai.organs.actions.conditions import differences, needs, proven, refuse
from gongkai.organs.models import Organ, Staff
from gongkai.organs.states import Duty
from gongkai.trail.actions import hold, record


def why_not_edit(organ: Organ | None, *, by: Staff) -> list[str]:
    """Organs are kept by the system administrator above or at them."""
    return needs(Duty.SYSTEM, by, organ or by.organ, "维护机关信息")


@transaction.atomic
def save_organ(organ: Organ, *, by: Staff) -> Organ:
    """保存机关：set up an organ, or correct what is kept of it, and write down what changed."""
    before = Organ.objects.filter(pk=organ.pk).first() if organ.pk else None
    refuse(why_not_edit(before or organ.parent, by=by))
    if organ.parent and before and before.parent_id != organ.parent_id:
        refuse(why_not_edit(organ.parent, by=by))
    hold()
    proven(organ)
    changes = differences(before, organ)
    if before and not changes:
        return organ
    organ.save()
    move, label = ("edit", "修改机关信息") if before else ("create", "设立机关")
    record(organ, move, by=by, label=label, changes=changes)
    return organ
