"""流程：the app."""

from __future__ import annotations

from django.apps import AppConfig


class StepsConfig(AppConfig):
    """流程。"""

    name = "gongkai.steps"
    label = "steps"
    verbose_name = "流程"

    def ready(self) -> None:
        """Hang up the trail for the audit administrator."""
        from gongkai.organs.rights import administers
        from gongkai.organs.states import Duty
        from gongkai.theme.navigation import DESK

        DESK.add(
            "办理留痕",
            "steps:trail",
            group="机关与人员",
            position=890,
            shown=lambda staff: Duty.AUDIT in administers(staff),
        )
