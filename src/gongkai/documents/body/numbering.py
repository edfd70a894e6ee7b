"""自动编号：the numbers Word only computes when it shows a document, written out as text.

Official documents number 一、 （一） 1. by Word's lists; the number is part of what the document
says, so it must stand in the text. Works on the XML parts of a DOCX.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongkai.law.numerals import chinese

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{NAMESPACE}}}"


@dataclass(frozen=True, slots=True)
class Level:
    """级：where it starts, how its numbers look, and the text around them ("（%1）")."""

    start: int
    form: str
    text: str


class Numbering:
    """编号：the lists of a document, counting as its paragraphs go by."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._styles = _numbered_styles(styles) if styles is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._abstract: dict[str, str] = {}
        if numbering is not None:
            self._read(numbering)

    def label(self, paragraph: Any) -> str | None:
        """编号：of this paragraph, counted on; None if it has none, "" for a bullet."""
        place = self._place(paragraph)
        if place is None:
            return None
        key, depth = place
        levels = self._levels.get(key)
        if not levels or depth not in levels:
            return None
        level = levels[depth]
        if level.form in ("bullet", "none"):
            return ""
        # Lists of one abstract numbering count together, as Word counts them.
        counts = self._counts.setdefault(self._abstract.get(key, key), {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        text = level.text
        for other in range(depth + 1):
            above = levels.get(other, level)
            count = counts.get(other, above.start)
            text = text.replace(f"%{other + 1}", _written(count, above.form))
        return text

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return None
        own = properties.find(f"{_W}numPr")
        style = properties.find(f"{_W}pStyle")
        inherited = self._styles.get(style.get(f"{_W}val")) if style is not None else None
        if own is None:
            return inherited
        key = own.find(f"{_W}numId")
        depth = own.find(f"{_W}ilvl")
        if key is None:
            return (inherited[0], _number(depth)) if inherited else None
        if key.get(f"{_W}val") == "0":
            return None  # numbering of the style switched off
        return key.get(f"{_W}val"), _number(depth)

    def _read(self, numbering: Any) -> None:
        abstract = {
            one.get(f"{_W}abstractNumId"): _levels(one)
            for one in numbering.iterfind(f"{_W}abstractNum")
        }
        for one in numbering.iterfind(f"{_W}num"):
            key = one.get(f"{_W}numId")
            link = one.find(f"{_W}abstractNumId")
            base = link.get(f"{_W}val") if link is not None else ""
            levels = dict(abstract.get(base, {}))
            overrides = list(one.iterfind(f"{_W}lvlOverride"))
            for override in overrides:
                depth = int(override.get(f"{_W}ilvl", "0"))
                start = override.find(f"{_W}startOverride")
                if start is not None and depth in levels:
                    old = levels[depth]
                    levels[depth] = Level(_number(start, 1), old.form, old.text)
                levels.update(_levels(override))
            self._levels[key] = levels
            self._abstract[key] = key if overrides else f"abstract {base}"


def write_out(document: Any, numbering: Any | None, styles: Any | None) -> None:
    """写出编号：put each computed number in front of its paragraph and take the list away."""
    lists = Numbering(numbering, styles)
    for paragraph in document.iter(f"{_W}p"):
        label = lists.label(paragraph)
        if not label:
            continue
        properties = paragraph.find(f"{_W}pPr")
        own = properties.find(f"{_W}numPr")
        if own is not None:
            properties.remove(own)
        run = paragraph.makeelement(f"{_W}r", {})
        text = run.makeelement(f"{_W}t", {})
        text.text = label
        run.append(text)
        properties.addnext(run)
    for level in numbering.iter(f"{_W}lvl") if numbering is not None else ():
        form, style = level.find(f"{_W}numFmt"), level.find(f"{_W}pStyle")
        if style is not None and (form is None or form.get(f"{_W}val") != "bullet"):
            level.remove(style)  # the list hangs on a style: it has been written out as well


def _levels(parent: Any) -> dict[int, Level]:
    found = {}
    for level in parent.iterfind(f"{_W}lvl"):
        start, form, text = (level.find(f"{_W}{name}") for name in ("start", "numFmt", "lvlText"))
        found[int(level.get(f"{_W}ilvl", "0"))] = Level(
            _number(start, 1),
            form.get(f"{_W}val") if form is not None else "decimal",
            text.get(f"{_W}val", "") if text is not None else "",
        )
    return found


def _numbered_styles(styles: Any) -> dict[str, tuple[str, int]]:
    found = {}
    for style in styles.iterfind(f"{_W}style"):
        own = style.find(f"{_W}pPr/{_W}numPr")
        key = own.find(f"{_W}numId") if own is not None else None
        if key is not None:
            depth = own.find(f"{_W}ilvl")
            found[style.get(f"{_W}styleId")] = (key.get(f"{_W}val"), _number(depth))
    return found


def _number(element: Any | None, otherwise: int = 0) -> int:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return int(value) if value.isdecimal() else otherwise


def _letters(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    text = ""
    for value, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
        (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        text += letters * (count // value)
        count %= value
    return text


def _circled(count: int) -> str:
    return chr(0x2460 + count - 1) if 1 <= count <= 20 else str(count)


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda count: f"{count:02d}",
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
        chinese,
    ),
    "ideographDigital": lambda count: "".join("〇一二三四五六七八九"[int(d)] for d in str(count)),
}


def _written(count: int, form: str) -> str:
    return _FORMS.get(form, str)(count)
