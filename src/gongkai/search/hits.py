"""命中：what a query finds in one room, told by one statement and without the cards.

A room that looks its own rows up by the hits needs their ids and no page of entries. Each way of
finding is a branch of the statement; one that a better branch makes needless takes no row.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from gongkai.search.entry import Filters
from gongkai.search.words import TABLE, Wanted

_Part = tuple[str, list[Any]]

# CROSS JOIN says to SQLite where to begin: by the keys, the words; never by all cards.
_BY_KEY = (
    "SELECT c.entry_id FROM search_key k CROSS JOIN search_card c"
    " WHERE c.rank = k.card_id AND {asked} AND {told} ORDER BY {order}"
)
_BY_WORDS = (
    "SELECT c.entry_id FROM ({asked}) w CROSS JOIN search_card c"
    " WHERE c.rank = w.rank AND {told} ORDER BY w.rank DESC"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """所问的：a query as each way of finding understands it; empty where a way finds nothing.

    The ranks of the days asked for are ``above ≤ rank < below``.
    """

    beginning: bytes
    exact: Collection[bytes]
    words: Wanted
    relaxed: Wanted
    filters: Filters
    above: int
    below: int


def hits(asked: Asked, *, source: str, limit: int) -> list[str]:
    """命中：ids of at most ``limit`` entries of a source, in the order they would be listed.

    Numbers that begin so, and nothing else if there are any; else whole numbers and titles, and
    what has all the words; what has most of them only if all that is nothing.
    """
    told = _told(asked, source)
    branches: dict[str, tuple[_Part, tuple[str, ...]]] = {}  # name → what it asks, what is better
    if asked.beginning:
        begun = ("k.key >= %s AND k.key < %s", [asked.beginning, asked.beginning + b"\xff"])
        branches["begun"] = _by_key(begun, told, "k.key DESC, k.card_id DESC"), ()
    if asked.exact:
        marks = ", ".join(["%s"] * len(asked.exact))
        same = (f"k.key IN ({marks})", list(asked.exact))
        branches["same"] = _by_key(same, told, "k.card_id DESC"), ("begun",)
    if asked.words.terms:
        branches["worded"] = _by_words(asked.words, asked, told), ("begun",)
    if asked.relaxed:
        relaxed = _by_words(asked.relaxed, asked, told)
        branches["relaxed"] = relaxed, ("begun", "same", "worded")
    return _run(branches, limit) if branches else []


def _told(asked: Asked, source: str) -> _Part:
    filters = asked.filters
    given = {name: getattr(filters, name) for name in ("kind", "organ", "topic", "validity")}
    conditions: dict[str, Any] = {"c.source = %s": source}
    conditions |= {f"c.{name} = %s": value for name, value in given.items() if value}
    if filters.since or filters.until:
        conditions |= {"c.rank >= %s": asked.above, "c.rank < %s": asked.below}
    return " AND ".join(conditions), list(conditions.values())


def _by_key(asked: _Part, told: _Part, order: str) -> _Part:
    return _BY_KEY.format(asked=asked[0], told=told[0], order=order), asked[1] + told[1]


def _by_words(wanted: Wanted, asked: Asked, told: _Part) -> _Part:
    ranks, values = TABLE.ranks(wanted, below=asked.below, above=asked.above)
    return _BY_WORDS.format(asked=ranks, told=told[0]), values + told[1]


def _run(branches: dict[str, tuple[_Part, tuple[str, ...]]], limit: int) -> list[str]:
    """All branches in one statement; the limit of each is nothing once a better one has rows."""
    written, values = [], []
    for name, ((statement, asked), better) in branches.items():
        found = " OR ".join(f"EXISTS (SELECT 1 FROM {one})" for one in better if one in branches)
        most = f"CASE WHEN {found} THEN 0 ELSE %s END" if found else "%s"
        written.append(f"{name} AS ({statement} LIMIT {most})")
        values += [*asked, limit]
    rows = " UNION ALL ".join(f"SELECT entry_id FROM {name}" for name in branches)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(written)} {rows}", values)
        ids = dict.fromkeys(one for (one,) in cursor.fetchall())
    return list(ids)[:limit]
