"""词组查找：many wordings looked for in one pass, by an Aho–Corasick automaton.

Two engines do the same. ``daachorse`` is four times as fast, and comes ready built for x86-64 and
for Apple's processors; on others, the ARM servers of many offices among them, ``pyahocorasick``
stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Generic, Protocol, TypeVar

from gongkai.screening.units import units

Entry = TypeVar("Entry")

_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class Engine(Protocol):
    """引擎：finds wordings given by their number."""

    def __init__(self, wordings: list[str], common: str) -> None: ...

    def found(self, text: str) -> Iterator[tuple[int, int]]:
        """所在：the end of each wording found, and its number, in the order of the ends."""


class Wordings(Generic[Entry]):
    """词组：each wording with what is known about it.

    ``common`` are the commonest characters of the texts to come, for the engine that gains by it.
    """

    def __init__(
        self,
        entries: Iterable[tuple[str, Entry]],
        common: str = "",
        engine: type[Engine] | None = None,
    ) -> None:
        known: Mapping[str, Entry] = dict(entries)
        self._entries = list(known.values())
        self._engine = (engine or best_engine())(list(known), common)

    def found(self, text: str) -> Iterator[tuple[int, Entry]]:
        """所在：the end of each wording found, and its entry, in the order of the ends."""
        for end, number in self._engine.found(text):
            yield end, self._entries[number]


def best_engine() -> type[Engine]:
    """可用的引擎：the faster of those installed."""
    try:
        import daachorse  # type: ignore[import-not-found, unused-ignore]  # noqa: F401
    except ImportError:
        return PointerEngine
    return ArrayEngine


class ArrayEngine:
    """双数组引擎：``daachorse``, which reads UTF-8 and answers in characters."""

    def __init__(self, wordings: list[str], common: str) -> None:
        from daachorse import (  # type: ignore[import-not-found, unused-ignore]
            CharwiseDoubleArrayAhoCorasick,
        )

        self._automaton = CharwiseDoubleArrayAhoCorasick(wordings)

    def found(self, text: str) -> Iterator[tuple[int, int]]:
        """所在：see :class:`Engine`."""
        try:
            hits = self._automaton.find_overlapping(text)
        except UnicodeEncodeError:
            hits = self._automaton.find_overlapping(_LONE_SURROGATE.sub("\ufffd", text))
        for _, end, number in hits:
            yield end, number


class PointerEngine:
    """指针引擎：``pyahocorasick``, given two halves of a character at a time.

    It keeps the children of a node in a list and searches it from the front, which is slow at a
    root with two thousand Chinese characters below it. Read as high and low bytes, the root has
    some eighty children; and the commonest characters are put in first, by wordings that no text
    contains. Together that is four times as fast.
    """

    def __init__(self, wordings: list[str], common: str) -> None:
        import ahocorasick  # type: ignore[import-not-found, unused-ignore]

        self._automaton: Any = ahocorasick.Automaton()
        for char in common:
            self._automaton.add_word(_halves(char) + "\uffff", -1)
        rank = {char: place for place, char in enumerate(common)}
        by_rank = sorted(
            range(len(wordings)),
            key=lambda number: [rank.get(char, len(common)) for char in wordings[number]],
        )
        for number in by_rank:
            self._automaton.add_word(_halves(wordings[number]), number)
        self._automaton.make_automaton()

    def found(self, text: str) -> Iterator[tuple[int, int]]:
        """所在：see :class:`Engine`."""
        for end, number in self._automaton.iter(_halves(text)):
            if end % 2:  # else the low byte of one character and the high byte of the next
                yield end // 2 + 1, number


def _halves(text: str) -> str:
    return units(text).decode("latin-1")
