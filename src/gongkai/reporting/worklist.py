"""年报清单：the reports a person has to do with, filtered, in the order of the tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.reporting.models import Filing
from gongkai.reporting.queries import AT_THE_DESK, FilingQuery
from gongkai.reporting.states import Scope, State

#: 尚未报送的：late once their day is past.
NOT_SENT_IN = (State.DRAFT, State.RETURNED, State.SIGNING, State.APPROVED)
#: 谁的：what is written at one's own organs, and what one looks after below.
WHOSE = {"own": "本机关", "below": "下级和部门"}
ORDER = ("-year", "organ__path", "-pk")
#: What a line of the list shows.
LISTED = (
    *("id", "year", "organ__path", "organ__name", "name", "scope", "version", "state", "basis"),
    *("due_on", "submitted_at", "published_on"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """筛选条件：as the address has them; what makes no sense is left out."""

    year: int | None = None
    organ: int | None = None
    whose: str = ""
    scope: str = ""
    state: str = ""
    late: bool = False

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Wanted:
        """From the query of an address."""

        def number(name: str) -> int | None:
            given = str(data.get(name, ""))
            return int(given) if given.isascii() and given.isdecimal() and len(given) < 18 else None

        def one(name: str, known: Any) -> str:
            given = str(data.get(name, ""))
            return given if given in known else ""

        year = number("year")
        return cls(
            year=year if year is not None and year < 10_000 else None,
            organ=number("organ"),
            whose=one("whose", WHOSE),
            scope=one("scope", Scope.values),
            state=one("state", State.values),
            late=data.get("late") == "1",
        )


def worklist(staff: Staff, wanted: Wanted, on: date | None = None) -> FilingQuery:
    """年报清单：the rows of the list; the frozen reports themselves are not read for it."""
    rows = Filing.objects.on_the_desk_of(staff)
    plain = {
        "year": wanted.year,
        "organ": wanted.organ,
        "scope": wanted.scope,
        "state": wanted.state,
    }
    rows = rows.filter(**{name: value for name, value in plain.items() if value not in ("", None)})
    if wanted.whose:
        own = Q(organ__in=organs_with(staff, AT_THE_DESK))
        rows = rows.filter(own if wanted.whose == "own" else ~own)
    if wanted.late:
        rows = rows.filter(due_on__lt=on or timezone.localdate(), state__in=NOT_SENT_IN)
    return rows


def organs_seen(staff: Staff) -> list[tuple[int, str]]:
    """可选的机关：in the order of the tree; one alone needs no choice."""
    own = organs_with(staff, AT_THE_DESK)
    above = organs_with(staff, frozenset({Duty.COMPETENT}))
    seen = Q(pk__in=own)
    for path in Organ.objects.filter(pk__in=above).values_list("path", flat=True):
        seen |= Q(path__startswith=path)
    rows = Organ.objects.filter(seen).order_by("path").values_list("pk", "short_name", "name")
    return [(pk, short or name) for pk, short, name in rows]
