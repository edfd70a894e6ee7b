"""重复：words and characters typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from gongkai.screening.finding import Category, Hit, Rule, Severity
from gongkai.screening.page import Page
from gongkai.screening.slips import lines

_HAN: Final = "[\u4e00-\u9fff]"
_WORD_TWICE: Final = re.compile(rf"({_HAN}{{2,4}})\1")

# “研究研究”, “一步一步”, “很多很多”: the language doubles these itself.
_DOUBLED_ON_PURPOSE: Final = re.compile(
    r"^(?:[一两二三四五六七八九十百千万几逐每半].|很.|非常|研究|讨论|商量|考虑|了解|学习|调查|分析|"
    r"休息|打听|琢磨|探讨|交流|锻炼|准备|收拾|整理|宣传宣|大家|一个|哪里|谁谁|某某|多少|等等|"
    r"(.)\1)"
)
_GRAMMAR: Final = re.compile(
    r"(?<![目标有])的的(?!确|士|哥)|和和(?![气平谐美睦蔼])|是是(?!非)|或或|并并(?!非)|我我|们们|这这|也也|"
    r"都都|就就(?!业|近|餐|医|职|读|地|诊|任)|把把(?!手|关|握|控|脉)|让让(?!利|步)|于于|"
    r"(?<!为)了了(?!解|结|然|事)|及及(?!时|其|格|早)|(?<![实存现正内所旨潜外自好])在在(?![职编建线岗押校读校用途逃册刑场此外])|"
    r"[，,]{2,}|。{2}(?!。)|、、+|；；+|：：+|，。|。，|、。|，、|、，|；。|。；(?!$)",
)


def words_twice(page: Page) -> Iterator[Hit]:
    """重词：两到四字的词连写两遍，如“规范审核审核发布机制”“科技计划资金资金”。

    “研究研究”“一步一步”这样有意的重叠，“代表代表团”“企业企业家”这样两词相接的不算。
    """
    text = page.text
    for found in _WORD_TWICE.finditer(text):
        word = found[1]
        if (
            word not in vocabulary()
            or _DOUBLED_ON_PURPOSE.match(word)
            or _another_begins(word, text[found.end() : found.end() + 1])
        ):
            continue
        yield Hit(
            *found.span(), f"“{word}”连写了两遍", f"如无特别用意，改为“{word}”", confidence=0.85
        )


@cache
def vocabulary() -> frozenset[str]:
    """常用词：common words of laws and policy documents."""
    return frozenset(word for line in lines("vocabulary.txt") for word in line.split())


def _another_begins(word: str, following: str) -> bool:
    """代表｜代表团, 申请人｜申请｜人民法院: the second time it is part of another word."""
    if not following:
        return False
    longer = word + following in vocabulary()
    shifted = word[:-1] in vocabulary() and word[-1] + following in vocabulary()
    return longer or shifted


def characters_twice(page: Page) -> Iterator[Hit]:
    """重字与重复标点：“的的”“和和”这样不成话的重字，“，，”“。。”“，。”这样的标点。"""
    for found in _GRAMMAR.finditer(page.text):
        dots = not found[0][0].isalpha()
        yield Hit(
            *found.span(),
            f"标点“{found[0]}”重复或者误用" if dots else f"“{found[0]}”重字",
            f"改为“{found[0][0]}”" if not dots else "保留应当使用的一个标点",
            Severity.NOTE if dots else None,
            0.8 if dots else 0.9,
        )


RULES: Final = (
    Rule("W-01", Category.WORDING, Severity.WARNING, words_twice),
    Rule("W-02", Category.WORDING, Severity.WARNING, characters_twice),
)
