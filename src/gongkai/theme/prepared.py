"""写好的查询：asked at every page, so its SQL is written once a process and only its keys change.

To write the SQL of a queryset takes Django five to ten times as long as the database takes to
answer it by key. What is written here is the very SQL of the queryset, conditions and all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

#: Stands for the first key while the SQL is written; no row has such a key.
_MARK = -(1 << 40)
#: What a database takes for a key.
_KEYS = range(-(1 << 63), 1 << 63)


@dataclass(frozen=True, slots=True)
class _Written:
    """The SQL, its values, which key goes to which place, and how each column is read."""

    sql: str
    values: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]
    readers: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]


class Prepared:
    """写好的查询：a function from whole keys to a queryset of ``values_list``, as a query.

    >>> names = Prepared(lambda pk: Organ.objects.filter(parent=pk).values_list("id", "name"))
    >>> names(1)
    [(2, '石州市司法局'), …]

    Only what is a key may differ from call to call; a day or a word belongs into a queryset of
    its own. A key no database holds finds nothing.
    """

    def __init__(self, rows: Callable[..., QuerySet[Any, Any]]) -> None:
        self._rows = rows
        self._written: dict[str, _Written] = {}

    def __call__(self, *keys: int) -> list[tuple[Any, ...]]:
        """The rows for these keys."""
        if not all(key in _KEYS for key in keys):
            return []
        written = self._written.get(connection.vendor) or self._write(len(keys))
        values = list(written.values)
        for place, which in written.places:
            values[place] = keys[which]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return [_read(row, written.readers) for row in rows] if written.readers else rows

    def _write(self, count: int) -> _Written:
        marks = range(_MARK, _MARK + count)
        query = self._rows(*marks).query
        compiler: SQLCompiler = query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        columns = [column for column, *_ in compiler.select]
        written = self._written[connection.vendor] = _Written(
            sql,
            tuple(values),
            tuple(
                (place, value - _MARK)
                for place, value in enumerate(values)
                if type(value) is int and value in marks
            ),
            tuple(
                (column, tuple(readers), expression)
                for column, (readers, expression) in compiler.get_converters(columns).items()
            ),
        )
        return written


def _read(row: tuple[Any, ...], readers: tuple[Any, ...]) -> tuple[Any, ...]:
    values = list(row)
    for column, convert, expression in readers:
        for one in convert:
            values[column] = one(values[column], expression, connection)
    return tuple(values)
