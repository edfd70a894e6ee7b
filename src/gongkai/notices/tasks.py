"""通知的后台任务：one notice out, the morning's summary, what was left behind, what is old."""

from __future__ import annotations

from gongkai.jobs.tasks import job


@job(attempts=3)
def send(notice_id: int) -> str:
    """发送一条：returns its state afterwards; the pauses between attempts are the notice's own."""
    from gongkai.notices.actions.sending import deliver

    return deliver(notice_id)


@job(attempts=3)
def summarise() -> int:
    """每天的汇总：returns how many summaries were made."""
    from gongkai.notices.actions import summing

    return summing.summarise()


@job()
def catch_up() -> int:
    """补发：notices that are due and that no job will send any more; returns how many."""
    from gongkai.notices.actions import sending

    return sending.catch_up()


@job()
def erase() -> int:
    """清除旧通知的地址和正文：returns how many."""
    from gongkai.notices.actions import erasing

    return erasing.erase()
