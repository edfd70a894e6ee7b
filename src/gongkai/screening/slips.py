"""措辞误写：fixed official phrases with one slip of the hand in them.

Typists slip in few ways: the input method offers another character or word that sounds alike, a
character is dropped, two change places, one is typed twice, or the end of one phrase is grafted on
the head of another. For phrases whose wording is fixed, all such slips can be written out before
reading a line of text, and looked for all at once. What turned out to be sound Chinese when
measured on laws and policy documents is listed in ``sound.txt`` and left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

_STOPS: Final = "，。；"
_LINKS: Final = "的和与及或等、"  # may stand between any two words


class Slip(NamedTuple):
    """误写：what was meant, and how it went wrong."""

    right: str
    kind: str


def lines(name: str) -> Iterator[str]:
    """词表：the lines of a list kept in the package, remarks left out."""
    text = (files("gongkai.screening") / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def slips() -> dict[str, Slip]:
    """误写：wrong wording → what was meant. A longer slip that holds a shorter is left out."""
    sound = set(lines("sound.txt"))
    return _shortest({wrong: slip for wrong, slip in written().items() if wrong not in sound})


def written() -> dict[str, Slip]:
    """全部误写：every slip of every phrase, those that turn out to be sound among them."""
    phrases = sorted(lines("phrases.txt"), key=len)
    sounds_alike, words_alike = _homophones()
    grafts = _grafts(phrases)
    known = set(phrases)
    wrongs: dict[str, Slip] = {}
    for phrase in phrases:
        for wrong, kind in _slips_of(phrase, sounds_alike, words_alike, grafts):
            if wrong not in known:
                wrongs.setdefault(wrong, Slip(phrase, kind))
    return wrongs


def _slips_of(
    phrase: str,
    sounds_alike: dict[str, str],
    words_alike: dict[str, list[str]],
    grafts: dict[str, set[str]],
) -> Iterator[tuple[str, str]]:
    # 三字词的末字 is where another word may begin: 规范性 and 规范刑事裁判.
    for at, char in enumerate(phrase[: len(phrase) if len(phrase) > 3 else 2]):
        for other in sounds_alike[char]:
            yield phrase[:at] + other + phrase[at + 1 :], "同音误用"
    if len(phrase) < 4:
        return
    for at in range(len(phrase) - 1):
        for word in words_alike[phrase[at : at + 2]]:
            yield phrase[:at] + word + phrase[at + 2 :], "同音误用"
    if len(phrase) > 4:
        for at in range(1, len(phrase) - 1):
            yield phrase[:at] + phrase[at + 1 :], "漏字"
    for stop in _STOPS:
        yield phrase[:-1] + stop, "漏字"
    for at in range(len(phrase) - 1):
        if phrase[at] != phrase[at + 1]:
            yield phrase[:at] + phrase[at + 1] + phrase[at] + phrase[at + 2 :], "倒字"
    for at in range(1, len(phrase)):
        yield phrase[: at + 1] + phrase[at:], "衍字"
    for char in grafts[phrase[:2]]:
        if char != phrase[2]:
            yield phrase[:2] + char + phrase[2:], "衍字"


def _grafts(phrases: list[str]) -> dict[str, set[str]]:
    """What follows the first two characters in other phrases: 行政｜法规 → 行政｜法｜复议."""
    grafts: dict[str, set[str]] = defaultdict(set)
    for phrase in phrases:
        if len(phrase) >= 4 and phrase[2] not in _LINKS:
            grafts[phrase[:2]].add(phrase[2])
    return grafts


def _homophones() -> tuple[dict[str, str], dict[str, list[str]]]:
    """Characters and words that sound alike, tones apart."""
    chars: dict[str, str] = defaultdict(str)
    words: dict[str, list[str]] = defaultdict(list)
    for line in lines("homophones.txt"):
        if line.startswith("~"):
            for char in line[1:]:
                chars[char] += line[1:].replace(char, "")
        elif line.startswith("="):
            group = line[1:].split()
            for word in group:
                words[word] += [other for other in group if other != word]
        else:
            offered, _, known = line.partition(" ")[2].partition("|")
            for char in offered + known:
                chars[char] += offered.replace(char, "")
    return chars, words


def _shortest(written: dict[str, Slip]) -> dict[str, Slip]:
    """Without those that contain another: 政府信吸公开工作 is found by 政府信吸公开."""
    kept: dict[str, Slip] = {}
    for wrong in sorted(written, key=len):
        size = len(wrong)
        inner = (
            wrong[start:end]
            for start in range(size)
            for end in range(start + 3, size + (start > 0))
        )
        if not any(piece in kept for piece in inner):
            kept[wrong] = written[wrong]
    return kept
