"""个人情况：where a person lives, and what nobody but the person need know."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from gongkai.screening.finding import Category, Hit, Severity
from gongkai.screening.page import Page
from gongkai.screening.rule import Rule

_HOME_LABEL: Final = re.compile(
    r"(?:住址|住所地|住地址?|户籍(?:所在)?地?址?|户口所在地|址"
    r"|住(?=[在于]?[\u4e00-\u9fff]{2,5}[省市县区州]))"
    r"(?:为|是|在|于)?[ \t]*[:：]?[ \t]*([^\n，。；、|\t ()（）]{5,50})"
)
_PRIVATE: Final = ("家庭地", "居住地", "身份证地", "户籍地", "户籍所在地")
_TO_THE_DOOR: Final = re.compile(
    r"[0-9一二三四五六七八九十]+(?:号(?![令文码线])|室|弄|栋|幢|单元|组)"
)
_OTHER_ROOMS: Final = frozenset("内外厅")  # 室内, 室外, 2室1厅
_CLAUSE_ENDS: Final = frozenset(("", *"，,；;（(。 \t"))
_DOOR_LEFT: Final = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:路|街|大道|巷|弄|胡同|小区|花园|家园|公寓|苑|村|里|庄|坊|城)"
    r"[\u4e00-\u9fff0-9A-Za-z\-#]{0,20}?(?:号楼|号院|栋|幢|座|单元|弄|号|楼|-)[0-9A-Za-z\-单元层楼栋]*$"
)
_OFFICE_LINE: Final = re.compile(
    r"电话|邮编|邮政编码|传真|邮箱|办公|联系|受理|窗口|办公室|局|委员会|中心|政府|公司|大厦|大楼|酒店"
)

_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱"
    "严覃武戴莫孔向汤"
)
_SENSITIVE: Final = (
    r"残疾(?:[人证]|等级|类别)|[一二三四]级残疾|低保|特困|五保|精神病|精神障碍|艾滋|患有|患病|病种|"
    r"重病|大病|尿毒症|恶性肿瘤|白血病|癌"
)
_SEX: Final = re.compile(rf"[男女][，,][^。\n]{{0,60}}?(?:{_SENSITIVE})")
_NAMED: Final = re.compile(rf"(?<![\u4e00-\u9fff])[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}[，,][ ]?$")
_NAME_CELL: Final = re.compile(rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}")
_HEAD_CELL: Final = re.compile(_SENSITIVE)
_CELLS: Final = re.compile(r"[ \t]*[|\t][ \t]*|[ \u3000]{2,}")


def addresses(page: Page) -> Iterator[Hit]:
    """住址：具体到门牌、单元室或者村组的住处；“家庭住址”“户籍地”等字样之后的，或者写到几号几室的。

    写在机关、单位联系方式里的降为提示；没有上述字样、只到路名门牌的（多是单位、地点）不报。
    """
    advice = "个人住址只公开到乡镇、街道；单位办公地址可以公开"
    text = page.text
    labelled: list[tuple[int, int]] = []
    for at in page.marks("住户址"):
        found = _HOME_LABEL.match(text, at)
        if found is None:
            continue
        before = page.before(found.start(), 5)
        if found[0][0] == "址" and not before.endswith(_PRIVATE):
            continue
        bare = found[0][0] == "住" and found[0][1] not in "址所地"
        if bare and before[-1:] not in _CLAUSE_ENDS and not before.endswith("现"):
            continue
        if _TO_THE_DOOR.search(found[1]):
            labelled.append(found.span(1))
            reason = "个人住址，具体到了门牌或者村组"
            yield Hit(*found.span(1), reason, advice, None, 0.85, _street_only(found[1]))
    for door in page.marks("室"):
        numbered = text[max(0, door - 1) : door].isdigit()
        elsewhere = text[door + 1 : door + 2] in _OTHER_ROOMS
        if not numbered or elsewhere or door < _end_of_last(labelled, door):
            continue
        left = page.before(door, 45)
        street = _DOOR_LEFT.search(left)
        if street is None:
            continue
        lead = re.match("[\u4e00-\u9fff]*[的在于址为是]", street[0])
        start = door - len(left) + street.start() + (lead.end() if lead else 0)
        office = _OFFICE_LINE.search(page.line(door))
        yield Hit(
            start,
            door + 1,
            "具体到室的地址" + ("，看来是办公地址" if office else "，可能是个人住址"),
            advice,
            Severity.NOTE if office else None,
            0.4 if office else 0.7,
            _street_only(text[start : door + 1]),
        )


def _end_of_last(spans: list[tuple[int, int]], at: int) -> int:
    """Where the last of the ordered spans that begin before ``at`` ends."""
    number = bisect_left(spans, (at,))
    return spans[number - 1][1] if number else 0


def _street_only(address: str) -> str:
    """The address with its numbers taken out."""
    return re.sub("[0-9]+", "*", address)


def sensitive_facts(page: Page) -> Iterator[Hit]:
    """敏感个人信息：姓名与残疾、低保、特困、病情连在一起（个人信息保护法第二十八条），

    即“某某，男，……低保”这样的叙述，或者表头有“姓名”和这些项目、下面填着姓名的名单。
    """
    advice = "请删去其中一项，或者隐去姓名；确需公示的，公示期满应当撤下"
    for at in page.marks("男女"):
        found = _SEX.match(page.text, at)
        before = page.before(at, 8)
        if found and (named := _NAMED.search(before)):
            start = found.start() - len(before) + named.start()
            reason = "姓名与健康、救助情况同时公开，属于敏感个人信息"
            shown = named[0][0] + "某，" + found[0]
            yield Hit(start, found.end(), reason, advice, None, 0.8, shown)
    at = page.text.find("姓名")
    while at >= 0:
        line = page.line(at)
        head = _CELLS.split(line.strip(" |\t"))
        if len(head) >= 3 and any(_HEAD_CELL.search(cell) for cell in head):
            start = page.text.rfind("\n", 0, at) + 1
            rows = page.text[start + len(line) + 1 :].split("\n", 6)[:6]
            names = sum(
                any(_NAME_CELL.fullmatch(cell) for cell in _CELLS.split(row)) for row in rows
            )
            if names >= 2:
                reason = "名单同时列有姓名与健康、救助情况，属于敏感个人信息"
                yield Hit(start, start + len(line), reason, advice, None, 0.8)
        at = page.text.find("姓名", at + len(line))


RULES: Final = (
    Rule("P-09", Category.PERSONAL, Severity.WARNING, addresses),
    Rule("P-10", Category.PERSONAL, Severity.WARNING, sensitive_facts),
)
