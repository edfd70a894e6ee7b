"""年报编制的后台任务：what every night brings."""

from __future__ import annotations

from gongkai.jobs.tasks import job


@job()
def nightly() -> dict[str, int]:
    """每夜：the reminders of what is due."""
    from gongkai.reporting.actions.reminding import remind_all

    return {"reminded": remind_all()}
