"""重词：words typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from gongkai.screening.finding import Category, Hit, Severity
from gongkai.screening.page import Page
from gongkai.screening.rule import Rule
from gongkai.screening.slips import lines
from gongkai.screening.units import twice

# “研究研究”, “一步一步”, “很多很多”: the language doubles these itself.
_DOUBLED_ON_PURPOSE: Final = re.compile(
    r"^(?:[一两二三四五六七八九十百千万几逐每半].|很.|非常|研究|讨论|商量|考虑|了解|学习|调查|分析|"
    r"休息|打听|琢磨|探讨|交流|锻炼|准备|收拾|整理|某某|"
    # 本规定｜规定的，上一年度｜年度报告，经济组织｜组织开展，应当保管｜保管物
    r"规定|年度|组织|保管|人民法院|(.)\1)"
)


def words_twice(page: Page) -> Iterator[Hit]:
    """重词：两到四字的词连写两遍，如“规范审核审核发布机制”“科技计划资金资金”。

    “研究研究”“一步一步”这样有意的重叠，“代表代表团”“企业企业家”这样两词相接的不算。
    """
    text = page.text
    for start, length in twice(text, (4, 3, 2)):
        word, end = text[start : start + length], start + 2 * length
        if (
            word not in vocabulary()
            or _DOUBLED_ON_PURPOSE.match(word)
            or _another_begins(word, text[end : end + 2])
            or (page.is_annual_report and _is_table_head(page.line(start)))
        ):
            continue
        advice = f"如无特别用意，改为“{word}”"
        yield Hit(start, end, f"“{word}”连写了两遍", advice, confidence=0.85)


@cache
def vocabulary() -> frozenset[str]:
    """常用词：common words of laws and policy documents."""
    return frozenset(word for line in lines("vocabulary.txt") for word in line.split())


def _is_table_head(line: str) -> bool:
    """Column heads of the statutory tables run together in PDF text: 结果结果其他尚未."""
    return bool(_COLUMN.search(line)) and not _SENTENCE.search(line)


_COLUMN: Final = re.compile("维持|纠正|审结|总计|尚未")
_SENTENCE: Final = re.compile("[，。；：]")


def _another_begins(word: str, following: str) -> bool:
    """代表｜代表团, 政府｜政府采购, 申请人｜申请｜人民法院: the second time begins another word."""
    longer = any(word + following[:size] in vocabulary() for size in (1, 2))
    shifted = word[:-1] in vocabulary() and word[-1] + following[:1] in vocabulary()
    return bool(following) and (longer or shifted)


RULES: Final = (Rule("W-01", Category.WORDING, Severity.WARNING, words_twice),)
