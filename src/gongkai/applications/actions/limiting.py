"""次数：what may be tried only so often, counted where all workers see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from gongkai.applications.models import Tries
from gongkai.vault.sealing import fingerprint


@dataclass(frozen=True, slots=True)
class Limit:
    """限次：so many of one thing within so long; then nothing more until the time is over."""

    what: str
    most: int
    within: timedelta

    def reached(self, who: str) -> bool:
        """已经到数：counts nothing."""
        since = timezone.now() - self.within
        row = Tries.objects.filter(key=self._key(who), since__gt=since).first()
        return row is not None and row.count >= self.most

    def count(self, who: str) -> None:
        """记一次：the time runs from the first."""
        now = timezone.now()
        rows = Tries.objects.filter(key=self._key(who))
        with transaction.atomic():
            rows.filter(since__lte=now - self.within).update(count=0, since=now)
            if rows.update(count=F("count") + 1):
                return
        try:
            with transaction.atomic():
                Tries.objects.create(key=self._key(who), count=1, since=now)
        except IntegrityError:
            rows.update(count=F("count") + 1)  # another was a moment faster

    def forget(self, who: str) -> None:
        """作罢：it was the right one after all."""
        Tries.objects.filter(key=self._key(who)).delete()

    def _key(self, who: str) -> str:
        return fingerprint(f"{self.what}\n{who}", "applications.Tries")


def sweep_tries() -> int:
    """清理：counts nobody looks at any more; returns how many."""
    return Tries.objects.filter(since__lt=timezone.now() - timedelta(days=2)).delete()[0]
