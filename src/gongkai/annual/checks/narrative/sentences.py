"""句子：the prose cut into sentences, each with its words and numbers and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gongkai.annual.checks.finding import Place
from gongkai.annual.checks.narrative.lexicon import Token, tokens
from gongkai.annual.checks.narrative.numbers import Number, find_numbers
from gongkai.annual.model import Report

_END = re.compile(r"(?<=[。！？!?])|(?=[（(][一二三四五六七八九十]{1,2}[）)])")
_HEAD = re.compile(r"[（(][一二三四五六七八九十]{1,2}[）)]")
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|<[^<>]*>|〔\d+〕\d+号")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．％,;:()", "0123456789.%，；：（）")
_CLOSED = "。！？!?；;：:）)】”"
#: A line shorter than this that does not end a sentence is a heading, not a wrapped line.
_WRAPPED = 20
#: A sentence without a unit of counting or money, or without a denial, tells no figure.
_TELLING = re.compile(
    r"[0-9０-９零〇一二两三四五六七八九十百千万亿余多][\s余多万亿]*(?:件|份|条|宗|起|例|个|项|次|部|人|元|%|％)"
)
_DENYING = re.compile(r"[未无没零]")
_SUBJECT = re.compile(
    "申请|复议|诉讼|规章|规范性文件|行政许可|行政处罚|行政强制|事业性收费|处理费|集中采购|结转|[办答]结|答复|受理|收到"
    "|予以公开|部分公开|不予|无法提供|其他处理|自然人|废止|失效|现行有效|维持|纠正|审结|年度?办理"
)


@dataclass
class Sentence:
    """句子：one sentence as printed, and squeezed for reading.

    ``text`` has no spaces, half-width digits without thousands commas, full-width
    punctuation, and book titles emptied, whose years and numbers are no figures.
    """

    quote: str
    place: Place
    #: A heading（一） opens here: what was spoken of before is over.
    opens: bool

    @cached_property
    def text(self) -> str:
        """The squeezed sentence."""
        squeezed = "".join(self.quote.split())
        squeezed = _THOUSANDS.sub("", squeezed).translate(_HALF_WIDTH)
        return _TITLE.sub("《》", squeezed)

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words."""
        return tokens(self.text)

    @cached_property
    def numbers(self) -> list[Number]:
        """Its numbers."""
        return find_numbers(self.text)

    @property
    def tells(self) -> bool:
        """Whether it may say something about a figure of the tables."""
        quote = self.quote
        return bool(_SUBJECT.search(quote)) and bool(
            _TELLING.search(quote) or _DENYING.search(quote)
        )


def sentences(report: Report) -> Iterator[Sentence]:
    """断句：every sentence of the six parts, in order.

    Those of the preamble come first: where the heading of part one was lost, they are its prose.
    """
    prose = [
        (0, report.header.preamble),
        *((part.number, part.paragraphs) for part in report.parts),
    ]
    for part, paragraphs in prose:
        for number, text in _unwrapped(paragraphs):
            place = Place(part, number)
            for quote in _END.split(text):
                if quote.strip():
                    yield Sentence(quote.strip(), place, bool(_HEAD.match(quote.strip())))


def _unwrapped(paragraphs: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Paragraphs with their numbers; lines that a page's width broke are put together again."""
    start, text = 0, ""
    for number, paragraph in enumerate(paragraphs, start=1):
        if not paragraph.strip():
            continue
        broken = len(text) >= _WRAPPED and text.rstrip()[-1] not in _CLOSED
        if broken and not _HEAD.match(paragraph.strip()):
            text += paragraph
            continue
        if text:
            yield start, text
        start, text = number, paragraph
    if text:
        yield start, text
