"""败诉分析：how cases ended, and what those that were lost were about.

Counted over cases concluded in a span of years, by the day of the decision that stood in the end;
every figure is a filter of the ledger, and opens to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from gongkai.applications.models.application import OUTCOME_CHOICES
from gongkai.disputes.models import Dispute
from gongkai.disputes.states import Cause, Challenged, Result
from gongkai.disputes.worklist import NONE
from gongkai.law.articles import REGULATION
from gongkai.organs.models import Organ, Staff
from gongkai.theme.charts import Chart, bars

_OUTCOMES, _CAUSES = dict(OUTCOME_CHOICES), dict(Cause.choices)
_REGULATION = f"{REGULATION!r}"
#: So many articles are drawn; the ledger has them all.
MOST = 12
_RESULTS = {
    name: Count("pk", filter=Q(result=value))
    for name, value in (
        ("upheld", Result.UPHELD), ("reversed", Result.REVERSED), ("other", Result.OTHER),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """统计范围：years of conclusion, both included, one organ or all one sees."""

    first: int
    last: int
    organ: int | None = None
    kind: str = ""

    def ledger(self, **also: Any) -> str:
        """台账里的这些案件：the address of the list behind a figure."""
        told = {
            "concluded_from": self.first, "concluded_to": self.last, "organ": self.organ,
            "kind": self.kind, **also,
        }  # fmt: skip
        kept = {name: value for name, value in told.items() if value not in ("", None)}
        return f"{reverse('disputes:ledger')}?{urlencode(kept)}"


@dataclass(frozen=True, slots=True)
class Line:
    """一行：of a year or an organ; ``urls`` open each figure, by the same names."""

    label: str
    counts: Mapping[str, int]
    urls: Mapping[str, str]

    @property
    def lost(self) -> float | None:
        """纠正率，百分数：None while nothing was concluded."""
        total = self.counts["total"]
        return round(100 * self.counts["reversed"] / total, 1) if total else None


@dataclass(frozen=True, slots=True)
class Analysis:
    """一段时间的败诉分析。"""

    total: Line
    years: list[Line]
    organs: list[Line]
    charts: list[Chart]


def analyse(staff: Staff, span: Span) -> Analysis:
    """败诉分析：of what the person may see; four queries whatever there is."""
    rows = Dispute.objects.on_the_desk_of(staff).standing().order_by()
    rows = rows.filter(concluded_on__year__gte=span.first, concluded_on__year__lte=span.last)
    if span.organ is not None:
        rows = rows.filter(organ=span.organ)
    if span.kind:
        rows = rows.filter(kind=span.kind)
    years = [
        _line(f"{line['concluded_on__year']}年", line,
              Span(line["concluded_on__year"], line["concluded_on__year"], span.organ, span.kind))
        for line in _grouped(rows, "concluded_on__year")
    ]  # fmt: skip
    found = _grouped(rows, "organ")
    names = dict(
        Organ.objects.filter(pk__in=[line["organ"] for line in found])
        .order_by()
        .values_list("pk", "name")
    )
    organs = [
        _line(names[line["organ"]], line, Span(span.first, span.last, line["organ"], span.kind))
        for line in found
    ]
    total: dict[str, int] = dict.fromkeys(("total", *_RESULTS), 0)
    for one in years:
        for name in total:
            total[name] += one.counts[name]
    return Analysis(_line("合计", total, span), years, organs, _charts(rows, span, organs))


def _grouped(rows: Any, by: str) -> list[dict[str, Any]]:
    counted = rows.values(by).annotate(total=Count("pk"), **_RESULTS)
    return list(counted.order_by(by))


def _line(label: str, counts: Mapping[str, int], span: Span) -> Line:
    urls = {"total": span.ledger()} | {
        name: span.ledger(result=result)
        for name, result in (
            ("upheld", Result.UPHELD.value), ("reversed", Result.REVERSED.value),
            ("other", Result.OTHER.value),
        )
    }  # fmt: skip
    return Line(label, {name: int(counts[name]) for name in urls}, urls)


def _charts(rows: Any, span: Span, organs: list[Line]) -> list[Chart]:
    """图：what the lost cases were about, four times over."""
    lost = rows.filter(result=Result.REVERSED)
    told = lost.values("challenged", "outcome", "article", "cause").annotate(count=Count("pk"))
    found = list(told)
    charts = [
        _by_outcome(found, span),
        _chart("被纠正的案件，按答复依据的条文", _added(found, "article"), {}, "article", span),
        _chart("被纠正的案件，按被纠正的原因", _added(found, "cause"), _CAUSES, "cause", span),
    ]
    if len(organs) > 1:
        lines = [one for one in organs if one.counts["reversed"]]
        lines.sort(key=lambda one: -one.counts["reversed"])
        named = [(one.label, one.counts["reversed"], one.urls["reversed"]) for one in lines]
        charts.append(bars("被纠正的案件，按机关", named[:MOST]))
    return [chart for chart in charts if chart.bars]


def _by_outcome(found: list[dict[str, Any]], span: Span) -> Chart:
    """按答复结果：an organ that was silent gave none, which is a bar of its own."""
    silent = [line for line in found if line["challenged"] == Challenged.SILENCE]
    spoken = [line for line in found if line["challenged"] != Challenged.SILENCE]
    rows = [
        (_OUTCOMES.get(code, "没有登记"), count,
         span.ledger(result=Result.REVERSED.value, outcome=code or NONE))
        for code, count in _added(spoken, "outcome")
    ]  # fmt: skip
    if number := sum(line["count"] for line in silent):
        url = span.ledger(result=Result.REVERSED.value, challenged=Challenged.SILENCE.value)
        rows.append((str(Challenged.SILENCE.label), number, url))
    return bars("被纠正的案件，按原答复结果", sorted(rows, key=lambda row: -row[1])[:MOST])


def _added(found: list[dict[str, Any]], by: str) -> list[tuple[str, int]]:
    """The counts by one of the columns, the largest first."""
    counts: dict[str, int] = {}
    for line in found:
        counts[line[by]] = counts.get(line[by], 0) + line["count"]
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _shortened(article: str) -> str:
    """条例第十六条第一款：as there is room for on a chart."""
    return article.replace(_REGULATION, "条例")


def _chart(
    caption: str, counts: list[tuple[str, int]], names: Mapping[str, str], by: str, span: Span
) -> Chart:
    rows = [
        (names.get(code, _shortened(code)) or "没有登记", count,
         span.ledger(result=Result.REVERSED.value, **{by: code or NONE}))
        for code, count in counts[:MOST]
    ]  # fmt: skip
    return bars(caption, rows)
