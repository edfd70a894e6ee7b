"""文号：the number of an official document, read however it was typed and printed one way.

GB/T 9704-2012 第7.2.5条：机关代字、年份、发文顺序号; the year in full between 〔〕, the serial in
Arabic numerals without leading zeros and without 第. Orders and announcements keep their 第:
石家庄市人民政府令第184号, 国家税务总局公告2015年第41号.

>>> normalise("发文字号：晋政办发[2007]０58")
'晋政办发〔2007〕58号'
>>> same("国务院令第711号", "中华人民共和国国务院令 第711号")
True
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from gongkai.errors import BadNumber
from gongkai.law.numerals import NUMERAL_CHARACTERS, chinese, parse_number


class Form(Enum):
    """文号形式：where the year stands, if there is one."""

    BRACKETED = "〔年份〕序号"
    YEARLY = "年份第序号"
    ORDINAL = "第序号"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """文号：who issued it (机关代字, or the name in an order), the year and the serial.

    ``ordinal`` says that 第 stands before the serial of an order or announcement with a bracketed
    year, where both customs are alive (省政府令〔2020〕第2号, 渝府令〔2020〕338号); ``spelt`` that
    the serial is in Chinese numerals, as in 主席令第三十号; ``suffix`` is what an organ hangs on
    behind, as in 石政公开〔2025〕12号-答.
    """

    form: Form
    sign: str
    year: int | None
    serial: int
    suffix: str = ""
    ordinal: bool = False
    spelt: bool = False

    def __str__(self) -> str:
        serial = chinese(self.serial) if self.spelt else str(self.serial)
        if self.form is Form.ORDINAL:
            return f"{self.sign}第{serial}号{self.suffix}"
        if self.form is Form.YEARLY:
            return f"{self.sign}{self.year}年第{serial}号{self.suffix}"
        ordinal = "第" if self.ordinal else ""
        return f"{self.sign}〔{self.year}〕{ordinal}{serial}号{self.suffix}"

    @property
    def normative(self) -> bool:
        """“规”字系列：石政规〔2025〕1号, the series many places keep for 行政规范性文件.

        A hint and not a proof: a planning bureau may sign 规 too.
        """
        return bool(re.search(r"(?<!法)规(?:发|字|办|范)?$", self.sign))

    @property
    def identity(self) -> tuple[str, int | None, int, str]:
        """同一性：equal for two ways of writing the number of one document."""
        sign = self.sign.removeprefix("中华人民共和国")
        return _ALIASES.get(sign, sign), self.year, self.serial, self.suffix


@dataclass(frozen=True, slots=True)
class Found:
    """找到的文号：``text[start:end]`` is how it stands in the prose."""

    number: DocumentNumber
    start: int
    end: int


#: Documents that carry 第 before the serial; every one is announced to the public under a name.
_KINDS = ("令", "公告", "通告", "布告")
_ALIASES = {"国令": "国务院令"}

# Traditional forms of the characters that occur in the signs of 36,000 published numbers.
_SIMPLIFIED = str.maketrans(
    "專業鄉於雲產價優會傳體債黨關興養冊軍農減劃創辦務動勞區醫華協衛廳縣參發號後員團國圖場處備復獎婦學寧實審層幹廣"
    "庫應廢開總執掃護報揮據數晉機權楊標檔檢殘氣滬測漁災愛環電監種積稱稅競粵紅約紀納組終經統綏繼績綜綠編網羣職聯節範"
    "藥裝見規計認設證調財質貿費資賽轉軟遼運採釋鑑銀銷長門項頓預領飲飼魯黃齡",
    "专业乡于云产价优会传体债党关兴养册军农减划创办务动劳区医华协卫厅县参发号后员团国图场处备复奖妇学宁实审层干广"
    "库应废开总执扫护报挥据数晋机权杨标档检残气沪测渔灾爱环电监种积称税竞粤红约纪纳组终经统绥继绩综绿编网群职联节范"
    "药装见规计认设证调财质贸费资赛转软辽运采释鉴银销长门项顿预领饮饲鲁黄龄",
)
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]+")
_STOPS = "。.,，;；:："
_EMPTY_BRACKETS = re.compile(r"(?:\(\)|\[\]|〔〕)$")
_LABEL = re.compile(r"(?:发文字号|发布文号|发文文号|发文号|公文文号|文件编号|文号|字号|编号)[:：]?")
_SEPARATOR = re.compile(r"[、,，;；/|]+|[和与及]")
_WRAPPED = re.compile(r"""[(\[【《“"'](.+)[)\]】》”"']""")

_LETTER = r"A-Za-z\u3007\u4e00-\u9fff"
_OPEN = r"[〔\[【(〖「『«‹<{]"
_CLOSE = r"[〕\]】)〗」』»›>}]"
_YEAR = rf"(?:\d{{4}}|\d{{2}}|[{NUMERAL_CHARACTERS}]{{4}})"
_SERIAL = rf"(?:\d{{1,6}}|[{NUMERAL_CHARACTERS}]{{1,9}})"
_SUFFIX = r"(?:-[\u4e00-\u9fff]{1,4}|之[一二三四五六七八九十]{1,2})?"
# A sign never holds these; where they stand before a bracket, prose has been swept along.
_PROSE = r"的|号|第|以|由|按|照|与|及|见|在|根据|依据|通知|批复|公布|发布|颁布|印发|有关|关于"
_ORGANS = ("委", "局", "部", "署", "厅", "院", "会", "府", "办公室", "海关")
_IS_LETTER = re.compile(f"[{_LETTER}]")

_NUMBER = re.compile(
    rf"""
    (?P<sign>(?:(?!{_PROSE})[{_LETTER}]){{0,40}}?)
    (?:
        (?:{_OPEN}(?P<year>{_YEAR})年?{_CLOSE}?|(?P<year_unopened>{_YEAR}){_CLOSE})
        (?P<nth>第?)(?P<serial>\d{{1,6}})号?
      | (?P<year_spelt>{_YEAR})年第(?P<yearly>{_SERIAL})号
      | 第(?P<ordinal>{_SERIAL})号?
      | \(第(?P<bracketed>{_SERIAL})号\)
      | (?P<bare>\d{{1,6}})号
    )
    (?P<suffix>{_SUFFIX})(?:文件?)?
    """,
    re.VERBOSE,
)


def parse(text: str) -> DocumentNumber:
    """读文号：the one document number that ``text`` holds and nothing else.

    Takes any brackets, full-width digits, spaces and invisible characters, a label in front, a
    missing 号 or 第, leading zeros, two-digit years and traditional characters. BadNumber when
    it holds none, several (see parse_all), or other words besides.
    """
    numbers = parse_all(text)
    if len(numbers) > 1:
        raise BadNumber(f"“{_shown(text)}”里有{len(numbers)}个文号，请分开填写")
    return numbers[0]


def parse_all(text: str) -> tuple[DocumentNumber, ...]:
    """读文号：every number of a field that may hold several, as a joint issue does.

    BadNumber when there is none or when anything but numbers and separators is left over.
    """
    cleaned = _clean(text)
    numbers: list[DocumentNumber] = []
    position = 0
    while position < len(cleaned):
        match = _NUMBER.match(cleaned, position)
        number = match and _build(match)
        if match is None or number is None:
            raise BadNumber(f"“{_shown(text)}”不是文号，应当如“石政发〔2025〕1号”")
        numbers.append(number)
        position = match.end()
        if separator := _SEPARATOR.match(cleaned, position):
            position = separator.end()
    if not numbers:
        raise BadNumber("没有填写文号")
    return tuple(numbers)


def normalise(text: str) -> str | None:
    """规范文号：the printed form, several joined by 、; None for a field of other words."""
    try:
        return "、".join(map(str, parse_all(text)))
    except BadNumber:
        return None


def same(one: str, other: str) -> bool:
    """是否同一文号：whether two fields name the same document or documents."""
    try:
        return {n.identity for n in parse_all(one)} == {n.identity for n in parse_all(other)}
    except BadNumber:
        return False


def find_all(text: str) -> Iterator[Found]:
    """找文号：every document number in running prose, with its place in ``text``.

    A number with no sign of its own, such as 〔2021〕30号, is passed over: it names no document.
    Whether the text bears a number or only cites it, it is for the caller to judge.
    """
    offset = 0
    for line in text.splitlines(keepends=True):
        if "号" in line or "號" in line:
            for one in _find_in_line(line):
                yield Found(one.number, offset + one.start, offset + one.end)
        offset += len(line)


def _find_in_line(line: str) -> Iterator[Found]:
    cleaned, places = _clean_with_places(line)
    behind = 0
    for tail in _TAIL.finditer(cleaned):
        letters = _LETTERS_BEFORE.search(cleaned, max(behind, tail.start() - 30), tail.start())
        if letters is None:
            continue
        start = tail.start() - len(_trim(letters[0]))
        match = _NUMBER.fullmatch(cleaned, start, tail.end())
        number = match and _build(match)
        if number is not None and number.sign:
            yield Found(number, places[start], places[tail.end() - 1] + 1)
            behind = tail.end()


# In prose the tail must tell a number by itself: by its brackets, or by 令 or 公告 before 第.
_TAIL = re.compile(
    rf"{_OPEN}{_YEAR}{_CLOSE}第?\d{{1,6}}号{_SUFFIX}"
    rf"|(?<=[令告])(?:{_YEAR}年)?(?:第{_SERIAL}号|\(第{_SERIAL}号\))"
)
_LETTERS_BEFORE = re.compile(rf"[{_LETTER}]+$")
_BEFORE_A_SIGN = re.compile(
    rf".*(?:{_PROSE}|废止|参照|执行|施行)"
    r"|.*(?:人民政府办公[室厅]|人民政府|办公室|办公厅|委员会|文件|通告|复函|你[院部省市局委])(?=..)"
)
_BEFORE_AN_ORDER = re.compile(rf".*(?:{_PROSE}|修订|修正|施行|实施|废止|参照|执行)")
# 和, 经, 对 and 原 open some names too: 和政发 of 和县, 呼和浩特, 对外贸易经济合作部, 原平市.
_LEADING = re.compile(
    r"(?:[日月年或据将如]|对(?!外)|原(?=国家|中华)|[和经](?!政|田|平|静|顺|龙|林|硕|布|信|济|贸))+"
)


def _trim(sign: str) -> str:
    """Cut the prose that ran into a sign: 根据国办发 is 国办发, 日国务院令 is 国务院令."""
    before = _BEFORE_AN_ORDER if sign.endswith(_KINDS) else _BEFORE_A_SIGN
    for pattern in (before, _LEADING):
        if swept := pattern.match(sign):
            sign = sign[swept.end() :]
    return sign


def _build(match: re.Match[str]) -> DocumentNumber | None:
    """The number a match of _NUMBER stands for, or None when sign, year or serial cannot be."""
    sign, suffix = match["sign"], match["suffix"]
    announced = sign.endswith(_KINDS)
    if year := match["year"] or match["year_unopened"]:
        form, serial = Form.BRACKETED, match["serial"]
        lawful = 0 < len(sign) <= (30 if announced else 12)
    elif serial := match["yearly"]:
        form, year = Form.YEARLY, match["year_spelt"]
        lawful = not sign or announced or sign.endswith(_ORGANS)
    else:
        form, serial = Form.ORDINAL, match["ordinal"] or match["bracketed"] or match["bare"]
        lawful = announced and sign not in _KINDS
    try:
        number = parse_number(serial)
        full_year = _full_year(parse_number(year)) if year else None
    except BadNumber:
        return None
    if not lawful or not number or (full_year and not 1949 <= full_year <= 2099):
        return None
    return DocumentNumber(
        form,
        sign,
        full_year,
        number,
        suffix=suffix,
        ordinal=form is Form.BRACKETED and announced and bool(match["nth"]),
        spelt=not serial.isdecimal(),
    )


def _full_year(year: int) -> int:
    if year >= 100:
        return year
    return 1900 + year if year >= 49 else 2000 + year


def _clean(text: str) -> str:
    cleaned = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_SIMPLIFIED)
    cleaned = _EMPTY_BRACKETS.sub("", cleaned.strip(_STOPS))
    if wrapped := _WRAPPED.fullmatch(cleaned):
        cleaned = wrapped[1]
    if label := _LABEL.match(cleaned):
        cleaned = cleaned[label.end() :]
    return cleaned


def _clean_with_places(line: str) -> tuple[str, list[int]]:
    """The same cleaning character by character, remembering where each one stood.

    A blank between two words stays, as it parts an issuer from a sign; one between the single
    characters of a spaced-out sign (冀 政 发) goes, and so does one beside a bracket or figure.
    """
    characters: list[str] = []
    places: list[int] = []
    run = 0
    for place, character in enumerate(line):
        if _INVISIBLE.match(character) is None:
            for part in unicodedata.normalize("NFKC", character).translate(_SIMPLIFIED):
                run = run + 1 if _IS_LETTER.match(part) else 0
                characters.append(part)
                places.append(place)
        elif character.isspace():
            if run > 1 and _IS_LETTER.match(line, place + 1):
                characters.append(" ")
                places.append(place)
            run = 0
    return "".join(characters), places


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
