"""码元：text in sixteen-bit units, exactly one to a character, for work at the speed of C.

Characters beyond the basic plane (a rare ideograph in a name) would take two; no rule looks for
one, so each is replaced by U+FFFD and every offset stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

_BEYOND: Final = re.compile("[\U00010000-\U0010ffff]")


def is_basic(text: str) -> bool:
    """基本平面：whether every character is one unit."""
    return len(text.encode("utf-16-be", "surrogatepass")) == 2 * len(text)


def units(text: str) -> bytes:
    """码元：two bytes a character, the high byte first."""
    encoded = text.encode("utf-16-be", "surrogatepass")
    if len(encoded) != 2 * len(text):
        encoded = _BEYOND.sub("\ufffd", text).encode("utf-16-be", "surrogatepass")
    return encoded


def twice(text: str, lengths: Iterable[int]) -> Iterator[tuple[int, int]]:
    """连写两遍：(start, length) wherever that many characters are followed by the same again.

    The text as one large number, XORed with itself moved by ``length`` characters, is zero
    wherever a character equals the one that far before it.
    """
    encoded = units(text)
    number = int.from_bytes(encoded, "big")
    for length in lengths:
        moved = (number ^ (number >> 16 * length)).to_bytes(len(encoded), "big")
        # A pattern that begins with literals is scanned for quickly; \0{4,} would not be.
        for run in re.finditer(b"\0" * (2 * length) + b"\0*", moved):
            first = (run.start() + 1) // 2
            if run.end() // 2 - first >= length and first >= length:
                yield first - length, length


class Wordings:
    """词表：many wordings looked for in one pass, each with what is known about it.

    An Aho–Corasick automaton. The library keeps the children of a node in a list and searches it
    from the front, which is slow at a root with two thousand Chinese characters below it. Read as
    high and low bytes, the root has some eighty children; and the commonest characters are put in
    first (``common``), by wordings that no text contains. Together that is four times as fast.
    """

    def __init__(self, entries: Iterable[tuple[str, Any]], common: str = "") -> None:
        import ahocorasick  # type: ignore[import-not-found]

        self._automaton = ahocorasick.Automaton()
        for char in common:
            self._automaton.add_word(_halves(char) + "\uffff", None)
        rank = {char: place for place, char in enumerate(common)}
        last = len(common)
        for wording, entry in sorted(
            entries, key=lambda pair: [rank.get(c, last) for c in pair[0]]
        ):
            self._automaton.add_word(_halves(wording), entry)
        self._automaton.make_automaton()

    def __len__(self) -> int:
        return len(self._automaton)

    def found(self, text: str) -> Iterator[tuple[int, Any]]:
        """所在：the end of each wording found, and its entry."""
        for end, entry in self._automaton.iter(_halves(text)):
            if end % 2:  # else the low byte of one character and the high byte of the next
                yield end // 2 + 1, entry


def _halves(text: str) -> str:
    return units(text).decode("latin-1")
