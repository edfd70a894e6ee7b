"""页面样式：the app."""

from __future__ import annotations

from django.apps import AppConfig


class ThemeConfig(AppConfig):
    """页面样式。"""

    name = "gongkai.theme"
    label = "theme"
    verbose_name = "页面样式"

    def ready(self) -> None:
        """Say “请填写” as a clerk would, on every form."""
        from django.forms import Field

        Field.default_error_messages = {"required": "请填写这一项。"}
