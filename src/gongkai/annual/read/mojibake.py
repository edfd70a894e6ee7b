"""乱码修复：text that was decoded in the wrong encoding, turned back as far as it can be.

UTF-8 taken for GBK, or for Latin-1, loses nothing or a few characters; each of those becomes
U+FFFD, and so may a digit or a quotation mark that followed it. A reader must trust no figure
directly behind one.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from itertools import product
from typing import Final, NamedTuple

#: The characters that annual reports consist of most; wrong decodings hardly produce them.
_USUAL: Final = re.compile(
    "[的政府信息公开工作年度报告申请情况本和不理行数量结果法人其他组织总计一二三四五六七行政机关件予以部分"
    "處務開請況數總計條結報為與機關項於無產業國]"
)
_SAMPLE: Final = 1_500
_WIDE: Final = re.compile(r"[^\x00-\x7f]")
#: Code page 1252 ends with the sign for a trade mark.
_BEYOND_LATIN: Final = re.compile("[\u2123-\U0010ffff]")
_LOST: Final = re.compile("\ufffd+\\??")


class _Way(NamedTuple):
    """One way to go wrong: back to the bytes, and what they meant."""

    encode: Callable[[str], bytes | None]
    meant: str
    misread: str


class Repaired(NamedTuple):
    """修复结果：the text, how it had been misread, and how many characters are lost for good."""

    text: str
    misread: str
    lost: int


def repair(text: str) -> Repaired | None:
    """修复乱码：the text as it was meant; ``None`` for text that is no mojibake, or beyond help.

    >>> repair("鏀垮簻淇℃伅")
    Repaired(text='政府信息', misread='UTF-8 误作 GBK', lost=0)
    """
    sample = text[:_SAMPLE]
    least = _usual(sample)
    if least > 0.2 or len(_WIDE.findall(sample)) < 6:
        return None
    best: tuple[_Way, ...] = ()
    # Text may have been spoilt twice.
    for times in (1, 2):
        for ways in product(_WAYS, repeat=0 if best else times):
            restored = _restored(sample, ways)
            if restored is not None and _usual(restored) > max(2 * least, 0.1):
                best, least = ways, _usual(restored)
    whole = _restored(text, best) if best else None
    if whole is None:
        return None
    return Repaired(whole, "，又 ".join(way.misread for way in best), whole.count("\ufffd"))


def _restored(text: str, ways: tuple[_Way, ...]) -> str | None:
    for way in ways:
        raw = way.encode(text)
        if raw is None:
            return None
        text = _LOST.sub("\ufffd", raw.decode(way.meant, "replace"))
    return text


def _usual(text: str) -> float:
    """The share of what is not ASCII that annual reports usually consist of."""
    wide = len(_WIDE.findall(text, 0, _SAMPLE))
    return len(_USUAL.findall(text, 0, _SAMPLE)) / wide if wide else 0.0


def _as_gbk(text: str) -> bytes | None:
    """The bytes that a decoder of GBK (Windows code page 936) saw."""
    return text.encode("gbk", "gongkai.cp936")


def _as_latin(text: str) -> bytes | None:
    """The bytes that a decoder of Latin-1 or code page 1252 saw; ``None`` if it was neither."""
    if len(_BEYOND_LATIN.findall(text, 0, _SAMPLE)) * 20 > len(text[:_SAMPLE]):
        return None
    return text.encode("cp1252", "gongkai.latin")


def _cp936(problem: UnicodeError) -> tuple[bytes, int]:
    """What code page 936 has beyond GBK: the euro in one byte, and the private use area."""
    assert isinstance(problem, UnicodeEncodeError)
    found = bytearray()
    for char in problem.object[problem.start : problem.end]:
        raw = b"\x80" if char == "€" else char.encode("gb18030", "replace")
        found += raw if len(raw) < 3 else b"?"
    return bytes(found), problem.end


def _latin(problem: UnicodeError) -> tuple[bytes, int]:
    assert isinstance(problem, UnicodeEncodeError)
    wrong = problem.object[problem.start : problem.end]
    return b"".join(bytes([ord(char)]) if ord(char) < 256 else b"?" for char in wrong), problem.end


codecs.register_error("gongkai.cp936", _cp936)
codecs.register_error("gongkai.latin", _latin)

_WAYS: Final = (
    _Way(_as_gbk, "utf-8", "UTF-8 误作 GBK"),
    _Way(_as_latin, "utf-8", "UTF-8 误作 Latin-1"),
    _Way(_as_latin, "gb18030", "GBK 误作 Latin-1"),
    _Way(_as_latin, "big5hkscs", "Big5 误作 Latin-1"),
)
