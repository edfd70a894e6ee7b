"""法条：the statutes the rules rest on, each article addressable, citable and quotable.

The texts are Markdown files under ``statutes/``, read the first time one is asked for. Laws and
judicial interpretations are not protected by copyright (《著作权法》第五条); the front matter of
each file names its issuing number, the day it came into force, where the text was taken from, and
whether it is whole or an excerpt.

>>> REGULATION.article(33, 2)
《政府信息公开条例》第三十三条第二款
>>> cite("条例第36条第4项").text
'经检索没有所申请公开信息的，告知申请人该政府信息不存在；'
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from gongkai.errors import BadNumber
from gongkai.law.numerals import NUMERAL_CHARACTERS, chinese, parse_number

_FOLDER = os.path.join(os.path.dirname(__file__), "statutes")
_NUMERAL = rf"[{NUMERAL_CHARACTERS}0-9０-９]+"
_ARTICLE_HEAD = re.compile(rf"第([{NUMERAL_CHARACTERS}]+)条　?")
_ITEM_HEAD = re.compile(rf"（([{NUMERAL_CHARACTERS}]+)）")
_CITATION = re.compile(
    r"\s*(?:《(?P<title>[^》]+)》|(?P<alias>[^第《》\s]*))\s*"
    rf"第\s*(?P<number>{_NUMERAL})\s*条"
    rf"(?:\s*第?\s*(?P<paragraph>{_NUMERAL})\s*款)?"
    rf"(?:\s*第?\s*[（(]?\s*(?P<item>{_NUMERAL})\s*[）)]?\s*项)?\s*"
)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """款：its opening words and the items （一）（二）… that hang on them."""

    head: str
    items: tuple[str, ...]

    @property
    def text(self) -> str:
        marked = (f"（{chinese(n)}）{item}" for n, item in enumerate(self.items, start=1))
        return "\n".join((self.head, *marked))


class Statute:
    """法律文本：one law, regulation or judicial interpretation, read when first needed.

    Two statutes are the same when they are kept under the same ``key``, also after pickling.
    """

    def __init__(self, key: str) -> None:
        self.key = key

    def __repr__(self) -> str:
        return f"《{self.short}》"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Statute) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __reduce__(self) -> tuple[Callable[[str], Statute], tuple[str]]:
        return Statute, (self.key,)

    @property
    def title(self) -> str:
        """全称：中华人民共和国政府信息公开条例."""
        return self._front["title"]

    @property
    def short(self) -> str:
        """简称：as a letter cites it, 政府信息公开条例."""
        return self._front["short"]

    @property
    def number(self) -> str:
        """发布文号：国务院令第711号."""
        return self._front["number"]

    @property
    def in_force(self) -> date:
        """施行日期：the first day this text was law."""
        return date.fromisoformat(self._front["in_force"])

    @property
    def out_of_force(self) -> date | None:
        """废止日期：the first day it was law no longer, or None while it is."""
        day = self._front.get("out_of_force")
        return date.fromisoformat(day) if day else None

    @property
    def complete(self) -> bool:
        """是否全文：False when only the articles that rules rest on are kept."""
        return self._front["complete"] == "yes"

    @property
    def source(self) -> str:
        """文本来源：where the text was taken from and how it was compared."""
        return self._front["source"]

    @property
    def note(self) -> str:
        """说明：what a reader should know, such as parts not compared word for word."""
        return self._front.get("note", "")

    @property
    def aliases(self) -> tuple[str, ...]:
        """别称：every other name a citation may use."""
        return tuple(filter(None, re.split("[、，]", self._front.get("aliases", ""))))

    @property
    def numbers(self) -> tuple[int, ...]:
        """条号：the articles kept here, in order."""
        return tuple(self._articles)

    def article(
        self, number: int, paragraph: int | None = None, item: int | None = None
    ) -> Article:
        """条款项：the article, or a paragraph (款) or item (项) of it; else BadNumber.

        A citation is brought into the form lawyers use: an article of one paragraph is cited
        without 款; an item whose paragraph was left out is looked for in the only paragraph that
        has items.
        """
        paragraphs = self._paragraphs(number)
        if item is not None and paragraph is None:
            bearing = [n for n, one in enumerate(paragraphs, start=1) if one.items]
            paragraph = bearing[0] if len(bearing) == 1 else None
            if paragraph is None:
                raise BadNumber(f"{self!r}第{chinese(number)}条没有第（{chinese(item)}）项")
        if paragraph is None:
            return Article(self, number, text="\n".join(one.text for one in paragraphs))
        if not 1 <= paragraph <= len(paragraphs):
            raise BadNumber(
                f"{self!r}第{chinese(number)}条没有第{_ordinal(paragraph)}款（共{len(paragraphs)}款）"
            )
        chosen = paragraphs[paragraph - 1]
        named = paragraph if len(paragraphs) > 1 else None
        if item is None:
            return Article(self, number, named, text=chosen.text)
        if not 1 <= item <= len(chosen.items):
            raise BadNumber(
                f"{self!r}第{chinese(number)}条没有第（{_ordinal(item)}）项（共{len(chosen.items)}项）"
            )
        return Article(self, number, named, item, text=chosen.items[item - 1])

    def __iter__(self) -> Iterator[Article]:
        return map(self.article, self.numbers)

    def _paragraphs(self, number: int) -> tuple[_Paragraph, ...]:
        try:
            return self._articles[number]
        except KeyError:
            pass
        if self.complete:
            raise BadNumber(f"{self!r}没有第{_ordinal(number)}条（共{len(self._articles)}条）")
        raise BadNumber(f"{self!r}第{_ordinal(number)}条不在已收录的条文之内")

    @cached_property
    def _file(self) -> tuple[dict[str, str], str]:
        # importlib.resources would cost 20 ms at the start of every command.
        with open(os.path.join(_FOLDER, f"{self.key}.md"), encoding="utf-8") as file:
            _, front, body = file.read().split("---\n", 2)
        pairs = (line.split(": ", 1) for line in front.splitlines())
        return {name: value.strip() for name, value in pairs}, body

    @property
    def _front(self) -> dict[str, str]:
        return self._file[0]

    @cached_property
    def _articles(self) -> dict[int, tuple[_Paragraph, ...]]:
        found: dict[int, list[tuple[str, list[str]]]] = {}
        current: list[tuple[str, list[str]]] | None = None
        for line in self._file[1].splitlines():
            if not line or line.startswith("#"):
                continue
            if head := _ARTICLE_HEAD.match(line):
                current = found[parse_number(head[1])] = [(line[head.end() :], [])]
            elif current is not None and (mark := _ITEM_HEAD.match(line)):
                current[-1][1].append(line[mark.end() :])
            elif current is not None:
                current.append((line, []))
        return {
            number: tuple(_Paragraph(head, tuple(items)) for head, items in paragraphs)
            for number, paragraphs in found.items()
        }


@dataclass(frozen=True, slots=True)
class Article:
    """条文：a place in a statute and the words found there; printed as a letter cites it."""

    statute: Statute
    number: int
    paragraph: int | None = None
    item: int | None = None
    #: The words of the law. Paragraphs and items stand on lines of their own; the text of a
    #: single item comes without its mark （四）.
    text: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        return f"《{self.statute.short}》{self.place}"

    __repr__ = __str__

    @property
    def place(self) -> str:
        """条款序数：第三十三条第二款; 第三十六条第（四）项."""
        place = f"第{chinese(self.number)}条"
        if self.paragraph is not None:
            place += f"第{chinese(self.paragraph)}款"
        if self.item is not None:
            place += f"第（{chinese(self.item)}）项"
        return place

    @property
    def short(self) -> str:
        """缩写：33(2), 36(4), 23(1)(4): article, paragraph where there are several, item."""
        parts = (part for part in (self.paragraph, self.item) if part is not None)
        return f"{self.number}" + "".join(f"({part})" for part in parts)

    @property
    def quotation(self) -> str:
        """引文：the citation and the words, as they go into a letter."""
        words = self.text.replace("\n", "").translate(str.maketrans("“”", "‘’"))
        return f"{self}规定：“{words.rstrip('；')}”"


def _ordinal(number: int) -> str:
    return chinese(number) if number > 0 else str(number)


#: 政府信息公开条例（2019年修订），全文
REGULATION = Statute("regulation_2019")
#: 政府信息公开信息处理费管理办法（国办函〔2020〕109号）
FEE_MEASURE = Statute("fee_measure_2020")
#: 行政复议法（2023年修订，2024-01-01起）
RECONSIDERATION = Statute("reconsideration_2023")
#: 行政复议法（2017年修正，至2023-12-31）
RECONSIDERATION_2017 = Statute("reconsideration_2017")
#: 行政复议法实施条例（2007年）
RECONSIDERATION_RULES = Statute("reconsideration_rules_2007")
#: 行政诉讼法（2017年修正）
LITIGATION = Statute("litigation_2017")
#: 法释〔2018〕1号
LITIGATION_INTERPRETATION = Statute("litigation_interpretation_2018")
#: 法释〔2025〕8号，2025-06-01起
DISCLOSURE_INTERPRETATION = Statute("disclosure_interpretation_2025")
#: 法释〔2011〕17号，至2025-05-31
DISCLOSURE_INTERPRETATION_2011 = Statute("disclosure_interpretation_2011")
#: 法释〔2021〕5号
DEFENDANT_INTERPRETATION = Statute("defendant_interpretation_2021")
#: 民事诉讼法（2023年修正）
CIVIL_PROCEDURE = Statute("civil_procedure_2023")
#: 民法典
CIVIL_CODE = Statute("civil_code_2020")
#: 保守国家秘密法（2024年修订）
SECRECY = Statute("secrecy_2024")
#: 全国年节及纪念日放假办法（2024年修订），全文
HOLIDAY_RULES = Statute("holiday_rules_2024")

STATUTES = (
    REGULATION,
    FEE_MEASURE,
    RECONSIDERATION,
    RECONSIDERATION_2017,
    RECONSIDERATION_RULES,
    LITIGATION,
    LITIGATION_INTERPRETATION,
    DISCLOSURE_INTERPRETATION,
    DISCLOSURE_INTERPRETATION_2011,
    DEFENDANT_INTERPRETATION,
    CIVIL_PROCEDURE,
    CIVIL_CODE,
    SECRECY,
    HOLIDAY_RULES,
)


def cite(text: str, statute: Statute | None = None) -> Article:
    """引用：find the article a Chinese citation names.

    Reads 第三十三条第二款, 条例第33条第2款, 《行政复议法》第二十三条第一款第（四）项. A name in
    the citation must agree with ``statute``; with neither, or with words left over, or when there
    is no such article, BadNumber. A name shared by two versions of a law means the one in force.
    """
    found = _CITATION.fullmatch(text)
    if found is None:
        raise BadNumber(f"“{text}”不是法条的写法，应当如“第三十三条第二款”")
    name = found["title"] or found["alias"]
    if name and not name.startswith("本"):
        statute = _named(name, statute)
    if statute is None:
        raise BadNumber(f"“{text}”没有写明是哪部法律")
    numbers = (found[part] for part in ("number", "paragraph", "item"))
    number, paragraph, item = (None if one is None else parse_number(one) for one in numbers)
    assert number is not None  # the pattern does not match without it
    return statute.article(number, paragraph, item)


def _named(name: str, expected: Statute | None) -> Statute:
    known = [one for one in STATUTES if name in {one.title, one.short, one.number, *one.aliases}]
    if expected in known:
        return known[known.index(expected)]
    if not known:
        raise BadNumber(f"未收录《{name}》")
    if expected is not None:
        raise BadNumber(f"《{name}》与{expected!r}不是同一部法律")
    return next((one for one in known if one.out_of_force is None), known[0])
