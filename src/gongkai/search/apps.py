"""检索：the app."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """检索。"""

    name = "gongkai.search"
    label = "search"
    verbose_name = "检索"
