"""雷同：how much of one report's prose stands word for word in another's.

Sentences are compared after numbers, years and the organ's own names for itself are taken
out, so that last year's text with new figures still counts as copied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.annual.model import Report

#: Sentences shorter than this（依法公开。） are everybody's.
SHORTEST = 12
#: Two sentences are the same when this share of their three-character shingles is.
SAME_SENTENCE = 0.8
#: Above these shares of copied sentences a warning and a note are given. What the form
#: prescribes is left out before counting; own text about the year seldom repeats a third.
COPIED = 0.6
MUCH_COPIED = 0.4
#: With fewer sentences than this a share says nothing.
FEWEST = 5

_END = re.compile(r"[。！？；\n]")
_VARIABLE = re.compile(r"[\d０-９〇零一二三四五六七八九十百千万亿.,，、%％\s（）()“”：:]+|年度?")
#: What the form itself makes everybody write.
_PRESCRIBED = re.compile(
    "统计期限|统计时限|如对本报告有|联系地址|电子邮箱|其他需要报告的事项|信息处理费|根据.{0,12}信息公开条例.{0,60}编制"
)


@dataclass(frozen=True)
class Likeness:
    """雷同程度：how many of a text's sentences stand in another, and examples of them."""

    sentences: int
    copied: int
    examples: tuple[str, ...]

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.copied / self.sentences if self.sentences else 0.0


def likeness(report: Report, other: Report) -> Likeness:
    """雷同：the sentences of ``report`` that stand in ``other``."""
    theirs = [shingles for _, shingles in _sentences(other)]
    exact = set(theirs)
    index: dict[str, list[frozenset[str]]] = {}
    for shingles in exact:
        for shingle in shingles:
            index.setdefault(shingle, []).append(shingles)
    mine = list(_sentences(report))
    copied = [quote for quote, shingles in mine if shingles in exact or _has_like(shingles, index)]
    return Likeness(len(mine), len(copied), tuple(copied[:3]))


def _has_like(shingles: frozenset[str], index: dict[str, list[frozenset[str]]]) -> bool:
    shared: dict[frozenset[str], int] = {}
    for shingle in shingles:
        for other in index.get(shingle, ()):
            shared[other] = shared.get(other, 0) + 1
    return any(
        count >= SAME_SENTENCE * (len(shingles) + len(other) - count)
        for other, count in shared.items()
    )


def _sentences(report: Report) -> list[tuple[str, frozenset[str]]]:
    found = []
    for part in report.parts:
        for quote in _END.split(part.text):
            if _PRESCRIBED.search(quote):
                continue
            bare = _VARIABLE.sub("", quote)
            if len(bare) >= SHORTEST:
                found.append(
                    (quote.strip(), frozenset(bare[at : at + 3] for at in range(len(bare) - 2)))
                )
    return found
