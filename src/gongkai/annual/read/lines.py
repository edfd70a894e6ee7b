"""断行与段落：printed characters into lines, and lines into the paragraphs they were set from.

A PDF knows neither lines nor paragraphs, only where each character stands. A paragraph begins
where a line is indented, where the line before stops short of the margin, or where the size of
the letters changes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from gongkai.annual.read.document import Paragraph

#: A character as pdfplumber gives it: text, x0, x1, top, bottom and size (points).
Char: TypeAlias = dict[str, Any]

#: A gap wider than this share of the letters is a space. Typesetters leave a quarter between
#: Chinese and figures, which nobody typed.
_SPACE = 0.5
#: Page numbers and running titles stand above and below these shares of the page's height.
_HEAD_OF_PAGE, _FOOT_OF_PAGE = 0.09, 0.88
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,2}、")
_PAGE_NUMBER = re.compile(
    r"[-—–－―·\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/／，,]?\s*共?\s*\d{1,3}\s*页?)?[-—–－―·\s]*"
)


@dataclass(frozen=True, slots=True)
class Line:
    """行：a printed line: its text, its edges and letter size in points, and its page."""

    text: str
    left: float
    right: float
    top: float
    size: float
    page: int
    #: Whether it stands where page numbers and running titles stand.
    at_edge: bool = False
    chars: tuple[Char, ...] = field(default=(), repr=False)


def lines_of(chars: Iterable[Char], page: int = 0, height: float = 0) -> list[Line]:
    """分行：characters that stand side by side are a line; lines come from top to bottom.

    ``height`` is that of the page, if its edges are of interest.
    """
    rows: list[list[Char]] = []
    middle = 0.0
    for char in sorted(chars, key=_middle):
        if rows and _middle(char) - middle < char["size"] * 0.5:
            rows[-1].append(char)
        else:
            rows.append([char])
            middle = _middle(char)
    return [line for row in rows if (line := _line(row, page, height)).text]


def _middle(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _line(row: list[Char], page: int, height: float) -> Line:
    row.sort(key=lambda char: char["x0"])
    words: list[str] = []
    before: Char | None = None
    for char in row:
        if before is not None:
            if char["text"] == before["text"] and char["x0"] - before["x0"] < char["size"] * 0.2:
                continue  # printed twice to look bold
            if char["x0"] - before["x1"] > char["size"] * _SPACE:
                words.append(" ")
        words.append(char["text"])
        before = char
    printed = [char for char in row if not char["text"].isspace()] or row
    top = printed[0]["top"]
    return Line(
        " ".join("".join(words).split(" ")).strip(),
        printed[0]["x0"],
        printed[-1]["x1"],
        top,
        max(char["size"] for char in printed),
        page,
        bool(height) and not height * _HEAD_OF_PAGE < top < height * _FOOT_OF_PAGE,
        tuple(row),
    )


def paragraphs(run: Sequence[Line], measure: Sequence[Line]) -> Iterator[Paragraph]:
    """分段：the paragraphs that a run of lines was set from.

    ``measure`` are all lines of the document, which tell its margins.
    """
    if not run:
        return
    left, right, size = _margins(measure)
    text, page, before = "", run[0].page, run[0]
    for line in run:
        if text and _begins(line, before, left, right, size):
            yield Paragraph(text, page)
            text = ""
        if not text:
            page = line.page
        text = _joined(text, line.text)
        before = line
    yield Paragraph(text, page)


def _margins(measure: Sequence[Line]) -> tuple[float, float, float]:
    """Left and right margin and letter size of the prose."""
    size = Counter(round(line.size, 1) for line in measure for _ in line.text).most_common(1)[0][0]
    body = [line for line in measure if abs(line.size - size) < 1] or list(measure)
    lefts = Counter(round(line.left) for line in body)
    enough = max(1, min(3, len(body) // 4))
    near = {x: sum(lefts[x + d] for d in (-1, 0, 1)) for x in lefts}
    left = min(x for x in lefts if near[x] >= enough)
    return float(left), max(line.right for line in body), size


def _begins(line: Line, before: Line, left: float, right: float, size: float) -> bool:
    """Whether ``line`` begins a paragraph, ``before`` being the line above it."""
    if abs(line.size - before.size) > size * 0.1 or _NUMBERED.match(line.text):
        return True
    if _is_centred(line, left, right, size) and _is_centred(before, left, right, size):
        # A title over several lines, in letters larger than those of the prose.
        return line.size <= size * 1.1
    indented = line.left - left > size * 1.2
    stops_short = right - before.right > size * 1.6
    return indented or stops_short


def _is_centred(line: Line, left: float, right: float, size: float) -> bool:
    before, after = line.left - left, right - line.right
    return before > size and after > size and abs(before - after) < size * 2


def _joined(text: str, more: str) -> str:
    """Two lines of a paragraph; between two words of Latin letters the line end was a space."""
    latin = (text[-1:] + more[0]).isascii() and text[-1:].isalpha() and more[0].isalpha()
    return f"{text} {more}" if latin else text + more


def is_page_number(line: Line) -> bool:
    """页码：a lone number at the top or the foot of a page."""
    return line.at_edge and _PAGE_NUMBER.fullmatch(line.text) is not None
