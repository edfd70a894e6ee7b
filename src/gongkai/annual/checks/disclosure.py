"""表二：主动公开政府信息情况.

The figures of Table 2 hang together only across years: within one year the form has no sum
in it, so a single figure of this table changed goes unseen by any rule unless it breaks an
inequality, jumps by orders of magnitude, or is spoken of in the prose.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.annual.checks.applications import consecutive
from gongkai.annual.checks.finding import Finding, Severity
from gongkai.annual.checks.organs import may_make_rules
from gongkai.annual.checks.rule import (
    FORM_NOTICE,
    FORM_NOTICE_2019,
    SINCE_2019_ONLY,
    SINCE_2021,
    Case,
    Judgement,
    NotApplicable,
    Unverified,
    rule,
)
from gongkai.annual.checks.sums import add, cell_at, show
from gongkai.annual.forms import (
    CHANGE,
    FEE_AMOUNT,
    FEES,
    IN_FORCE,
    ISSUED,
    LAST_YEAR,
    MONEY,
    OPEN_IN_ALL,
    OPENED,
    REPEALED,
    RULES,
    SIGNED,
    TABLE_2,
    Form,
    Layout,
    Ref,
)
from gongkai.annual.model import Cell, Figure, Report, Undeterminable
from gongkai.law.articles import REGULATION

#: 万元 to the 分 has six decimals; more means that the figure is no sum of money.
MOST_DECIMALS = 6
#: A change of this factor and more from one year to the next is more likely a slip between
#: 元 and 万元 (10 000) or a misplaced point (100) than a change in what was collected.
UNIT_SLIP = 50
#: 1 000 亿元 collected by one organ: no local organ collects as much.
MOST_FEES = 10_000_000

_RULES_BASIS = "《立法法》第九十一条、第九十三条"


def table_2(report: Report) -> Layout:
    """The layout of a report that has Table 2."""
    if report.layout is None or report.tables.get(TABLE_2) is None:
        raise NotApplicable(report.absent.get(TABLE_2, "原文没有表二"))
    return report.layout


@rule("T2-01", Severity.WARNING, REGULATION.article(20, 1, 1))
def in_force_follows_from_last_year(case: Case) -> Iterator[Judgement]:
    """现行有效件数 = 上一年度现行有效件数 + 本年制发件数 − 本年废止件数。

    In the 2019 form: 对外公开总数量 = 上一年度对外公开总数量 + 本年新公开数量. Where the prose
    says that documents lapsed（失效）and exactly those are missing, it is a note: whether 失效
    counts among 废止 the form does not say. Between a 2020 report and a 2021 report nothing
    is compared, since the columns count different things.
    """
    prior = case.prior
    layout, before = table_2(case.report), table_2(prior)
    consecutive(case.report, prior)
    if (layout.form is Form.Y2019) != (before.form is Form.Y2019):
        raise NotApplicable("两年的表格格式不同，各列统计的不是同一件事")
    verified = 0
    for row, row_before in ((RULES, RULES), (layout.normative, before.normative)):
        judged = list(_follows(case, row, row_before, layout))
        verified += not any(isinstance(one, Unverified) for one in judged)
        yield from judged
    if not verified:
        raise NotApplicable("有关各格未填或者无法确定")


def _follows(case: Case, row: str, row_before: str, layout: Layout) -> Iterator[Judgement]:
    report, prior = case.report, case.prior
    if layout.form is Form.Y2019:
        stock, plus, minus = OPEN_IN_ALL, OPENED, None
    else:
        stock, plus, minus = IN_FORCE, ISSUED, REPEALED
    last = figure(cell_at(prior, TABLE_2, row_before, stock))
    now = figure(cell_at(report, TABLE_2, row, stock))
    more = figure(cell_at(report, TABLE_2, row, plus))
    less = 0 if minus is None else figure(cell_at(report, TABLE_2, row, minus))
    if last is None or now is None or more is None or less is None:
        yield Unverified(f"“{row}”行有未填或者无法确定的格")
        return
    expected = last + more - less
    if expected == now:
        return
    lapsed = _lapsed(case, row)
    explained = lapsed is not None and expected - lapsed == now
    columns = [stock, plus] + ([minus] if minus else [])
    told = f"{show(last)}加{show(more)}" + (f"减{show(less)}" if minus else "")
    yield Finding(
        "T2-01",
        Severity.NOTE if explained else Severity.WARNING,
        f"表二“{row}”：上一年度{told}应为{show(expected)}件，“{stock}”填{show(now)}件，"
        f"相差{show(max(expected - now, now - expected))}件"
        + (f"，正是正文所说失效的{show(lapsed)}件" if explained and lapsed is not None else ""),
        expected=expected,
        found=now,
        refs=tuple(Ref(TABLE_2, row, column) for column in columns),
        advice="说明失效文件是否计入废止" if explained else "核对制发、废止、失效和现行有效的件数",
    )


def _lapsed(case: Case, row: str) -> Figure | None:
    """How many documents the prose says lapsed, if it says so."""
    return next(
        (fact.value for fact in case.facts if fact.metric == "失效" and fact.subject == row), None
    )


@rule("T2-02", Severity.ERROR, REGULATION.article(20, 1, 1))
def in_force_is_what_the_library_holds(case: Case) -> Iterator[Judgement]:
    """现行有效件数 = 文件库中12月31日有效的件数。

    An error for a report made from the records, a warning for one that was typed in.
    """
    ledger = case.ledger
    layout = table_2(case.report)
    if ledger.in_force is None:
        raise NotApplicable("没有规章、规范性文件库")
    stock = OPEN_IN_ALL if layout.form is Form.Y2019 else IN_FORCE
    for row, held in ledger.in_force.items():
        cell = cell_at(case.report, TABLE_2, row, stock)
        filled = figure(cell)
        if isinstance(cell, Undeterminable):
            yield Unverified(f"“{row}”“{stock}”无法确定：{cell.reason}")
        elif filled != held:
            yield Finding(
                "T2-02",
                Severity.ERROR if ledger.system_made else Severity.WARNING,
                f"表二“{row}”“{stock}”{'未填' if filled is None else f'填{show(filled)}件'}，"
                f"文件库中有效的{held}件",
                expected=held,
                found="空白" if filled is None else filled,
                refs=(Ref(TABLE_2, row, stock),),
            )


@rule("T2-03", Severity.WARNING, _RULES_BASIS)
def only_rule_makers_have_rules(case: Case) -> Iterator[Judgement]:
    """有规章制定权的机关才有规章：国务院部门，省级政府，设区的市、自治州政府。

    Told from the organ's name alone, so never more than a warning.
    """
    layout = table_2(case.report)
    if not case.report.organ:
        raise NotApplicable("不知道是哪个机关的报告")
    if may_make_rules(case.report.organ):
        return
    refs = [Ref(TABLE_2, RULES, column) for column in layout.tables[TABLE_2][RULES]]
    counts = {ref: count for ref in refs if (count := figure(case.report.cell(ref)))}
    if counts:
        shown = "、".join(f"“{ref.column}”{show(count)}件" for ref, count in counts.items())
        yield Finding(
            "T2-03",
            Severity.WARNING,
            f"表二规章{shown}，而“{case.report.organ}”看名称没有规章制定权",
            expected=0,
            found=max(counts.values()),
            refs=tuple(counts),
            advice="规章以外的文件填在规范性文件行；公开的是上级规章的，填0",
        )


@rule("T2-04", Severity.WARNING, FORM_NOTICE, SINCE_2021)
def fees_are_in_ten_thousands(case: Case) -> Iterator[Judgement]:
    """行政事业性收费以万元为单位，小数不超过六位，与上一年度不应相差百倍。

    A figure more than 50 times, or less than a fiftieth of, last year's is taken for a slip
    of the unit; one above a thousand 亿元 is too large for any organ.
    """
    table_2(case.report)
    ref = Ref(TABLE_2, FEES, FEE_AMOUNT)
    amount = figure(case.report.cell(ref))
    if amount is None:
        raise NotApplicable("收费金额未填或者无法确定")
    if isinstance(amount, Decimal) and _decimals(amount) > MOST_DECIMALS:
        yield _fee(ref, amount, f"有{_decimals(amount)}位小数，万元到分只有六位", "")
    if amount > MOST_FEES:
        yield _fee(ref, amount, "超过一千亿元", "核对单位是否误作元")
    if case.last_year is not None and case.last_year.form in SINCE_2021:
        yield from _unit_slip(ref, amount, figure(case.last_year.cell(ref)))


def _unit_slip(ref: Ref, now: Figure, before: Figure | None) -> Iterator[Finding]:
    if not now or not before:
        return
    ratio = Decimal(now) / Decimal(before)
    if ratio >= UNIT_SLIP or ratio <= Decimal(1) / UNIT_SLIP:
        told = f"上一年度{show(before)}万元，相差约{_factor(ratio)}倍"
        yield _fee(ref, now, told, "核对单位是否为万元", expected=before)


def _fee(
    ref: Ref, amount: Figure, told: str, advice: str, expected: Figure | None = None
) -> Finding:
    return Finding(
        "T2-04",
        Severity.WARNING,
        f"表二行政事业性收费填{show(amount)}万元，{told}",
        expected=expected,
        found=amount,
        refs=(ref,),
        advice=advice,
    )


def _decimals(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _factor(ratio: Decimal) -> str:
    return show((ratio if ratio >= 1 else 1 / ratio).quantize(Decimal(1)))


@rule("T2-05", Severity.ERROR, FORM_NOTICE)
def every_cell_of_table_2_is_a_figure(case: Case) -> Iterator[Judgement]:
    """表二件数填不小于0的整数，金额填不小于0的数，没有的填0，不留空。

    Only 本年增/减 may be below zero. A blank cell, also ``/`` or ``—``, is a warning.
    """
    layout = table_2(case.report)
    blank: list[Ref] = []
    for ref in layout.refs(TABLE_2):
        cell = cell_at(case.report, *ref)
        if cell is None:
            blank.append(ref)
        elif isinstance(cell, Undeterminable):
            yield Unverified(f"“{ref.row}”“{ref.column}”无法确定：{cell.reason}")
        elif (cell < 0 and ref.column not in SIGNED) or (
            cell != int(cell) and ref.column not in MONEY
        ):
            yield Finding(
                "T2-05",
                Severity.ERROR,
                f"表二“{ref.row}”“{ref.column}”填{show(cell)}，应当是不小于0的"
                + ("数" if ref.column in MONEY else "整数"),
                found=cell,
                refs=(ref,),
            )
    if blank:
        shown = "、".join(f"“{ref.row}”“{ref.column}”" for ref in blank[:4])
        yield Finding(
            "T2-05",
            Severity.NOTE if case.blank_as_zero else Severity.WARNING,
            f"表二{shown}{'等' if len(blank) > 4 else ''}{len(blank)}格未填",
            expected="不小于0的数",
            found="空白",
            refs=tuple(blank),
            advice="没有的填0",
        )


@rule("T2-06", Severity.WARNING, FORM_NOTICE)
def stock_is_not_less_than_flow(case: Case) -> Iterator[Judgement]:
    """现行有效件数不少于本年制发减去本年废止；2019年格式的对外公开总数量不少于本年新公开数量。

    What was issued this year and not repealed is in force on 31 December, so this holds
    whatever last year's figure was. A document may lapse in the year it was issued: a warning.
    """
    layout = table_2(case.report)
    for row in (RULES, layout.normative):
        if layout.form is Form.Y2019:
            stock, plus, minus = OPEN_IN_ALL, OPENED, None
        else:
            stock, plus, minus = IN_FORCE, ISSUED, REPEALED
        amount = add([cell_at(case.report, TABLE_2, row, stock)])
        flow = add([cell_at(case.report, TABLE_2, row, plus)])
        gone = add([] if minus is None else [cell_at(case.report, TABLE_2, row, minus)])
        if not (amount.exact and flow.exact and gone.exact):
            yield Unverified(f"“{row}”行有未填或者无法确定的格")
        elif amount.value < flow.value - gone.value:
            told = f"“{plus}”{show(flow.value)}件" + (
                f"、“{minus}”{show(gone.value)}件" if minus else ""
            )
            yield Finding(
                "T2-06",
                Severity.WARNING,
                f"表二“{row}”：“{stock}”只有{show(amount.value)}件，少于按{told}应有的件数",
                expected=flow.value - gone.value,
                found=amount.value,
                refs=tuple(Ref(TABLE_2, row, one) for one in (stock, plus, minus) if one),
                advice="核对现行有效件数是否只填了本年的数",
            )


@rule("T2-07", Severity.NOTE, FORM_NOTICE_2019, SINCE_2019_ONLY)
def last_years_items_follow(case: Case) -> Iterator[Judgement]:
    """2019年格式：上一年项目数量 = 上一年度报告的上一年项目数量 + 本年增/减。

    Offices count 项目 in different ways from year to year, so this is never more than a note.
    """
    prior = case.prior
    layout, before = table_2(case.report), table_2(prior)
    consecutive(case.report, prior)
    if before.form is not Form.Y2019:
        raise NotApplicable("上一年度的报告不是2019年格式")
    for row, columns in layout.tables[TABLE_2].items():
        if LAST_YEAR not in columns:
            continue
        now = figure(cell_at(case.report, TABLE_2, row, LAST_YEAR))
        items = figure(cell_at(prior, TABLE_2, row, LAST_YEAR))
        change = figure(cell_at(prior, TABLE_2, row, CHANGE))
        if now is None or items is None or change is None:
            yield Unverified(f"“{row}”行有未填或者无法确定的格")
        elif now != items + change:
            yield Finding(
                "T2-07",
                Severity.NOTE,
                f"表二“{row}”：上一年度报告项目{show(items)}、增减{show(change)}，"
                f"本年度“上一年项目数量”应为{show(items + change)}，填{show(now)}",
                expected=items + change,
                found=now,
                refs=(Ref(TABLE_2, row, LAST_YEAR),),
            )


def figure(cell: Cell) -> Figure | None:
    """The figure in a cell, or ``None`` when it is blank or undeterminable."""
    return None if cell is None or isinstance(cell, Undeterminable) else cell
