"""租约：whose a job is when workers die, wake up again, or are told to stop."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from chores import chore, refuse, stumble
from gongkai.errors import NotAllowed
from gongkai.jobs import leases
from gongkai.jobs.actions import KEPT, dismiss, retry, sweep
from gongkai.jobs.models import Job, Slot
from gongkai.jobs.states import State
from gongkai.jobs.worker import perform

pytestmark = pytest.mark.django_db

LEASE = timedelta(seconds=30)


def take(worker="甲"):
    return leases.take(worker, lease=LEASE)


def run_out():
    """The lease of every running job ends."""
    Job.objects.running().update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_leased_job_is_nobody_elses(tmp_path):
    chore.enqueue(str(tmp_path / "notes"), 1)

    assert take("甲").workers == ["甲"]
    assert take("乙") is None
    assert leases.waits() is False


def test_a_job_whose_lease_ran_out_goes_to_the_next(tmp_path):
    chore.enqueue(str(tmp_path / "notes"), 1)
    take("甲")
    run_out()

    assert leases.waits() is True
    assert take("乙").workers == ["甲", "乙"]


def test_a_renewed_lease_holds(tmp_path):
    chore.enqueue(str(tmp_path / "notes"), 1)
    row = take("甲")
    run_out()

    leases.renew([row], lease=LEASE)

    assert take("乙") is None


def test_a_worker_thought_dead_cannot_overwrite_the_next_ones_result(tmp_path):
    chore.enqueue(str(tmp_path / "notes"), 1)
    sleeper = take("甲")
    run_out()
    other = take("乙")

    assert leases.finish(sleeper, "旧") is False
    assert leases.fail(sleeper, OSError("旧")) is False
    assert leases.give_back(sleeper) is False
    assert leases.finish(other, "新") is True
    row = Job.objects.get()
    assert (row.state, row.result, row.errors) == (State.DONE, "新", [])


def test_a_job_that_kills_its_workers_is_given_up(tmp_path):
    chore.using(attempts=2).enqueue(str(tmp_path / "notes"), 1)
    for _ in range(2):
        take()
        run_out()

    assert take() is None
    row = Job.objects.get()
    assert (row.state, row.error) == (State.DEAD, "办理进程2次中途停止，不再重试。")


def test_a_job_given_back_has_not_used_an_attempt(tmp_path):
    chore.enqueue(str(tmp_path / "notes"), 1)

    leases.give_back(take())

    row = Job.objects.get()
    assert (row.state, row.attempts) == (State.WAITING, 0)


def test_a_failed_job_whose_key_waits_again_is_replaced(tmp_path):
    stumble.using(key="one").enqueue(str(tmp_path / "notes"))
    running = take()
    second = stumble.using(key="one").enqueue(str(tmp_path / "notes"))

    perform(running)

    assert Job.objects.get(pk=running.pk).state == State.REPLACED
    assert take().pk == second.id


@given(st.integers(1, 10_000))
def test_the_pause_grows_to_an_hour_and_no_further(attempts):
    pause = leases.pause(attempts)

    assert timedelta(seconds=8) <= pause <= timedelta(minutes=72)
    assert attempts > 1 or pause <= timedelta(seconds=12)


def test_a_dead_job_is_done_again_when_a_person_says_so():
    refuse.enqueue()
    perform(take())
    row = Job.objects.dead().get()

    retry(row)

    assert (row.state, row.attempts, row.finished_at) == (State.WAITING, 0, None)
    with pytest.raises(NotAllowed, match="只有失败的任务"):
        retry(row)


def test_a_dead_job_whose_key_waits_need_not_be_done_again():
    refuse.using(key="one").enqueue()
    perform(take())
    refuse.using(key="one").enqueue()

    with pytest.raises(NotAllowed, match="已经在等待办理"):
        retry(Job.objects.dead().get())


def test_a_dead_job_can_be_dismissed_and_no_other(tmp_path):
    refuse.enqueue()
    perform(take())
    chore.enqueue(str(tmp_path / "notes"), 1)

    dismiss(Job.objects.dead().get())

    with pytest.raises(NotAllowed):
        dismiss(Job.objects.get())
    assert [row.state for row in Job.objects.all()] == [State.WAITING]


def test_the_sweep_takes_old_results_and_old_slots_but_no_dead_job(tmp_path):
    long_ago = timezone.now() - KEPT - timedelta(days=1)
    for number in range(3):
        chore.enqueue(str(tmp_path / "notes"), number)
        perform(take())
    Job.objects.filter(args__1=0).update(finished_at=long_ago)
    Job.objects.filter(args__1=1).update(finished_at=long_ago, state=State.DEAD)
    for days in (1, 2, 3):
        Slot.objects.create(name="夜班", at=long_ago - timedelta(days=days))

    assert sweep.call() == 3

    assert sorted(Job.objects.values_list("state", flat=True)) == ["dead", "done"]
    assert list(Slot.objects.values_list("at", flat=True)) == [long_ago - timedelta(days=1)]
