"""通知：the app, its timetable and its entries in the side navigation."""

from __future__ import annotations

from datetime import time, timedelta

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """通知。"""

    name = "gongkai.notices"
    label = "notices"
    verbose_name = "通知"

    def ready(self) -> None:
        """Summaries in the morning, the rest by night; an account's notices are its owner's."""
        from gongkai.jobs.schedule import Daily, Every, every
        from gongkai.notices import tasks
        from gongkai.notices.queries import reads
        from gongkai.notices.subjects import register_subject, self_only
        from gongkai.theme.navigation import DESK

        DESK.add("通知", "notices:notices", group="运行", position=890, shown=reads)
        DESK.add("通知设置", "notices:preference", group="运行", position=895)
        register_subject("organs.staff", self_only)
        label = "补发没有发出的通知"
        every("notices.catch_up", tasks.catch_up, Every(timedelta(minutes=10)), label=label)
        every("notices.summary", tasks.summarise, Daily(time(8, 0)), label="每日通知汇总")
        every("notices.erase", tasks.erase, Daily(time(3, 45)), label="清除旧通知的地址和正文")
