"""涉密与内部标志：marks that say a paper was not meant for the public.

Only marks count: a line of its own, a bracket, a star. Prose that speaks of 国家秘密 is what the
Regulation itself does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongkai.screening.finding import Category, Hit, Severity
from gongkai.screening.page import Page
from gongkai.screening.rule import Rule

_BLANK: Final = r"[ \t\u3000]*"
_LEVEL: Final = rf"[绝机秘]{_BLANK}密"
_TERM: Final = r"(?:长期|[0-9一二三四五六七八九十]{1,3} ?(?:年|个月|月|日|天)|启用前|解密前)?"
_STAR: Final = re.compile(rf"{_BLANK}[★☆✩⭐*]{_BLANK}{_TERM}")
_FIELD: Final = re.compile(rf"密{_BLANK}级{_BLANK}(?:为|是)?[:：]{_BLANK}({_LEVEL})$")
_ALONE: Final = re.compile(rf"[【\[（(]?{_LEVEL}(?:级|件)?[】\]）)]?")

_INTERNAL: Final = re.compile(
    r"内部(?:资料|文件|材料|刊物|使用|掌握|参考)[ ，、,]*"
    r"(?:请?注意保[存管密]|妥善保[存管]|请?勿外[传泄]|不得外[传泄]|严禁外[传泄]|不得公开|禁止外传"
    r"|请勿扩散)|内部(?:资料|文件|材料|使用|参考|掌握|工作)"
)
_WITHHELD: Final = re.compile(r"(?:不予公开|不公开|不宜公开|依申请公开|删减后公开)(?:发布)?")
_FIELD_BEFORE: Final = re.compile(
    r"(?:公开(?:属性|方式|类型|选项|形式)|信息公开(?:属性|选项|类型))[ \t]*[:：][ \t]*$"
)
_THIS_PAPER: Final = re.compile(r"(?:[（(【\[][ \t]*|^)(?:此件|本件|该件|此文|本文件)?[ \t]*$")
_OPENED: Final = frozenset("【[（(")
_CLOSED: Final = frozenset("】]）)")


def _stands_alone(page: Page, start: int, end: int) -> bool:
    """In brackets of its own, or on a line of its own."""
    before = page.before(start, 8).strip(" \t\u3000")
    after = page.after(end, 10).strip(" \t\u3000")
    bracketed = before[-1:] in _OPENED and after[:1] in _CLOSED
    whole_line = not before and (not after or after[0] in "★☆")
    return bracketed or whole_line


def secret_marks(page: Page) -> Iterator[Hit]:
    """国家秘密标志：“机密★1年”这样带星号的标志，独占一行的密级，“密级：秘密”这样的栏目。

    正文里谈到国家秘密的不算。
    """
    text = page.text
    for at in page.marks("密"):
        end = at + 1
        before = page.before(end, 6)
        level = re.search(rf"{_LEVEL}$", before)
        if level is None:
            continue
        start = end - len(level[0])
        if star := _STAR.match(text, end):
            end, confidence = star.end(), 0.98
        elif _FIELD.search(page.before(end, 16)) and text[end : end + 1] not in {"、", "/"}:
            confidence = 0.9
        elif _ALONE.fullmatch(page.line(start).strip()):
            confidence = 0.8
        else:
            continue
        yield Hit(
            start,
            end,
            "带有国家秘密标志",
            "立即停止发布，离线保存，报本机关保密工作机构核实（保守国家秘密法）",
            confidence=confidence,
        )


def internal_marks(page: Page) -> Iterator[Hit]:
    """内部文件标志：“内部资料，注意保存”“仅供内部使用”，或者括注、独占一行的“工作秘密”“内部文件”。"""
    for found in (*_INTERNAL.finditer(page.text), *re.finditer("工作秘密", page.text)):
        start, end = found.span()
        only = page.before(start, 2) == "仅供"
        if not (len(found[0]) > 6 or only or _stands_alone(page, start, end)):
            continue
        yield Hit(
            start - 2 if only else start,
            end,
            "带有内部文件或者工作秘密标志",
            "核实公开属性；属于工作秘密、内部事务信息的不得发布",
            confidence=0.9,
        )


def withheld_marks(page: Page) -> Iterator[Hit]:
    """不公开附注：公文附注或者公开属性栏写着“此件不公开”“依申请公开”，与主动公开相矛盾。

    附注是括起来的，或者以“此件”开头；并列的选项（“主动公开□依申请公开□”）不算。
    """
    for found in _WITHHELD.finditer(page.text):
        before, after = page.before(found.start(), 14), page.after(found.end(), 2)
        note = before.endswith(("此件", "本件", "该件")) or (
            _THIS_PAPER.search(before) and before[-1:] != "" and after[:1] in _CLOSED
        )
        field = _FIELD_BEFORE.search(before) and after.strip()[:1] not in set("□☐/、")
        if not (note or field):
            continue
        on_request = "依申请" in found[0]
        yield Hit(
            *found.span(),
            "公文附注或者公开属性为" + ("“依申请公开”" if on_request else "不公开"),
            "核对拟发公文信息公开审查表；属性未经变更的不得主动发布",
            Severity.WARNING if on_request else None,
            0.7 if on_request else 0.9,
        )


RULES: Final = (
    Rule("S-01", Category.SECRET, Severity.ERROR, secret_marks),
    Rule("S-02", Category.SECRET, Severity.ERROR, internal_marks),
    Rule("S-03", Category.SECRET, Severity.ERROR, withheld_marks),
)
