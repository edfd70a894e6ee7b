"""卡片的词：which pieces of text an entry is found by, and what it can be filtered by."""

from __future__ import annotations

import hashlib

from gongkai.search.entry import Entry, Filters
from gongkai.search.fold import pieces
from gongkai.search.table import Table, Wanted

__all__ = ["TABLE", "Wanted", "filter_pieces", "pieces_of"]

#: 卡片的词表。
TABLE = Table("search_words")

#: Stands before a filter; a character no title holds (private use), which FTS5 takes for a letter.
_MARK = "\ue000"


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
