"""依申请公开的后台任务：what every night brings."""

from __future__ import annotations

from gongkai.jobs.tasks import job


@job()
def nightly() -> dict[str, int]:
    """每夜：what changes of itself today, then the reminders of what is due."""
    from gongkai.applications.actions.reminding import remind_all, turn

    return {"turned": turn(), "reminded": remind_all()}
