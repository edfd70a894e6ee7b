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
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongkai.documents.kinds import KINDS
from gongkai.documents.models import Document
from gongkai.documents.numbers import number_key
from gongkai.documents.queries import DocumentQuery
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


def worklist(staff: Staff, wanted: Wanted) -> DocumentQuery:
    """工作清单：rows of one's own organs, or of all below for the competent department."""
    rows = Document.objects.on_the_desk_of(staff)
    if wanted.organ is not None:
        rows = rows.filter(organ=wanted.organ)
    if wanted.phase:
        states = PHASES[wanted.phase][1]
        # Several states: their rows first, or the database walks all others to keep the order.
        rows = (
            rows.filter(state=states[0])
            if len(states) == 1
            else rows.filter(pk__in=rows.filter(state__in=states).values("pk"))
        )
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.validity:
        rows = rows.filter(validity=wanted.validity)
    if wanted.late:
        rows = rows.overdue()
    elif wanted.sort == "due":
        rows = rows.filter(state__in=DUE, attribute__in=PUBLIC, due_on__isnull=False)
    if wanted.sort == "issued":
        rows = rows.filter(state=State.ISSUED)
    return rows.filter(_saying(wanted.text)) if wanted.text else rows


def _saying(text: str) -> Q:
    """A number finds its document; words are looked for in the index, and in what is not public.

    Papers not yet public are few; the many that are public are found by the index.
    """
    try:
        return Q(number_key=number_key(text))
    except BadNumber:
        pass
    if number := normalise_index(text):
        return Q(index_number=number)
    hits = index().find(text, limit=_HITS)
    found = [int(hit.id.partition(":")[2]) for hit in hits if hit.source == "documents"]
    unpublished = [state for state in State if state != State.ISSUED]
    return Q(pk__in=found) | Q(state__in=unpublished, title__contains=text)


#: What needs no escaping is said to be safe: to look for it is half the cost of a list.
_NONE = SafeString("—")
_KINDS = {kind.code: SafeString(kind.name) for kind in KINDS.values()}
#: 状态标、有效性标：drawn once; a list shows the same dozen again and again.
_STATES = {state.value: pill(state.label, TONES.get(state, "info")) for state in State}
_VALIDITIES = {v.value: pill(v.label, v.tone) if v else "" for v in Validity}
_DUE = '<time datetime="{0}">{0}</time>'
_LATE = '<time class="due-late" datetime="{0}">{0}</time> <span class="due-late">逾期</span>'


def desk_lines(
    rows: Iterable[Mapping[str, Any]], organs: Mapping[int, str]
) -> list[dict[str, Any]]:
    """清单的行：all a line says, ready to be printed; ``organs`` are the names to choose from."""
    today = timezone.localdate()
    return [
        {
            "url": SafeString(_address().replace("/0/", f"/{row['id']}/")),
            "title": row["title"],
            "kind": _KINDS[row["kind"]],
            "number": row["number"] or _NONE,
            "state": _STATES[row["state"]],
            "validity": _VALIDITIES[row["validity"]],
            "due": _due(row, today),
            "issued": SafeString(day_of(row["issued_at"])) or _NONE,
            "organ": organs.get(row["organ"], ""),
        }
        for row in rows
    ]


def _due(row: Mapping[str, Any], today: date) -> str:
    """公开期限：while the publication is still to come; marked when it is late."""
    due: date | None = row["due_on"]
    if due is None or row["state"] not in DUE:
        return _NONE
    return format_html(_LATE if due < today else _DUE, due.isoformat())


@cache
def _address() -> str:
    return reverse("documents:desk_document", args=[0])
