"""门户：the app, and its entries in the main navigation."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """门户。"""

    name = "gongkai.portal"
    label = "portal"
    verbose_name = "门户"

    def ready(self) -> None:
        """Home comes first, applying last."""
        from gongkai.theme.navigation import PORTAL

        PORTAL.add("首页", "portal:home", position=100)
        PORTAL.add("机构职能", "portal:organs", position=500)
        PORTAL.add("依申请公开", "portal:apply", position=600)
