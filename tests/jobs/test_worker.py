"""办理进程：real processes on a real database, killed and told to stop."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from chores import chore
from gongkai.jobs.models import Job
from gongkai.jobs.states import State

pytestmark = pytest.mark.django_db(transaction=True)

TESTS = Path(__file__).parents[1]
# A shell that starts a command in the background has it ignore SIGINT.
BESIDE = """
import django, signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)
django.setup()
from gongkai.jobs.worker import beside
try:
    with beside(threads=1):
        time.sleep(600)
except KeyboardInterrupt:
    pass
"""


def address():
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    host = f"{settings['HOST']}:{settings['PORT'] or 5432}"
    return f"postgresql://{settings['USER']}:{settings['PASSWORD']}@{host}/{settings['NAME']}"


@pytest.fixture
def start(tmp_path):
    """Start a worker process on the database of the test; all are ended with it."""
    started = []
    # The settings of the site, with a lease short enough for a test.
    (tmp_path / "short_lease.py").write_text(
        "from gongkai.settings import *\n"
        "TASKS = {'default': {'BACKEND': 'gongkai.jobs.backend.LeaseBackend',"
        " 'QUEUES': [], 'OPTIONS': {'lease': 2}}}\n"
    )
    environment = {
        **{name: to for name, to in os.environ.items() if not name.startswith("GONGKAI_")},
        "GONGKAI_HOME": str(tmp_path),
        "GONGKAI_DATABASE": address(),
        "DJANGO_SETTINGS_MODULE": "short_lease",
        "PYTHONPATH": os.pathsep.join([str(TESTS), str(tmp_path)]),
    }

    def begin(*options, program=("-m", "gongkai.jobs", "--threads", "1")):
        process = subprocess.Popen(
            [sys.executable, *program, *options],
            env=environment,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        # With the worker beside it, which would else live on into the next test.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    until(lambda: not others(), "the end of all connections")


def others():
    """How many besides this process are at the database; on PostgreSQL they outlive a kill.

    A statement still running there would stand in the way of the emptying of the tables.
    """
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def until(holds, what):
    """Wait for a thing that must come; it is the machine that is slow, not the test."""
    end = time.monotonic() + 300
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def lines(notes):
    return notes.read_text().splitlines() if notes.exists() else []


def done():
    return Job.objects.filter(state=State.DONE, task="chores.chore").count()


def test_a_worker_killed_in_the_third_of_eight_jobs_loses_none(start, tmp_path):
    notes = tmp_path / "notes"
    for number in range(1, 9):
        chore.enqueue(str(notes), number, 0.3)

    first = start()
    until(lambda: len([x for x in lines(notes) if x.startswith("begin")]) == 3, "the third job")
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert done() == 2
    start()
    until(lambda: done() == 8, "all eight")

    seen = Counter(lines(notes))
    assert [seen[f"end {number}"] for number in range(1, 9)] == [1] * 8
    twice = [line for line, times in seen.items() if times == 2]
    assert twice == [x for x in lines(notes) if x.startswith("begin")][2:3]
    attempts = Job.objects.filter(task="chores.chore").values_list("attempts", flat=True)
    assert sorted(attempts) == [1] * 7 + [2]


def test_two_workers_never_do_a_job_twice(start, tmp_path):
    notes = tmp_path / "notes"
    for number in range(60):
        chore.using(key=f"chore:{number}").enqueue(str(notes), number, 0.01)

    start("--threads", "2"), start("--threads", "2")
    until(lambda: done() == 60, "all sixty")

    assert Counter(lines(notes)) == Counter(
        f"{what} {number}" for number in range(60) for what in ("begin", "end")
    )
    assert Job.objects.filter(task="chores.chore", attempts__gt=1).count() == 0


def test_a_long_job_keeps_its_lease_while_its_worker_lives(start, tmp_path):
    notes = tmp_path / "notes"
    chore.enqueue(str(notes), 1, 3.5)

    start(), start()
    until(lambda: done() == 1, "the long job")

    assert lines(notes) == ["begin 1", "end 1"]


def test_a_worker_told_to_stop_ends_its_job_and_takes_no_other(start, tmp_path):
    notes = tmp_path / "notes"
    for number in (1, 2):
        chore.enqueue(str(notes), number, 0.5)

    worker = start()
    until(lambda: lines(notes) == ["begin 1"], "the first job")
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(300) == 0
    assert lines(notes) == ["begin 1", "end 1"]
    assert sorted(Job.objects.filter(task="chores.chore").values_list("state")) == [
        ("done",),
        ("waiting",),
    ]


def test_a_worker_told_by_the_system_and_then_by_the_site_still_ends_its_job(start, tmp_path):
    notes = tmp_path / "notes"
    chore.enqueue(str(notes), 1, 1.5)

    worker = start()
    until(lambda: lines(notes) == ["begin 1"], "the job")
    for blow in (signal.SIGINT, signal.SIGTERM, signal.SIGTERM):
        worker.send_signal(blow)
        time.sleep(0.1)

    assert worker.wait(300) == 0
    assert (lines(notes), done()) == (["begin 1", "end 1"], 1)


def test_a_worker_interrupted_twice_gives_its_job_back(start, tmp_path):
    notes = tmp_path / "notes"
    chore.enqueue(str(notes), 1, 60)

    worker = start()
    until(lambda: lines(notes) == ["begin 1"], "the job")
    worker.send_signal(signal.SIGINT)
    time.sleep(0.5)
    worker.send_signal(signal.SIGINT)

    assert worker.wait(300) == 0
    row = Job.objects.get(task="chores.chore")
    assert (row.state, row.attempts) == (State.WAITING, 0)


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    # A process whose parent was killed waits as a zombie for whoever adopts it.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL])
def test_a_worker_beside_the_site_ends_with_it_however_it_ends(start, tmp_path, blow):
    chore.enqueue(str(tmp_path / "notes"), 1)

    site = start(program=("-c", BESIDE))
    until(lambda: done() == 1, "the job")
    pid = int(Job.objects.get(task="chores.chore").workers[0].split(":")[1])
    assert pid != site.pid
    site.send_signal(blow)

    until(lambda: gone(pid), "the end of the worker")


def test_a_worker_beside_the_site_that_dies_is_started_again(start, tmp_path):
    chore.enqueue(str(tmp_path / "notes"), 1)
    start(program=("-c", BESIDE))
    until(lambda: done() == 1, "the job")

    os.kill(int(Job.objects.get(task="chores.chore").workers[0].split(":")[1]), signal.SIGKILL)
    chore.enqueue(str(tmp_path / "notes"), 2)

    until(lambda: done() == 2, "the second job")


def test_a_job_of_the_future_runs_when_its_time_comes(start, tmp_path):
    notes = tmp_path / "notes"
    due = timezone.now() + timedelta(seconds=2)
    chore.using(run_after=due).enqueue(str(notes), 1)

    start()
    until(lambda: done() == 1, "the job")

    assert Job.objects.get(task="chores.chore").started_at >= due
