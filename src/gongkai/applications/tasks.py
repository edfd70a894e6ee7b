"""依申请公开的后台任务：what every night brings."""

from __future__ import annotations

from gongkai.jobs.tasks import job


@job()
def nightly() -> dict[str, int]:
    """每夜：what changes of itself today, the reminders of what is due, drafts nobody sent."""
    from gongkai.applications.actions.filing import sweep_drafts
    from gongkai.applications.actions.limiting import sweep_tries
    from gongkai.applications.actions.reminding import remind_all, turn

    sweep_tries()
    return {"turned": turn(), "reminded": remind_all(), "drafts removed": sweep_drafts()}
