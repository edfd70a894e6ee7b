"""年报用语：what the text of an annual report copies wrongly from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongkai.screening.finding import Category, Hit, Severity
from gongkai.screening.identity import PROVINCES
from gongkai.screening.page import Page
from gongkai.screening.rule import Rule

# 《政府信息公开工作年度报告格式》 since the reports of 2019; the first part is headed freely in
# practice and not asked.
_HEADINGS: Final = {
    "二": ("主动公开政府信息情况", "主动公开"),
    "三": ("收到和处理政府信息公开申请情况", "处理"),
    "四": ("政府信息公开行政复议、行政诉讼情况", "复议"),
    "五": ("存在的主要问题及改进情况", "问题"),
    "六": ("其他需要报告的事项", "报告"),
}
_HEADING: Final = re.compile(
    r"(?<![\u4e00-\u9fff0-9“《])([二三四五六])、[ ]?([\u4e00-\u9fff、，和及]{4,26})"
)
_FOREIGN: Final = re.compile(
    r"(?:转发|根据|按照|依据|遵照|执行|落实|贯彻)(?:了)?"
    rf"《({'|'.join(dict.fromkeys(PROVINCES.values()))})(?:省|市|自治区|壮族自治区|回族自治区|维吾尔自治区)"
    r"[^》\n]{2,40}(?:办法|规范|条例|规定|细则|方案|指南)[^》\n]{0,6}》"
)
_PROVINCE: Final = re.compile(
    rf"({'|'.join(dict.fromkeys(PROVINCES.values()))})(?:省|市|自治区|壮族|回族|维吾尔)"
)


def statutory_headings(page: Page) -> Iterator[Hit]:
    """法定标题不规范：政府信息公开工作年度报告第二至第六部分的标题，与规定格式的文字不同。

    《中华人民共和国政府信息公开工作年度报告格式》规定的标题自2019年度起用，此前的报告不查。
    """
    if not page.is_annual_report or (page.year is not None and page.year < 2019):
        return
    for found in _HEADING.finditer(page.text):
        official, key = _HEADINGS[found[1]]
        stated = found[2]
        row_of_a_table = found[1] == "三" and "申请" not in stated
        if key not in stated or stated.startswith(official) or row_of_a_table:
            continue
        yield Hit(
            found.start(2),
            found.end(),
            f"第{found[1]}部分的法定标题是“{official}”，文中写作“{stated}”",
            f"改为“{found[1]}、{official}”",
            confidence=0.8,
        )


def other_provinces(page: Page) -> Iterator[Hit]:
    """套用外省文本：转发、根据、按照的是另一个省的文件（需要知道本单位所在的省，

    没有给出的，以开头三百字里唯一提到的省为准）。
    """
    if "《" not in page.text:
        return
    region = page.stated_region or _only_province(page.text[:300])
    if region is None:
        return
    for found in _FOREIGN.finditer(page.text):
        if found[1] not in region:
            yield Hit(
                found.start(),
                found.end(),
                f"本单位在{region}，文中却{found[0][:2]}{found[1]}的文件，像是套用了外省的文本",
                "请核对文件名称",
                confidence=0.7,
            )


def _only_province(head: str) -> str | None:
    """The one province named outside the titles of documents, or else inside them."""
    for named in (re.sub("《[^》]*》", "", head), head):
        provinces = {found[1] for found in _PROVINCE.finditer(named)}
        if provinces:
            return provinces.pop() if len(provinces) == 1 else None
    return None


RULES: Final = (
    Rule("R-01", Category.NAME, Severity.NOTE, statutory_headings),
    Rule("R-02", Category.NAME, Severity.WARNING, other_provinces),
)
