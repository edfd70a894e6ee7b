"""待办登记：rooms above say here what waits for a person; the home of the desk lists it.

A room registers its provider in ``AppConfig.ready``::

    waiting.register("documents", waiting_documents)

    def waiting_documents(staff: Staff) -> Iterator[Task]:
        for row in …:
            yield Task(Group.REVIEW, row.title, url, reason="法制审核", button="审核")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from gongkai.organs.models import Staff

#: 三日内：days ahead that are counted as near.
NEAR = timedelta(days=3)


class Group(Enum):
    """分组：worst first; the value is the heading."""

    LATE = "已逾期"
    TODAY = "今天到期"
    SOON = "三日内到期"
    SIGN = "待我签发"
    REVIEW = "待我审核"
    HANDLE = "待我办理"
    MINE = "我起草的"


@dataclass(frozen=True, slots=True)
class Task:
    """待办：one thing, why it waits, where it is done and what the button says."""

    group: Group
    title: str
    url: str
    reason: str
    button: str
    due: date | None = None
    organ: str = ""


#: Given a person, what waits for him; each provider bounds its own number of rows.
Provider = Callable[[Staff], Iterable[Task]]

_providers: dict[str, Provider] = {}


def register(room: str, provider: Provider) -> None:
    """登记：one provider a room; a second one replaces the first."""
    _providers[room] = provider


def waiting_for(staff: Staff) -> Iterator[Task]:
    """某人的待办：of all rooms."""
    for room in sorted(_providers):
        yield from _providers[room](staff)


def by_due(due: date | None, today: date) -> Group | None:
    """按期限分组：late, today, soon; None while there is time."""
    if due is None or due > today + NEAR:
        return None
    if due < today:
        return Group.LATE
    return Group.TODAY if due == today else Group.SOON
