"""文字归一：one script, one width, no glosses, whatever the source was typed or copied in."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from opencc import OpenCC


# The letters include IPA ɡ and ɑ, which converters of pinyin like to write.
_LETTERS: Final = "[a-zɡɑàáǎāèéěēìíǐīòóǒōùúǔūǜǘǚǖüńňǹḿ]+"
# That a Han character stands before is asked behind the bracket: so a search leaps to brackets.
_GLOSS: Final = re.compile(rf"\((?<=[\u4e00-\u9fff]\(){_LETTERS}\)")
_PRINTED_GLOSS: Final = re.compile(rf"[(（](?<=[\u4e00-\u9fff][(（]){_LETTERS}[)）]")
#: What converters write for the bar between cells and for the sign before a figure.
_LOOKALIKE: Final = {"│": "|", "┃": "|", "¦": "|", "−": "-"}
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
#: NFKC leaves ASCII and the common Han characters alone.
_MAY_FOLD: Final = re.compile("[^\x00-\x7f\u4e00-\u9fff]")
_SPACE: Final = re.compile(r"\s+")
#: Characters of the tables and headings that exist in traditional script only.
_TRADITIONAL: Final = frozenset(
    "係傳內動務區員問單國執報實審對屬廢廳強後徹採據數於會條業構機權決沒況減無爲為獲現當發確祕穩範"
    "糾納組結統經維編縣總織繫繳繼續罰聯舉萬處補製複復覆規計訟訪許訴詢話認請議護貫費購轉辦這進過郵"
    "鄉鎮開關電項題額類體與個時來們產種點應長門東車書師義專華廣際網離號達遲還選廠務"
) - {"覆", "沒"}


def normalise(text: str) -> str:
    """文字归一：NFKC, pinyin glosses after Han characters deleted, traditional to simplified.

    Line ends and spaces stay. Simplified text is not sent through the converter.
    """
    if text.isascii():
        return text
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    if "(" in text:
        text = _GLOSS.sub("", text)
    return text if _TRADITIONAL.isdisjoint(text) else simplify(text)


def legible(text: str) -> str:
    """可读文字：glosses and invisible characters deleted, simplified; punctuation stays as printed.

    This is how prose is kept: :func:`normalise` would turn its commas and brackets half-width.
    """
    text = _INVISIBLE.sub("", text)
    if "(" in text or "（" in text:
        text = _PRINTED_GLOSS.sub("", text)
    return text if _TRADITIONAL.isdisjoint(text) else simplify(text)


def fold(text: str) -> str:
    """逐字归一：NFKC of each character that stays one character, so that every place is kept."""
    # A page has a dozen such characters; replacing one by one is three times as fast as translate.
    for char in set(_MAY_FOLD.findall(text)):
        if folded := _folded(char):
            text = text.replace(char, folded)
    return text


@lru_cache(maxsize=65_536)
def _folded(char: str) -> str:
    folded = _LOOKALIKE.get(char) or unicodedata.normalize("NFKC", char)
    return folded if folded != char and len(folded) == 1 else ""


def simplify(text: str) -> str:
    """繁转简：traditional script to simplified, character by character and phrase by phrase."""
    return str(_converter().convert(text))


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def squeeze(text: str) -> str:
    """去空白：the normalised text without any white space, as labels are compared."""
    return _SPACE.sub("", normalise(text))
