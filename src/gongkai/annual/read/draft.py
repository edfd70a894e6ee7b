"""草稿：the tables of a report put together from what was found of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from gongkai.annual import forms
from gongkai.annual.forms import Layout, Ref
from gongkai.annual.model import Cell, Origin, Remark, Undeterminable
from gongkai.annual.read.rows import Chunk
from gongkai.annual.read.tables import NO_FIGURES, Found, Line

CUT_OFF: Final = "原文在此处截断"
NO_ROW: Final = "原文没有这一行"


@dataclass(slots=True)
class Draft:
    """草稿：the cells of the tables, where they were read, and what is to be said of them."""

    layout: Layout
    tables: dict[str, dict[str, dict[str, Cell]] | None] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    origins: dict[Ref, Origin] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    #: The unit that the head 采购总金额 prints, if it prints one.
    purchase_unit: str = ""

    def take(self, table: str, found: Found, *, cut_off: bool, wide: bool) -> None:
        """Put a table that was found into the draft, every row of the form, read or not."""
        self.remarks += found.remarks
        rows: dict[str, dict[str, Cell]] = {}
        order = list(self.layout.tables[table])
        seen = [n for n, name in enumerate(order) if name in found.lines or name in found.bare]
        last = max(seen, default=-1)
        for number, name in enumerate(order):
            columns = self.layout.tables[table][name]
            line = found.lines.get(name)
            if line is None:
                reason = NO_FIGURES if name in found.bare else NO_ROW
                if cut_off and number >= last:
                    reason = CUT_OFF
                rows[name] = dict.fromkeys(self._named(columns, None), Undeterminable(reason))
                continue
            columns = self._named(columns, line)
            rows[name] = dict(zip(columns, line.cells, strict=True))
            self._say(table, name, columns, line, wide)
        self.tables[table] = rows

    def leave_out(self, table: str, reason: str) -> None:
        """Say why a table is missing."""
        self.tables[table] = None
        self.absent[table] = reason

    def _named(self, columns: tuple[str, ...], line: Line | None) -> tuple[str, ...]:
        """采购总金额 has its unit in the cell, if anywhere."""
        if columns[-1] != forms.PURCHASE_AMOUNT:
            return columns
        unit = (line.readings[-1].unit if line and line.readings else "") or self.purchase_unit
        return (*columns[:-1], f"采购总金额（{unit}）" if unit else forms.PURCHASE_AMOUNT_NO_UNIT)

    def _say(self, table: str, name: str, columns: Sequence[str], line: Line, wide: bool) -> None:
        before: Chunk | None = None
        for column, chunk in zip(columns, line.chunks, strict=False):
            if chunk is not before:  # run-together figures share their origin
                path = f"第{chunk.place + 1}字" if wide else ""
                origin = Origin(chunk.text.strip(), line=chunk.line, path=path)
            self.origins[Ref(table, name, column)] = origin
            before = chunk
        for column, reading, chunk in zip(columns, line.readings, line.chunks, strict=False):
            if reading.note:
                said = f"原文为“{chunk.text.strip()}”"
                ref = Ref(table, name, column)
                self.remarks.append(Remark(reading.note, said, ref, chunk.text.strip()))
        if line.inferred:
            ref = Ref(table, name, columns[0])
            self.remarks.append(Remark("inferred-figures", line.inferred, ref))
        official = name.removeprefix("三、")
        normative = name == forms.NORMATIVE_2021 and line.label.endswith("规范性文件")
        if normative and not line.label.endswith(name):
            said = f"行名“规范性文件”在现行格式里应为“{name}”"
            self.remarks.append(Remark("misprinted-label", said, quote=line.label))
        elif not line.exact and line.label:
            said = f"行名“{line.label}”应为“{official}”"
            self.remarks.append(Remark("misprinted-label", said, quote=line.label))
