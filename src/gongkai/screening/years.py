"""年份：years that contradict the plan, the congress or the report they are said of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongkai.screening.finding import Category, Hit, Severity
from gongkai.screening.page import Page
from gongkai.screening.rule import Rule
from gongkai.screening.written import chinese_number

_TENTH_PLAN: Final = 2001  # “十五”; each plan after it has five years, without a gap

_PLAN_SPAN: Final = re.compile(
    r"(十[一二三四五六])五[”\"]?[^。；，、（(“\n]{0,10}"
    r"[（(][ ]?(20[0-9]{2})年?[ ]?(?:[-—–~～]{1,2}|至)[ ]?(20[0-9]{2})年?[ ]?[）)]"
)
_PLAN_YEAR: Final = re.compile(
    r"(20[0-9]{2})年[，,]?[ ]?(?:既)?是[“\"](十[一二三四五六])五[”\"](?:规划)?(?:时期)?的?"
    r"(开局|起步|收官|最后)(?:之|一)?年"
)
_CONGRESS: Final = re.compile(
    r"(19[5-9][0-9]|20[0-9]{2})年([0-9]{1,2})月(?:[0-9]{1,2}日)?，?[ ]?(?:经|由)?"
    r"第?([一二三四五六七八九十]{1,3})届全国人民代表大会(?:第([一二三四五])次会议|常务委员会第)"
)
_CITED: Final = re.compile(r"〔(20[0-9]{2})〕[0-9]{1,5}号")
_PLANNED: Final = re.compile(
    r"(?<![0-9])(20[0-9]{2})年(?:度)?[，,]?[ ]?[\u4e00-\u9fff]{0,8}?"
    r"(?:将|拟|力争|加大|加强|继续|进一步|着力|深入|持续|重点)(?![\u4e00-\u9fff]{0,6}了)"
)
_PROBLEMS: Final = re.compile(r"五、存在的?(?:主要)?(?:问题|不足)")
_PLANS: Final = re.compile(
    r"(?<![及和与、])(?:改进(?:情况|措施|方向|举措)|整改(?:情况|措施)|下一步|工作打算|努力方向)"
)
_SIXTH_PART: Final = re.compile(r"六[、.]其他需要报告")
_PERIOD: Final = re.compile(
    r"(?:统计(?:期限|时限|时间|周期)|所列数据)[^。\n]{0,16}?(20[0-9]{2}) ?年 ?1 ?月 ?1 ?日"
    r"[^。\n]{0,4}?(?:(20[0-9]{2}) ?年)? ?12 ?月 ?31 ?日"
)


def plan_years(page: Page) -> Iterator[Hit]:
    """规划期年份不符：“十四五”是2021—2025年，每个五年规划五年，“十五”自2001年起。

    查括注的起止年份，以及“某年是‘十四五’开局（收官）之年”。
    """
    for found in _PLAN_SPAN.finditer(page.text):
        first = _plan_start(found[1])
        if (int(found[2]), int(found[3])) != (first, first + 4):
            yield Hit(
                *found.span(),
                f"“{found[1]}五”时期是{first}—{first + 4}年，文中写作{found[2]}—{found[3]}年",
                "请核对规划名称与年份",
                confidence=0.85,
            )
    for found in _PLAN_YEAR.finditer(page.text):
        first = _plan_start(found[2])
        expected = first if found[3] in ("开局", "起步") else first + 4
        if int(found[1]) != expected:
            yield Hit(
                *found.span(),
                f"“{found[2]}五”的{found[3]}之年是{expected}年，文中写作{found[1]}年",
                "请核对规划名称与年份",
            )


def _plan_start(numeral: str) -> int:
    number = chinese_number(numeral)
    assert number is not None, numeral
    return _TENTH_PLAN + 5 * (number - 10)


def congress_years(page: Page) -> Iterator[Hit]:
    """届次与年份不符：全国人民代表大会自九届（1998年）起每届五年、每年三月开一次会；

    “某年某月某日第几届全国人民代表大会第几次会议”或者其常务委员会会议，年份不在该届之内的。
    """
    if "届全国人民代表大会" not in page.text:
        return
    for found in _CONGRESS.finditer(page.text):
        term = chinese_number(found[3])
        if term is None or not 9 <= term <= 20:
            continue
        year, month = int(found[1]), int(found[2])
        first = 1998 + 5 * (term - 9)
        if found[4]:
            held = first + "一二三四五".index(found[4])
            sound = year == held
            expected = f"{held}年召开"
        else:
            # 常务委员会 sits until the next congress first meets, in March of the sixth year.
            sound = (first, 3) <= (year, month) <= (first + 5, 3)
            expected = f"任期为{first}年3月至{first + 5}年3月"
        if not sound:
            yield Hit(
                *found.span(),
                f"第{found[3]}届全国人民代表大会{'该次会议' if found[4] else ''}{expected}，"
                f"文中写作{year}年{month}月",
                "请核对届次与年份",
                confidence=0.9,
            )


def cited_too_late(page: Page) -> Iterator[Hit]:
    """文号年份晚于本文：引用的发文字号，年份晚于本文所述年份的次年（需要知道本文年份）。"""
    if page.year is None:
        return
    for found in _CITED.finditer(page.text):
        if int(found[1]) > page.year + 1:
            yield Hit(
                *found.span(),
                f"本文说的是{page.year}年，却引用了{found[1]}年的文件",
                "请核对发文字号的年份",
                confidence=0.8,
            )


def last_years_text(page: Page) -> Iterator[Hit]:
    """沿用上年文本：某年度的报告里，下一步打算写在该年或者更早的年份（应为次年）；

    统计期限不是报告所述年份（需要知道本文年份）。
    """
    if page.year is None:
        return
    for found in _PERIOD.finditer(page.text):
        years = {int(year) for year in found.groups() if year}
        if years != {page.year}:
            yield Hit(
                found.start(1),
                found.end(),
                f"本文是{page.year}年度的，统计期限却写作“{found[0][found[0].index(found[1]) :]}”",
                "请核对统计期限",
                Severity.ERROR,
                0.9,
            )
    start = _improvement_starts(page)
    if start is None:
        return
    for found in _PLANNED.finditer(page.text, start):
        if int(found[1]) <= page.year:
            yield Hit(
                found.start(1),
                found.end(),
                f"{page.year}年度的报告，下一步打算却写在{found[1]}年，像是沿用了上年文本",
                f"请核对，下一步工作一般写“{page.year + 1}年”",
                confidence=0.75,
            )


def _improvement_starts(page: Page) -> int | None:
    """Where the part on problems begins to speak of what will be done about them."""
    problems = _PROBLEMS.search(page.text)
    if problems is None:
        return None
    end = _SIXTH_PART.search(page.text, problems.end())
    plans = _PLANS.search(page.text, problems.end(), end.start() if end else len(page.text))
    return plans.end() if plans else None


RULES: Final = (
    Rule("D-04", Category.DATE, Severity.WARNING, plan_years),
    Rule("D-05", Category.DATE, Severity.WARNING, congress_years),
    Rule("D-06", Category.DATE, Severity.WARNING, cited_too_late),
    Rule("D-07", Category.DATE, Severity.WARNING, last_years_text),
)
