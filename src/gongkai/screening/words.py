"""用字：misprints of official language, former names, and an office's own words.

All wordings of a list are looked for in one pass over the text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from gongkai.errors import BadInput
from gongkai.screening.finding import Category, Hit, Severity
from gongkai.screening.page import Page, flowing
from gongkai.screening.rule import Rule
from gongkai.screening.slips import lines, slips
from gongkai.screening.source import decode, open_safely
from gongkai.screening.wordings import Wordings

_KINDS: Final = ("错别字", "异形词", "重字", "标点", "同音误用", "漏字", "衍字", "倒字")
_SLIGHT: Final = ("异形词", "标点")


@dataclass(frozen=True, slots=True)
class Word:
    """词条：a wording to point out, and when it is not wrong after all.

    ``not_after`` and ``not_before`` are what the text may not have directly before and after it:
    ``布署`` is sound in ``发布署名文章``.
    """

    wrong: str
    right: str
    kind: str
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    note: str = ""
    severity: Severity = Severity.WARNING

    def applies(self, text: str, start: int) -> bool:
        """是否成立：whether the neighbours leave it wrong."""
        end = start + len(self.wrong)
        return not (
            (self.not_after and text.endswith(self.not_after, 0, start))
            or (self.not_before and text.startswith(self.not_before, end))
        )


class Former(NamedTuple):
    """旧称：a name that is history since a day, and what stands in its place."""

    name: str
    present: str
    kind: str
    since: str
    basis: str


@cache
def misprints() -> tuple[Word, ...]:
    """误写词表：``words.csv``, the misprints whose wording alone gives them away."""
    return tuple(
        Word(
            row["误写"],
            row["正写"],
            row["类别"],
            _alternatives(row["前面不是"]),
            _alternatives(row["后面不是"]),
            row["说明"],
            Severity.NOTE if row["类别"] in _SLIGHT else Severity.WARNING,
        )
        for row in _rows("words.csv")
    )


@cache
def former_names() -> tuple[Former, ...]:
    """旧称表：``names.csv``, bodies reorganised and statutes replaced."""
    return tuple(
        Former(row["旧称"], row["现称"], row["类别"], row["起始日期"], row["依据"])
        for row in _rows("names.csv")
    )


def load_words(path: str | Path) -> list[Word]:
    """导入词表：an office's own list, a CSV with the columns 误写, 正写 and, if wanted, 程度, 说明,
    前面不是, 后面不是 (several parted by ``|``).

    ``程度`` is 错误, 警告 or 提示 (警告 where it is blank); ``正写`` may be blank where there is no
    wording to put in its place. Raises :class:`~gongkai.errors.BadInput` naming the line at fault.
    """
    reader = csv.DictReader(decode(open_safely(path)).splitlines())
    if reader.fieldnames is None or "误写" not in reader.fieldnames:
        raise BadInput(f"词表“{Path(path).name}”的第一行应当是表头，至少有“误写”“正写”两列")
    degrees = {severity.label: severity for severity in Severity}
    words = []
    for number, row in enumerate(reader, start=2):
        wrong = (row["误写"] or "").strip()
        degree = (row.get("程度") or "警告").strip()
        if len(wrong) < 2:
            raise BadInput(f"词表“{Path(path).name}”第 {number} 行：误写至少两个字")
        if degree not in degrees:
            raise BadInput(
                f"词表“{Path(path).name}”第 {number} 行："
                f"程度应当是错误、警告或者提示，不是“{degree}”"
            )
        words.append(
            Word(
                wrong,
                (row.get("正写") or "").strip(),
                "本单位词表",
                _alternatives(row.get("前面不是")),
                _alternatives(row.get("后面不是")),
                (row.get("说明") or "").strip(),
                degrees[degree],
            )
        )
    return words


def _alternatives(cell: str | None) -> tuple[str, ...]:
    return tuple(part for part in (cell or "").split("|") if part)


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    text = (files("gongkai.screening") / name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


@cache
def _house_words() -> Wordings[Word]:
    written = (
        (wrong, Word(wrong, _as_written(wrong, slip.right), slip.kind))
        for wrong, slip in slips().items()
    )
    listed = ((word.wrong, word) for word in misprints())
    return Wordings(chain(written, listed), "".join(lines("frequent.txt")))


def _as_written(wrong: str, right: str) -> str:
    """The right wording with the stop the wrong one ends in."""
    return right + wrong[-1] if wrong[-1] in "，。；" else right


@cache
def _former_wordings() -> Wordings[Former]:
    wordings = (
        (wording, former)
        for former in former_names()
        for wording in (
            (former.name,)
            if former.kind == "机构"
            else (f"《{former.name}》", f"《中华人民共和国{former.name}》")
        )
    )
    return Wordings(wordings)


def _found(words: Wordings[Word], text: str) -> Iterator[tuple[int, Word]]:
    """Each word that applies, the longest where one begins inside another."""
    last_start, last_end, held = -1, -1, None
    for end, word in words.found(text):
        start = end - len(word.wrong)
        if not word.applies(text, start):
            continue
        if held is not None and start >= last_end:
            yield last_start, held
            held = None
        if held is None or len(word.wrong) > len(held.wrong):
            last_start, last_end, held = start, end, word
    if held is not None:
        yield last_start, held


def misprinted(page: Page) -> Iterator[Hit]:
    """错别字：公文常见误写表（``words.csv``）和固定措辞的误写（同音、漏字、衍字、倒字）。

    如“予已公开”“布署”“参差不齐”写作“残差不齐”，“受理渠道”漏写“道”，“行政复议”写作“行政法复议”；
    “帐户”“截止目前”等异形词、旧写法作为提示。
    """
    text = page.flow.text
    for start, word in _found(_house_words(), text):
        yield flowing(page, _pointed_out(word, start))


def listed(words: Iterable[Word]) -> Rule:
    """本单位词表：a rule made from an office's own words."""
    known = Wordings((word.wrong, word) for word in words)

    def own_words(page: Page) -> Iterator[Hit]:
        """本单位词表：本单位导入的词条。"""
        for start, word in _found(known, page.flow.text):
            yield flowing(page, _pointed_out(word, start))

    return Rule("W-09", Category.WORDING, Severity.WARNING, own_words)


def _pointed_out(word: Word, start: int) -> Hit:
    reason = f"“{word.wrong}”疑为“{word.right}”之误（{word.kind}）"
    if word.kind == "异形词":
        reason = f"“{word.wrong}”的规范写法是“{word.right}”"
    elif not word.right or word.kind not in _KINDS:
        reason = f"“{word.wrong}”在{word.kind}中" + (f"：{word.note}" if word.note else "")
    return Hit(
        start,
        start + len(word.wrong),
        reason,
        f"改为“{word.right}”" if word.right else "请核对后改写",
        word.severity,
        0.9,
    )


_LEADS: Final = "由经报向和与及将按据到从对给同请原归为是"


def old_names(page: Page) -> Iterator[Hit]:
    """机构旧称与法规旧名：某年的文字里，还在用此前已经改组的机构名称、已经废止的法规名称。

    需要知道本文年份；改组当年的不报，书名号里的机构旧称、“原”字之后的和“令、公告、文号”之前的不报。
    """
    if page.year is None:
        return
    text = page.text
    for end, former in _former_wordings().found(text):
        if page.year <= int(former.since[:4]):
            continue
        statute = former.kind == "法规"
        start = text.rindex("《", 0, end) if statute else end - len(former.name)
        if not statute and not _stands_as_name(text, start, end):
            continue
        yield Hit(
            start,
            end,
            f"“{former.name}”自{former.since[:4]}年起已由“{former.present}”取代（{former.basis}）",
            f"如说的是现在，改为“{former.present}”；如说的是当时，可加“原”字",
            confidence=0.6,
        )


def _stands_as_name(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    inside_title = text.rfind("《", max(0, start - 60), start) > text.rfind(
        "》", max(0, start - 60), start
    )
    bounded = not ("\u4e00" <= before <= "\u9fff") or before in _LEADS
    return bounded and before != "原" and not inside_title and after not in "门分位长令公〔队属"


RULES: Final = (
    Rule("W-02", Category.WORDING, Severity.WARNING, misprinted),
    Rule("W-03", Category.NAME, Severity.NOTE, old_names),
)
