"""重发：what was not sent goes once more, when somebody has seen why."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.errors import NotAllowed
from gongkai.notices.actions.sending import enqueue
from gongkai.notices.models import Notice
from gongkai.notices.states import State
from gongkai.organs.models import Staff
from gongkai.trail.actions import record


def why_not_resend(notice: Notice, *, by: Staff) -> list[str]:
    """为什么不能重发。"""
    if not Notice.objects.visible(by).filter(pk=notice.pk).exists():
        return ["通知由所属机关的信息公开机构和系统管理员处理"]
    return unfit(notice)


def unfit(notice: Notice) -> list[str]:
    """为什么不能重发，不论是谁：for the rows of a list, already seen to be his."""
    reasons = []
    if notice.state not in (State.FAILED, State.DROPPED):
        reasons.append("只有没有发出的通知才能重发")
    if notice.within_id:
        reasons.append("已并入汇总，请重发汇总")
    if notice.erased_at:
        reasons.append("收件地址和正文已经按期清除")
    return reasons


@transaction.atomic
def resend(notice: Notice, *, by: Staff) -> None:
    """重发：as if it had never been tried; raises NotAllowed."""
    if reasons := why_not_resend(notice, by=by):
        raise NotAllowed(f"{'；'.join(reasons)}。")
    before = notice.state
    again = {
        "state": State.WAITING, "attempts": 0, "held": False, "error": "",
        "next_at": timezone.now(), "ended_at": None,
    }  # fmt: skip
    if not Notice.objects.filter(pk=notice.pk, state=before).update(**again):
        raise NotAllowed("别人刚刚处理了这条通知。")
    parts = {"state": State.WAITING, "error": "", "ended_at": None}
    notice.parts.filter(state=before).update(**parts)
    record(notice, "resend", by=by, label="重发", before=before, after=State.WAITING)
    enqueue(notice)
    notice.refresh_from_db()
