"""依申请公开：the app, its deadlines, what waits on the desk, its timetable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.db.models.signals import post_migrate

if TYPE_CHECKING:
    from gongkai.organs.models import Staff
    from gongkai.organs.states import Duty


class ApplicationsConfig(AppConfig):
    """依申请公开。"""

    name = "gongkai.applications"
    label = "applications"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Hang up the entries, give the deadlines and the waiting, wake every night."""
        from gongkai.applications import finding, tasks
        from gongkai.applications.actions.telling import may_write_to
        from gongkai.applications.deadlines import open_deadlines
        from gongkai.applications.keeping import waiting_disposals
        from gongkai.applications.models import Disposal, Paper
        from gongkai.applications.queries import AT_THE_DESK
        from gongkai.applications.waiting import waiting_applications
        from gongkai.jobs.schedule import Daily, every
        from gongkai.notices.subjects import register_subject
        from gongkai.organs import deadlines, waiting
        from gongkai.organs.rights import organs_with
        from gongkai.organs.states import Duty
        from gongkai.theme.navigation import DESK, PORTAL
        from gongkai.trail import guard

        def whoever(*duties: Duty) -> Callable[[Staff], object]:
            return lambda staff: organs_with(staff, frozenset(duties or AT_THE_DESK))

        keepers = whoever(Duty.DISCLOSURE, Duty.OFFICE_HEAD)
        group = "依申请公开"
        DESK.add("登记簿", "applications:desk_register", group=group, position=120, shown=whoever())
        DESK.add("收件", "applications:receive", group=group, position=130,
                 shown=whoever(Duty.DISCLOSURE))  # fmt: skip
        DESK.add("申请热点", "applications:topics", group=group, position=140,
                 shown=whoever(Duty.DISCLOSURE, Duty.OFFICE_HEAD, Duty.COMPETENT))  # fmt: skip
        DESK.add("各机关办理情况", "applications:supervision", group=group, position=150,
                 shown=whoever(Duty.COMPETENT))  # fmt: skip
        DESK.add("责令改正", "applications:orders", group=group, position=160,
                 shown=whoever(Duty.DISCLOSURE, Duty.OFFICE_HEAD, Duty.COMPETENT))  # fmt: skip
        DESK.add("文书模板", "applications:templates", group=group, position=180, shown=keepers)
        DESK.add("归档", "applications:archiving", group=group, position=170,
                 shown=whoever(Duty.DISCLOSURE))  # fmt: skip
        DESK.add("保管期限", "applications:retention", group=group, position=172, shown=keepers)
        DESK.add("导入登记簿", "applications:loads", group=group, position=174,
                 shown=whoever(Duty.DISCLOSURE))  # fmt: skip
        DESK.add("办理口径", "applications:office", group=group, position=190, shown=keepers)
        PORTAL.add("查询办理", "applications:track", position=610)
        PORTAL.add("期限计算", "applications:calculator", position=620)
        post_migrate.connect(finding.lay_out, sender=self)
        deadlines.register("applications", open_deadlines)
        waiting.register("applications", waiting_applications)
        waiting.register("applications.keeping", waiting_disposals)
        register_subject("applications.application", may_write_to)
        guard.protect(
            Paper,
            "文书定稿后不能修改或删除",
            but=["read_at"],
            where="OLD.state IN ('fixed', 'erased')",
            unless="NEW.state = 'erased' AND OLD.state = 'fixed'",
        )
        guard.protect(Disposal, "处置记录只能增加，不能修改或删除")
        every("applications.nightly", tasks.nightly, Daily(time(0, 20)), label="申请的期限和提醒")
