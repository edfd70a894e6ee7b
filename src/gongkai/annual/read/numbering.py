"""自动编号：the numbers that Word puts before paragraphs without writing them into the text.

一、 before a heading, 1. before a label: where the author let Word count, the file holds only
rules, and the numbers have to be counted again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from gongkai.annual.read.document import words
from gongkai.law.numerals import chinese

if TYPE_CHECKING:
    from lxml.etree import _Element

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = words(
    "chineseCounting chineseCountingThousand japaneseCounting ideographDigital taiwaneseCounting "
    "taiwaneseCountingThousand"
)


class Level(NamedTuple):
    """级：how one level of a list counts, and how its number is written: （%1）."""

    kind: str
    pattern: str
    start: int


def child(element: _Element | None, name: str) -> _Element | None:
    """The first child with this local name."""
    if element is not None:
        for inner in element:
            if isinstance(inner.tag, str) and inner.tag.rpartition("}")[2] == name:
                return inner
    return None


def attribute(element: _Element | None, name: str) -> str | None:
    """The attribute with this local name."""
    if element is not None:
        for key, value in element.attrib.items():
            if str(key).rpartition("}")[2] == name:
                return str(value)
    return None


class Numbering:
    """编号：the lists of a document, counting as its paragraphs go by."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self._abstract: dict[str, dict[str, Level]] = {}
        #: list → its definition
        self._lists: dict[str, str] = {}
        #: style → (list, level), or the style it is based on
        self._styles: dict[str, tuple[str, str]] = {}
        self._counts: dict[tuple[str, str], int] = {}
        for element in numbering if numbering is not None else ():
            self._define(element)
        based: dict[str, str] = {}
        for style in styles if styles is not None else ():
            name = attribute(style, "styleId")
            if name is not None:
                given = _num_pr(style)
                if given:
                    self._styles[name] = given
                elif parent := attribute(child(style, "basedOn"), "val"):
                    based[name] = parent
        for name in based:
            parent, steps = based[name], 0
            while parent in based and steps < 20:
                parent, steps = based[parent], steps + 1
            if parent in self._styles:
                self._styles[name] = self._styles[parent]

    def _define(self, element: _Element) -> None:
        kind = str(element.tag).rpartition("}")[2]
        if kind == "abstractNum":
            levels: dict[str, Level] = {}
            for inner in element:
                if str(inner.tag).rpartition("}")[2] == "lvl":
                    start = attribute(child(inner, "start"), "val") or "1"
                    levels[attribute(inner, "ilvl") or "0"] = Level(
                        attribute(child(inner, "numFmt"), "val") or "decimal",
                        attribute(child(inner, "lvlText"), "val") or "",
                        int(start) if start.isdecimal() else 1,
                    )
            self._abstract[attribute(element, "abstractNumId") or ""] = levels
        elif kind == "num":
            definition = attribute(child(element, "abstractNumId"), "val")
            self._lists[attribute(element, "numId") or ""] = definition or ""

    def mark(self, paragraph: _Element) -> str:
        """编号文字：the number that Word shows before this paragraph; empty for most."""
        properties = child(paragraph, "pPr")
        if properties is None or not self._abstract:
            return ""
        given = _num_pr(paragraph)
        if given is None:
            given = self._styles.get(attribute(child(properties, "pStyle"), "val") or "")
        if given is None:
            return ""
        definition, depth = self._lists.get(given[0], ""), given[1]
        levels = self._abstract.get(definition, {})
        if depth not in levels:
            return ""
        return self._next(definition, levels, depth)

    def _next(self, definition: str, levels: dict[str, Level], depth: str) -> str:
        for deeper in levels:
            if deeper > depth:
                self._counts.pop((definition, deeper), None)
        key = (definition, depth)
        self._counts[key] = self._counts.get(key, levels[depth].start - 1) + 1

        def written(match: re.Match[str]) -> str:
            level = str(int(match[1]) - 1)
            if level not in levels:
                return ""
            count = self._counts.get((definition, level), levels[level].start)
            return _written(levels[level].kind, count)

        if levels[depth].kind in ("none", "bullet"):
            return ""
        return re.sub(r"%([1-9])", written, levels[depth].pattern)


def _num_pr(element: _Element) -> tuple[str, str] | None:
    """The list and the level that a paragraph or a style names."""
    given = child(child(element, "pPr"), "numPr")
    number = attribute(child(given, "numId"), "val")
    if number is None:
        return None
    return number, attribute(child(given, "ilvl"), "val") or "0"


def _written(kind: str, count: int) -> str:
    if kind in _CHINESE:
        return chinese(count)
    if kind == "decimalEnclosedCircleChinese" or kind == "decimalEnclosedCircle":
        return _CIRCLED[count - 1] if 1 <= count <= len(_CIRCLED) else str(count)
    if kind in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter if kind == "lowerLetter" else letter.upper()
    return str(count)
