"""账号的办理：open, close, reset, unlock."""

from __future__ import annotations

import secrets

from allauth.mfa.models import Authenticator
from axes.utils import reset as axes_reset
from django.db import transaction

from gongkai.errors import NotAllowed
from gongkai.organs.actions.conditions import differences, needs, proven, refuse
from gongkai.organs.models import Staff
from gongkai.organs.states import Duty
from gongkai.trail.actions import hold, record

#: Letters and digits nobody mistakes for one another when a password is read out.
_READABLE = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"


def why_not_keep(staff: Staff, *, by: Staff) -> list[str]:
    """Accounts are kept by the system administrator of their organ."""
    return needs(Duty.SYSTEM, by, staff.organ, "维护账号")


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
    proven(staff)
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
    reasons = needs(Duty.SECURITY, by, staff.organ, "解锁账号、重置动态口令")
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
