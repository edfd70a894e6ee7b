"""公报：print what waits in an issue, leave it out, or put it back; several at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from gongkai.documents.actions.drafting import refuse
from gongkai.documents.gazette import KEEPERS, Issue
from gongkai.documents.models import Publication
from gongkai.documents.states import Channel, State
from gongkai.errors import BadInput
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import organs_with
from gongkai.trail.actions import hold, write

#: So many are marked at once.
MOST = 200


def why_not_keep_gazette(organ: Organ, *, by: Staff) -> list[str]:
    """The gazette is brought out by the government, and prints what is below it as well."""
    if {*organ.lineage} & {*organs_with(by, KEEPERS)}:
        return []
    return [f"{organ}文件的公报刊登由{organ}或者上级政府的信息公开机构登记"]


@transaction.atomic
def print_in(keys: Collection[int], issue: Issue, on: date, *, by: Staff) -> int:
    """登记刊登：these stand in that issue, printed on that day; how many. All or none.

    Raises NotAllowed with all reasons, BadInput for a day that cannot be.
    """
    if on > timezone.localdate():
        raise BadInput("刊印日期晚于今天，请在公报印出以后登记。")
    if not issue.suits(on):
        raise BadInput(f"刊印日期{on}与{issue}的年份不符，请核对。")

    def why_not(row: Publication) -> str:
        if reason := _why_not_dealt_with(row):
            return reason
        early = row.document.formed_on and on < row.document.formed_on
        return f"成文于{row.document.formed_on}，晚于刊印日期" if early else ""

    at = timezone.make_aware(datetime.combine(on, time(12)))
    told = {"公报": ["", str(issue)], "刊印日期": ["", on]}
    return _change(
        keys, why_not, {"at": at, "detail": str(issue)}, by=by, label="登记公报刊登", told=told
    )


@transaction.atomic
def leave_out(keys: Collection[int], *, by: Staff, note: str) -> int:
    """不再刊登：off the queue with a reason; how many. Raises NotAllowed, BadInput."""
    reason = _reason(note, "不再刊登")
    changed = {"ended_at": timezone.now(), "detail": reason}
    return _change(keys, _why_not_dealt_with, changed, by=by, label="不再刊登公报", note=reason)


@transaction.atomic
def put_back(keys: Collection[int], *, by: Staff, note: str) -> int:
    """退回待刊：printed in no issue after all, or to be printed nevertheless; how many.

    Raises NotAllowed, BadInput.
    """
    reason = _reason(note, "退回待刊")

    def why_not(row: Publication) -> str:
        return "" if row.at or row.ended_at else "还在待刊"

    changed = {"at": None, "ended_at": None, "detail": ""}
    return _change(keys, why_not, changed, by=by, label="退回公报待刊", note=reason)


def _why_not_dealt_with(row: Publication) -> str:
    if row.at:
        return f"已登记刊登在{row.detail or '公报'}"
    if row.ended_at:
        return "已登记为不再刊登"
    if row.document.state != State.ISSUED:
        return f"现在是“{State(row.document.state).label}”，不能刊登"
    return ""


def _reason(note: str, deed: str) -> str:
    if not (reason := " ".join(note.split())):
        raise BadInput(f"{deed}须写明理由。")
    return reason[: Publication._meta.get_field("detail").max_length]


def _change(
    keys: Collection[int],
    why_not: Callable[[Publication], str],
    changed: Mapping[str, object],
    *,
    by: Staff,
    label: str,
    told: Mapping[str, object] | None = None,
    note: str = "",
) -> int:
    """Looked at again with the trail in hand: two who mark the same row cannot both do it."""
    if not keys:
        raise BadInput("请先勾选文件。")
    if len(keys) > MOST:
        raise BadInput(f"一次最多登记{MOST}件，现在勾选了{len(keys)}件。")
    head = hold()
    rows = Publication.objects.filter(pk__in=keys, channel=Channel.GAZETTE)
    found = list(rows.select_related("document__organ").order_by("pk"))
    if len(found) < len(set(keys)):
        raise BadInput("勾选的文件有的已经不在清单里，请重新打开清单。")
    organs = {row.document.organ_id: row.document.organ for row in found}
    refuse([reason for organ in organs.values() for reason in why_not_keep_gazette(organ, by=by)])
    refuse([f"《{row.document.title}》{reason}" for row in found if (reason := why_not(row))])
    for row in found:
        before = row.detail
        for name, value in changed.items():
            setattr(row, name, value)
        row.by = by
        changes = told or ({"公报": [before, row.detail]} if before else {})
        write(head, row.document, "gazette", by=by, label=label, note=note, changes=changes)
    Publication.objects.bulk_update(found, [*changed, "by"])
    return len(found)
