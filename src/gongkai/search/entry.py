"""检索的约定：what goes in, what comes out, and what an engine must do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """条目：one thing that can be found.

    ``id`` is ``<source>:<key>``, the source being the name under which a room gives its entries
    (``documents:1024``). ``number`` is a 文号 or several as a joint issue has them, however
    typed. ``body`` is for engines that look into the text; it does not come back.
    """

    id: str
    kind: str
    title: str
    url: str
    number: str = ""
    index_number: str = ""
    organ: str = ""
    body: str = field(default="", repr=False)
    date: date | None = None
    topic: str = ""
    validity: str = ""

    @property
    def source(self) -> str:
        """来源：the part of the id before the colon."""
        return self.id.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Filters:
    """筛选条件：all that are given must hold; the days count themselves in."""

    kind: str = ""
    organ: str = ""
    topic: str = ""
    validity: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """一页结果：``after`` leads to the next page, empty on the last.

    ``total`` is exact unless ``capped``, then it is “more than”. ``relaxed`` says that nothing
    had all the words, and these have most of them.
    """

    entries: tuple[Entry, ...] = ()
    after: str = ""
    total: int = 0
    capped: bool = False
    relaxed: bool = False

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


@dataclass(frozen=True)
class Provider:
    """条目来源：how a room gives all its entries once more.

    ``keys`` yields the keys of what may be public; ``entries`` makes entries of some keys, and
    leaves out whatever has ceased to be public since.
    """

    source: str
    label: str
    keys: Callable[[], Iterable[Any]]
    entries: Callable[[Sequence[Any]], Iterable[Entry]]


class Index(Protocol):
    """检索引擎：what the rooms ask of it.

    ``put`` and ``drop`` belong in the transaction that changes the thing itself: rolled back
    with it, found when it commits.
    """

    def put(self, *entries: Entry) -> None:
        """收录：add, or replace by id."""
        ...

    def drop(self, *ids: str) -> None:
        """撤出：what is not there is no error."""
        ...

    def find(self, query: str, *, filters: Filters = ..., limit: int = 20, after: str = "") -> Page:
        """检索：newest first, exact numbers and titles before all; an empty query lists.

        Raises BadInput for an ``after`` that no page gave.
        """
        ...

    def hits(
        self, query: str, *, source: str, filters: Filters = ..., limit: int = 200
    ) -> list[str]:
        """命中：ids of what ``find`` would list of one source, the best first, and no more.

        For a room that goes on to its own rows with them; an empty query finds nothing.
        """
        ...

    def refill(self, provider: Provider) -> Iterator[int]:
        """重建一个来源：put all it gives, forget the rest; yields the number done so far."""
        ...
