"""写法：the ways a date or a number is written in Chinese prose, read back into values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

_DIGITS: Final = re.compile("[0-9][0-9]*")
_WRITTEN: Final = re.compile(
    r"([0-9]{4})[ ]?年[ ]?([0-9]{1,2})[ ]?月(?:[ ]?([0-9]{1,2})[ ]?[日号])?"
)
_DASHED: Final = re.compile(
    r"((?:19|20)[0-9]{2})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9A-Za-z_%]|[-/.][0-9A-Za-z])"
)
_NO_YEAR: Final = re.compile(r"([0-9]{1,2})月([0-9]{1,2})[日号]")
_IN_CHINESE: Final = re.compile(
    r"([一二][九〇○零0][〇○零0一二三四五六七八九]{2})年([一二三四五六七八九十]{1,3})月"
    r"([一二三四五六七八九十]{1,4})日"
)


_LONGEST: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Written:
    """写明的日期：where it stands, and its parts; ``None`` for a year or day not given."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None

    @property
    def sound(self) -> bool:
        """是否存在：whether there is such a day, or month, in that year or in some year."""
        if not 1 <= self.month <= 12:
            return False
        if self.year is None:
            return self.day is None or 1 <= self.day <= _LONGEST[self.month - 1]
        return self.as_date() is not None

    def as_date(self) -> date | None:
        """日期：as a value, the first of the month where no day is given.

        ``None`` where there is no such day, or no year is given.
        """
        if self.year is None:
            return None
        try:
            return date(self.year, self.month, 1 if self.day is None else self.day)
        except ValueError:
            return None


@cache
def chinese_number(numeral: str) -> int | None:
    """汉字数目：一 to 九十九, as a number; ``None`` where the numeral is not well formed.

    >>> chinese_number("十"), chinese_number("二十三"), chinese_number("三十")
    (10, 23, 30)
    """
    digits = "零一二三四五六七八九"
    tens, ten, ones = numeral.rpartition("十")
    if ones not in digits or tens not in digits or (ten == "" and not ones):
        return None
    if not ten:
        return digits.index(ones)
    return 10 * (digits.index(tens) if tens else 1) + (digits.index(ones) if ones else 0)


def written_dates(text: str) -> list[Written]:
    """文中日期：every date of the usual spellings, in order.

    ``2024年3月5日``, ``2024年3月``, ``3月5日``, ``2024-03-05`` with ``-``, ``/`` or ``.``, and
    ``二〇二四年三月五日``. One pass finds the digits; what follows tells which spelling to try.
    """
    dates = []
    end = 0
    for digits in _DIGITS.finditer(text):
        start = digits.start()
        if start < end:
            continue
        follows = text[digits.end() : digits.end() + 1]
        written = None
        if digits.end() - start == 4 and follows in "年 -/.":
            written = _dashed(text, start) if follows in "-/." else _with_year(text, start)
        elif digits.end() - start <= 2 and follows == "月":
            written = _without_year(text, start)
        if written is not None:
            end = written.end
            dates.append(written)
    for found in _IN_CHINESE.finditer(text):
        month, day = (chinese_number(part) or 99 for part in found.groups()[1:])
        year = "".join(str(max("〇一二三四五六七八九".find(char), 0)) for char in found[1])
        dates.append(Written(*found.span(), int(year), month, day))
    return sorted(dates, key=lambda written: written.start)


def _with_year(text: str, start: int) -> Written | None:
    found = _WRITTEN.match(text, start)
    if found is None:
        return None
    year, month, day = found.groups()
    return Written(*found.span(), int(year), int(month), None if day is None else int(day))


def _dashed(text: str, start: int) -> Written | None:
    found = _DASHED.match(text, start)
    before = text[max(0, start - 1) : start]
    # Part of a telephone number, a standard (GB 50016-2014-…), a version, an address.
    part = before.isascii() and (before.isalnum() or before in set("-./_="))
    if found is None or part or before in set("版本第"):
        return None
    return Written(*found.span(), int(found[1]), int(found[3]), int(found[4]))


def _without_year(text: str, start: int) -> Written | None:
    found = _NO_YEAR.match(text, start)
    if found is None or text[max(0, start - 1) : start] in {".", "年", "个"}:
        return None
    return Written(*found.span(), None, int(found[1]), int(found[2]))
