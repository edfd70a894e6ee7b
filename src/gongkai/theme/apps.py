"""页面样式：the app."""

from __future__ import annotations

from django.apps import AppConfig


class ThemeConfig(AppConfig):
    """页面样式。"""

    name = "gongkai.theme"
    label = "theme"
    verbose_name = "页面样式"
