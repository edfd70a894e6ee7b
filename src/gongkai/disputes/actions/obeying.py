"""责令重新答复：a clock of its own, on the request where it is in the register."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.serving import reorder
from gongkai.applications.actions.taking import checked_day, refuse
from gongkai.disputes.actions.ruling import last_ruling
from gongkai.disputes.actions.taking import act, why_not
from gongkai.disputes.clock import may_still_be_appealed, refresh
from gongkai.disputes.models import Dispute
from gongkai.errors import BadInput
from gongkai.law.events import Order
from gongkai.organs.models import Staff


def why_not_order(dispute: Dispute, *, by: Staff | None) -> list[str]:
    """登记责令的障碍：only with a finding that can order, in force, and once."""
    reasons = why_not(dispute, "order", by=by)
    found, ruling = dispute.found, last_ruling(dispute)
    if reasons or found is None or ruling is None:
        return reasons
    if not found.may_order:
        reasons.append(f"结论是“{found}”，不发生重新答复")
    if dispute.ordered_on is not None:
        reasons.append(f"已经登记（{dispute.ordered_on}）")
    if until := may_still_be_appealed(dispute, ruling, timezone.localdate()):
        reasons.append(f"上诉期至{until}，裁判尚未生效")
    return reasons


@transaction.atomic
def order(
    dispute: Dispute,
    *,
    by: Staff,
    on: date | None = None,
    workdays: int | None = None,
    until: date | None = None,
) -> None:
    """登记责令重新答复：the clock of the request begins anew; it is no new request（D3）.

    ``on`` is the day it runs from: that on which the decision came, or the judgment became
    final. A request that was never answered goes on as it is, with the ordered day beside it.
    Raises NotAllowed, BadInput, BadDate.
    """
    refuse(why_not_order(dispute, by=by))
    ruling = last_ruling(dispute)
    assert ruling is not None
    day = checked_day(on or ruling.received_on, what="起算日", since=ruling.on)
    if workdays is not None and until is not None:
        raise BadInput("责令的期限只写日期或者工作日数中的一种。")
    if workdays is not None and not 1 <= workdays <= 365:
        raise BadInput("责令的工作日数应当在1至365之间。")
    if until is not None and until < day:
        raise BadInput(f"责令的期限{until}早于起算日{day}。")
    application = dispute.application
    anew = application is not None and application.is_done
    if application is not None and anew:
        reorder(
            application, by=by, source=Order.JUDGMENT if dispute.sort.is_suit else Order.REVIEW,
            number=ruling.number or dispute.case_number or dispute.number, on=day,
            workdays=workdays, until=until,
        )  # fmt: skip
    told = f"{until}前" if until else f"{workdays}个工作日内" if workdays else "没有定期限"
    act(
        dispute, "order", by=by, note=f"自{day}起，{told}", ordered_on=day,
        reply_workdays=workdays, reply_until=until, reordered=anew,
    )  # fmt: skip


def answered_again_on(dispute: Dispute) -> date | None:
    """登记簿里重新答复的日期：of the request whose clock began anew; None while it is open."""
    application = dispute.application
    if application is None or dispute.ordered_on is None or not application.is_done:
        return None
    answered = application.answered_on
    return answered if answered is not None and answered >= dispute.ordered_on else None


@transaction.atomic
def obey(dispute: Dispute, *, by: Staff | None, on: date | None = None) -> None:
    """登记已重新答复：read from the register where the request is there; else as told.

    Raises NotAllowed, BadDate.
    """
    reasons = why_not(dispute, "obey", by=by)
    if not dispute.must_obey:
        reasons.append("没有待办的重新答复")
    day = answered_again_on(dispute)
    if dispute.reordered and day is None:
        reasons.append(f"申请{dispute.application}还没有重新答复")
    refuse(reasons)
    told = day or checked_day(on, what="重新答复日期", since=dispute.ordered_on)
    act(dispute, "obey", by=by, note=f"{told}重新答复", replied_on=told)


def follow() -> int:
    """随申请更新：what the register has answered anew, and the days of what it has not.

    Every night; returns how many were found answered.
    """
    rows = Dispute.objects.to_obey().select_related("organ", "application")
    count = 0
    for dispute in rows.order_by("pk").iterator(500):
        with transaction.atomic():
            if answered_again_on(dispute) is not None and not why_not(dispute, "obey", by=None):
                obey(dispute, by=None)
                count += 1
            else:
                refresh(dispute)
    return count
