"""残字复原：characters that are lost for good, put back where only one can have stood.

The form prescribes its headings, labels and heads word for word, so what stands around a gap in
them tells what stood in it. Prose is only helped where it uses those words. A figure is never
made up: a gap before a digit may have swallowed another digit, and stays visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

from gongkai.annual import forms
from gongkai.annual.read.script import fold

LOST: Final = "\ufffd"

#: Where a byte was lost, the repair of its character may leave a question mark.
_GAP: Final = re.compile(r"\ufffd[\ufffd?]*")
#: What bounds a cell or a word: white space, bars, tags, digits.
_BOUNDARY: Final = re.compile(r"[\s|<>#*\d]")
_CELL: Final = re.compile(r"[^\s|<>#*\d\ufffd]*\ufffd[^\s|<>#*\d]*")
#: Labels may stand without their numbers: （三） and 三、.
_NUMBERING: Final = re.compile(r"^[一二三四五六]、|^（[一二三四五六七]）")
#: A digit behind a gap may be what is left of a longer figure (the year in a title is whole), and
#: a bar with a space behind it but none before may have stood on the next line.
_FIGURE: Final = re.compile(r"(?!20[0-4]\d\s*年|\d[.、]\D)[+\-.,]?\d|\|\s")
_FARTHEST: Final = 16
_WIDEST: Final = 3
_PASSES: Final = 4
#: No report with more gaps than this is worth the search; no word of the form is longer.
_MOST, _LONGEST = 3_000, 60
#: Characters around a gap that must agree before it is filled; of a whole cell fewer will do.
_ENOUGH, _LEAST = 3, 1

_BESIDE_THE_LABELS: Final = """
信息内容 第二十条第（一）项 第二十条第（五）项 第二十条第（六）项 第二十条第（八）项
第二十条第（九）项 申请人情况 法人或其他组织 三、本年度办理结果 （三）不予公开 （四）无法提供
（五）不予处理 （六）其他处理 （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）
（二）部分公开（区分处理的，只计这一情形，不计其他情形） 本年收费金额（单位：万元）
行政诉讼 未经复议直接起诉 复议后起诉 人民政府 管理委员会 中华人民共和国政府信息公开条例
年政府信息公开工作年度报告 政府信息公开工作年度报告
"""


class Restored(NamedTuple):
    """复原结果：the text, and how many gaps in it could be filled."""

    text: str
    filled: int


def restore(text: str) -> Restored:
    """残字复原：fill the gaps (runs of U+FFFD) that the words of the form can fill in one way."""
    if not 0 < text.count(LOST) <= _MOST:
        return Restored(text, 0)
    text, filled = _fill_cells(text)
    # What fills one gap tells more of what stands beside another.
    for _ in range(_PASSES):
        text, more = _fill_gaps(text)
        filled += more
        if not more:
            break
    return Restored(text, filled)


def _fill_cells(text: str) -> Restored:
    """Cells that can only be one word of the form, whatever stood in their gaps."""
    filled = 0

    def meant(cell: re.Match[str]) -> str:
        nonlocal filled
        pieces = _GAP.split(cell[0])
        found = _only_word(tuple(map(fold, pieces)))
        if not found:
            return cell[0]
        filled += len(pieces) - 1
        printed = [piece + words for piece, words in zip(pieces, (*found, ""), strict=True)]
        stays = LOST if not pieces[-1] and _FIGURE.match(text, cell.end()) else ""
        return "".join(printed) + stays

    return Restored(_CELL.sub(meant, text), filled)


@lru_cache(maxsize=1024)
def _only_word(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """What fills the gaps between these pieces in the one word that has them; else nothing."""
    if not _LEAST <= sum(map(len, pieces)) <= _LONGEST:
        return ()
    for width in (1, _WIDEST):
        gap = f"(.{{1,{width}}})"
        pattern = re.compile(f"^{gap.join(map(re.escape, pieces))}$", re.MULTILINE)
        found = {
            tuple(_printed()[slice(*word.span(number))] for number in range(1, len(pieces)))
            for word in pattern.finditer(_wording())
        }
        if found:
            return found.pop() if len(found) == 1 else ()
    return ()


def _fill_gaps(text: str) -> Restored:
    """Gaps in longer text, by what stands around each."""
    folded = fold(text)
    pieces: list[str] = []
    before, place, filled = "", 0, 0
    for gap in _GAP.finditer(folded):
        pieces.append(text[place : gap.start()])
        before = _tail(before + folded[place : gap.start()])
        place = gap.end()
        missing = _missing(before, _head(folded[place : place + _FARTHEST]))
        filled += bool(missing)
        stays = LOST if not missing or _FIGURE.match(folded, place) else ""
        pieces.append(missing + stays)
        before += fold(missing) + stays
    return Restored("".join(pieces) + text[place:], filled)


def _tail(text: str) -> str:
    """What stands before a gap, back to the boundary of the cell (as a line end)."""
    near = _BOUNDARY.sub("\n", text[-_FARTHEST:] if len(text) > _FARTHEST else "\n" + text)
    return near[max(near.rfind("\n"), near.rfind(LOST) + 1, 0) :]


def _head(text: str) -> str:
    """What stands behind a gap, up to the boundary of the cell (as a line end)."""
    near = _BOUNDARY.sub("\n", text if len(text) == _FARTHEST else text + "\n")
    return near[: near.find("\n") + 1 or None].partition(LOST)[0]


def _missing(before: str, behind: str) -> str:
    """The words that can only have stood between these; empty if that is not clear."""
    best: set[str] = set()
    most = 0
    wording = _wording()
    for start, end in _places(before[-1:], behind[:1]):
        left = _agreeing(before[::-1], wording[max(start - _FARTHEST, 0) : start][::-1])
        right = _agreeing(behind, wording[end : end + _FARTHEST])
        if (before and not left and wording[start - 1] != "\n") or (
            behind and not right and wording[end] != "\n"
        ):
            continue
        if left + right < _ENOUGH + 2 * (end - start - 1):
            continue
        weight = left + right - (end - start - 1)
        if weight > most:
            best, most = set(), weight
        if weight == most:
            best.add(_printed()[start:end])
    return best.pop() if len(best) == 1 else ""


def _agreeing(one: str, other: str) -> int:
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _places(before: str, behind: str) -> Iterator[tuple[int, int]]:
    """Stretches of the wording that a neighbour of the gap could adjoin."""
    wording, found = _wording(), _found()
    for width in range(1, _WIDEST + 1):
        starts = {at + 1 for at in found.get(before, ())}
        starts.update(at - width for at in found.get(behind, ()))
        for start in starts:
            if 0 < start < len(wording) - width and "\n" not in wording[start : start + width]:
                yield start, start + width


@cache
def _printed() -> str:
    """Every word of the form, a line each, with and without its numbering."""
    names = _BESIDE_THE_LABELS.split()
    names += [f"{'一二三四五六'[number]}、{part}" for number, part in enumerate(forms.PARTS)]
    for layout in forms.LAYOUTS.values():
        for rows in layout.tables.values():
            for row, columns in rows.items():
                names += [*columns, row, row.removeprefix("三、"), *row.split("-")]
    words: dict[str, None] = {}
    for word in _BOUNDARY.sub("\n", "\n".join(names)).split("\n"):
        bare = word.lstrip(".")
        words.update(dict.fromkeys((word, bare, _NUMBERING.sub("", bare))))
    return "\n" + "\n".join(filter(None, words)) + "\n"


@cache
def _wording() -> str:
    """The words of the form as they are compared."""
    return fold(_printed())


@cache
def _found() -> Mapping[str, tuple[int, ...]]:
    """Where each character stands in the wording."""
    found: dict[str, list[int]] = {}
    for place, char in enumerate(_wording()):
        found.setdefault(char, []).append(place)
    return {char: tuple(places) for char, places in found.items()}
