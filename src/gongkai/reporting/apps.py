"""年报编制：the app, what waits on the desk, its timetable."""

from __future__ import annotations

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """年报编制。"""

    name = "gongkai.reporting"
    label = "reporting"
    verbose_name = "年报编制"

    def ready(self) -> None:
        """Guard what has been published."""
        from gongkai.reporting.models import Filing
        from gongkai.trail import guard

        kept = {"frozen", "seal", "year", "name", "scope", "organ_id", "version"}
        columns = {str(field.column) for field in Filing._meta.concrete_fields}
        guard.protect(
            Filing,
            "已公布的年报不能修改或删除，只能更正",
            but=sorted(columns - kept),
            where="OLD.state IN ('published', 'replaced')",
        )
