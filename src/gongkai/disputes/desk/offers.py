"""下一步：each deed that leaves the state a case is in, with its page or its reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from gongkai.disputes.actions import answering, obeying, ruling
from gongkai.disputes.models import Dispute
from gongkai.disputes.states import State
from gongkai.organs.models import Staff
from gongkai.steps.actions import why_not
from gongkai.steps.states import Move

#: 可以直接办的：nothing but a note is asked.
ON_THE_SPOT = frozenset({"submit", "approve", "give_back", "close", "reopen", "strike"})
#: Done from the row it is about: of a hearing; or by the page of another deed.
_WITHIN = frozenset({"attend", "cancel_hearing", "remand"})
#: 主要的一步：what moves the case on from each state; they stand first.
_FORWARD: dict[str, frozenset[str]] = {
    State.RECEIVED: frozenset({"attach", "submit"}),
    State.REVIEWING: frozenset({"approve"}),
    State.APPROVED: frozenset({"file"}),
    State.ANSWERED: frozenset({"decide"}),
    State.APPEALED: frozenset({"decide_appeal"}),
    State.DECIDED: frozenset({"order", "obey", "learn", "close"}),
}
#: Only where there is something to do it about; elsewhere they are not even named.
_IF: dict[str, Callable[[Dispute], bool]] = {
    "order": lambda one: one.found is not None and one.found.may_order and not one.ordered_on,
    "obey": lambda one: one.must_obey,
    "appeal": lambda one: one.sort.is_suit,
}
_CHECKS: dict[str, Callable[..., list[str]]] = {
    "submit": answering.why_not_submit,
    "order": obeying.why_not_order,
    "appeal": ruling.why_not_appeal,
    "close": ruling.why_not_close,
    "strike": ruling.why_not_strike,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """可办的一步：``url`` is the page of the deed; without one a note on the spot is enough."""

    move: Move
    reasons: list[str]
    url: str
    forward: bool

    @property
    def allowed(self) -> bool:
        """Whether it may be done now."""
        return not self.reasons


def why_not_do(dispute: Dispute, move: str, *, by: Staff) -> list[str]:
    """办理的障碍：of the table first; only where it has none are those of the trade asked."""
    reasons = why_not(dispute, move, by=by)
    if not reasons and move in _CHECKS:
        reasons = _CHECKS[move](dispute, by=by)
    return list(dict.fromkeys(reasons))


def offers(dispute: Dispute, *, by: Staff) -> list[Offer]:
    """下一步：those that move the case on first, then as the table has them."""
    found = []
    forward = _FORWARD.get(dispute.state, frozenset())
    for move in dispute.FLOW.leaving(dispute.state):
        asked = _IF.get(move.name)
        if move.name in _WITHIN or (asked is not None and not asked(dispute)):
            continue
        url = "" if move.name in ON_THE_SPOT else deed_url(dispute, move.name)
        reasons = why_not_do(dispute, move.name, by=by)
        found.append(Offer(move, reasons, url, move.name in forward))
    return sorted(found, key=lambda offer: not offer.forward)


def deed_url(dispute: Dispute, move: str) -> str:
    """办理页：the address of the page of a deed."""
    return reverse(f"disputes:do_{move}", args=[dispute.pk])
