"""正文中的数：every number with a unit in a sentence, with how exactly it is meant.

Sentences come in squeezed: no spaces, digits half-width, book titles emptied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annual.model import Figure
from gongkai.errors import BadNumber
from gongkai.law.numerals import NUMERAL_CHARACTERS, parse_number

COUNT_UNITS = frozenset({"件", "份", "条", "宗", "起", "例", "个", "项", "次", "部", "人", "件次"})
_WAN = {"": 1, "万": 10**4, "亿": 10**8}

_NUMBER = re.compile(
    r"(?P<before>大?约|近|将近|超过|超|逾|不足|不到|至少|最多)?"
    rf"(?P<digits>\d+(?:\.\d+)?|[{NUMERAL_CHARACTERS}]+(?=(?:余|多)?(?:件|份|起|宗|例)))"
    r"(?P<more>余|多)?(?P<wan>万|亿)?(?P<more2>余|多)?"
    r"(?P<unit>件次|件|份|条|宗|起|例|个(?!工作日|月|季度|百分点|方面|部分)|项|次"
    r"|部(?!分|门)|人(?!民|大|均|员)|元|%)"
    r"(?P<after>以上|以下|以内|左右|事)?"
)


@dataclass(frozen=True, slots=True)
class Number:
    """数：a value with its unit, where it stands in the sentence, and how exact it claims to be."""

    value: Figure
    unit: str
    start: int
    end: int
    #: Decimal places as written, for comparing shares.
    places: int
    #: 余, 超: the true figure is not below; 近, 不足: not above; 约: either.
    low: Figure
    high: Figure

    @property
    def exact(self) -> bool:
        """Said without 约, 近, 余 and the like."""
        return self.low == self.high

    @property
    def is_share(self) -> bool:
        """A percentage."""
        return self.unit == "%"

    @property
    def is_money(self) -> bool:
        """A sum of money, in 元."""
        return self.unit == "元"

    def fits(self, figure: Figure) -> bool:
        """Whether the figure is what is said, within what is said of its exactness."""
        return self.low <= figure <= self.high

    def reaches(self, figure: Figure) -> bool:
        """Whether what is said may be as large as the figure."""
        return figure <= self.high


def find_numbers(sentence: str) -> list[Number]:
    """找数：the numbers of a sentence in order; 第3件 and 两件以上 count nothing."""
    found = []
    for match in _NUMBER.finditer(sentence):
        if match["after"] in ("以上", "以下", "以内", "事"):
            continue
        previous = sentence[match.start() - 1 : match.start()]
        if previous in ("第", "每", "—", "-", "~", "〔", ".") and not match["before"]:
            continue
        number = _read(match)
        if number is not None:
            found.append(number)
    return found


def _read(match: re.Match[str]) -> Number | None:
    digits = match["digits"]
    value: Figure
    if digits[0].isdigit():
        value = Decimal(digits) if "." in digits else int(digits)
    else:
        try:
            value = parse_number(digits)
        except BadNumber:
            return None
    places = len(digits.partition(".")[2])
    scale = _WAN[match["wan"] or ""]
    value = _whole(value * scale)
    unit = match["unit"]
    step = (_step(digits, places) if scale == 1 else Decimal(1).scaleb(-places)) * scale
    low: Figure = value
    high: Figure = value
    if match["more"] or match["more2"] or match["before"] in ("超", "超过", "逾", "至少"):
        high = value + step
    elif match["before"] in ("近", "将近", "不足", "不到", "最多"):
        low = value - step
    elif match["before"] or match["after"] == "左右":
        margin = max(step, Decimal(value) / 20)
        low, high = value - margin, value + margin
    elif scale > 1:  # 123万元 is what 123.45万元 is called, rounded or cut off
        low, high = value - step / 2, value + step
    return Number(value, unit, match.start(), match.end(), places, low, high)


def _step(digits: str, places: int) -> Decimal:
    """The size of the last digit that was not rounded away: 5500 → 100, 2.3 → 0.1."""
    if places:
        return Decimal(1).scaleb(-places)
    zeros = len(digits) - len(digits.rstrip("0")) if digits[0].isdigit() else 0
    return Decimal(10**zeros)


def _whole(value: Figure) -> Figure:
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value
