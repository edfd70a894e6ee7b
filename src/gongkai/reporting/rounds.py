"""一轮编报：who has been asked and has sent in what, for the pages of the competent department."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from gongkai.annual.checks import Verdict, check_report
from gongkai.annual.exchange import load
from gongkai.annual.model import Report
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.reporting.actions.calling import Progress, progress
from gongkai.reporting.assembling import last_year_of
from gongkai.reporting.models import Call, Filing, Reminder, Unit, Waiver
from gongkai.reporting.queries import AT_THE_DESK
from gongkai.reporting.states import CallState, Scope, State

#: 筛选：what the page of a round can be narrowed to.
CHOICES = {
    "": "全部单位",
    "sent": "已报",
    "missing": "未报送",
    "late": "逾期",
    "waiting": "待审核",
    "returned": "已退回",
    "found": "有错误",
    "zero": "零报告",
}


def calls_for(staff: Staff) -> QuerySet[Call]:
    """看得到的编报通知：one's own and those below; as a unit, those that have gone out to it."""
    seen = Q(pk__in=())
    above = organs_with(staff, frozenset({Duty.COMPETENT}))
    for path in Organ.objects.filter(pk__in=above).values_list("path", flat=True):
        seen |= Q(organ__path__startswith=path)
    asked = Unit.objects.filter(organ__in=organs_with(staff, AT_THE_DESK))
    seen |= Q(pk__in=asked.values("call")) & ~Q(state=CallState.DRAFT)
    return Call.objects.filter(seen).select_related("organ")


def competent_at(staff: Staff) -> QuerySet[Organ]:
    """主管的机关：where a person is the competent department, without those below."""
    return Organ.objects.filter(pk__in=organs_with(staff, frozenset({Duty.COMPETENT})))


@dataclass(frozen=True)
class Line:
    """一个单位：its progress, and of a report that is frozen what the rules say of it."""

    progress: Progress
    verdict: Verdict | None
    zero: bool
    urged: int
    urged_on: date | None

    @property
    def unit(self) -> Unit:
        """编报单位。"""
        return self.progress.unit

    @property
    def filing(self) -> Filing | None:
        """年报：the newest version."""
        return self.progress.filing

    @property
    def state(self) -> State | None:
        """状态。"""
        return State(self.filing.state) if self.filing else None

    @property
    def standing(self) -> str:
        """状态：in a word."""
        return self.state.label if self.state else "尚未编制"

    @property
    def errors(self) -> int:
        """没有说明的错误。"""
        return len(self.verdict.errors) if self.verdict else 0

    @property
    def warnings(self) -> int:
        """没有说明的警告。"""
        return len(self.verdict.warnings) if self.verdict else 0

    @property
    def waiting(self) -> bool:
        """待审核。"""
        return self.state == State.SUBMITTED

    def fits(self, wanted: str) -> bool:
        """符合筛选。"""
        tests = {
            "sent": self.progress.sent_in,
            "missing": self.progress.missing,
            "late": self.progress.late,
            "waiting": self.waiting,
            "returned": self.state == State.RETURNED,
            "found": bool(self.errors),
            "zero": self.zero,
        }
        return tests.get(wanted, True)


def lines(made: Call, on: date | None = None) -> list[Line]:
    """各单位：with the findings of what has been sent in; a fixed number of queries.

    What is still being written is not judged: it changes under the hand.
    """
    steps = progress(made, on)
    sent = [one.filing.pk for one in steps if one.filing and one.sent_in and one.filing.is_frozen]
    reports = _reports(sent)
    verdicts = _verdicts([one.filing for one in steps if one.filing], reports)
    urged = _urged(made)
    found = []
    for one in steps:
        key = one.filing.pk if one.filing else 0
        times, last = urged.get(one.unit.pk, (0, None))
        zero = key in reports and is_zero(reports[key])
        found.append(Line(one, verdicts.get(key), zero, times, last))
    return found


def _reports(keys: Iterable[int]) -> dict[int, Report]:
    rows = Filing.objects.filter(pk__in=keys).values_list("pk", "frozen")
    return {pk: load(frozen) for pk, frozen in rows}


def _verdicts(filings: Iterable[Filing], reports: Mapping[int, Report]) -> dict[int, Verdict]:
    """What the rules say, each held against its own last year."""
    judged = [one for one in filings if one.pk in reports]
    waivers: dict[int, dict[str, str]] = {}
    for one in Waiver.objects.filter(filing__in=[filing.pk for filing in judged]):
        waivers.setdefault(one.filing_id, {})[one.key] = one.reason
    before = _last_years(judged)
    return {
        one.pk: check_report(
            reports[one.pk], last_year=before.get(one.pk), waivers=waivers.get(one.pk)
        )
        for one in judged
    }


def _last_years(filings: list[Filing]) -> dict[int, Report]:
    """上年的年报：all at once; of an organ others were merged into, the sum, one by one."""
    if not filings:
        return {}
    keys = [one.organ_id for one in filings]
    heirs = set(Organ.objects.filter(successor__in=keys).values_list("successor", flat=True))
    rows = Filing.objects.filter(
        organ__in=keys, year=filings[0].year - 1, state=State.PUBLISHED
    ).values_list("organ", "scope", "name", "frozen")
    published = {_key(organ, scope, name): frozen for organ, scope, name, frozen in rows}
    found = {}
    for one in filings:
        if one.organ_id in heirs and one.scope != Scope.OUTSIDE:
            last = last_year_of(one)
        else:
            frozen = published.get(_key(one.organ_id, one.scope, one.name))
            last = load(frozen) if frozen is not None else None
        if last is not None:
            found[one.pk] = last
    return found


def _key(organ: int, scope: str, name: str) -> tuple[int, str, str]:
    return organ, scope, name if scope == Scope.OUTSIDE else ""


def is_zero(report: Report) -> bool:
    """零报告：every cell of the three tables is there and is 0."""
    cells = [cell for _, cell in report.cells()]
    return bool(cells) and all(cell == 0 for cell in cells)


def _urged(made: Call) -> dict[int, tuple[int, date]]:
    rows = Reminder.objects.filter(unit__call=made, rule="urge").values("unit")
    counted = rows.annotate(times=Count("pk"), last=Max("about"))
    return {row["unit"]: (row["times"], row["last"]) for row in counted}


@dataclass(frozen=True)
class Figures:
    """这一轮的数字：应报、已报、逾期、零报告 and the rest, each a filter of the page."""

    asked: int
    counted: Mapping[str, int]


def figures(found: list[Line]) -> Figures:
    """数字：of the whole round, whatever the page is narrowed to."""
    counted = Counter(name for line in found for name in CHOICES if name and line.fits(name))
    return Figures(len(found), counted)


def whole_of(made: Call) -> Filing | None:
    """汇总年报：of the government that calls, the newest version; None before it is begun."""
    return (
        Filing.objects.of(made.organ, Scope.WHOLE, made.year)
        .select_related("organ", "call")
        .first()
    )


def to_clear(staff: Staff) -> QuerySet[Filing]:
    """待审核的年报：of all below the competent department, the oldest first."""
    below = Q(pk__in=())
    for path in competent_at(staff).values_list("path", flat=True):
        below |= Q(organ__path__startswith=path)
    rows = Filing.objects.filter(below, state=State.SUBMITTED).select_related("organ")
    return rows.defer("frozen").order_by("submitted_at", "pk")


def judged(filings: Iterable[Filing]) -> dict[int, Verdict]:
    """核验：of several reports that have been sent in, by key."""
    rows = list(filings)
    reports = _reports([one.pk for one in rows])
    found: dict[int, Verdict] = {}
    for year in {one.year for one in rows}:
        found |= _verdicts([one for one in rows if one.year == year], reports)
    return found
