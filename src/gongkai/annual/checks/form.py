"""格式与时限：the six parts, the header facts, the labels, and the day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from gongkai.annual.checks.finding import Finding, Severity
from gongkai.annual.checks.organs import Kind, kind_of
from gongkai.annual.checks.rule import FORM_NOTICE, Case, Judgement, NotApplicable, rule
from gongkai.annual.forms import PARTS, TABLES, Form
from gongkai.annual.model import Cell, Report, Undeterminable
from gongkai.law.articles import REGULATION

_NUMERALS = "一二三四五六"
#: What a heading must speak of to be taken for the heading of its part.
_SUBJECTS = (
    re.compile("总体情况|概述|基本情况"),
    re.compile("主动公开"),
    re.compile("申请"),
    re.compile("复议|诉讼"),
    re.compile("问题"),
    re.compile("其他.*事项|需要报告|需要说明"),
)
#: Headings in real use that say the same and that nobody objects to: the wording of the 2019
#: form, and 和 or 及 for 、.
_ACCEPTED = (
    re.compile("(?:年度|工作)?(?:总体|基本)?情况|概述"),
    re.compile("(?:行政机关)?主动公开政府信息(?:的)?情况"),
    re.compile("(?:行政机关)?收到和处理政府信息公开申请(?:的)?情况"),
    re.compile(
        "(?:因)?政府信息公开(?:工作|申请)?(?:被申请|被)?(?:的)?行政复议[、和及与]*(?:被)?(?:提起)?行政诉讼(?:的)?情况"
    ),
    re.compile("(?:政府信息公开工作)?存在的?(?:主要)?问题[及和、与]改进情况"),
    re.compile("其他需要报告的?事项"),
)
_ELIDED = re.compile("省略原文|此处省略|节略")
_HEAD_NUMBER = re.compile(r"^[\s(（]*([一二三四五六七八九])[、.．)）\s]*")

#: 第四十九条第一款: departments submit and publish by 31 January.
DEPARTMENTS_BY = (1, 31, REGULATION.article(49, 1))
#: 第四十九条第二款: governments' reports are published by 31 March.
GOVERNMENTS_BY = (3, 31, REGULATION.article(49, 2))
#: A page dated later than this many days after the term was more likely moved than late.
MOVED_AFTER = 365


@rule("F-01", Severity.ERROR, FORM_NOTICE)
def six_parts_in_order(case: Case) -> Iterator[Judgement]:
    """六个部分的标题齐全，顺序和名称与统一格式一致。

    A part is missing for certain only when nothing in the whole text speaks of its subject;
    an abridged text, or one whose headings the reading may have lost, gives a warning. Parts
    out of order, and headings that name the part differently, are warnings.
    """
    case.prose()
    parts = case.report.parts
    numbers = [part.number for part in parts]
    for number in sorted(set(range(1, 7)) - set(numbers)):
        yield _missing(case.report, number)
    if [number for number in numbers if 1 <= number <= 6] != sorted(
        set(numbers) & set(range(1, 7))
    ):
        order = "、".join(_NUMERALS[number - 1] for number in numbers if 1 <= number <= 6)
        yield Finding(
            "F-01",
            Severity.WARNING,
            f"各部分的顺序为{order}，应当依次为一至六，各一次",
            expected="一、二、三、四、五、六",
            found=order,
        )
    for part in parts:
        if 1 <= part.number <= 6 and (wrong := _wrong_heading(part.number, part.heading)):
            standard = f"{_NUMERALS[part.number - 1]}、{PARTS[part.number - 1]}"
            yield Finding(
                "F-01",
                Severity.WARNING,
                f"标题不规范：第{_NUMERALS[part.number - 1]}部分标题为“{part.heading.strip()}”，"
                f"{wrong}，应为“{standard}”",
                expected=standard,
                found=part.heading.strip(),
                quote=part.heading,
            )


def _missing(report: Report, number: int) -> Finding:
    subject = _SUBJECTS[number - 1]
    texts = [text for part in report.parts for text in (part.heading, *part.paragraphs)]
    texts.extend(report.header.preamble)
    elided = any(_ELIDED.search(text) for text in texts)
    spoken_of = any(subject.search(text) for text in texts)
    whole = not report.absent and all(
        not isinstance(cell, Undeterminable)
        for table in TABLES
        for cell in _cells(report.tables.get(table))
    )
    certain = whole and not elided and not spoken_of and report.form is not None
    name = f"“{_NUMERALS[number - 1]}、{PARTS[number - 1]}”"
    return Finding(
        "F-01",
        Severity.ERROR if certain else Severity.WARNING,
        f"没有{name}这一部分" if certain else f"没有读到{name}的标题",
        expected=f"{_NUMERALS[number - 1]}、{PARTS[number - 1]}",
        found="没有",
        advice="补上该部分" if certain else "核对原文是否有这一部分、标题是否规范",
    )


def _cells(rows: Mapping[str, Mapping[str, Cell]] | None) -> Iterator[Cell]:
    """The cells of a table; one that is not there counts as a cell that cannot be told."""
    if rows is None:
        yield Undeterminable("原文没有这张表")
        return
    for columns in rows.values():
        yield from columns.values()


def _wrong_heading(number: int, heading: str) -> str:
    """How a heading departs from the form; empty if it does not."""
    squeezed = "".join(heading.split()).rstrip("。：:")
    if not squeezed:
        return ""
    head = _HEAD_NUMBER.match(squeezed)
    name = squeezed[head.end() :] if head else squeezed
    if head and head[1] != _NUMERALS[number - 1]:
        return f"序号是“{head[1]}”"
    return "" if _ACCEPTED[number - 1].fullmatch(name) else "名称与统一格式不同"


@rule("F-02", Severity.WARNING, FORM_NOTICE)
def header_states_the_facts(case: Case) -> Iterator[Judgement]:
    """开头写明编制依据、统计期限（当年1月1日至12月31日）和联系方式。

    Never more than a warning: the head of a web page often stands outside the text that was
    read. A report without a preamble at all is not judged.
    """
    case.prose()
    header = case.report.header
    if not header.preamble and header.period is None and not header.basis:
        raise NotApplicable("没有读到第一部分之前的开头文字")
    if any(_ELIDED.search(paragraph) for paragraph in header.preamble):
        raise NotApplicable("开头文字有省略")
    missing = []
    if not header.basis:
        missing.append("编制依据")
    if header.period is None:
        missing.append("统计期限")
    contact = header.contact
    if not (contact.phone or contact.email or contact.address):
        missing.append("联系方式")
    for fact in missing:
        yield Finding(
            "F-02",
            Severity.WARNING,
            f"开头没有写明{fact}",
            expected=fact,
            found="没有",
            advice=f"补上{fact}；写在页面别处的可以不补",
        )
    yield from _period(case.report)


def _period(report: Report) -> Iterator[Finding]:
    period, year = report.header.period, report.year
    if period is None or year is None:
        return
    expected = (date(year, 1, 1), date(year, 12, 31))
    if period != expected:
        found, due = (f"{first:%Y-%m-%d}至{last:%Y-%m-%d}" for first, last in (period, expected))
        yield Finding(
            "F-02",
            Severity.WARNING,
            f"统计期限写作{found}，{year}年度报告应为{due}",
            expected=due,
            found=found,
        )


@rule("F-03", Severity.ERROR, REGULATION.article(49))
def published_in_time(case: Case) -> Iterator[Judgement]:
    """部门的年度报告在次年1月31日前公布，政府的年度报告在次年3月31日前公布。

    Where the name does not tell whether the organ is a department or a government, the later
    day counts. 第四十九条 sets no day for townships. A page dated more than a year late was
    most likely moved to a new site, which is a warning.
    """
    report = case.report
    if report.year is None:
        raise NotApplicable("不知道是哪一年的报告")
    kind = kind_of(report.organ)
    if kind is Kind.TOWNSHIP:
        raise NotApplicable("《政府信息公开条例》第四十九条没有规定乡镇、街道的公布期限")
    month, day, basis = DEPARTMENTS_BY if kind is Kind.DEPARTMENT else GOVERNMENTS_BY
    due = date(report.year + 1, month, day)
    published = report.header.published_on
    if published is None:
        if case.today is None or case.today <= due:
            raise NotApplicable("不知道公布日期")
        raise NotApplicable(f"不知道公布日期（期限{due:%Y-%m-%d}已过）")
    if published <= due:
        return
    moved = (published - due).days > MOVED_AFTER
    yield Finding(
        "F-03",
        Severity.WARNING if moved else Severity.ERROR,
        f"页面日期{published:%Y-%m-%d}，{report.year}年度报告应当在{due:%Y-%m-%d}前公布（{basis}）"
        + ("；晚了一年以上，可能是网站迁移的日期" if moved else ""),
        expected=f"{due:%Y-%m-%d}前",
        found=f"{published:%Y-%m-%d}",
        advice="核对首次公布的日期",
    )


@rule("F-04", Severity.WARNING, FORM_NOTICE)
def labels_are_those_of_the_form(case: Case) -> Iterator[Judgement]:
    """表内文字与统一格式一字不差。

    A label misprinted but told apart（予已公开 for 予以公开） is a note; the reading says which.
    """
    if case.report.form is None:
        raise NotApplicable("没有法定表格")
    for remark in case.report.remarks:
        if remark.code == "misprinted-label":
            yield Finding(
                "F-04",
                Severity.NOTE,
                remark.message,
                refs=() if remark.ref is None else (remark.ref,),
                quote=remark.quote,
                advice="按统一格式改正表内文字",
            )


@rule("F-05", Severity.WARNING, FORM_NOTICE)
def form_is_that_of_the_year(case: Case) -> Iterator[Judgement]:
    """2021年度起用2021年格式，2019、2020年度用2019年试行格式。

    Also when （六）其他处理, three rows since 2021, was filled in as one.
    """
    year, form = case.report.year, case.report.form
    if year is None or form is None:
        raise NotApplicable("不知道是哪一年的报告")
    if form is Form.MIXED:
        told = "表三“（六）其他处理”填作一行，2021年格式分为三行"
    elif form is Form.Y2019 and year >= 2021:
        told = f"{year}年度报告仍用2019年试行格式的表格"
    elif form is Form.Y2021 and year < 2021:
        told = f"{year}年度报告用了2021年格式的表格"
    else:
        return
    yield Finding(
        "F-05",
        Severity.WARNING,
        told,
        expected="2021" if year >= 2021 else "2019",
        found=form.value,
    )
