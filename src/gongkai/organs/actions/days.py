"""放假安排的办理：upload, apply, withdraw; every deadline that moves leaves a step."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.errors import BadInput, NotAllowed
from gongkai.organs import holidays
from gongkai.organs.actions.conditions import proven, refuse
from gongkai.organs.models import HolidayNotice, Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty
from gongkai.trail.actions import hold, record

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
    proven(notice)
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
