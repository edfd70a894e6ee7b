"""只增不改：triggers in the database itself that refuse to change or delete a step."""

from __future__ import annotations

from typing import Any

from django.db import connections

from gongkai.errors import NotInstalled

_SENTENCE = "办理留痕只能增加，不能修改或删除"

_SQLITE = {
    f"trail_step_no_{verb.lower()}": f"CREATE TRIGGER trail_step_no_{verb.lower()} BEFORE {verb} "
    f"ON trail_step BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
    for verb in ("UPDATE", "DELETE")
}

_REFUSE = f"""
CREATE OR REPLACE FUNCTION trail_step_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRESQL = {
    "trail_step_no_change": "CREATE TRIGGER trail_step_no_change BEFORE UPDATE OR DELETE "
    "ON trail_step FOR EACH ROW EXECUTE FUNCTION trail_step_refuse()",
    "trail_step_no_truncate": "CREATE TRIGGER trail_step_no_truncate BEFORE TRUNCATE "
    "ON trail_step FOR EACH STATEMENT EXECUTE FUNCTION trail_step_refuse()",
}


def triggers(using: str = "default") -> dict[str, str]:
    """The triggers this database should have, name → statement.

    Raises NotInstalled for a database whose guard nobody has written.
    """
    vendor = connections[using].vendor
    known = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
    if vendor not in known:
        raise NotInstalled(f"数据库 {vendor} 上没有留痕保护，请使用 SQLite 或 PostgreSQL。")
    return known[vendor]


def missing(using: str = "default") -> list[str]:
    """缺少的保护：names of triggers somebody has taken away."""
    connection = connections[using]
    wanted = triggers(using)
    listing = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        # A trigger switched off guards nothing.
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'trail_step'::regclass"
        " AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(listing)
        present = {name for (name,) in cursor.fetchall()}
    return [name for name in wanted if name not in present]


def lay_down(using: str = "default", **_: Any) -> None:
    """Put the triggers and the head of the chain in place where they are missing."""
    from gongkai.trail.models import Head, Step

    connection = connections[using]
    tables = connection.introspection.table_names()
    if Step._meta.db_table not in tables or Head._meta.db_table not in tables:
        return
    wanted = triggers(using)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_REFUSE)
        for name in missing(using):
            cursor.execute(
                f"DROP TRIGGER IF EXISTS {name}"
                + (" ON trail_step" if connection.vendor == "postgresql" else "")
            )
            cursor.execute(wanted[name])
    Head.objects.using(using).get_or_create(pk=1)


def lift(using: str = "default") -> None:
    """Take the triggers away: only for tests, which empty all tables when they are done."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in triggers(using):
            cursor.execute(
                f"DROP TRIGGER IF EXISTS {name}"
                + (" ON trail_step" if connection.vendor == "postgresql" else "")
            )
