"""办理：``take()``, the only door where the state of a record changes."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest

from gongkai.errors import NotAllowed
from gongkai.organs.models import Staff
from gongkai.organs.rights import Right, rights_of
from gongkai.steps.states import Move
from gongkai.trail.actions import hold, record, write
from gongkai.trail.models import Step
from gongkai.trail.words import is_told

#: The one who comes second is told so.
OVERTAKEN = "这件事刚刚由别人办理过，状态已经变化。请刷新页面后再看。"


@dataclass(frozen=True)
class Offer:
    """可办的一步：a move and what stands in its way, for the page to show."""

    move: Move
    reasons: list[str]

    @property
    def allowed(self) -> bool:
        """Whether it may be taken now."""
        return not self.reasons


def why_not(subject: Any, move: str, *, by: Staff | None) -> list[str]:
    """What stands in the way of a move, in words; nothing if it may be taken.

    Looks at the table alone: state, duties, four eyes. Conditions of the trade (a form not
    filled in) are for the subject's own ``why_not_…``, which starts from these.
    """
    return _considered(subject, subject.FLOW[move], by)[0]


def offers(
    subject: Any,
    *,
    by: Staff,
    why_not_also: Callable[[str], list[str]] | None = None,
) -> list[Offer]:
    """下一步：the moves that leave the state the record is in, each with what stands in its way.

    ``why_not_also`` gives the reasons of the trade for a move, besides those of the table.
    """
    found = []
    for move in subject.FLOW.leaving(subject.state):
        reasons = why_not(subject, move.name, by=by)
        if why_not_also:
            reasons += [reason for reason in why_not_also(move.name) if reason not in reasons]
        found.append(Offer(move, reasons))
    return found


def posted(request: HttpRequest, subject: Any) -> tuple[str, str]:
    """提交的一步：the move and the note somebody sent from the page of a record.

    Raises NotAllowed if the record has moved on since that page was drawn, and for a move its
    flow does not have.
    """
    move = request.POST.get("move", "")
    if move not in subject.FLOW:
        raise NotAllowed("没有这个办理动作，请刷新页面。")
    if request.POST.get("seen", subject.state) != subject.state:
        raise NotAllowed(OVERTAKEN)
    return move, request.POST.get("note", "").strip()


def may(staff: Staff, subject: Any, move: str) -> bool:
    """Whether the table lets a person take a move now: ``why_not`` without the words."""
    return not why_not(subject, move, by=staff)


@transaction.atomic
def take(subject: Any, move: str, *, by: Staff | None, note: str = "", **changes: Any) -> Step:
    """办理一步：move a record to its next state, set ``changes`` with it, and write it down.

    The row is changed only where it still is as it was seen, so of two people at once one wins
    and the other is told (NotAllowed). ``by=None`` is the house itself, for automatic moves.
    The object in hand is brought up to date. Raises NotAllowed with all reasons.
    """
    step: Move = subject.FLOW[move]
    # The head before the row, always: who holds things in one order never waits in a ring.
    head = hold()
    reasons, right = _considered(subject, step, by)
    if reasons:
        raise NotAllowed("；".join(reasons) + "。")
    if step.reason and not note.strip():
        raise NotAllowed(f"{step.label}须写明理由。")
    before = subject.state
    after = before if step.end is None else step.end
    kept = {name: getattr(subject, name) for name in changes}
    rows = type(subject)._base_manager.filter(pk=subject.pk, state=before)
    if not rows.update(state=after, **changes):
        raise NotAllowed(OVERTAKEN)
    subject.state = after
    for name, value in changes.items():
        setattr(subject, name, value)
    return write(
        head,
        subject,
        move,
        by=by,
        label=step.label,
        before=str(before),
        after=str(after),
        note=note,
        for_name=right.giver if right else "",
        changes={
            name: [kept[name], value]
            for name, value in changes.items()
            if kept[name] != value and is_told(type(subject), name)
        },
    )


def comment(subject: models.Model, text: str, *, by: Staff) -> Step:
    """批注：a remark on a record, kept with its steps; it changes nothing.

    Raises NotAllowed for an empty one.
    """
    if not text.strip():
        raise NotAllowed("批注没有内容。")
    return record(subject, "comment", by=by, label="批注", note=text)


def _considered(subject: Any, step: Move, by: Staff | None) -> tuple[list[str], Right | None]:
    """Reasons against a move, and the right it would be taken by."""
    reasons = []
    if subject.state not in step.start:
        reasons.append(f"现在是“{subject.FLOW.label(subject.state)}”，不能{step.label}")
    if by is None:
        return reasons + ([] if step.automatic else [f"“{step.label}”须由人办理"]), None
    barred = _barred(subject, step)
    right = _right(subject, step, by, barred)
    if by.pk in barred:
        reasons.append(barred[by.pk])
    elif right is None:
        reasons.append(_who_may(subject, step, by, barred))
    return reasons, right


def _barred(subject: Any, step: Move) -> dict[int, str]:
    """Who may not take this move on this record whatever their duties, and why.

    Nobody escapes by lending: a right lent by one of them does not count either.
    """
    barred = {
        taker: f"已办理“{subject.FLOW[name].label}”的人不得再办理“{step.label}”，须由另一人办理"
        for name in sorted(step.apart)
        if (taker := _last_taker(subject, name)) is not None
    }
    if step.four_eyes and subject.author_id is not None:
        barred[subject.author_id] = f"起草人不得{step.label}自己起草的内容"
    return barred


def _right(subject: Any, step: Move, by: Staff, barred: Container[int]) -> Right | None:
    """The right a person would use: an own one before a lent one, none lent by who is barred."""
    for right in rights_of(by, subject.organ):
        if (not step.roles or right.duty in step.roles) and right.giver_id not in barred:
            return right
    return None


def _who_may(subject: Any, step: Move, by: Staff, barred: dict[int, str]) -> str:
    if lent := _right(subject, step, by, ()):
        return f"您代{lent.giver}办理，而{barred[lent.giver_id or 0]}"
    if not step.roles:
        return f"您在{subject.organ}没有任职，不能{step.label}"
    return f"“{step.label}”由{subject.organ}的{step.duties}办理"


def _last_taker(subject: Any, move: str) -> int | None:
    """Who took a move last on this record."""
    last: int | None = (
        Step.objects.of(subject)
        .filter(move=move)
        .order_by("-number")
        .values_list("by_id", flat=True)
        .first()
    )
    return last
