"""表四：政府信息公开行政复议、行政诉讼情况."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.annual.checks.applications import consecutive, counts_only
from gongkai.annual.checks.finding import Finding, Severity
from gongkai.annual.checks.rule import FORM_NOTICE, Case, Judgement, NotApplicable, Unverified, rule
from gongkai.annual.checks.sums import Amount, Balance, add, cell_at, show, total_of, weigh
from gongkai.annual.forms import (
    DIRECT_SUIT,
    DISPUTES,
    RECONSIDERATION,
    REFUSED,
    RESULTS,
    RESULTS_TOTAL,
    SUIT_AFTER_RECONSIDERATION,
    TABLE_4,
    TABLE_4_COLUMNS,
    TOTAL,
    Ref,
)
from gongkai.annual.model import Report, Undeterminable
from gongkai.law import articles

_PENDING = RESULTS[3]
#: 行政复议法（2023年修订）施行之年：from then on a refusal must go to review before court.
REVIEW_FIRST_SINCE = articles.RECONSIDERATION.in_force.year


def table_4(report: Report) -> None:
    """Refuse a report that has no Table 4."""
    if report.tables.get(TABLE_4) is None:
        raise NotApplicable(report.absent.get(TABLE_4, "原文没有表四"))


@rule("T4-01", Severity.ERROR, FORM_NOTICE)
def reviews_add_up(case: Case) -> Iterator[Judgement]:
    """行政复议：总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结。"""
    yield from _results_add_up(case, "T4-01", RECONSIDERATION)


@rule("T4-02", Severity.ERROR, FORM_NOTICE)
def direct_suits_add_up(case: Case) -> Iterator[Judgement]:
    """未经复议直接起诉：总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结。"""
    yield from _results_add_up(case, "T4-02", DIRECT_SUIT)


@rule("T4-03", Severity.ERROR, FORM_NOTICE)
def suits_after_review_add_up(case: Case) -> Iterator[Judgement]:
    """复议后起诉：总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结。"""
    yield from _results_add_up(case, "T4-03", SUIT_AFTER_RECONSIDERATION)


def _results_add_up(case: Case, rule_id: str, group: str) -> Iterator[Judgement]:
    table_4(case.report)
    cells = [cell_at(case.report, TABLE_4, group, column) for column in TABLE_4_COLUMNS]
    results = add(cells[:4], blank_as_zero=case.blank_as_zero)
    total = add(cells[4:], blank_as_zero=case.blank_as_zero)
    balance = weigh(results, total)
    if balance is Balance.UNKNOWN:
        raise NotApplicable(f"无法核对：{results.unknown or total.unknown}")
    if balance is Balance.OPEN:
        raise NotApplicable(f"{_name(group)}有{results.blank + total.blank}格未填，无法核对")
    if balance is Balance.DIFFERENT:
        shown = "+".join("空" if cell is None else str(cell) for cell in cells[:4])
        yield Finding(
            rule_id,
            Severity.ERROR,
            f"表四“{_name(group)}”：四项结果相加为{shown}={show(results.value)}件，"
            f"总计填{show(total.value)}件",
            expected=results.value,
            found=total.value,
            refs=tuple(Ref(TABLE_4, group, column) for column in TABLE_4_COLUMNS),
            advice="核对四项结果和总计",
        )


def _name(group: str) -> str:
    return group.removeprefix("行政诉讼-")


@rule("T4-04", Severity.ERROR, articles.REGULATION.article(50, 1, 3))
def table_4_is_what_the_ledger_counts(case: Case) -> Iterator[Judgement]:
    """表四各格等于复议诉讼台账中的件数。

    An error for a report made from the ledger, a warning for one that was typed in.
    """
    ledger = case.ledger
    table_4(case.report)
    if ledger.disputes is None:
        raise NotApplicable("没有复议诉讼台账")
    for group in DISPUTES:
        counts = ledger.disputes.get(group, {})
        for column in TABLE_4_COLUMNS:
            columns = RESULTS if column == TOTAL else (column,)
            counted = sum(counts.get(one, 0) for one in columns)
            cell = cell_at(case.report, TABLE_4, group, column)
            if isinstance(cell, Undeterminable):
                yield Unverified(f"“{_name(group)}”“{column}”无法确定：{cell.reason}")
            elif cell != counted and not (cell is None and counted == 0):
                filled = "未填" if cell is None else f"填{show(cell)}件"
                yield Finding(
                    "T4-04",
                    Severity.ERROR if ledger.system_made else Severity.WARNING,
                    f"表四“{_name(group)}”“{column}”{filled}，台账为{counted}件",
                    expected=counted,
                    found="空白" if cell is None else cell,
                    refs=(Ref(TABLE_4, group, column),),
                )


@rule("T4-05", Severity.WARNING, articles.REGULATION.article(50, 1, 3))
def pending_cases_come_back(case: Case) -> Iterator[Judgement]:
    """上一年度尚未审结的案件，本年度要么审结、要么仍未审结，总计不少于上一年度尚未审结数。

    The form has no row for cases carried over, so without the ledger only the totals tell.
    """
    table_4(case.report)
    if case.records is not None and case.records.carried_disputes:
        yield from _carried_by_the_ledger(case)
        return
    prior = case.prior
    table_4(prior)
    consecutive(case.report, prior)
    verified = 0
    for group in DISPUTES:
        pending = add([cell_at(prior, TABLE_4, group, _PENDING)])
        total = _total(case, group)
        if not (pending.exact and total.exact):
            yield Unverified(f"“{_name(group)}”有未填或者无法确定的格")
            continue
        verified += 1
        if total.value < pending.value:
            yield Finding(
                "T4-05",
                Severity.WARNING,
                f"表四“{_name(group)}”：上一年度尚未审结{show(pending.value)}件，"
                f"本年度总计只有{show(total.value)}件",
                expected=pending.value,
                found=total.value,
                refs=(Ref(TABLE_4, group, TOTAL),),
                advice="核对上一年度未审结的案件是否漏计",
            )
    if not verified:
        raise NotApplicable("有关各格未填或者无法确定")


def _carried_by_the_ledger(case: Case) -> Iterator[Judgement]:
    for group, (open_before, seen) in case.ledger.carried_disputes.items():
        if seen < open_before:
            yield Finding(
                "T4-05",
                Severity.WARNING,
                f"台账中{_name(group)}年初尚未审结{open_before}件，本年度只见{seen}件",
                expected=open_before,
                found=seen,
                refs=(Ref(TABLE_4, group, TOTAL),),
                advice="在台账中补记结果",
            )


@rule("T4-06", Severity.WARNING, articles.REGULATION.article(50, 1, 3))
def suits_after_review_had_a_review(case: Case) -> Iterator[Judgement]:
    """复议后起诉的总计，不多于本年度和上一年度审结的行政复议。

    A suit follows a review within fifteen days（行政诉讼法第四十五条）, but a suit pending
    from an earlier year is counted again, so more is a matter to look into, not an error.
    """
    table_4(case.report)
    suits, reviews = _total(case, SUIT_AFTER_RECONSIDERATION), _concluded(case.report)
    if not suits.exact:
        raise NotApplicable("“复议后起诉”总计未填或者无法确定")
    if reviews.exact and suits.value <= reviews.value:
        return
    prior = case.prior
    consecutive(case.report, prior)
    table_4(prior)
    earlier = _concluded(prior)
    if not (reviews.exact and earlier.exact):
        raise NotApplicable("“行政复议”有未填或者无法确定的格")
    if suits.value > reviews.value + earlier.value:
        yield Finding(
            "T4-06",
            Severity.WARNING,
            f"表四“复议后起诉”总计{show(suits.value)}件，而两年审结的行政复议只有"
            f"{show(earlier.value)}加{show(reviews.value)}件",
            expected=reviews.value + earlier.value,
            found=suits.value,
            refs=(Ref(TABLE_4, SUIT_AFTER_RECONSIDERATION, TOTAL),),
            advice="核对是否把直接起诉的案件计入复议后起诉",
        )


def _concluded(report: Report) -> Amount:
    """Reviews that ended in the year: upheld, corrected or otherwise."""
    return add(cell_at(report, TABLE_4, RECONSIDERATION, column) for column in RESULTS[:3])


def _total(case: Case, group: str) -> Amount:
    return add([cell_at(case.report, TABLE_4, group, TOTAL)], blank_as_zero=case.blank_as_zero)


@rule("T4-07", Severity.WARNING, articles.RECONSIDERATION.article(23, 1, 4))
def refusals_go_to_review_first(case: Case) -> Iterator[Judgement]:
    """2024年起，对不予公开（条例第十四条至第十六条）不服的应当先复议，不应直接起诉。

    The table does not tell what a direct suit was about: while other answers could be its
    subject this is a note; when refusals are the only answers of the year, a warning. With
    the office's ledger the suits concerned are counted.
    """
    year = case.report.year
    if year is None:
        raise NotApplicable("不知道是哪一年的报告")
    if year < REVIEW_FIRST_SINCE:
        raise NotApplicable(f"{year}年度对不予公开不服的可以直接起诉")
    table_4(case.report)
    suits = _total(case, DIRECT_SUIT)
    if not suits.exact:
        raise NotApplicable("“未经复议直接起诉”总计未填或者无法确定")
    if case.records is not None and case.records.direct_suits_against_refusals is not None:
        count = case.records.direct_suits_against_refusals
        if count:
            yield _direct_suits(count, Severity.WARNING, f"台账中有{count}件是对不予公开直接起诉")
        return
    refused = total_of(case.report, REFUSED[:7])
    if not suits.value or refused.unknown or not refused.value:
        return
    answered = total_of(case.report, (RESULTS_TOTAL,))
    only_refusals = answered.exact and answered.value == refused.value
    severity = Severity.WARNING if only_refusals else Severity.NOTE
    told = (
        f"表四“未经复议直接起诉”{show(suits.value)}件，"
        f"表三不予公开（前七项）{show(refused.value)}件"
    )
    yield _direct_suits(suits.value, severity, told)


def _direct_suits(count: object, severity: Severity, told: str) -> Finding:
    return Finding(
        "T4-07",
        severity,
        f"{told}；2024年起对不予公开不服的应当先申请行政复议",
        expected=0,
        found=str(count),
        refs=(Ref(TABLE_4, DIRECT_SUIT, TOTAL),),
        advice="核对直接起诉的案件是否针对不予公开，以及答复书中救济途径的写法",
    )


@rule("T4-08", Severity.ERROR, FORM_NOTICE)
def every_dispute_cell_is_a_count(case: Case) -> Iterator[Judgement]:
    """表四每一格都填不小于0的整数，没有的填0，不留空。

    Blank cells are a warning, as in Table 3.
    """
    table_4(case.report)
    yield from counts_only(case, "T4-08", TABLE_4)
