"""待办：applications that wait for a person, for the home of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gongkai.applications.models import Application, Extension, Message
from gongkai.applications.queries import WHOLE_REGISTER
from gongkai.applications.states import State
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.organs.waiting import Group, Task, by_due

#: So many of each kind are told; the register has them all.
MOST = 50
_LISTED = ("id", "number", "subject", "state", "standing", "due_on", "safe_on", "handler",
           "organ__short_name", "organ__name")  # fmt: skip
_OFFICE = frozenset({Duty.DISCLOSURE})
_HANDLERS = frozenset({Duty.DISCLOSURE, Duty.DRAFT})
#: Whose move it is at each desk, and what the move is called.
_DESKS = {
    State.LEGAL: (frozenset({Duty.LEGAL}), Group.REVIEW, "审核", "待合法性审核"),
    State.SECRECY: (frozenset({Duty.SECRECY}), Group.REVIEW, "审查", "待保密审查"),
    State.SIGNING: (frozenset({Duty.SIGN, Duty.OFFICE_HEAD}), Group.SIGN, "签发", "待签发"),
}
_BUTTONS = {
    State.RECEIVED: "登记",
    State.DRAFTING: "拟写答复",
    State.APPROVED: "送达",
    State.SERVED: "办结",
}


def waiting_applications(staff: Staff) -> Iterator[Task]:
    """待办：what is due, worst first; what lies on one's desk; what somebody has answered."""
    today = timezone.localdate()
    yield from _at_the_desks(staff, today)
    yield from _extensions(staff)
    yield from _in_hand(staff, today)
    yield from _late_below(staff, today)
    yield from _messages(staff)


def _in_hand(staff: Staff, today: date) -> Iterator[Task]:
    """经办的：one's own, and what nobody has yet."""
    mine = Q(handler=staff, organ__in=organs_with(staff, _HANDLERS))
    free = Q(handler__isnull=True, organ__in=organs_with(staff, _OFFICE))
    serving = Q(state__in=(State.APPROVED, State.SERVED), organ__in=organs_with(staff, _OFFICE))
    states = (*State,)
    open_states = [s for s in states if s not in (State.CLOSED, State.ARCHIVED, *_DESKS)]
    rows = Application.objects.filter(mine | free | serving, state__in=open_states)
    for row in rows.order_by("due_on", "pk").values(*_LISTED)[:MOST]:
        group = by_due(row["due_on"], today) or Group.HANDLE
        button = _BUTTONS.get(State(row["state"]), "办理")
        yield _task(row, group, f"{State(row['state']).label}{_told(row, today)}", button)


def _at_the_desks(staff: Staff, today: date) -> Iterator[Task]:
    """待审核、待签发：the drafter is not shown his own."""
    wanted = Q(pk__in=())
    for state, (duties, *_) in _DESKS.items():
        if organs := organs_with(staff, duties):
            wanted |= Q(state=state, organ__in=organs)
    rows = Application.objects.filter(wanted).exclude(author=staff)
    for row in rows.order_by("due_on", "pk").values(*_LISTED)[:MOST]:
        _, group, button, words = _DESKS[State(row["state"])]
        late = by_due(row["due_on"], today)
        yield _task(
            row, late if late is Group.LATE else group, f"{words}{_told(row, today)}", button
        )


def _extensions(staff: Staff) -> Iterator[Task]:
    """待批准的延期。"""
    organs = organs_with(staff, frozenset({Duty.OFFICE_HEAD}))
    rows = Extension.objects.filter(approved__isnull=True, application__organ__in=organs)
    rows = rows.exclude(proposed_by=staff).select_related("application__organ")
    for one in rows.order_by("pk")[:MOST]:
        application = one.application
        yield Task(
            Group.SIGN,
            f"{application.number} {application.subject}",
            application.get_absolute_url(),
            f"申请延期{one.workdays}个工作日，待批准；应于{application.due_on}前告知申请人",
            "批准延期",
            application.due_on,
            application.organ.short_name or application.organ.name,
        )


def _late_below(staff: Staff, today: date) -> Iterator[Task]:
    """下级逾期的：told to the competent department, which has to urge（第四十七条）."""
    above = organs_with(staff, frozenset({Duty.COMPETENT}))
    if not above:
        return
    below = Q(pk__in=())
    for path in Organ.objects.filter(pk__in=above).values_list("path", flat=True):
        below |= Q(organ__path__startswith=path)
    rows = Application.objects.overdue(today).filter(below)
    rows = rows.exclude(organ__in=organs_with(staff, WHOLE_REGISTER - {Duty.COMPETENT}))
    for row in rows.order_by("due_on", "pk").values(*_LISTED)[:MOST]:
        yield _task(row, Group.LATE, f"逾期未答复，请督促{_told(row, today)}", "查看")


def _messages(staff: Staff) -> Iterator[Task]:
    """申请人的留言，没有人看过的。"""
    rows = Message.objects.filter(
        by__isnull=True, read_at__isnull=True, application__organ__in=organs_with(staff, _OFFICE)
    )
    for one in rows.select_related("application__organ").order_by("pk")[:MOST]:
        application = one.application
        yield Task(
            Group.HANDLE,
            f"{application.number} {application.subject}",
            application.get_absolute_url(),
            "申请人有新的留言",
            "查看留言",
            organ=application.organ.short_name or application.organ.name,
        )


def _told(row: dict[str, Any], today: date) -> str:
    """The statutory day and how far off it is; the safe one where it is earlier."""
    due, safe = row["due_on"], row["safe_on"]
    if due is None:
        return f"（{row['standing']}）" if row["standing"] else ""
    left = (due - today).days
    when = f"已逾期{-left}天" if left < 0 else "今天到期" if not left else f"还有{left}天"
    earlier = f"，稳妥期限{safe}" if safe and safe < due else ""
    return f"，应于{due}前答复（{when}{earlier}）"


def _task(row: dict[str, Any], group: Group, reason: str, button: str) -> Task:
    return Task(
        group,
        f"{row['number']} {row['subject']}",
        reverse("applications:desk_application", args=[row["id"]]),
        reason,
        button,
        row["due_on"],
        row["organ__short_name"] or row["organ__name"],
    )
