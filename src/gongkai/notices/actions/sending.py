"""发出：a notice leaves the house, at least once, and its row says how it went.

The pauses between attempts are kept in the row and not left to the job: a mail server away over a
weekend is no broken job, and what went wrong must be told without the address of anybody.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai.notices import tasks
from gongkai.notices.models import Notice
from gongkai.notices.senders import Refused, Unconfigured, Unsent, sender_for
from gongkai.notices.states import Audience, Channel, State
from gongkai.notices.subjects import Recipient, staff_recipient, why_not_send
from gongkai.organs.models import Staff

log = logging.getLogger("gongkai.notices")

#: 再发间隔：after the first, second … attempt; close to two days in all, a weekend's repair.
PAUSES = (
    *(timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)),
    *(timedelta(hours=2), timedelta(hours=6), timedelta(hours=12), timedelta(hours=24)),
)
ATTEMPTS = len(PAUSES) + 1

#: Whoever sends has so long to say how it went; after that another may try.
CLAIM = timedelta(minutes=5)


class Stray(GongkaiError):
    """收件人已不相干：what was right when it was told is so no longer."""


def deliver(notice_id: int) -> str:
    """发送：returns the state afterwards; empty when there is no such notice.

    Two at once cannot both send; a worker that dies in the middle leaves the notice waiting.
    """
    row = _claimed(notice_id)
    if row is None:
        return Notice.objects.filter(pk=notice_id).values_list("state", flat=True).first() or ""
    try:
        if row.attempts > ATTEMPTS:
            raise Refused("多次发送都在中途停止。")
        _address(row)
        sender_for(Channel(row.channel)).send(row)
    except (Unconfigured, Stray) as problem:
        _end(row, State.DROPPED, str(problem))
    except Refused as problem:
        _end(row, State.FAILED, str(problem))
    except Unsent as problem:
        _again(row, str(problem))
    except GongkaiError as problem:  # the address cannot be unsealed
        _end(row, State.FAILED, str(problem))
    except Exception as problem:
        # Its text may well repeat the address; its kind does not.
        log.error("通知 %s 发送程序出错：%s", row.pk, type(problem).__name__)
        _again(row, f"发送程序出错（{type(problem).__name__}）。")
    else:
        _end(row, State.SENT)
    return row.state


def _claimed(notice_id: int) -> Notice | None:
    """The notice, ours for a while; None when it is not due or another has it."""
    now = timezone.now()
    row = Notice.objects.due(now).filter(pk=notice_id).first()
    if row is None:
        return None
    seen = Notice.objects.due(now).filter(pk=row.pk, attempts=row.attempts)
    row.attempts += 1
    row.next_at = now + CLAIM
    return row if seen.update(attempts=row.attempts, next_at=row.next_at) else None


def _address(row: Notice) -> None:
    """Ask once more whether it may go there; a member of the staff is reached where he is now."""
    to = Recipient(Audience(row.audience), row.recipient_id, row.address.open())
    if to.audience is Audience.STAFF:
        staff = Staff.objects.filter(pk=row.recipient_id, is_active=True).first()
        if staff is None:
            raise Stray("收件人的账号已经停用，没有发出。")
        to = staff_recipient(staff, Channel(row.channel))
        if row.channel != Channel.WEBHOOK and not to.address:
            raise Stray("收件人已没有可用的地址，没有发出。")
        row.address = to.address
    if reasons := why_not_send(row.subject, row.subject_id, to):
        raise Stray(f"{'；'.join(reasons)}，没有发出。")


def _again(row: Notice, sentence: str) -> None:
    if row.attempts >= ATTEMPTS:
        _end(row, State.FAILED, sentence)
        return
    with transaction.atomic():
        row.error, row.next_at = sentence[:300], timezone.now() + PAUSES[row.attempts - 1]
        if _mine(row, error=row.error, next_at=row.next_at):
            enqueue(row, row.next_at)


def _end(row: Notice, state: State, sentence: str = "") -> None:
    """How it went, for the notice and for those it sums up."""
    told = {"state": state, "error": sentence[:300], "ended_at": timezone.now()}
    with transaction.atomic():
        if _mine(row, **told):
            row.state = state
            row.parts.waiting().update(**told)


def _mine(row: Notice, **changes: object) -> bool:
    """Write down about this attempt; False when the notice has passed to another meanwhile."""
    mine = Notice.objects.waiting().filter(pk=row.pk, attempts=row.attempts)
    return bool(mine.update(**changes))


def enqueue(row: Notice, moment: datetime | None = None) -> None:
    """排队：a job sends it, not before that moment."""
    tasks.send.using(key=f"notices.send:{row.pk}", run_after=moment).enqueue(row.pk)


#: Later than this after its time a notice has been left behind.
LEFT = timedelta(minutes=5)


def catch_up() -> int:
    """补发：give a job to each notice that is overdue, a thousand at a time; returns how many."""
    late = Notice.objects.due(timezone.now() - LEFT).order_by("next_at").only("pk")[:1_000]
    for row in late:
        enqueue(row)
    return len(late)
