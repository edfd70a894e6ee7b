"""答复、答辩：drafted, approved by somebody else, handed in by the last day."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.applications.actions.taking import checked_day, refuse
from gongkai.disputes.actions.taking import act, why_not
from gongkai.disputes.clock import term_of
from gongkai.disputes.models import Dispute
from gongkai.disputes.states import Attached, Procedure
from gongkai.organs.models import Staff


def why_not_submit(dispute: Dispute, *, by: Staff | None) -> list[str]:
    """提交审定的障碍：the answer and the evidence must be there; without them there is none."""
    reasons = why_not(dispute, "submit", by=by)
    kept = set(dispute.attachments.values_list("sort", flat=True))
    term = term_of(dispute.sort, Procedure(dispute.procedure), dispute.received_on)
    if Attached.ANSWER not in kept:
        reasons.append(f"还没有加入{dispute.sort.answer}（{term.article}）")
    if Attached.EVIDENCE not in kept:
        reasons.append("还没有加入证据清单和证据；不提交的，视为没有证据")
    return reasons


@transaction.atomic
def submit(dispute: Dispute, *, by: Staff, note: str = "") -> None:
    """提交审定：who submits it is its drafter. Raises NotAllowed with all reasons."""
    refuse(why_not_submit(dispute, by=by))
    act(dispute, "submit", by=by, note=note, author=by)


@transaction.atomic
def approve(dispute: Dispute, *, by: Staff, note: str = "") -> None:
    """审定：never by the drafter. Raises NotAllowed."""
    act(dispute, "approve", by=by, note=note)


@transaction.atomic
def give_back(dispute: Dispute, *, by: Staff, reason: str) -> None:
    """退回修改。Raises NotAllowed."""
    act(dispute, "give_back", by=by, note=reason)


@transaction.atomic
def file(dispute: Dispute, *, by: Staff, on: date | None = None, note: str = "") -> None:
    """登记提交：the day it was handed in, and how; late ones are on record as late.

    Raises NotAllowed, BadDate.
    """
    refuse(why_not(dispute, "file", by=by))
    day = checked_day(on, what="提交日期", since=dispute.received_on)
    told = "，".join(part for part in (f"{day}提交{dispute.sort.answer}", note.strip()) if part)
    act(dispute, "file", by=by, note=told, filed_on=day, last_due_on=dispute.due_on)
