"""依申请公开：the app, its deadlines, what waits on the desk, its timetable."""

from __future__ import annotations

from datetime import time

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """依申请公开。"""

    name = "gongkai.applications"
    label = "applications"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Hang up the entries, give the deadlines and the waiting, wake every night."""
        from gongkai.applications import tasks
        from gongkai.applications.actions.telling import may_write_to
        from gongkai.applications.deadlines import open_deadlines
        from gongkai.applications.waiting import waiting_applications
        from gongkai.jobs.schedule import Daily, every
        from gongkai.notices.subjects import register_subject
        from gongkai.organs import deadlines, waiting

        deadlines.register("applications", open_deadlines)
        waiting.register("applications", waiting_applications)
        register_subject("applications.application", may_write_to)
        every("applications.nightly", tasks.nightly, Daily(time(0, 20)), label="申请的期限和提醒")
