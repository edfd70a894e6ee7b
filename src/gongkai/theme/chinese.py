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
_HAN = re.compile(r"[\u3400-\u9fff]")


@cache
def _converter() -> Any:
    """OpenCC with its dictionary of phrases; loading it takes a few hundredths of a second."""
    from opencc import OpenCC

    return OpenCC("s2t")


@lru_cache(maxsize=512)
def to_traditional(text: str) -> str:
    """繁体：the text in traditional script, phrase by phrase; texts seen lately are kept."""
    return str(_converter().convert(text)) if _HAN.search(text) else text


def page_to_traditional(page: str) -> str:
    """繁体页面：every text between tags, and titles, labels and placeholders inside them.

    Scripts, styles, what is typed into a text area, values and addresses stay as they are, so
    forms and links work as before.
    """
    pieces = _TAG.split(page)
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            pieces[place] = to_traditional(piece)
        elif "=" in piece and not piece.startswith(("<!--", "<script", "<style", "<textarea")):
            pieces[place] = _READ_ALOUD.sub(
                lambda found: f"{found[1]}={to_traditional(found[2])}", piece
            )
    return "".join(pieces)
