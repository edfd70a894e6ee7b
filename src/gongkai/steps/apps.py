"""流程：the app."""

from __future__ import annotations

from django.apps import AppConfig


class StepsConfig(AppConfig):
    """流程。"""

    name = "gongkai.steps"
    label = "steps"
    verbose_name = "流程"
