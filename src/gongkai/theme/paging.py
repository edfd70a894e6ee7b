"""翻页：by the key of the last row seen, never by OFFSET; counts stop where nobody reads on."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.dateparse import parse_date, parse_datetime

from gongkai.errors import BadInput

#: Beyond this many rows a list says “10,000 余条”.
CAP = 10_000


@dataclass(frozen=True)
class Count:
    """条数：exact up to the cap, then “余”."""

    number: int
    capped: bool = False

    def __str__(self) -> str:
        return f"{self.number:,} 余条" if self.capped else f"{self.number:,} 条"


def capped_count(rows: models.QuerySet[Any], cap: int = CAP, *, order: Sequence[str] = ()) -> Count:
    """条数：at most ``cap + 1`` rows are looked at, however large the table.

    In the ``order`` of the page, if one is given: the database then counts along the very index
    the page is read by, instead of looking for another.
    """
    number = rows.order_by(*order)[: cap + 1].count()
    return Count(cap, True) if number > cap else Count(number)


@dataclass(frozen=True)
class Page:
    """一页：its rows, and the cursors of the pages before and after; empty where there is none."""

    rows: list[Any]
    older: str = ""
    newer: str = ""

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page(rows: models.QuerySet[Any], *, order: Sequence[str], at: str = "", size: int = 20) -> Page:
    """翻页：the page of ``rows`` at a cursor, sorted by ``order``, one query at any depth.

    ``order`` names columns as ``order_by`` does, ends in a unique one (``-pk``), and none of
    them may be empty in the rows. Works with ``.values()`` as well. Raises BadInput for a cursor
    this site did not make.
    """
    keys, backwards = _read(at, order, rows.model)
    wanted = [_turned(name) for name in order] if backwards else list(order)
    if keys is not None:
        rows = rows.filter(_beyond(wanted, keys))
    found = list(rows.order_by(*wanted)[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([])
    return Page(
        found,
        older=_write(found[-1], order, False) if more or backwards else "",
        newer=_write(found[0], order, True) if (more if backwards else keys is not None) else "",
    )


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order: Sequence[str], keys: Sequence[Any]) -> Q:
    """Rows after the key: ``a ≤ x AND (a < x OR (a = x AND b < y))``.

    The first half says nothing new, but lets both databases walk the index on the first column.
    """
    name, key = order[0].lstrip("-"), keys[0]
    strict = "lt" if order[0].startswith("-") else "gt"
    past = Q(**{f"{name}__{strict}": key})
    if len(order) == 1:
        return past
    return Q(**{f"{name}__{strict}e": key}) & (
        past | (Q(**{name: key}) & _beyond(order[1:], keys[1:]))
    )


def _value(row: Any, name: str) -> Any:
    name = name.lstrip("-")
    if isinstance(row, dict):
        return row[name] if name in row else row["id"] if name == "pk" else row[name]
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _write(row: Any, order: Sequence[str], backwards: bool) -> str:
    values: list[Any] = [int(backwards)]
    for name in order:
        value = _value(row, name)
        values.append(value.isoformat() if isinstance(value, date) else value)
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(
    at: str, order: Sequence[str], model: type[models.Model]
) -> tuple[list[Any] | None, bool]:
    if not at:
        return None, False
    try:
        padded = at + "=" * (-len(at) % 4)
        backwards, *values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if len(values) != len(order) or backwards not in (0, 1):
            raise ValueError
        keys = [
            _typed(model, name.lstrip("-"), value)
            for name, value in zip(order, values, strict=True)
        ]
    except (ValueError, TypeError, binascii.Error, RecursionError) as problem:
        raise BadInput("翻页的地址有误，请从列表首页重新开始。") from problem
    return keys, bool(backwards)


def _typed(model: type[models.Model], name: str, value: Any) -> Any:
    """The value of a cursor as its column wants it; raises ValueError if it cannot be."""
    if name == "pk":
        field: Any = model._meta.pk
    else:
        parts = name.split("__")
        for part in parts[:-1]:
            related = model._meta.get_field(part).related_model
            if not isinstance(related, type):
                raise ValueError(name)
            model = related
        field = model._meta.get_field(parts[-1])
    if isinstance(field, models.DateTimeField):
        moment: datetime | None = parse_datetime(value)
        if moment is None:
            raise ValueError(value)
        return moment
    if isinstance(field, models.DateField):
        day = parse_date(value)
        if day is None:
            raise ValueError(value)
        return day
    if isinstance(value, str | int) and not isinstance(value, bool):
        return value
    raise ValueError(value)
