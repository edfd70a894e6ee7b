"""留痕：the app, and the database's own refusal to change what is written."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrailConfig(AppConfig):
    """留痕。"""

    name = "gongkai.trail"
    label = "trail"
    verbose_name = "办理留痕"

    def ready(self) -> None:
        """Guard the tables after every migration: rebuilding a table on SQLite drops triggers."""
        from gongkai.trail import guard
        from gongkai.trail.models import Step

        guard.protect(Step, "办理留痕只能增加，不能修改或删除")
        post_migrate.connect(guard.lay_down, sender=self)
