"""活数字：figures in braces within the prose, counted anew each time it is shown.

::

    共办理依申请公开{新收}件，其中自然人{自然人}件。

A brace of full width is read like the other. What stands in braces and is no name of a figure is
left as it is and told as a mistake; it never becomes a blank or a 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

_BRACED = re.compile(r"[{｛]\s*([^{}｛｝\n]{1,20}?)\s*[}｝]")


@dataclass(frozen=True, slots=True)
class Piece:
    """一段文字或一个数字：``name`` is the figure's, empty for words; ``known`` False if no such."""

    text: str
    name: str = ""
    known: bool = True


def pieces(text: str, figures: Mapping[str, str | None]) -> Iterator[Piece]:
    """分开：words and figures of a text, in order; a figure that is blank is not known either."""
    end = 0
    for found in _BRACED.finditer(text):
        if found.start() > end:
            yield Piece(text[end : found.start()])
        value = figures.get(found[1])
        yield Piece(found[0] if value is None else value, found[1], value is not None)
        end = found.end()
    if end < len(text):
        yield Piece(text[end:])


def filled(text: str, figures: Mapping[str, str | None]) -> str:
    """填入数字：the text as it will be printed."""
    return "".join(piece.text for piece in pieces(text, figures))


def names_in(text: str) -> list[str]:
    """用到的名称：what stands in braces, in order."""
    return [found[1] for found in _BRACED.finditer(text)]


def unknown(text: str, known: Callable[[str], bool]) -> list[str]:
    """没有的名称：what stands in braces and is no name of a figure."""
    return [name for name in dict.fromkeys(names_in(text)) if not known(name)]
