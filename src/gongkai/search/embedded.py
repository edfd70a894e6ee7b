"""内置引擎：titles, 文号 and 索引号 found in the site's own database, in its own transactions."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, Q
from django.utils import timezone

from gongkai.errors import BadInput
from gongkai.search import keys, words
from gongkai.search.entry import Entry, Filters, Page, Provider
from gongkai.search.fold import fold, terms, without_neighbours
from gongkai.search.hits import Asked, hits
from gongkai.search.models import Card, Key

#: Beyond this many a list says “more than”.
CAP = 1_000
#: So many entries are put at once when the index is filled.
BATCH = 500

_HASH_BITS = 40
_TOP = 1 << 63
# One lock for the whole index: shared by whoever puts or drops, alone for a batch of a refill.
_LOCK = 0x67_6B_73
_FIELDS = ("kind", "title", "number", "index_number", "organ", "date", "topic", "validity", "url")


def rank_of(entry: Entry) -> int:
    """次序：the ordinal of the day above 40 bits of a hash of the id; no day comes last."""
    digest = hashlib.blake2b(entry.id.encode(), digest_size=_HASH_BITS // 8).digest()
    day = entry.date.toordinal() if entry.date else 0
    return (day << _HASH_BITS) | int.from_bytes(digest, "big")


class Embedded:
    """内置引擎：see :class:`gongkai.search.entry.Index`. ``body`` is not looked into."""

    def put(self, *entries: Entry) -> None:
        """收录：add, or replace by id; in the transaction at hand."""
        with _locked(alone=False):
            self._put(entries)

    def drop(self, *ids: str) -> None:
        """撤出：in the transaction at hand."""
        with _locked(alone=False):
            self._drop(ids)

    def find(
        self,
        query: str,
        *,
        filters: Filters = Filters(),  # noqa: B008  (frozen)
        limit: int = 20,
        after: str = "",
    ) -> Page:
        """检索：a whole number or title first; else numbers that begin so; else titles.

        Nothing with all the words? Then titles with all but what one slip of the pen breaks.
        """
        way, at = _read(after)
        start = keys.beginning(query) if way in {"", "k"} else b""
        if start and (page := _by_beginning(start, filters, limit, at)):
            return page
        wanted = words.Wanted(tuple(terms(query)), words.filter_pieces(filters))
        if fold(query).strip() and not wanted.terms:
            return Page()
        exact = _exact(query, filters, limit)
        if way != "r":
            page = _by_words(wanted, filters, limit, at, "w", exact)
            if page or after:
                return page
        relaxed = _relaxed(query, wanted)
        return _by_words(relaxed, filters, limit, at, "r", []) if relaxed else Page()

    def hits(
        self,
        query: str,
        *,
        source: str,
        filters: Filters = Filters(),  # noqa: B008  (frozen)
        limit: int = 200,
    ) -> list[str]:
        """命中：in one statement; see :mod:`gongkai.search.hits`."""
        wanted = words.Wanted(tuple(terms(query)), words.filter_pieces(filters))
        relaxed = _relaxed(query, wanted) or words.Wanted()
        above, below = _bounds(filters)
        asked = Asked(
            keys.beginning(query), keys.exact(query), wanted, relaxed, filters, above, below
        )
        return hits(asked, source=source, limit=limit)

    def refill(self, provider: Provider) -> Iterator[int]:
        """重建：batch after batch, each alone with the index, so that nothing withdrawn returns.

        A batch asks the provider only once it holds the lock: whoever withdraws a thing either
        has committed by then, and it is not given, or waits, and drops it afterwards.
        """
        began = timezone.now()
        done = 0
        remaining = iter(provider.keys())
        while batch := list(islice(remaining, BATCH)):
            with _locked(alone=True):
                entries = list(provider.entries(batch))
                self._put(entries)
            done += len(entries)
            yield done
        while self._forget(provider.source, began):
            pass
        words.TABLE.optimize()

    def _forget(self, source: str, before: datetime) -> int:
        with _locked(alone=True):
            old = Card.objects.filter(source=source, put_at__lt=before)
            ids = list(old.values_list("entry_id", flat=True)[:BATCH])
            self._drop(ids)
        return len(ids)

    def _put(self, entries: Collection[Entry]) -> None:
        latest = {entry.id: entry for entry in entries}
        self._drop(list(latest))
        placed = _placed(list(latest.values()))
        _insert(
            Card,
            ("rank", "entry_id", "source", "put_at", *_FIELDS),
            [_row(rank, one, timezone.now()) for rank, one in placed.items()],
        )
        _insert(
            Key,
            ("card_id", "key"),
            [(rank, key) for rank, one in placed.items() for key in keys.keys_of(one)],
        )
        words.TABLE.put([(rank, words.pieces_of(one)) for rank, one in placed.items()])

    def _drop(self, ids: Sequence[str]) -> None:
        ranks = list(Card.objects.filter(entry_id__in=ids).values_list("rank", flat=True))
        if ranks:
            words.TABLE.drop(ranks)
            Key.objects.filter(card_id__in=ranks).delete()
            Card.objects.filter(rank__in=ranks).delete()


@contextmanager
def _locked(*, alone: bool) -> Iterator[None]:
    """In a transaction, which on SQLite holds the only write lock anyway."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {lock}(%s)", [_LOCK])
        yield


def _placed(entries: Sequence[Entry]) -> dict[int, Entry]:
    """Each at its rank; in the rare case that one is taken, at the next that is free."""
    ranks = [rank_of(entry) for entry in entries]
    taken = set(Card.objects.filter(rank__in=ranks).values_list("rank", flat=True))
    placed: dict[int, Entry] = {}
    for rank, entry in zip(ranks, entries, strict=True):
        while rank in placed or rank in taken:
            rank += 1
            if Card.objects.filter(rank=rank).exists():
                taken.add(rank)
        placed[rank] = entry
    return placed


def _row(rank: int, entry: Entry, now: datetime) -> tuple[Any, ...]:
    ops = connection.ops
    shown = {name: getattr(entry, name) for name in _FIELDS}
    shown["date"] = ops.adapt_datefield_value(entry.date)
    return rank, entry.id, entry.source, ops.adapt_datetimefield_value(now), *shown.values()


def _insert(model: type[Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Straight into the table: three times as fast as by way of the models."""
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)


def _bounds(filters: Filters) -> tuple[int, int]:
    """The ranks of the days asked for: from, and up to but not with."""
    above = filters.since.toordinal() << _HASH_BITS if filters.since else 0
    below = (filters.until.toordinal() + 1) << _HASH_BITS if filters.until else _TOP - 1
    # A day that is not known lies in no span of days.
    return (max(above, 1 << _HASH_BITS) if filters.until else above), below


def _condition(filters: Filters) -> Q:
    above, below = _bounds(filters)
    asked = {name: getattr(filters, name) for name in ("kind", "organ", "topic", "validity")}
    given = {f"card__{name}": value for name, value in asked.items() if value}
    if filters.since or filters.until:
        given |= {"card_id__gte": above, "card_id__lt": below}
    return Q(**given)


def _exact(query: str, filters: Filters, limit: int) -> list[int]:
    """Ranks of what has this number or title as a whole, newest first."""
    found = Key.objects.filter(_condition(filters), key__in=keys.exact(query))
    ranks = found.order_by("-card_id").values_list("card_id", flat=True)
    return list(dict.fromkeys(ranks[:limit]))


def _relaxed(query: str, wanted: words.Wanted) -> words.Wanted | None:
    """A number is right or wrong; one that looks like it is another document."""
    slips = [] if keys.is_number(query) else without_neighbours(list(wanted.terms))
    return words.Wanted((), wanted.filters, tuple(map(tuple, slips))) if slips else None


def _by_beginning(start: bytes, filters: Filters, limit: int, at: str) -> Page | None:
    """Numbers that begin so, the latest year and highest serial first."""
    found = Key.objects.filter(_condition(filters), key__gte=start, key__lt=start + b"\xff")
    rows = found.order_by("-key", "-card_id").values_list("key", "card_id")
    total = rows[: CAP + 1].count()
    if at:
        key, rank = _key_and_rank(at)
        rows = rows.filter(Q(key__lt=key) | Q(key=key, card_id__lt=rank), key__lte=key)
    listed = [(bytes(key), rank) for key, rank in rows[: limit + 1]]
    if not listed and not at:
        return None
    after = f"k{listed[limit - 1][0].hex()}.{listed[limit - 1][1]}" if len(listed) > limit else ""
    entries = _entries(list(dict.fromkeys(rank for _, rank in listed[:limit])))
    return Page(entries, after, min(total, CAP), total > CAP)


def _by_words(
    wanted: words.Wanted, filters: Filters, limit: int, at: str, way: str, exact: list[int]
) -> Page:
    """``exact`` come first on the first page, and are not shown again on the others."""
    if len(exact) >= limit:  # a title borne by hundreds leads nowhere; all are found by its words
        exact = []
    above, below = _bounds(filters)
    start = min(below, _rank(at)) if at else below
    ranks = words.TABLE.find(wanted, below=start, above=above, limit=limit + 1 + len(exact))
    rest = [rank for rank in ranks if rank not in exact]
    room = limit if at else limit - len(exact)
    shown = ([] if at else exact) + rest[:room]
    after = f"{way}{rest[room - 1]}" if len(rest) > room else ""
    total = len(shown)
    if after or at:
        total = max(total, words.TABLE.count(wanted, below=below, above=above, cap=CAP))
    return Page(_entries(shown), after, min(total, CAP), total > CAP, relaxed=way == "r")


def _entries(ranks: Sequence[int]) -> tuple[Entry, ...]:
    rows = Card.objects.filter(rank__in=ranks).values("rank", "entry_id", *_FIELDS)
    by_rank = {row.pop("rank"): Entry(id=row.pop("entry_id"), **row) for row in rows}
    return tuple(by_rank[rank] for rank in ranks if rank in by_rank)


def _read(after: str) -> tuple[str, str]:
    if after and (after[0] not in "kwr" or len(after) == 1):
        raise BadInput("翻页的地址有误，请重新检索。")
    return after[:1], after[1:]


def _rank(at: str) -> int:
    if not at.isascii() or not at.isdigit() or len(at) > 19:
        raise BadInput("翻页的地址有误，请重新检索。")
    return min(int(at), _TOP - 1)


def _key_and_rank(at: str) -> tuple[bytes, int]:
    key, _, rank = at.partition(".")
    try:
        return bytes.fromhex(key), _rank(rank)
    except ValueError:
        raise BadInput("翻页的地址有误，请重新检索。") from None
