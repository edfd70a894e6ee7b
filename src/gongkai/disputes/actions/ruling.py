"""结论：decided, appealed against, decided again; what of it is final is settled here alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.taking import checked_day, refuse
from gongkai.disputes.actions.registering import Sent, keep_file
from gongkai.disputes.actions.taking import act, discreet, why_not
from gongkai.disputes.clock import may_still_be_appealed
from gongkai.disputes.findings import Finding, finding
from gongkai.disputes.models import Appeal, Dispute, Ruling
from gongkai.disputes.states import Cause, Disposal, Kind, Party, Result
from gongkai.errors import BadInput
from gongkai.organs.models import Staff

#: Nothing has ended the case: 尚未审结.
_PENDING: dict[str, Any] = {"finding": "", "result": "", "cause": "", "concluded_on": None}


@dataclass(frozen=True, kw_only=True)
class Decided:
    """结论：what the paper says; ``received_on`` is the day it reached us."""

    finding: str
    on: date
    received_on: date | None = None
    number: str = ""
    cause: str = ""
    note: str = ""


def settled(last: Ruling | None) -> dict[str, Any]:
    """结果的栏目值：by the ruling that stands, None while nothing has ended the case.

    The year of ``concluded_on`` is the one Table 4 counts the result in（``figures``）.
    """
    if last is None:
        return _PENDING
    return {
        "finding": last.finding,
        "result": last.found.result,
        "cause": last.cause,
        "concluded_on": last.on,
    }


def _checked(dispute: Dispute, decided: Decided, *, since: date) -> tuple[Finding, date]:
    """The finding and the day the paper came; BadInput, BadDate for what cannot be."""
    found = finding(decided.finding)
    if found.suit != dispute.sort.is_suit:
        raise BadInput(f"“{found}”不是{dispute.sort.short}的结论。")
    if found.result is Result.REVERSED and decided.cause not in Cause.values:
        raise BadInput("被纠正的，请选择原因。")
    if found.result is not Result.REVERSED and decided.cause:
        raise BadInput("没有被纠正的，不填原因。")
    checked_day(decided.on, what="裁决日期", since=since)
    day = checked_day(decided.received_on or decided.on, what="收到日期", since=decided.on)
    return found, day


def _write(
    dispute: Dispute, decided: Decided, day: date, sent: Iterable[Sent], by: Staff, **kept: Any
) -> Ruling:
    ruling = Ruling.objects.create(
        dispute=dispute, finding=decided.finding, number=decided.number.strip(), on=decided.on,
        received_on=day, cause=decided.cause, note=decided.note.strip(), by=by, **kept,
    )  # fmt: skip
    for one in sent:
        keep_file(dispute, one, by=by, ruling=ruling)
    return ruling


@transaction.atomic
def decide(dispute: Dispute, decided: Decided, *, by: Staff, sent: Iterable[Sent] = ()) -> Ruling:
    """登记结论：a review decision, or the ruling of the first instance.

    Raises NotAllowed, BadInput, BadDate.
    """
    refuse(why_not(dispute, "decide", by=by))
    found, day = _checked(dispute, decided, since=dispute.received_on)
    ruling = Ruling(finding=decided.finding, on=decided.on, cause=decided.cause)
    act(dispute, "decide", by=by, note=f"{decided.on}{found}{decided.number}", **settled(ruling))
    return _write(dispute, decided, day, sent, by)


def last_ruling(dispute: Dispute) -> Ruling | None:
    """现行的结论：the last one that was not set aside."""
    return dispute.rulings.filter(overturned=False).order_by("-pk").first()


def open_appeal(dispute: Dispute) -> Appeal | None:
    """未结的上诉。"""
    return dispute.appeals.filter(ended_on__isnull=True).first()


# ── 上诉 ────────────────────────────────────────────────────────────────────────────────────


def why_not_appeal(dispute: Dispute, *, by: Staff | None) -> list[str]:
    """登记上诉的障碍：only against a ruling of the first instance."""
    reasons = why_not(dispute, "appeal", by=by)
    ruling = last_ruling(dispute)
    if dispute.sort is Kind.REVIEW:
        reasons.append("对行政复议决定不服的，向法院起诉，请另行登记为“复议后起诉”")
    elif ruling is not None and ruling.appeal_id is not None:
        reasons.append("第二审裁判是终审裁判，不能上诉")
    elif dispute.ordered_on is not None and not reasons:
        reasons.append("已经登记责令重新答复；一审裁判被上诉的，没有生效，请先核对")
    return reasons


@transaction.atomic
def appeal(
    dispute: Dispute,
    *,
    by: Staff,
    party: Party,
    on: date,
    court: str,
    case_number: str = "",
    reason: str = "",
    sent: Iterable[Sent] = (),
) -> Appeal:
    """登记上诉：the case is pending again until the second instance has spoken.

    Raises NotAllowed, BadInput, BadDate.
    """
    refuse(why_not_appeal(dispute, by=by))
    ruling = last_ruling(dispute)
    assert ruling is not None
    checked_day(on, what="上诉日期", since=ruling.on)
    if not court.strip():
        raise BadInput("请填写二审法院。")
    act(dispute, "appeal", by=by, note=f"{on}{party.label}上诉，{court.strip()}", **settled(None))
    made = Appeal.objects.create(
        dispute=dispute, party=party, on=on, court=court.strip(),
        case_number=case_number.strip(), reason=reason.strip(),
    )  # fmt: skip
    for one in sent:
        keep_file(dispute, one, by=by, appeal=made)
    return made


@transaction.atomic
def decide_appeal(
    dispute: Dispute,
    disposal: Disposal,
    *,
    by: Staff,
    on: date,
    received_on: date | None = None,
    number: str = "",
    changed: str = "",
    cause: str = "",
    note: str = "",
    sent: Iterable[Sent] = (),
) -> None:
    """登记二审结论：upheld or withdrawn, the first ruling stands; ``changed`` says to what else.

    Sent back, the first ruling is set aside and the case is heard again. The case counts on the
    day of the second ruling. Raises NotAllowed, BadInput, BadDate.
    """
    move = "remand" if disposal is Disposal.REMANDED else "decide_appeal"
    refuse(why_not(dispute, move, by=by))
    pending, first = open_appeal(dispute), last_ruling(dispute)
    assert pending is not None
    assert first is not None
    told = f"{on}{disposal.label}{number.strip()}"
    Appeal.objects.filter(pk=pending.pk).update(disposal=disposal, ended_on=on)
    if disposal is Disposal.REMANDED:
        checked_day(on, what="裁判日期", since=pending.on)
        act(dispute, move, by=by, note=told)
        dispute.rulings.update(overturned=True)
        for one in sent:
            keep_file(dispute, one, by=by, appeal=pending)
        return
    if disposal is Disposal.CHANGED and not changed:
        raise BadInput("改判的，请选择改判后的结论。")
    stands = disposal is not Disposal.CHANGED
    decided = Decided(
        finding=first.finding if stands else changed,
        cause=first.cause if stands else cause,
        on=on, received_on=received_on, number=number, note=note,
    )  # fmt: skip
    _, day = _checked(dispute, decided, since=pending.on)
    ruling = Ruling(finding=decided.finding, on=on, cause=decided.cause)
    act(dispute, move, by=by, note=told, **settled(ruling))
    _write(dispute, decided, day, sent, by, appeal=pending)


# ── 办结 ────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def learn(dispute: Dispute, text: str, *, by: Staff) -> None:
    """写经验教训：read by others than who handled the case, so without names.

    Raises NotAllowed, BadInput.
    """
    if not text.strip():
        raise BadInput("请写明经验教训。")
    act(dispute, "learn", by=by, lessons=discreet(dispute, text).strip())


def why_not_close(dispute: Dispute, *, by: Staff | None) -> list[str]:
    """办结的障碍：nothing may be left open: the time to appeal, a reply ordered, the lesson."""
    reasons = why_not(dispute, "close", by=by)
    ruling = last_ruling(dispute)
    if ruling is not None and not reasons:
        until = may_still_be_appealed(dispute, ruling, timezone.localdate())
        if until is not None:
            reasons.append(f"上诉期至{until}，期满后再办结")
        if dispute.must_obey:
            reasons.append("责令重新答复的，还没有重新答复")
        if dispute.result == Result.REVERSED and not dispute.lessons:
            reasons.append("结果被纠正的，请先写经验教训")
    return reasons


@transaction.atomic
def close(dispute: Dispute, *, by: Staff, note: str = "") -> None:
    """办结。Raises NotAllowed with all reasons."""
    refuse(why_not_close(dispute, by=by))
    act(dispute, "close", by=by, note=note, closed_on=timezone.localdate())


@transaction.atomic
def reopen(dispute: Dispute, *, by: Staff, reason: str) -> None:
    """恢复办理：an appeal that came late, a lesson to be written. Raises NotAllowed."""
    act(dispute, "reopen", by=by, note=reason, closed_on=None)


def why_not_strike(dispute: Dispute, *, by: Staff | None) -> list[str]:
    """不计的障碍：no other case may rest on it."""
    reasons = why_not(dispute, "strike", by=by)
    reasons += [f"{later}以本案为此前的行政复议" for later in dispute.later.standing()]
    return reasons


@transaction.atomic
def strike(dispute: Dispute, *, by: Staff, reason: str) -> None:
    """登记有误，不计：on record for ever, counted nowhere. Raises NotAllowed."""
    refuse(why_not_strike(dispute, by=by))
    act(dispute, "strike", by=by, note=reason)
