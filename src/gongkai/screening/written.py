"""写法：the ways a date or a number is written in Chinese prose, read back into values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

# Each begins with a single character class, which the engine scans for quickly.
_WRITTEN: Final = re.compile(
    r"([0-9][0-9]{3})[ ]?年[ ]?([0-9]{1,2})[ ]?月(?:[ ]?([0-9]{1,2})[ ]?[日号])?"
)
_DASHED: Final = re.compile(
    r"((?:19|20)[0-9]{2})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9A-Za-z_%]|[-/.][0-9A-Za-z])"
)
_IN_CHINESE: Final = re.compile(
    r"([一二][九〇○零0][〇○零0一二三四五六七八九]{2})年([一二三四五六七八九十]{1,3})月"
    r"([一二三四五六七八九十]{1,4})日"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it stands in the text; ``day`` is ``None`` where only a month is given."""

    start: int
    end: int
    year: int
    month: int
    day: int | None

    @property
    def sound(self) -> bool:
        """是否存在：whether there is such a day, or month."""
        return 1 <= self.month <= 12 and (self.day is None or self.as_date() is not None)

    def as_date(self) -> date | None:
        """日期：as a value, the first of the month where no day is given; ``None`` if unsound."""
        try:
            return date(self.year, self.month, self.day or 1)
        except ValueError:
            return None


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
    """文中日期：every date of the three usual spellings, in order."""
    dates = []
    for found in _WRITTEN.finditer(text):
        year, month, day = found.groups()
        dates.append(
            Written(*found.span(), int(year), int(month), None if day is None else int(day))
        )
    for found in _DASHED.finditer(text):
        before = text[max(0, found.start() - 1) : found.start()]
        # Part of a telephone number, a standard (GB 50016-2014-…), a version, an address.
        if before.isascii() and (before.isalnum() or before in set("-./_=")):
            continue
        if before in set("版本第"):
            continue
        year, _, month, day = found.groups()
        dates.append(Written(*found.span(), int(year), int(month), int(day)))
    if "年" in text:
        for found in _IN_CHINESE.finditer(text):
            numbers = [chinese_number(part) for part in found.groups()[1:]]
            year = "".join(
                str("〇一二三四五六七八九".index("〇" if char in "○零0" else char))
                for char in found[1]
            )
            month, day = (99 if number is None else number for number in numbers)
            dates.append(Written(*found.span(), int(year), month, day))
    return sorted(dates, key=lambda written: written.start)
