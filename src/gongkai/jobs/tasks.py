"""任务：the standard task of ``django.tasks``, with a key and a number of attempts.

Any ``@task`` of the standard interface becomes a :class:`DurableTask` on our backend; the
decorator :func:`job` is the same with the two further settings known to the type checker::

    @job(attempts=3)
    def publish(document_id: int) -> None: ...

    publish.using(run_after=moment, key=f"publish:{document.pk}").enqueue(document.pk)

A job may run more than once: when a worker dies between the deed and writing it down. So a job
looks first whether its deed is done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ParamSpec, Self, TypeVar, cast

from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME, task
from django_tasks.base import Task

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class DurableTask(Task[P, T]):
    """任务：``key`` names the work, ``attempts`` says how often it may be tried.

    While a job of a key waits, enqueueing the key again gives back that job. Once it runs, the
    next one is placed behind it, for it may already have read what has changed since.
    ``attempts`` of 0 leaves the number to the backend's OPTIONS.
    """

    key: str = ""
    attempts: int = 0

    def using(
        self,
        *,
        priority: int | None = None,
        queue_name: str | None = None,
        run_after: datetime | None = None,
        backend: str | None = None,
        key: str | None = None,
        attempts: int | None = None,
    ) -> Self:
        """另行设定：the task with these settings in place of its own."""
        changes: dict[str, Any] = {
            "priority": priority,
            "queue_name": queue_name,
            "run_after": run_after,
            "backend": backend,
            "key": key,
            "attempts": attempts,
        }
        return replace(self, **{name: to for name, to in changes.items() if to is not None})


def job(
    *,
    attempts: int = 0,
    priority: int = 0,
    queue: str = DEFAULT_TASK_QUEUE_NAME,
    backend: str = DEFAULT_TASK_BACKEND_ALIAS,
) -> Callable[[Callable[P, T]], DurableTask[P, T]]:
    """后台任务：make a function of a module a task."""

    def wrap(function: Callable[P, T]) -> DurableTask[P, T]:
        made = task(priority=priority, queue_name=queue, backend=backend)(function)
        # Another backend, chosen for a test perhaps, has tasks of its own kind.
        kept = made.using(attempts=attempts) if isinstance(made, DurableTask) else made
        return cast(DurableTask[P, T], kept)

    return wrap
