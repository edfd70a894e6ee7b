"""台账：what a member of the staff has before him, filtered, sorted, cut into pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from gongkai.applications.models.application import OUTCOME_CHOICES
from gongkai.applications.queries import reach_of
from gongkai.applications.worklist import sees_names
from gongkai.disputes import figures
from gongkai.disputes.models import Dispute
from gongkai.disputes.queries import DisputeQuery
from gongkai.disputes.states import PENDING, Cause, Challenged, Kind, Result, State
from gongkai.organs.models import Staff

SORTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "received": ("收到日期，近的在前", ("-received_on", "-pk")),
    "due": ("答复期限，急的在前", ("due_on", "pk")),
    "number": ("台账编号，大的在前", ("-year", "-serial", "-pk")),
}
HANDLERS: Mapping[str, str] = {"mine": "我承办的", "none": "未定承办人"}
DUE: Mapping[str, str] = {
    "late": "逾期未答复",
    "soon": "三日内到期",
    "filed_late": "逾期提交",
    "obey": "待重新答复",
}
#: 尚未审结，in the words of an address.
PENDING_CODE = "pending"
#: Of an outcome, an article, a cause: none is on record.
NONE = "-"
#: What a line of the list shows.
LISTED = (
    *("id", "number", "kind", "about", "claimant", "body", "case_number", "received_on"),
    *("due_on", "provisional", "filed_on", "last_due_on", "state", "finding", "result"),
    *("concluded_on", "outcome", "organ", "handler__name", "application__number", "application"),
    *("ordered_on", "replied_on", "reply_due_on", "year", "serial"),
)
_OUTCOMES = {NONE: "没有登记", **dict(OUTCOME_CHOICES)}
_CAUSES = (NONE, *Cause.values)
_YEARS = range(1990, 2200)


@dataclass(frozen=True, slots=True)
class Wanted:
    """筛选条件：as the address has them; what makes no sense is left out.

    ``counted`` is a year of the yearly report: then ``kind`` and ``result`` are a cell of its
    Table 4, as it stood on 31 December of that year.
    """

    kind: str = ""
    result: str = ""
    state: str = ""
    organ: int | None = None
    handler: str = ""
    who: str = ""
    due: str = ""
    year: int | None = None
    counted: int | None = None
    concluded_from: int | None = None
    concluded_to: int | None = None
    challenged: str = ""
    outcome: str = ""
    article: str = ""
    cause: str = ""
    text: str = ""
    sort: str = "received"

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Wanted:
        """From the query of an address."""

        def one(name: str, known: Any) -> str:
            given = str(data.get(name, ""))
            return given if given in known else ""

        def number(name: str) -> int | None:
            given = str(data.get(name, ""))
            found = given.isascii() and given.isdecimal() and len(given) < 18
            return int(given) if found else None

        def year(name: str) -> int | None:
            found = number(name)
            return found if found in _YEARS else None

        return cls(
            kind=one("kind", Kind.values),
            result=one("result", (*Result.values, PENDING_CODE)),
            state=one("state", State.values),
            organ=number("organ"),
            handler=one("handler", HANDLERS),
            who=str(data.get("who", "")).strip()[:100],
            due=one("due", DUE),
            year=year("year"),
            counted=year("counted"),
            concluded_from=year("concluded_from"),
            concluded_to=year("concluded_to"),
            challenged=one("challenged", Challenged.values),
            outcome=one("outcome", _OUTCOMES),
            article=str(data.get("article", ""))[:120].strip(),
            cause=one("cause", _CAUSES),
            text=" ".join(str(data.get("q", "")).split())[:100],
            sort=one("sort", SORTS) or "received",
        )

    @property
    def order(self) -> tuple[str, ...]:
        """排序：the columns a page is cut by."""
        return SORTS[self.sort][1]

    @property
    def narrowed(self) -> bool:
        """是否用了“更多条件”：then they are shown open."""
        return bool(
            self.counted or self.concluded_from or self.concluded_to or self.outcome
            or self.article or self.cause or self.challenged or self.state or self.who
        )  # fmt: skip


def worklist(staff: Staff, wanted: Wanted) -> DisputeQuery:
    """台账的行：what the person may see and has asked for."""
    rows = Dispute.objects.on_the_desk_of(staff)
    if wanted.counted is not None:
        rows = rows.filter(figures.in_the_count(wanted.counted, column_of(wanted.result)))
    else:
        rows = rows.filter(_of_the_result(wanted.result))
    if wanted.state != State.STRUCK:
        rows = rows.standing()
    rows = rows.filter(_asked(staff, wanted))
    if wanted.sort == "due":
        rows = rows.filter(due_on__isnull=False)
    if wanted.text:
        rows = rows.filter(_worded(staff, wanted))
    return rows


def column_of(result: str) -> str:
    """表四的栏：the exchange name of a result in an address; empty for all of them."""
    if result == PENDING_CODE:
        return PENDING
    return str(Result(result).label) if result else ""


def _of_the_result(result: str) -> Q:
    if result == PENDING_CODE:
        return Q(concluded_on__isnull=True)
    return Q(result=result) if result else Q()


def _asked(staff: Staff, wanted: Wanted) -> Q:
    plain = {
        "kind": wanted.kind,
        "state": wanted.state,
        "organ": wanted.organ,
        "received_on__year": wanted.year,
        "challenged": wanted.challenged,
        "outcome": wanted.outcome,
        "article": wanted.article,
        "cause": wanted.cause,
    }
    kept = {name: value for name, value in plain.items() if value not in ("", None)}
    asked = Q(**{name: "" if value == NONE else value for name, value in kept.items()})
    if wanted.concluded_from is not None:
        asked &= Q(concluded_on__gte=date(wanted.concluded_from, 1, 1))
    if wanted.concluded_to is not None:
        asked &= Q(concluded_on__lte=date(wanted.concluded_to, 12, 31))
    if wanted.handler == "mine":
        asked &= Q(handler=staff)
    elif wanted.handler == "none":
        asked &= Q(handler__isnull=True)
    if wanted.who:
        asked &= Q(handler__name__contains=wanted.who)
    return asked & _due(wanted.due)


def _due(due: str) -> Q:
    today = timezone.localdate()
    if due == "late":
        return Q(due_on__lt=today)
    if due == "soon":
        return Q(due_on__gte=today, due_on__lte=today + timedelta(days=3))
    if due == "filed_late":
        return Q(filed_on__gt=F("last_due_on"))
    if due == "obey":
        return Q(ordered_on__isnull=False, replied_on__isnull=True)
    return Q()


def _worded(staff: Staff, wanted: Wanted) -> Q:
    """每个词都要有：in the numbers, the body, the matter; in names only for who sees them all."""
    fields = ["number", "case_number", "body", "about", "paper_number", "application__number"]
    reach = reach_of(staff)
    organs = [wanted.organ] if wanted.organ is not None else [*reach.whole, *reach.own]
    if sees_names(staff, organs):
        fields.append("claimant")
    asked = Q()
    for word in wanted.text.split():
        either = Q()
        for name in fields:
            either |= Q(**{f"{name}__icontains": word})
        asked &= either
    return asked
