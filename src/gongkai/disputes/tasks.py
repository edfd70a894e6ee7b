"""复议、诉讼的后台任务：what every night brings."""

from __future__ import annotations

from gongkai.jobs.tasks import job


@job()
def nightly() -> dict[str, int]:
    """每夜：what the register has answered anew, the reminders of what is due, who is forgotten."""
    from gongkai.disputes.actions.keeping import forget_people
    from gongkai.disputes.actions.obeying import follow
    from gongkai.disputes.actions.reminding import remind_all

    return {"followed": follow(), "reminded": remind_all(), "forgotten": forget_people()}
