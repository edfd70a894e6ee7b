"""读交换格式：from JSON to a report, refusing with a sentence what cannot stand in one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, DecimalException
from typing import Any, NoReturn

from gongkai.annual.exchange.shapes import items, mapping, short, text, texts, unknown
from gongkai.annual.exchange.tables import (
    given_tables,
    read_ref,
    read_tables,
    stated_form,
    told_form,
)
from gongkai.annual.exchange.writing import CONTACT, MOST_DIGITS
from gongkai.annual.forms import TABLES, Form
from gongkai.annual.model import Contact, Header, Origin, Part, Remark, Report
from gongkai.errors import BadDate, BadInput, BadNumber


def loads(source: str) -> Report:
    """读交换文本：the report in JSON text.

    Raises ``BadInput`` for what is no JSON, repeats a key, or is not a report.
    """
    try:
        obj = json.loads(
            source,
            parse_float=_decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_no_repeats,
        )
    except RecursionError:
        raise BadInput("JSON嵌套过深，不是年报数据") from None
    except json.JSONDecodeError as problem:
        where = f"第{problem.lineno}行第{problem.colno}列"
        raise BadInput(f"不是有效的JSON：{where}起读不下去") from None
    except ValueError:  # an integer of more digits than Python converts
        raise BadNumber(f"JSON里有超过{MOST_DIGITS}位的数字") from None
    return load(obj)


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except DecimalException:  # an exponent beyond all bounds
        raise BadNumber(f"JSON里有超过{MOST_DIGITS}位的数字") from None


def _no_constant(name: str) -> NoReturn:
    raise BadNumber(f"JSON里的{name}不是数字")


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadInput(f"“{short(twice)}”在同一处出现两次，不知以哪一个为准")
    return found


def load(obj: object) -> Report:
    """读交换对象：the report that ``dump`` gave, or one that holds only ``tables``.

    ``obj`` is what ``json.loads`` gives (with ``parse_float=Decimal`` the digits are kept).
    Where ``format`` is missing the rows tell the form. Raises ``BadInput`` naming the first
    table, row, column or value that cannot stand in a report.
    """
    top = mapping(obj, "年报数据")
    if "tables" not in top:
        raise BadInput("年报数据里没有“tables”，不知道三张表在哪里")
    given, year = given_tables(top["tables"]), _year(top.get("year"))
    form = stated_form(top.get("format")) or told_form(given, year)
    reasons = {
        read_ref(item, form): text(item.get("reason"), "reason")
        for item in items(top.get("undeterminable"), "undeterminable")
    }
    return Report(
        form=form,
        year=year,
        organ=text(top.get("organ"), "organ"),
        tables=read_tables(given, form, reasons),
        parts=tuple(_part(item) for item in items(top.get("parts"), "parts")),
        header=_header(text(top.get("title"), "title"), mapping(top.get("header"), "header")),
        absent=_absent(mapping(top.get("absent"), "absent")),
        origins={
            read_ref(item, form): _origin(
                text(item.get("place"), "place"), text(item.get("quote"), "quote")
            )
            for item in items(top.get("cells"), "cells")
        },
        remarks=tuple(_remark(item, form) for item in items(top.get("remarks"), "remarks")),
        source=text(top.get("source"), "source"),
    )


def _header(title: str, given: Mapping[str, object]) -> Header:
    contact = mapping(given.get("contact"), "contact")
    period = texts(given.get("period"), "period")
    if len(period) not in (0, 2):
        raise BadInput("统计期限（period）应写起、止两个日期")
    published = text(given.get("published_on"), "published_on")
    return Header(
        title=title,
        preamble=texts(given.get("preamble"), "preamble"),
        basis=texts(given.get("basis"), "basis"),
        period=(_date(period[0]), _date(period[1])) if period else None,
        contact=Contact(**{name: text(contact.get(name), name) for name in CONTACT}),
        published_on=_date(published) if published else None,
        index_number=text(given.get("index_number"), "index_number"),
        url=text(given.get("url"), "url"),
    )


def _part(item: Mapping[str, object]) -> Part:
    number = item.get("number")
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 6:
        raise BadInput("各部分（parts）的序号（number）应为1至6")
    heading = text(item.get("heading"), "heading")
    return Part(number, heading, texts(item.get("paragraphs"), "paragraphs"))


def _absent(given: Mapping[str, object]) -> dict[str, str]:
    for table in given:
        if table not in TABLES:
            raise unknown("absent", "表", table, TABLES)
    return {table: text(reason, "absent") for table, reason in given.items()}


def _remark(item: Mapping[str, object], form: Form | None) -> Remark:
    cell = mapping(item.get("cell"), "cell")
    return Remark(
        code=text(item.get("code"), "code"),
        message=text(item.get("message"), "message"),
        ref=read_ref(cell, form) if cell else None,
        quote=text(item.get("quote"), "quote"),
    )


_PLACE = re.compile(
    r"(?:第(?P<page>\d{1,9})页 ?)?(?:第(?P<table>\d{1,9})个表 ?)?"
    r"(?:第(?P<row>\d{1,9})行 ?)?(?:第(?P<column>\d{1,9})列 ?)?(?P<path>.*)",
    re.DOTALL,
)


def _origin(place: str, quote: str) -> Origin:
    """What ``str(origin)`` printed, taken apart; a lone 行 is a line of text."""
    found = _PLACE.fullmatch(place)
    assert found is not None  # every group of the pattern may be empty
    page, table, row, column = (
        int(found[name]) if found[name] else None for name in ("page", "table", "row", "column")
    )
    of_text = table is None and column is None
    return Origin(
        quote,
        page=page,
        table=table,
        row=None if of_text else row,
        column=column,
        line=row if of_text else None,
        path=found["path"],
    )


def _year(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1000 <= value <= 9999:
        raise BadInput("年度（year）应为四位数字的年份，如2024")
    return value


def _date(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadDate(f"没有“{short(written)}”这一天；日期应写成2024-01-31这样") from None
