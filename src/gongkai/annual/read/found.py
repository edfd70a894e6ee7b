"""所得：cells taken out of grids one by one, and made into the tables of a form at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.annual import forms
from gongkai.annual.forms import LAYOUTS, TABLE_2, TABLE_3, TABLES, Form, Layout, Ref
from gongkai.annual.model import Cell, Origin, Remark, Tables, Undeterminable
from gongkai.annual.read import labels

#: 采购总金额 by the unit that is printed with it.
AMOUNTS: Mapping[str, str] = {
    "元": forms.PURCHASE_AMOUNT,
    "万元": forms.PURCHASE_AMOUNT_WAN,
    "": forms.PURCHASE_AMOUNT_NO_UNIT,
}
_ONLY_2019 = frozenset(
    (forms.MADE, forms.OPENED, forms.OPEN_IN_ALL, forms.LAST_YEAR, forms.CHANGE, forms.PURCHASES)
)
_ONLY_2021 = frozenset((forms.ISSUED, forms.REPEALED, forms.IN_FORCE, forms.FEE_AMOUNT))
#: A source has Table 3 when this many of its rows are there; fewer are an accident of words.
_ENOUGH_ROWS = 3


@dataclass
class Findings:
    """所得：what has been read of the three tables so far.

    Rows and columns go by exchange names; 规范性文件 goes by its name in the 2021 form until the
    form is known.
    """

    cells: dict[Ref, Cell] = field(default_factory=dict)
    origins: dict[Ref, Origin] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    #: Cells that are there but could not be told so far.
    lost: set[Ref] = field(default_factory=set)
    #: Rows of Table 2 without heads over them: their cells, until the form is known.
    headless: dict[str, list[Origin]] = field(default_factory=dict)

    def take(self, ref: Ref, origin: Origin, *, mending: bool = False) -> None:
        """读一格：parse what stands in a cell, and note it.

        ``mending`` is for the lower half of a row broken over two pages: what one half leaves
        empty the other may hold.
        """
        reading = labels.parse_cell(origin.quote, ref.column)
        if reading.unit and ref.column in AMOUNTS.values():
            ref = ref._replace(column=AMOUNTS[reading.unit])
        known = self.cells.get(ref)
        if ref not in self.cells or ref in self.lost or (mending and known is None):
            self.cells[ref], self.origins[ref] = reading.cell, origin
            self.lost.discard(ref)
        elif known != reading.cell and not (mending and reading.cell is None):
            there = self.origins[ref]
            said = f"原文有两处：{there}为“{there.quote}”，{origin}为“{origin.quote}”"
            self.cells[ref] = Undeterminable(said)
        if reading.note:
            quote = origin.quote.strip()
            self.remarks.append(Remark(reading.note, f"{ref}原文为“{quote}”", ref, quote))

    def lose(self, ref: Ref, reason: str, origin: Origin) -> None:
        """失一格：note that a cell is there but cannot be told, unless it is known already."""
        if ref not in self.cells:
            self.cells[ref], self.origins[ref] = Undeterminable(reason), origin
            self.lost.add(ref)

    def misprint(self, table: str, printed: str, name: str) -> None:
        """表样文字不符：a label that is not printed as the form prints it."""
        message = f"{table.split()[0]}中的“{printed}”与表样不符，按“{name}”读取"
        remark = Remark("misprinted-label", message, quote=printed)
        if remark not in self.remarks:
            self.remarks.append(remark)

    def form(self, year: int | None) -> Form | None:
        """格式：the form that rows and columns speak of; where they do not, the year tells.

        ``None`` when there is no statutory table at all.
        """
        rows = {(ref.table, ref.row) for ref in self.cells}
        requests = {row for table, row in rows if table == TABLE_3}
        if len(requests) < _ENOUGH_ROWS and len(requests) == len(rows) and not self.headless:
            return None
        columns = [ref.column for ref in self.cells if ref.table == TABLE_2]
        old = sum(column in _ONLY_2019 for column in columns)
        new = sum(column in _ONLY_2021 for column in columns)
        in_three = not requests.isdisjoint(forms.OTHERWISE_THREE_ROWS)
        if old > new or (old == new and not in_three and year in (2019, 2020)):
            return Form.Y2019
        in_one = not requests.isdisjoint(forms.OTHERWISE_ONE_ROW)
        return Form.MIXED if in_one and not in_three else Form.Y2021

    def tables(self, form: Form | None) -> tuple[Tables, Mapping[str, str]]:
        """三张表：every cell of the form, and why a table is absent.

        What was not found is undeterminable in a table that is there, and never 0.
        """
        if form is None:
            return dict.fromkeys(TABLES), dict.fromkeys(TABLES, "原文没有找到这张表")
        layout = LAYOUTS[form]
        self._lay_headless(layout)
        self._rename(layout)
        tables: dict[str, Mapping[str, Mapping[str, Cell]] | None] = {}
        absent: dict[str, str] = {}
        for table, rows in layout.tables.items():
            there = {ref.row for ref in self.cells if ref.table == table} & set(rows)
            if len(there) < (_ENOUGH_ROWS if table == TABLE_3 else 1):
                tables[table], absent[table] = None, "原文没有找到这张表"
                continue
            tables[table] = {
                row: {column: self._cell(Ref(table, row, column), there) for column in columns}
                for row, columns in self._columns(rows).items()
            }
        self._remark_on_the_rest(tables)
        return tables, absent

    def _columns(self, rows: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        """The columns of each row, 采购总金额 under the unit it was found with."""
        if forms.PROCUREMENT not in rows:
            return rows
        found = [ref.column for ref in self.cells if ref.row == forms.PROCUREMENT]
        amount = next((column for column in found if column in forms.MONEY), forms.PURCHASE_AMOUNT)
        return {**rows, forms.PROCUREMENT: (forms.PURCHASES, amount)}

    def _cell(self, ref: Ref, there: set[str]) -> Cell:
        if ref in self.cells:
            return self.cells[ref]
        if ref.row in there:
            return Undeterminable(f"原文“{ref.row}”行没有“{ref.column}”这一列")
        return Undeterminable(f"原文没有“{ref.row}”这一行")

    def _lay_headless(self, layout: Layout) -> None:
        """Rows of Table 2 without heads: in the order of the form, if their number fits."""
        for row, origins in self.headless.items():
            name = layout.normative if row == forms.NORMATIVE_2021 else row
            columns = layout.tables[TABLE_2].get(name, ())
            for column, origin in zip(columns, origins, strict=False):
                ref = Ref(TABLE_2, row, column)
                if len(columns) == len(origins):
                    self.take(ref, origin)
                else:
                    reason = f"“{name}”行有{len(origins)}格，表样有{len(columns)}列，无法对应"
                    self.lose(ref, reason, origin)
        self.headless.clear()

    def _rename(self, layout: Layout) -> None:
        """规范性文件 and 处理决定数量 take the names that the form has for them."""
        columns = {forms.DECISIONS: forms.DECISIONS_2019, forms.DECISIONS_2019: forms.DECISIONS}
        for ref in [ref for ref in self.cells if ref.table == TABLE_2]:
            row = layout.normative if ref.row == forms.NORMATIVE_2021 else ref.row
            known = layout.tables[TABLE_2].get(row, ())
            column = ref.column
            if column not in known and columns.get(column) in known:
                column = columns[column]
            named = Ref(TABLE_2, row, column)
            if named != ref and named not in self.cells:
                self.cells[named] = self.cells.pop(ref)
                self.origins[named] = self.origins.pop(ref)

    def _remark_on_the_rest(
        self, tables: Mapping[str, Mapping[str, Mapping[str, Cell]] | None]
    ) -> None:
        """Figures that the form has no place for are not lost without a word."""
        for ref in list(self.cells):
            if ref.column in (tables.get(ref.table) or {}).get(ref.row, {}):
                continue
            cell, origin = self.cells.pop(ref), self.origins.pop(ref)
            if cell is not None:
                message = f"{origin}的“{origin.quote}”（{ref}）在本年度格式里没有位置，未读入"
                self.remarks.append(Remark("unplaced-figure", message, quote=origin.quote))
