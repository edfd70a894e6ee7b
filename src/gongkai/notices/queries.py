"""通知的查询：what is due, what may be seen, what is old enough to be emptied."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from gongkai.notices.states import State
from gongkai.organs.models import Staff
from gongkai.organs.rights import administers, organs_with
from gongkai.organs.states import Duty

if TYPE_CHECKING:
    from gongkai.notices.models import Notice  # noqa: F401  (the type of the rows)

#: Who reads the notices of his organ; the system administrator reads those of all.
READERS = frozenset({Duty.DISCLOSURE, Duty.OFFICE_HEAD})


def reads(staff: Staff) -> bool:
    """看得到通知的人：whether the page of the notices is for this person."""
    return bool(Duty.SYSTEM in administers(staff) or organs_with(staff, READERS))


class NoticeQuery(models.QuerySet["Notice"]):
    """通知的查询。"""

    def waiting(self) -> NoticeQuery:
        """等待发送的。"""
        return self.filter(state=State.WAITING)

    def due(self, now: datetime) -> NoticeQuery:
        """该发的：waiting by itself, not for a summary, and its time has come."""
        return self.waiting().filter(held=False, next_at__lte=now)

    def for_summary(self) -> NoticeQuery:
        """待汇总的：kept for the daily summary and in none yet."""
        return self.waiting().filter(held=True, within__isnull=True)

    def full(self, before: datetime) -> NoticeQuery:
        """该清除的：ended before that moment, address and text still there."""
        return self.filter(ended_at__lt=before, erased_at__isnull=True)

    def visible(self, to: Staff) -> NoticeQuery:
        """某人看得到的：of his own organs; all for the system administrator."""
        if Duty.SYSTEM in administers(to):
            return self
        return self.filter(organ__in=organs_with(to, READERS))
