"""投诉举报（第四十七条第二款、第五十一条）：given to the competent department."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.numbering import query_code
from gongkai.applications.actions.taking import refuse
from gongkai.applications.models import Application, Complaint
from gongkai.organs.models import Organ, Role
from gongkai.organs.numbering import next_serial
from gongkai.organs.states import Duty
from gongkai.trail.actions import hold, record


def competent_above(organ: Organ) -> Organ | None:
    """主管部门：the nearest organ above it at which somebody holds that duty.

    The organ itself only where nobody stands above it; None where nobody has the duty at all.
    """
    lineage = organ.lineage
    held = set(
        Role.objects.held(timezone.localdate())
        .filter(duty=Duty.COMPETENT, organ__in=lineage)
        .values_list("organ", flat=True)
    )
    above = [key for key in lineage[:-1] if key in held] or [key for key in lineage if key in held]
    return Organ.objects.get(pk=above[-1]) if above else None


def why_not_complain(against: Organ) -> list[str]:
    """投诉的障碍：somebody must be there to look into it."""
    if competent_above(against) is None:
        return [f"{against}的主管部门没有在本平台受理投诉，请直接向它的上一级行政机关投诉"]
    return []


@transaction.atomic
def complain(
    against: Organ,
    text: str,
    *,
    name: str = "",
    phone: str = "",
    application: Application | None = None,
) -> Complaint:
    """投诉：kept, numbered, and given to the competent department. Raises NotAllowed."""
    hold()
    refuse(why_not_complain(against))
    organ = competent_above(against)
    assert organ is not None
    series = f"{organ.short_name or organ.name}投诉〔{timezone.localdate().year}〕"
    complaint = Complaint.objects.create(
        organ=organ,
        against=against,
        application=application,
        number=f"{series}第{next_serial(series)}号",
        code=query_code(),
        name=name.strip(),
        phone=phone.strip(),
        text=text.strip(),
    )
    record(complaint, "complain", by=None, label="收到投诉", after=complaint.state)
    return complaint
