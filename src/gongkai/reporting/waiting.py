"""待办：yearly reports that wait for a person, for the home of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.organs.waiting import Group, Task, by_due
from gongkai.reporting.models import Call, Filing, Unit
from gongkai.reporting.queries import WRITERS
from gongkai.reporting.states import EDITABLE, CallState, Scope, State

#: So many of each kind are told; the pages have them all.
MOST = 50
_WRITERS = frozenset(WRITERS)
_BUTTONS = {
    State.DRAFT: ("编制中", "编制"),
    State.RETURNED: ("主管部门已退回，请修改后重新报送", "修改"),
    State.APPROVED: ("已审签，待报送", "报送"),
    State.CLEARED: ("已审核通过，待公布", "公布"),
}


def waiting_reports(staff: Staff) -> Iterator[Task]:
    """待办：calls not yet begun, reports to write, sign, submit, publish; below: to clear, late."""
    today = timezone.localdate()
    yield from _to_sign(staff, today)
    organs = organs_with(staff, _WRITERS)
    if organs:
        yield from _to_begin(organs, today)
        yield from _in_hand(organs, today)
    competent = organs_with(staff, frozenset({Duty.COMPETENT}))
    if competent:
        yield from _to_clear(competent, staff)
        yield from _rounds(competent, today)


def _to_sign(staff: Staff, today: date) -> Iterator[Task]:
    """待审签：who wrote it is not shown his own."""
    organs = organs_with(staff, frozenset({Duty.SIGN}))
    rows = Filing.objects.filter(state=State.SIGNING, organ__in=organs).exclude(author=staff)
    for one in rows.select_related("organ").defer("frozen").order_by("due_on", "pk")[:MOST]:
        late = by_due(one.due_on, today)
        group = late if late is Group.LATE else Group.SIGN
        yield _task(one, group, f"待审签{_when(one.due_on, today)}", "审签", one.due_on)


def _to_begin(organs: list[int], today: date) -> Iterator[Task]:
    """收到通知、尚未编制的。"""
    known = set(Filing.objects.filter(organ__in=organs).values_list("organ", "scope", "year"))
    rows = Unit.objects.filter(organ__in=organs, call__state=CallState.ISSUED)
    rows = rows.annotate(urged=Max("reminders__about", filter=Q(reminders__rule="urge")))
    for unit in rows.select_related("call", "organ").order_by("call__year", "pk"):
        assert unit.organ is not None
        if (unit.organ_id, unit.scope, unit.call.year) in known:
            continue
        urged = f"，主管部门{unit.urged}催报" if unit.urged else ""
        yield Task(
            by_due(unit.due, today) or Group.HANDLE,
            unit.call.title,
            unit.call.get_absolute_url(),
            f"{unit}尚未编制{_when(unit.due, today)}{urged}",
            "编制年报",
            unit.due,
            unit.organ.short_name or unit.organ.name,
        )


def _in_hand(organs: list[int], today: date) -> Iterator[Task]:
    """编制中、已退回、待报送、待公布的。"""
    states = (*EDITABLE, State.APPROVED, State.CLEARED)
    rows = Filing.objects.filter(organ__in=organs, state__in=states).exclude(scope=Scope.OUTSIDE)
    for one in rows.select_related("organ", "call").defer("frozen").order_by("due_on", "pk")[:MOST]:
        words, button = _BUTTONS[State(one.state)]
        due, what = one.due_on, "报送"
        if one.state == State.CLEARED:
            due, what = _publish_by(one), "公布"
        group = by_due(due, today) or Group.HANDLE
        yield _task(one, group, f"{words}{_when(due, today, what)}", button, due)


def _publish_by(one: Filing) -> date:
    """The day of the statute, or the earlier one of the call（第四十九条）."""
    whole = one.scope == Scope.WHOLE
    statute = date(one.year + 1, 3, 31) if whole else date(one.year + 1, 1, 31)
    if one.call is None:
        return statute
    return min(statute, one.call.whole_on if whole else one.call.publish_on)


def _to_clear(competent: list[int], staff: Staff) -> Iterator[Task]:
    """待审核的：one line, however many; the page has each."""
    from gongkai.reporting.rounds import to_clear

    rows = to_clear(staff)
    if not (count := rows.count()):
        return
    first = rows[0]
    more = "" if count == 1 else f"等{count}份"
    yield Task(
        Group.REVIEW, f"{first}{more}", reverse("reporting:clearing"), "已报送，待审核", "审核"
    )


def _rounds(competent: list[int], today: date) -> Iterator[Task]:
    """这一轮逾期未报的：one line a call."""
    from gongkai.reporting.actions.calling import progress

    rows = Call.objects.filter(organ__in=competent, state=CallState.ISSUED)
    for made in rows.select_related("organ").order_by("year", "pk")[:MOST]:
        late = [one.unit for one in progress(made, today) if one.missing and one.late]
        if late:
            more = f"等{len(late)}个单位" if len(late) > 1 else ""
            yield Task(
                Group.LATE,
                made.title,
                f"{reverse('reporting:progress', args=[made.pk])}?show=missing",
                f"{late[0]}{more}逾期未报送，请催报",
                "催报",
                min(unit.due for unit in late),
                made.organ.short_name or made.organ.name,
            )


def _when(due: date | None, today: date, what: str = "报送") -> str:
    if due is None:
        return ""
    left = (due - today).days
    told = f"已逾期{-left}天" if left < 0 else "今天到期" if not left else f"还有{left}天"
    return f"，应于{due}前{what}（{told}）"


def _task(one: Filing, group: Group, reason: str, button: str, due: date | None) -> Task:
    organ: Organ = one.organ
    return Task(
        group, f"{one}", one.get_absolute_url(), reason, button, due,
        organ.short_name or organ.name,
    )  # fmt: skip
