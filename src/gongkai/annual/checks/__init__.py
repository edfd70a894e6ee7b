"""核验：every rule a published report can be held against, and what they say of one.

>>> from gongkai.annual.checks import RULES
>>> print(RULES["T3-01"].title)
各列：本年新收 + 上年结转 = 办理结果总计 + 结转下年度继续办理

Every cell of Table 3 stands in T3-03, and those in its column's sums in T3-01 and T3-02; every
cell of Table 4 in T4-01 to T4-03. No sum covers the cells of Table 2 (``uncovered``).
The relations across years are tried when ``last_year`` is given, those with the office's own
ledgers when ``records`` are, those between units in ``gongkai.annual.rollup``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from gongkai.annual.checks import applications as applications
from gongkai.annual.checks import disclosure as disclosure
from gongkai.annual.checks import disputes as disputes
from gongkai.annual.checks import form as form
from gongkai.annual.checks import prose as prose
from gongkai.annual.checks.finding import Finding, Place, Severity, Waivers, waive
from gongkai.annual.checks.narrative import Agreement, Fact, Kind
from gongkai.annual.checks.records import Records
from gongkai.annual.checks.rule import RULES, Case, Result, Rule, Status, Verdict
from gongkai.annual.forms import LAYOUTS, TABLE_2, Form, Ref
from gongkai.annual.model import Report

_ORDER = ("T3", "T4", "T2", "N", "F", "X")
_SORTED = sorted(RULES, key=lambda rule_id: (_ORDER.index(rule_id.partition("-")[0]), rule_id))
for _rule_id in _SORTED:
    RULES[_rule_id] = RULES.pop(_rule_id)

__all__ = [
    "RULES",
    "Agreement",
    "Case",
    "Fact",
    "Finding",
    "Kind",
    "Place",
    "Records",
    "Result",
    "Rule",
    "Severity",
    "Status",
    "Verdict",
    "Waivers",
    "check_report",
    "facts",
    "uncovered",
]


def check_report(
    report: Report,
    *,
    last_year: Report | None = None,
    siblings: Sequence[Report] = (),
    records: Records | None = None,
    today: date | None = None,
    waivers: Waivers | None = None,
    blank_as_zero: bool = False,
) -> Verdict:
    """核验：what every rule says of one report.

    ``last_year`` is the same organ's report of the year before, ``siblings`` other units'
    reports whose prose is to be compared, ``records`` the office's own ledgers, ``waivers``
    reasons by rule (``T2-03``) or by rule and row or column (``T3-05 自然人``). Blank cells
    count as 0 only with ``blank_as_zero``, after someone has confirmed it.
    """
    case = Case(report, last_year, tuple(siblings), records, today, blank_as_zero)
    results = [rule(case) for rule in RULES.values()]
    if waivers:
        results = [
            replace(result, findings=tuple(waive(one, waivers) for one in result.findings))
            for result in results
        ]
    return Verdict(report, tuple(results), tuple(case.facts))


def facts(report: Report, last_year: Report | None = None) -> list[Fact]:
    """正文数字：each number of the prose that speaks of something the tables count."""
    return list(Case(report, last_year).facts)


def uncovered(form: Form) -> tuple[Ref, ...]:
    """没有勾稽关系的单元格：cells a change of which no rule is bound to notice within one year.

    These are the cells of Table 2. Its figures hang together only with last year's (T2-01,
    T2-04, T2-07), with the prose where it speaks of them (N-01), or by inequality (T2-06).
    """
    return tuple(LAYOUTS[form].refs(TABLE_2))
