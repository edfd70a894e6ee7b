"""正文：title, header facts and the prose of the six parts, from paragraphs in reading order.

Every format comes here with its paragraphs and, between them, ``None`` where a table stood.
Nothing is made up: a fact that the source does not state stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from gongkai.annual.model import Contact, Header, Part, Remark
from gongkai.annual.read.headings import Heading, find_headings
from gongkai.annual.read.script import fold, legible


class Narrative(NamedTuple):
    """正文所述：what the prose of a report says, apart from its tables."""

    organ: str
    year: int | None
    header: Header
    parts: tuple[Part, ...]
    remarks: tuple[Remark, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing in it belongs to an annual report."""
        return not self.parts and not self.header.title


#: Stands in the text for a table; no source can contain it.
_TABLE: Final = "\x00"

_YEAR: Final = r"(20[0-4]\d)\s*年?"
_TITLE: Final = re.compile(
    rf"(?P<before>[^\n]{{0,60}}?)(?P<year>{_YEAR})(?:度|度的)?(?P<after>[^\n。,;《》]{{0,40}}?)"
    r"(?:政府)?信息公开(?:工作)?的?\s?(?:年度)?\s?(?:工作)?\s?(?:报告|年报)(?!格式)(?:情况)?"
)
_LABEL_OF_TITLE: Final = re.compile(r"\s*(?:标\s*题|名\s*称|信息名称|文件名称|题\s*名)\s*[::]\s*")
_FACT: Final = re.compile(
    r"^\s*(?:标题|名称|发布时间|发布日期|文号|发文字号|发布机构|栏目|原文链接|本地目录|索引号|来源|时间|日期"
    r"|生成日期|成文日期|公开日期|主题分类|有效性|字体|字号|浏览次数|信息来源|正文$|#+\s*正文$|页面链接与|=====)"
)
_ORGAN_END: Final = (
    r"(?:人民政府办公[室厅]|人民政府|政府办公[室厅]|管理委员会|管委会|委员会|办公[室厅]|办事处"
    r"|[局厅委院署部处镇乡区县市省]|实验区|开发区|集团|中心|支队|学校|科委|发改委)"
)
_ISSUER: Final = re.compile(
    r"(?:发布机构|发布单位|公开机构|发文机关)[ \t]*[::][ \t]*([^\s|,;]{2,40})"
)
_ASK: Final = re.compile(rf"请[与向]([\u4e00-\u9fff()（）]{{2,36}}?{_ORGAN_END})(?:\S{{0,8}})?联系")
_ACTOR: Final = re.compile(
    r"年度?[,、]?\s*([\u4e00-\u9fff]{1,24}?(?:人民政府|办公[室厅]|管委会|委员会|[省市县区局委厅镇乡]))"
    r"(?=20|坚持|深入|认真|严格|全面|紧紧|切实|积极|高度|以|按照|贯彻|始终|持续)"
)
_DATE: Final = r"(20[0-4]\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?"
_PERIOD: Final = re.compile(
    rf"{_DATE}\s*(?:起|开始)?\s*[,、]?\s*(?:至|到|—+|-+|~|止)\s*"
    r"(?:(20[0-4]\d)\s*[年./-])?\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})"
)
_PUBLISHED: Final = re.compile(
    rf"(?:发布|公开|生成|成文|发文|印发)(?:日期|时间)\s*[::]?\s*{_DATE}|来源\S{{0,30}}\s+(?:时间|日期)[::]\s*{_DATE}"
)
_INDEX: Final = re.compile(
    r"索\s*引\s*号\s*[::]?\s*([A-Za-z0-9][\w\-/.〔〕\[\]()]{4,60})", re.ASCII
)
_URL: Final = re.compile(r"(?:原文链接|来源网址|原文地址|网址)\s*[::]\s*(https?://[^\s,;)]+)")
_BASIS: Final = re.compile(
    r"(?<!以下简称)(?<!简称)(?<!以下称)[《<]([^《》<>]{2,80}(?:<[^<>]{2,80}>[^《》<>]{0,40})?)[》>]"
)
_CONTACT: Final = {
    "address": re.compile(r"(?:联系|通讯|办公)?(?:地址|地点)\s*[::为]\s*([^,;。)\n]{4,80})"),
    "postcode": re.compile(r"(?:邮\s*政\s*编\s*码|邮\s*编)\s*[::]?\s*(\d{6})(?!\d)"),
    "phone": re.compile(
        r"(?:联系|咨询|办公)?(?:电\s*话|联系方式)(?:\s*[/及和、]\s*传真)?\s*[::]?\s*"
        r"([(（]?\d[\d()（）\-—–转 ]{5,24}\d)"
    ),
    "fax": re.compile(r"传\s*真(?:号码)?\s*[::]?\s*([(（]?\d[\d()（）\-—– ]{5,20}\d)"),
    "email": re.compile(r"([A-Za-z0-9][\w.+-]*@[\w-]+(?:\.[\w-]+)+)", re.ASCII),
}
#: A sub-chapter that begins inside a line: 。(二)依申请公开方面。
_SUBCHAPTER: Final = re.compile(
    r"(?<=[。；;】\s])(?=[(（][一二三四五六七八九十]{1,2}[)）][\u4e00-\u9fff])"
)
#: The name over a table, which belongs to it: ## 表二：主动公开政府信息情况.
_CAPTION: Final = re.compile(r"[#*\s]*(?:附?表\s*[一二三四1-4])\s*[:：、 ].{0,30}$")
_FIVE: Final = re.compile(r"^\s*[(（][一二][)）]\s*(?:存在的)?(?:主要)?(?:问题|困难|不足)")


def tell(paragraphs: Iterable[str | None]) -> Narrative:
    """读正文：what paragraphs say; ``None`` among them marks the place of a table."""
    text = legible("\n".join(_TABLE if piece is None else piece for piece in paragraphs))
    folded = fold(text)
    headings = find_headings(folded)
    first = headings[0] if headings else None
    before = first.start if first and first.part == 1 else _front(folded, first)
    title, organ, year, after_title = _title(text[:before], folded[:before])
    header, problems = _header(text[:before], folded[:before], title, after_title)
    parts = _parts(text, headings)
    if year is None and header.period:
        year = header.period[1].year
    if year is None:
        year = _year_told(parts, header.preamble)
    if not organ:
        organ = _organ_told(folded[:before], parts)
    return Narrative(organ, year, header, parts, (*problems, *_misnumbered(headings)))


def _front(folded: str, first: Heading | None) -> int:
    """Where the front matter ends if part one has no heading: at the next part, or a table."""
    if first is None:
        table = folded.find(_TABLE)
        return len(folded) if table < 0 else table
    return first.start


# ---- 标题、机关、年度 ----


def _title(text: str, folded: str) -> tuple[str, str, int | None, int]:
    """The title, its organ and year, and where the text goes on behind it."""
    for match in _TITLE.finditer(folded):
        line = folded.rfind("\n", 0, match.start()) + 1
        labelled = _LABEL_OF_TITLE.match(folded, line)
        start = max(match.start(), labelled.end() if labelled else line)
        before = folded[start : match.start("year")].strip(" #*\t")
        after = match["after"].strip(" \t")
        if any(mark in before for mark in "。,;《"):
            continue
        if "的通知" in folded[match.end() : match.end() + 8]:
            continue
        organ = _organ(before) or _organ(after)
        words = text[start : match.end()]
        if not organ:
            organ, above = _line_above(folded, line)
            words = f"{above}{words}" if above else words
        title = re.sub(r"\s+", "", words).lstrip("#*")
        return title, organ, int(match["year"][:4]), match.end()
    return "", "", None, 0


def _organ(words: str) -> str:
    words = (
        re.sub(r"\s+", "", words)
        .rpartition(":")[2]
        .removeprefix("关于")
        .removesuffix("关于")
        .strip("的:：")
    )
    return words if 2 <= len(words) <= 40 and re.search(rf"{_ORGAN_END}$", words) else ""


def _line_above(folded: str, line: int) -> tuple[str, str]:
    """A title over two lines: the organ stands alone above the year."""
    above = folded[:line].rstrip("\n").rpartition("\n")[2].strip(" #*\t")
    organ = _organ(above)
    return (organ, above) if organ else ("", "")


def _year_told(parts: tuple[Part, ...], preamble: tuple[str, ...]) -> int | None:
    """The year that part one or the preamble opens with: 2023年,全县…"""
    texts = [*preamble, *(part.text for part in parts if part.number in (1, 6))]
    for said in texts:
        if match := re.search(
            r"(?:^|[\n。])\s*(20[0-4]\d)\s*年(?:度|[,，、]|[\u4e00-\u9fff])", said
        ):
            return int(match[1])
    return None


def _organ_told(front: str, parts: tuple[Part, ...]) -> str:
    if issuer := _ISSUER.search(front):
        return issuer[1]
    if asked := _ASK.search(front):
        return asked[1]
    first = next((part.text for part in parts if part.number == 1), "")
    if (actor := _ACTOR.search(fold(first[:200]))) and not re.search("我[市县区省局]", actor[1]):
        return actor[1]
    return ""


# ---- 抬头 ----


def _header(text: str, folded: str, title: str, after: int) -> tuple[Header, list[Remark]]:
    remarks: list[Remark] = []
    preamble = tuple(
        line.strip()
        for line in text[after:].split("\n")
        if line.strip(" \t#*_=-") and not _is_fact(line, title)
    )
    front = folded[after:]
    period = None
    if match := _PERIOD.search(front):
        year, *rest = match.groups()
        first = _day(year, rest[0], rest[1])
        last = _day(rest[2] or year, rest[3], rest[4])
        if first and last:
            period = (first, last)
        else:
            said = f"统计期限“{match[0]}”里有不存在的日期"
            remarks.append(Remark("impossible-date", said, quote=match[0]))
    published = None
    if match := _PUBLISHED.search(folded):
        given = [group for group in match.groups() if group]
        published = _day(given[0], given[1], given[2])
        if published is None:
            said = f"发布日期“{match[0]}”不存在"
            remarks.append(Remark("impossible-date", said, quote=match[0]))
    index = _INDEX.search(folded)
    url = _URL.search(folded)
    header = Header(
        title=title,
        preamble=preamble,
        basis=tuple(dict.fromkeys("".join(name.split()) for name in _BASIS.findall(text[after:]))),
        period=period,
        contact=_contact(text[after:], front),
        published_on=published,
        index_number=index[1] if index else "",
        url=url[1] if url else "",
    )
    return header, remarks


def _is_fact(line: str, title: str) -> bool:
    """A line of the page around the report, not of its preamble: 发布时间：…, the title again."""
    bare = re.sub(r"\s+", "", line)
    return _FACT.match(fold(line)) is not None or (len(bare) > 3 and bare in title)


def _contact(text: str, folded: str) -> Contact:
    found = {}
    for name, pattern in _CONTACT.items():
        match = pattern.search(folded)
        found[name] = text[match.start(1) : match.end(1)].strip() if match else ""
    return Contact(**found)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


# ---- 六个部分 ----


def _parts(text: str, headings: list[Heading]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for number, heading in enumerate(headings):
        end = headings[number + 1].start if number + 1 < len(headings) else len(text)
        words = re.sub(r"\s+", "", text[heading.start : heading.end])
        words = re.sub(r"^(?:第?[一二三四五六七八九](?:部分)?[、.．,，]?)", "", words)
        body = text[heading.end : end]
        if heading.part == 4:
            body, orphan = _without_part_five(body, headings)
            parts.append(Part(4, words, _paragraphs(body)))
            if orphan:
                parts.append(Part(5, "", orphan))
            continue
        parts.append(Part(heading.part, words, _paragraphs(body)))
    return tuple(parts)


def _without_part_five(body: str, headings: list[Heading]) -> tuple[str, tuple[str, ...]]:
    """Part five whose heading the source lost: its first sub-chapter, 主要问题, is left."""
    if any(heading.part == 5 for heading in headings):
        return body, ()
    lines = body.split("\n")
    for number, line in enumerate(lines):
        if _FIVE.match(line):
            return "\n".join(lines[:number]), _paragraphs("\n".join(lines[number:]))
    return body, ()


def _paragraphs(body: str) -> tuple[str, ...]:
    body = body.strip(":： \t#*").replace(_TABLE, "\n")
    lines = _SUBCHAPTER.sub("\n", body).split("\n")
    return tuple(
        clean
        for line in lines
        if (clean := line.strip(" \t\u3000\xa0")).strip("#*=-_. ") and not _CAPTION.match(clean)
    )


def _misnumbered(headings: list[Heading]) -> list[Remark]:
    """章号错位：headings whose printed number is not that of their part."""
    remarks = []
    for heading in headings:
        place = "一二三四五六七八九".find(heading.number) + 1 if heading.number else heading.part
        if place != heading.part:
            official = "一二三四五六"[heading.part - 1]
            said = f"第{official}部分的标题在原文里编为“{heading.number}”"
            remarks.append(Remark("misnumbered-heading", said, quote=heading.number))
    return remarks
