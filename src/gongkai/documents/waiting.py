"""待办：documents that wait for a person, for the home of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from gongkai.documents.models import Campaign, Document
from gongkai.documents.states import STAGES, CleanupState, State
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.organs.waiting import Group, Task, by_due

#: So many of each kind are told; the work list has them all.
MOST = 50
_LISTED = ("id", "title", "state", "due_on", "publish_at", "author__name", "organ__short_name",
           "organ__name")  # fmt: skip
#: Who numbers and publishes what is signed.
_PUBLISHERS = frozenset({Duty.DISCLOSURE, Duty.DIRECTOR})
#: Whose move it is at each desk, and what the move is called.
_DESKS = {
    **{stage.state: (stage.duty, Group.REVIEW, "审核") for stage in STAGES},
    State.SIGN: (Duty.SIGN, Group.SIGN, "签发"),
}


def waiting_documents(staff: Staff) -> Iterator[Task]:
    """待办：what is to be published, here and late below; drafts on one's desk; one's own."""
    today = timezone.localdate()
    yield from _to_publish(staff, today)
    yield from _late_below(staff, today)
    yield from _to_look_at_again(staff, today)
    yield from _on_the_desk(staff)
    yield from _asked(staff)
    yield from _own(staff)


def _to_publish(staff: Staff, today: date) -> Iterator[Task]:
    """待发布（《政府信息公开条例》第二十六条）：also seen by who must number it first."""
    rows = Document.objects.to_publish().filter(organ__in=organs_with(staff, _PUBLISHERS))
    for row in rows.order_by("due_on", "pk").values(*_LISTED)[:MOST]:
        group = by_due(row["due_on"], today) or Group.HANDLE
        if row["state"] == State.SCHEDULED:
            at = timezone.localtime(row["publish_at"])
            reason = f"定于{at:%Y-%m-%d %H:%M}发布"
        else:
            reason = "已签发，待编号、发布"
        yield _task(row, group, f"{reason}{_told(row['due_on'], today)}", "发布")


def _late_below(staff: Staff, today: date) -> Iterator[Task]:
    """逾期未公开的：told to the competent department of the organ, which has to urge it.

    《政府信息公开条例》第四十七条：the competent department supervises and urges. What somebody is
    to publish himself is not told to him twice.
    """
    above = organs_with(staff, frozenset({Duty.COMPETENT}))
    if not above:
        return
    below = Q(pk__in=())
    for path in Organ.objects.filter(pk__in=above).values_list("path", flat=True):
        below |= Q(organ__path__startswith=path)
    rows = Document.objects.overdue(today).filter(below)
    rows = rows.exclude(organ__in=organs_with(staff, _PUBLISHERS)).order_by("due_on", "pk")
    for row in rows.values(*_LISTED)[:MOST]:
        reason = f"逾期未公开，请督促{_told(row['due_on'], today)}"
        yield _task(row, Group.LATE, reason, "查看")


def _to_look_at_again(staff: Staff, today: date) -> Iterator[Task]:
    """到期重新评估的（《政府信息公开条例》第十八条）：kept back, and the day has come."""
    organs = organs_with(staff, frozenset({Duty.DISCLOSURE}))
    rows = Document.objects.to_review_again(today).filter(organ__in=organs)
    for row in rows.order_by("form__review_on", "pk").values(*_LISTED, "form__review_on")[:MOST]:
        day = row["form__review_on"]
        yield _task(row | {"due_on": day}, Group.HANDLE, f"应于{day}重新评估能否公开", "重新评估")


def _told(due: date | None, today: date) -> str:
    if due is None:
        return ""
    left = (due - today).days
    when = f"已逾期{-left}天" if left < 0 else "今天到期" if not left else f"还有{left}天"
    return f"，应于{due:%Y-%m-%d}前公开（{when}）"


def _on_the_desk(staff: Staff) -> Iterator[Task]:
    """待审核、待签发：nobody is shown his own draft, for he may not pass it."""
    wanted = Q(pk__in=())
    for state, (duty, _, _) in _DESKS.items():
        if organs := organs_with(staff, frozenset({duty})):
            wanted |= Q(state=state, organ__in=organs)
    rows = Document.objects.filter(wanted).exclude(author=staff).order_by("pk")
    for row in rows.values(*_LISTED)[:MOST]:
        _, group, button = _DESKS[State(row["state"])]
        reason = f"{State(row['state']).label}，{row['author__name']}起草"
        yield _task(row, group, reason, button)


def _asked(staff: Staff) -> Iterator[Task]:
    """清理征求意见：a campaign that still lacks what the unit thinks of some of its documents."""
    organs = organs_with(staff, frozenset({Duty.DRAFT, Duty.UNIT_HEAD}))
    rows = Campaign.objects.filter(
        state=CleanupState.OPINIONS, items__unit_opinion="", items__document__organ__in=organs
    )
    told = rows.annotate(left=Count("items")).order_by("pk").values_list("pk", "title", "left")
    for key, title, left in told[:MOST] if organs else ():
        url = reverse("documents:campaign", args=[key]) + "?opinion=none"
        yield Task(Group.HANDLE, title, url, f"清理征求意见，还有{left}件没有意见", "提出意见")


def _own(staff: Staff) -> Iterator[Task]:
    """我起草的：until they are signed."""
    states = (State.DRAFT, *_DESKS)
    rows = Document.objects.filter(author=staff, state__in=states).order_by("-pk")
    for row in rows.values(*_LISTED)[:MOST]:
        draft = row["state"] == State.DRAFT
        reason = "起草中，还没有提交" if draft else f"现在：{State(row['state']).label}"
        yield _task(row, Group.MINE, reason, "继续起草" if draft else "查看")


def _task(row: dict[str, Any], group: Group, reason: str, button: str) -> Task:
    return Task(
        group,
        row["title"],
        reverse("documents:desk_document", args=[row["id"]]),
        reason,
        button,
        row["due_on"],
        row["organ__short_name"] or row["organ__name"],
    )
