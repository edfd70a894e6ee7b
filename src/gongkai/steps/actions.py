"""办理：``take()``, the only door where the state of a record changes."""

from __future__ import annotations

from typing import Any, Protocol

from django.db import models, transaction

from gongkai.errors import NotAllowed
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import Right, rights_of
from gongkai.steps.states import Flow, Move
from gongkai.trail.actions import hold, record
from gongkai.trail.models import Step

#: The one who comes second is told so.
OVERTAKEN = "这件事刚刚由别人办理过，状态已经变化。请刷新页面后再看。"


class Flowing(Protocol):
    """走流程的对象：what a model must have to be moved by a flow.

    ``FLOW``, a column ``state``, and ``organ``: the organ whose duties count. ``author`` or
    ``author_id`` names the drafter where a move of the flow has ``four_eyes``.
    """

    FLOW: Flow
    state: Any
    pk: Any

    @property
    def organ(self) -> Organ:
        """The organ whose duties count."""


def why_not(record_: Any, move: str, *, by: Staff | None) -> list[str]:
    """What stands in the way of a move, in words; nothing if it may be taken.

    Looks at the table alone: state, duties, four eyes. Conditions of the trade (a form not
    filled in) are for the subject's own ``why_not_…``, which starts from these.
    """
    flow: Flow = record_.FLOW
    step = flow[move]
    reasons = []
    if record_.state not in step.start:
        reasons.append(f"现在是“{flow.label(record_.state)}”，不能{step.label}")
    if by is None:
        if not step.automatic:
            reasons.append(f"“{step.label}”须由人办理")
        return reasons
    if _right(record_, step, by) is None:
        reasons.append(_who_may(record_, step))
    if step.four_eyes and _author_id(record_) == by.pk:
        reasons.append(f"起草人不得{step.label}自己起草的内容")
    reasons += [
        f"您已办理“{flow[name].label}”，“{step.label}”须由另一人办理"
        for name in sorted(step.apart)
        if _last_taker(record_, name) == by.pk
    ]
    return reasons


def may(staff: Staff, record_: Any, move: str) -> bool:
    """Whether the table lets a person take a move now."""
    return not why_not(record_, move, by=staff)


@transaction.atomic
def take(record_: Any, move: str, *, by: Staff | None, note: str = "", **changes: Any) -> Step:
    """办理一步：move a record to its next state, set ``changes`` with it, and write it down.

    The row is changed only where it still is as it was seen, so of two people at once one wins
    and the other is told (NotAllowed). ``by=None`` is the house itself, for automatic moves.
    The object in hand is brought up to date. Raises NotAllowed with all reasons.
    """
    flow: Flow = record_.FLOW
    step = flow[move]
    if reasons := why_not(record_, move, by=by):
        raise NotAllowed("；".join(reasons) + "。")
    if step.reason and not note.strip():
        raise NotAllowed(f"{step.label}须写明理由。")
    before = record_.state
    after = before if step.end is None else step.end
    hold()  # before the row, always: two who hold things in one order never wait for each other
    kept = {name: getattr(record_, name) for name in changes}
    rows = type(record_)._base_manager.filter(pk=record_.pk, state=before)
    if not rows.update(state=after, **changes):
        raise NotAllowed(OVERTAKEN)
    record_.state = after
    for name, value in changes.items():
        setattr(record_, name, value)
    right = _right(record_, step, by) if by else None
    return record(
        record_,
        move,
        by=by,
        label=step.label,
        before=str(before),
        after=str(after),
        note=note,
        for_name=right.giver if right else "",
        changes={
            name: [kept[name], value] for name, value in changes.items() if kept[name] != value
        },
    )


def comment(record_: models.Model, text: str, *, by: Staff) -> Step:
    """批注：a remark on a record, kept with its steps; it changes nothing.

    Raises NotAllowed for an empty one.
    """
    if not text.strip():
        raise NotAllowed("批注没有内容。")
    return record(record_, "comment", by=by, label="批注", note=text)


def _right(record_: Any, step: Move, by: Staff) -> Right | None:
    """The right a person would use: an own one before a lent one."""
    for right in rights_of(by, record_.organ):
        if not step.roles or right.duty in step.roles:
            return right
    return None


def _who_may(record_: Any, step: Move) -> str:
    if not step.roles:
        return f"您在{record_.organ}没有任职，不能{step.label}"
    return f"“{step.label}”由{record_.organ}的{step.duties}办理"


def _author_id(record_: Any) -> int | None:
    author: int | None = getattr(record_, "author_id", None)
    return author


def _last_taker(record_: Any, move: str) -> int | None:
    """Who took a move last on this record."""
    last: int | None = (
        Step.objects.of(record_)
        .filter(move=move)
        .order_by("-number")
        .values_list("by_id", flat=True)
        .first()
    )
    return last
