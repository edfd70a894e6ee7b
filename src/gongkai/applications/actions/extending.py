"""延期（第三十三条第二款）：proposed, approved by the head of the office, told in time."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.papers import Sending, make, send
from gongkai.applications.actions.taking import act, refuse, why_not, why_not_event
from gongkai.applications.clock import standing_of
from gongkai.applications.models import Application, Extension, Paper
from gongkai.errors import BadInput
from gongkai.law.course import Status
from gongkai.law.events import Extension as Extended
from gongkai.law.flags import FlagKind
from gongkai.law.terms import EXTENSION
from gongkai.organs.models import Staff

_VOID = {
    FlagKind.EXTENSION_LATE: "答复期限已经届满，不能再延期（第三十三条第二款）",
    FlagKind.EXTENSION_AGAIN: "已经延期一次，不能再延",
    FlagKind.EXTENSION_IDLE: "期限没有在计算，不需要延期",
    FlagKind.EXTENSION_OF_FIXED: "答复日期已经另行确定，不能延期",
}


def why_not_extend(
    application: Application,
    *,
    workdays: int = EXTENSION.length,
    on: date | None = None,
) -> list[str]:
    """延期的障碍：what the clock would make of an extension told on that day."""
    if not 1 <= workdays <= EXTENSION.length:
        return [f"延长最长不得超过{EXTENSION.length}个工作日（第三十三条第二款）"]
    event = Extended(on or timezone.localdate(), workdays=workdays)
    if reasons := why_not_event(application, event):
        return reasons
    standing = standing_of(application, asof=event.on, also=(event,))
    found = [_VOID[flag.kind] for flag in standing.flags if flag.kind in _VOID]
    if not found and standing.status in (Status.ABANDONED, Status.WITHDRAWN, Status.ANSWERED):
        found.append("申请已经了结，不需要延期")
    return found


def why_not_propose(
    application: Application, *, by: Staff | None, workdays: int = EXTENSION.length
) -> list[str]:
    """提出延期的障碍。"""
    reasons = why_not(application, "propose_extension", by=by)
    if pending(application):
        reasons.append("已经提出延期，正在等待批准")
    return reasons or why_not_extend(application, workdays=workdays)


@transaction.atomic
def propose_extension(
    application: Application, *, by: Staff, workdays: int, reason: str
) -> Extension:
    """提出延期：so many working days, and why. Raises NotAllowed, BadInput."""
    if not reason.strip():
        raise BadInput("请写明延期理由。")
    refuse(why_not_propose(application, by=by, workdays=workdays))
    act(application, "propose_extension", by=by, note=f"{workdays}个工作日：{reason}")
    return Extension.objects.create(
        application=application, workdays=workdays, reason=reason.strip(), proposed_by=by
    )


def pending(application: Application) -> Extension | None:
    """待批准的延期。"""
    return next((one for one in application.extensions.all() if one.approved is None), None)


def why_not_approve(
    application: Application, *, by: Staff | None, on: date | None = None
) -> list[str]:
    """批准延期的障碍：the head of the disclosure office, and only while it can be told in time."""
    reasons = why_not(application, "extend", by=by)
    asked = pending(application)
    if asked is None:
        return [*reasons, "没有待批准的延期"]
    return reasons or why_not_extend(application, workdays=asked.workdays, on=on)


@transaction.atomic
def approve_extension(
    application: Application, *, by: Staff, sending: Sending, body: str | None = None
) -> Paper:
    """批准延期并告知申请人：the new day stands only when the notice goes out in time.

    Raises NotAllowed with all reasons.
    """
    refuse(why_not_approve(application, by=by, on=sending.on))
    asked = pending(application)
    assert asked is not None
    event = Extended(sending.on, workdays=asked.workdays)
    note = f"延长{asked.workdays}个工作日：{asked.reason}"
    act(application, "extend", by=by, note=note, events=[event])
    asked.approved, asked.decided_by, asked.decided_at = True, by, timezone.now()
    asked.sent_on = sending.on
    asked.save(update_fields=["approved", "decided_by", "decided_at", "sent_on"])
    standing = standing_of(application)
    facts = {
        "延期批准人": by.name,
        "延长的工作日数": asked.workdays,
        "原答复期限": standing.original_due,
        "新的答复期限": standing.due,
        "延期理由": asked.reason,
    }
    paper = make(application, 5, by=by, on=sending.on, body=body, facts=facts)
    send(paper, sending, by=by)
    return paper


@transaction.atomic
def refuse_extension(application: Application, *, by: Staff, reason: str) -> None:
    """不同意延期。Raises NotAllowed."""
    asked = pending(application)
    if asked is None:
        refuse(["没有待批准的延期"])
        return
    act(application, "refuse_extension", by=by, note=reason)
    asked.approved, asked.decided_by, asked.decided_at = False, by, timezone.now()
    asked.save(update_fields=["approved", "decided_by", "decided_at"])
