"""年报的版面：title, facts, preamble and six parts of a report, in the order of the page.

What every writer draws from; :mod:`gongkai.annual.write.grids` has the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.annual.forms import PARTS, TABLES
from gongkai.annual.model import Part, Report
from gongkai.annual.write.grids import Grid, grids

#: How many characters of 2号 stand in a line of 156 mm.
_TITLE_LINE = 20
_NUMERALS = "一二三四五六"
#: The number of the part in which each table stands.
_HOME = dict(zip(TABLES, (2, 3, 4), strict=True))
_NUMBERED = re.compile(rf"[{_NUMERALS}]\s*[、.．]")
_LEAD = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)][^。！？；：，]{1,40}(?:[。：]|$)")
#: What XML, and so HTML, Word and Excel, cannot hold.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\x7f")


@dataclass(frozen=True, slots=True)
class Section:
    """部分：a heading (none for a table whose part is missing), its prose, its table."""

    heading: str
    paragraphs: tuple[str, ...]
    grid: Grid | None


@dataclass(frozen=True, slots=True)
class Document:
    """版面：a report in the order of the page."""

    title: str
    #: The title in the lines it breaks into where it is too long for one: organ, then the rest.
    title_lines: tuple[str, ...]
    organ: str
    #: The day in the properties of the file: of publication, else the last one reported on.
    dated: date | None
    #: 索引号, 发布日期, 原文链接: label and value.
    facts: tuple[tuple[str, str], ...]
    preamble: tuple[str, ...]
    sections: tuple[Section, ...]


def lay_out(report: Report) -> Document:
    """排版：the report in the order of the page.

    A report without any prose gets all six headings, ready for the prose to be written; one
    that has parts is printed with the parts it has. A report without title gets the usual one.
    """
    homeless = {_HOME[grid.table]: grid for grid in grids(report)}
    sections: list[Section] = []
    for part in report.parts or _all_parts():
        sections += _homeless(homeless, before=part.number)
        own = homeless.pop(part.number, None)
        sections.append(Section(_heading(part), _lines(part.paragraphs), own))
    sections += _homeless(homeless)
    title, organ = _line(report.header.title) or _usual_title(report), _line(report.organ)
    return Document(
        title=title,
        title_lines=_broken(title, organ),
        organ=organ,
        dated=_dated(report),
        facts=_facts(report),
        preamble=_lines(report.header.preamble),
        sections=tuple(sections),
    )


def lead(paragraph: str) -> int:
    """小标题：how many characters of the paragraph are its own heading: ``（一）主动公开。``."""
    found = _LEAD.match(paragraph)
    return found.end() if found else 0


def _all_parts() -> Iterator[Part]:
    return (Part(number, heading) for number, heading in enumerate(PARTS, 1))


def _homeless(grids: dict[int, Grid], before: int = 9) -> list[Section]:
    """Tables whose own part is missing and would have come before the part ``before``."""
    return [Section("", (), grids.pop(number)) for number in sorted(grids) if number < before]


def _heading(part: Part) -> str:
    heading = _line(part.heading)
    return heading if _NUMBERED.match(heading) else f"{_NUMERALS[part.number - 1]}、{heading}"


def _usual_title(report: Report) -> str:
    year = "" if report.year is None else f"{report.year}年"
    return f"{_line(report.organ)}{year}政府信息公开工作年度报告"


def _broken(title: str, organ: str) -> tuple[str, ...]:
    """GB/T 9704-2012, 7.3.1: a title is broken where the sense is complete."""
    rest = title.removeprefix(organ)
    too_long = sum(0.5 if c.isascii() else 1 for c in title) > _TITLE_LINE
    return (organ, rest) if too_long and 0 < len(rest) < len(title) else (title,)


def _dated(report: Report) -> date | None:
    if report.header.published_on or report.year is None:
        return report.header.published_on
    return date(report.year, 12, 31)


def _facts(report: Report) -> tuple[tuple[str, str], ...]:
    header = report.header
    published = header.published_on
    facts = (
        ("索引号", header.index_number),
        ("发布日期", published.isoformat() if published else ""),
        ("原文链接", header.url),
    )
    return tuple((label, _line(value)) for label, value in facts if value)


def _lines(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """Paragraphs without line ends inside and without what cannot be printed; no empty ones."""
    lines = (line for paragraph in paragraphs for line in _printable(paragraph).splitlines())
    return tuple(line for line in lines if line.strip())


def _line(text: str) -> str:
    return " ".join(_printable(text).split())


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
