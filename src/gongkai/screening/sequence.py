"""序号：numbered points that skip one or come twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongkai.screening.finding import Category, Hit, Severity
from gongkai.screening.page import Page
from gongkai.screening.rule import Rule
from gongkai.screening.written import chinese_number

_POINT: Final = re.compile(r"([一二三四五六七八九十])[是要](?![否非])")
_BEFORE_POINT: Final = frozenset("。；;：:，,\n\t \u3000）)")

# The rows of the statutory tables are numbered too, and PDF text loses some of them.
_ROW: Final = re.compile(r"\s*(?:本\s*年|上年|结转)")

_FAR: Final = 3  # lines between two points of one list
_ADVICE: Final = "请核对是漏了内容还是序号有误"


def points(page: Page) -> Iterator[Hit]:
    """并列序号跳号：“一是……二是……三是……”缺了一项或者重了一项；“一要……二要……”同。"""
    if "一是" not in page.text and "一要" not in page.text:
        return
    lists = _Lists()
    last_end = 0
    for found in _POINT.finditer(page.text):
        if page.text[max(0, found.start() - 1) : found.start()] not in _BEFORE_POINT:
            continue
        if page.text.count("\n", last_end, found.start()) > _FAR:
            lists.close()
        last_end = found.end()
        number = "一二三四五六七八九十".index(found[1]) + 1
        if wrong := lists.broken_by(number, found[0]):
            yield Hit(*found.span(), f"并列{wrong}", _ADVICE, confidence=0.75)


def chapters(page: Page) -> Iterator[Hit]:
    """章号错位：“第一章、第二章……”跳号或者重复。"""
    yield from _broken(page, "chapter", "第{}章", outer=())


def headings(page: Page) -> Iterator[Hit]:
    """标题序号错位：行首的“一、二、三、”跳号或者重复；年报表格的行名不算。"""
    yield from _broken(page, "heading", "{}、", outer=())


def subheadings(page: Page) -> Iterator[Hit]:
    """小标题序号错位：同一标题、同一条之下，行首的“（一）（二）（三）”跳号或者重复。"""
    yield from _broken(page, "subheading", "（{}）", outer=("chapter", "heading", None))


def _broken(page: Page, level: str, form: str, outer: tuple[str | None, ...]) -> Iterator[Hit]:
    """Numbers of one level that carry on no open list; at an outer level all lists end."""
    lists = _Lists()
    for stated in page.headings:
        if stated.level != level:
            if stated.level in outer:
                lists.close()
            continue
        number = chinese_number(stated.numeral)
        if number is None:
            lists.close()
        elif level == "heading" and _ROW.match(page.text, stated.end + 1):
            continue
        elif wrong := lists.broken_by(number, form.format(stated.numeral)):
            yield Hit(stated.start, stated.end, wrong, _ADVICE, confidence=0.7)


class _Lists:
    """Lists within lists: 一 opens one, the next number carries on the innermost that it fits.

    A table whose rows are numbered 一 to 四 may stand between headings 三 and 四.
    """

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []

    def close(self) -> None:
        """All lists end here."""
        self._open.clear()

    def broken_by(self, number: int, stated: str) -> str | None:
        """What is wrong with this number coming now; the lists go on from it either way."""
        innermost = self._open[-1] if self._open else None
        if number == 1 or innermost is None:
            self._open.append((number, stated))
            return None
        depth = len(self._open)
        while depth and self._open[depth - 1][0] != number - 1:
            depth -= 1
        del self._open[max(depth - 1, 0) :]
        self._open.append((number, stated))
        if depth:
            return None
        last, last_stated = innermost
        wrong = "重复" if number == last else "跳号" if number > last else "倒退"
        return f"序号{wrong}：“{last_stated}”之后是“{stated}”"


RULES: Final = (
    Rule("N-01", Category.NUMBERING, Severity.WARNING, points),
    Rule("N-02", Category.NUMBERING, Severity.WARNING, chapters),
    Rule("N-03", Category.NUMBERING, Severity.WARNING, headings),
    Rule("N-04", Category.NUMBERING, Severity.WARNING, subheadings),
)
