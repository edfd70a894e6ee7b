"""任务的提交与结果：the standard interface on our backend."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, default_task_backend, task_backends
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist
from django_tasks.signals import task_enqueued

from chores import chore, refuse, slowly, strange, stumble
from gongkai.jobs import leases
from gongkai.jobs.models import Job
from gongkai.jobs.states import State
from gongkai.jobs.worker import perform

pytestmark = pytest.mark.django_db

LEASE = timedelta(seconds=30)


def take():
    return leases.take("本机", lease=LEASE)


def work_off():
    """Run everything that is due, in this thread."""
    done = 0
    while row := take():
        perform(row)
        done += 1
    return done


def test_the_backend_does_all_the_interface_knows():
    backend = default_task_backend

    assert backend.supports_defer
    assert backend.supports_async_task
    assert backend.supports_get_result
    assert backend.supports_priority
    assert list(task_backends["default"].check()) == []


def test_a_job_goes_from_waiting_to_done(tmp_path):
    result = chore.enqueue(str(tmp_path / "notes"), 7)

    assert (result.status, result.attempts) == (TaskResultStatus.READY, 0)
    assert work_off() == 1
    result.refresh()
    assert (result.status, result.return_value) == (TaskResultStatus.SUCCESSFUL, 7)
    assert result.worker_ids == ["本机"]
    assert result.enqueued_at <= result.started_at <= result.finished_at
    assert (tmp_path / "notes").read_text() == "begin 7\nend 7\n"


def test_a_coroutine_is_run_to_its_end():
    result = slowly.enqueue(4)

    work_off()

    assert slowly.get_result(result.id).return_value == 5


def test_a_rolled_back_transaction_takes_its_job_along(tmp_path):
    with transaction.atomic():
        chore.enqueue(str(tmp_path / "notes"), 1)
        transaction.set_rollback(True)

    assert list(Job.objects.all()) == []


def test_the_signal_of_enqueueing_waits_for_the_commit(
    django_capture_on_commit_callbacks, tmp_path
):
    heard = []

    def hear(task_result, **_):
        heard.append(task_result.id)

    task_enqueued.connect(hear)

    with django_capture_on_commit_callbacks(execute=True):
        result = chore.enqueue(str(tmp_path / "notes"), 1)
        assert heard == []

    assert heard == [result.id]


def test_a_job_of_the_future_is_left_alone_until_its_time(tmp_path):
    soon = timezone.now() + timedelta(hours=1)
    result = chore.using(run_after=soon).enqueue(str(tmp_path / "notes"), 1)

    assert work_off() == 0
    Job.objects.update(run_at=timezone.now())
    assert work_off() == 1
    assert chore.get_result(result.id).return_value == 1


def test_urgent_jobs_go_first_and_equals_in_order_of_time(tmp_path):
    notes = tmp_path / "notes"
    now = timezone.now()
    for number, priority, minutes in [(1, 0, 3), (2, 0, 5), (3, 9, 1), (4, -9, 60)]:
        due = now - timedelta(minutes=minutes)
        chore.using(priority=priority, run_after=due).enqueue(str(notes), number)

    work_off()

    begun = [line for line in notes.read_text().splitlines() if line.startswith("begin")]
    assert begun == ["begin 3", "begin 2", "begin 1", "begin 4"]


def test_a_worker_of_one_queue_leaves_the_others(tmp_path):
    chore.using(queue_name="mail").enqueue(str(tmp_path / "notes"), 1)

    assert leases.take("本机", lease=LEASE, queues=["default"]) is None
    assert leases.waits(["default"]) is False
    assert leases.take("本机", lease=LEASE, queues=["mail"]).queue == "mail"


def test_a_key_that_waits_is_not_enqueued_twice_and_the_last_word_counts(tmp_path):
    later = timezone.now() + timedelta(hours=2)

    first = chore.using(key="one").enqueue(str(tmp_path / "notes"), 1)
    second = chore.using(key="one", run_after=later).enqueue(str(tmp_path / "notes"), 2)

    assert second.id == first.id
    assert second.args == [str(tmp_path / "notes"), 2]
    assert list(Job.objects.values_list("key", "run_at")) == [("one", later)]


def test_a_key_that_runs_is_enqueued_behind_and_not_beside(tmp_path):
    first = chore.using(key="one").enqueue(str(tmp_path / "notes"), 1)
    running = take()
    second = chore.using(key="one").enqueue(str(tmp_path / "notes"), 2)

    assert second.id != first.id
    assert take() is None
    perform(running)
    assert take().id == second.id


def test_a_failure_is_tried_again_later_and_given_up_after_its_attempts(tmp_path):
    result = stumble.enqueue(str(tmp_path / "notes"))

    work_off()
    row = Job.objects.get()
    assert (row.state, row.attempts, row.error) == (State.WAITING, 1, "磁盘已满")
    assert row.run_at > timezone.now()
    Job.objects.update(run_at=timezone.now())
    work_off()

    row = Job.objects.get()
    assert (row.state, row.attempts) == (State.DEAD, 2)
    assert list(Job.objects.dead()) == [row]
    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert [error.exception_class for error in result.errors] == [OSError, OSError]
    assert "in stumble" in result.errors[0].traceback


def test_a_refusal_is_not_tried_again():
    refuse.enqueue()

    work_off()

    row = Job.objects.get()
    assert (row.state, row.attempts, row.error) == (State.DEAD, 1, "文件已经撤下，不能发布。")


def test_a_result_no_json_can_hold_is_an_error_and_not_a_success():
    strange.using(attempts=1).enqueue()

    work_off()

    assert Job.objects.get().state == State.DEAD


def test_a_task_the_program_no_longer_has_dies_with_a_sentence(tmp_path):
    chore.enqueue(str(tmp_path / "notes"), 1)
    Job.objects.update(task="chores.long_gone")

    work_off()

    row = Job.objects.get()
    assert (row.state, row.error) == (State.DEAD, "程序里已经没有“chores.long_gone”这个任务。")


def test_a_result_nobody_gave_does_not_exist():
    with pytest.raises(TaskResultDoesNotExist):
        default_task_backend.get_result("nothing")


@pytest.mark.parametrize("settings", [{"priority": 101}, {"priority": -101}])
def test_a_task_out_of_bounds_is_refused(settings):
    with pytest.raises(InvalidTaskError):
        chore.using(**settings)


def test_enqueueing_costs_one_query(django_assert_num_queries, tmp_path):
    with django_assert_num_queries(1):
        chore.enqueue(str(tmp_path / "notes"), 1)
