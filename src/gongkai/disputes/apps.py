"""行政复议、行政诉讼：the app, its deadlines, what waits on the desk, its timetable."""

from __future__ import annotations

from django.apps import AppConfig


class DisputesConfig(AppConfig):
    """行政复议、行政诉讼。"""

    name = "gongkai.disputes"
    label = "disputes"
    verbose_name = "行政复议、行政诉讼"
