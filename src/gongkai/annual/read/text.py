"""文本年报：plain text, Markdown, text with bars or tabs, and text without any separators.

The text is cut at the headings of the parts and at the first words of each table; the rows of
the tables are read (`rows`, `tables`), and what is left is prose (`narrative`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from gongkai.annual import forms
from gongkai.annual.forms import LAYOUTS, TABLE_2, TABLE_3, TABLE_4, TABLES, Form
from gongkai.annual.model import Remark, Report
from gongkai.annual.read.applications import table_3
from gongkai.annual.read.disclosure import table_2
from gongkai.annual.read.disputes import table_4
from gongkai.annual.read.draft import CUT_OFF, Draft
from gongkai.annual.read.headings import Heading, find_headings
from gongkai.annual.read.narrative import Narrative, tell
from gongkai.annual.read.rows import Page, Row
from gongkai.annual.read.script import fold, legible, squeeze
from gongkai.annual.read.tables import Found
from gongkai.errors import Unreadable

NO_TABLE: Final = "原文没有这张表"
NOT_A_REPORT: Final = (
    "这个文件里没有年度报告的表格，也没有年度报告的标题；请确认是不是政府信息公开工作年度报告"
)

_LINE_END: Final = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_RULER: Final = re.compile(r"^\|?[ \t]*:?-{3,}:?[ \t]*\|", re.MULTILINE)
_ESCAPED: Final = re.compile(r"\\([^\w\s|])")
#: The first words of each table; prose that speaks of results has a number behind them.
_OPENINGS: Final = {
    TABLE_2: re.compile(
        r"第?二十条第?\s*\(\s*一\s*\)\s*项|信息\s*内容|本年\s*制发|制发件数|新\s*制作数量|行政许可[\s|]*\d"
    ),
    TABLE_3: re.compile(
        r"\(?本列数据的?勾稽|申请人\s*情况|本年新收\s*政府信息公开申请|二、上年结转政府信息"
    ),
    TABLE_4: re.compile(
        r"行政\s*复议[\s|,\"]{0,99}行政\s*诉讼(?![\s(]*\d)|结果[\s|]{0,9}维持(?!\s*\d)"
        r"|未经(?:行政)?复议[\s|]{0,9}直接[\s|]{0,9}起诉(?!的?\s*\d)"
    ),
}
_OF_2019: Final = re.compile(r"新\s*制作|新\s*公开数|公开总数|上一年\s*项目|集中采购|对外管理服务")
_OF_2021: Final = re.compile(r"制发件数|废止件数|现行\s*有效\s*件数|收费\s*金额|本年\s*处理决定")
_OLD: Final = re.compile(r"指标名称|历年累计|计量单位|统计表|统计指标")
_TOLD: Final = re.compile(r"(\d{2,7})\s*[件部条项]")
_UNIT: Final = re.compile(r"采购\s*总?金额[\s|(]*(?:单位[::]?)?\s*(万元|元)")
_PROSE: Final = re.compile(r"[。；;]")


class _Region(NamedTuple):
    """Where the rows of a table may stand."""

    start: int
    end: int


def read_text(source: str, remarks: Sequence[Remark] = ()) -> Report:
    """读文本：the report that a text holds.

    Raises :class:`~gongkai.errors.Unreadable` where the text is no annual report at all.
    """
    text = legible(_LINE_END.sub("\n", source))
    if "\\" in text and _RULER.search(text):
        # Markdown; a bar that is no border of a cell keeps its backslash until it is prose.
        text = _ESCAPED.sub(r"\1", text)
    page = Page(text, fold(text))
    headings = find_headings(page.folded)
    regions = _regions(page.folded, headings)
    rows = {table: page.rows(table, region.start, region.end) for table, region in regions.items()}
    tables = {table: found for table, found in rows.items() if _is_table(table, found)}
    story = tell(_prose(page, regions, tables))
    if not tables and story.empty:
        raise Unreadable(NOT_A_REPORT)
    if not tables and _is_old(page.folded, story):
        return _old(story, remarks)
    form = _form(page.folded, regions, tables, story.year)
    draft = _draft(page, form, regions, tables, headings)
    return Report(
        form=draft.layout.form,
        year=story.year,
        organ=story.organ,
        tables={table: draft.tables.get(table) for table in TABLES},
        parts=story.parts,
        header=story.header,
        absent=draft.absent,
        origins=draft.origins,
        remarks=(*remarks, *story.remarks, *draft.remarks),
    )


# ---- 分段 ----


def _regions(folded: str, headings: Sequence[Heading]) -> dict[str, _Region]:
    """The stretch of text of each table: from its first words to the next part or table."""
    at = {heading.part: heading for heading in headings}
    starts: dict[str, int] = {}
    place = 0
    for part, table in zip((2, 3, 4), TABLES, strict=True):
        heading = at.get(part)
        place = max(place, heading.end if heading else 0)
        limit = min((h.start for h in headings if h.part > part), default=len(folded))
        opening = _OPENINGS[table].search(folded, place, limit)
        if opening:
            line = folded.rfind("\n", place, opening.start()) + 1 or place
            # The bar that opens the first row stands on a line of its own, or before the words.
            lead = folded[line : opening.start()]
            starts[table] = line if len(lead) < 12 and "。" not in lead else opening.start()
            starts[table] = _back_over_bars(folded, starts[table], place)
            place = opening.end()
        elif heading:
            starts[table] = heading.end
    regions: dict[str, _Region] = {}
    for part, table in zip((2, 3, 4), TABLES, strict=True):
        if table in starts:
            stops = [start for start in starts.values() if start > starts[table]]
            stops += [h.start for h in headings if h.part > part and h.start > starts[table]]
            regions[table] = _Region(starts[table], min(stops, default=len(folded)))
    return regions


def _back_over_bars(folded: str, start: int, least: int) -> int:
    while start > least and folded[start - 1] in "| \t\n":
        start -= 1
    return start


def _is_table(table: str, rows: Sequence[Row]) -> bool:
    """Whether a region holds a table: several figures in a row, or words that only it has."""
    if any(row.label or row.bare or len(row.chunks) >= 5 for row in rows):
        return True
    return table == TABLE_4 and any("审结" in row.words for row in rows)


def _prose(
    page: Page, regions: dict[str, _Region], tables: dict[str, list[Row]]
) -> list[str | None]:
    """The text without its tables, line by line; ``None`` where a table stood."""
    pieces: list[str | None] = []
    place = 0
    for table in TABLES:
        if table not in tables:
            continue
        start, end = regions[table].start, _table_end(page, regions[table], tables[table])
        pieces += page.text[place:start].split("\n")
        pieces.append(None)
        if start < end:
            pieces += [line for line in page.text[start:end].split("\n") if _is_prose(line)]
        place = max(end, start)
    pieces += page.text[place:].split("\n")
    return _unwrapped([piece and piece.replace("\\|", "|") for piece in pieces])


def _is_prose(line: str) -> bool:
    """A sentence between the rows of a table; the corner note of Table 3 is none."""
    return len(line) > 25 and "|" not in line and _PROSE.search(line) is not None


def _table_end(page: Page, region: _Region, rows: Sequence[Row]) -> int:
    """The place behind the last row of a table; prose that follows it is no row."""
    ends = [
        row.end
        for row in rows
        if not row.prose and (row.exact or not row.words or row.label or row.bare)
    ]
    ends += [row.end for row in rows if "审结" in row.words and not row.prose]
    end = max(ends, default=region.end)
    while end < region.end and page.folded[end] in "| \t\n":
        end += 1
    return min(end, region.end)


def _unwrapped(lines: list[str | None]) -> list[str | None]:
    """Lines that a page's width has broken, joined again to paragraphs."""
    widths = sorted(len(line) for line in lines if line and len(line) > 12)
    if len(widths) < 12 or widths[-len(widths) // 20 or -1] > 70:
        return lines
    width = widths[len(widths) * 3 // 4]
    joined: list[str | None] = []
    open_line = False
    for line in lines:
        if open_line and line and joined and joined[-1] and not _OPENS.match(fold(line)):
            joined[-1] += line
        else:
            joined.append(line)
        open_line = (
            bool(line) and len(line or "") >= width - 3 and (line or "")[-1] not in "。！？：:"
        )
    return joined


_OPENS: Final = re.compile(
    r"\s*(?:[#|>*]|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]+\)|\d{1,2}[.、)])|\s{2,}|\u3000"
)

# ---- 格式 ----


def _form(
    folded: str, regions: dict[str, _Region], tables: dict[str, list[Row]], year: int | None
) -> Form:
    """格式：told by the heads of Table 2, the rows of group (六), and last by the year."""
    heads = folded[regions[TABLE_2].start : regions[TABLE_2].end] if TABLE_2 in tables else ""
    of_2019, of_2021 = len(_OF_2019.findall(heads)), len(_OF_2021.findall(heads))
    names: set[str] = set()
    for row in tables.get(TABLE_3, ()):
        names.update(row.bare)
        if row.label:
            names.add(row.label.name)
    three_rows = not names.isdisjoint(forms.OTHERWISE_THREE_ROWS)
    one_row = forms.OTHERWISE_ONE_ROW[0] in names and not three_rows
    if of_2019 > of_2021:
        return Form.Y2019
    if of_2021:
        return Form.MIXED if one_row else Form.Y2021
    if three_rows:
        return Form.Y2021
    if year is not None and year <= 2020:
        return Form.Y2019
    return (Form.MIXED if year else Form.Y2019) if one_row else Form.Y2021


def _is_old(folded: str, story: Narrative) -> bool:
    """Whether this is a report of before 2019, which had no statutory tables."""
    return (story.year is not None and story.year < 2019) or (
        _OLD.search(folded) is not None and (story.year is None or story.year < 2019)
    )


def _old(story: Narrative, remarks: Sequence[Remark]) -> Report:
    said = "2019年以前的旧格式，没有法定表格；其中的统计数字只作文字保留"
    return Report(
        form=None,
        year=story.year,
        organ=story.organ,
        tables=dict.fromkeys(TABLES),
        parts=story.parts,
        header=story.header,
        absent=dict.fromkeys(TABLES, said),
        remarks=(*remarks, Remark("no-statutory-tables", said), *story.remarks),
    )


# ---- 成表 ----


def _draft(
    page: Page,
    form: Form,
    regions: dict[str, _Region],
    tables: dict[str, list[Row]],
    headings: Sequence[Heading],
) -> Draft:
    draft = Draft(LAYOUTS[form])
    last = max(regions, key=lambda table: regions[table].start, default="")
    cut_off = not any(heading.part > 4 for heading in headings)
    for table in TABLES:
        rows = tables.get(table)
        if rows is None:
            later = all(other not in tables for other in TABLES[TABLES.index(table) :])
            draft.leave_out(table, CUT_OFF if cut_off and later and regions else NO_TABLE)
            continue
        found = _found(page, table, rows, regions, draft)
        wide = "\n" not in page.text[regions[table].start : regions[table].end].strip()
        draft.take(table, found, cut_off=cut_off and table == last, wide=wide)
    return draft


def _found(
    page: Page, table: str, rows: list[Row], regions: dict[str, _Region], draft: Draft
) -> Found:
    region = regions[table]
    if table == TABLE_2:
        unit = _UNIT.search(page.folded, region.start, region.end)
        draft.purchase_unit = unit[1] if unit else ""
        found = table_2(rows, draft.layout, _told(page.folded[: region.start]))
        words = squeeze(page.text[region.start : region.end])
        found.bare.update(name for name in draft.layout.tables[TABLE_2] if name in words)
        return found
    if table == TABLE_3:
        return table_3(rows, draft.layout.form)
    return table_4(rows)


def _told(prose: str) -> frozenset[int]:
    """Numbers that the prose gives in a sentence on normative documents or rules."""
    told: set[int] = set()
    for sentence in re.split("[。;\n]", prose):
        if "规范性文件" in sentence or "规章" in sentence:
            told.update(int(number) for number in _TOLD.findall(sentence))
    return frozenset(told)
