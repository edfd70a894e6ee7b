"""附件：the app."""

from __future__ import annotations

from datetime import time

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """附件。"""

    name = "gongkai.files"
    label = "files"
    verbose_name = "附件"

    def ready(self) -> None:
        """Files nobody owns any more are removed every night."""
        from gongkai.files.actions import sweep
        from gongkai.jobs.schedule import Daily, every

        every("files.sweep", sweep, Daily(time(3, 45)), label="清理无主附件")
