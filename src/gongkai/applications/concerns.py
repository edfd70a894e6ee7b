"""相关事项登记：rooms above say here what else concerns a request; its page shows it.

A room registers its provider in ``AppConfig.ready``::

    concerns.register("disputes", beside_a_request)

    def beside_a_request(application: Application, staff: Staff) -> Panel | None:
        return Panel("行政复议、行政诉讼", [Concern(…)], [Link("登记", url)])
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.applications.models import Application
from gongkai.organs.models import Staff


@dataclass(frozen=True, slots=True)
class Concern:
    """一件相关的事：its name and where it is, a word in a colour, and what there is to say."""

    title: str
    url: str
    word: str
    tone: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """可办的事：what may be begun from the page of the request."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Panel:
    """一栏：what one room has to say about a request."""

    heading: str
    concerns: Sequence[Concern] = field(default_factory=tuple)
    links: Sequence[Link] = field(default_factory=tuple)


#: Given a request and a person, what he may know of it; None where there is nothing to show.
Provider = Callable[[Application, Staff], Panel | None]

_providers: dict[str, Provider] = {}


def register(room: str, provider: Provider) -> None:
    """登记：one provider a room; a second one replaces the first."""
    _providers[room] = provider


def panels_of(application: Application, staff: Staff) -> Iterator[Panel]:
    """相关的栏目：of all rooms."""
    for room in sorted(_providers):
        if panel := _providers[room](application, staff):
            yield panel
