"""比率：shares（占33.9%）, rates（办结率100%） and growth（同比增长12.3%） in the prose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from gongkai.annual.checks.narrative.context import Context, Window
from gongkai.annual.checks.narrative.fact import Agreement, Fact, Kind, near
from gongkai.annual.checks.narrative.lexicon import Word
from gongkai.annual.checks.narrative.metrics import Figures, Metric
from gongkai.annual.checks.narrative.numbers import Number
from gongkai.annual.checks.narrative.sentences import Sentence
from gongkai.annual.checks.sums import Amount, show
from gongkai.annual.forms import TABLE_2, TABLE_4

_FALLING = ("下降", "减少", "回落", "降低", "下滑", "减", "降")
_RISING = ("增", "升", "提高", "多")


def share(window: Window, of: Fact, figures: Figures, sentence: Sentence) -> Fact | None:
    """占比：a share of the count before it, in everything answered, received or to be handled.

    The count itself is taken as the prose states it; whether that is right is another matter.
    """
    if "分别" in window.clause or of.kind is not Kind.COUNT:
        return None
    if any(ref.table == TABLE_2 for ref in of.cells):
        return None
    bases = _bases(of, figures)
    known = [base for base in bases if base.amount.exact and base.amount.value]
    actual = [Decimal(of.value) * 100 / Decimal(base.amount.value) for base in known]
    number = window.number
    for base, percent in zip(known, actual, strict=True):
        if near(number, percent):
            return _fact(
                f"{of.metric}占比", number, sentence, Agreement.CONFIRMED, base, Kind.SHARE
            )
    if len(known) < len(bases) or not known:
        return _fact(
            f"{of.metric}占比",
            number,
            sentence,
            Agreement.UNVERIFIED,
            bases[0],
            Kind.SHARE,
            "表中总数未填或者无法确定",
        )
    told = (
        f"{show(of.value)}件占{known[0].name}{show(known[0].amount.value)}件的{_percent(actual[0])}"
    )
    fact = _fact(
        f"{of.metric}占比", number, sentence, Agreement.CONTRADICTED, base, Kind.SHARE, told
    )
    return replace(fact, table_value=round(actual[0], max(number.places, 1)))


def _bases(of: Fact, figures: Figures) -> list[Metric]:
    if any(ref.table == TABLE_4 for ref in of.cells):
        groups = tuple(dict.fromkeys(ref.row for ref in of.cells))
        return [figures.dispute(groups)]
    return [figures.answered, figures.new, figures.to_handle]


def rate(window: Window, figures: Figures, sentence: Sentence) -> Fact | None:
    """办结率：what was answered, in what was to be handled.

    A rate of 100% is contradicted by requests carried out of the year, unless the sentence
    speaks of those then due（按时、按期、法定期限内）. Any other rate may rest on another
    definition: it is confirmed if it fits, and otherwise left alone.
    """
    if "公开率" in window.clause or not window.number.is_share:
        return None
    number, answered, all_of = window.number, figures.answered, figures.to_handle
    metric = Metric("办结率", (*answered.refs, *all_of.refs), answered.amount)
    if not (answered.amount.exact and all_of.amount.exact) or not all_of.amount.value:
        return _fact(
            "办结率",
            number,
            sentence,
            Agreement.UNVERIFIED,
            metric,
            Kind.RATE,
            "表中总数未填、无法确定或者为0",
        )
    actual = Decimal(answered.amount.value) * 100 / Decimal(all_of.amount.value)
    if near(number, actual):
        return replace(
            _fact("办结率", number, sentence, Agreement.CONFIRMED, metric, Kind.RATE),
            table_value=round(actual, max(number.places, 1)),
        )
    due_only = any(word in window.before[-30:] for word in ("按时", "按期", "期限", "及时"))
    plain_hundred = number.value == 100 and "办结率" in window.clause and not due_only
    counts = f"办结{show(answered.amount.value)}件，应办{show(all_of.amount.value)}件"
    reason = f"{counts}，为{_percent(actual)}"
    agreement = Agreement.CONTRADICTED if plain_hundred else Agreement.UNVERIFIED
    return replace(
        _fact("办结率", number, sentence, agreement, metric, Kind.RATE, reason),
        table_value=round(actual, max(number.places, 1)),
    )


def growth(
    window: Window, of: Fact, last_year: Figures | None, figures: Figures, sentence: Sentence
) -> Fact | None:
    """同比：growth over last year's figure, in percent or in cases; needs last year's report."""
    if of.kind is not Kind.COUNT or not of.cells:
        return None
    if re.search("申请(?:总|数)?量|申请数", window.clause):
        new = figures.new
        of = replace(of, metric=new.name, cells=new.refs)
    number, name = window.number, f"{of.metric}同比"
    words = "".join(token.text for token in window.left if token.word is Word.GROWTH)
    falling = any(word in words for word in _FALLING)
    if not (falling or number.is_share or any(word in words for word in _RISING)):
        return None  # 较上年度（80件）增长25%: the 80 are last year's
    now = figures.again(Metric(of.metric, of.cells, Amount(0, 0, 0)))
    if last_year is None:
        reason = "没有提供上一年度的报告"
        return _fact(name, number, sentence, Agreement.UNVERIFIED, now, Kind.GROWTH, reason)
    before = last_year.again(now)
    if not (before.amount.exact and now.amount.exact) or not before.amount.value:
        reason = "两年的数有未填、无法确定或者上年为0的"
        return _fact(name, number, sentence, Agreement.UNVERIFIED, now, Kind.GROWTH, reason)
    change = Decimal(now.amount.value) - Decimal(before.amount.value)
    actual = change * 100 / Decimal(before.amount.value) if number.is_share else change
    stated = -actual if falling else actual
    agrees = near(number, stated) if number.is_share else number.fits(stated)
    told = f"上年{show(before.amount.value)}件，本年{show(now.amount.value)}件"
    told += f"，变化{_percent(actual)}" if number.is_share else f"，变化{show(actual)}件"
    agreement = Agreement.CONFIRMED if agrees else Agreement.CONTRADICTED
    fact = _fact(name, number, sentence, agreement, now, Kind.GROWTH, told)
    return replace(fact, table_value=round(actual, 2))


def all_upheld(sentence: Sentence, figures: Figures, groups: Iterable[str]) -> Fact | None:
    """均获维持：nothing was corrected, and nothing ended otherwise.

    Cases still pending make it neither true nor false.
    """
    named = tuple(groups)
    if not named:
        return None
    upheld, *against = (
        figures.dispute(named, result) for result in ("结果维持", "结果纠正", "其他结果")
    )
    pending = figures.dispute(named, "尚未审结")
    lost = sum(int(metric.amount.value) for metric in against)
    refs = tuple(ref for metric in (upheld, *against) for ref in metric.refs)
    value = int(upheld.amount.value)
    if any(metric.amount.unknown for metric in (upheld, *against, pending)):
        agreement, reason = Agreement.UNVERIFIED, "表四有无法确定的格"
    elif lost:
        agreement, reason = Agreement.CONTRADICTED, f"表四结果纠正和其他结果共{lost}件"
    elif pending.amount.value:
        agreement, reason = (
            Agreement.UNVERIFIED,
            f"表四还有尚未审结的{show(pending.amount.value)}件",
        )
    else:
        agreement, reason = Agreement.CONFIRMED, ""
    return Fact(
        f"{figures.dispute(named).name}均维持",
        value,
        sentence.quote,
        sentence.place,
        agreement,
        refs,
        value,
        reason,
        Kind.RATE,
    )


def _fact(
    name: str,
    number: Number,
    sentence: Sentence,
    agreement: Agreement,
    metric: Metric,
    kind: Kind,
    reason: str = "",
) -> Fact:
    return Fact(
        name,
        number.value,
        sentence.quote,
        sentence.place,
        agreement,
        metric.refs,
        None,
        reason,
        kind,
    )


def _percent(figure: Decimal) -> str:
    return f"{round(figure, 2)}%"


def wants_rate(window: Window, context: Context) -> bool:
    """Whether a percentage is the rate at which requests were answered."""
    return any(token.word is Word.RATE for token in window.left) and context.about(
        Word.REQUEST, Word.OUTCOME
    )
