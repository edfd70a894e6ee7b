"""租约：how a job passes into a worker's hands and out of them again.

Every change names the attempt it speaks of, so a worker that was thought dead and comes back
cannot overwrite what another has done since.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django_tasks.utils import get_exception_traceback, get_module_path

from gongkai.errors import GongkaiError
from gongkai.jobs.models import Job
from gongkai.jobs.queries import JobQuery
from gongkai.jobs.states import State

#: 再办间隔：10 s after the first failure, doubled each time, an hour at most.
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)

#: So many errors of one job are kept, the last ones.
ERRORS_KEPT = 10


def waits(queues: Iterable[str] = ()) -> bool:
    """有没有该办的：a plain read, which on SQLite stands in nobody's way."""
    now = timezone.now()
    return Job.objects.due(now, queues).exists() or Job.objects.abandoned(now, queues).exists()


def take(worker: str, *, lease: timedelta, queues: Iterable[str] = ()) -> Job | None:
    """领取：the next job, leased to this worker; None when there is nothing to do.

    On PostgreSQL rows that others are just taking are skipped over; on SQLite the transaction
    holds the only write lock there is.
    """
    while True:
        now = timezone.now()
        with transaction.atomic():
            row = _first(Job.objects.abandoned(now, queues)) or _first(Job.objects.due(now, queues))
            if row is None:
                return None
            if row.attempts < row.max_attempts:
                return _leased(row, worker, now, now + lease)
            _end(row, State.DEAD, error=f"办理进程{row.attempts}次中途停止，不再重试。")


def _first(rows: JobQuery) -> Job | None:
    return rows.select_for_update(skip_locked=True).first()


def _leased(row: Job, worker: str, now: datetime, until: datetime) -> Job | None:
    seen = Job.objects.filter(pk=row.pk, state=row.state, attempts=row.attempts)
    row.state = State.RUNNING
    row.attempts += 1
    row.started_at = row.started_at or now
    row.attempted_at = now
    row.lease_until = until
    row.workers = [*row.workers, worker]
    names = ("state", "attempts", "started_at", "attempted_at", "lease_until", "workers")
    return row if seen.update(**{name: getattr(row, name) for name in names}) else None


def renew(held: Collection[Job], *, lease: timedelta) -> None:
    """续租：this worker is alive and still at these."""
    for row in held:
        _mine(row).update(lease_until=timezone.now() + lease)


def finish(row: Job, result: Any) -> bool:
    """办结：False when the lease was lost and the job has passed to another."""
    return _end(row, State.DONE, result=result, error="")


def fail(row: Job, problem: BaseException) -> bool:
    """出错：try again later, or give up; False when the lease was lost.

    An error of the house is a refusal and will be the same next time: the job is dead at once
    and shows the sentence. Anything else may pass: a full disk, a network that was away.
    """
    error = {
        "exception_class_path": get_module_path(type(problem)),
        "traceback": get_exception_traceback(problem),
    }
    row.errors = [*row.errors, error][-ERRORS_KEPT:]
    row.error = str(problem) or type(problem).__name__
    said = {"errors": row.errors, "error": row.error}
    if isinstance(problem, GongkaiError) or row.attempts >= row.max_attempts:
        return _end(row, State.DEAD, **said)
    try:
        with transaction.atomic():
            return _wait(row, timezone.now() + pause(row.attempts), **said)
    except IntegrityError:  # one of the same key already waits, and will do the work
        return _end(row, State.REPLACED, **said)


def give_back(row: Job) -> bool:
    """交还：the worker must stop; the attempt does not count."""
    try:
        with transaction.atomic():
            return _wait(row, timezone.now(), attempts=row.attempts - 1)
    except IntegrityError:
        return _end(row, State.REPLACED)


def pause(attempts: int) -> timedelta:
    """再办间隔：after so many attempts, a fifth more or less so that not all come back at once."""
    full = min(FIRST_PAUSE * (1 << min(attempts - 1, 20)), LONGEST_PAUSE)
    return full * random.uniform(0.8, 1.2)


def _mine(row: Job) -> models.QuerySet[Job]:
    return Job.objects.running().filter(pk=row.pk, attempts=row.attempts)


def _wait(row: Job, run_at: datetime, **said: Any) -> bool:
    return _set(row, state=State.WAITING, run_at=run_at, lease_until=None, **said)


def _end(row: Job, state: State, **said: Any) -> bool:
    return _set(row, state=state, finished_at=timezone.now(), lease_until=None, **said)


def _set(row: Job, **changes: Any) -> bool:
    if not _mine(row).update(**changes):
        return False
    for name, to in changes.items():
        setattr(row, name, to)
    return True
