"""统一社会信用代码：the check characters of the codes that name organs and organisations.

GB 32100-2015《法人和其他组织统一社会信用代码编码规则》: 18 characters; one for the registering
authority, one for the kind, six of the area, nine of the organisation code, one check character.
GB 11714-1997《全国组织机构代码编制规则》: the nine, whose last is a check character too.

>>> is_credit_code("11370322004222241N"), is_organ_code("00001434-9")
(True, True)
"""

from __future__ import annotations

#: GB 32100-2015 第4.3条 leaves out I, O, S, V, Z.
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(3**place % 31 for place in range(17))
_ORGAN_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGAN_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def credit_check(body: str) -> str:
    """校验码：of the first 17 characters; 31 − (Σ value × 3^place mod 31), 31 counting as 0."""
    total = sum(_ALPHABET.index(one) * weight for one, weight in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def organ_check(body: str) -> str:
    """校验码：of the first 8 characters of an organisation code; 10 is X and 11 is 0."""
    total = sum(
        _ORGAN_ALPHABET.index(one) * weight
        for one, weight in zip(body, _ORGAN_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11]


def is_credit_code(code: str) -> bool:
    """是否统一社会信用代码：18 characters of the alphabet with the right check character."""
    return (
        len(code) == 18
        and all(one in _ALPHABET for one in code)
        and code[2:8].isdigit()
        and credit_check(code[:17]) == code[17]
    )


def is_organ_code(code: str) -> bool:
    """是否组织机构代码：nine characters, with or without the hyphen before the last."""
    plain = code.replace("-", "") if len(code) == 10 and code[8] == "-" else code
    return (
        len(plain) == 9
        and all(one in _ORGAN_ALPHABET for one in plain)
        and organ_check(plain[:8]) == plain[8]
    )
