"""取号：the next serial of a series, without a gap, however many ask at once."""

from __future__ import annotations

from django.db.models import F

from gongkai.organs.models import Series


def next_serial(series: str, count: int = 1) -> int:
    """取号：``count`` more than the last; its row is held until the transaction ends.

    Belongs to the transaction that uses the number: if that fails, it was never taken.
    """
    rows = Series.objects.filter(name=series)
    if not rows.update(last=F("last") + count):
        Series.objects.bulk_create([Series(name=series)], ignore_conflicts=True)
        rows.update(last=F("last") + count)
    return rows.values_list("last", flat=True).get()


def used(series: str, serial: int) -> None:
    """记下用过的号：a number given elsewhere; the series goes on behind it."""
    Series.objects.bulk_create([Series(name=series)], ignore_conflicts=True)
    Series.objects.filter(name=series, last__lt=serial).update(last=serial)
