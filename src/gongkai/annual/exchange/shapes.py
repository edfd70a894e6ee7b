"""JSON之形：values of JSON taken as what they should be, or refused with a sentence.

``name`` is how the message calls the place: the key as it stands in the object.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from gongkai.errors import BadInput


def mapping(value: object, name: str) -> dict[str, Any]:
    """对象：a JSON object; ``null`` is an empty one."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadInput(f"“{name}”应为JSON对象（花括号）")
    for key in value:
        text(key, name)
    return value


def items(value: object, name: str) -> list[dict[str, Any]]:
    """对象数组：a JSON array of objects; ``null`` is an empty one."""
    return [mapping(item, name) for item in _array(value, name)]


def texts(value: object, name: str) -> tuple[str, ...]:
    """文字数组：a JSON array of strings; ``null`` is an empty one."""
    return tuple(text(item, name) for item in _array(value, name))


def text(value: object, name: str) -> str:
    """文字：a JSON string that can be written down again; ``null`` is an empty one."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadInput(f"“{name}”应为文字（双引号）")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise BadInput(f"“{short(name)}”里有残缺的字符编码（孤立的代理码）")
    return value


def unknown(where: str, kind: str, name: str, known: Iterable[str]) -> BadInput:
    """名称有误：the error for a name that is not among the known, with the one nearest to it."""
    nearest = difflib.get_close_matches(short(name), list(known), n=1, cutoff=0)
    return BadInput(f"{where}里没有“{short(name)}”这一{kind}，最接近的是“{nearest[0]}”")


def short(text: str, most: int = 60) -> str:
    """``text`` fit to be quoted in a message: one line, not too long, printable."""
    line = "".join(c if c.isprintable() else "□" for c in text[:most])
    return line if len(text) <= most else line + "…"


def _array(value: object, name: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadInput(f"“{name}”应为JSON数组（方括号）")
    return value
