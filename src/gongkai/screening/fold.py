"""归一：text as the rules see it, and the way back to the text as it was written.

A number typed in full-width digits, pulled apart by zero-width characters or dashed with an exotic
hyphen is the same number. Folding replaces such characters one for one and strikes out invisible
ones, and remembers where everything stood. It is NFKC cut down to what keeps offsets simple: no
character becomes two, and ``①``, ``²``, ``，`` stay what they are, for they mean something.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gongkai.screening.units import is_basic

# Default_Ignorable_Code_Point of the Unicode database: nobody sees them.
_INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
)
_INVISIBLE_BEYOND: Final = "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d"


def _folds() -> dict[int, str]:
    """Spaces, full-width ASCII, Kangxi radicals, compatibility ideographs, mathematical digits."""
    blocks = (
        range(0x00A0, 0x00A1),
        range(0x2000, 0x200B),
        range(0x202F, 0x2030),
        range(0x205F, 0x2060),
        range(0x2E80, 0x2FE0),
        range(0xF900, 0xFB00),
        range(0xFF01, 0xFF5F),
        range(0x1D7CE, 0x1D800),
        range(0x2F800, 0x2FA20),
    )
    kept = "！（），：；？［］｛｝～"  # Chinese punctuation, not ASCII in disguise
    table = dict.fromkeys(map(ord, _HYPHENS), "-")
    for block in blocks:
        for code in block:
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code) and chr(code) not in kept:
                table.setdefault(code, plain)
    return table


def _ranges(codes: Iterable[int]) -> str:
    """The inside of a character class; the engine tries its ranges beyond the basic plane one by
    one, at every character, which is why text within that plane has patterns of its own."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{re.escape(chr(low))}-{re.escape(chr(high))}" for low, high in ranges)


_FOLDS: Final = _folds()
# What is replaced or struck out, for text within the basic plane and for text that goes beyond it.
_WITHIN: Final = re.compile(f"[{_INVISIBLE}{_ranges(c for c in _FOLDS if c <= 0xFFFF)}]")
_BEYOND: Final = re.compile(f"[{_INVISIBLE}{_INVISIBLE_BEYOND}{_ranges(_FOLDS)}]")

_TRADITIONAL: Final = "國務機關開發為時會對"
_GLOSS: Final = re.compile(r"(?<=[\u4e00-\u9fff])[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,6}[）)]")


@dataclass(frozen=True, slots=True)
class Folded:
    """归一后的文字：``text`` and, for each of its pieces, where it began in the original."""

    text: str
    starts: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)

    def origin(self, at: int) -> int:
        """原文位置：the offset in the original of the character at ``at``."""
        piece = bisect_right(self.starts, at) - 1
        return self.origins[piece] + at - self.starts[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """原文起止：of the non-empty span ``start:end``; what was struck out inside is included."""
        return self.origin(start), self.origin(end - 1) + 1


def strike(text: str, spans: Iterable[tuple[int, int]]) -> Folded:
    """删去：the text without the given spans, which come in order and do not overlap."""
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    at = length = 0
    for start, end in (*spans, (len(text), len(text))):
        if start > at or start == len(text):
            pieces.append(text[at:start])
            starts.append(length)
            origins.append(at)
            length += start - at
        at = end
    return Folded("".join(pieces), tuple(starts), tuple(origins))


def fold(text: str) -> Folded:
    """归一：full-width to half-width, exotic to plain, invisible struck out.

    Traditional script is turned into simplified, one character for one, and its bracketed pinyin
    (``數(shù)據``, found in pages converted by machine) struck out, so that every rule has one
    script to know.
    """
    pattern = _WITHIN if is_basic(text) else _BEYOND
    found = [(at.start(), _FOLDS.get(ord(at[0]))) for at in pattern.finditer(text)]
    struck = [(at, at + 1) for at, plain in found if plain is None]
    if len(struck) < len(found):
        text = pattern.sub(lambda at: _FOLDS.get(ord(at[0]), at[0]), text)
    if _is_traditional(text):
        struck = sorted({*struck, *(gloss.span() for gloss in _GLOSS.finditer(text))})
        text = text.translate(_simplified(text))
    return strike(text, struck) if struck else Folded(text)


def flow(text: str) -> Folded:
    """连排：lines broken by the width of a page joined again, as PDF text needs it.

    A break is taken for one of width when the line before it is long, and Chinese runs on to both
    sides of it: ``三是重新设`` / ``计部门网站``.
    """
    spans: list[tuple[int, int]] = []
    for broken in _SOFT_BREAK.finditer(text):
        end = broken.start() - (text[broken.start() - 1] == "\r")
        if end >= _FULL_LINE and text.rfind("\n", end - _FULL_LINE, end) < 0:
            spans.append((end, broken.end()))
    return strike(text, spans) if spans else Folded(text)


_FULL_LINE: Final = 18
# Begins with the line end itself, which is scanned for ten times as fast as what stands before it.
_SOFT_BREAK: Final = re.compile(
    r"\n(?:(?<=[\u4e00-\u9fff]\n)|(?<=[\u4e00-\u9fff]\r\n))(?=[\u4e00-\u9fff])"
)


def _is_traditional(text: str) -> bool:
    head = text[:20_000]
    return sum(head.count(char) for char in _TRADITIONAL) * 200 > len(head)


def _simplified(text: str) -> dict[int, str]:
    """One-to-one pairs for the characters of this text: whole phrases would move the offsets."""
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    chars = [char for char in set(text) if "\u4e00" <= char <= "\u9fff"]
    pairs = ((char, convert(char)) for char in chars)
    return {ord(char): plain for char, plain in pairs if len(plain) == 1 and plain != char}
