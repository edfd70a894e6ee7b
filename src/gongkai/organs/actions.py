"""机关和人员的办理：open accounts, appoint, delegate, load holiday notices; each leaves a step."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from axes.utils import reset as axes_reset
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from gongkai.errors import BadInput, NotAllowed
from gongkai.organs import holidays
from gongkai.organs.models import Delegation, HolidayNotice, Organ, Role, Staff
from gongkai.organs.rights import forget, roles_of
from gongkai.organs.states import ADMINISTRATORS, Duty
from gongkai.trail.actions import hold, record

#: Letters and digits nobody mistakes for one another when a password is read out.
_READABLE = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"


def refuse(reasons: list[str]) -> None:
    """Raise NotAllowed with all reasons, if there are any."""
    if reasons:
        raise NotAllowed("；".join(reasons) + "。")


def _proven(record_: models.Model) -> None:
    """What the model itself demands, as one sentence (BadInput); a form has asked it before."""
    try:
        record_.full_clean()
    except ValidationError as problem:
        raise BadInput("；".join(problem.messages)) from problem


def _needs(duty: Duty, by: Staff, organ: Organ, what: str) -> list[str]:
    if duty in roles_of(by, organ):
        return []
    return [f"{what}由{duty.label}办理"]


def differences(before: models.Model | None, after: models.Model) -> dict[str, list[Any]]:
    """变更：each column of a record that differs, as ``[before, after]``; of a new one, all set."""
    found = {}
    for field in after._meta.concrete_fields:
        if not field.editable or field.primary_key:
            continue
        new = getattr(after, field.attname)
        old = getattr(before, field.attname) if before else None
        if new != old and (before or new not in (None, "", [], False)):
            found[field.name] = [old, new]
    return found


# ── 机关 organs ─────────────────────────────────────────────────────────────────────────────


def why_not_edit(organ: Organ | None, *, by: Staff) -> list[str]:
    """Organs are kept by the system administrator above or at them."""
    return _needs(Duty.SYSTEM, by, organ or by.organ, "维护机关信息")


@transaction.atomic
def save_organ(organ: Organ, *, by: Staff) -> Organ:
    """保存机关：set up an organ, or correct what is kept of it, and write down what changed."""
    before = Organ.objects.filter(pk=organ.pk).first() if organ.pk else None
    refuse(why_not_edit(before or organ.parent, by=by))
    if organ.parent and before and before.parent_id != organ.parent_id:
        refuse(why_not_edit(organ.parent, by=by))
    hold()
    _proven(organ)
    changes = differences(before, organ)
    if before and not changes:
        return organ
    organ.save()
    move, label = ("edit", "修改机关信息") if before else ("create", "设立机关")
    record(organ, move, by=by, label=label, changes=changes)
    return organ


# ── 账号 accounts ───────────────────────────────────────────────────────────────────────────


def why_not_keep(staff: Staff, *, by: Staff) -> list[str]:
    """Accounts are kept by the system administrator of their organ."""
    return _needs(Duty.SYSTEM, by, staff.organ, "维护账号")


@transaction.atomic
def save_staff(staff: Staff, *, by: Staff) -> str:
    """保存账号：open an account or correct one; a new one's first password is returned, once."""
    before = Staff.objects.filter(pk=staff.pk).first() if staff.pk else None
    refuse(why_not_keep(before or staff, by=by))
    if before and before.organ_id != staff.organ_id:
        refuse(why_not_keep(staff, by=by))
    hold()
    password = "" if before else first_password()
    if password:
        staff.set_password(password)
        staff.must_change_password = True
    _proven(staff)
    changes = differences(before, staff)
    changes.pop("password", None)
    if before and not changes:
        return ""
    staff.save()
    move, label = ("edit", "修改账号") if before else ("create", "开通账号")
    record(staff, move, by=by, label=label, changes=changes)
    return password


@transaction.atomic
def reset_password(staff: Staff, *, by: Staff) -> str:
    """重置口令：a new first password, returned once; sessions of the old one end."""
    refuse(why_not_keep(staff, by=by))
    password = first_password()
    staff.set_password(password)
    staff.must_change_password = True
    staff.save(update_fields=["password", "must_change_password"])
    record(staff, "reset_password", by=by, label="重置口令")
    return password


@transaction.atomic
def close_account(staff: Staff, *, by: Staff, note: str) -> None:
    """停用账号：nobody signs in with it any more; what the person did stays under the name."""
    refuse(why_not_keep(staff, by=by))
    if staff == by:
        raise NotAllowed("不能停用自己的账号。")
    if not note.strip():
        raise NotAllowed("停用账号须写明理由。")
    if not Staff.objects.filter(pk=staff.pk, is_active=True).update(is_active=False):
        raise NotAllowed("这个账号已经停用。")
    staff.is_active = False
    record(staff, "close", by=by, label="停用账号", note=note, changes={"is_active": [True, False]})


@transaction.atomic
def reopen_account(staff: Staff, *, by: Staff, note: str = "") -> None:
    """恢复账号。"""
    refuse(why_not_keep(staff, by=by))
    if not Staff.objects.filter(pk=staff.pk, is_active=False).update(is_active=True):
        raise NotAllowed("这个账号没有停用。")
    staff.is_active = True
    record(
        staff, "reopen", by=by, label="恢复账号", note=note, changes={"is_active": [False, True]}
    )


def why_not_secure(staff: Staff, *, by: Staff) -> list[str]:
    """Locks and second factors are the security administrator's; nobody tends to his own."""
    reasons = _needs(Duty.SECURITY, by, staff.organ, "解锁账号、重置动态口令")
    if staff == by:
        reasons.append("不能办理自己的账号")
    return reasons


@transaction.atomic
def unlock(staff: Staff, *, by: Staff) -> None:
    """解锁：forget the wrong passwords before the time is over."""
    refuse(why_not_secure(staff, by=by))
    axes_reset(username=staff.username.lower())
    record(staff, "unlock", by=by, label="解锁账号")


@transaction.atomic
def reset_second_factor(staff: Staff, *, by: Staff, note: str) -> None:
    """重置动态口令：the person binds a new device at the next sign-in."""
    refuse(why_not_secure(staff, by=by))
    if not note.strip():
        raise NotAllowed("重置动态口令须写明理由。")
    Authenticator.objects.filter(user=staff).delete()
    record(staff, "reset_second_factor", by=by, label="重置动态口令", note=note)


def first_password() -> str:
    """首次口令：14 readable characters, about 80 bits; changed at the first sign-in."""
    return "".join(secrets.choice(_READABLE) for _ in range(14))


# ── 任职 roles ──────────────────────────────────────────────────────────────────────────────


def why_not_appoint(staff: Staff, organ: Organ, duty: Duty, *, by: Staff) -> list[str]:
    """Duties are given by the security administrator, never to himself.

    The three administrators are three people (三员分立, GB/T 22239—2019 8.1.5).
    """
    reasons = _needs(Duty.SECURITY, by, organ, "任免岗位")
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
    reasons = _needs(Duty.SECURITY, by, role.organ, "任免岗位")
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


# ── 委托 delegation ─────────────────────────────────────────────────────────────────────────


def why_not_delegate(
    giver: Staff, taker: Staff, duties: Collection[Duty], *, by: Staff
) -> list[str]:
    """One lends one's own duties; for somebody already away the security administrator does."""
    reasons = []
    if by != giver:
        reasons += _needs(Duty.SECURITY, by, giver.organ, "替他人办理委托")
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
        refuse(_needs(Duty.SECURITY, by, delegation.giver.organ, "收回他人的委托"))
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


# ── 放假安排 holidays ───────────────────────────────────────────────────────────────────────

#: Who may lay an office's own days over the national calendar.
KEEPERS_OF_DAYS = frozenset({Duty.DISCLOSURE, Duty.COMPETENT, Duty.SYSTEM})


def why_not_arrange(organ: Organ, *, by: Staff) -> list[str]:
    """Holiday notices are loaded by the disclosure office, its superior or the administrator."""
    if roles_of(by, organ) & KEEPERS_OF_DAYS:
        return []
    return ["放假安排由信息公开机构、主管部门或系统管理员办理"]


@transaction.atomic
def upload_holidays(organ: Organ, title: str, content: str, *, by: Staff) -> HolidayNotice:
    """上传放假安排：read and kept, but nothing counts differently until it is applied.

    Raises BadInput or BadDate naming the line that cannot be read.
    """
    refuse(why_not_arrange(organ, by=by))
    notice = HolidayNotice(organ=organ, title=title.strip(), content=content, uploaded_by=by)
    if not notice.overrides:
        raise BadInput("文件里没有一行安排。")
    _proven(notice)
    notice.save()
    record(notice, "upload", by=by, label="上传放假安排")
    return notice


@transaction.atomic
def apply_holidays(
    notice: HolidayNotice, *, by: Staff, seen: str | None = None
) -> list[holidays.Shift]:
    """启用放假安排：move every open deadline it touches, all at once, each with a step of its own.

    ``seen`` is the fingerprint of the preview the person looked at; raises NotAllowed when other
    deadlines would move now.
    """
    hold()
    refuse(why_not_arrange(notice.organ, by=by))
    shifts = holidays.preview(notice.organ, adding=notice)
    _same_as(seen, shifts)
    now = timezone.now()
    waiting = HolidayNotice.objects.filter(pk=notice.pk, applied_at__isnull=True)
    if not waiting.update(applied_at=now):
        raise NotAllowed("这份放假安排已经启用。")
    notice.applied_at = now
    record(notice, "apply", by=by, label="启用放假安排", changes={"变动的期限": len(shifts)})
    _move(shifts, notice, by)
    return shifts


@transaction.atomic
def withdraw_holidays(
    notice: HolidayNotice, *, by: Staff, note: str, seen: str | None = None
) -> list[holidays.Shift]:
    """撤销放假安排：as if it had never been; the deadlines move back the same way."""
    hold()
    refuse(why_not_arrange(notice.organ, by=by))
    if not note.strip():
        raise NotAllowed("撤销放假安排须写明理由。")
    shifts = holidays.preview(notice.organ, taking=notice)
    _same_as(seen, shifts)
    now = timezone.now()
    standing = HolidayNotice.objects.in_force().filter(pk=notice.pk)
    if not standing.update(withdrawn_at=now):
        raise NotAllowed("这份放假安排没有启用，或者已经撤销。")
    notice.withdrawn_at = now
    changes = {"变动的期限": len(shifts)}
    record(notice, "withdraw", by=by, label="撤销放假安排", note=note, changes=changes)
    _move(shifts, notice, by)
    return shifts


def _same_as(seen: str | None, shifts: list[holidays.Shift]) -> None:
    if seen is not None and seen != holidays.fingerprint(shifts):
        raise NotAllowed("预览之后又有期限发生变化，请重新预览后再确认。")


def _move(shifts: list[holidays.Shift], notice: HolidayNotice, by: Staff) -> None:
    for shift in shifts:
        deadline = shift.deadline
        deadline.store(shift.to)
        record(
            deadline.subject,
            "move_deadline",
            by=by,
            label="期限调整",
            note=f"放假安排变化：{notice.title}",
            changes={deadline.label: [deadline.due, shift.to]},
        )
