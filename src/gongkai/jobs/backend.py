"""租约后台：the backend of ``django.tasks`` that keeps its jobs in the site's own database.

::

    TASKS = {"default": {"BACKEND": "gongkai.jobs.backend.LeaseBackend",
                         "QUEUES": [], "OPTIONS": {"lease": 30, "attempts": 5}}}

``lease`` is in seconds: how long after a worker's death its job is taken up again. No single
transaction inside a job may last longer on SQLite, where it would hold up the renewal too.
Enqueueing is a row written in the transaction at hand: rolled back with it, seen by the workers
when it commits.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any, ParamSpec, TypeVar, cast

from django.core import checks
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued
from django_tasks.utils import get_random_id, normalize_json

from gongkai.errors import GongkaiError
from gongkai.jobs.models import Job
from gongkai.jobs.states import State
from gongkai.jobs.tasks import DurableTask

P = ParamSpec("P")
T = TypeVar("T")

_STATUS = {
    State.WAITING: TaskResultStatus.READY,
    State.RUNNING: TaskResultStatus.RUNNING,
    State.DONE: TaskResultStatus.SUCCESSFUL,
    State.DEAD: TaskResultStatus.FAILED,
    State.REPLACED: TaskResultStatus.FAILED,
}


class LeaseBackend(BaseTaskBackend):
    """租约后台：durable, deferred, by priority, with results, on SQLite and PostgreSQL."""

    task_class = DurableTask
    supports_defer = True
    supports_async_task = True
    supports_get_result = True
    supports_priority = True

    def __init__(self, alias: str, params: dict[str, Any]) -> None:
        super().__init__(alias, params)
        self.lease = timedelta(seconds=self.options.get("lease", 30))
        self.attempts = int(self.options.get("attempts", 5))

    def enqueue(
        self,
        task: Task[P, T],
        args: P.args,  # type: ignore[valid-type]
        kwargs: P.kwargs,  # type: ignore[valid-type]
    ) -> TaskResult[T]:
        """提交：write the job down; where one of the same key waits, it takes the new settings.

        The last word counts: put off from ten to two, a publication happens at two.
        """
        self.validate_task(task)
        task = cast(DurableTask[P, T], task)
        now = timezone.now()
        new = Job(
            id=get_random_id(),
            task=task.module_path,
            args=normalize_json(list(args)),
            kwargs=normalize_json(dict(kwargs)),
            queue=task.queue_name,
            backend=self.alias,
            priority=task.priority,
            key=task.key,
            enqueued_at=now,
            run_at=task.run_after or now,
            max_attempts=task.attempts or self.attempts,
        )
        row, added = _written(new)
        result = result_of(row, task)
        if added:
            sent = partial(task_enqueued.send, type(self), task_result=result)
            transaction.on_commit(sent, robust=True)
        return result

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """查结果：raises TaskResultDoesNotExist for an id this backend has not given."""
        row = Job.objects.filter(pk=result_id, backend=self.alias).first()
        if row is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(row)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """A lease too short to be renewed in time is a mistake of the settings."""
        if self.lease < timedelta(seconds=1) or self.attempts < 1:
            return [checks.Error("lease 不得少于 1 秒，attempts 不得少于 1。", id="jobs.E001")]
        return []


_LAST_WORD = ("task", "args", "kwargs", "queue", "priority", "run_at", "max_attempts")


def _written(new: Job) -> tuple[Job, bool]:
    """The row that now stands for the job, and whether it is the new one."""
    if not new.key:
        new.save(force_insert=True)
        return new, True
    while True:
        try:
            with transaction.atomic():
                new.save(force_insert=True)
        except IntegrityError:
            waiting = Job.objects.waiting().filter(key=new.key)
            with transaction.atomic():
                first = waiting.select_for_update().first()
                if first is None:  # it began to run this very moment
                    continue
                for name in _LAST_WORD:
                    setattr(first, name, getattr(new, name))
                first.save(update_fields=_LAST_WORD)
            return first, False
        return new, True


def result_of(row: Job, task: Task[P, T] | None = None) -> TaskResult[T]:
    """任务结果：a row as the standard interface shows it; raises BadInput for a task now gone."""
    result: TaskResult[T] = TaskResult(
        task=task or task_of(row),
        id=row.id,
        status=_STATUS[State(row.state)],
        enqueued_at=row.enqueued_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        last_attempted_at=row.attempted_at,
        args=row.args,
        kwargs=row.kwargs,
        backend=row.backend,
        errors=[TaskError(**error) for error in row.errors],
        worker_ids=list(row.workers),
    )
    object.__setattr__(result, "_return_value", row.result)
    return result


class Vanished(GongkaiError):
    """任务已不存在：a job names a function the program no longer has."""


def task_of(row: Job) -> DurableTask[Any, Any]:
    """任务：the function a row names, with the row's settings; raises Vanished."""
    try:
        found = import_string(row.task)
    except ImportError as problem:
        raise Vanished(f"程序里已经没有“{row.task}”这个任务。") from problem
    if not isinstance(found, DurableTask):
        raise Vanished(f"“{row.task}”不是后台任务。")
    return found.using(
        priority=row.priority,
        queue_name=row.queue,
        backend=row.backend,
        key=row.key,
        attempts=row.max_attempts,
    )
