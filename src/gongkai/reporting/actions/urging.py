"""催报：the competent department tells those who have not sent theirs in; once a day each."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from gongkai.errors import NotAllowed
from gongkai.notices.actions.telling import tell_staff
from gongkai.notices.states import Audience
from gongkai.notices.subjects import Recipient
from gongkai.organs.models import Role, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty
from gongkai.reporting.actions.calling import filing_of
from gongkai.reporting.actions.filling import refuse
from gongkai.reporting.models import Call, Filing, Reminder, Unit
from gongkai.reporting.queries import WRITERS
from gongkai.reporting.states import CallState
from gongkai.trail.actions import record

URGE = "urge"


def why_not_urge(made: Call, *, by: Staff) -> list[str]:
    """催报的障碍。"""
    reasons = []
    if Duty.COMPETENT not in roles_of(by, made.organ):
        reasons.append("催报由主管部门办理")
    if made.state != CallState.ISSUED:
        reasons.append(f"通知现在是“{CallState(made.state).label}”，不能催报")
    return reasons


def why_not_urge_unit(unit: Unit) -> list[str]:
    """不能催这个单位的原因：it has sent in, has been told today, or is outside the system."""
    if unit.organ_id is None:
        return [f"{unit}在系统外，请另行联系"]
    if filing_of(unit) is not None:
        return [f"{unit}已经报送"]
    if Reminder.objects.filter(unit=unit, rule=URGE, about=timezone.localdate()).exists():
        return [f"{unit}今天已经催过"]
    return []


@transaction.atomic
def urge(made: Call, units: Iterable[Unit], *, by: Staff, note: str = "") -> list[Unit]:
    """催报：a notice to who writes in each unit, and a line in the trail; those urged.

    Who has sent in meanwhile is left out. Raises NotAllowed if nobody is left to be urged.
    """
    refuse(why_not_urge(made, by=by))
    told, today = [], timezone.localdate()
    reasons: list[str] = []
    for unit in units:
        if barred := why_not_urge_unit(unit):
            reasons += barred
            continue
        Reminder.objects.create(unit=unit, rule=URGE, about=today)
        _tell(made, unit, note.strip())
        told.append(unit)
    if not told:
        raise NotAllowed("；".join(reasons or ["没有选择单位"]) + "。")
    names = "、".join(unit.name for unit in told)
    record(made, URGE, by=by, label="催报", note="：".join(filter(None, [names, note.strip()])))
    return told


def _tell(made: Call, unit: Unit, note: str) -> None:
    today = timezone.localdate()
    late = "，已经逾期" if today > unit.due else ""
    body = f"{unit}{made.year}年政府信息公开工作年度报告应于{unit.due}前报送{late}，请尽快报送。"
    for staff in writers_of(unit.organ_id):
        tell_staff(
            staff,
            f"reporting:urge:{unit.pk}:{today}",
            f"催报：{made.year}年政府信息公开工作年度报告",
            f"{body}{note}",
            made,
            link=made.get_absolute_url(),
            urgent=True,
        )


def writers_of(organ: int | None, *also: Duty) -> list[Staff]:
    """编制的人：who holds the duty at an organ today; with others that are to know."""
    roles = Role.objects.held(timezone.localdate()).filter(organ=organ, duty__in=WRITERS | {*also})
    found = {role.staff_id: role.staff for role in roles.select_related("staff__organ")}
    return [staff for _, staff in sorted(found.items()) if staff.is_active]


def may_write_about_call(made: Call, to: Recipient) -> bool:
    """通知可以写给谁：who has a duty where it comes from, or at a unit it goes to."""
    if to.audience is not Audience.STAFF:
        return False
    organs = [made.organ_id, *made.units.exclude(organ=None).values_list("organ", flat=True)]
    return Role.objects.filter(staff_id=to.id, organ__in=organs).exists()


def may_write_about_filing(filing: Filing, to: Recipient) -> bool:
    """年报可以写给谁：who has a duty at its organ."""
    if to.audience is not Audience.STAFF:
        return False
    return Role.objects.filter(staff_id=to.id, organ=filing.organ_id).exists()
