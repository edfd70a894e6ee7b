"""主动公开：the app, its entries in the navigations, its deadlines and its timetable."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """主动公开。"""

    name = "gongkai.documents"
    label = "documents"
    verbose_name = "主动公开"
