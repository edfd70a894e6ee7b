"""后台任务：the app."""

from __future__ import annotations

from datetime import time

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """后台任务。"""

    name = "gongkai.jobs"
    label = "jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        """Old results are swept out every night."""
        from gongkai.jobs.actions import sweep
        from gongkai.jobs.schedule import Daily, every

        every("jobs.sweep", sweep, Daily(time(3, 30)), label="清理已完成的后台任务")
