"""任务的查询：what is due, what is stuck, what has died."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from gongkai.jobs.states import State

if TYPE_CHECKING:
    from gongkai.jobs.models import Job  # noqa: F401  (the type of the rows)


class JobQuery(models.QuerySet["Job"]):
    """后台任务的查询。"""

    def waiting(self) -> JobQuery:
        """等待办理的：also those whose time has not come."""
        return self.filter(state=State.WAITING)

    def running(self) -> JobQuery:
        """正在办理的：held by a worker, be it alive or not."""
        return self.filter(state=State.RUNNING)

    def dead(self) -> JobQuery:
        """失败的：tried as often as allowed, or refused; kept until a person decides."""
        return self.filter(state=State.DEAD)

    def due(self, now: datetime, queues: Iterable[str] = ()) -> JobQuery:
        """该办的，先急后缓：waiting and due, of these queues; all queues when none is named.

        Of two jobs with one key the second waits until the first has ended.
        """
        same_running = self.model._default_manager.filter(key=OuterRef("key"), state=State.RUNNING)
        due = self.waiting().filter(Q(key="") | ~Exists(same_running), run_at__lte=now)
        return due.of(queues).order_by("-priority", "run_at", "id")

    def abandoned(self, now: datetime, queues: Iterable[str] = ()) -> JobQuery:
        """无人办理的：their worker has not renewed the lease; it was killed or cut off."""
        return self.running().filter(lease_until__lt=now).of(queues).order_by("lease_until", "id")

    def late(self, now: datetime) -> JobQuery:
        """迟迟未办的：due before ``now`` and still waiting; a sign that no worker is at work."""
        return self.waiting().filter(run_at__lt=now)

    def of(self, queues: Iterable[str]) -> JobQuery:
        """某些队列的；不指定即全部。"""
        names = list(queues)
        return self.filter(queue__in=names) if names else self
