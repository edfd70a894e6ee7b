"""日期：days that do not exist, weekdays that do not fit, periods that run backwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongkai.screening.finding import Category, Hit, Severity
from gongkai.screening.page import Page
from gongkai.screening.rule import Rule

_WEEKDAYS: Final = "一二三四五六日"
_WEEKDAY: Final = re.compile(
    r"[ ]?[（(]?[ ]?(?:星期|周|礼拜)([一二三四五六日天])(?![一二三四五六日天至到、期年岁])"
)
_UNTIL: Final = re.compile(r"[日号]?[ ]?(?:[-—–~～]{1,2}|至|到)[ ]?")


def impossible_dates(page: Page) -> Iterator[Hit]:
    """不存在的日期：2月30日、13月、平年的2月29日；年月日、短横和汉字写法都查，没有年份的也查。"""
    for written in page.dates:
        if written.sound:
            continue
        quote = page.text[written.start : written.end]
        dotted = "." in quote or "/" in quote
        yield Hit(
            written.start,
            written.end,
            f"没有“{quote}”这{'一天' if written.day is not None else '个月份'}",
            "请核对原件后改正",
            Severity.WARNING if dotted else None,
            0.7 if dotted else 0.97,
        )


def wrong_weekdays(page: Page) -> Iterator[Hit]:
    """日期与星期不符：年月日之后注明的星期，与历法推算的不同。"""
    for written in page.dates:
        day = written.as_date()
        if day is None or written.day is None:
            continue
        named = _WEEKDAY.match(page.text, written.end)
        if named is None:
            continue
        stated = _WEEKDAYS.index("日" if named[1] == "天" else named[1])
        if stated != day.weekday():
            yield Hit(
                written.start,
                named.end(1),
                f"{day.year}年{day.month}月{day.day}日是星期{_WEEKDAYS[day.weekday()]}，"
                f"文中写作星期{_WEEKDAYS[stated]}",
                "请核对是日期有误还是星期有误",
                confidence=0.97,
            )


def reversed_periods(page: Page) -> Iterator[Hit]:
    """起止颠倒：“甲日至乙日”，两端都写明年份而乙日早于甲日。"""
    for first, second in zip(page.dates, page.dates[1:], strict=False):
        begin, end = first.as_date(), second.as_date()
        if begin is None or end is None or (first.day is None) != (second.day is None):
            continue
        between = page.text[first.end : second.start]
        if end < begin and len(between) <= 4 and _UNTIL.fullmatch(between):
            yield Hit(
                first.start,
                second.end,
                f"截止日期{end.isoformat()}早于起始日期{begin.isoformat()}",
                "请核对起止日期",
                confidence=0.9,
            )


RULES: Final = (
    Rule("D-01", Category.DATE, Severity.ERROR, impossible_dates),
    Rule("D-02", Category.DATE, Severity.ERROR, wrong_weekdays),
    Rule("D-03", Category.DATE, Severity.ERROR, reversed_periods),
)
