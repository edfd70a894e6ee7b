"""工作台：the app, and its entries in the side navigation."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """工作台。"""

    name = "gongkai.desk"
    label = "desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Home comes first; what failed in the background is for those who keep the house."""
        from gongkai.organs.rights import administers
        from gongkai.organs.states import Duty
        from gongkai.theme.navigation import DESK

        DESK.add("待办", "desk:home", position=100)
        DESK.add(
            "后台任务", "desk:jobs", group="运行", position=900,
            shown=lambda staff: Duty.SYSTEM in administers(staff),
        )  # fmt: skip
