"""成稿：a filing as a report of ``annual``: live while it is written, frozen afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db.models import Q

from gongkai.annual.checks import Records, Result, Status, Verdict, check_report
from gongkai.annual.checks.finding import waive
from gongkai.annual.exchange import dump, dumps, load
from gongkai.annual.forms import (
    LAYOUTS,
    OTHERWISE_ONE_ROW,
    OTHERWISE_THREE_ROWS,
    PARTS,
    TABLES,
    Form,
    Ref,
)
from gongkai.annual.model import Cell, Contact, Figure, Header, Part, Report, Undeterminable
from gongkai.annual.rollup import RULES_BETWEEN_UNITS, Rollup, roll_up
from gongkai.organs.models import Organ
from gongkai.reporting.counting import (
    FORM,
    Counted,
    count,
    counted_organs,
    practice_of,
)
from gongkai.reporting.live import Live, live
from gongkai.reporting.models import OPENING, Filing, paragraphs
from gongkai.reporting.sentences import filled
from gongkai.reporting.states import SENT_IN, Basis, Scope, State

_BASIS = re.compile(r"《((?:[^《》]|〈[^〉]*〉)+)》")


@dataclass(frozen=True)
class Assembled:
    """成稿：the report, the ledgers it was counted from, the figures its prose may use.

    ``values`` are figures in words by name, None where a cell is blank; ``rollup`` is there for
    a summed-up report.
    """

    report: Report
    values: Mapping[str, str | None]
    records: Records | None = None
    organs: tuple[int, ...] = ()
    rollup: Rollup | None = None
    catalogue: Mapping[str, Live] = field(default_factory=dict)


@dataclass(frozen=True)
class Typed:
    """所写所填：what people put into a report: its prose by part, figures by cell, the contact.

    As it is kept, or as it stands on a page that has not been saved yet.
    """

    texts: Mapping[int, str]
    figures: Mapping[Ref, Figure]
    contact: Contact


def typed_in(filing: Filing) -> Typed:
    """所写所填：as it is kept."""
    return Typed(
        {section.number: section.text for section in filing.sections.all()},
        {entry.ref: entry.figure for entry in filing.entries.all()},
        Contact(filing.address, filing.postcode, filing.phone, filing.fax, filing.email),
    )


def report_of(filing: Filing) -> Report:
    """年报：as it stands; frozen ones are read, others counted."""
    return load(filing.frozen) if filing.frozen is not None else assemble(filing).report


@dataclass(frozen=True)
class Ground:
    """底数：what the records, or the units, say of a year, before anybody has written a word.

    ``loose`` are the figures of the prose that stand in no table, by name; cells typed by hand
    are blank.
    """

    tables: Mapping[str, Any]
    loose: Mapping[str, str] = field(default_factory=dict)
    records: Records | None = None
    organs: tuple[int, ...] = ()
    rollup: Rollup | None = None


def ground_of(filing: Filing) -> Ground:
    """底数：counted, or summed up, as of now."""
    if filing.basis == Basis.UNITS:
        return _summed(filing)
    counted = recount(filing)
    loose = _loose(counted.organs, filing.year)
    return Ground(counted.tables, loose, counted.records, counted.organs)


def assemble(filing: Filing, typed: Typed | None = None, ground: Ground | None = None) -> Assembled:
    """成稿：counted, summed up or read from its file, with the prose filled in, as of now."""
    if filing.basis == Basis.FILE:
        return Assembled(_read(filing), {})
    typed, ground = typed or typed_in(filing), ground or ground_of(filing)
    tables = with_figures(ground.tables, typed.figures)
    nothing = filing.basis == Basis.UNITS and ground.rollup is None
    values = {} if nothing else values_of(tables, ground.loose)
    report = _told(filing, typed, tables, values, ground.rollup.form if ground.rollup else FORM)
    return Assembled(
        report, values, ground.records, ground.organs, ground.rollup, catalogue=_names()
    )


def recount(filing: Filing) -> Counted:
    """重新统计：the records as they are now, whatever the filing says."""
    return count(
        counted_organs(filing.organ, filing.year),
        filing.year,
        lapsed_is_repealed=practice_of(filing.organ).lapsed_is_repealed,
    )


def with_figures(tables: Mapping[str, Any], figures: Mapping[Ref, Figure]) -> dict[str, Any]:
    """填入手工数字：into a copy; cells nobody has typed stay blank."""
    copied = {
        table: {row: dict(cells) for row, cells in rows.items()} for table, rows in tables.items()
    }
    for ref, figure in figures.items():
        copied[ref.table][ref.row][ref.column] = figure
    return copied


def _names() -> dict[str, Live]:
    return {one.name: one for one in live()}


def values_of(tables: Mapping[str, Any], loose: Mapping[str, str]) -> dict[str, str | None]:
    """活数字的值：by name, as printed; None where a cell is blank or cannot be told."""
    return {
        one.name: _shown(_cells_of(one.refs, tables)) if one.refs else loose.get(one.name)
        for one in live()
    }


def _loose(organs: Sequence[int], year: int) -> dict[str, str]:
    """Those that stand in no table."""
    return {one.name: f"{one.rows(organs, year).count()}" for one in live() if one.rows}


def _cells_of(refs: Sequence[Ref], tables: Mapping[str, Any]) -> list[Cell]:
    """The cells of a figure; a sum with one row for （六）其他处理 has that in place of three."""
    found: dict[Ref, Cell] = {}
    for ref in refs:
        if ref.row in OTHERWISE_THREE_ROWS and OTHERWISE_ONE_ROW[0] in tables[ref.table]:
            ref = ref._replace(row=OTHERWISE_ONE_ROW[0])
        found[ref] = tables[ref.table][ref.row][ref.column]
    return list(found.values())


def _shown(cells: Sequence[Cell]) -> str | None:
    if any(cell is None or isinstance(cell, Undeterminable) for cell in cells):
        return None
    total = sum(cell for cell in cells if not isinstance(cell, Undeterminable | None))
    return f"{total:f}" if not isinstance(total, int) else f"{total}"


def _told(
    filing: Filing,
    typed: Typed,
    tables: Mapping[str, Any],
    values: Mapping[str, str | None],
    form: Form = FORM,
) -> Report:
    """The report with its prose and its head."""
    texts = {
        number: tuple(filled(line, values) for line in paragraphs(text))
        for number, text in typed.texts.items()
    }
    opening = (*texts.get(OPENING, ()), *how_to_reach(typed.contact))
    said = "".join(opening)
    header = Header(
        title=str(filing),
        preamble=opening,
        basis=tuple(dict.fromkeys(_BASIS.findall(said))),
        period=(date(filing.year, 1, 1), date(filing.year, 12, 31)),
        contact=typed.contact,
        published_on=filing.published_on,
    )
    parts = tuple(
        Part(number, heading, texts.get(number, ())) for number, heading in enumerate(PARTS, 1)
    )
    return Report(form, filing.year, filing.name, tables, parts, header)


def _read(filing: Filing) -> Report:
    """What a file said, with the day of publication that is known here."""
    report = load(filing.frozen)
    published = filing.published_on or report.header.published_on
    return replace(report, header=replace(report.header, published_on=published))


def how_to_reach(contact: Contact) -> tuple[str, ...]:
    """联系方式：the paragraph it makes in the opening, if there is any."""
    said = [
        f"{label}：{value}"
        for label, value in (
            ("地址", contact.address),
            ("邮编", contact.postcode),
            ("电话", contact.phone),
            ("传真", contact.fax),
            ("电子邮箱", contact.email),
        )
        if value
    ]
    return (f"如对本报告有疑问，请与本机关联系（{'；'.join(said)}）。",) if said else ()


# ── 汇总 ────────────────────────────────────────────────────────────────────────────────────


def parts_of(filing: Filing) -> list[Filing]:
    """汇总的各单位：the report each unit has sent in, in the order of the list; newest version."""
    if filing.call is None:
        return []
    return [found for _, found in standing_of(filing.call.units.all(), filing) if found]


def standing_of(units: Any, filing: Filing) -> list[tuple[Any, Filing | None]]:
    """各单位的报送情况：each unit with the newest of its reports that has been sent in."""
    units = list(units)
    rows = Filing.objects.filter(year=filing.year, state__in=SENT_IN).exclude(pk=filing.pk)
    rows = rows.select_related("organ")
    keys = [unit.organ_id for unit in units if unit.organ_id]
    newest: dict[Any, Filing] = {}
    for one in rows.filter(organ__in=[*keys, filing.organ_id]).order_by("version"):
        outside = one.scope == Scope.OUTSIDE
        newest[one.name if outside else (one.organ_id, one.scope)] = one
    return [
        (unit, newest.get((unit.organ_id, unit.scope) if unit.organ_id else unit.name))
        for unit in units
    ]


def _summed(filing: Filing) -> Ground:
    units = [] if filing.call is None else standing_of(filing.call.units.all(), filing)
    # By the name in the list: a unit may sign otherwise since it was listed.
    parts = [replace(load(one.frozen), organ=unit.name) for unit, one in units if one]
    if not parts:
        return Ground(_blank())
    rollup = roll_up(parts, expected_units=[unit.name for unit, _ in units])
    organs = _reach([one for _, one in units if one])
    tables = {table: rollup.report.tables[table] or {} for table in TABLES}
    return Ground(tables, _loose(organs, filing.year), organs=organs, rollup=rollup)


def _reach(parts: Sequence[Filing]) -> tuple[int, ...]:
    """The organs a sum speaks for: of a government's report all that stand below it."""
    wanted = Q(pk__in=[part.organ_id for part in parts if part.scope == Scope.OWN])
    for part in parts:
        if part.scope == Scope.WHOLE:
            wanted |= Q(path__startswith=part.organ.path)
    return tuple(Organ.objects.filter(wanted).values_list("pk", flat=True))


def _blank() -> dict[str, Any]:
    return {
        table: {row: dict.fromkeys(columns) for row, columns in rows.items()}
        for table, rows in LAYOUTS[FORM].tables.items()
    }


# ── 核验 ────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Checked:
    """核验：an assembled filing held against every rule, last year and the records."""

    filing: Filing
    assembled: Assembled
    ground: Ground | None = None

    @cached_property
    def changes(self) -> list[Change]:
        """定稿以后的变化。"""
        return changes_since(self.filing, self.ground)

    @cached_property
    def last_year(self) -> Report | None:
        """上年的年报：published; with those of organs merged in since, added up."""
        return last_year_of(self.filing)

    @cached_property
    def siblings(self) -> list[Report]:
        """同一轮其他单位的正文：to see what is copied, while the report waits to be cleared."""
        if self.filing.state != State.SUBMITTED or self.filing.call_id is None:
            return []
        rows = Filing.objects.sent_in().filter(call=self.filing.call_id).exclude(pk=self.filing.pk)
        return [_prose_of(frozen) for frozen in rows.values_list("frozen", flat=True) if frozen]

    @cached_property
    def verdict(self) -> Verdict:
        """结论。"""
        waivers = {one.key: one.reason for one in self.filing.waivers.all()}
        verdict = check_report(
            self.assembled.report,
            last_year=self.last_year,
            siblings=self.siblings,
            records=self.assembled.records,
            waivers=waivers,
        )
        if self.assembled.rollup is None:
            return verdict
        between = _between(self.assembled.rollup, waivers)
        return replace(verdict, results=(*verdict.results, *between))


def _prose_of(frozen: Mapping[str, Any]) -> Report:
    """The words of a frozen report without its tables: reading sixty of them is felt on a page."""
    return load({name: frozen[name] for name in ("organ", "year", "parts")} | {"tables": {}})


def _between(rollup: Rollup, waivers: Mapping[str, str]) -> Iterator[Result]:
    """单位之间的规则：what the adding up found amiss, beside the rules of one report."""
    for name, rule in RULES_BETWEEN_UNITS.items():
        found = tuple(waive(one, waivers) for one in rollup.findings if one.rule == name)
        yield Result(rule, Status.FOUND if found else Status.PASSED, found)


def last_year_of(filing: Filing) -> Report | None:
    """上年的年报：the published one of the year before; several, where organs merged, as a sum."""
    year = filing.year - 1
    if filing.scope == Scope.OUTSIDE:
        keys, names = [filing.organ_id], [filing.name]
    else:
        keys, names = counted_organs(filing.organ, filing.year), []
    rows = Filing.objects.filter(
        organ__in=keys, scope=filing.scope, year=year, state=State.PUBLISHED
    )
    if names:
        rows = rows.filter(name__in=names)
    # Its own first: the prose is its own, where the figures are those of several.
    found = sorted(rows, key=lambda one: (one.organ_id != filing.organ_id, one.pk))
    return _added([load(one.frozen) for one in found]) if found else None


def _added(reports: list[Report]) -> Report:
    first, *others = reports
    with_tables = [one for one in reports if one.form is not None]
    if not others or not with_tables:
        return first
    return replace(roll_up(with_tables).report, parts=first.parts, header=first.header)


# ── 定稿以后的变化 ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Change:
    """变化：a cell that the records would now fill in differently."""

    ref: Ref
    then: Cell
    now: Figure


def changes_since(filing: Filing, ground: Ground | None = None) -> list[Change]:
    """定稿以后的变化：what the records say now and the frozen report does not."""
    if filing.frozen is None or filing.basis == Basis.FILE:
        return []
    frozen = load(filing.frozen)
    now = (ground or ground_of(filing)).tables
    found = []
    for ref, then in frozen.cells():
        cell = now.get(ref.table, {}).get(ref.row, {}).get(ref.column)
        if cell is not None and not isinstance(cell, Undeterminable) and cell != then:
            found.append(Change(ref, then, cell))
    return found


def freeze(report: Report) -> tuple[dict[str, Any], str]:
    """定稿：the report in the exchange format, and the seal of it."""
    frozen = dump(report)
    return frozen, sha256(dumps(report).encode()).hexdigest()
