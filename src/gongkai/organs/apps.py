"""机关：the app, and its entries in the side navigation of the desk."""

from __future__ import annotations

from django.apps import AppConfig


class OrgansConfig(AppConfig):
    """机关。"""

    name = "gongkai.organs"
    label = "organs"
    verbose_name = "机关与人员"
