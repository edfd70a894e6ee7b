"""申请人的话：messages, the rating after the reply, and that a paper was read."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.applications.actions.taking import refuse
from gongkai.applications.models import Application, Message, Paper, Rating
from gongkai.errors import BadInput, NotAllowed
from gongkai.organs.models import Staff
from gongkai.trail.actions import record

#: 一天最多的留言。
MOST_A_DAY = 20


def say(application: Application, text: str, *, by: Staff | None) -> Message:
    """留言：``by`` None is the applicant. Raises BadInput, NotAllowed for a flood."""
    if not text.strip():
        raise BadInput("请写留言内容。")
    since = timezone.now() - timedelta(days=1)
    rows = Message.objects.filter(application=application, by__isnull=True, at__gte=since)
    if by is None and rows.count() >= MOST_A_DAY:
        raise NotAllowed(f"一天最多留言{MOST_A_DAY}次，请明天再留言或者打电话联系。")
    return Message.objects.create(application=application, text=text.strip(), by=by)


def why_not_rate(application: Application) -> list[str]:
    """评价的障碍：after the reply, once a round."""
    if not application.is_done:
        return ["还没有答复，答复以后再评价"]
    if application.ratings.filter(round=application.round).exists():
        return ["已经评价过，谢谢"]
    return []


def rate(application: Application, stars: int, text: str) -> Rating:
    """评价。Raises NotAllowed for a second one."""
    refuse(why_not_rate(application))
    try:
        with transaction.atomic():
            return Rating.objects.create(
                application=application, round=application.round, stars=stars, text=text.strip()
            )
    except IntegrityError:
        raise NotAllowed("已经评价过，谢谢。") from None


@transaction.atomic
def note_read(paper: Paper) -> None:
    """阅读：the first time the applicant opens a paper; the proof of electronic service."""
    now = timezone.now()
    if Paper.objects.filter(pk=paper.pk, read_at__isnull=True).exists():
        record(paper.application, "read_paper", by=None, label="申请人阅读文书",
               note=f"{paper.title}（{paper.number}）")  # fmt: skip
        Paper.objects.filter(pk=paper.pk, read_at__isnull=True).update(read_at=now)
        paper.read_at = now
