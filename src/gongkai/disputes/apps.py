"""行政复议、行政诉讼：the app, its deadlines, what waits on the desk, its timetable."""

from __future__ import annotations

from datetime import time

from django.apps import AppConfig


class DisputesConfig(AppConfig):
    """行政复议、行政诉讼。"""

    name = "gongkai.disputes"
    label = "disputes"
    verbose_name = "行政复议、行政诉讼"

    def ready(self) -> None:
        """Hang up the entries, give the deadlines and the waiting, wake every night."""
        from gongkai.applications import concerns
        from gongkai.applications.queries import WHOLE_REGISTER
        from gongkai.disputes import tasks
        from gongkai.disputes.actions.reminding import may_write_to
        from gongkai.disputes.beside import beside_a_request
        from gongkai.disputes.deadlines import open_deadlines
        from gongkai.disputes.waiting import waiting_disputes
        from gongkai.jobs.schedule import Daily, every
        from gongkai.notices.subjects import register_subject
        from gongkai.organs import deadlines, waiting
        from gongkai.organs.models import Staff
        from gongkai.organs.rights import organs_with
        from gongkai.theme.navigation import DESK

        def shown(staff: Staff) -> object:
            return organs_with(staff, WHOLE_REGISTER)

        group = "复议诉讼"
        DESK.add("复议诉讼台账", "disputes:ledger", group=group, position=210, shown=shown)
        DESK.add("败诉原因", "disputes:statistics", group=group, position=220, shown=shown)
        deadlines.register("disputes", open_deadlines)
        waiting.register("disputes", waiting_disputes)
        concerns.register("disputes", beside_a_request)
        register_subject("disputes.dispute", may_write_to)
        every("disputes.nightly", tasks.nightly, Daily(time(0, 40)), label="复议诉讼的提醒")
