"""逐行定性：which lines of an official text are headings, and where its articles begin.

Offices write 一、 and （一） as plain paragraphs in another typeface; here they become headings, so
that a reader, a screen reader and a table of contents can find them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import count

from gongkai.errors import BadNumber
from gongkai.law.numerals import parse_number

_NUMERAL = "一二三四五六七八九十百千零〇"
_TAG = re.compile(r"<[^>]+>")
_LINE = re.compile(r"<(p|h[1-4]|div)((?: [^>]*)?)>(.*?)</\1>", re.DOTALL)
_ALIGN = re.compile(r' align="(left|center|right)"')
_INDENT = re.compile(r"^(?:\s|\u3000|&nbsp;)+|(?:\s|\u3000|&nbsp;)+$")
_CELLS = re.compile(r"(<table>.*?</table>)", re.DOTALL)
#: What stands around a line and is not part of it.
_BLANKS = " \t\r\f\v\u3000\xa0"
#: What the first character of a heading or an article can be.
_STARTS = frozenset(_NUMERAL + "第（")
_BLANK = re.compile(r"(?:\s|\u3000|&nbsp;|<br>)*")

#: 编 and 章 are headings of the second level, 节 of the third.
_PART = re.compile(rf"第[{_NUMERAL}]+(编|章|节)(?=[\s\u3000]|$)")
_ARTICLE = re.compile(rf"(?:<strong>)?第([{_NUMERAL}]{{1,9}})条(?=[\s\u3000<]|之[{_NUMERAL}])")
_FIRST = re.compile(rf"[{_NUMERAL}]{{1,3}}、")
_SECOND = re.compile(rf"（[{_NUMERAL}]{{1,3}}）")
#: 主送机关：the line before any other paragraph that ends in a colon.
_ADDRESSEE = re.compile(
    r'\A((?:<h2(?:(?!</h2>).)*</h2>|<p align="(?:center|right)">(?:(?!</p>).)*</p>)*)'
    r"<p>([^<]{2,300}：)</p>"
)
#: A heading is short and is no sentence.
LONGEST_HEADING = 40
_SENTENCE = re.compile(r"[。；！？：]")


def settle_lines(html: str) -> str:
    """定性：each line of cleaned HTML made what it is; text in tables is left alone."""
    counter = count(1)
    pieces = _CELLS.split(html)
    for place in range(0, len(pieces), 2):
        pieces[place] = _LINE.sub(lambda line: _settled(line, counter), pieces[place])
    # 主送机关顶格：the first line, if it calls upon somebody.
    return _ADDRESSEE.sub(r'\1<p align="left">\2</p>', "".join(pieces), count=1)


def settle_text(text: str) -> str:
    """纯文本定性：a paragraph a line; the same as settling the lines as HTML, many times faster."""
    counter = count(1)
    pieces = []
    for raw in text.split("\n"):
        line = raw.strip(_BLANKS)
        if not line:
            continue
        level = article = 0
        if line[0] in _STARTS:  # few lines can be more than a paragraph
            level = level_of(line)
            article = _number_of(line) if not level and line[0] == "第" else 0
        if "&" in line or "<" in line or ">" in line:
            line = escape(line, quote=False)
        if level:
            side = ' align="center"' if line[0] == "第" else ""
            pieces.append(f'<h{level} id="s{next(counter)}"{side}>{line}</h{level}>')
        elif article:
            pieces.append(f'<p id="a{article}">{line}</p>')
        else:
            pieces.append(f"<p>{line}</p>")
    return _ADDRESSEE.sub(r'\1<p align="left">\2</p>', "".join(pieces), count=1)


def level_of(text: str) -> int:
    """标题的级别：2 for 编、章 and 一、, 3 for 节 and （一）, 0 for what is no heading."""
    if len(text) > LONGEST_HEADING or not text or text[0] not in _STARTS:
        return 0
    if part := _PART.match(text):
        return 3 if part[1] == "节" else 2
    if _SENTENCE.search(text.rstrip("：。")) or text.endswith(("；", "，")):
        return 0
    if _FIRST.match(text):
        return 2
    if _SECOND.match(text) and not text.endswith("。"):
        return 3
    return 0


def _settled(line: re.Match[str], counter: Iterator[int]) -> str:
    tag, attributes, inner = line[1], line[2], _INDENT.sub("", line[3])
    if "<table>" in inner or (tag == "div" and re.search(r"<(?:p|h\d|table|div|ul|ol)\b", inner)):
        return line[0]
    if not inner or _BLANK.fullmatch(inner):
        return ""
    align = found[0] if (found := _ALIGN.search(attributes)) else ""
    text = _TAG.sub("", inner).strip()
    level = level_of(text) if tag in ("p", "div") else max(2, int(tag[1]))
    if not text:
        return f"<p{align}>{inner}</p>"  # a picture
    if level:
        centred = ' align="center"' if _PART.match(text) else align
        bare = inner if tag.startswith("h") else re.sub(r"</?(?:strong|b|em|i|u)>", "", inner)
        return f'<h{level} id="s{next(counter)}"{centred}>{bare}</h{level}>'
    if number := _number_of(inner):
        return f'<p id="a{number}"{align}>{inner}</p>'
    return f"<p{align}>{inner}</p>"


def _number_of(line: str) -> int:
    """The number of the article a line begins, or 0."""
    article = _ARTICLE.match(line)
    return _number(article[1]) if article else 0


@lru_cache(maxsize=1_000)
def _number(numeral: str) -> int:
    try:
        return parse_number(numeral)
    except BadNumber:
        return 0
