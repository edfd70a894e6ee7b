"""有效性：what the law makes of a document on a day, from its dates alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.documents.states import Validity
from gongkai.errors import BadDate
from gongkai.law.terms import add_months

#: 到期前多少个月提醒
WARN_MONTHS = (12, 6, 3, 1)
#: The People's Republic was founded; no organ of it made a document before.
EARLIEST = date(1949, 10, 1)
#: Far enough for any plan, near enough to catch a slip of the hand.
LATEST = date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class Life:
    """生效与终止：the dates a document's validity follows from.

    ``valid_to`` is the last day in force, ``ended_on`` the first day no longer in force; where
    only it is known that a document has ended, ``ended_as`` stands without a day.
    """

    formed_on: date | None
    effective_on: date | None = None
    valid_to: date | None = None
    ended_on: date | None = None
    ended_as: str = ""
    amended_on: date | None = None

    def on(self, day: date) -> Validity:
        """某日的有效性：lapsed on the day after the last, not before."""
        if self.ended_as and (self.ended_on is None or day >= self.ended_on):
            return Validity(self.ended_as)
        if self.valid_to and day > self.valid_to:
            return Validity.LAPSED
        if self.effective_on and day < self.effective_on:
            return Validity.PENDING
        if self.amended_on and day >= self.amended_on:
            return Validity.AMENDED
        return Validity.IN_FORCE

    def turns_after(self, day: date) -> date | None:
        """下一次变化：the first day after ``day`` on which the validity may differ, or None."""
        last = self.valid_to + timedelta(days=1) if self.valid_to else None
        days = (self.effective_on, last, self.ended_on, self.amended_on)
        return min((one for one in days if one and one > day), default=None)


def why_not_dates(life: Life, *, today: date) -> list[str]:
    """日期的毛病：in words; nothing if they agree with one another and with the calendar."""
    reasons = []
    named = (
        ("成文日期", life.formed_on),
        ("施行日期", life.effective_on),
        ("有效期", life.valid_to),
    )
    for name, day in named:
        if day and not EARLIEST <= day <= LATEST:
            reasons.append(f"{name}{day}不在1949年10月1日至2099年12月31日之间，请核对")
    if life.formed_on and life.formed_on > today:
        reasons.append(f"成文日期{life.formed_on}晚于今天")
    if life.formed_on and life.effective_on and life.effective_on < life.formed_on:
        reasons.append("施行日期早于成文日期")
    start = life.effective_on or life.formed_on
    if start and life.valid_to and life.valid_to < start:
        reasons.append("有效期在施行之前就已届满")
    return reasons


def last_day(start: date, years: int) -> date:
    """有效期至：the last of so many years from the first day in force.

    >>> last_day(date(2020, 1, 1), 5)
    datetime.date(2024, 12, 31)
    """
    if not 1 <= years <= 30:
        raise BadDate(f"有效期应在1至30年之间，不能是{years}年。")
    return add_months(start, 12 * years) - timedelta(days=1)


def due_warnings(valid_to: date, on: date, given: Iterable[int] = ()) -> list[int]:
    """该提醒的：which of the 12, 6, 3 and 1 months have begun by ``on`` and were not yet told.

    Of several that were missed only the nearest is still worth telling.
    """
    begun = [months for months in WARN_MONTHS if add_months(valid_to, -months) <= on <= valid_to]
    nearest = begun[-1:]
    return [months for months in nearest if months not in set(given)]


def is_provisional(title: str) -> bool:
    """暂行、试行：as the title says of itself."""
    return "暂行" in title or "试行" in title
