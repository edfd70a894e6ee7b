"""成批插入：rows straight into a table, for an import that writes a hundred thousand of them.

``bulk_create`` spends more time writing its statement than the database spends on it. Here one
statement is prepared for a table and the rows are handed to it. Values are taken as the model has
them; only days and moments are spelt the way the database wants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models

Spell = Callable[[Any], Any]


def insert(rows: Sequence[models.Model]) -> None:
    """插入：instances of one model, all of their columns; they get no keys they do not have."""
    if not rows:
        return
    fields = _fields(type(rows[0]), keyed=rows[0].pk is not None)
    names = [field.attname for field in fields]
    spells = [_spelling(field) for field in fields]
    _execute(
        type(rows[0]),
        fields,
        (
            [
                value if spell is None or value is None else spell(value)
                for spell, value in zip(spells, map(row.__dict__.__getitem__, names), strict=True)
            ]
            for row in rows
        ),
    )


def reserve(model: type[models.Model], count: int) -> list[int]:
    """预留主键：so many keys no other row will get; on SQLite the transaction holds them."""
    table, quoted = model._meta.db_table, connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [quoted, count],
            )
            return [key for (key,) in cursor.fetchall()]
        # AUTOINCREMENT: a key once given is not given again, and one given by hand counts.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = row[0] if (row := cursor.fetchone()) else 0
        return list(range(last + 1, last + 1 + count))


def _fields(model: type[models.Model], *, keyed: bool) -> list[Any]:
    return [f for f in model._meta.local_concrete_fields if keyed or not f.primary_key]


def _spelling(field: Any) -> Spell | None:
    """How a value of this column is spelt for the database; None where it is taken as it is."""
    if isinstance(field, models.DateTimeField):
        return lru_cache(1_000)(connection.ops.adapt_datetimefield_value)  # a day, mostly
    if isinstance(field, models.DateField):
        return lru_cache(1_000)(connection.ops.adapt_datefield_value)
    if isinstance(field, models.JSONField):
        return lambda value: field.get_db_prep_save(value, connection)
    return None


def _execute(
    model: type[models.Model], fields: Sequence[Any], values: Iterable[Sequence[Any]]
) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})",
            list(values),
        )
