"""任务：one row a job, one row a slot of the clock."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongkai.jobs.queries import JobQuery
from gongkai.jobs.states import State


class Job(models.Model):
    """后台任务：what to run, when, and how it went.

    A worker *leases* a job: it is the worker's until ``lease_until``, and a living worker moves
    that moment on. A job whose lease has run out is leased again by whoever comes next, so a
    worker killed in the middle loses nothing. ``attempts`` is counted when a lease begins and
    serves as its number: what a worker says about an attempt that is no longer the last is
    not heard.
    """

    id = models.CharField("编号", max_length=64, primary_key=True)
    task = models.CharField("任务", max_length=255)
    args = models.JSONField("参数", default=list)
    kwargs = models.JSONField("具名参数", default=dict)
    queue = models.CharField("队列", max_length=50)
    backend = models.CharField("后台", max_length=50)
    priority = models.SmallIntegerField("优先级", default=0)
    key = models.CharField("去重键", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)

    enqueued_at = models.DateTimeField("提交时间")
    run_at = models.DateTimeField("不早于")
    lease_until = models.DateTimeField("租约到期", null=True)
    started_at = models.DateTimeField("首次开始", null=True)
    attempted_at = models.DateTimeField("最近一次开始", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)

    attempts = models.PositiveIntegerField("已办次数", default=0)
    max_attempts = models.PositiveIntegerField("最多几次")
    workers = models.JSONField("经办进程", default=list)
    result = models.JSONField("结果", null=True)
    errors = models.JSONField("出错记录", default=list)
    error = models.TextField("出错原因", blank=True)

    objects = JobQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state=State.WAITING) & ~Q(key=""),
                name="one_job_of_a_key_waits",
            ),
        ]
        indexes = [
            models.Index(
                F("priority").desc(),
                "run_at",
                "id",
                condition=Q(state=State.WAITING),
                name="jobs_waiting",
            ),
            models.Index(
                fields=["lease_until"], condition=Q(state=State.RUNNING), name="jobs_running"
            ),
            models.Index(
                fields=["key"], condition=Q(state=State.RUNNING) & ~Q(key=""), name="jobs_held_keys"
            ),
            models.Index(fields=["state", "finished_at", "id"], name="jobs_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.task}（{State(self.state).label}）"


class Slot(models.Model):
    """班次：one moment of one entry of the timetable; whoever writes the row enqueues the job."""

    name = models.CharField("名称", max_length=100)
    at = models.DateTimeField("时刻")
    job = models.CharField("任务编号", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "定时班次"
        constraints = [
            models.UniqueConstraint(fields=["name", "at"], name="one_enqueue_for_each_slot"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"
