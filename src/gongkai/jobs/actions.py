"""人对后台任务做的事：try a dead one again, or let it be; and the nightly sweep."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.errors import NotAllowed
from gongkai.jobs.models import Job, Slot
from gongkai.jobs.states import State
from gongkai.jobs.tasks import job

#: 保留：how long finished jobs stay to be looked at. Dead ones stay until a person decides.
KEPT = timedelta(days=30)


def why_not_retry(row: Job) -> list[str]:
    """为什么不能重办。"""
    return [] if row.state == State.DEAD else ["只有失败的任务才能重办"]


def retry(row: Job) -> None:
    """重办：as if it had never been tried; raises NotAllowed."""
    if reasons := why_not_retry(row):
        raise NotAllowed("；".join(reasons) + "。")
    try:
        with transaction.atomic():
            changed = Job.objects.dead().filter(pk=row.pk)
            won = changed.update(
                state=State.WAITING, attempts=0, run_at=timezone.now(), finished_at=None
            )
    except IntegrityError:
        raise NotAllowed("同一任务已经在等待办理，不必重办。") from None
    if not won:
        raise NotAllowed("别人刚刚处理了这个任务。")
    row.refresh_from_db()


def dismiss(row: Job) -> None:
    """不再办理：take a dead job off the list; raises NotAllowed."""
    if not Job.objects.dead().filter(pk=row.pk).delete()[0]:
        raise NotAllowed("只有失败的任务才能取消。")


@job()
def sweep() -> int:
    """清理：finished jobs and old slots; the last slot of each name stays, for it is the memory.

    Returns the number of rows removed.
    """
    before = timezone.now() - KEPT
    old = Job.objects.filter(state__in=[State.DONE, State.REPLACED], finished_at__lt=before)
    removed = old.delete()[0]
    last = dict(Slot.objects.values_list("name").annotate(Max("at")))
    for name, at in last.items():
        removed += Slot.objects.filter(name=name, at__lt=min(at, before)).delete()[0]
    return removed
