"""遮盖：what may be shown of personal data, for lists and for publishing.

As the offices' own circulars on publishing personal data ask (永安市): few digits of an identity
number, 138****1234 of a telephone number, an address down to the township or street.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

_ALL: Final = "***"


def mask_id(text: str) -> str:
    """证件号码：130***********1234; of a shorter one (a passport) less is shown."""
    text = _half(text)
    if len(text) >= 15:
        return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"
    if len(text) >= 7:
        return f"{text[0]}{'*' * (len(text) - 3)}{text[-2:]}"
    return "*" * len(text)


_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d)\d{4}(\d{4})")
_LANDLINE = re.compile(r"(?:\+?86)?(0?\d{2,3})(\d{7,8})")
_EXTENSION = re.compile(r"(?:转|ext\.?|#).*|(?<=\d{7})-\d{1,5}$", re.IGNORECASE)


def mask_phone(text: str) -> str:
    """电话号码：138****1234, 0311-****7321; at least four digits are hidden, and the extension."""
    text = _half(text)
    digits = re.sub(r"[^\d+]", "", _EXTENSION.sub("", text))
    if mobile := _MOBILE.fullmatch(digits):
        return f"{mobile[1]}****{mobile[2]}"
    area, dash, _ = text.partition("-")
    if dash and re.fullmatch(r"0\d{2,3}", area):
        local = digits.removeprefix(area)
        return f"{area}-{_tail(local)}"
    if digits.startswith("0") and (fixed := _LANDLINE.fullmatch(digits)):
        return f"{fixed[1]}-{_tail(fixed[2])}"
    return _tail(digits) if digits else "*" * min(len(text), 3)


def _tail(digits: str) -> str:
    shown = max(0, min(4, len(digits) - 4))
    return "*" * (len(digits) - shown) + digits[len(digits) - shown :]


def mask_email(text: str) -> str:
    """电子邮箱：z***@example.com."""
    name, at, domain = _half(text).rpartition("@")
    if not at or not domain or "@" in name:
        return _ALL if text.strip() else ""
    return f"{name[:1] if len(name) > 1 else ''}***@{domain}"


# What a name of a division is not made of: numbers, roads, buildings.
_NAME = r"[^\d路巷弄号栋楼室组村A-Za-z]"
_DIVISIONS = re.compile(
    rf"(?:{_NAME}{{2,8}}?(?:省|自治区|特别行政区))?"
    rf"(?:{_NAME}{{1,8}}?(?:(?<!超)市(?![场民政])|自治州|地区|盟))?"
    rf"(?:{_NAME}{{1,10}}?(?:(?<![小社校院])区|自治县|县|自治旗|旗|(?<!超)市(?![场民政])))?"
    rf"(?:{_NAME}{{1,10}}?(?:(?<!大)街道|镇|乡|苏木))?"
)


def mask_address(text: str) -> str:
    """地址：down to the township or street, 石家庄市长安区建北街道***; nothing when unclear."""
    text = _half(text)
    found = _DIVISIONS.match(text)
    return f"{found[0] if found else ''}{_ALL}" if text else ""


_COMPOUND = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙"}
    | {"宇文", "司徒", "夏侯", "轩辕", "端木", "百里", "南宫"}
)


def mask_name(text: str) -> str:
    """姓名：张*, 欧阳**; of another script the first letter."""
    text = " ".join(text.split())
    if len(text) <= 1:
        return "*" * len(text)
    family = 2 if text[:2] in _COMPOUND and len(text) > 2 else 1
    return text[:family] + "*" * min(len(text) - family, 3)


def mask_all(text: str) -> str:
    """全部遮盖：not even the length is told."""
    return _ALL if text else ""


def _half(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


#: Kind → how it is masked.
MASKS: Final[dict[str, Callable[[str], str]]] = {
    "id": mask_id,
    "phone": mask_phone,
    "email": mask_email,
    "address": mask_address,
    "name": mask_name,
    "all": mask_all,
}
