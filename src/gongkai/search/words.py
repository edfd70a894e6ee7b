"""词表：which cards hold which pieces of text; FTS5 on SQLite, an inverted index on PostgreSQL.

Both keep for each rank its pieces and know which ranks hold all of some; both walk the ranks
downwards and stop when a page is full. What to filter by is a piece too, so a filter costs no
walk over cards that do not match it.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from gongkai.errors import NotInstalled
from gongkai.search.entry import Entry, Filters
from gongkai.search.fold import pieces

CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_words USING fts5(pieces, detail='none', columnsize=0,"
        " prefix='1', tokenize='unicode61 remove_diacritics 0')"
    ],
    "postgresql": [
        "CREATE TABLE search_words (rank bigint PRIMARY KEY, pieces tsvector NOT NULL)",
        "CREATE INDEX search_words_pieces ON search_words USING gin (pieces)"
        " WITH (fastupdate = off)",
        # The planner must know how common the common words are, to walk the ranks for those.
        "ALTER TABLE search_words ALTER COLUMN pieces SET STATISTICS 1000",
    ],
}
DROP = "DROP TABLE IF EXISTS search_words"

#: Stands before a filter; a character no title holds (private use), which FTS5 takes for a letter.
_MARK = "\ue000"


@dataclass(frozen=True)
class Wanted:
    """要找的：all ``terms``, or all of any of the ``relaxed`` lists; the ``filters`` besides."""

    terms: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    relaxed: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms or self.filters or self.relaxed)


def pieces_of(entry: Entry) -> list[str]:
    """条目的词：of its title and number as printed, and what it can be filtered by."""
    told = Filters(entry.kind, entry.organ, entry.topic, entry.validity)
    return [*pieces(f"{entry.title} {entry.number}"), *filter_pieces(told)]


def filter_pieces(filters: Filters) -> tuple[str, ...]:
    """筛选条件的词。"""
    given = (
        ("k", filters.kind),
        ("o", filters.organ),
        ("t", filters.topic),
        ("v", filters.validity),
    )
    return tuple(_MARK + letter + _digest(value) for letter, value in given if value)


def _digest(value: str) -> str:
    return hashlib.blake2b(value.encode(), digest_size=5).hexdigest()


def put(rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    """写入：ranks and their pieces."""
    statement = {
        "sqlite": "INSERT OR REPLACE INTO search_words (rowid, pieces) VALUES (%s, %s)",
        "postgresql": "INSERT INTO search_words (rank, pieces) VALUES (%s, array_to_tsvector(%s))"
        " ON CONFLICT (rank) DO UPDATE SET pieces = excluded.pieces",
    }[_vendor()]
    joined: Iterable[tuple[int, Any]] = rows
    if _vendor() == "sqlite":
        joined = [(rank, " ".join(held)) for rank, held in rows]
    else:
        joined = [(rank, list(held)) for rank, held in rows]
    with connection.cursor() as cursor:
        cursor.executemany(statement, joined)


def drop(ranks: Sequence[int]) -> None:
    """删除。"""
    if not ranks:
        return
    column = {"sqlite": "rowid", "postgresql": "rank"}[_vendor()]
    marks = ", ".join(["%s"] * len(ranks))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM search_words WHERE {column} IN ({marks})", list(ranks))


def find(wanted: Wanted, *, below: int, above: int, limit: int) -> list[int]:
    """查找：ranks with ``above ≤ rank < below``, downwards."""
    where, values = _where(wanted, below, above)
    column = {"sqlite": "rowid", "postgresql": "rank"}[_vendor()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM search_words WHERE {where} ORDER BY {column} DESC LIMIT %s",
            [*values, limit],
        )
        return [rank for (rank,) in cursor.fetchall()]


def count(wanted: Wanted, *, below: int, above: int, cap: int) -> int:
    """条数：at most ``cap + 1``."""
    where, values = _where(wanted, below, above)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM search_words WHERE {where} LIMIT %s) AS held",
            [*values, cap + 1],
        )
        return int(cursor.fetchone()[0])


def optimize() -> None:
    """整理：after a rebuild."""
    statement = {
        "sqlite": "INSERT INTO search_words (search_words) VALUES ('optimize')",
        "postgresql": "ANALYZE search_words",
    }[_vendor()]
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _vendor() -> str:
    if connection.vendor not in CREATE:
        raise NotInstalled(f"数据库 {connection.vendor} 上没有检索，请使用 SQLite 或 PostgreSQL。")
    return connection.vendor


def _where(wanted: Wanted, below: int, above: int) -> tuple[str, list[Any]]:
    if _vendor() == "sqlite":
        return _fts5(wanted, below, above)
    parts = ["rank < %s", "rank >= %s"]
    values: list[Any] = [below, above]
    if wanted:
        parts.insert(0, "pieces @@ %s::tsquery")
        values.insert(0, _tsquery(wanted))
    return " AND ".join(parts), values


def _fts5(wanted: Wanted, below: int, above: int) -> tuple[str, list[Any]]:
    """Only the rarest words are matched, the others looked up in the rows that have those.

    FTS5 walks the lists of all words it is given; one list of a hundred rows and a look at each
    row costs less than ten lists of half a million. (PostgreSQL begins with the rarest itself.)
    """
    parts = ["rowid < %s", "rowid >= %s"]
    values: list[Any] = [below, above]
    rarest = _rarest([*wanted.filters, *wanted.terms])
    for term in rarest[MATCHED:]:
        parts.append("instr(' ' || pieces || ' ', %s) > 0")
        values.append(f" {term} ")
    match = [_all_of(rarest[:MATCHED])] if rarest else []
    if wanted.relaxed:
        lists = (f"({_all_of(_rarest(terms)[:MATCHED])})" for terms in wanted.relaxed)
        match.append("(" + " OR ".join(lists) + ")")
    if match:
        parts.insert(0, "search_words MATCH %s")
        values.insert(0, " AND ".join(match))
    return " AND ".join(parts), values


def _all_of(terms: Iterable[str]) -> str:
    # A single character is the beginning of the pieces that start with it.
    return " AND ".join(f'"{term}"*' if _alone(term) else f'"{term}"' for term in terms)


def _tsquery(wanted: Wanted) -> str:
    def all_of(terms: Iterable[str]) -> str:
        return " & ".join(f"'{term}':*" if _alone(term) else f"'{term}'" for term in terms)

    parts = [all_of([*wanted.filters, *wanted.terms])]
    if wanted.relaxed:
        lists = (f"({all_of(_rarest(terms)[:MATCHED])})" for terms in wanted.relaxed)
        parts.append("(" + " | ".join(lists) + ")")
    return " & ".join(filter(None, parts))


def _alone(term: str) -> bool:
    return len(term) == 1 and ord(term) >= 0x3007


#: So many words are matched at most, on SQLite; in a relaxed list so many must be there.
MATCHED = 4
#: How common a word is, is told by so many of the newest cards, looked at again after so long.
_SAMPLE = 2_000
_SAMPLED_FOR = 600.0


class Sample:
    """常见程度：how often each piece stands in the newest cards; kept for a while.

    A process that serves pages looks once in ten minutes; its first search is a query dearer.
    """

    def __init__(self) -> None:
        self._common: Counter[str] = Counter()
        self._until = 0.0

    def common(self) -> Counter[str]:
        """The counts, read anew when they are old."""
        if time.monotonic() >= self._until:
            self._common = _counted()
            self._until = time.monotonic() + _SAMPLED_FOR
        return self._common

    def forget(self) -> None:
        """Look again at the next search."""
        self._until = 0.0


SAMPLE = Sample()


def _rarest(terms: Iterable[str]) -> list[str]:
    """The terms, rarest first."""
    common = SAMPLE.common()
    # A single character stands for many pieces, and cannot be looked up in a row.
    return sorted(terms, key=lambda term: (not _alone(term), common[term]))


def _counted() -> Counter[str]:
    statement = {
        "sqlite": "SELECT pieces FROM search_words ORDER BY rowid DESC LIMIT %s",
        "postgresql": "SELECT array_to_string(tsvector_to_array(pieces), ' ') FROM search_words"
        " ORDER BY rank DESC LIMIT %s",
    }[_vendor()]
    with connection.cursor() as cursor:
        cursor.execute(statement, [_SAMPLE])
        return Counter(piece for (held,) in cursor.fetchall() for piece in held.split())
