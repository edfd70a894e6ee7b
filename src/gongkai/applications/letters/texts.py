"""模板：the texts shipped with gongkai, and how a text falls into title, reader and body.

A template is plain text. Its head names the title and the reader::

    标题：政府信息公开申请补正告知书
    主送：{{ 申请人 }}
    ---

then comes the body, a paragraph a line; blank lines are for the eye of whoever keeps it.
``| 甲 | 乙 |`` is a row of a table: a name and its value, or, above a row ``|---|---|``, the heads
of columns. ``附件：`` begins the list of annexes; ``# 回函`` a form to be returned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gongkai.applications.letters.language import BREAK
from gongkai.errors import BadInput
from gongkai.law.letters import Letter

RULE = "---"
#: A value's own vertical bar; it must not open a cell.
_BAR = "｜"
_HEADS = ("标题", "主送")


@cache
def shipped(letter: Letter) -> str:
    """默认模板：the text shipped for a letter."""
    folder = files("gongkai.applications.letters") / "templates"
    return (folder / f"{letter.number:02d}.md").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Split:
    """分段：a text taken apart into what stands above its body and the body."""

    title: str
    addressee: str
    paragraphs: tuple[str, ...]


def split(text: str) -> Split:
    """拆分：the head and the paragraphs; BadInput for a head without a title."""
    head, rule, body = text.partition(f"\n{RULE}\n")
    if not rule:
        raise BadInput(f"模板开头应当写“标题：”和“主送：”，再以单独一行“{RULE}”与正文分开")
    told = dict.fromkeys(_HEADS, "")
    for line in filter(str.strip, head.splitlines()):
        name, colon, value = line.partition("：")
        if not colon or name.strip() not in told:
            raise BadInput(f"模板开头的“{line.strip()[:30]}”不认识，只能写“标题：”和“主送：”")
        told[name.strip()] = _one_line(value)
    if not told["标题"]:
        raise BadInput("模板没有写标题")
    return Split(told["标题"], told["主送"], tuple(paragraphs(body)))


def paragraphs(body: str) -> list[str]:
    """段落：one a line; a break inside a value begins a new one, or a new line of its cell."""
    told: list[str] = []
    for line in body.splitlines():
        if line.lstrip().startswith("|"):
            told.append(tidy(line.replace(BREAK, "<br>")))
        else:
            told += [tidy(part) for part in line.split(BREAK)]
    return [line for line in told if line]


_BLANKS = re.compile("(?<=[\u3000-\u9fff\uff00-\uffef]) +(?=[\u3000-\u9fff\uff00-\uffef])")
_STOPS = re.compile("[。；，]+([。；，])")


def tidy(line: str) -> str:
    """整理：no blanks about a line or between Chinese characters, no stop after a stop.

    A value typed as a whole sentence brings a full stop that the template has as well.
    """
    return _STOPS.sub(r"\1", _BLANKS.sub("", line)).strip(" \t")


def _one_line(value: str) -> str:
    return tidy(value.replace(BREAK, "、"))


#: What no paper can carry: controls, halves of characters, codes that are no characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def printable(line: str) -> str:
    """可打印的：a line without what no paper can carry."""
    return _UNPRINTABLE.sub("", line).strip()


def planted(value: str) -> str:
    """入文：a value as it may stand in a letter: it can open neither a line nor a cell."""
    lines = (re.sub("^#", "＃", printable(line)) for line in value.splitlines())
    return BREAK.join(filter(None, lines)).replace("|", _BAR)


_ROW = re.compile(r"^\|(.*)\|$")


def cells(line: str) -> list[str] | None:
    """表格行：the cells of ``| 甲 | 乙 |``, None for a line of prose."""
    found = _ROW.match(line.strip())
    if found is None:
        return None
    return [cell.strip(" \t").replace("<br>", "\n") for cell in found[1].split("|")]
