"""清除：addresses and texts of what has long been settled; that it was sent stays on record."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from gongkai.notices.models import Notice

#: So many rows in one stroke; nobody else may write on SQLite meanwhile.
STROKE = 500


def erase() -> int:
    """清除：of all notices that ended longer ago than the setting says; returns how many.

    Kept until then because what was sent to whom is part of the network log (《网络安全法》：
    网络日志留存不少于六个月), and no longer than needed (《个人信息保护法》第十九条).
    """
    before = timezone.now() - timedelta(days=settings.NOTICE_DAYS)
    erased = 0
    while keys := list(Notice.objects.full(before).values_list("pk", flat=True)[:STROKE]):
        erased += Notice.objects.filter(pk__in=keys).update(
            address="", body="", link="", erased_at=timezone.now()
        )
    return erased
