"""年报：one report as values, whatever paper it came from.

A cell is one of three different things: a figure (``int``, or ``Decimal`` for money in
万元 or 元), blank (``None``: the source leaves it empty, or prints ``/`` or ``—``), or
``Undeterminable`` (the source once said something that can no longer be told). None of
the three is ever turned into another silently; above all, nothing becomes 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from gongkai.annual.forms import LAYOUTS, TABLES, Form, Layout, Ref


@dataclass(frozen=True, slots=True)
class Undeterminable:
    """无法确定：a figure that the source no longer tells; the reason is a Chinese sentence."""

    reason: str

    def __str__(self) -> str:
        return "无法确定"


Figure: TypeAlias = int | Decimal
Cell: TypeAlias = Figure | Undeterminable | None
#: table → row → column → cell, by exchange names; a table that the source lacks is ``None``.
Tables: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Cell]] | None]


@dataclass(frozen=True, slots=True)
class Origin:
    """出处：where in the source a cell was read, and the characters that stood there.

    Pages, tables, rows, columns and lines count from 1; ``path`` is the place inside a
    JSON document or a workbook (``Sheet1!C5``).
    """

    quote: str
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None
    path: str = ""

    def __str__(self) -> str:
        counted = (
            ("页", self.page),
            ("个表", self.table),
            ("行", self.row if self.row is not None else self.line),
            ("列", self.column),
        )
        places = [f"第{number}{noun}" for noun, number in counted if number is not None]
        return " ".join([*places, self.path]).strip()


@dataclass(frozen=True, slots=True)
class Remark:
    """读取说明：something a person should know of how the source was read.

    ``code`` is stable and English (``misprinted-label``, ``lost-digits``, ``repaired-encoding`` …);
    ``message`` is the Chinese sentence; ``ref`` the cell concerned, if it is one.
    """

    code: str
    message: str
    ref: Ref | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """部分：one of the six parts: its number (1–6), its heading as printed, its prose.

    Paragraphs hold prose only; the tables that stand in parts two to four are not in them.
    """

    number: int
    heading: str
    paragraphs: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The prose, a paragraph a line."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Contact:
    """联系方式：how to reach the organ with questions about the report."""

    address: str = ""
    postcode: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """报告抬头：the facts a report must state before its first part (国办公开办函〔2021〕30号)."""

    title: str = ""
    #: The prose before part one, a paragraph each.
    preamble: tuple[str, ...] = ()
    #: 《…》 named as the legal basis, in order of appearance.
    basis: tuple[str, ...] = ()
    #: 统计期限, first and last day.
    period: tuple[date, date] | None = None
    contact: Contact = Contact()
    published_on: date | None = None
    index_number: str = ""
    url: str = ""


@dataclass(frozen=True)
class Report:
    """政府信息公开工作年度报告：tables, prose and header facts of one organ's year.

    Two reports are equal when they say the same; where it was read, and what was remarked
    in reading, does not count.
    """

    form: Form | None
    year: int | None
    organ: str
    tables: Tables
    parts: tuple[Part, ...] = ()
    header: Header = Header()
    #: Why a whole table is missing, by exchange name of the table.
    absent: Mapping[str, str] = field(default_factory=dict, compare=False)
    origins: Mapping[Ref, Origin] = field(default_factory=dict, compare=False, repr=False)
    remarks: tuple[Remark, ...] = field(default=(), compare=False)
    #: The name of the file the report was read from, if it was.
    source: str = field(default="", compare=False)

    @property
    def layout(self) -> Layout | None:
        """表样：the form's layout; ``None`` for a report without the statutory tables."""
        return None if self.form is None else LAYOUTS[self.form]

    def cell(self, ref: Ref) -> Cell:
        """The cell at ``ref``; undeterminable when the source has no such table or row."""
        rows = self.tables.get(ref.table)
        if rows is None:
            return Undeterminable(self.absent.get(ref.table, "原文没有这张表"))
        try:
            return rows[ref.row][ref.column]
        except KeyError:
            return Undeterminable("原文没有这一格")

    def cells(self) -> Iterator[tuple[Ref, Cell]]:
        """Every cell that the source has, in the order of its tables."""
        for table in TABLES:
            for row, columns in (self.tables.get(table) or {}).items():
                for column, cell in columns.items():
                    yield Ref(table, row, column), cell

    def with_cell(self, ref: Ref, cell: Cell) -> Report:
        """The same report with one cell changed."""
        rows = self.tables[ref.table] or {}
        row = {**rows[ref.row], ref.column: cell}
        return replace(self, tables={**self.tables, ref.table: {**rows, ref.row: row}})

    def part(self, number: int) -> Part | None:
        """The part with this number (1–6), the first if a number stands twice."""
        return next((part for part in self.parts if part.number == number), None)
