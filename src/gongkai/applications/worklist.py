"""登记簿：what a member of the staff has before him, filtered, sorted, cut into pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from gongkai.applications import finding
from gongkai.applications.models import Application, Consultation, Extension, Fee
from gongkai.applications.models.application import CHANNELS, OUTCOME_CHOICES
from gongkai.applications.queries import AT_THE_DESK, ApplicationQuery, reach_of
from gongkai.applications.states import Category, Phase, Sort, State
from gongkai.organs.models import Staff
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty

SORTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "received": ("收到日期，近的在前", ("-received_on", "-pk")),
    "due": ("法定期限，急的在前", ("due_on", "pk")),
    "number": ("登记编号，大的在前", ("-year", "-serial", "-pk")),
}
HANDLERS: Mapping[str, str] = {"mine": "我承办的", "none": "未分办的"}
LATE: Mapping[str, str] = {"open": "逾期未答复", "answered": "逾期答复"}
#: What a line of the list shows.
LISTED = (
    *("id", "number", "applicant_name", "category", "subject", "state", "arrived_on"),
    *("received_on", "due_on", "safe_on", "internal_on", "answered_on", "last_due_on"),
    *("provisional", "standing", "outcome", "organ", "handler__name", "unit", "year", "serial"),
)


def _of(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().values("application")


#: 特别情形：what of its course makes a request stand out.
COURSES: Mapping[str, tuple[str, Q]] = {
    "extended": ("延长过期限的", Q(pk__in=_of(Extension.objects.filter(approved=True)))),
    "consulted": ("征求过意见的", Q(pk__in=_of(Consultation.objects.all()))),
    "charged": ("收取信息处理费的", Q(pk__in=_of(Fee.objects.all()))),
    "again": ("责令重新答复的", Q(disputed=True, round__gt=1)),
    "disputed": ("涉及复议、诉讼的", Q(disputed=True)),
}
_CHANNELS, _OUTCOMES = dict(CHANNELS), dict(OUTCOME_CHOICES)


@dataclass(frozen=True, slots=True)
class Wanted:
    """筛选条件：as the address has them; what makes no sense is left out."""

    phase: str = ""
    state: str = ""
    kind: str = ""
    course: str = ""
    handler: str = ""
    who: str = ""
    unit: str = ""
    organ: int | None = None
    category: str = ""
    channel: str = ""
    outcome: str = ""
    late: str = ""
    received_from: date | None = None
    received_to: date | None = None
    closed_from: date | None = None
    closed_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    text: str = ""
    sort: str = "received"

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Wanted:
        """From the query of an address."""

        def one(name: str, known: Any) -> str:
            given = str(data.get(name, ""))
            return given if given in known else ""

        organ = str(data.get("organ", ""))
        return cls(
            phase=one("phase", Phase.values),
            state=one("state", State.values),
            kind=one("kind", Sort.values),
            course=one("course", COURSES),
            handler=one("handler", HANDLERS),
            who=_words(data, "who"),
            unit=_words(data, "unit"),
            organ=int(organ) if organ.isascii() and organ.isdecimal() and len(organ) < 18 else None,
            category=one("category", Category.values),
            channel=one("channel", _CHANNELS),
            outcome=one("outcome", _OUTCOMES),
            late=one("late", LATE),
            received_from=_day(data, "received_from"),
            received_to=_day(data, "received_to"),
            closed_from=_day(data, "closed_from"),
            closed_to=_day(data, "closed_to"),
            due_from=_day(data, "due_from"),
            due_to=_day(data, "due_to"),
            text=_words(data, "q"),
            sort=one("sort", SORTS) or "received",
        )

    @property
    def order(self) -> tuple[str, ...]:
        """排序：the columns a page is cut by."""
        return SORTS[self.sort][1]

    @property
    def narrowed(self) -> bool:
        """是否用了“更多条件”：then they are shown open."""
        return any(getattr(self, name) for name in _NARROWER)


_NARROWER = (
    *("state", "kind", "course", "who", "unit", "category", "channel", "outcome"),
    *("received_from", "received_to", "closed_from", "closed_to", "due_from", "due_to"),
)


def _words(data: Mapping[str, Any], name: str) -> str:
    return " ".join(str(data.get(name, "")).split())[:100]


def _day(data: Mapping[str, Any], name: str) -> date | None:
    try:
        return parse_date(str(data.get(name, "")))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Worklist:
    """登记簿的行：``more`` says that words were looked for in the newest hits alone."""

    rows: ApplicationQuery = field(repr=False)
    more: bool = False


def worklist(staff: Staff, wanted: Wanted) -> Worklist:
    """登记簿：what the person may see and has asked for."""
    rows = Application.objects.on_the_desk_of(staff).filter(_asked(staff, wanted))
    if wanted.sort == "due":
        rows = rows.filter(due_on__isnull=False)
    if not wanted.text:
        return Worklist(rows)
    if number := finding.numbered(wanted.text):
        return Worklist(rows.filter(number))
    reach = reach_of(staff)
    organs = [wanted.organ] if wanted.organ is not None else [*reach.whole, *reach.own]
    hits = finding.find(wanted.text, organs, named=sees_names(staff, organs))
    return Worklist(rows.filter(pk__in=hits.keys), hits.more)


def sees_names(staff: Staff, organs: list[int]) -> bool:
    """是否看得到所有这些机关的申请人姓名：else names are neither shown nor searched."""
    own = organs_with(staff, AT_THE_DESK - {Duty.COMPETENT})
    return set(organs) <= set(own)


def _asked(staff: Staff, wanted: Wanted) -> Q:
    """筛选条件。"""
    asked = Q()
    plain = {
        "state": wanted.state,
        "sort": wanted.kind,
        "organ": wanted.organ,
        "category": wanted.category,
        "channel": wanted.channel,
        "outcome": wanted.outcome,
        "received_on__gte": wanted.received_from,
        "received_on__lte": wanted.received_to,
        "closed_on__gte": wanted.closed_from,
        "closed_on__lte": wanted.closed_to,
        "due_on__gte": wanted.due_from,
        "due_on__lte": wanted.due_to,
    }
    asked &= Q(**{name: value for name, value in plain.items() if value not in ("", None)})
    if wanted.phase:
        asked &= Q(state__in=Phase(wanted.phase).states)
    if wanted.handler == "mine":
        asked &= Q(handler=staff)
    elif wanted.handler == "none":
        asked &= Q(handler__isnull=True)
    if wanted.who:
        asked &= Q(handler__in=Staff.objects.filter(name__contains=wanted.who).values("pk"))
    if wanted.unit:
        asked &= Q(unit__in=[unit for unit in units() if wanted.unit in unit])
    if wanted.course:
        asked &= COURSES[wanted.course][1]
    if wanted.late == "open":
        asked &= Q(due_on__lt=timezone.localdate())
    elif wanted.late == "answered":
        asked &= Q(answered_on__gt=F("last_due_on"))
    return asked


def units() -> list[str]:
    """承办处（科）室：each that is on record, found by hops along the index, not by reading it."""
    table = connection.ops.quote_name(Application._meta.db_table)
    hops = (
        f"WITH RECURSIVE known(unit) AS (SELECT min(unit) FROM {table} UNION ALL"
        f" SELECT (SELECT min(unit) FROM {table} WHERE unit > known.unit) FROM known"
        " WHERE known.unit IS NOT NULL) SELECT unit FROM known WHERE unit IS NOT NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(hops)
        return [unit for (unit,) in cursor.fetchall()]
