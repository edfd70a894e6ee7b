"""任职和委托的办理：give a duty, end it, lend it while away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.errors import BadInput, NotAllowed
from gongkai.organs.actions.conditions import needs, refuse
from gongkai.organs.models import Delegation, Organ, Role, Staff
from gongkai.organs.rights import forget
from gongkai.organs.states import ADMINISTRATORS, Duty
from gongkai.trail.actions import hold, record


def why_not_appoint(staff: Staff, organ: Organ, duty: Duty, *, by: Staff) -> list[str]:
    """Duties are given by the security administrator, never to himself.

    The three administrators are three people (三员分立, GB/T 22239—2019 8.1.5).
    """
    reasons = needs(Duty.SECURITY, by, organ, "任免岗位")
    if staff == by:
        reasons.append("不能给自己任免岗位")
    if not staff.is_active:
        reasons.append(f"{staff.name}的账号已停用")
    return reasons + _stands_apart(staff, organ, duty)


def _stands_apart(staff: Staff, organ: Organ, duty: Duty) -> list[str]:
    today = timezone.localdate()
    held = Role.objects.filter(staff=staff).exclude(valid_to__lt=today)
    if held.filter(organ=organ, duty=duty).exists():
        return [f"{staff.name}已经担任{organ}的{duty.label}"]
    others = ADMINISTRATORS - {duty}
    if duty in ADMINISTRATORS:
        for other in held.filter(duty__in=others).values_list("duty", flat=True):
            return [
                f"{staff.name}已是{Duty(other).label}，不能再任{duty.label}："
                "系统、安全、审计管理员须由不同的人担任（三员分立）"
            ]
    return []


@transaction.atomic
def appoint(
    staff: Staff,
    organ: Organ,
    duty: Duty,
    *,
    by: Staff,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Role:
    """任职：give a person a duty at an organ, from today unless a day is named."""
    hold()
    refuse(why_not_appoint(staff, organ, duty, by=by))
    first = valid_from or timezone.localdate()
    if valid_to and valid_to < first:
        raise BadInput("离任日期不能早于任职日期。")
    role = Role.objects.create(
        staff=staff, organ=organ, duty=duty, valid_from=first, valid_to=valid_to
    )
    forget(staff)
    _record_role(role, "appoint", "任职", by, "")
    return role


def why_not_dismiss(role: Role, *, by: Staff) -> list[str]:
    """The last security administrator stays: without him nobody could appoint another."""
    reasons = needs(Duty.SECURITY, by, role.organ, "任免岗位")
    if role.staff_id == by.pk:
        reasons.append("不能给自己任免岗位")
    if role.duty == Duty.SECURITY:
        others = Role.objects.held(timezone.localdate()).filter(
            duty=Duty.SECURITY, staff__is_active=True
        )
        if not others.exclude(pk=role.pk).exists():
            reasons.append("这是最后一名安全管理员，请先任命另一名")
    return reasons


@transaction.atomic
def dismiss(role: Role, *, by: Staff, note: str = "") -> None:
    """免职：the duty ends at once; that it was held stays on record."""
    hold()
    refuse(why_not_dismiss(role, by=by))
    role.valid_to = timezone.localdate() - timedelta(days=1)
    role.save(update_fields=["valid_to"])
    forget(role.staff)
    _record_role(role, "dismiss", "免职", by, note)


def _record_role(role: Role, move: str, label: str, by: Staff, note: str) -> None:
    """On the person's own trail: what somebody may do is part of who he is."""
    changes = {
        "机关": str(role.organ),
        "岗位": Duty(role.duty).label,
        "任职日期": role.valid_from,
        "离任日期": role.valid_to,
    }
    kept = {name: value for name, value in changes.items() if value}
    record(role.staff, move, by=by, label=label, note=note, changes=kept)


def why_not_delegate(
    giver: Staff, taker: Staff, duties: Collection[Duty], *, by: Staff
) -> list[str]:
    """One lends one's own duties; for somebody already away the security administrator does."""
    reasons = []
    if by != giver:
        reasons += needs(Duty.SECURITY, by, giver.organ, "替他人办理委托")
    if giver == taker:
        reasons.append("不能委托给自己")
    if not taker.is_active:
        reasons.append(f"{taker.name}的账号已停用")
    if not duties:
        reasons.append("没有选择委托的岗位")
    today = timezone.localdate()
    held = set(
        Role.objects.filter(staff=giver).exclude(valid_to__lt=today).values_list("duty", flat=True)
    )
    for duty in duties:
        if duty in ADMINISTRATORS:
            reasons.append(f"{duty.label}不得委托（三员分立）")
        elif duty not in held:
            reasons.append(f"{giver.name}没有担任{duty.label}，不能委托")
    return reasons


@transaction.atomic
def delegate(
    giver: Staff,
    taker: Staff,
    duties: Collection[Duty],
    *,
    by: Staff,
    first_day: date,
    last_day: date,
    reason: str,
) -> Delegation:
    """委托：while away, let another act with some of one's duties; a loan is not lent on."""
    hold()
    refuse(why_not_delegate(giver, taker, duties, by=by))
    if last_day < first_day:
        raise BadInput("委托的结束日期不能早于开始日期。")
    if last_day < timezone.localdate():
        raise BadInput("委托的结束日期已经过去。")
    if not reason.strip():
        raise BadInput("委托须写明事由。")
    delegation = Delegation.objects.create(
        giver=giver,
        taker=taker,
        duties=[duty.value for duty in Duty if duty in duties],
        first_day=first_day,
        last_day=last_day,
        reason=reason.strip(),
    )
    forget(taker)
    _record_delegation(delegation, "delegate", "委托他人代办", by)
    return delegation


@transaction.atomic
def end_delegation(delegation: Delegation, *, by: Staff) -> None:
    """收回委托。"""
    if by not in (delegation.giver, delegation.taker):
        refuse(needs(Duty.SECURITY, by, delegation.giver.organ, "收回他人的委托"))
    now = timezone.now()
    if not Delegation.objects.filter(pk=delegation.pk, ended_at__isnull=True).update(ended_at=now):
        raise NotAllowed("这项委托已经收回。")
    delegation.ended_at = now
    forget(delegation.taker)
    _record_delegation(delegation, "end_delegation", "收回委托", by)


def _record_delegation(delegation: Delegation, move: str, label: str, by: Staff) -> None:
    changes = {
        "受托人": delegation.taker.name,
        "岗位": delegation.duty_labels,
        "自": delegation.first_day,
        "至": delegation.last_day,
    }
    record(delegation.giver, move, by=by, label=label, note=delegation.reason, changes=changes)
