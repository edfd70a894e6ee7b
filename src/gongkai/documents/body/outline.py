"""条文结构：编章节条 of a rule or a norm, read out of its settled text."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.documents.body.clean import text_of
from gongkai.law.numerals import parse_number

_HEADING = re.compile(r'<h([234]) id="(s\d+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_NUMERAL = "一二三四五六七八九十百千零〇"
_PART = re.compile(rf"第([{_NUMERAL}]+)(编|章|节)[\s\u3000]*(.*)")
_ARTICLE = re.compile(rf"第([{_NUMERAL}]+)条(?:之([{_NUMERAL}]+))?[\s\u3000]+(.*)", re.DOTALL)
_ITEM = re.compile(rf"（([{_NUMERAL}]+)）(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heading:
    """标题：its level (2 to 4), its words and its anchor on the page."""

    level: int
    text: str
    anchor: str


@dataclass(slots=True)
class Article:
    """条：number (and 之几), the parts it stands in, its paragraphs (款) and their items (项)."""

    number: int
    insert: int
    parts: tuple[str, ...]
    paragraphs: list[str] = field(default_factory=list)
    items: dict[int, list[str]] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"a{self.number}"


def headings(html: str) -> list[Heading]:
    """目次：the headings of a settled text, in order."""
    return [
        Heading(int(level), entities.unescape(_TAG.sub("", inner)).strip(), anchor)
        for level, anchor, inner in _HEADING.findall(html)
    ]


def articles(html: str) -> list[Article]:
    """条文：every article in order; empty for a text that is not written in articles."""
    return list(_articles(text_of(html)))


def why_not_ordered(found: list[Article]) -> list[str]:
    """条文次序：what is wrong with the numbering of a rule, in words; nothing if all is well."""
    reasons = []
    last = (0, 0)
    for article in found:
        here = (article.number, article.insert)
        expected = {(last[0] + 1, 0), (last[0], last[1] + 1)}
        if here not in expected:
            told = f"第{last[0]}条" if last[0] else "开头"
            reasons.append(f"{told}之后是第{article.number}条，条号不连续")
        last = here
    return reasons


def _articles(text: str) -> Iterator[Article]:
    parts: dict[str, str] = {}
    current: Article | None = None
    for line in text.split("\n"):
        if part := _PART.match(line):
            rank = "编章节".index(part[2])
            parts = {kind: said for kind, said in parts.items() if "编章节".index(kind) < rank}
            parts[part[2]] = line.strip()
        elif article := _ARTICLE.match(line):
            if current:
                yield current
            insert = parse_number(article[2]) if article[2] else 0
            current = Article(parse_number(article[1]), insert, tuple(parts.values()))
            current.paragraphs.append(article[3].strip())
        elif current and (item := _ITEM.match(line)):
            current.items.setdefault(len(current.paragraphs), []).append(item[2].strip())
        elif current:
            current.paragraphs.append(line.strip())
    if current:
        yield current
