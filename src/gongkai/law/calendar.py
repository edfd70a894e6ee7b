"""工作日：which days count, asked of three layers: the nation, the office, and provisional years.

The notices of the State Council (放假通知) come with the package chinesecalendar, 2004 to 2026. An
office lays its own dated rows on top: holidays of an ethnic area, an emergency, next year's notice
on the day it appears. A year without a notice is computed from the fixed holidays and marked
provisional (暂定); it is never taken for known.

>>> china().nth_after(date(2026, 2, 10), 20)  # 春节 lies between
datetime.date(2026, 3, 16)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import accumulate, compress

from gongkai.errors import BadDate, BadInput
from gongkai.law import festivals
from gongkai.law.sheets import Row, read_rows

FIRST = date(2004, 1, 1)
LAST = date(festivals.LAST_YEAR, 12, 31)
_FIRST = FIRST.toordinal()
_SIZE = LAST.toordinal() - _FIRST + 1
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)", re.ASCII
)
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日",
}
# Days a later notice arranged anew: year and holiday, first and last day, the notice.
_SPECIAL_NOTICES = {
    (2015, _NAMES["Anti-Fascist 70th Day"]): (
        date(2015, 9, 3),
        date(2015, 9, 6),
        "国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知",
    ),
    (2019, "劳动节"): (
        date(2019, 4, 28),
        date(2019, 5, 5),
        "国务院办公厅关于调整2019年劳动节假期安排的通知",
    ),
    (2020, "春节"): (
        date(2020, 1, 31),
        date(2020, 2, 2),
        "国务院办公厅关于延长2020年春节假期的通知",
    ),
}


def parse_date(text: str) -> date:
    """日期：2025-03-03, 2025/3/3 or 2025年3月3日; anything else, or no such day, is BadDate.

    >>> parse_date("2025年3月3日")
    datetime.date(2025, 3, 3)
    """
    text = text.strip()
    found = _DATE.fullmatch(text)
    if found is None:
        raise BadDate(f"“{text[:40]}”不是日期，应当如“2025-03-03”")
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        raise BadDate(f"没有{text}这一天") from None


class DayKind(StrEnum):
    """日子的种类：why a day counts or does not."""

    WORKING = "工作日"
    MAKE_UP = "调休上班"
    WEEKEND = "周末"
    HOLIDAY = "放假"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """某日：what the calendar knows of one day.

    ``name`` is the holiday it belongs to, or is made up for; empty on plain days. ``basis`` is the
    notice, article or row of the office that says so; empty on plain days. ``provisional`` while
    the yearly notice is not loaded.
    """

    on: date
    kind: DayKind
    name: str = ""
    basis: str = ""
    provisional: bool = False

    @property
    def counts(self) -> bool:
        """计入期限：True for a working day, made up or plain."""
        return self.kind in (DayKind.WORKING, DayKind.MAKE_UP)


class OverrideKind(StrEnum):
    """放假安排的种类：the ``kind`` column of an office's own file, in English or Chinese."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"
    #: the year of this date is complete: its yearly notice is loaded
    NOTICE = "notice"


_OVERRIDE_WORDS = {
    **{kind.value: kind for kind in OverrideKind},
    **dict.fromkeys(("放假", "休息", "休假", "调休放假", "节假日"), OverrideKind.HOLIDAY),
    **dict.fromkeys(("上班", "补班", "调休上班", "工作日"), OverrideKind.WORKDAY),
    **dict.fromkeys(("年度通知", "通知"), OverrideKind.NOTICE),
}


@dataclass(frozen=True, slots=True)
class Override:
    """放假安排：one dated row of an office, with the document that says so.

    A row of kind NOTICE declares that the whole year of its date is known, ``basis`` being the
    number of the notice (国办发明电…); the year is then no longer provisional.
    """

    on: date
    kind: OverrideKind
    basis: str


def read_overrides(data: bytes | str) -> tuple[Override, ...]:
    """读取放假安排：a CSV of the columns date, kind, basis (日期, 种类, 依据).

    UTF-8 with or without BOM, or GBK. A bad row is BadInput or BadDate, naming its line; so are two
    rows that say different things of the same day.
    """
    names = {"date": ("日期",), "kind": ("种类", "类型"), "basis": ("依据",)}
    said: dict[date, tuple[Override, int]] = {}
    found = []
    for row in read_rows(data, names):
        override = _read_override(row)
        found.append(override)
        if override.kind is OverrideKind.NOTICE:
            continue
        earlier, line = said.setdefault(override.on, (override, row.line))
        if earlier.kind is not override.kind:
            raise BadInput(f"第{row.line}行与第{line}行对{override.on}的安排相反，请核对")
    return tuple(found)


def _read_override(row: Row) -> Override:
    try:
        on = parse_date(row["date"])
        _position_of(on)
    except BadDate as problem:
        raise BadDate(f"第{row.line}行：{problem}") from None
    kind = _OVERRIDE_WORDS.get(row["kind"].lower())
    if kind is None:
        raise BadInput(
            f"第{row.line}行：种类“{row['kind'][:20]}”不认识，应当是“放假”“上班”或“年度通知”"
        )
    if not row["basis"]:
        raise BadInput(f"第{row.line}行：没有写依据，请填文件名称或者文号")
    return Override(on, kind, row["basis"])


@dataclass(frozen=True, slots=True)
class _Said:
    """What some layer says of one day."""

    counts: bool
    name: str
    basis: str


class Calendar:
    """工作日历：an immutable table of working days, 2004-01-01 to the last year of festivals.

    Every question is a look-up: ``counts[i]`` is the number of working days among the first i + 1
    days, ``working[n]`` the ordinal of the working day number n. Days outside the table are refused
    with BadDate.
    """

    def __init__(self, said: Mapping[int, _Said], notices: Mapping[int, str]) -> None:
        self._said = dict(said)
        self._notices = dict(notices)
        works = bytearray(_SIZE)
        for weekday in range(5):
            start = (weekday - FIRST.weekday()) % 7
            works[start::7] = b"\x01" * len(range(start, _SIZE, 7))
        for ordinal, one in self._said.items():
            works[ordinal - _FIRST] = one.counts
        self._works = bytes(works)
        self._counts = list(accumulate(works))
        self._working = list(compress(range(_FIRST, _FIRST + _SIZE), works))
        unknown = [year for year in range(FIRST.year, LAST.year + 1) if year not in self._notices]
        self._unknown = frozenset(unknown)
        self._sure_until = date(unknown[0], 1, 1).toordinal() if unknown else _FIRST + _SIZE

    @property
    def noticed_years(self) -> tuple[int, ...]:
        """已载入通知的年份：the years whose holidays are known."""
        return tuple(sorted(self._notices))

    def with_overrides(self, overrides: Iterable[Override]) -> Calendar:
        """叠加本机关的安排：a new calendar with these rows on top; a later row outranks."""
        said, notices = dict(self._said), dict(self._notices)
        for one in overrides:
            ordinal = _position_of(one.on) + _FIRST
            if one.kind is OverrideKind.NOTICE:
                notices[one.on.year] = one.basis
            else:
                name = said[ordinal].name if ordinal in said else ""
                said[ordinal] = _Said(one.kind is OverrideKind.WORKDAY, name, one.basis)
        return Calendar(said, notices)

    def day(self, on: date) -> CalendarDay:
        """某日：its kind, the holiday it belongs to, the document that says so."""
        counts = bool(self._works[_position_of(on)])
        said = self._said.get(on.toordinal())
        weekend = on.weekday() > 4
        if counts:
            kind = DayKind.MAKE_UP if weekend else DayKind.WORKING
        else:
            kind = DayKind.WEEKEND if weekend and said is None else DayKind.HOLIDAY
        provisional = on.year in self._unknown
        if said is None:
            return CalendarDay(on, kind, provisional=provisional)
        return CalendarDay(on, kind, said.name, said.basis, provisional)

    def is_working(self, on: date) -> bool:
        """是否工作日。"""
        return bool(self._works[_position_of(on)])

    def nth_after(self, on: date, n: int) -> date:
        """其后第n个工作日：the day itself is not counted（民法典第二百零一条）; n of 0 or more.

        ``nth_after(day, 0)`` is the last working day up to ``day``.
        """
        return date.fromordinal(self.at(self.position(on.toordinal()) + n))

    def working_days(self, after: date, until: date) -> int:
        """工作日数：working days in (after, until]; 0 when ``until`` is not later."""
        return max(0, self.position(until.toordinal()) - self.position(after.toordinal()))

    def roll(self, on: date) -> date:
        """顺延：the day itself if it is a working day, else the next one（民法典第二百零三条）."""
        return on if self.is_working(on) else self.nth_after(on, 1)

    def is_provisional(self, first: date, last: date) -> bool:
        """是否暂定：True when a year between the two days has no notice yet."""
        return not self._unknown.isdisjoint(range(first.year, last.year + 1))

    # For the clock, which counts in ordinals (date.toordinal) and in positions: the position of a
    # day is the number of working days up to and including it.

    def position(self, ordinal: int) -> int:
        """位次：how many working days of the table lie up to this ordinal."""
        at = ordinal - _FIRST
        if 0 <= at < _SIZE:
            return self._counts[at]
        raise _outside(ordinal)

    def at(self, position: int) -> int:
        """某位次的工作日：the ordinal of the working day with this position."""
        if 0 < position <= len(self._working):
            return self._working[position - 1]
        raise _outside(_FIRST - 1 if position <= 0 else _FIRST + _SIZE)

    def is_sure(self, ordinal: int) -> bool:
        """无暂定之虞：True when no provisional day lies up to this ordinal."""
        return ordinal < self._sure_until


def _position_of(on: date) -> int:
    at = on.toordinal() - _FIRST
    if 0 <= at < _SIZE:
        return at
    raise _outside(on.toordinal())


def _outside(ordinal: int) -> BadDate:
    when = date.fromordinal(ordinal)
    return BadDate(f"{when}超出可以计算的范围（{FIRST}至{LAST}）")


@cache
def china() -> Calendar:
    """全国日历：the notices of the State Council, and provisional years after the last of them."""
    # No stubs, and 20 ms to import: only when a calendar is wanted.
    from chinese_calendar.constants import holidays, workdays  # type: ignore[import-untyped]

    said = {}
    for counts, days in ((False, holidays), (True, workdays)):
        for day, english in days.items():
            name = _NAMES.get(english, english)
            said[day.toordinal()] = _Said(counts, name, _arranged_by(day, name))
    noticed = {day.year for day in holidays}
    for year in range(max(noticed) + 1, LAST.year + 1):
        for day, name in festivals.statutory_holidays(year).items():
            said[day.toordinal()] = _Said(False, name, str(festivals.BASIS))
    return Calendar(said, {year: _notice(year) for year in sorted(noticed)})


def _arranged_by(day: date, name: str) -> str:
    """The notice behind this day; the last days of December belong to next year's."""
    if special := _SPECIAL_NOTICES.get((day.year, name)):
        first, last, title = special
        if first <= day <= last:
            return title
    next_year = day.month == 12 and name == "元旦"
    return _notice(day.year + next_year)


def _notice(year: int) -> str:
    return f"国务院办公厅关于{year}年部分节假日安排的通知"
