"""主动公开：the app, its entries in the navigations, its deadlines and its timetable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from gongkai.organs.models import Staff
    from gongkai.organs.states import Duty


class DocumentsConfig(AppConfig):
    """主动公开。"""

    name = "gongkai.documents"
    label = "documents"
    verbose_name = "主动公开"

    def ready(self) -> None:
        """Hang up the entries, give the deadlines and the search, wake every night."""
        from gongkai.documents import tasks
        from gongkai.documents.deadlines import open_deadlines
        from gongkai.documents.entries import PROVIDER
        from gongkai.documents.models import Version
        from gongkai.documents.queries import AT_THE_DESK
        from gongkai.documents.waiting import waiting_documents
        from gongkai.jobs.schedule import Daily, every
        from gongkai.organs import deadlines, waiting
        from gongkai.organs.rights import organs_with
        from gongkai.organs.states import Duty
        from gongkai.search.index import provide
        from gongkai.theme.navigation import DESK, PORTAL
        from gongkai.trail import guard

        def whoever(*duties: Duty) -> Callable[[Staff], object]:
            return lambda staff: organs_with(staff, frozenset(duties or AT_THE_DESK))

        keepers = whoever(Duty.DISCLOSURE, Duty.COMPETENT)
        cleaners = whoever(Duty.DRAFT, Duty.UNIT_HEAD, Duty.LEGAL, Duty.SIGN, Duty.COMPETENT)
        group = "主动公开"
        DESK.add("文件", "documents:desk_documents", group=group, position=200, shown=whoever())
        DESK.add("起草", "documents:begin", group=group, position=210, shown=whoever(Duty.DRAFT))
        DESK.add("到期提醒", "documents:reminders", group=group, position=220, shown=whoever())
        DESK.add("栏目", "documents:columns", group=group, position=230, shown=keepers)
        DESK.add("公报待刊", "documents:gazette", group=group, position=235, shown=keepers)
        DESK.add("清理", "documents:campaigns", group=group, position=240, shown=cleaners)
        DESK.add("有效期规则", "documents:periods", group=group, position=250, shown=whoever())
        PORTAL.add("政策文件库", "documents:library", position=200)
        PORTAL.add("专题", "documents:topics", position=300)
        PORTAL.add("按年归档", "documents:archive", position=400)
        deadlines.register("documents", open_deadlines)
        waiting.register("documents", waiting_documents)
        provide(PROVIDER)
        # What the screening finds in a text is written down after the text.
        guard.protect(Version, "文件的版本只能增加，不能修改或删除", but=["findings"])
        every("documents.nightly", tasks.nightly, Daily(time(0, 5)), label="有效性变化和到期提醒")
