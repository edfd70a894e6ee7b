"""任务状态：where a job stands."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """任务状态。"""

    WAITING = "waiting", "等待"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    DEAD = "dead", "失败"
    REPLACED = "replaced", "已由后来的同一任务接替"


#: A job in one of these will not run again of itself.
FINISHED = (State.DONE, State.DEAD, State.REPLACED)
