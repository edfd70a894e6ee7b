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
        from gongkai.organs.models import Staff
        from gongkai.organs.rights import administers
        from gongkai.organs.states import Duty
        from gongkai.theme.navigation import DESK

        def audits(staff: Staff) -> bool:
            return Duty.AUDIT in administers(staff)

        group = "机关与人员"
        DESK.add("办理留痕", "steps:trail", group=group, position=890, shown=audits)
        DESK.add("登录记录", "steps:sign_ins", group=group, position=895, shown=audits)
