"""年度数字：Table 4 of the yearly report, counted from the cases（年报第四部分）.

What counts: a case is counted in every year from the one in which our copy came to the one in
which it was concluded, once in each: as 尚未审结 while it is pending on 31 December, under its
result in the year of its conclusion. It is concluded on the day of the decision that stood in the
end: a first judgment counts on its own day when nobody appeals; once an appeal is on record the
case is pending again until the second instance has spoken, and then counts on that day. So the
figure of a year may still move while an appeal against a judgment of December can be filed; the
filing of the year freezes it, and ``reporting`` shows the difference.

Cases struck as entered by mistake count nowhere.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q

from gongkai.annual.forms import DISPUTES, RESULTS, TOTAL
from gongkai.disputes.clock import REVIEW_LAW_2023
from gongkai.disputes.models import Dispute
from gongkai.disputes.queries import DisputeQuery
from gongkai.disputes.states import Challenged, Kind, Result
from gongkai.errors import BadInput
from gongkai.law.letters import RemedyKind
from gongkai.law.outcomes import OUTCOMES

#: 不予公开（条例第十四条至第十六条）：the outcomes that must go to review before court.
REFUSALS = tuple(one.code for one in OUTCOMES if one.remedy is RemedyKind.REVIEW_FIRST)
_KINDS = {kind.row: kind for kind in Kind}
_RESULTS = {str(result.label): result for result in Result}


def counted_in(organs: Collection[int], year: int) -> DisputeQuery:
    """计入某年的案件：concluded in the year, or pending on its last day; each once."""
    return Dispute.objects.standing().filter(in_the_count(year), organ__in=organs)


def in_the_count(year: int, column: str = TOTAL) -> Q:
    """计入某年：the condition on cases that are not struck; of one column, or of all."""
    ended_before = Q(concluded_on__isnull=False, concluded_on__lt=_first(year))
    counted = Q(received_on__lte=_last(year)) & ~ended_before
    return counted if column in (TOTAL, "") else counted & _standing_in(column, year)


def behind(organs: Collection[int], year: int, row: str, column: str) -> DisputeQuery:
    """某格后面的案件：the list behind a cell of Table 4, by its exchange names.

    Raises BadInput for a row or column the table does not have.
    """
    kind = _KINDS.get(row)
    if kind is None or column not in (*RESULTS, TOTAL):
        raise BadInput(f"表四没有“{row}”行“{column}”列。")
    rows = Dispute.objects.standing().filter(in_the_count(year, column), organ__in=organs)
    return rows.filter(kind=kind)


def table_4(organs: Collection[int], year: int) -> dict[str, dict[str, int]]:
    """表四：all fifteen cells, by their exchange names; one query."""
    cells = {
        f"c{place}": Count("pk", filter=_standing_in(column, year))
        for place, column in enumerate(RESULTS)
    }
    rows = counted_in(organs, year).order_by().values("kind").annotate(**cells)
    found = {kind: counts for kind, *counts in rows.values_list("kind", *cells)}
    table = {}
    for row in DISPUTES:
        counts = found.get(_KINDS[row], [0] * len(RESULTS))
        table[row] = {**dict(zip(RESULTS, counts, strict=True)), TOTAL: sum(counts)}
    return table


def carried(organs: Collection[int], year: int) -> dict[str, tuple[int, int]]:
    """上年结转：row → (open on 1 January, how many of them are counted in the year)."""
    before = Dispute.objects.pending_on(_last(year - 1)).filter(organ__in=organs)
    found = {
        line["kind"]: (line["open"], line["again"])
        for line in before.order_by()
        .values("kind")
        .annotate(open=Count("pk"), again=Count("pk", filter=in_the_count(year)))
    }
    return {row: found.get(_KINDS[row].value, (0, 0)) for row in DISPUTES}


def suits_against_refusals(organs: Collection[int], year: int) -> DisputeQuery:
    """对不予公开直接起诉的：counted in the year, begun since review comes first.

    行政复议法（2023年修订）第二十三条第一款第（四）项, since 2024-01-01; what a court took in
    before is not meant.
    """
    return counted_in(organs, year).filter(
        kind=Kind.DIRECT,
        challenged=Challenged.REPLY,
        outcome__in=REFUSALS,
        received_on__gte=REVIEW_LAW_2023,
    )


def direct_suits_against_refusals(organs: Collection[int], year: int) -> int:
    """对不予公开直接起诉的件数，供 T4-07 核验。"""
    return suits_against_refusals(organs, year).count()


def _standing_in(column: str, year: int) -> Q:
    """年底在哪一栏：尚未审结 is what was concluded later, or never."""
    if column in _RESULTS:
        return Q(concluded_on__lte=_last(year), result=_RESULTS[column])
    return Q(concluded_on__isnull=True) | Q(concluded_on__gt=_last(year))


def _first(year: int) -> date:
    return date(year, 1, 1)


def _last(year: int) -> date:
    return date(year, 12, 31)
