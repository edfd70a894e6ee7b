"""单元格：what one printed cell says: a figure, nothing, or something that cannot be told."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from gongkai.annual import forms
from gongkai.annual.model import Cell, Undeterminable
from gongkai.annual.read.script import normalise


class Reading(NamedTuple):
    """读数：what one printed cell says.

    ``unit`` is 元 or 万元 if the cell prints one. ``note`` is the code of a remark when the cell
    was not simply a figure or empty (``word-for-blank``, ``written-change`` …). ``supposed`` is
    the figure that an undeterminable cell would be if one supposition held, for a caller who can
    check it: ``3 43`` is 343 if the space means nothing.
    """

    cell: Cell
    unit: str = ""
    note: str = ""
    supposed: int | None = None


_BLANK: Final = frozenset(("", "/", "//", "\\", "-", "--", "—", "——", "–", "―", "─", "－", "N/A"))
_WORDS_FOR_BLANK: Final = frozenset(("无", "空", "暂无", "未填", "不适用", "None", "null"))
_WORDS_FOR_UNKNOWN: Final = frozenset(
    ("无法确定", "无法判定", "不详", "未知", "?", "待核", "待核实")
)
_FIGURE: Final = re.compile(
    r"(?P<sign>[+\-−]|减少?|增加?|下降|-)?"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,15})(?P<fraction>\.\d{1,8})?"
    r"(?P<unit>亿元|万元|元|件|条|项|个|份|宗|起|人次|人|次)?"
)
_SPACED: Final = re.compile(r"\d+(?: +\d+)+")
_NEGATIVE: Final = frozenset(("-", "−", "减", "减少", "下降"))


@lru_cache(maxsize=8192)
def is_value(text: str) -> bool:
    """是否读数：whether a cell can only be a figure or an explicit blank, not a label."""
    if normalise(text).strip() in _WORDS_FOR_UNKNOWN:
        return True
    reading = parse_cell(text)
    return reading.supposed is not None or not isinstance(reading.cell, Undeterminable)


@lru_cache(maxsize=8192)
def parse_cell(text: str, column: str = "") -> Reading:
    """单元格：what a printed cell says: a figure, blank, or undeterminable with the reason.

    ``column`` is the exchange name of its column, if known: only columns of money hold decimals,
    and a unit printed in the cell is turned into that of the column. Digits of other scripts,
    thousands separators and signs are understood; raised and circled digits are footnotes and
    make the cell undeterminable.
    """
    raw = text.strip()
    # A raised or circled digit beside a figure is a footnote; NFKC would make 12² into 122.
    if any(unicodedata.category(char) == "No" for char in raw):
        return Reading(Undeterminable(f"原文为“{raw}”，其中有上标或带圈数字，无法确定是几"))
    plain = " ".join(normalise(raw).replace("*", "").split())
    if plain in _BLANK:
        return Reading(None)
    if plain in _WORDS_FOR_BLANK:
        return Reading(None, note="word-for-blank")
    if plain in _WORDS_FOR_UNKNOWN:
        return Reading(Undeterminable(f"原文写的是“{raw}”"))
    if plain in ("零", "〇"):
        return Reading(0, note="written-zero")
    match = _FIGURE.fullmatch(plain)
    if match is None and " " in plain:
        match = _FIGURE.fullmatch(re.sub(r"(?<=\D) | (?=\D)", "", plain))
    if match is None:
        supposed = plain.replace(" ", "") if _SPACED.fullmatch(plain) else ""
        if supposed and len(supposed) <= 15 and (supposed == "0" or supposed[0] != "0"):
            reason = f"原文为“{raw}”，数字之间有空格，可能是一个数，也可能是几个数粘在一起"
            return Reading(Undeterminable(reason), supposed=int(supposed))
        return Reading(Undeterminable(f"原文为“{raw}”，不是数字"))
    return _figure(match, raw, column)


def _figure(match: re.Match[str], raw: str, column: str) -> Reading:
    sign, whole, fraction, unit = match.group("sign", "whole", "fraction", "unit")
    digits = whole.replace(",", "")
    if len(digits) > 1 and digits[0] == "0":
        return Reading(Undeterminable(f"原文为“{raw}”，以0开头，可能是几个数粘在一起"))
    negative = sign in _NEGATIVE
    note = "written-change" if sign and sign not in "+-−" else ""
    money = unit if unit in ("亿元", "万元", "元") else ""
    if fraction and column and column not in forms.MONEY:
        if fraction not in (".0", ".00"):
            return Reading(Undeterminable(f"原文为“{raw}”，这一列应当是整数"))
        fraction = None
    amount: int | Decimal = Decimal(digits + fraction) if fraction else int(digits)
    if money == "亿元":
        amount, money, note = amount * 10_000, "万元", "unit-in-cell"
    if money == "元" and column == forms.FEE_AMOUNT:
        amount, money, note = Decimal(amount) / 10_000, "万元", "unit-in-cell"
    return Reading(-amount if negative else amount, money, note)
