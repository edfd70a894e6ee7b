"""正文的规则：numbers against the tables, fees, empty parts, copied text, copied years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongkai.annual.checks.applications import same_organ
from gongkai.annual.checks.finding import Finding, Place, Severity
from gongkai.annual.checks.narrative.fact import Agreement, Fact, Kind
from gongkai.annual.checks.narrative.prose import COPIED, FEWEST, MUCH_COPIED, likeness
from gongkai.annual.checks.rule import FORM_NOTICE, Case, Judgement, NotApplicable, Unverified, rule
from gongkai.annual.checks.sums import cell_at, show
from gongkai.annual.forms import OTHERWISE_THREE_ROWS, TABLE_2, TABLE_3, TOTAL
from gongkai.annual.model import Part, Report, Undeterminable
from gongkai.law.articles import REGULATION

_FEE = re.compile("信息(?:公开)?处理费|处理费|收费|费用|收取")
_NO_FEE = re.compile("未(?:发生|收取|产生)|没有|无|不收|0元|零元|未.{0,8}收(?:取|费)")
_ELIDED = re.compile("省略原文|此处省略|节略")
_NOTHING_TO_SAY = re.compile(
    r"[（(]?(?:目前|本年度)?(?:暂?无|没有|不存在|略|/|—|-)?(?:存在)?(?:的)?(?:主要|明显)?(?:问题)?[。）)]*"
)
#: A part five of fewer characters than this can hardly name a problem and its remedy.
_SHORTEST_PROBLEMS = 10


@rule("N-01", Severity.ERROR, FORM_NOTICE)
def prose_says_what_the_tables_say(case: Case) -> Iterator[Judgement]:
    """正文中与表格统计同一事项的件数，与表格一致。

    An error where the prose uses the table's own word for an exact number, speaks of the
    whole organ's whole year, the cells are filled, no other reading of the tables explains
    the number, and no other sentence states it rightly. Everything else is a warning:

    - 收到75件 where 新收 is 74 and 上年结转 1: the sum is right and only its name is wrong;
    - a class of outcomes whose cells are partly blank (上海市人民政府办公厅 2019: 无法提供265件
      against 337 in the filled cells): the two disagree, but a table with blank cells cannot
      prove which of them is mistaken;
    - documents（规章、规范性文件）, since 市政府制发 may be fewer than the table counts;
    - applicants, which may break down received or answered requests; single rows, which are
      paraphrased; and 未收到、未发生, which seldom say what exactly is denied.
    """
    case.prose()
    facts = [fact for fact in case.facts if fact.kind in (Kind.COUNT, Kind.DENIAL, Kind.MONEY)]
    if not facts:
        raise NotApplicable("正文没有说到表格统计的数字")
    for fact in facts:
        if fact.agreement is Agreement.CONTRADICTED:
            yield _contradicted(fact)
        elif fact.agreement is Agreement.UNVERIFIED and fact.cells:
            yield Unverified(f"“{fact.name}”{show(fact.value)}：{fact.reason}")


def _contradicted(fact: Fact) -> Finding:
    told = "没有" if fact.kind is Kind.DENIAL else f"为{show(fact.value)}"
    unit = "元" if fact.kind is Kind.MONEY else "件"
    if fact.kind is not Kind.DENIAL:
        told += unit
    table = "表格未填" if fact.table_value is None else f"表格为{show(fact.table_value)}{unit}"
    reason = f"（{fact.reason}）" if fact.reason else ""
    return Finding(
        "N-01",
        Severity.ERROR if fact.certain else Severity.WARNING,
        f"正文说“{fact.name}”{told}，{table}{reason}",
        expected=fact.table_value,
        found=fact.value,
        refs=fact.cells,
        quote=fact.quote,
        place=fact.place,
        advice="核对正文与表格，写明口径（如“含上年结转”）",
    )


@rule("N-02", Severity.WARNING, FORM_NOTICE)
def fees_are_spoken_of_in_part_six(case: Case) -> Iterator[Judgement]:
    """收取过信息处理费，或者有逾期未缴费而不再处理的申请，第六部分写明收费情况。

    A fee that the prose says was collected, or a count in the row 逾期未按收费通知要求缴纳费用.
    """
    case.prose()
    collected = [fact for fact in _fees(case) if fact.value]
    unpaid = cell_at(case.report, TABLE_3, OTHERWISE_THREE_ROWS[1], TOTAL)
    not_paid = 0 if unpaid is None or isinstance(unpaid, Undeterminable) else unpaid
    part = case.report.part(6)
    if part is None:
        raise NotApplicable("没有读到第六部分")
    if _ELIDED.search(part.text):
        raise NotApplicable("第六部分原文有省略")
    if not collected and not not_paid:
        return
    if _FEE.search(part.text):
        return
    if collected:
        told = f"正文说收取信息处理费{show(collected[0].value)}元"
    else:
        told = f"表三“逾期未按收费通知要求缴纳费用”{show(not_paid)}件"
    yield Finding(
        "N-02",
        Severity.WARNING,
        f"{told}，第六部分没有说明收费情况",
        expected="第六部分写明信息处理费",
        found="没有",
        quote=part.text[:60],
        advice="在第六部分写明发出收费通知的件数、总金额和实际收取的总金额",
    )


def _fees(case: Case) -> list[Fact]:
    return [fact for fact in case.facts if fact.metric == "信息处理费"]


@rule("N-03", Severity.ERROR, REGULATION.article(50, 1, 4))
def parts_five_and_six_say_something(case: Case) -> Iterator[Judgement]:
    """第五部分写明存在的问题和改进情况，第六部分不空白；第六部分可以写“无其他需要报告的事项”。

    A part that was not read, or whose text was abridged, is not judged. 无 is enough for
    part six but says nothing in part five（第五十条第一款第四项）; a part five too short to
    name a problem and its remedy is a warning.
    """
    case.prose()
    read = 0
    for number in (5, 6):
        part = case.report.part(number)
        if part is None or _ELIDED.search(part.text):
            yield Unverified(f"没有读到第{'五六'[number - 5]}部分的全文")
            continue
        read += 1
        bare = "".join(part.text.split())
        if not bare:
            yield _empty(part, "没有内容")
        elif number == 5 and _NOTHING_TO_SAY.fullmatch(bare):
            yield _empty(part, f"只写了“{bare}”")
        elif number == 5 and len(bare) < _SHORTEST_PROBLEMS:
            yield _empty(part, f"只写了“{bare}”", Severity.WARNING)
    if not read:
        raise NotApplicable("没有读到第五、第六部分")


def _empty(part: Part, told: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(
        "N-03",
        severity,
        f"第{'五六'[part.number - 5]}部分“{part.heading.strip()}”{told}",
        expected="问题和改进情况"
        if part.number == 5
        else "其他事项，没有的写“无其他需要报告的事项”",
        found=told,
        advice="补写该部分",
    )


@rule("N-04", Severity.WARNING, FORM_NOTICE)
def prose_is_not_copied(case: Case) -> Iterator[Judgement]:
    """正文不与本机关上一年度的报告、其他单位的报告雷同。

    Sentences are compared with numbers and years taken out and what the form prescribes left
    aside; a sentence counts as copied when four fifths of its three-character shingles stand
    in one sentence of the other text. Six tenths of the sentences copied give a warning, four
    tenths a note（《通知》: 内容雷同、敷衍塞责 are grounds under 第四十七条）.
    """
    case.prose()
    others = [*([case.last_year] if case.last_year else []), *case.siblings]
    others = [other for other in others if other.parts]
    if not others:
        raise NotApplicable("没有提供可比较的报告正文")
    for other in others:
        yield from copied_prose(case.report, other)


def copied_prose(report: Report, other: Report) -> Iterator[Finding]:
    """雷同：findings on how much of a report's prose stands in another's."""
    alike = likeness(report, other)
    if alike.sentences < FEWEST or alike.share < MUCH_COPIED:
        return
    own = same_organ(report.organ, other.organ)
    whose = f"本机关{other.year or '上一'}年度报告" if own else f"“{other.organ}”的报告"
    yield Finding(
        "N-04",
        Severity.WARNING if alike.share >= COPIED else Severity.NOTE,
        f"正文{alike.sentences}句中有{alike.copied}句（{alike.share:.0%}）与{whose}相同或者几乎相同",
        expected=f"不超过{COPIED:.0%}",
        found=f"{alike.share:.0%}",
        quote=alike.examples[0] if alike.examples else "",
        advice="按本年度的实际情况改写",
    )


@rule("N-05", Severity.WARNING, FORM_NOTICE)
def shares_and_rates_are_right(case: Case) -> Iterator[Judgement]:
    """正文中的占比、办结率，与有关数字算得的一致。

    A share is taken of the count as stated, in everything answered, received, or to be
    handled, whichever fits; one unit in the last place is allowed for cutting off instead of
    rounding.
    """
    yield from _of_kinds(case, "N-05", (Kind.SHARE, Kind.RATE), "正文没有说到可以核对的占比")


@rule("N-06", Severity.WARNING, FORM_NOTICE)
def growth_is_right(case: Case) -> Iterator[Judgement]:
    """正文中的同比增减，与上一年度报告算得的一致。"""
    yield from _of_kinds(case, "N-06", (Kind.GROWTH,), "正文没有说到可以核对的同比增减")


def _of_kinds(
    case: Case, rule_id: str, kinds: Iterable[Kind], otherwise: str
) -> Iterator[Judgement]:
    case.prose()
    facts = [fact for fact in case.facts if fact.kind in kinds]
    if not facts:
        raise NotApplicable(otherwise)
    for fact in facts:
        if fact.agreement is Agreement.UNVERIFIED:
            yield Unverified(f"“{fact.name}”{show(fact.value)}：{fact.reason}")
        elif fact.agreement is Agreement.CONTRADICTED:
            yield Finding(
                rule_id,
                Severity.WARNING,
                f"正文说“{fact.name}”{show(fact.value)}，算得不同：{fact.reason}",
                expected=fact.table_value,
                found=fact.value,
                refs=fact.cells,
                quote=fact.quote,
                place=fact.place,
                advice="重新计算",
            )
    if all(fact.agreement is Agreement.UNVERIFIED for fact in facts):
        raise NotApplicable("没有可以核对的")


_PLANS = re.compile(
    r"(20\d\d)年(?:度)?[^。；]{0,14}?(?:将|要|拟|计划|继续|进一步|着力|加大|下一步|工作(?:措施|打算|计划|思路))"
)
_AHEAD = re.compile(r"下一步|今后|下一?年|改进措施|整改措施|改进情况|打算")


@rule("N-07", Severity.NOTE, FORM_NOTICE)
def plans_are_for_the_coming_year(case: Case) -> Iterator[Judgement]:
    """第五部分的下一步计划说的是下一年度，不沿用上年文本的年份。

    A plan dated in the reporting year or before, standing after the words 下一步、改进措施 or
    整改措施, was most likely copied from last year. A note, since 改进情况 may also tell what
    was already done this year.
    """
    case.prose()
    year, part = case.report.year, case.report.part(5)
    if year is None or part is None:
        raise NotApplicable("没有读到年度或者第五部分")
    for number, paragraph in enumerate(part.paragraphs, start=1):
        bare = "".join(paragraph.split())
        ahead = _AHEAD.search(bare)
        if ahead is None:
            continue
        for match in _PLANS.finditer(bare, ahead.start()):
            if int(match[1]) <= year:
                yield Finding(
                    "N-07",
                    Severity.NOTE,
                    f"第五部分的改进打算写作“{match[1]}年”，"
                    f"{year}年度报告的下一步应当是{year + 1}年",
                    expected=f"{year + 1}年",
                    found=f"{match[1]}年",
                    quote=_around(bare, match.start()),
                    place=Place(5, number),
                    advice="核对年份是否沿用上年文本",
                )


def _around(text: str, at: int) -> str:
    start = max(text.rfind("。", 0, at), text.rfind("；", 0, at)) + 1
    end = text.find("。", at)
    return text[start : end + 1 if end >= 0 else len(text)]


@rule("N-08", Severity.NOTE, FORM_NOTICE)
def lapsed_documents_are_accounted_for(case: Case) -> Iterator[Judgement]:
    """正文说有文件失效的，核对表二的废止件数、现行有效件数是否把失效的计算在内。

    Whether 失效 counts among 废止 the form does not say, so this is only a note.
    """
    case.prose()
    facts = [fact for fact in case.facts if fact.metric == "失效" and fact.value]
    if not facts:
        raise NotApplicable("正文没有说到文件失效")
    for fact in facts:
        repealed = cell_at(case.report, TABLE_2, fact.subject, "本年废止件数")
        if repealed is None or isinstance(repealed, Undeterminable):
            yield Unverified("表二的废止件数未填或者无法确定")
        elif repealed < fact.value:
            yield Finding(
                "N-08",
                Severity.NOTE,
                f"正文说{fact.subject}失效{show(fact.value)}件，表二废止{show(repealed)}件，"
                "没有把失效的计算在内",
                expected=None,
                found=fact.value,
                quote=fact.quote,
                place=fact.place,
                advice="确认现行有效件数已经减去失效的件数",
            )
