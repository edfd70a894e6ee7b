"""正文事实：one thing the prose says of a figure, and whether the tables say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from gongkai.annual.checks.finding import Place, plain
from gongkai.annual.checks.narrative.metrics import Metric
from gongkai.annual.checks.narrative.numbers import Number
from gongkai.annual.checks.sums import show
from gongkai.annual.forms import TABLE_3, Ref
from gongkai.annual.model import Figure


class Agreement(StrEnum):
    """核对结果：whether prose and tables agree; the values are the words people read."""

    CONFIRMED = "一致"
    CONTRADICTED = "不一致"
    UNVERIFIED = "无法核对"


class Kind(StrEnum):
    """说法：in what way a figure is spoken of."""

    COUNT = "count"
    DENIAL = "denial"
    SHARE = "share"
    RATE = "rate"
    GROWTH = "growth"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Fact:
    """正文事实：a figure in the prose, its sentence, and what the tables say.

    ``certain`` is true of a contradiction that nothing excuses: the table's own word, an
    exact number, filled cells, and no other reading of the tables that would explain it.
    """

    metric: str
    value: Figure
    quote: str
    place: Place
    agreement: Agreement
    cells: tuple[Ref, ...] = ()
    #: What the tables say; a lower bound where cells are blank, ``None`` where they say nothing.
    table_value: Figure | None = None
    reason: str = ""
    kind: Kind = Kind.COUNT
    #: 规章 or 行政规范性文件, where the metric alone does not tell.
    subject: str = ""
    certain: bool = False

    @property
    def verdict(self) -> str:
        """一致, 不一致 or 无法核对."""
        return self.agreement.value

    @property
    def name(self) -> str:
        """The metric as a sentence names it: 行政规范性文件现行有效."""
        return f"{self.subject}{self.metric}" if self.subject != self.metric else self.metric

    def as_dict(self) -> dict[str, Any]:
        """The fact as JSON values."""
        return {
            "metric": self.metric,
            "subject": self.subject,
            "kind": self.kind.value,
            "value": plain(self.value),
            "quote": self.quote,
            "place": str(self.place),
            "verdict": self.verdict,
            "table_value": plain(self.table_value),
            "reason": self.reason,
            "cells": [ref._asdict() for ref in self.cells],
        }


@dataclass(frozen=True)
class Reading:
    """读法：what a number may be.

    ``metrics`` are readings of equal right: any that fits confirms the number. ``otherwise``
    would explain a number that fits none of them, with the words for it. ``doubt`` says why
    a contradiction proves nothing; ``own`` that the prose uses the table's own words.
    """

    metrics: tuple[Metric, ...]
    otherwise: tuple[tuple[Metric, str], ...] = ()
    doubt: str = ""
    own: bool = True

    @property
    def counts_requests(self) -> bool:
        """Whether it is read as a figure of Table 3."""
        return any(ref.table == TABLE_3 for metric in self.metrics for ref in metric.refs)


@dataclass(frozen=True)
class Judged:
    """What a number was found to be, before it is written down as a fact."""

    metric: Metric
    agreement: Agreement
    reason: str = ""
    certain: bool = False


def judge(number: Number, reading: Reading) -> Judged:
    """核对：hold a number against its readings."""
    compared = [(metric, compare(number, metric)) for metric in reading.metrics]
    for metric, agreement in compared:
        if agreement is Agreement.CONFIRMED:
            return Judged(metric, agreement, _with_blanks(metric))
    metric = reading.metrics[0]
    if any(agreement is Agreement.UNVERIFIED for _, agreement in compared):
        return Judged(metric, Agreement.UNVERIFIED, why_unverified(metric))
    if reading.doubt:
        return Judged(metric, Agreement.UNVERIFIED, reading.doubt)
    for other, words in reading.otherwise:
        if compare(number, other) is Agreement.CONFIRMED and other.amount.exact:
            return Judged(metric, Agreement.CONTRADICTED, words)
    certain = reading.own and number.exact and metric.amount.exact
    return Judged(metric, Agreement.CONTRADICTED, _with_blanks(metric), certain)


def compare(number: Number, metric: Metric) -> Agreement:
    """Whether a number is what some cells add up to; blank cells make their sum a lower bound."""
    amount = metric.amount
    if amount.unknown or not amount.filled:
        return Agreement.UNVERIFIED
    if number.fits(amount.value):
        return Agreement.CONFIRMED
    if amount.exact or number.high < amount.value:
        return Agreement.CONTRADICTED
    return Agreement.UNVERIFIED


def why_unverified(metric: Metric) -> str:
    """Why a metric cannot be told from the tables."""
    amount = metric.amount
    if amount.unknown:
        return amount.unknown
    if not amount.filled:
        return "表中未填"
    return f"表中有{amount.blank}格未填，已填的合{show(amount.value)}"


def _with_blanks(metric: Metric) -> str:
    if metric.amount.exact:
        return ""
    return f"表中有{metric.amount.blank}格未填，已填的合{show(metric.amount.value)}"


def as_fact(
    number: Number, judged: Judged, *, quote: str, place: Place, kind: Kind = Kind.COUNT
) -> Fact:
    """写成事实：a judged number with its sentence."""
    amount = judged.metric.amount
    told = None if amount.unknown or not amount.filled else amount.value
    return Fact(
        metric=judged.metric.name,
        value=number.value,
        quote=quote,
        place=place,
        agreement=judged.agreement,
        cells=judged.metric.refs,
        table_value=told,
        reason=judged.reason,
        kind=kind,
        subject=judged.metric.subject,
        certain=judged.certain,
    )


def confirmed_elsewhere(facts: Sequence[Fact]) -> set[str]:
    """Metrics that some sentence states as the tables do."""
    return {fact.name for fact in facts if fact.agreement is Agreement.CONFIRMED}


def near(stated: Number, actual: Decimal) -> bool:
    """Whether a stated percentage is the actual one, rounded or cut off at its last place."""
    place = Decimal(1).scaleb(-stated.places)
    apart = Decimal(stated.value) - actual
    return -place < apart <= place / 2 or (not stated.exact and stated.fits(actual))
