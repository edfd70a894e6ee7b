"""每日汇总：one message a person and channel in place of many."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.notices.actions.telling import tell
from gongkai.notices.models import Notice
from gongkai.notices.senders import absolute
from gongkai.notices.states import Channel, State
from gongkai.notices.subjects import staff_recipient, why_not_send
from gongkai.organs.models import Staff

#: So many go into one summary; what is more makes another.
MOST = 100


def summarise() -> int:
    """汇总：gather what is kept for each person into one message; returns how many were made.

    Gathering and the message are one transaction, so nothing is said twice or left out.
    """
    kept = Notice.objects.for_summary().order_by().values_list("recipient_id", "channel")
    return sum(_summarise(who, Channel(channel)) for who, channel in sorted(set(kept.distinct())))


def _summarise(who: str, channel: Channel) -> int:
    made = 0
    while _next(who, channel):
        made += 1
    return made


@transaction.atomic
def _next(who: str, channel: Channel) -> bool:
    mine = Notice.objects.for_summary().filter(recipient_id=who, channel=channel)
    rows = list(mine.select_for_update().order_by("pk")[:MOST])
    if not rows:
        return False
    staff = Staff.objects.filter(pk=who, is_active=True).first()
    to = staff_recipient(staff, channel) if staff else None
    if staff is None or to is None or not to.address:
        _drop(rows, "收件人的账号已经停用，或者没有可用的地址，没有发出。")
        return True
    reasons = {row.pk: why_not_send(row.subject, row.subject_id, to) for row in rows}
    for row in rows:
        if reasons[row.pk]:
            _drop([row], f"{'；'.join(reasons[row.pk])}，没有发出。")
    if going := [row for row in rows if not reasons[row.pk]]:
        key = f"notices:summary:{going[-1].pk}"
        title = f"您有 {len(going)} 条提醒"
        body = "\n".join(_line(number, row, channel) for number, row in enumerate(going, 1))
        summary = tell(key, to, channel, title, body, staff, link="/desk/")
        Notice.objects.filter(pk__in=[row.pk for row in going]).update(within=summary)
    return True


def _drop(rows: list[Notice], sentence: str) -> None:
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.DROPPED, error=sentence[:300], ended_at=timezone.now()
    )


def _line(number: int, row: Notice, channel: Channel) -> str:
    """The title alone in a text message; in a mail also what was to be said."""
    if channel is Channel.SMS:
        return f"{number}. {row.title}"
    said = [row.body.replace("\n", "\n   "), absolute(row.link)]
    return "\n   ".join([f"{number}. {row.title}", *filter(None, said)]) + "\n"
