"""码元：text in sixteen-bit units, exactly one to a character, for work at the speed of C.

Characters beyond the basic plane (a rare ideograph in a name) would take two; no rule looks for
one, so each is replaced by U+FFFD and every offset stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

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
