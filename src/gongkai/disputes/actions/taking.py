"""办理的门：the reasons, the step and the columns of the clock, in one transaction."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gongkai.applications.actions.taking import discreet as without_people
from gongkai.disputes.clock import refresh
from gongkai.disputes.models import Dispute
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty
from gongkai.steps.actions import take
from gongkai.steps.actions import why_not as why_not_by_table
from gongkai.trail.models import Step

#: 信息公开机构和法制机构：who handles cases.
HANDLERS = frozenset({Duty.DISCLOSURE, Duty.LEGAL})


def why_not(dispute: Dispute, move: str, *, by: Staff | None) -> list[str]:
    """为什么不能：what the table of moves says; each deed adds the reasons of the trade."""
    return why_not_by_table(dispute, move, by=by)


def why_not_handle(organ: Organ, *, by: Staff) -> list[str]:
    """登记案件的障碍：whoever handles cases of the organ."""
    if roles_of(by, organ) & HANDLERS:
        return []
    return [f"由{organ}的信息公开机构、法制机构登记"]


@transaction.atomic
def act(dispute: Dispute, move: str, *, by: Staff | None, note: str = "", **changes: Any) -> Step:
    """办理一步：the step and the columns of the clock; both or neither.

    Raises NotAllowed with all reasons of the table.
    """
    step = take(dispute, move, by=by, note=discreet(dispute, note), **changes)
    refresh(dispute)
    return step


def discreet(dispute: Dispute, text: str) -> str:
    """留痕用语：without the names of people; the trail is for ever, a person is not."""
    if not text.strip():
        return text
    if dispute.application is not None:
        text = without_people(dispute.application, text)
    if dispute.claimant:
        text = text.replace(dispute.claimant, dispute.sort.claimant)
    return text
