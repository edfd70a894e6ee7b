"""逐日说明：the strip of days that shows a person why a date is what it is.

Computed only when asked for, from the `Course` a replay leaves behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.articles import Article
from gongkai.law.calendar import CalendarDay, DayKind
from gongkai.law.course import CONSULTED, CORRECTED, PAYMENT, Course
from gongkai.law.terms import DAY_ZERO, ROLLING, Unit


class Mark(StrEnum):
    """日子的标记：what a day of the strip is to the clock."""

    ARRIVED = "到达"
    DAY_ZERO = "起算日"
    COUNTED = "计入"
    MAKE_UP = "调休上班，计入"
    WEEKEND = "周末"
    HOLIDAY = "放假"
    PAUSED = "征求意见，不计"
    STOPPED = "停止计算"
    UNCONFIRMED = "等待确认"
    ROLLED = "顺延"
    FIXED = "另定期限"
    AFTER = "期限之后"
    CLOSABLE = "可以办结"


#: 标记、说明、依据
Meaning = tuple[Mark, str, Article | str]

_COUNTED = (Mark.COUNTED, Mark.MAKE_UP)
_WAITS = {CORRECTED: "等待申请人补正", PAYMENT: "等待申请人缴费"}
#: 国家机关、事业单位星期六和星期日为周休息日（国务院令第174号）
DAY_OF_REST = "《国务院关于职工工作时间的规定》第七条"


@dataclass(frozen=True, slots=True)
class Day:
    """一日：``number`` is the running number of a counted day, else None.

    ``note`` says more where there is more to say; ``basis`` is the article or notice that makes the
    day what it is. ``due`` marks the last day in time.
    """

    on: date
    mark: Mark
    number: int | None
    note: str
    basis: str
    due: bool = False
    provisional: bool = False

    @property
    def counts(self) -> bool:
        """是否计入期限。"""
        return self.mark in _COUNTED


def days(course: Course, due: int | None) -> Iterator[Day]:
    """逐日说明：every day from arrival to ``due`` (an ordinal), or as far as things have gone."""
    starts = {run.day0 for run in course.runs}
    number = 0
    for ordinal in range(course.ledger.received.toordinal(), _last(course, due) + 1):
        known = course.calendar.day(date.fromordinal(ordinal))
        mark, note, basis = _meaning(course, known, ordinal, due)
        if ordinal in starts:
            number = 0
        counts = mark in _COUNTED
        number += counts
        yield Day(
            known.on,
            mark,
            number if counts else None,
            note,
            str(basis),
            due=ordinal == due,
            provisional=known.provisional,
        )


def _last(course: Course, due: int | None) -> int:
    """The due day if there is one, and later days on which something is to be seen."""
    if course.closable is not None:
        return course.closable
    day0 = course.runs[-1].day0
    seen = course.asof if due is None or course.ended is None else due
    return max(due or seen, seen, day0, course.answered or day0)


def _meaning(course: Course, known: CalendarDay, ordinal: int, due: int | None) -> Meaning:
    """What this day is to the clock; what stands first outranks what follows."""
    return (
        _at_a_start(course, ordinal)
        or _out_of_count(course, ordinal, due)
        or (
            _of_rest_or_work(course, known, ordinal)
            if course.ledger.term.unit is Unit.WORKING_DAYS
            else _of_calendar_days(course, known, ordinal)
        )
    )


def _at_a_start(course: Course, ordinal: int) -> Meaning | None:
    """Arrival, the wait for confirmation, and day 0 of every run."""
    for run in course.runs:
        if ordinal == run.day0:
            first = run is course.runs[0]
            what = f"{course.ledger.term.starts}之日" if first else "期限自次日起重新计算"
            return Mark.DAY_ZERO, f"{what}，当日不计入（{DAY_ZERO}）", run.basis
        if run.arrived <= ordinal < run.day0:
            mark = Mark.ARRIVED if ordinal == run.arrived else Mark.UNCONFIRMED
            return mark, "尚未与申请人确认收到", run.basis
    return None


def _out_of_count(course: Course, ordinal: int, due: int | None) -> Meaning | None:
    """Stopped, over, or on a date fixed otherwise."""
    waits = [stop for stop in course.stops if stop.covers(ordinal)]
    if ordinal == course.closable and course.ended is not None:
        return Mark.CLOSABLE, course.ended, waits[0].basis if waits else course.runs[-1].basis
    if waits:
        return Mark.STOPPED, _WAITS[waits[0].basis], waits[0].basis
    if due is not None and ordinal > due:
        return Mark.AFTER, "期限已经届满", course.ledger.term.article
    if ordinal == course.fixed:
        return Mark.FIXED, "另行确定的答复期限", course.fixed_by or course.runs[-1].basis
    return None


def _of_calendar_days(course: Course, known: CalendarDay, ordinal: int) -> Meaning:
    """A period in days, months or years counts days of rest too, unless they are the last."""
    if ordinal <= course.nominal():
        return Mark.COUNTED, known.name, course.ledger.term.article
    return Mark.ROLLED, "最后一日是休息日，期限顺延", ROLLING


def _of_rest_or_work(course: Course, known: CalendarDay, ordinal: int) -> Meaning:
    """A period in working days."""
    if not known.counts:
        mark = Mark.WEEKEND if known.kind is DayKind.WEEKEND else Mark.HOLIDAY
        return mark, known.name, known.basis or DAY_OF_REST
    if _is_paused(course, ordinal):
        return Mark.PAUSED, "等待意见", CONSULTED
    if known.kind is DayKind.MAKE_UP:
        return Mark.MAKE_UP, known.name, known.basis
    return Mark.COUNTED, known.name, known.basis or course.ledger.term.article


def _is_paused(course: Course, ordinal: int) -> bool:
    position = course.calendar.position(ordinal)
    return any(
        since < position and (until is None or position <= until)
        for since, until in course.paused(course.asof)
    )
