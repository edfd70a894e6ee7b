"""表三：收到和处理政府信息公开申请情况, the relations printed on the form and those it implies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gongkai.annual.checks.finding import Finding, Severity
from gongkai.annual.checks.records import Records
from gongkai.annual.checks.rule import FORM_NOTICE, Case, Judgement, NotApplicable, Unverified, rule
from gongkai.annual.checks.sums import Amount, Balance, add, cell_at, gap, short, show, weigh
from gongkai.annual.forms import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    OTHERWISE_THREE_ROWS,
    REFUSED,
    RESULTS_TOTAL,
    TABLE_3,
    TABLE_3_COLUMNS,
    TOTAL,
    UNABLE,
    Layout,
    Ref,
)
from gongkai.annual.model import Cell, Report, Undeterminable
from gongkai.law.articles import REGULATION

_RELATION_IN_HEAD = f"{FORM_NOTICE}（表三表头所印勾稽关系）"


def table_3(report: Report) -> Layout:
    """The layout of a report that has Table 3 and at least one figure in it."""
    layout = report.layout
    rows = report.tables.get(TABLE_3)
    if layout is None or rows is None:
        raise NotApplicable(report.absent.get(TABLE_3, "原文没有表三"))
    cells = (cell for columns in rows.values() for cell in columns.values())
    if not any(cell is not None and not isinstance(cell, Undeterminable) for cell in cells):
        raise NotApplicable("表三没有读到一个数字")
    return layout


@rule("T3-01", Severity.ERROR, _RELATION_IN_HEAD)
def what_came_in_went_somewhere(case: Case) -> Iterator[Judgement]:
    """各列：本年新收 + 上年结转 = 办理结果总计 + 结转下年度继续办理。

    The relation the form itself prints, for each of the seven columns. With a blank cell the
    column is not verified, unless the filled cells already contradict each other.
    """
    report = case.report
    table_3(report)
    verified = 0
    for column in TABLE_3_COLUMNS:
        came = _amount(case, ((NEW, column), (CARRIED_IN, column)))
        went = _amount(case, ((RESULTS_TOTAL, column), (CARRIED_OUT, column)))
        balance = weigh(came, went)
        verified += balance in (Balance.EQUAL, Balance.DIFFERENT)
        if balance is Balance.DIFFERENT:
            refs = [Ref(TABLE_3, row, column) for row in _CAME_AND_WENT]
            words = [_cell_words(report.cell(ref)) for ref in refs]
            yield Finding(
                "T3-01",
                Severity.ERROR,
                f"表三“{column}”列：本年新收{words[0]}加上年结转{words[1]}，合{show(came.value)}件；"
                f"办理结果总计{words[2]}加结转下年度{words[3]}，合{show(went.value)}件，"
                f"两边相差{show(gap(came, went))}件",
                expected=came.value,
                found=went.value,
                refs=tuple(refs),
                advice=f"核对“{column}”列四项，两边应当相等",
            )
        elif reason := _why_open(balance, came, went):
            yield Unverified(f"“{column}”列{reason}")
    _require(verified)


_CAME_AND_WENT = (NEW, CARRIED_IN, RESULTS_TOTAL, CARRIED_OUT)


@rule("T3-02", Severity.ERROR, FORM_NOTICE)
def results_add_up(case: Case) -> Iterator[Judgement]:
    """各列：（七）总计 = 各项办理结果之和。

    21 leaves in the 2021 form; 19 where （六）其他处理 is one row.
    """
    leaves = table_3(case.report).leaves
    verified = 0
    for column in TABLE_3_COLUMNS:
        results = _amount(case, ((row, column) for row in leaves))
        total = _amount(case, ((RESULTS_TOTAL, column),))
        balance = weigh(results, total)
        verified += balance in (Balance.EQUAL, Balance.DIFFERENT)
        if balance is Balance.DIFFERENT:
            shown = _addends(case.report, leaves, column)
            yield Finding(
                "T3-02",
                Severity.ERROR,
                f"表三“{column}”列：各项办理结果相加为{shown}{show(results.value)}件，"
                f"（七）总计填{show(total.value)}件，相差{show(gap(results, total))}件",
                expected=results.value,
                found=total.value,
                refs=(
                    Ref(TABLE_3, RESULTS_TOTAL, column),
                    *_figures(case.report, leaves, (column,)),
                ),
                advice="逐项核对办理结果，留意是否残留上一年度的数",
            )
        elif reason := _why_open(balance, results, total):
            yield Unverified(f"“{column}”列{reason}")
    _require(verified)


@rule("T3-03", Severity.ERROR, FORM_NOTICE)
def rows_add_up(case: Case) -> Iterator[Judgement]:
    """各行：总计 = 自然人 + 法人或其他组织五列之和。"""
    layout = table_3(case.report)
    verified = 0
    for row in layout.tables[TABLE_3]:
        kinds = _amount(case, ((row, column) for column in APPLICANTS))
        total = _amount(case, ((row, TOTAL),))
        balance = weigh(kinds, total)
        verified += balance in (Balance.EQUAL, Balance.DIFFERENT)
        if balance is Balance.DIFFERENT:
            yield Finding(
                "T3-03",
                Severity.ERROR,
                f"表三“{short(row)}”行：各类申请人相加为{show(kinds.value)}件，"
                f"总计填{show(total.value)}件，相差{show(gap(kinds, total))}件",
                expected=kinds.value,
                found=total.value,
                refs=tuple(Ref(TABLE_3, row, column) for column in TABLE_3_COLUMNS),
                advice="核对该行各列和总计",
            )
        elif reason := _why_open(balance, kinds, total):
            yield Unverified(f"“{short(row)}”行{reason}")
    _require(verified)


@rule("T3-04", Severity.ERROR, FORM_NOTICE)
def every_cell_is_a_count(case: Case) -> Iterator[Judgement]:
    """表三每一格都填不小于0的整数，没有的填0，不留空。

    A blank cell (or ``/``, ``—``) is a warning, since it may mean 0 or a figure forgotten;
    once someone has confirmed that blanks mean 0 it is a note. Anything below zero, or with
    a fraction, is an error.
    """
    table_3(case.report)
    yield from counts_only(case, "T3-04", TABLE_3)


def counts_only(case: Case, rule_id: str, table: str) -> Iterator[Judgement]:
    """Findings on the cells of a table that are blank, below zero or no whole numbers."""
    layout = case.report.layout
    assert layout is not None  # a rule is not called for a report without a form
    blank: list[Ref] = []
    unknown: dict[str, int] = {}
    for row, columns in layout.tables[table].items():
        for column in columns:
            cell = cell_at(case.report, table, row, column)
            if cell is None:
                blank.append(Ref(table, row, column))
            elif isinstance(cell, Undeterminable):
                unknown[cell.reason] = unknown.get(cell.reason, 0) + 1
            elif cell < 0 or cell != int(cell):
                name = table.split()[0]
                yield Finding(
                    rule_id,
                    Severity.ERROR,
                    f"{name}“{short(row)}”行“{column}”列填{show(cell)}，应当是不小于0的整数",
                    expected="不小于0的整数",
                    found=cell,
                    refs=(Ref(table, row, column),),
                )
    for reason, count in unknown.items():
        yield Unverified(f"{count}格无法确定：{reason}")
    if blank:
        yield _blank_cells(case, rule_id, table, blank)


def _blank_cells(case: Case, rule_id: str, table: str, blank: Sequence[Ref]) -> Finding:
    rows = list(dict.fromkeys(ref.row for ref in blank))
    if len(blank) == 1:
        ref = blank[0]
        where = f"“{short(ref.row)}”行“{ref.column}”列未填"
    else:
        named = "、".join(f"“{short(row)}”" for row in rows[:4])
        more = "等" if len(rows) > 4 else ""
        where = f"有{len(blank)}格未填，在{named}{more}{len(rows)}行"
    severity = Severity.NOTE if case.blank_as_zero else Severity.WARNING
    return Finding(
        rule_id,
        severity,
        f"{table.split()[0]}{where}" + ("，已确认按0处理" if case.blank_as_zero else ""),
        expected="不小于0的整数",
        found="空白",
        refs=tuple(blank),
        advice=_what_blanks_should_be(case.report, blank),
    )


def _what_blanks_should_be(report: Report, blank: Iterable[Ref]) -> str:
    """The figure for a blank 总计 whose row is otherwise filled; else to fill in 0 if none."""
    sure = []
    for ref in blank:
        if ref.table == TABLE_3 and ref.column == TOTAL:
            kinds = add(cell_at(report, TABLE_3, ref.row, column) for column in APPLICANTS)
            if kinds.exact:
                sure.append(f"“{short(ref.row)}”行总计按各列相加应为{show(kinds.value)}")
    return "；".join(sure[:3]) or "没有的填0；有数的补上"


@rule("T3-05", Severity.ERROR, REGULATION.article(50))
def carried_in_is_last_years_carried_out(case: Case) -> Iterator[Judgement]:
    """各列：本年的上年结转 = 上一年度报告的结转下年度继续办理。

    An organ that was merged or split in between has a reason to differ: waive the finding
    with that reason. Reports that are not of the same organ, or not of consecutive years,
    are not compared.
    """
    prior = case.prior
    table_3(case.report)
    table_3(prior)
    consecutive(case.report, prior)
    verified = 0
    for column in TABLE_3_COLUMNS:
        before = add([cell_at(prior, TABLE_3, CARRIED_OUT, column)])
        now = _amount(case, ((CARRIED_IN, column),))
        balance = weigh(before, now)
        verified += balance in (Balance.EQUAL, Balance.DIFFERENT)
        if balance is Balance.DIFFERENT:
            yield Finding(
                "T3-05",
                Severity.ERROR,
                f"表三“{column}”列：上一年度报告结转下年度{show(before.value)}件，"
                f"本年度报告上年结转{show(now.value)}件",
                expected=before.value,
                found=now.value,
                refs=(Ref(TABLE_3, CARRIED_IN, column),),
                advice="两年的结转数应当衔接；机关合并、拆分的写明原因",
            )
        elif reason := _why_open(balance, before, now):
            yield Unverified(f"“{column}”列{reason}")
    _require(verified)


def consecutive(report: Report, prior: Report) -> None:
    """Refuse to compare reports of different organs or of years that do not follow."""
    if report.year is not None and prior.year is not None and report.year != prior.year + 1:
        raise NotApplicable(f"对照的是{prior.year}年的报告，不是上一年度的")
    if report.organ and prior.organ and not same_organ(report.organ, prior.organ):
        raise NotApplicable(f"对照的是“{prior.organ}”的报告，不是同一机关")


def same_organ(one: str, other: str) -> bool:
    """同一机关：whether two names are one organ's, its province and spaces left out or not."""
    first, second = ("".join(name.split()) for name in (one, other))
    return first == second or first.endswith(second) or second.endswith(first)


@rule("T3-06", Severity.ERROR, REGULATION.article(50))
def table_3_is_what_the_ledger_counts(case: Case) -> Iterator[Judgement]:
    """表三各格等于办理台账中的件数：新收按收到日期，结转按12月31日未办结，结果按答复类型。

    An error for a report made from the ledger, a warning for one that was typed in.
    """
    ledger = case.ledger
    layout = table_3(case.report)
    for row, columns in layout.tables[TABLE_3].items():
        for column in columns:
            counted = _counted(ledger, layout, row, column)
            cell = cell_at(case.report, TABLE_3, row, column)
            if isinstance(cell, Undeterminable):
                yield Unverified(f"“{short(row)}”行“{column}”列无法确定：{cell.reason}")
            elif cell is None and counted == 0:
                continue
            elif cell != counted:
                yield Finding(
                    "T3-06",
                    Severity.ERROR if ledger.system_made else Severity.WARNING,
                    f"表三“{short(row)}”行“{column}”列填{_cell_words(cell)}，台账为{counted}件",
                    expected=counted,
                    found="空白" if cell is None else cell,
                    refs=(Ref(TABLE_3, row, column),),
                )


def _counted(ledger: Records, layout: Layout, row: str, column: str) -> int:
    rows = layout.leaves if row == RESULTS_TOTAL else (row,)
    columns = APPLICANTS if column == TOTAL else (column,)
    counts = ledger.applications
    return sum(counts.get(one, {}).get(other, 0) for one in rows for other in columns)


@rule("T3-07", Severity.WARNING, REGULATION.article(30))
def outcomes_have_their_letters(case: Case) -> Iterator[Judgement]:
    """逾期不补正、补正后仍不明确、逾期未缴费、大量反复申请、保护第三方权益，都有相应的文书。

    第三十条 (correction), 第三十二条 (third party), 第三十五条 (reasons), 第四十二条 (fee).
    """
    ledger = case.ledger
    layout = table_3(case.report)
    rows = layout.tables[TABLE_3]
    letters = (
        (OTHERWISE_THREE_ROWS[0], ledger.corrections, "补正通知"),
        (UNABLE[2], ledger.corrections, "补正通知"),
        (OTHERWISE_THREE_ROWS[1], ledger.fee_notices, "收费通知"),
        ("三、（五）4.无正当理由大量反复申请", ledger.reason_letters, "要求说明理由的文书"),
        (REFUSED[3], ledger.consultations, "征求第三方意见书"),
    )
    verified = 0
    for row, sent, letter in letters:
        if row not in rows:
            continue
        if sent is None:
            yield Unverified(f"没有{letter}的台账")
            continue
        outcome = _amount(case, ((row, TOTAL),))
        verified += 1
        # one request may end on a row without a letter of its own only if none was needed
        short_of = (
            outcome.value > sent if row in OTHERWISE_THREE_ROWS else outcome.value and not sent
        )
        if short_of:
            yield Finding(
                "T3-07",
                Severity.WARNING,
                f"表三“{short(row)}”{show(outcome.value)}件，台账里有{letter}{sent}件",
                expected=sent,
                found=outcome.value,
                refs=(Ref(TABLE_3, row, TOTAL),),
                advice=f"核对每件是否发过{letter}",
            )
    _require(verified, "没有文书台账")


@rule("T3-08", Severity.ERROR, _RELATION_IN_HEAD)
def nothing_comes_of_nothing(case: Case) -> Iterator[Judgement]:
    """没有新收也没有上年结转的，办理结果和结转下年度各项都为0。"""
    layout = table_3(case.report)
    came = _amount(case, ((NEW, TOTAL), (CARRIED_IN, TOTAL)))
    if came.unknown:
        raise NotApplicable(f"新收或者上年结转无法确定：{came.unknown}")
    if not came.exact:
        raise NotApplicable("新收或者上年结转的总计未填")
    if came.value:
        return
    rows = [row for row in layout.tables[TABLE_3] if row not in (NEW, CARRIED_IN)]
    refs = _figures(case.report, rows, TABLE_3_COLUMNS)
    if refs:
        yield Finding(
            "T3-08",
            Severity.ERROR,
            f"表三新收和上年结转总计都是0件，“{short(refs[0].row)}”等{len(refs)}格却不是0",
            expected=0,
            found=f"{len(refs)}格不是0",
            refs=refs,
            advice="没有申请的，各项都填0",
        )


def _amount(case: Case, cells: Iterable[tuple[str, str]]) -> Amount:
    rows = case.applications
    return add([rows[row][column] for row, column in cells], blank_as_zero=case.blank_as_zero)


def _why_open(balance: Balance, left: Amount, right: Amount) -> str:
    """Why two amounts could not be compared; empty if they could."""
    if balance is Balance.UNKNOWN:
        return f"无法核对：{left.unknown or right.unknown}"
    if balance is not Balance.OPEN:
        return ""
    blank = left.blank + right.blank
    apart = gap(left, right)
    return f"有{blank}格未填，无法核对" + (f"（空格合{show(apart)}件时才相符）" if apart else "")


def _require(verified: int, because: str = "有关各格未填或者无法确定") -> None:
    """Not applicable when not a single relation could be verified."""
    if not verified:
        raise NotApplicable(because)


def _figures(report: Report, rows: Iterable[str], columns: Sequence[str]) -> tuple[Ref, ...]:
    """The cells that hold something other than 0."""
    cells = (Ref(TABLE_3, row, column) for row in rows for column in columns)
    return tuple(ref for ref in cells if _is_figure(report.cell(ref)))


def _is_figure(cell: Cell) -> bool:
    return cell is not None and not isinstance(cell, Undeterminable) and cell != 0


def _addends(report: Report, rows: Iterable[str], column: str) -> str:
    """``6+6+4=``, if there are few enough to read."""
    cells = (report.cell(Ref(TABLE_3, row, column)) for row in rows)
    words = [str(cell) for cell in cells if _is_figure(cell)]
    return "+".join(words) + "=" if 1 < len(words) <= 9 else ""


def _cell_words(cell: Cell) -> str:
    if cell is None:
        return "（空白）"
    return "（无法确定）" if isinstance(cell, Undeterminable) else f"{show(cell)}件"
