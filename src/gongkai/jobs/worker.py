"""办理进程：threads that take jobs and run them, and one that keeps their leases and the clock."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from subprocess import Popen, TimeoutExpired
from typing import Any

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks.base import TaskContext
from django_tasks.signals import task_finished, task_started
from django_tasks.utils import get_random_id, normalize_json

from gongkai.jobs import leases
from gongkai.jobs.backend import LeaseBackend, result_of, task_of
from gongkai.jobs.models import Job
from gongkai.jobs.schedule import TIMETABLE

log = logging.getLogger("gongkai.jobs")

#: An idle worker looks for work so often, in seconds.
POLL = 0.5
#: On being told to stop, work in hand has so many seconds to end.
GRACE = 20.0


class Crew:
    """一班人：some threads at work, one keeping time; ``stop()`` lets each finish its job."""

    def __init__(self, *, threads: int = 1, queues: Sequence[str] = ()) -> None:
        backend = task_backends[DEFAULT_TASK_BACKEND_ALIAS]
        self.lease = backend.lease if isinstance(backend, LeaseBackend) else timedelta(seconds=30)
        self.queues = tuple(queues)
        self.name = f"{socket.gethostname()}:{os.getpid()}:{get_random_id()[:8]}"
        self.stopping = threading.Event()
        self.held: dict[int, Job] = {}
        self.threads = [
            threading.Thread(target=self._alive, args=(self._work,), name=f"job-{n}", daemon=True)
            for n in range(threads)
        ]
        self.keeper = threading.Thread(
            target=self._alive, args=(self._keep,), name="job-keeper", daemon=True
        )

    def start(self) -> None:
        """开工。"""
        for thread in (*self.threads, self.keeper):
            thread.start()

    def stop(self, grace: float = GRACE) -> None:
        """收工：no new jobs; what has not ended after ``grace`` seconds is given back."""
        self.stopping.set()
        until = time.monotonic() + grace
        for thread in self.threads:
            thread.join(max(0.0, until - time.monotonic()))
        for row in list(self.held.values()):
            leases.give_back(row)
        self.keeper.join(1.0)
        connections.close_all()

    def _alive(self, turn: Callable[[], float]) -> None:
        """Take turn after turn; a database that is away for a while ends no worker."""
        while not self.stopping.is_set():
            try:
                rest = turn()
            except (DatabaseError, InterfaceError) as problem:
                log.warning("数据库暂时不可用，稍后再试：%s", problem)
                connections.close_all()
                rest = 5.0
            except Exception:
                log.exception("办理进程出错，稍后再试")
                rest = 5.0
            self.stopping.wait(rest)
        connections.close_all()

    def _work(self) -> float:
        close_old_connections()
        row = leases.take(self.name, lease=self.lease, queues=self.queues)
        if row is None:
            return self._idle()
        self.held[threading.get_ident()] = row
        try:
            perform(row)
        finally:
            del self.held[threading.get_ident()]
        return 0.0

    def _idle(self) -> float:
        while not self.stopping.wait(POLL) and not leases.waits(self.queues):
            pass
        return 0.0

    def _keep(self) -> float:
        """Renewed three times a lease; the clock is looked at every second."""
        close_old_connections()
        due = time.monotonic()
        while not self.stopping.is_set() or self.held:
            if time.monotonic() >= due:
                leases.renew(list(self.held.values()), lease=self.lease)
                due += self.lease.total_seconds() / 3
            if not self.stopping.is_set():
                TIMETABLE.tick(timezone.now())
            time.sleep(min(1.0, self.lease.total_seconds() / 6))
        return 0.0


def perform(row: Job) -> bool:
    """办一件：run a leased job and write down how it went; False when the lease was lost."""
    sender = LeaseBackend
    task = None
    try:
        task = task_of(row)
        result = result_of(row, task)
        task_started.send(sender, task_result=result)
        context = (TaskContext(task_result=result),) if task.takes_context else ()
        value = normalize_json(task.call(*context, *row.args, **row.kwargs))
    except (Exception, SystemExit) as problem:
        kept = leases.fail(row, problem)
        log.log(
            logging.ERROR if row.finished_at else logging.WARNING,
            "后台任务 %s 第%d次未成：%s",
            row.task,
            row.attempts,
            row.error,
            exc_info=problem,
        )
    else:
        kept = leases.finish(row, value)
    if not kept:
        log.warning("后台任务 %s 租约已失，结果由后来的办理进程记录", row.task)
    elif row.finished_at and task is not None:
        task_finished.send(sender, task_result=result_of(row, task))
    return kept


def work(*, threads: int = 1, queues: Sequence[str] = (), with_parent: bool = False) -> int:
    """办理：until SIGTERM or SIGINT; a SIGINT after that does not wait for the work in hand.

    A stop of the whole site may well ask twice: the system tells every process, and then the
    site tells its worker. So SIGTERM asks once, however often it comes.
    ``with_parent`` also ends the work when the process that started this one is gone, however
    it went. Call it from the main thread; returns the exit code.
    """
    asked = False
    parent = os.getppid()

    def ask(number: int, _: Any) -> None:
        nonlocal asked
        if asked and number == signal.SIGINT:
            raise KeyboardInterrupt
        asked = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    crew = Crew(threads=threads, queues=queues)
    crew.start()
    try:
        while not asked and (not with_parent or os.getppid() == parent):
            time.sleep(0.2)
        crew.stop()
    except KeyboardInterrupt:
        crew.stop(grace=0.0)
    sys.stdout.flush()
    # A thread that would not end must not hold up the process; its job has been given back.
    os._exit(0)


@contextmanager
def beside(*, threads: int = 2) -> Iterator[None]:
    """与网站同开同停：a worker process in this process group for as long as the block lasts.

    It is started again when it dies, and ends by itself should this process be killed. One that
    was told to stop is started again too, but only when this process has had time to stop itself.
    """
    leaving = threading.Event()
    command = [sys.executable, "-m", "gongkai.jobs", "--with-parent", "--threads", str(threads)]
    running = [Popen(command)]

    def watch() -> None:
        while not leaving.wait(1.0):
            ended = running[0].poll()
            if ended is None or leaving.wait(0.0 if ended else GRACE):
                continue
            log.warning("办理进程停止（%s），重新启动", ended)
            running[0] = Popen(command)

    watcher = threading.Thread(target=watch, name="job-watcher", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        leaving.set()
        watcher.join()
        running[0].terminate()
        try:
            running[0].wait(GRACE + 5.0)
        except TimeoutExpired:
            running[0].kill()
