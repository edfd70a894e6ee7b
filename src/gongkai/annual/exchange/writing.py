"""写交换格式：from a report to JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from gongkai.annual.forms import TABLES
from gongkai.annual.model import Cell, Report, Undeterminable
from gongkai.errors import BadNumber

#: What stands in ``tables`` for an undeterminable cell.
UNKNOWN = "?"
#: What a double, and so a JSON reader or a spreadsheet elsewhere, holds without rounding.
MOST_DIGITS = 15

CONTACT = ("address", "postcode", "phone", "fax", "email")


def dump(report: Report) -> dict[str, Any]:
    """交换对象：the report as an object that ``json.dumps`` takes.

    Raises ``BadNumber`` for a decimal of more than 15 significant digits.
    """
    header, period = report.header, report.header.period
    return {
        "organ": report.organ,
        "year": report.year,
        "format": None if report.form is None else report.form.value,
        "title": header.title,
        "header": {
            "preamble": list(header.preamble),
            "basis": list(header.basis),
            "period": None if period is None else [day.isoformat() for day in period],
            "contact": {name: getattr(header.contact, name) for name in CONTACT},
            "published_on": header.published_on and header.published_on.isoformat(),
            "index_number": header.index_number,
            "url": header.url,
        },
        "tables": {table: _dump_table(report, table) for table in TABLES},
        "undeterminable": [
            {**ref._asdict(), "reason": cell.reason}
            for ref, cell in report.cells()
            if isinstance(cell, Undeterminable)
        ],
        "absent": dict(report.absent),
        "cells": [
            {
                **ref._asdict(),
                "value": _dump_cell(report.cell(ref)),
                "place": str(origin),
                "quote": origin.quote,
            }
            for ref, origin in report.origins.items()
        ],
        "parts": [
            {"number": part.number, "heading": part.heading, "paragraphs": list(part.paragraphs)}
            for part in report.parts
        ],
        "remarks": [
            {
                "code": remark.code,
                "message": remark.message,
                "cell": remark.ref and remark.ref._asdict(),
                "quote": remark.quote,
            }
            for remark in report.remarks
        ],
        "source": report.source,
    }


def dumps(report: Report) -> str:
    """交换文本：the object as JSON text, readable by people."""
    return json.dumps(dump(report), ensure_ascii=False, indent=1) + "\n"


def _dump_table(report: Report, table: str) -> dict[str, dict[str, Any]] | None:
    rows = report.tables.get(table)
    if rows is None:
        return None
    return {
        row: {column: _dump_cell(cell) for column, cell in columns.items()}
        for row, columns in rows.items()
    }


def _dump_cell(cell: Cell) -> int | float | str | None:
    if isinstance(cell, Undeterminable):
        return UNKNOWN
    if not isinstance(cell, Decimal):
        return cell
    if cell == cell.to_integral_value():
        return int(cell)
    if not held_by_a_double(cell):
        raise BadNumber(f"金额{cell}超过{MOST_DIGITS}位数字，无法准确保存")
    return float(cell)


def held_by_a_double(value: Decimal) -> bool:
    """Whether a double holds the decimal exactly as written."""
    return -MOST_DIGITS < value.adjusted() < MOST_DIGITS and Decimal(repr(float(value))) == value
