"""统一社会信用代码（GB 32100—2015）：eighteen characters, the last a check over the others."""

from __future__ import annotations

from gongkai.errors import BadNumber

#: I, O, S, V and Z are left out: they look like 1, 0, 5, U and 2.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_character(body: str) -> str:
    """校验码：the 18th character over the first 17, weights 3ⁱ modulo 31.

    >>> check_character("91350100M000100Y4")
    '3'
    """
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return ALPHABET[-total % 31]


def credit_code(text: str) -> str:
    """统一社会信用代码：tidied and proven; raises BadNumber with what is wrong.

    >>> credit_code(" 91350100m000100y43")
    '91350100M000100Y43'
    """
    code = "".join(text.split()).upper()
    if len(code) != 18:
        raise BadNumber(f"统一社会信用代码应为18位，“{text}”是{len(code)}位。")
    if wrong := [char for char in code if char not in ALPHABET]:
        raise BadNumber(f"统一社会信用代码中不会出现“{wrong[0]}”（不用 I、O、S、V、Z）。")
    if code[-1] != check_character(code[:-1]):
        raise BadNumber(f"统一社会信用代码“{code}”的校验码不对，请核对。")
    return code
