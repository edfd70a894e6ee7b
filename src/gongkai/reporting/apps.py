"""年报编制：the app, what waits on the desk, its timetable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from gongkai.organs.models import Staff
    from gongkai.organs.states import Duty


class ReportingConfig(AppConfig):
    """年报编制。"""

    name = "gongkai.reporting"
    label = "reporting"
    verbose_name = "年报编制"

    def ready(self) -> None:
        """Guard what has been published, hang up the entries, give what waits, wake nightly."""
        from gongkai.documents import elsewhere
        from gongkai.jobs.schedule import Daily, every
        from gongkai.notices.subjects import register_subject
        from gongkai.organs import waiting
        from gongkai.organs.rights import organs_with
        from gongkai.organs.states import Duty
        from gongkai.reporting import tasks
        from gongkai.reporting.actions.urging import may_write_about_call, may_write_about_filing
        from gongkai.reporting.entries import PROVIDER
        from gongkai.reporting.models import Filing
        from gongkai.reporting.queries import AT_THE_DESK, WRITERS
        from gongkai.reporting.showing import links_of
        from gongkai.reporting.waiting import waiting_reports
        from gongkai.search.index import provide
        from gongkai.theme.navigation import DESK, PORTAL
        from gongkai.trail import guard

        def whoever(*duties: Duty) -> Callable[[Staff], object]:
            return lambda staff: organs_with(staff, frozenset(duties or AT_THE_DESK))

        kept = {"frozen", "seal", "year", "name", "scope", "organ_id", "version"}
        columns = {str(field.column) for field in Filing._meta.concrete_fields}
        guard.protect(
            Filing,
            "已公布的年报不能修改或删除，只能更正",
            but=sorted(columns - kept),
            where="OLD.state IN ('published', 'replaced')",
        )
        group = "年报编制"
        DESK.add("年度报告", "reporting:desk_filings", group=group, position=310, shown=whoever())
        DESK.add("编报通知", "reporting:calls", group=group, position=320, shown=whoever())
        DESK.add("审核年报", "reporting:clearing", group=group, position=330,
                 shown=whoever(Duty.COMPETENT))  # fmt: skip
        DESK.add("读入往年年报", "reporting:loads", group=group, position=340,
                 shown=whoever(*WRITERS))  # fmt: skip
        DESK.add("导入手工数字", "reporting:figures", group=group, position=350,
                 shown=whoever(*WRITERS))  # fmt: skip
        DESK.add("编报口径", "reporting:practice", group=group, position=360, shown=whoever())
        waiting.register("reporting", waiting_reports)
        register_subject("reporting.call", may_write_about_call)
        register_subject("reporting.filing", may_write_about_filing)
        every("reporting.nightly", tasks.nightly, Daily(time(1, 0)), label="年报编报的提醒")
        elsewhere.register("report", "年度报告", links_of)
        PORTAL.add("公开年报", "reporting:archive", position=450)
        provide(PROVIDER)
