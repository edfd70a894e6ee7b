"""归一与切分：one form for every way of typing, and the pieces a title is found by.

Chinese runs are cut into overlapping pairs of characters, Latin words and figures stay whole.
Segmentation into words would lose one phrase in four; pairs lose none.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

#: Longer queries are cut; longer titles there are none.
LONGEST_QUERY: Final = 120

_INVISIBLE: Final = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)
_CJK: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_RUN: Final = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_CHINESE: Final = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """Traditional → simplified, character for character, made once."""
    from opencc import OpenCC

    characters = [chr(code) for block in _CHINESE for code in block]
    turned = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, turned, strict=True)
    return {ord(old): new for old, new in pairs if new != old and len(new) == 1}


def fold(text: str) -> str:
    """归一：NFKC (full width, compatibility forms), lower case, simplified, nothing invisible."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower()
    return plain.translate(_simplified())


def runs(text: str) -> list[str]:
    """词段：runs of Chinese characters and of letters and figures, folded, in order."""
    return [match[0] for match in _RUN.finditer(fold(text))]


def pieces(text: str) -> list[str]:
    """切分，收录用：each pair of neighbours, the last character of a run alone, whole words.

    So every character begins a piece, and a query of one character finds it too.

    >>> pieces("办事指南 2025")
    ['办事', '事指', '指南', '南', '2025']
    """
    found = dict.fromkeys(
        piece
        for run in runs(text)
        for piece in ([*_pairs(run), run[-1]] if _is_chinese(run) else [run])
    )
    return list(found)


def terms(query: str) -> list[str]:
    """切分，查询用：pairs and whole words; single characters only if there is nothing else."""
    found: dict[str, None] = {}
    single: dict[str, None] = {}
    for run in runs(query[:LONGEST_QUERY]):
        if not _is_chinese(run):
            found[run] = None
        elif len(run) == 1:
            single[run] = None
        else:
            found.update(dict.fromkeys(_pairs(run)))
    return list(found or single)


def without_neighbours(wanted: list[str]) -> list[list[str]]:
    """容错：the terms with each two or three neighbours left out, which is what one slip breaks.

    A wrong character breaks two pairs, two swapped break three. Short queries get no such grace:
    at least half of the terms must stay, and two at the least.
    """
    width = 3 if len(wanted) >= 6 else 2
    if len(wanted) - width < max(2, len(wanted) / 2):
        return []
    return [wanted[:at] + wanted[at + width :] for at in range(len(wanted) - width + 1)]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _is_chinese(run: str) -> bool:
    return ord(run[0]) >= 0x3007
