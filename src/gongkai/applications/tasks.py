"""依申请公开的后台任务：what every night brings."""

from __future__ import annotations

from gongkai.jobs.tasks import job


@job()
def nightly() -> dict[str, int]:
    """每夜：what changes of itself today, the reminders of what is due, drafts nobody sent."""
    from gongkai.applications.actions.filing import sweep_drafts
    from gongkai.applications.actions.limiting import sweep_tries
    from gongkai.applications.actions.reminding import remind_all, turn
    from gongkai.applications.actions.retaining import erase_by_themselves

    sweep_tries()
    return {
        "turned": turn(),
        "reminded": remind_all(),
        "drafts removed": sweep_drafts(),
        "scans removed": erase_by_themselves(),
    }


@job(attempts=2)
def archive(pk: int, staff: int) -> bool:
    """归档一件：in the background, by whoever chose it; False where it has been done since."""
    from gongkai.applications.actions.archiving import archive as archive_one
    from gongkai.applications.models import Application
    from gongkai.applications.states import State
    from gongkai.organs.models import Staff

    one = Application.objects.select_related("organ").get(pk=pk)
    if one.state != State.CLOSED:
        return False
    archive_one(one, by=Staff.objects.get(pk=staff))
    return True


@job(attempts=3)
def load_register(pk: int) -> int:
    """导入登记簿：what was confirmed; goes on where it stopped; returns how many rows are done."""
    from gongkai.applications.actions.loading import carry_out
    from gongkai.applications.models import Load

    return carry_out(Load.objects.select_related("organ", "by").get(pk=pk)).done
