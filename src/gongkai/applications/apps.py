"""依申请公开：the app."""

from __future__ import annotations

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """依申请公开。"""

    name = "gongkai.applications"
    label = "applications"
    verbose_name = "依申请公开"
