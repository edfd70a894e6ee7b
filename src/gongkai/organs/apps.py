"""机关：the app, and its entries in the side navigation of the desk."""

from __future__ import annotations

from django.apps import AppConfig


class OrgansConfig(AppConfig):
    """机关。"""

    name = "gongkai.organs"
    label = "organs"
    verbose_name = "机关与人员"

    def ready(self) -> None:
        """Hang up the entries of the administrators; who may see them is asked each time."""
        from gongkai.organs.rights import administers
        from gongkai.theme.navigation import DESK

        group = "机关与人员"
        DESK.add("机关", "organs:organs", group=group, position=800)
        DESK.add("人员", "organs:people", group=group, position=810, shown=administers)
        DESK.add("委托代办", "organs:delegations", group=group, position=820)
        DESK.add("放假安排", "organs:holidays", group=group, position=830)
