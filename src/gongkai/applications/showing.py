"""说给人看：the clock in words and days, for the pages of the desk and of the applicant alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.law.clock import Standing
from gongkai.law.strip import Day, Mark

_KINDS = {
    Mark.ARRIVED: "start",
    Mark.DAY_ZERO: "start",
    Mark.COUNTED: "counted",
    Mark.MAKE_UP: "makeup",
    Mark.WEEKEND: "holiday",
    Mark.HOLIDAY: "holiday",
    Mark.PAUSED: "paused",
    Mark.STOPPED: "paused",
    Mark.UNCONFIRMED: "paused",
    Mark.ROLLED: "counted",
}
#: What fits into a box of the strip.
_SHORT = {
    Mark.MAKE_UP: "调休上班",
    Mark.PAUSED: "征求意见",
    Mark.STOPPED: "停止计算",
    Mark.UNCONFIRMED: "待确认",
    Mark.FIXED: "另定期限",
    Mark.AFTER: "已届满",
    Mark.CLOSABLE: "可办结",
}


@dataclass(frozen=True, slots=True)
class Box:
    """日条的一格：as ``{% strip %}`` draws it."""

    date: date
    kind: str
    number: int | None
    text: str


#: Of the days after the last day in time so many are drawn; the rest say nothing new.
_AFTERMATH = 5


def boxes(standing: Standing) -> list[Box]:
    """日条：every day of the clock, a box each; of the days after it only the first few."""
    drawn: list[Box] = []
    after = 0
    for day in standing.days():
        after = after + 1 if day.mark is Mark.AFTER else 0
        if after <= _AFTERMATH:
            drawn.append(_box(day))
    return drawn


def _box(day: Day) -> Box:
    word = _SHORT.get(day.mark, day.mark.value)
    if day.mark is Mark.HOLIDAY and day.note:
        word = day.note
    if day.due:
        word = f"{word}·期限" if day.mark is not Mark.FIXED else word
    return Box(day.on, "due" if day.due else _KINDS.get(day.mark, "plain"), day.number, word)


@dataclass(frozen=True, slots=True)
class Stretch:
    """一段日子：neighbouring days that are the same to the clock, and why."""

    first: date
    last: date
    word: str
    note: str
    basis: str
    counted: int


def stretches(standing: Standing) -> Iterator[Stretch]:
    """逐段说明：the same as the strip for whoever reads rather than looks."""
    held: list[Day] = []
    for day in standing.days():
        if held and _same(held[-1]) != _same(day):
            yield _stretch(held)
            held = []
        held.append(day)
    if held:
        yield _stretch(held)


def _same(day: Day) -> tuple[str, str, str]:
    return day.mark.value, day.note, day.basis


def _stretch(days: list[Day]) -> Stretch:
    first = days[0]
    counted = sum(day.counts for day in days)
    return Stretch(first.on, days[-1].on, first.mark.value, first.note, first.basis, counted)


def left(due: date | None, today: date) -> tuple[str, str]:
    """还有几天：in words and a tone; empty where no day runs."""
    if due is None:
        return "", "plain"
    days = (due - today).days
    if days < 0:
        return f"已逾期{-days}天", "bad"
    if days == 0:
        return "今天到期", "bad"
    return f"还有{days}天", "warn" if days <= 3 else "good"
