"""个人号码：rules that find the numbers which name one person.

个人信息保护法 and the circulars on pages that leaked lists of recipients are why these are here:
a resident number on a public page has to come down whatever the page is for; a mobile number may
be that of the duty office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongkai.screening.finding import Category, Hit, Severity
from gongkai.screening.identity import (
    PROVINCES,
    is_credit_code,
    is_old_resident_number,
    is_resident_number,
    looks_resident,
    passes_luhn,
)
from gongkai.screening.page import Page
from gongkai.screening.rule import Rule

_ID_LABEL: Final = re.compile(r"身份证|公民身份|证件号|证号")
_CODE_LABEL: Final = re.compile(r"信用代码|机构代码|税号|识别号")
_CARD_LABEL: Final = re.compile(r"卡号|银行卡|信用卡|借记卡|储蓄卡|一卡通|社保卡|存折")
_BANK_LABEL: Final = re.compile(rf"{_CARD_LABEL.pattern}|[账帐][号户]|开户|银行")
_OFFICE_LABEL: Final = re.compile(
    r"联系|咨询|热线|监督|举报|投诉|值班|办公|服务|传真|报名|客服|受理|报警|救援|(?<!家庭)电话[:：]"
)

_ID: Final = re.compile(r"(?<![0-9])(?=([1-8](?:[ -]?[0-9]){16}[ -]?[0-9Xx]))")
_OLD_ID: Final = re.compile(r"(?<![0-9])([1-8][0-9]{14})(?![0-9])")
_MOBILE: Final = re.compile(
    r"(?<![0-9])(?:(?:\+|00)?86[ -]?)?"
    r"(1[3-9][0-9](?:[0-9]{8}|[ -][0-9]{4}[ -][0-9]{4}|-[0-9]{8}|[0-9]{4}-[0-9]{4}))(?![0-9])"
)
_CARD: Final = re.compile(
    r"(?<![0-9])([3-9][0-9]{15,18}"
    r"|[3-9][0-9]{3}(?:([ -])[0-9]{4})(?:\2[0-9]{4}){2}(?:\2[0-9]{1,3})?)"
    r"(?![0-9])"
)
_ACCOUNT: Final = re.compile(
    r"[账帐]号(?:为|是)?[ \t]*[:：]?[ \t]*([0-9](?:[ -]?[0-9]){7,29})(?![0-9])"
)
_PERMIT: Final = re.compile(
    r"(?:护照|通行证|台胞证|回乡证)[^\n0-9A-Za-z]{0,12}"
    r"([EGDPS][A-Z]?[0-9]{7,8}|[CWHMT][A-Z]?[0-9]{7,10})(?![0-9A-Za-z])"
)
_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[A-HJ-NP-Z][·•.]?(?=[A-HJ-NP-Z]{0,2}[0-9]{3})[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警]"
    r"(?![0-9A-Za-z])"
)
_LONGEST_NUMBER: Final = 20
_MASKS: Final = frozenset("*×●•xX")
_MASK: Final = re.compile(r"[0-9][0-9*×●•xX]*")

_CONCEAL: Final = "请删除，或者按规定遮蔽后再公开"


def masked(number: str, head: int, tail: int) -> str:
    """遮蔽：the first and the last few characters, stars between.

    >>> masked("13812345678", 3, 4)
    '138****5678'
    """
    hidden = max(len(number) - head - tail, 0)
    return number[:head] + "*" * hidden + number[len(number) - tail :]


def compact(number: str) -> str:
    """去分隔：without the blanks and dashes between groups."""
    return number.replace(" ", "").replace("-", "")


def _stands_alone(page: Page, start: int, end: int) -> bool:
    """Not part of a longer code, a web address or a decimal."""
    before, after = page.text[max(0, start - 1) : start], page.text[end : end + 2]
    return not (
        (before.isascii() and (before.isalnum() or before in set("._=/%")))
        or (after[:1].isascii() and (after[:1].isalnum() or after[:1] in set("_/%")))
        or (after[:1] == "." and after[1:].isdigit())
    )


def _labelled(page: Page, at: int, label: re.Pattern[str]) -> bool:
    """The label stands a little before, or, in a table, somewhere above."""
    if label.search(page.before(at, 24)):
        return True
    line = page.line(at)
    return ("\t" in line or "|" in line) and bool(label.search(page.text, max(0, at - 4_000), at))


def resident_numbers(page: Page) -> Iterator[Hit]:
    """居民身份证号码：十八位，省级代码、出生日期和校验码（GB 11643，MOD 11-2）都成立；

    校验码不符但紧跟在“身份证”等字样之后的，降为警告。统一社会信用代码（GB 32100）不算。
    """
    for run in page.long_numbers:
        for found in _ID.finditer(run[0]):
            start, end = run.start() + found.start(1), run.start() + found.end(1)
            number = compact(found[1]).upper()
            if not looks_resident(number) or not _stands_alone(page, start, end):
                continue
            before = page.before(start, 16)
            if is_credit_code(number) and _CODE_LABEL.search(before):
                continue
            shown = masked(number, 4, 4)
            if is_resident_number(number):
                reason = f"居民身份证号码（{PROVINCES[int(number[:2])]}，校验码相符）"
                yield Hit(start, end, reason, _CONCEAL, confidence=0.99, shown=shown)
            elif _ID_LABEL.search(before):
                reason = "“身份证”字样后的十八位号码，校验码不符，可能是抄错的身份证号码"
                yield Hit(start, end, reason, _CONCEAL, Severity.WARNING, 0.8, shown)


def old_resident_numbers(page: Page) -> Iterator[Hit]:
    """十五位旧身份证号码：省级代码和出生日期成立，且附近有“身份证”等字样（旧号没有校验码）。"""
    for run in page.long_numbers:
        for found in _OLD_ID.finditer(run[0]):
            start, end = run.start() + found.start(1), run.start() + found.end(1)
            if (
                is_old_resident_number(found[1])
                and _stands_alone(page, start, end)
                and _labelled(page, start, _ID_LABEL)
            ):
                shown = masked(found[1], 4, 3)
                yield Hit(start, end, "十五位旧居民身份证号码", _CONCEAL, None, 0.9, shown)


def mobile_numbers(page: Page) -> Iterator[Hit]:
    """手机号码：1[3-9] 开头的十一位，容许 +86、空格和短横；

    是否应当公开需人工判断，紧跟“联系”“咨询”等办公字样的降为提示。金额、网址里的数字不算。
    """
    for run in page.long_numbers:
        for found in _MOBILE.finditer(run[0]):
            start, end = run.start() + found.start(), run.start() + found.end()
            number = compact(found[1])
            if page.text[start - 1 : start] == "+":
                start -= 1
            if (
                not _stands_alone(page, start, end)
                or number.endswith("000000")
                or re.match(r" ?[元万亿吨平米]", page.after(end, 3))
            ):
                continue
            office = _OFFICE_LABEL.search(page.before(start, 16))
            yield Hit(
                start,
                end,
                "手机号码" + ("，看来是办公联系方式" if office else "，可能是个人联系方式"),
                "请判断：对外办公的号码可以公开，个人号码请删除或遮蔽中间四位",
                Severity.NOTE if office else Severity.WARNING,
                0.5 if office else 0.8,
                masked(number, 3, 4),
            )


def bank_cards(page: Page) -> Iterator[Hit]:
    """银行卡号：通过卢恩校验（ISO/IEC 7812）的，62 开头的十六至十九位；

    或者 3、4、5 开头的十六位、9558 开头的十九位，且附近有“卡号”等字样。
    62 开头而附近没有“卡号”“账号”“开户行”等字样的，降为警告。
    """
    for run in page.long_numbers:
        for found in _CARD.finditer(run[0]):
            start, end = run.start() + found.start(1), run.start() + found.end(1)
            number = compact(found[1])
            union_pay = number.startswith("62")
            label = _BANK_LABEL if union_pay else _CARD_LABEL
            if not (
                union_pay
                or (len(number) == 16 and number[0] in "345")
                or (len(number) == 19 and number.startswith("9558"))
            ):
                continue
            if (
                not passes_luhn(number)
                or not _stands_alone(page, start, end)
                or (len(number) == 18 and (is_resident_number(number) or is_credit_code(number)))
            ):
                continue
            labelled = _labelled(page, start, label)
            if labelled or (union_pay and len(set(number)) > 3):
                yield Hit(
                    start,
                    end,
                    "银行卡号（通过校验）"
                    if labelled
                    else "疑似银行卡号（通过校验，附近没有字样）",
                    _CONCEAL,
                    Severity.ERROR if labelled else Severity.WARNING,
                    0.97 if labelled else 0.7,
                    masked(number, 4, 4),
                )


def accounts(page: Page) -> Iterator[Hit]:
    """银行账号：“账号”二字后的八至三十位数字，不是银行卡号的；对公账户可以公开，个人账户不可以。"""
    if "账号" not in page.text and "帐号" not in page.text:
        return
    for found in _ACCOUNT.finditer(page.text):
        number = compact(found[1])
        if 16 <= len(number) <= 19 and passes_luhn(number) and number.startswith("62"):
            continue  # a card, told by its own rule
        yield Hit(
            found.start(1),
            found.end(1),
            "银行账号，未能判断是单位的还是个人的",
            "请判断：收费、缴款用的单位账户可以公开，个人账户请删除",
            confidence=0.6,
            shown=masked(number, 4, 4) if len(number) > 10 else masked(number, 2, 2),
        )


def permits(page: Page) -> Iterator[Hit]:
    """护照、通行证号码：“护照”“通行证”等字样后，格式相符的号码。"""
    for found in _PERMIT.finditer(page.text):
        shown = masked(found[1], 2, 2)
        yield Hit(found.start(1), found.end(1), "护照或者通行证号码", _CONCEAL, None, 0.9, shown)


def plates(page: Page) -> Iterator[Hit]:
    """机动车号牌：省份简称、字母和五至六位编号；公务或者处罚文书中是否公开需人工判断。"""
    for found in _PLATE.finditer(page.text):
        plain = re.sub("[·•.]", "", found[0])
        yield Hit(
            found.start(),
            found.end(),
            "机动车号牌号码",
            "请判断是否需要公开；涉及个人的请遮蔽",
            confidence=0.7,
            shown=masked(plain, 2, 1),
        )


def thin_masks(page: Page) -> Iterator[Hit]:
    """遮蔽不足：身份证号码遮蔽少于六位或者完整露出出生日期，手机号码遮蔽少于四位，

    银行卡号遮蔽少于六位。``3201**********1234``、``138****5678`` 这样的视为已经遮蔽。
    """
    text = page.text
    seen = 0
    for start in page.marks("*×●•xX"):
        if start < seen or (text[start] in "xX" and text[start + 1 : start + 2] not in _MASKS):
            continue
        furthest = max(seen, start - _LONGEST_NUMBER)
        while start > furthest and text[start - 1] in "0123456789*×●•xX":
            start -= 1
        found = _MASK.match(text, start)
        if found is None or not _stands_alone(page, *found.span()):
            continue
        seen = found.end()
        value = re.sub("[×●•xX]", "*", found[0])
        # A final X is the check character of a resident number, not a star.
        if len(value) == 18 and found[0][-1] in "xX" and found[0][-2].isdigit():
            value = value[:-1] + "X"
        if what := _exposed(value):
            yield Hit(
                *found.span(),
                f"{what}，只遮蔽了 {value.count('*')} 位，仍然可以推出原号",
                "请多遮几位：身份证号码至少遮住出生日期，手机号码至少遮住中间四位",
                confidence=0.85,
                shown=value[:3] + "*" * (len(value) - 5) + value[-2:],
            )


def _exposed(masked_value: str) -> str | None:
    """What can still be told from a masked number; ``None`` where it is masked well enough."""
    hidden = masked_value.count("*")
    size = len(masked_value)
    province = masked_value[:2]
    if size == 18 and province.isdigit() and int(province) in PROVINCES:
        birthday = masked_value[6:14].isdigit()
        if hidden < 6 or birthday:
            return "身份证号码" + ("露出了完整的出生日期" if birthday else "")
    elif size == 11 and re.match(r"1[3-9]", masked_value) and hidden < 4:
        return "手机号码"
    elif size in (16, 19) and masked_value.startswith("62") and hidden < 6:
        return "银行卡号"
    return None


RULES: Final = (
    Rule("P-01", Category.PERSONAL, Severity.ERROR, resident_numbers),
    Rule("P-02", Category.PERSONAL, Severity.ERROR, old_resident_numbers),
    Rule("P-03", Category.PERSONAL, Severity.WARNING, mobile_numbers),
    Rule("P-04", Category.PERSONAL, Severity.ERROR, bank_cards),
    Rule("P-05", Category.PERSONAL, Severity.NOTE, accounts),
    Rule("P-06", Category.PERSONAL, Severity.ERROR, permits),
    Rule("P-07", Category.PERSONAL, Severity.NOTE, plates),
    Rule("P-08", Category.PERSONAL, Severity.WARNING, thin_masks),
)
