"""号码与标题的键：bytes that sort as the numbers do, equal however they were typed.

``n`` 文号: sign, year, serial with leading zeros. ``i`` 索引号: organ code without hyphens,
year, month, serial. ``t`` the folded title as a whole. Bytes, for they compare alike on every
database and in every locale.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

from gongkai.errors import BadNumber
from gongkai.law.index_numbers import IndexNumber, parse_index
from gongkai.law.numbers import DocumentNumber, parse_all
from gongkai.search.entry import Entry
from gongkai.search.fold import fold, runs

_LONGEST: Final = 180
_PART_OF_A_NUMBER: Final = re.compile(
    r"(?P<sign>[\u4e00-\u9fff]{2,12})(?:[\[(〔【{]?(?P<year>\d{4})[\])〕】}]?第?)?"
)
_PART_OF_AN_INDEX: Final = re.compile(
    r"(?P<organ>[0-9a-z]{6,18})(?P<rest>/(?:\d{4}(?:\d{2})?-?)?)?"
)


def keys_of(entry: Entry) -> set[bytes]:
    """条目的键。"""
    return {*_numbers(entry.number), *_index(entry.index_number), *_title(entry.title)}


def exact(query: str) -> set[bytes]:
    """查询是一个完整的文号、索引号或者标题：the keys it may be."""
    return {*_numbers(query), *_index(query), *_title(query)}


def is_number(query: str) -> bool:
    """查询是否文号、索引号，或者它的前一部分。"""
    return bool(_numbers(query) or _index(query) or beginning(query).startswith(b"i"))


def beginning(query: str) -> bytes:
    """查询是号码的前一部分：what the keys begin with; empty when it can be no number.

    A sign must be whole: 国务院 asks for titles, 国务院令 for the orders of the State Council.

    >>> beginning("石政发[2025]").decode()
    'n石政发\\x1f2025'
    """
    plain = re.sub(r"\s+", "", fold(query))
    if found := _PART_OF_A_NUMBER.fullmatch(plain):
        return f"n{found['sign']}\x1f{found['year'] or ''}".encode()
    organ, slash, rest = plain.removeprefix("索引号").lstrip(":").partition("/")
    whole = organ.replace("-", "") + slash + rest
    if _PART_OF_AN_INDEX.fullmatch(whole) and any(map(str.isdigit, organ)):
        return f"i{whole}".encode()
    return b""


def _numbers(text: str) -> set[bytes]:
    try:
        return {_number(one) for one in parse_all(text)}
    except BadNumber:
        return set()


def _number(number: DocumentNumber) -> bytes:
    sign, year, serial, suffix = number.identity
    text = f"n{fold(sign)}\x1f{year or '----'}\x1f{serial:06d}{fold(suffix)}"
    return text.encode()[:_LONGEST]


def _index(text: str) -> set[bytes]:
    try:
        number: IndexNumber = parse_index(text)
    except BadNumber:
        return set()
    month = "" if number.month is None else f"{number.month:02d}"
    organ = number.organ.replace("-", "").lower()
    return {f"i{organ}/{number.year}{month}-{int(number.serial):07d}".encode()}


def _title(text: str) -> set[bytes]:
    whole = "".join(runs(text))
    return {b"t" + hashlib.blake2b(whole.encode(), digest_size=12).digest()} if whole else set()
