"""只增不改：triggers in the database itself that refuse to change or delete what is on record.

The steps of the trail are guarded, and whatever table a room gives to :func:`protect`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections, models

from gongkai.errors import NotInstalled


@dataclass(frozen=True)
class Guarded:
    """受保护的表：``sentence`` is what the database answers; columns in ``but`` may change.

    ``where`` says of which rows it is true (``OLD.state = 'fixed'``), all of them by default;
    ``unless`` which change it lets through (``NEW.state = 'erased'``).
    """

    model: type[models.Model]
    sentence: str
    but: frozenset[str] = frozenset()
    where: str = ""
    unless: str = ""

    @property
    def table(self) -> str:
        """Its name in the database."""
        return self.model._meta.db_table

    def triggers(self, vendor: str, columns: Sequence[str]) -> dict[str, str]:
        """The triggers of the table, which has these columns; name → statement."""
        table, kept = self.table, (f'"{one}"' for one in columns if one not in self.but)
        update = f"UPDATE OF {', '.join(kept)}" if self.but else "UPDATE"
        # NEW is not known where a row is deleted: each has a trigger of its own.
        each = (("update", update, self._when(self.unless)), ("delete", "DELETE", self._when("")))
        if vendor == "sqlite":
            return {
                f"{table}_no_{verb}": f"CREATE TRIGGER {table}_no_{verb} BEFORE {event}"
                f" ON {table} {when} BEGIN SELECT RAISE(ABORT, '{self.sentence}'); END"
                for verb, event, when in each
            }
        refuse = f"EXECUTE FUNCTION trail_refuse('{self.sentence}')"
        return {
            f"{table}_no_{verb}": f"CREATE TRIGGER {table}_no_{verb} BEFORE {event}"
            f" ON {table} FOR EACH ROW {when} {refuse}"
            for verb, event, when in each
        } | {
            f"{table}_no_truncate": f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE"
            f" ON {table} FOR EACH STATEMENT {refuse}",
        }

    def _when(self, unless: str) -> str:
        parts = [f"({self.where})"] if self.where else []
        parts += [f"NOT ({unless})"] if unless else []
        return f"WHEN ({' AND '.join(parts)})" if parts else ""


_GUARDED: list[Guarded] = []

_REFUSE = """
CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def protect(
    model: type[models.Model],
    sentence: str,
    *,
    but: Sequence[str] = (),
    where: str = "",
    unless: str = "",
) -> None:
    """登记受保护的表：a room calls this in ``ready()`` of its app; rows can then only be added.

    ``but`` names columns that may still change, ``where`` (of ``OLD``) the rows that are
    guarded, ``unless`` (of ``OLD`` and ``NEW``) a change that may still be made.
    """
    _GUARDED.append(Guarded(model, sentence, frozenset(but), where, unless))


def triggers(using: str = "default") -> dict[str, str]:
    """The triggers this database should have, name → statement.

    Raises NotInstalled for a database whose guard nobody has written.
    """
    return {name: statement for name, (_, statement) in _wanted(using).items()}


def _wanted(using: str) -> dict[str, tuple[str, str]]:
    """The same with their tables, of the tables that are there."""
    connection = connections[using]
    if connection.vendor not in {"sqlite", "postgresql"}:
        raise NotInstalled(
            f"数据库 {connection.vendor} 上没有留痕保护，请使用 SQLite 或 PostgreSQL。"
        )
    look = connection.introspection
    tables = set(look.table_names())
    wanted = {}
    for one in _GUARDED:
        if one.table not in tables:
            continue
        with connection.cursor() as cursor:
            columns = [column.name for column in look.get_table_description(cursor, one.table)]
        for name, statement in one.triggers(connection.vendor, columns).items():
            wanted[name] = (one.table, statement)
    return wanted


def missing(using: str = "default") -> list[str]:
    """缺少的保护：names of triggers somebody has taken away."""
    connection = connections[using]
    wanted = triggers(using)
    listing = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        # A trigger switched off guards nothing.
        "postgresql": "SELECT tgname FROM pg_trigger"
        " WHERE pg_table_is_visible(tgrelid) AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(listing)
        present = {name for (name,) in cursor.fetchall()}
    return [name for name in wanted if name not in present]


def lay_down(using: str = "default", plan: Sequence[Any] = (), **_: Any) -> None:
    """Put the triggers and the head of the chain in place where they are missing.

    After a migration, told by its ``plan``, all are laid anew: there may be a new column.
    """
    from gongkai.trail.models import Head

    connection = connections[using]
    wanted = _wanted(using)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_REFUSE)
        for name in wanted if plan else missing(using):
            cursor.execute(_drop(connection.vendor, name, wanted[name][0]))
            cursor.execute(wanted[name][1])
    if Head._meta.db_table in connection.introspection.table_names():
        Head.objects.using(using).get_or_create(pk=1)


def lift(using: str = "default") -> None:
    """Take the triggers away: only for tests, which empty all tables when they are done."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, (table, _) in _wanted(using).items():
            cursor.execute(_drop(connection.vendor, name, table))


def _drop(vendor: str, name: str, table: str) -> str:
    return f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if vendor == "postgresql" else "")
