"""六个部分：table, prose with its figures filled in, last year's text, findings, for the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from gongkai.annual.forms import CARRIED_IN, CARRIED_OUT, TABLE_3, TABLE_3_COLUMNS, Ref
from gongkai.annual.model import Cell, Undeterminable
from gongkai.annual.write.grids import Box, grids
from gongkai.organs.models import Staff
from gongkai.reporting.assembling import Checked, Typed, how_to_reach
from gongkai.reporting.counting import BY_HAND
from gongkai.reporting.desk.findings import HOME, Shown, Tally, show
from gongkai.reporting.forms.draft import Draft, figure_mark, mark_of
from gongkai.reporting.guidance import ADVICE
from gongkai.reporting.models import OPENING, PART_NAMES, Entry, Filing, Section, paragraphs
from gongkai.reporting.sentences import Piece, names_in, pieces
from gongkai.reporting.sheets import Drawn, anchors, shown, table
from gongkai.reporting.states import Basis

_NUMERALS = "一二三四五六"


@dataclass(frozen=True)
class Line:
    """一段：as it will be printed, and where it stands."""

    at: str
    text: SafeString
    doubtful: bool


@dataclass(frozen=True)
class HandCell:
    """一格手工数字：what is in its fields, and who put it there."""

    place: int
    ref: Ref
    value: str
    source: str
    was: str
    kept: Entry | None
    wrong: str = ""

    @property
    def query(self) -> str:
        """The address of its list."""
        return query_of(self.ref)


@dataclass
class Part:
    """一个部分：everything its block of the page shows."""

    number: int
    heading: str
    advice: str
    tally: Tally
    sheet: str = ""
    text: str = ""
    revision: int = 0
    was: str = ""
    section: Section | None = None
    lines: list[Line] = field(default_factory=list)
    last: Sequence[str] = ()
    #: What another has saved meanwhile, to be read beside one's own.
    other: Section | None = None
    wrong: str = ""
    hand: list[HandCell] = field(default_factory=list)
    carried: list[Carried] = field(default_factory=list)

    @property
    def carried_differ(self) -> bool:
        """上年结转与上年公布的不一致。"""
        return any(one.differs for one in self.carried)


@dataclass(frozen=True)
class Carried:
    """上年结转：a column as it is and as last year's report left it."""

    column: str
    now: Cell
    before: Cell

    @property
    def differs(self) -> bool:
        """Two figures that are not the same; a blank one is not compared."""
        return _whole(self.now) and _whole(self.before) and self.now != self.before

    @property
    def now_shown(self) -> SafeString:
        """本年的。"""
        return shown(self.now)

    @property
    def before_shown(self) -> SafeString:
        """上年公布的。"""
        return shown(self.before)

    @property
    def sentence(self) -> str:
        """不一致的说法。"""
        assert isinstance(self.now, int)
        assert isinstance(self.before, int)
        less = self.now - self.before
        how = f"多{less}" if less > 0 else f"少{-less}"
        return (
            f"{self.column}：上年公布的年报“结转下年度继续办理”{self.before}件，"
            f"本年“上年结转”{self.now}件，{how}件。"
        )


def _whole(cell: Cell) -> bool:
    return isinstance(cell, int)


@dataclass(frozen=True)
class Writing:
    """编制：a checked report, what is typed over it, and who looks at it."""

    filing: Filing
    checked: Checked
    typed: Typed
    draft: Draft
    by: Staff
    editing: bool
    #: What could not be saved, by part or cell, in words; sections another has saved meanwhile.
    wrong: Mapping[Any, str] = field(default_factory=dict)
    others: Mapping[int, Section] = field(default_factory=dict)


def parts_of(page: Writing) -> list[Part]:
    """六个部分和前言：in order."""
    report = page.checked.assembled.report
    at = anchors(report)
    found = show(page.checked.verdict, page.filing, at, by=page.by, reasons=page.draft.reasons)
    tallies = {number: Tally() for number in PART_NAMES}
    for one in found:
        tallies[one.part if one.part in tallies else OPENING].shown.append(one)
    for number, text in page.typed.texts.items():
        known = page.checked.assembled.catalogue
        tallies[number].misnamed = [
            name for name in dict.fromkeys(names_in(text)) if known and name not in known
        ]
    sheets = _sheets(page, at, found)
    sections = {one.number: one for one in page.filing.sections.all()}
    parts = [
        Part(
            number,
            f"{_NUMERALS[number - 1]}、{PART_NAMES[number]}" if number else PART_NAMES[number],
            ADVICE[number],
            tallies[number],
            sheets.get(number, ""),
            section=sections.get(number),
            lines=_lines(page, number, tallies[number].shown),
            last=_last_text(page, number),
            other=page.others.get(number),
            wrong=page.wrong.get(number, ""),
            **_field(page, number, sections.get(number)),
        )
        for number in PART_NAMES
    ]
    if page.filing.basis == Basis.RECORDS:
        parts[2].hand = hand_cells(page)
    parts[3].carried = _carried(page)
    return parts


def _last_text(page: Writing, number: int) -> Sequence[str]:
    last = page.checked.last_year
    if last is None:
        return ()
    if not number:
        return last.header.preamble
    part = last.part(number)
    return part.paragraphs if part else ()


def _field(page: Writing, number: int, section: Section | None) -> dict[str, Any]:
    """What stands in the text area, and what it began from."""
    kept = section.text if section else ""
    written = page.draft.texts.get(number)
    revision = section.revision if section else 0
    text = written.text if written else kept
    # Drawn anew, the page begins from what is kept now: to save again is to have read it.
    return {"text": text, "revision": revision, "was": mark_of(kept)}


def hand_cells(page: Writing) -> list[HandCell]:
    """手工数字：as typed, else as kept."""
    kept = {entry.ref: entry for entry in page.filing.entries.all()}
    cells = []
    for place, ref in enumerate(BY_HAND):
        entry, given = kept.get(ref), page.draft.cells.get(ref)
        value, source = (f"{entry.figure}", entry.source) if entry else ("", "")
        cells.append(
            HandCell(
                place,
                ref,
                given.value if given else value,
                given.source if given else source,
                figure_mark(value, source),
                entry,
                page.wrong.get(ref, ""),
            )
        )
    return cells


def _carried(page: Writing) -> list[Carried]:
    last = page.checked.last_year
    report = page.checked.assembled.report
    if last is None or last.tables.get(TABLE_3) is None:
        return []
    return [
        Carried(
            column,
            report.cell(Ref(TABLE_3, CARRIED_IN, column)),
            last.cell(Ref(TABLE_3, CARRIED_OUT, column)),
        )
        for column in TABLE_3_COLUMNS
    ]


# ── 正文 ────────────────────────────────────────────────────────────────────────────────────


def _lines(page: Writing, number: int, found: Sequence[Shown]) -> list[Line]:
    """预览：each figure a link to its list; what is no figure is marked and left as it is."""
    doubtful = {
        one.finding.place.paragraph
        for one in found
        if one.finding.place is not None and not one.finding.waived
    }
    texts = _printed(page, number)
    return [
        Line(f"p-{number}-{place}", text, place in doubtful)
        for place, text in enumerate(texts, start=1)
    ]


def _printed(page: Writing, number: int) -> list[SafeString]:
    if not page.checked.assembled.catalogue:
        report = page.checked.assembled.report
        part = report.part(number) if number else None
        plain = part.paragraphs if part else report.header.preamble if not number else ()
        return [escape(text) for text in plain]
    base = reverse("reporting:cell", args=[page.filing.pk])
    values = page.checked.assembled.values
    lines = [
        SafeString("".join(_piece(piece, base, values) for piece in pieces(line, values)))
        for line in paragraphs(page.typed.texts.get(number, ""))
    ]
    if number == OPENING:
        lines += [escape(line) for line in how_to_reach(page.typed.contact)]
    return lines


def _piece(piece: Piece, base: str, values: Mapping[str, str | None]) -> SafeString:
    if not piece.name:
        return escape(piece.text)
    if piece.known:
        return format_html(
            '<a class="live" href="{}?{}" title="{}">{}</a>',
            base, urlencode({"name": piece.name}), piece.name, piece.text,
        )  # fmt: skip
    why = "这个数字还没有填" if piece.name in values else "没有这个名称的数字"
    return format_html('<mark class="not-live" title="{}">{}</mark>', why, piece.text)


# ── 表格 ────────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=1024)
def query_of(ref: Ref) -> str:
    """单元格的查询串。"""
    return urlencode(ref._asdict())


def _sheets(page: Writing, at: Mapping[Ref, str], found: Sequence[Shown]) -> dict[int, SafeString]:
    """三张表：by the part they stand in."""
    base = reverse("reporting:cell", args=[page.filing.pk])
    opens = page.filing.basis != Basis.FILE
    marked: dict[Ref, str] = {}
    for one in reversed(found):
        if not one.finding.waived:
            marked |= dict.fromkeys(one.finding.refs, f"found-{one.tone}")
    by_hand = {cell.ref: cell for cell in hand_cells(page)}
    hand = page.filing.basis == Basis.RECORDS

    def figure(box: Box) -> Drawn:
        assert box.ref is not None
        kind = marked.get(box.ref, "")
        if hand and box.ref in by_hand:
            return _typed(by_hand[box.ref], box.cell, base, editing=page.editing), f"{kind} hand"
        inside = shown(box.cell)
        if box.cell is None or isinstance(box.cell, Undeterminable) or not opens:
            return inside, kind
        zero = "zero" if not box.cell else ""
        link = SafeString(f'<a href="{base}?{escape(query_of(box.ref))}">{inside}</a>')
        return link, f"{kind} {zero}".strip()

    drawn = grids(page.checked.assembled.report)
    return {HOME[grid.table]: table(grid, figure, at) for grid in drawn}


def _typed(cell: HandCell, value: Cell, base: str, *, editing: bool) -> SafeString:
    """手工格：a field while one writes, else the figure; marked, with its source at hand."""
    source = cell.kept.source if cell.kept else ""
    mark = format_html(
        '<span class="pill by-hand" title="{}">手工</span>', source or "还没有填来源"
    )
    if not editing:
        link = format_html('<a href="{}?{}">{}</a> ', base, query_of(cell.ref), shown(value))
        return link + mark
    return (
        format_html(
            '<input name="cell-{}" value="{}" inputmode="decimal" autocomplete="off" '
            'aria-label="{}，{}" placeholder="未填"{}> ',
            cell.place,
            cell.value,
            cell.ref.row,
            cell.ref.column,
            SafeString(' aria-invalid="true"') if cell.wrong else "",
        )
        + mark
    )
