"""涉密与内部标志：marks that say a paper was not meant for the public.

Only marks count: a line of its own, a bracket, a star. Prose that speaks of 国家秘密 is what the
Regulation itself does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongkai.screening.finding import Category, Hit, Rule, Severity
from gongkai.screening.page import Page

_BLANK: Final = r"[ \t\u3000]*"
_LEVEL: Final = rf"(?:绝{_BLANK}密|机{_BLANK}密|秘{_BLANK}密)"
_STAR: Final = re.compile(
    rf"{_LEVEL}{_BLANK}[★☆✩⭐*]{_BLANK}"
    r"(?:长期|[0-9一二三四五六七八九十]{1,3}\s*(?:年|个月|月|日|天)|启用前|解密前)?"
)
_LEVEL_ALONE: Final = re.compile(
    rf"^{_BLANK}(?:密级{_BLANK}[:：]{_BLANK})?[【\[（(]?({_LEVEL}(?:级|件)?)[】\]）)]?{_BLANK}$",
    re.MULTILINE,
)
_LEVEL_FIELD: Final = re.compile(
    rf"密{_BLANK}级{_BLANK}(?:为|是)?[:：]{_BLANK}({_LEVEL})(?![\u4e00-\u9fff]*[、/])"
)

_INTERNAL: Final = re.compile(
    r"内部(?:资料|文件|材料|刊物|使用|掌握|参考)[ ，、,　]*"
    r"(?:请?注意保[存管密]|妥善保[存管]|请?勿外[传泄]|不得外[传泄]|严禁外[传泄]|不得公开|禁止外传|请勿扩散)"
    r"|仅供内部(?:使用|参考|掌握|工作)"
    r"|(?:^|[【\[（(])[ \t\u3000]*(?:工作秘密|内部资料|内部文件|内部材料|内部使用|内部参考)"
    r"(?:[ \t\u3000]*[★☆][^\n]{0,6})?[ \t\u3000]*(?:$|[】\]）)])"
    r"|(?:阅后|会后)(?:收回|销毁|即焚)(?=[】\]）)]|[ \t]*$)",
    re.MULTILINE,
)
_WITHHELD: Final = re.compile(
    r"[（(【\[][ \t]*(?:此件|本件|该件|此文|本文件|信息公开(?:类型|选项|属性)[:：])?[ \t]*"
    r"(?:不予公开|不公开|不宜公开|依申请公开|仅供内部公开|删减后公开)(?:发布)?[ \t]*[）)】\]]"
    r"|此件(?:不予公开|不公开|不宜公开|依申请公开|不宜公开发布)"
    r"|(?:公开(?:属性|方式|类型|选项|形式)|信息公开(?:属性|选项))[ \t]*[:：][ \t]*"
    r"(?:不予公开|不公开|依申请公开)(?![ \t]*[□☐/、])"
)


def secret_marks(page: Page) -> Iterator[Hit]:
    """国家秘密标志：“机密★1年”这样带星号的标志，独占一行的密级，“密级：秘密”这样的栏目。

    正文里谈到国家秘密的不算。
    """
    if "密" not in page.text:
        return
    seen: set[int] = set()
    for pattern, group, confidence in (
        (_STAR, 0, 0.98),
        (_LEVEL_FIELD, 1, 0.9),
        (_LEVEL_ALONE, 1, 0.8),
    ):
        for found in pattern.finditer(page.text):
            start, end = found.span(group)
            if start not in seen:
                seen.add(start)
                yield Hit(
                    start,
                    end,
                    "带有国家秘密标志",
                    "立即停止发布，离线保存，报本机关保密工作机构核实（保守国家秘密法）",
                    confidence=confidence,
                )


def internal_marks(page: Page) -> Iterator[Hit]:
    """内部文件标志：“内部资料，注意保存”“仅供内部使用”，或者括注、独占一行的“工作秘密”“内部文件”。"""
    if "内部" in page.text or "工作秘密" in page.text or "阅后" in page.text:
        for found in _INTERNAL.finditer(page.text):
            yield Hit(
                found.start(),
                found.end(),
                "带有内部文件或者工作秘密标志",
                "核实公开属性；属于工作秘密、内部事务信息的不得发布",
                confidence=0.9,
            )


def withheld_marks(page: Page) -> Iterator[Hit]:
    """不公开附注：公文附注或者公开属性栏写着“此件不公开”“依申请公开”，与主动公开相矛盾。"""
    if "公开" not in page.text:
        return
    for found in _WITHHELD.finditer(page.text):
        on_request = "依申请公开" in found[0]
        yield Hit(
            found.start(),
            found.end(),
            "公文附注或者公开属性为“依申请公开”" if on_request else "公文附注或者公开属性为不公开",
            "核对拟发公文信息公开审查表；属性未经变更的不得主动发布",
            Severity.WARNING if on_request else None,
            0.7 if on_request else 0.9,
        )


RULES: Final = (
    Rule("S-01", Category.SECRET, Severity.ERROR, secret_marks),
    Rule("S-02", Category.SECRET, Severity.ERROR, internal_marks),
    Rule("S-03", Category.SECRET, Severity.ERROR, withheld_marks),
)
