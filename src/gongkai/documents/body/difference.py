"""版本比对：what changed between two texts, paragraph by paragraph and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from gongkai.documents.body.clean import text_of

#: Chinese character by character, Latin words and numbers whole.
_WORD = re.compile(r"[A-Za-z0-9.]+|\s+|.", re.DOTALL)
#: Of paragraphs less alike than this, the old one is shown struck out and the new one added.
_ALIKE = 0.4
#: An agreement shorter than this between two changes is part of the change.
_ISLAND = 3
#: Longer texts are compared by paragraph alone.
_MOST_WORDS = 4_000


@dataclass(frozen=True, slots=True)
class Piece:
    """片段：``kind`` is "same", "gone" or "new"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """一段的比对：its pieces; ``same`` when nothing in it changed; ``skipped`` stands for so many
    unchanged paragraphs left out."""

    pieces: tuple[Piece, ...] = ()
    skipped: int = 0

    @property
    def same(self) -> bool:
        """未变。"""
        return all(piece.kind == "same" for piece in self.pieces)


def difference(old: str, new: str, *, around: int = 1) -> list[Change]:
    """比对：two texts as HTML; unchanged paragraphs beyond ``around`` a change are left out."""
    before, after = text_of(old).split("\n"), text_of(new).split("\n")
    changes = list(_paragraphs(before, after))
    return list(_folded(changes, around))


def _paragraphs(before: list[str], after: list[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from (Change((Piece("same", line),)) for line in before[i1:i2])
        else:
            yield from _changed(before[i1:i2], after[j1:j2])


def _changed(gone: list[str], new: list[str]) -> Iterator[Change]:
    """Paragraphs side by side, as long as they are alike; the rest gone or new."""
    for old_line, new_line in zip(gone, new, strict=False):
        if pieces := _words(old_line, new_line):
            yield Change(pieces)
        else:
            yield Change((Piece("gone", old_line),))
            yield Change((Piece("new", new_line),))
    yield from (Change((Piece("gone", line),)) for line in gone[len(new) :] if line)
    yield from (Change((Piece("new", line),)) for line in new[len(gone) :] if line)


def _words(old: str, new: str) -> tuple[Piece, ...]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) + len(after) > _MOST_WORDS:
        return ()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return ()
    pieces: list[Piece] = []
    gone = new = ""
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        same = "".join(before[i1:i2])
        if tag == "equal" and (len(same) >= _ISLAND or not (gone or new) or i2 == len(before)):
            pieces += _two(gone, new)
            pieces.append(Piece("same", same))
            gone = new = ""
        else:  # a character or two that happen to agree between changes only confuse
            gone, new = gone + same, new + "".join(after[j1:j2])
    return (*pieces, *_two(gone, new))


def _two(gone: str, new: str) -> list[Piece]:
    return [piece for piece in (Piece("gone", gone), Piece("new", new)) if piece.text]


def _folded(changes: list[Change], around: int) -> Iterator[Change]:
    near = {
        place + step
        for place, change in enumerate(changes)
        if not change.same
        for step in range(-around, around + 1)
    }
    skipped = 0
    for place, change in enumerate(changes):
        if place in near:
            if skipped:
                yield Change(skipped=skipped)
            skipped = 0
            yield change
        else:
            skipped += 1
    if skipped:
        yield Change(skipped=skipped)
