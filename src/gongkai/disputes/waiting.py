"""待办：cases that wait for a person, for the home of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils import timezone

from gongkai.disputes.models import Dispute, Hearing
from gongkai.disputes.queries import DisputeQuery
from gongkai.disputes.states import Kind, State
from gongkai.organs.models import Staff
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.organs.waiting import NEAR, Group, Task, by_due

#: So many of each kind are told; the ledger has them all.
MOST = 50
_HANDLERS = frozenset({Duty.DISCLOSURE, Duty.LEGAL})
_APPROVERS = frozenset({Duty.OFFICE_HEAD, Duty.SIGN})


def waiting_disputes(staff: Staff) -> Iterator[Task]:
    """待办：answers to approve, answers due, hearings near, replies ordered, cases to close."""
    today = timezone.localdate()
    yield from _to_approve(staff, today)
    organs = organs_with(staff, _HANDLERS)
    if not organs:
        return
    # One's own, and what nobody has yet.
    ours = Q(organ__in=organs) & (Q(handler=staff) | Q(handler__isnull=True))
    rows = Dispute.objects.filter(ours).select_related("organ", "application")
    yield from _to_answer(rows, today)
    yield from _to_obey(rows, today)
    yield from _to_close(rows)
    yield from _hearings(staff, organs, today)


def _to_approve(staff: Staff, today: date) -> Iterator[Task]:
    """待审定：the drafter is not shown his own."""
    organs = organs_with(staff, _APPROVERS)
    if not organs:
        return
    rows = Dispute.objects.filter(state=State.REVIEWING, organ__in=organs).exclude(author=staff)
    for one in rows.select_related("organ").order_by("due_on", "pk")[:MOST]:
        late = by_due(one.due_on, today)
        group = late if late is Group.LATE else Group.SIGN
        yield _task(one, group, f"{one.sort.answer}待审定{_when(one.due_on, today)}", "审定")


def _to_answer(rows: DisputeQuery, today: date) -> Iterator[Task]:
    waiting = rows.filter(state__in=(State.RECEIVED, State.APPROVED))
    for one in waiting.order_by("due_on", "pk")[:MOST]:
        drafted = one.state == State.APPROVED
        what = f"{one.sort.answer}{'已审定，待提交' if drafted else '待拟写'}"
        yield _task(
            one, by_due(one.due_on, today) or Group.HANDLE, f"{what}{_when(one.due_on, today)}",
            "登记提交" if drafted else "办理",
        )  # fmt: skip


def _to_obey(rows: DisputeQuery, today: date) -> Iterator[Task]:
    """待重新答复的：those on the clock of a request wait there, and not twice."""
    ordered = rows.to_obey().filter(reordered=False)
    for one in ordered.order_by("reply_due_on", "pk")[:MOST]:
        group = by_due(one.reply_due_on, today) or Group.HANDLE
        yield _task(one, group, f"责令重新答复{_when(one.reply_due_on, today)}", "办理",
                    one.reply_due_on)  # fmt: skip


def _to_close(rows: DisputeQuery) -> Iterator[Task]:
    decided = rows.filter(state=State.DECIDED).exclude(
        ordered_on__isnull=False, replied_on__isnull=True
    )
    for one in decided.order_by("concluded_on", "pk")[:MOST]:
        yield _task(one, Group.HANDLE, f"{one.result_told}（{one.found}），待办结", "办结")


def _hearings(staff: Staff, organs: list[int], today: date) -> Iterator[Task]:
    rows = Hearing.objects.coming(today).filter(on__lte=today + NEAR, dispute__organ__in=organs)
    rows = rows.filter(Q(dispute__handler=staff) | Q(dispute__handler__isnull=True))
    for one in rows.select_related("dispute__organ")[:MOST]:
        at = f"{one.at:%H:%M}" if one.at else ""
        group = by_due(one.on, today) or Group.HANDLE
        what = "开庭" if Kind(one.dispute.kind).is_suit else "听证"
        yield _task(one.dispute, group, f"{one.on}{at}{what}，{one.place}", "查看", one.on)


def _when(due: date | None, today: date) -> str:
    if due is None:
        return ""
    left = (due - today).days
    told = f"已逾期{-left}天" if left < 0 else "今天到期" if not left else f"还有{left}天"
    return f"，应于{due}前（{told}）"


def _task(one: Dispute, group: Group, reason: str, button: str, due: date | None = None) -> Task:
    return Task(
        group,
        f"{one.sort.short} {one.number} {one.about}",
        one.get_absolute_url(),
        reason,
        button,
        due or one.due_on,
        one.organ.short_name or one.organ.name,
    )
