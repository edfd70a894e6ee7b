"""词表：which ranks hold which pieces of text; FTS5 on SQLite, an inverted index on PostgreSQL.

Both keep for each rank its pieces and know which ranks hold all of some; both walk the ranks
downwards and stop when a page is full. What to filter by is a piece too, so a filter costs no
walk over rows that do not match it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from gongkai.errors import NotInstalled

_CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE {0} USING fts5(pieces, detail='none', columnsize=0,"
        " prefix='1', tokenize='unicode61 remove_diacritics 0')"
    ],
    "postgresql": [
        "CREATE TABLE {0} (rank bigint PRIMARY KEY, pieces tsvector NOT NULL)",
        "CREATE INDEX {0}_pieces ON {0} USING gin (pieces) WITH (fastupdate = off)",
        # The planner must know how common the common words are, to walk the ranks for those.
        "ALTER TABLE {0} ALTER COLUMN pieces SET STATISTICS 1000",
    ],
}

#: So many words are matched at most, on SQLite; in a relaxed list so many must be there.
MATCHED = 4
#: How common a word is, is told by so many of the newest cards, looked at again after so long.
_SAMPLE = 2_000
_SAMPLED_FOR = 600.0


@dataclass(frozen=True)
class Wanted:
    """要找的：all ``terms``, or all of any of the ``relaxed`` lists; the ``filters`` besides."""

    terms: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    relaxed: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms or self.filters or self.relaxed)


class Table:
    """一张词表：by the name it has in the database; the room that owns it creates it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._common: Counter[str] = Counter()
        self._until = 0.0
        _TABLES.append(self)

    def creation(self, vendor: str) -> list[str]:
        """建表：the statements, for a migration."""
        return [statement.format(self.name) for statement in _CREATE[vendor]]

    @property
    def dropping(self) -> str:
        """弃表：the statement."""
        return f"DROP TABLE IF EXISTS {self.name}"

    def put(self, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
        """写入：ranks and their pieces."""
        statement = {
            "sqlite": f"INSERT OR REPLACE INTO {self.name} (rowid, pieces) VALUES (%s, %s)",
            "postgresql": f"INSERT INTO {self.name} (rank, pieces)"
            " VALUES (%s, array_to_tsvector(%s))"
            " ON CONFLICT (rank) DO UPDATE SET pieces = excluded.pieces",
        }[_vendor()]
        joined: Iterable[tuple[int, Any]] = rows
        if _vendor() == "sqlite":
            joined = [(rank, " ".join(held)) for rank, held in rows]
        else:
            joined = [(rank, list(held)) for rank, held in rows]
        with connection.cursor() as cursor:
            cursor.executemany(statement, joined)

    def drop(self, ranks: Sequence[int]) -> None:
        """删除。"""
        if not ranks:
            return
        column = _column()
        marks = ", ".join(["%s"] * len(ranks))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.name} WHERE {column} IN ({marks})", list(ranks))

    def find(self, wanted: Wanted, *, below: int, above: int, limit: int) -> list[int]:
        """查找：ranks with ``above ≤ rank < below``, downwards."""
        where, values = self._where(wanted, below, above)
        column = _column()
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {column} FROM {self.name} WHERE {where} ORDER BY {column} DESC LIMIT %s",
                [*values, limit],
            )
            return [rank for (rank,) in cursor.fetchall()]

    def ranks(self, wanted: Wanted, *, below: int, above: int) -> tuple[str, list[Any]]:
        """查找的语句：what selects those as ``rank``, for a statement around it; and its values."""
        where, values = self._where(wanted, below, above)
        return f"SELECT {_column()} AS rank FROM {self.name} WHERE {where}", values

    def count(self, wanted: Wanted, *, below: int, above: int, cap: int) -> int:
        """条数：at most ``cap + 1``."""
        where, values = self._where(wanted, below, above)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM (SELECT 1 FROM {self.name} WHERE {where} LIMIT %s) AS held",
                [*values, cap + 1],
            )
            return int(cursor.fetchone()[0])

    def optimize(self) -> None:
        """整理：after a rebuild."""
        statement = {
            "sqlite": f"INSERT INTO {self.name} ({self.name}) VALUES ('optimize')",
            "postgresql": f"ANALYZE {self.name}",
        }[_vendor()]
        with connection.cursor() as cursor:
            cursor.execute(statement)

    def _where(self, wanted: Wanted, below: int, above: int) -> tuple[str, list[Any]]:
        if _vendor() == "sqlite":
            return self._fts5(wanted, below, above)
        parts = ["rank < %s", "rank >= %s"]
        values: list[Any] = [below, above]
        if wanted:
            parts.insert(0, "pieces @@ %s::tsquery")
            values.insert(0, self._tsquery(wanted))
        return " AND ".join(parts), values

    def _fts5(self, wanted: Wanted, below: int, above: int) -> tuple[str, list[Any]]:
        """Only the rarest words are matched, the others looked up in the rows that have those.

        FTS5 walks the lists of all words it is given; one list of a hundred rows and a look at each
        row costs less than ten lists of half a million. (PostgreSQL begins with the rarest itself.)
        """
        parts = ["rowid < %s", "rowid >= %s"]
        values: list[Any] = [below, above]
        rarest = self._rarest([*wanted.filters, *wanted.terms])
        for term in rarest[MATCHED:]:
            parts.append("instr(' ' || pieces || ' ', %s) > 0")
            values.append(f" {term} ")
        match = [_all_of(rarest[:MATCHED])] if rarest else []
        if wanted.relaxed:
            lists = (f"({_all_of(self._rarest(terms)[:MATCHED])})" for terms in wanted.relaxed)
            match.append("(" + " OR ".join(lists) + ")")
        if match:
            parts.insert(0, f"{self.name} MATCH %s")
            values.insert(0, " AND ".join(match))
        return " AND ".join(parts), values

    def _tsquery(self, wanted: Wanted) -> str:
        def all_of(terms: Iterable[str]) -> str:
            return " & ".join(f"'{term}':*" if _alone(term) else f"'{term}'" for term in terms)

        parts = [all_of([*wanted.filters, *wanted.terms])]
        if wanted.relaxed:
            lists = (f"({all_of(self._rarest(terms)[:MATCHED])})" for terms in wanted.relaxed)
            parts.append("(" + " | ".join(lists) + ")")
        return " & ".join(filter(None, parts))

    def _rarest(self, terms: Iterable[str]) -> list[str]:
        """The terms, rarest first."""
        common = self.common()
        # A single character stands for many pieces, and cannot be looked up in a row.
        return sorted(terms, key=lambda term: (not _alone(term), common[term]))

    def _counted(self) -> Counter[str]:
        statement = {
            "sqlite": f"SELECT pieces FROM {self.name} ORDER BY rowid DESC LIMIT %s",
            "postgresql": "SELECT array_to_string(tsvector_to_array(pieces), ' ')"
            f" FROM {self.name} ORDER BY rank DESC LIMIT %s",
        }[_vendor()]
        with connection.cursor() as cursor:
            cursor.execute(statement, [_SAMPLE])
            return Counter(piece for (held,) in cursor.fetchall() for piece in held.split())

    def common(self) -> Counter[str]:
        """常见程度：how often each piece stands in the newest rows; counted anew after a while.

        A process that serves pages looks once in ten minutes; its first search is a query dearer.
        """
        if time.monotonic() >= self._until:
            self._common = self._counted()
            self._until = time.monotonic() + _SAMPLED_FOR
        return self._common

    def forget(self) -> None:
        """Count again at the next search."""
        self._until = 0.0


_TABLES: list[Table] = []


def forget() -> None:
    """忘掉常见程度：of every table; between tests."""
    for table in _TABLES:
        table.forget()


def _vendor() -> str:
    if connection.vendor not in _CREATE:
        raise NotInstalled(f"数据库 {connection.vendor} 上没有检索，请使用 SQLite 或 PostgreSQL。")
    return connection.vendor


def _column() -> str:
    """What the ranks are called."""
    return {"sqlite": "rowid", "postgresql": "rank"}[_vendor()]


def _all_of(terms: Iterable[str]) -> str:
    # A single character is the beginning of the pieces that start with it.
    return " AND ".join(f'"{term}"*' if _alone(term) else f'"{term}"' for term in terms)


def _alone(term: str) -> bool:
    """A single Chinese character, also behind a mark (private use) that tells what it is of."""
    bare = term[1:] if "\ue000" <= term[:1] <= "\uf8ff" else term
    return len(bare) == 1 and ord(bare) >= 0x3007
