"""后台任务：enqueued and worked off, beside the same rows written and run by nobody's queue."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
JOBS = 2_000
AT_ONCE = 600


def main() -> None:
    """A job's cost is what it adds to its own work; limit: 15 ms, the cost of a publication."""
    sys.path.insert(0, str(TESTS))
    os.environ["DJANGO_SETTINGS_MODULE"] = "trial_settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    print(f"{connection.vendor}, processor time of this process")
    bare = _each(_bare)
    rows = (("one row written, one transaction", bare), ("enqueue()", _each(_enqueue)))
    for label, spent in rows:
        print(f"{label:<44}{spent:8.2f} ms{15 / spent:8.1f} to a publication")
    spent = _each(_take_and_finish)
    print(f"{'take, run, finish':<44}{spent:8.2f} ms{spent / bare:8.1f} × one row")
    spent = _each(_look)
    print(
        f"{'an idle look for work':<44}{spent:8.3f} ms{spent / 500:8.2%} of a core at two a second"
    )
    print()
    for workers in (1, 2):
        _drain(workers)


def _each(work) -> float:
    begun = time.process_time()
    for number in range(JOBS):
        work(number)
    return (time.process_time() - begun) / JOBS * 1_000


def _bare(number):
    from django.db import transaction
    from django.utils import timezone

    from gongkai.jobs.models import Slot

    with transaction.atomic():
        Slot.objects.create(name=f"bench{number}", at=timezone.now())


def _enqueue(number):
    from chores import add

    add.enqueue(number, 1)


def _take_and_finish(number):
    from datetime import timedelta

    from gongkai.jobs import leases
    from gongkai.jobs.worker import perform

    row = leases.take("bench", lease=timedelta(seconds=60))
    assert row is not None
    perform(row)


def _look(number):
    from gongkai.jobs import leases

    leases.waits()


def _drain(workers: int) -> None:
    """Worker processes as a site starts them, on the same database; wall clock, start included."""
    from django.conf import settings
    from django.db import connection

    from chores import add
    from gongkai.jobs.models import Job
    from gongkai.jobs.states import State

    Job.objects.all().delete()
    for number in range(AT_ONCE):
        add.enqueue(number, 1)
    environment = {
        **os.environ,
        "GONGKAI_HOME": str(settings.HOME),
        "GONGKAI_DATABASE": _address(connection),
        "DJANGO_SETTINGS_MODULE": "gongkai.settings",
        "PYTHONPATH": str(TESTS),
    }
    begun = time.perf_counter()
    command = [sys.executable, "-m", "gongkai.jobs", "--threads", "1"]
    processes = [
        subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        for _ in range(workers)
    ]
    try:
        while Job.objects.filter(task="chores.add").exclude(state=State.DONE).exists():
            time.sleep(0.05)
    finally:
        for process in processes:
            process.terminate()
            process.wait()
    first, last = (
        Job.objects.filter(task="chores.add").order_by(order)[0]
        for order in ("started_at", "-finished_at")
    )
    took = (last.finished_at - first.started_at).total_seconds()
    twice = Job.objects.filter(attempts__gt=1).count()
    print(
        f"{workers} worker process{'es' if workers > 1 else '':<2}: {AT_ONCE / took:6.0f} jobs a "
        f"second, {twice} done twice (start: {time.perf_counter() - begun - took:.1f} s)"
    )


def _address(connection) -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    host = f"{settings['HOST']}:{settings['PORT'] or 5432}"
    return f"postgresql://{settings['USER']}:{settings['PASSWORD']}@{host}/{settings['NAME']}"


if __name__ == "__main__":
    main()
