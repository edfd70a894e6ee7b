"""听证、开庭：when, where, who goes, and what came of it; several in one case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.taking import refuse
from gongkai.disputes.actions.registering import Sent, keep_file
from gongkai.disputes.actions.taking import act, discreet, why_not
from gongkai.disputes.models import Dispute, Hearing
from gongkai.errors import BadDate, BadInput
from gongkai.organs.models import Staff


@transaction.atomic
def hear(
    dispute: Dispute,
    *,
    by: Staff,
    on: date,
    place: str,
    goes: str,
    at: time | None = None,
    sent: Iterable[Sent] = (),
) -> Hearing:
    """登记听证、开庭：as the summons says. Raises NotAllowed, BadInput, BadDate."""
    refuse(why_not(dispute, "hear", by=by))
    if not place.strip() or not goes.strip():
        raise BadInput("请填写地点和出席人员。")
    if on < dispute.received_on:
        raise BadDate(f"听证、开庭的日期{on}早于收到副本之日{dispute.received_on}。")
    act(dispute, "hear", by=by, note=f"{on}，{place.strip()}，{goes.strip()}")
    hearing = Hearing.objects.create(
        dispute=dispute, on=on, at=at, place=place.strip(), goes=goes.strip(), by=by
    )
    for one in sent:
        keep_file(dispute, one, by=by, hearing=hearing)
    return hearing


def why_not_attend(hearing: Hearing, *, by: Staff | None) -> list[str]:
    """登记情况的障碍：it must have been held."""
    reasons = why_not(hearing.dispute, "attend", by=by)
    if hearing.cancelled_why:
        reasons.append("这次听证、开庭已经取消")
    elif hearing.on > timezone.localdate():
        reasons.append(f"{hearing.on}才举行")
    return reasons


@transaction.atomic
def attend(hearing: Hearing, *, by: Staff, note: str, sent: Iterable[Sent] = ()) -> None:
    """登记听证、庭审情况。Raises NotAllowed, BadInput."""
    refuse(why_not_attend(hearing, by=by))
    if not note.strip():
        raise BadInput("请写明听证、庭审的情况。")
    act(hearing.dispute, "attend", by=by, note=f"{hearing.on}")
    Hearing.objects.filter(pk=hearing.pk).update(note=note.strip())
    for one in sent:
        keep_file(hearing.dispute, one, by=by, hearing=hearing)


@transaction.atomic
def cancel(hearing: Hearing, *, by: Staff, reason: str) -> None:
    """取消、改期：the row stays, with the reason; the new day is a row of its own.

    Raises NotAllowed.
    """
    if hearing.cancelled_why:
        refuse(["这次听证、开庭已经取消"])
    act(hearing.dispute, "cancel_hearing", by=by, note=f"{hearing.on}：{reason.strip()}"
        if reason.strip() else "")  # fmt: skip
    told = discreet(hearing.dispute, reason).strip()[:300]
    Hearing.objects.filter(pk=hearing.pk).update(cancelled_why=told)
