"""六个部分：the headings of the six parts, found wherever they stand and however numbered.

Real reports misnumber them, bury them in text without line ends, name sub-chapters almost like
them, or list them first in a table of contents. Every place that could be a heading is weighed,
and the heaviest sequence in the order of the parts is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from gongkai.annual.forms import PARTS


class Heading(NamedTuple):
    """标题：one heading: its part (1–6), its number as printed, where it begins and ends."""

    part: int
    number: str
    start: int
    end: int
    weight: int


_WORDS: Final = (
    r"总体(?:工作)?情况|工作总体情况|概述|基本情况",
    r"主动公开(?:政府)?信息(?:的)?情况|政府信息主动公开(?:工作)?情况|主动公开(?:工作)?情况",
    r"收到和处理政府信息公开申请(?:的)?情况|(?:政府信息)?依申请公开(?:政府信息)?(?:工作)?情况"
    r"|政府信息公开申请(?:工作)?情况",
    r"(?:因)?政府信息公开(?:工作)?(?:申请)?(?:被)?(?:提起|申请)?行政法?复议(?:以及|[、和及与,])*"
    r"(?:被)?(?:提起)?行政诉讼(?:的)?(?:情[况\ufffd])?|行政复议[、和及]?行政诉讼(?:的)?情况",
    r"(?:政府信息公开)?(?:工作)?(?:中)?存在的?(?:主要)?(?:困难和)?问题"
    r"(?:(?:以及|[及和与、])其?(?:改进|整改|下一步|今后)(?:工作)?(?:情[况\ufffd]|措施|打算|计划|安排)?)?"
    r"|主要问题和改进措施",
    r"其[他它]需要报告的?(?:其他)?(?:事项|情况)",
)
_PARTS: Final = [re.compile(words) for words in _WORDS]
_NUMBER: Final = re.compile(
    r"(?:(?<!第)([一二三四五六七八九])\s{0,2}[、.,]|第([一二三四五六])部分)\s{0,3}"
)
_BARE: Final = re.compile(
    r"^[ \t#*]*(?:[1-6][ \t]*[、.][ \t]*)?(?=[总工概基主政收依因行存其])", re.MULTILINE
)
_SPACES: Final = re.compile(r"\s+")
_LONGEST: Final = 60
_MOST: Final = 200


def find_headings(text: str) -> list[Heading]:
    """找标题：at most one heading of each part, in order, in text with half-width punctuation."""
    found = [*_numbered(text), *_unnumbered(text)]
    if len(found) > _MOST:
        found = sorted(found, key=lambda heading: -heading.weight)[:_MOST]
    return _heaviest(sorted(found, key=lambda heading: heading.start))


def _numbered(text: str) -> Iterator[Heading]:
    for match in _NUMBER.finditer(text):
        number = match[1] or match[2]
        if heading := _heading(text, match.start(), match.end(), number):
            yield heading


def _unnumbered(text: str) -> Iterator[Heading]:
    """A line that is a heading and nothing else."""
    for match in _BARE.finditer(text):
        heading = _heading(text, match.end(), match.end(), "")
        if heading and text[heading.end : heading.end + 3].strip(" \t*:#")[:1] in ("", "\n"):
            yield heading


def _heading(text: str, start: int, words: int, number: str) -> Heading | None:
    window = _SPACES.sub("", text[words : words + _LONGEST])
    for part, pattern in enumerate(_PARTS, 1):
        if match := pattern.match(window):
            end = _end(text, words, match.end())
            weight = 10 if match[0] == PARTS[part - 1] else 4
            weight += 4 if number and "一二三四五六".find(number) + 1 == part else 0
            weight += (
                2 if not text[max(start - 9, 0) : start].rstrip(" \t#*")[-1:].strip("\n") else 0
            )
            return Heading(part, number, start, end, weight - (0 if number else 2))
    return None


def _end(text: str, start: int, length: int) -> int:
    """The place after ``length`` characters from ``start``, white space not counted."""
    for place in range(start, len(text)):
        if not text[place].isspace():
            length -= 1
            if not length:
                return place + 1
    return len(text)


def _heaviest(found: list[Heading]) -> list[Heading]:
    """The sequence of rising parts that weighs most; of equals, the later (a contents page)."""
    best: list[tuple[int, Heading, int]] = []
    for number, heading in enumerate(found):
        before = max(
            (
                (best[earlier][0], earlier)
                for earlier in range(number)
                if found[earlier].part < heading.part and found[earlier].end <= heading.start
            ),
            default=(0, -1),
        )
        best.append((before[0] + heading.weight, heading, before[1]))
    chosen: list[Heading] = []
    place = max(range(len(best)), key=lambda index: (best[index][0], index), default=-1)
    while place >= 0:
        _, heading, previous = best[place]
        chosen.append(heading)
        place = previous
    return chosen[::-1]
