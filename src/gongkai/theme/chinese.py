"""简体转繁体：a whole page, its text and what is read aloud of it, never its addresses."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

_TAG = re.compile(
    r"(<!--.*?-->|<(?:script|style|textarea)\b.*?</(?:script|style|textarea)\s*>|<[^>]*>)",
    re.DOTALL | re.IGNORECASE,
)
_READ_ALOUD = re.compile(r"""\b(title|alt|aria-label|placeholder)=("[^"]*"|'[^']*')""")
_KEPT = ("<!--", "<script", "<style", "<textarea")
#: Stands between texts while they are turned together; no phrase reaches across it.
_BORDER = "\x1f"
_HAN = re.compile(r"[\u3400-\u9fff]")


@cache
def _converter() -> Any:
    """OpenCC with its dictionary of phrases; loading it takes a few hundredths of a second."""
    from opencc import OpenCC

    return OpenCC("s2t")


@lru_cache(maxsize=128)
def to_traditional(text: str) -> str:
    """繁体：the text in traditional script, phrase by phrase; texts seen lately are kept."""
    return str(_converter().convert(text)) if _HAN.search(text) else text


def page_to_traditional(page: str) -> str:
    """繁体页面：every text between tags, and titles, labels and placeholders inside them.

    Scripts, styles, what is typed into a text area, values and addresses stay as they are, so
    forms and links work as before.
    """
    pieces = _TAG.split(page.replace(_BORDER, ""))
    # All texts at once: nonces and tokens stand in tags, so the same page is found again.
    pieces[::2] = to_traditional(_BORDER.join(pieces[::2])).split(_BORDER)
    for place in range(1, len(pieces), 2):
        if _READ_ALOUD.search(pieces[place]) and not pieces[place].startswith(_KEPT):
            pieces[place] = _READ_ALOUD.sub(_turn_attribute, pieces[place])
    return "".join(pieces)


def _turn_attribute(found: re.Match[str]) -> str:
    return f"{found[1]}={to_traditional(found[2])}"
