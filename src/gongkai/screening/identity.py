"""证号校验：resident numbers, credit codes and card numbers, each by its own arithmetic."""

from __future__ import annotations

from datetime import date
from typing import Final

# GB 11643-1999, GB/T 2260: the first two digits are the province.
PROVINCES: Final = {
    11: "北京", 12: "天津", 13: "河北", 14: "山西", 15: "内蒙古",
    21: "辽宁", 22: "吉林", 23: "黑龙江",
    31: "上海", 32: "江苏", 33: "浙江", 34: "安徽", 35: "福建", 36: "江西", 37: "山东",
    41: "河南", 42: "湖北", 43: "湖南", 44: "广东", 45: "广西", 46: "海南",
    50: "重庆", 51: "四川", 52: "贵州", 53: "云南", 54: "西藏",
    61: "陕西", 62: "甘肃", 63: "青海", 64: "宁夏", 65: "新疆",
    71: "台湾", 81: "香港", 82: "澳门", 83: "台湾",
}  # fmt: skip

_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"

_CODE_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))


def resident_check(number: str) -> str:
    """居民身份证校验码：the eighteenth character over the first seventeen (GB 11643, MOD 11-2).

    >>> resident_check("11010519491231002")
    'X'
    """
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, number, strict=False))
    return _ID_CHECKS[total % 11]


def is_resident_number(number: str) -> bool:
    """居民身份证号码：eighteen characters with a province, a day of birth and the right check.

    >>> is_resident_number("11010519491231002X")
    True
    >>> is_resident_number("110105194912310021")
    False
    """
    return looks_resident(number) and resident_check(number) == number[17].upper()


def looks_resident(number: str) -> bool:
    """像居民身份证号码：province and day of birth are sound; the check character is not asked."""
    return (
        len(number) == 18
        and number[:17].isdecimal()
        and (number[17].isdecimal() or number[17] in "Xx")
        and int(number[:2]) in PROVINCES
        and born(number[6:14]) is not None
    )


def is_old_resident_number(number: str) -> bool:
    """十五位旧号：province and a day of birth in the twentieth century; there is no check digit."""
    return (
        len(number) == 15
        and number.isdecimal()
        and int(number[:2]) in PROVINCES
        and born("19" + number[6:12]) is not None
    )


def born(digits: str) -> date | None:
    """出生日期：of eight digits, if it is a day between 1900 and today."""
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return day if date(1900, 1, 1) <= day <= date.today() else None


def is_credit_code(code: str) -> bool:
    """统一社会信用代码：eighteen characters, the last a check modulo 31 (GB 32100-2015).

    >>> is_credit_code("91350100M000100Y43")
    True
    """
    values = [_CODE_ALPHABET.find(char) for char in code.upper()]
    if len(values) != 18 or min(values) < 0:
        return False
    total = sum(weight * value for weight, value in zip(_CODE_WEIGHTS, values, strict=False))
    return values[17] == -total % 31


def passes_luhn(digits: str) -> bool:
    """卢恩校验：the check of bank cards (ISO/IEC 7812-1, GB/T 15694).

    >>> passes_luhn("6222020200112230004"), passes_luhn("6222020200112230005")
    (True, False)
    """
    total = 0
    for place, char in enumerate(reversed(digits)):
        digit = int(char) << (place & 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0
