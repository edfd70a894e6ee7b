"""受查文字：one document as the rules see it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from gongkai.screening.finding import Hit
from gongkai.screening.fold import Folded, flow, fold
from gongkai.screening.written import Written, written_dates

_TITLE: Final = re.compile(r"政府信息公开(?:工作)?\s*年度?\s*报告")
_TITLE_YEAR: Final = re.compile(rf"(20[0-9]{{2}})\s*年度?[^。，；]{{0,16}}?{_TITLE.pattern}")
_LONG_LINE: Final = 1_000  # a whole document may stand on one line
_MARKS: Final = re.compile("[*×●•xX住户址室男女密]")
_NUMERAL: Final = "[一二三四五六七八九十百零]{1,6}"
# A pattern that begins with a literal is looked for ten times as fast as one that begins with "^".
_HEADING: Final = re.compile(
    rf"\n[ \t\u3000#*]*(?:第(?P<chapter>{_NUMERAL})[章编](?=[ \t\u3000]+\S)"
    rf"|第{_NUMERAL}[条节]|(?P<heading>{_NUMERAL})、|[（(](?P<subheading>{_NUMERAL})[）)])"
)
_LONG_NUMBER: Final = re.compile(r"[0-9][0-9 -]{9,}[0-9Xx]?")


class Heading(NamedTuple):
    """行首序号：``level`` is chapter, heading or subheading; ``None`` for an article, 第几条."""

    level: str | None
    numeral: str
    start: int
    end: int


def _at(found: re.Match[str]) -> tuple[int, int]:
    start, end = found.span(found.lastgroup or 0)
    return start - 1, end - 1  # a line end was put before the text


@dataclass(frozen=True)
class Page:
    """受查文字：the original, its folded form, and what is known about it.

    ``year`` is the year the text speaks of (of an annual report, the year reported); where it is
    not given it is read from the title of an annual report, else it is ``None``, and the rules
    that need it keep silent.
    """

    original: str
    stated_year: int | None = None
    stated_region: str | None = None

    @cached_property
    def folded(self) -> Folded:
        """归一后的文字，连同回到原文的路。"""
        return fold(self.original)

    @cached_property
    def text(self) -> str:
        """归一后的文字：what rules look at."""
        return self.folded.text

    @cached_property
    def flow(self) -> Folded:
        """连排后的文字：for rules on wording, which must read across the width of a page."""
        return flow(self.text)

    @cached_property
    def year(self) -> int | None:
        """所述年份：as stated, or as the title of an annual report states it."""
        if self.stated_year is not None:
            return self.stated_year
        title = _TITLE_YEAR.search(self.text[:2_000])
        return int(title[1]) if title else None

    @cached_property
    def is_annual_report(self) -> bool:
        """是否政府信息公开工作年度报告。"""
        return bool(_TITLE.search(self.text[:2_000]))

    @cached_property
    def long_numbers(self) -> list[re.Match[str]]:
        """长号码：runs of ten digits and more, grouped by blanks or dashes or not."""
        return list(_LONG_NUMBER.finditer(self.text))

    def marks(self, chars: str) -> Iterator[int]:
        """记号：where any of these characters stands; they must be among those looked for."""
        found = [at for char in chars for at in self._marks.get(char, ())]
        return iter(found if len(chars) == 1 else sorted(found))

    @cached_property
    def _marks(self) -> dict[str, list[int]]:
        """Rare characters that several rules start from, found in one pass for all of them."""
        places: dict[str, list[int]] = defaultdict(list)
        for found in _MARKS.finditer(self.text):
            places[found[0]].append(found.start())
        return places

    @cached_property
    def headings(self) -> list[Heading]:
        """行首序号：第几章、一、（一）… at the head of a line, in order."""
        return [
            Heading(found.lastgroup, found[found.lastgroup or 0], *_at(found))
            for found in _HEADING.finditer("\n" + self.text)
        ]

    @cached_property
    def dates(self) -> list[Written]:
        """文中日期：every date, in order."""
        return written_dates(self.text)

    def before(self, at: int, length: int) -> str:
        """前文：up to ``length`` characters before ``at``, on the same line."""
        return self.text[max(0, at - length) : at].rpartition("\n")[2]

    def after(self, at: int, length: int) -> str:
        """后文：up to ``length`` characters from ``at``, on the same line."""
        return self.text[at : at + length].partition("\n")[0]

    def line(self, at: int) -> str:
        """所在行：the line around ``at``, a thousand characters of it each way at most."""
        start = self.text.rfind("\n", max(0, at - _LONG_LINE), at) + 1 or max(0, at - _LONG_LINE)
        end = self.text.find("\n", at, at + _LONG_LINE)
        return self.text[start : end if end >= 0 else at + _LONG_LINE]


def flowing(page: Page, hit: Hit) -> Hit:
    """A hit found in ``page.flow`` told in the offsets of ``page.text``."""
    start, end = page.flow.span(hit.start, hit.end)
    return Hit(start, end, hit.reason, hit.advice, hit.severity, hit.confidence, hit.shown)
