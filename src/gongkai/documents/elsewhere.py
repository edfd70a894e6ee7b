"""另见：what a room above shows of documents of a kind, linked from the page of each.

A room registers in ``AppConfig.ready``::

    elsewhere.register("report", links_of)

    def links_of(document: int) -> Iterator[Link]:
        yield Link("图表和历年数据", url)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """链接：its words and its address; whether the public may see it, its page decides."""

    label: str
    url: str


#: Given the key of a document that is shown, where else it is shown.
Provider = Callable[[int], Iterable[Link]]

_providers: dict[str, Provider] = {}


def register(kind: str, provider: Provider) -> None:
    """登记：one provider a kind; a second one replaces the first."""
    _providers[kind] = provider


def elsewhere(kind: str, document: int) -> list[Link]:
    """另见：nothing for kinds no room above has pages of."""
    provider = _providers.get(kind)
    return list(provider(document)) if provider else []
