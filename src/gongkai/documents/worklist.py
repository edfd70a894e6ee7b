"""工作清单：what a member of the staff has before him, filtered, sorted, counted as far as read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from gongkai.documents.entries import SOURCE
from gongkai.documents.kinds import KINDS
from gongkai.documents.models import Document
from gongkai.documents.numbers import number_key
from gongkai.documents.queries import DocumentQuery, reach
from gongkai.documents.showing import day_of
from gongkai.documents.states import DUE, PUBLIC, TONES, UNDER_REVIEW, State, Validity
from gongkai.errors import BadNumber
from gongkai.law.index_numbers import normalise_index
from gongkai.organs.models import Staff
from gongkai.search.index import index
from gongkai.theme.templatetags.theme import pill

#: 阶段：few plain groups over many states.
PHASES: Mapping[str, tuple[str, tuple[State, ...]]] = {
    "draft": ("起草中", (State.DRAFT,)),
    "review": ("审查中", UNDER_REVIEW),
    "due": ("待发布", DUE),
    "issued": ("已发布", (State.ISSUED,)),
    "kept": ("不主动公开", (State.KEPT,)),
    "withdrawn": ("已撤下", (State.WITHDRAWN,)),
    "dropped": ("已作废", (State.DROPPED,)),
}
SORTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "new": ("最近起草", ("-pk",)),
    "due": ("公开期限", ("due_on", "pk")),
    "issued": ("发布时间", ("-issued_at", "-pk")),
}
#: What a line of the list shows.
LISTED = (
    *("id", "title", "kind", "number", "index_number", "state", "attribute", "validity"),
    *("due_on", "issued_at", "organ"),
)
#: So many hits of the search are looked at.
_HITS = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """筛选条件：as the address has them; what makes no sense is left out."""

    phase: str = ""
    kind: str = ""
    validity: str = ""
    organ: int | None = None
    late: bool = False
    text: str = ""
    sort: str = "new"

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Wanted:
        """From the query of an address."""
        organ = str(data.get("organ", ""))
        phase, kind = str(data.get("phase", "")), str(data.get("kind", ""))
        validity, sort = str(data.get("validity", "")), str(data.get("sort", ""))
        return cls(
            phase=phase if phase in PHASES else "",
            kind=kind if kind in KINDS else "",
            validity=validity if validity in Validity.values else "",
            organ=int(organ) if organ.isascii() and organ.isdecimal() and len(organ) < 18 else None,
            late=data.get("late") == "1",
            text=" ".join(str(data.get("q", "")).split())[:100],
            sort=sort if sort in SORTS else "new",
        )

    @property
    def order(self) -> tuple[str, ...]:
        """排序：the columns a page is cut by."""
        return SORTS[self.sort][1]

    @property
    def due(self) -> bool:
        """待发布的：asked for what is late, or sorted by the day it is due."""
        return self.late or self.sort == "due"

    @property
    def states(self) -> tuple[State, ...]:
        """办理状态：those of the phase, as far as the other conditions allow them."""
        allowed = set(PHASES[self.phase][1] if self.phase else State)
        if self.due:
            allowed &= set(DUE)
        if self.validity:
            allowed &= {State.ISSUED, State.WITHDRAWN}  # nothing has any before it is issued
        if self.sort == "issued":
            allowed &= {State.ISSUED}
        return tuple(state for state in State if state in allowed)

    @property
    def walks_past_states(self) -> bool:
        """有没有不按状态走的索引：one of the kind or the validity, in this order."""
        if self.sort == "issued":
            return bool(self.validity and self.kind)
        return bool(self.validity or self.kind)


# Issued, said as no index has it: most are, so to walk those in search of the few that lapsed
# would be to walk them all; the walk shall go along the validity, or the kind.
_NOT_OTHERWISE = ~Q(state__in=[state for state in State if state != State.ISSUED])


def worklist(staff: Staff, wanted: Wanted) -> DocumentQuery:
    """工作清单：rows of one's own organs, or of all below for the competent department."""
    rows = Document.objects.on_the_desk_of(staff)
    if wanted.organ is not None:
        rows = rows.filter(organ=wanted.organ)
    if wanted.validity:
        if wanted.kind and not KINDS[wanted.kind].lives:
            return rows.none()
        rows = rows.filter(validity=wanted.validity)
    asked = Q(kind=wanted.kind) if wanted.kind else Q()
    if wanted.due:
        asked &= Q(attribute__in=PUBLIC, due_on__isnull=False)
    if wanted.late:
        asked &= Q(due_on__lt=timezone.localdate())
    whole = wanted.organ is None and reach(staff) is None
    if whole and wanted.states == (State.ISSUED,) and wanted.walks_past_states:
        rows = rows.filter(asked, _NOT_OTHERWISE)
    else:
        rows = _in_states(rows, asked, wanted.states)
    return _saying(rows, wanted.text) if wanted.text else rows


def _in_states(rows: DocumentQuery, asked: Q, states: tuple[State, ...]) -> DocumentQuery:
    """What no state answers to is not asked for: nothing under review has been issued."""
    if not states:
        return rows.none()
    if states == (State.ISSUED,):
        return rows.filter(asked, state=State.ISSUED)
    if State.ISSUED in states:  # what else was asked for leaves no other states
        return rows.filter(asked)
    # Few rows, found first and then put in order; or the database walks all others for the order.
    few = Document.objects.filter(asked, state__in=states)
    return rows.filter(pk__in=few.values("pk"))


def _saying(rows: DocumentQuery, text: str) -> DocumentQuery:
    """A number finds its document; words are looked for in the index, and in what is not public."""
    try:
        return rows.bearing(number_key=number_key(text))
    except BadNumber:
        pass
    if number := normalise_index(text):
        return rows.bearing(index_number=number)
    hits = index().hits(text, source=SOURCE, limit=_HITS)
    return rows.saying(text, found=[int(hit.partition(":")[2]) for hit in hits])


_NONE = "—"
#: 状态标、有效性标：drawn once; a list shows the same dozen again and again.
_STATES = {state.value: pill(state.label, TONES.get(state, "info")) for state in State}
_VALIDITIES = {v.value: pill(v.label, v.tone) if v else "" for v in Validity}
_DUE = '<time datetime="{0}">{0}</time>'
_LATE = '<time class="due-late" datetime="{0}">{0}</time> <span class="due-late">逾期</span>'


def desk_lines(rows: Iterable[Mapping[str, Any]], organs: Mapping[int, str]) -> SafeString:
    """清单的行：drawn; ``organs`` are the names to choose from, with a column if there are any.

    What people wrote is escaped here, the rest is of this house. A template would take longer
    over twenty such lines than over the page around them.
    """
    today = timezone.localdate()
    return SafeString("\n".join(_line(row, organs, today) for row in rows))


def _line(row: Mapping[str, Any], organs: Mapping[int, str], today: date) -> str:
    address = _address().replace("/0/", f"/{row['id']}/")
    organ = escape(organs.get(row["organ"], ""))
    named = f'<td data-label="机关">{organ}</td>' if organs else ""
    return (
        f'<tr><th scope="row"><a href="{address}">{escape(row["title"])}</a></th>'
        f'<td data-label="种类">{KINDS[row["kind"]].name}</td>'
        f'<td data-label="文号">{escape(row["number"]) or _NONE}</td>'
        f'<td data-label="状态">{_STATES[row["state"]]} {_VALIDITIES[row["validity"]]}</td>'
        f'<td data-label="公开期限" class="nowrap">{_due(row, today)}</td>'
        f'<td data-label="发布时间" class="nowrap">{day_of(row["issued_at"]) or _NONE}</td>'
        f"{named}</tr>"
    )


def _due(row: Mapping[str, Any], today: date) -> str:
    """公开期限：while the publication is still to come; marked when it is late."""
    due: date | None = row["due_on"]
    if due is None or row["state"] not in DUE:
        return _NONE
    return (_LATE if due < today else _DUE).format(due.isoformat())


@cache
def _address() -> str:
    return reverse("documents:desk_document", args=[0])
