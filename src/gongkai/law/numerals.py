"""数字：Chinese numerals to integers and back, as statutes and official documents write them."""

from __future__ import annotations

from gongkai.errors import BadNumber

DIGITS = "零一二三四五六七八九"
#: Every character that may stand in a Chinese numeral; for use inside a regular expression class.
NUMERAL_CHARACTERS = DIGITS + "〇○两十百千万亿"

_VALUES = {character: value for value, character in enumerate(DIGITS)} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = ((10**8, "亿"), (10**4, "万"))
_LIMIT = 10**12
_LONGEST = 32


def chinese(number: int) -> str:
    """中文数字：the numeral a statute prints, 0 to 999 999 999 999.

    >>> chinese(33), chinese(10), chinese(106), chinese(1259)
    ('三十三', '十', '一百零六', '一千二百五十九')
    """
    if not 0 <= number < _LIMIT:
        raise BadNumber(f"{number}超出可以写成中文数字的范围（0至{_LIMIT - 1}）")
    numeral = _spell(number)
    return numeral.removeprefix("一") if numeral.startswith("一十") else numeral


def _spell(number: int) -> str:
    for size, unit in _MYRIADS:
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if 0 < rest < size // 10 else ""
            return _spell(head) + unit + gap + (_spell(rest) if rest else "")
    return _spell_below_myriad(number)


def _spell_below_myriad(number: int) -> str:
    if number < 10:
        return DIGITS[number]
    for unit, size in reversed(_UNITS.items()):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if 0 < rest < size // 10 else ""
            return DIGITS[head] + unit + gap + (_spell_below_myriad(rest) if rest else "")
    raise AssertionError(number)


def parse_number(text: str) -> int:
    """读数：a Chinese numeral or decimal digits of either width, as an integer.

    Reads 三十三, 一百零六, 二〇二四 (digit by digit), 33 and ３３. Malformed numerals such as
    二三十 or 百十 are refused with BadNumber rather than guessed at.

    >>> parse_number("二十四"), parse_number("二〇二四"), parse_number("３３")
    (24, 2024, 33)
    """
    numeral = text.strip()
    if len(numeral) > _LONGEST:
        raise BadNumber(f"“{numeral[:_LONGEST]}…”太长，不是数字")
    if numeral.isdecimal():
        return int(numeral)
    if _is_digit_by_digit(numeral):
        return int("".join(str(_VALUES[character]) for character in numeral))
    value = _evaluate(numeral)
    if value is None or _canonical(numeral) not in {chinese(value), _spell(value)}:
        raise BadNumber(f"“{text}”不是数字")
    return value


def _is_digit_by_digit(numeral: str) -> bool:
    """二〇二四, 一九九八, 二〇; but two digits without a zero are more likely a slip."""
    enough = len(numeral) > 2 or (len(numeral) == 2 and numeral[1] in "〇○零")
    return enough and "两" not in numeral and all(digit in _VALUES for digit in numeral)


def _canonical(numeral: str) -> str:
    return numeral.translate(str.maketrans("〇○两", "零零二"))


def _evaluate(numeral: str) -> int | None:
    """Add up digit-and-unit pairs; whether their order was lawful is for the caller to see."""
    if not numeral:
        return None
    total = section = digit = 0
    for character in numeral:
        if character in _VALUES:
            digit = _VALUES[character]
        elif character in _UNITS:
            section += (digit or 1) * _UNITS[character]
            digit = 0
        elif character == "万":
            total += (section + digit) * 10**4
            section = digit = 0
        elif character == "亿":
            total = (total + section + digit) * 10**8
            section = digit = 0
        else:
            return None
    value = total + section + digit
    return value if value < _LIMIT else None
