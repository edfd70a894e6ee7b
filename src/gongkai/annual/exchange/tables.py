"""三张表的读入：the tables object, cell by cell, against the rows and columns of a form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias, TypeVar

from gongkai.annual import forms
from gongkai.annual.exchange.shapes import mapping, short, text, unknown
from gongkai.annual.exchange.writing import MOST_DIGITS, UNKNOWN, held_by_a_double
from gongkai.annual.forms import LAYOUTS, TABLE_2, TABLE_3, TABLES, Form, Ref
from gongkai.annual.model import Cell, Figure, Tables, Undeterminable
from gongkai.errors import BadInput, BadNumber

#: table → row → column → value, as JSON gave it; notes are left out.
Given: TypeAlias = Mapping[str, Mapping[str, Mapping[str, object]] | None]

_Given = TypeVar("_Given")

_OTHER_UNITS = (forms.PURCHASE_AMOUNT_WAN, forms.PURCHASE_AMOUNT_NO_UNIT)
_SAID = {
    Form.Y2021: "2021年格式",
    Form.Y2019: "2019年试行格式",
    Form.MIXED: "2021年格式、其他处理为一行",
}


def given_tables(value: object) -> Given:
    """三张表的形状：nested objects, every table one we know, notes left out."""
    given: dict[str, Mapping[str, Mapping[str, object]] | None] = {}
    for table, rows in _named(value, "tables").items():
        if table not in TABLES:
            raise unknown("tables", "表", table, TABLES)
        if rows is None:
            given[table] = None
            continue
        given[table] = {
            row: _named(columns, f"{_numbered(table)}“{short(row)}”行")
            for row, columns in _named(rows, _numbered(table)).items()
        }
    return given


def _named(value: object, name: str) -> dict[str, object]:
    """The keys of an object that are not notes."""
    return {key: item for key, item in mapping(value, name).items() if not key.startswith("_")}


def stated_form(value: object) -> Form | None:
    """格式：the form that ``format`` names; what stands in brackets after it may be left out."""
    name = text(value, "format")
    if not name:
        return None
    for form in Form:
        if form.value.partition("(")[0] == name.partition("(")[0]:
            return form
    known = "、".join(f"“{form.value}”" for form in Form)
    raise BadInput(f"不认识的年报格式“{short(name)}”，应为{known}之一")


def told_form(given: Given, year: int | None) -> Form | None:
    """格式：which form the rows and columns speak of; where they do not tell, the year does."""
    if all(rows is None for rows in given.values()):
        return None
    table_2, table_3 = (given.get(table) or {} for table in (TABLE_2, TABLE_3))
    spoken = _words(table_2)
    of_2019, of_2021 = (
        len(spoken & _words(LAYOUTS[form].tables[TABLE_2])) for form in (Form.Y2019, Form.Y2021)
    )
    if of_2019 > of_2021 or (of_2019 == of_2021 and year in (2019, 2020)):
        return Form.Y2019
    return Form.MIXED if forms.OTHERWISE_ONE_ROW[0] in table_3 else Form.Y2021


def _words(rows: Mapping[str, Iterable[str]]) -> set[str]:
    """The names of rows and columns."""
    return {*rows, *(column for columns in rows.values() for column in columns)}


def read_tables(given: Given, form: Form | None, reasons: Mapping[Ref, str]) -> Tables:
    """三张表：every given cell as a value, as the form prints them; a table not given is absent.

    The order they came in is left: there are databases that keep none.
    """
    read: dict[str, Mapping[str, Mapping[str, Cell]] | None] = dict.fromkeys(TABLES)
    for table, rows in given.items():
        if rows is None:
            continue
        known = {row: _known(form, table, row, cells) for row, cells in rows.items()}
        order = {} if form is None else LAYOUTS[form].tables[table]
        read[table] = {
            row: {
                column: _cell(Ref(table, row, column), value, reasons)
                for column, value in _printed(cells, order[row])
            }
            for row, cells in _printed(known, order)
        }
    return read


def _printed(given: Mapping[str, _Given], order: Iterable[str]) -> Iterator[tuple[str, _Given]]:
    """In the order of the form; what it does not print so（采购总金额 in another unit）after it."""
    for name in dict.fromkeys((*order, *given)):
        if name in given:
            yield name, given[name]


def read_ref(item: Mapping[str, object], form: Form | None) -> Ref:
    """单元格位置：the cell that an object names by ``table``, ``row`` and ``column``."""
    ref = Ref(*(text(item.get(name), name) for name in Ref._fields))
    if ref.table not in TABLES:
        raise unknown("年报数据", "表", ref.table, TABLES)
    _known(form, ref.table, ref.row, {ref.column: None})
    return ref


def _known(
    form: Form | None, table: str, row: str, cells: Mapping[str, object]
) -> Mapping[str, object]:
    """``cells``, if the form has this row with these columns."""
    if form is None:
        raise BadInput("年报数据里没有三张表，却说到表里的格子")
    where, rows = f"{_numbered(table)}（{_SAID[form]}）", LAYOUTS[form].tables[table]
    if row not in rows:
        raise unknown(where, "行", row, rows)
    columns = rows[row]
    if forms.PURCHASE_AMOUNT in columns:
        columns += _OTHER_UNITS
    for column in cells:
        if column not in columns:
            raise unknown(f"{where}“{row}”行", "列", column, columns)
    return cells


def _cell(ref: Ref, value: object, reasons: Mapping[Ref, str]) -> Cell:
    if value is None:
        return None
    if value == UNKNOWN:
        return Undeterminable(reasons.get(ref, "交换数据标为无法确定，未写原因"))
    if isinstance(value, str):
        said = f"{ref}是文字“{short(value)}”，应为数字"
        raise BadNumber(f"{said}；空白写null，无法确定写“{UNKNOWN}”")
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise BadNumber(f"{ref}应为数字，空白写null")
    return _figure(ref, value)


def _figure(ref: Ref, value: Figure) -> Figure:
    """A figure as given; whether a count may be -1 or 1.5 is for the checks to say."""
    if isinstance(value, Decimal) and not value.is_finite():
        raise BadNumber(f"{ref}的{value}不是数字")
    if abs(value) >= 10**MOST_DIGITS or not (value == 0 or held_by_a_double(Decimal(value))):
        raise BadNumber(f"{ref}的数字超过{MOST_DIGITS}位，无法准确保存")
    if value == int(value) and (ref.column not in forms.MONEY or value == 0):
        return int(value)
    return value


def _numbered(table: str) -> str:
    """表二, 表三 or 表四."""
    return table.split()[0]
