"""另见：documents that are the outcome of another room's work, and that room's pages of them.

A room registers in ``AppConfig.ready``::

    elsewhere.register("report", "年度报告", links_of)

    def links_of(document: int) -> Iterator[Link]:
        yield Link("图表和历年数据", url)

What is linked so is linked from the page of the document, and corrected where it was made.
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

_providers: dict[str, tuple[str, Provider]] = {}


def register(kind: str, place: str, provider: Provider) -> None:
    """登记：one provider a kind, and what its place on the desk is called; a second replaces it."""
    _providers[kind] = place, provider


def elsewhere(kind: str, document: int) -> list[Link]:
    """另见：nothing for kinds no room above has pages of."""
    _, provider = _providers.get(kind, ("", None))
    return list(provider(document)) if provider else []


def made_at(kind: str, document: int) -> str:
    """出自：where on the desk a document was made and is corrected, if not where it is drafted."""
    return _providers[kind][0] if elsewhere(kind, document) else ""
