"""规则与发现：what a rule of the yearly report is, and what it can say.

A rule is a generator that takes a ``Case`` and yields a ``Finding`` for each thing it objects
to and an ``Unverified`` for each relation it could not look at; it raises ``NotApplicable``
when there is nothing for it to look at. So a rule has three answers, and all are kept:
通过, 有发现, and 不适用 with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from gongkai.annual.checks.finding import Finding, Severity
from gongkai.annual.checks.narrative import Fact, read_facts
from gongkai.annual.checks.sums import cell_at
from gongkai.annual.forms import TABLE_3, Form
from gongkai.annual.model import Cell, Report
from gongkai.law.articles import Article

if TYPE_CHECKING:
    from gongkai.annual.checks.records import Records

#: 年报格式的发布文件：where the printed relations, the six parts and the notes to the form stand.
FORM_NOTICE = "国办公开办函〔2021〕30号"
FORM_NOTICE_2019 = "国办公开办函〔2019〕60号"

Basis: TypeAlias = Article | str


class Status(StrEnum):
    """规则结果：the three answers of a rule."""

    PASSED = "passed"
    FOUND = "found"
    NOT_APPLICABLE = "not-applicable"

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return {"passed": "通过", "found": "有发现", "not-applicable": "不适用"}[self.value]


@dataclass(frozen=True, slots=True)
class Unverified:
    """无法核对：one relation that could not be looked at, and why, as a Chinese sentence."""

    reason: str


class NotApplicable(Exception):
    """不适用：a rule has nothing to look at; the argument is the reason, for people."""


Judgement: TypeAlias = Finding | Unverified


@dataclass
class Case:
    """待核验的年报：a report with everything its rules may compare it with."""

    report: Report
    last_year: Report | None = None
    siblings: Sequence[Report] = ()
    records: Records | None = None
    today: date | None = None
    #: Someone has confirmed that the blank cells mean 0.
    blank_as_zero: bool = False

    @cached_property
    def facts(self) -> list[Fact]:
        """正文数字：each number of the prose that speaks of something the tables count."""
        return read_facts(self.report, self.last_year, blank_as_zero=self.blank_as_zero)

    @cached_property
    def applications(self) -> dict[str, dict[str, Cell]]:
        """表三：every cell of the form's Table 3, undeterminable where the source has none."""
        layout = self.report.layout
        rows = {} if layout is None else layout.tables[TABLE_3]
        return {
            row: {column: cell_at(self.report, TABLE_3, row, column) for column in columns}
            for row, columns in rows.items()
        }

    @property
    def prior(self) -> Report:
        """The same organ's report of the year before; without it the rule is not applicable."""
        if self.last_year is None:
            raise NotApplicable("没有提供上一年度的报告")
        if self.last_year.form is None:
            raise NotApplicable("上一年度的报告是2019年以前的旧格式，没有法定表格")
        return self.last_year

    @property
    def ledger(self) -> Records:
        """The office's own records; without them the rule is not applicable."""
        if self.records is None:
            raise NotApplicable("本报告不是由办理记录生成")
        return self.records

    def prose(self) -> None:
        """Refuse where there are tables but no prose."""
        if not self.report.parts:
            raise NotApplicable("只有表格，没有正文")


#: A rule of one report takes a ``Case``; those between reports take what they compare.
Check: TypeAlias = Callable[..., Iterator[Judgement]]


@dataclass(frozen=True)
class Rule:
    """规则：one relation a report must satisfy; the docstring of its function is its text."""

    id: str
    severity: Severity
    basis: Basis
    forms: frozenset[Form]
    check: Check = field(repr=False)

    @property
    def title(self) -> str:
        """The rule as one Chinese sentence."""
        return self._text[0].rstrip("。")

    @property
    def explanation(self) -> str:
        """What else the docstring says: reasons, tolerances, exceptions."""
        return "\n".join(line.strip() for line in self._text[1:]).strip()

    @property
    def _text(self) -> list[str]:
        return (self.check.__doc__ or "").strip().splitlines()

    def __call__(self, case: Case) -> Result:
        """Apply the rule to a case."""
        form = case.report.form
        if form is None:
            return Result(self, Status.NOT_APPLICABLE, reasons=("没有法定表格，不按现行格式核验",))
        if form not in self.forms:
            return Result(
                self, Status.NOT_APPLICABLE, reasons=(f"{_FORM_WORDS[form]}没有这项关系",)
            )
        findings: list[Finding] = []
        reasons: list[str] = []
        try:
            for judgement in self.check(case):
                if isinstance(judgement, Finding):
                    findings.append(judgement)
                else:
                    reasons.append(judgement.reason)
        except NotApplicable as because:
            return Result(self, Status.NOT_APPLICABLE, tuple(findings), (*reasons, str(because)))
        status = Status.FOUND if findings else Status.PASSED
        return Result(self, status, tuple(findings), tuple(reasons))


_FORM_WORDS = {Form.Y2021: "2021年格式", Form.Y2019: "2019年格式", Form.MIXED: "2021年格式"}


@dataclass(frozen=True, slots=True)
class Result:
    """规则结果：what one rule said of one report.

    ``reasons`` tells why the rule is not applicable, or which of its relations could not be
    looked at although others could.
    """

    rule: Rule
    status: Status
    findings: tuple[Finding, ...] = ()
    reasons: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The result as JSON values, its findings left out: the verdict lists them."""
        return {
            "rule": self.rule.id,
            "title": self.rule.title,
            "basis": str(self.rule.basis),
            "status": self.status.value,
            "reasons": list(self.reasons),
        }


@dataclass(frozen=True)
class Verdict:
    """核验结论：what all rules said of one report, and what its prose was found to say."""

    report: Report
    results: tuple[Result, ...]
    facts: tuple[Fact, ...] = ()

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, the gravest first, otherwise in the order of the rules."""
        found = (finding for result in self.results for finding in result.findings)
        return tuple(sorted(found, key=lambda finding: finding.severity.rank))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Errors that nobody has waived."""
        return self._of(Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Warnings that nobody has waived."""
        return self._of(Severity.WARNING)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """Notes that nobody has waived."""
        return self._of(Severity.NOTE)

    @property
    def ok(self) -> bool:
        """No error; warnings and notes allowed."""
        return not self.errors

    def result(self, rule_id: str) -> Result:
        """What the rule with this id said."""
        return next(result for result in self.results if result.rule.id == rule_id)

    def _of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(
            finding
            for finding in self.findings
            if finding.severity is severity and not finding.waived
        )

    def as_dict(self) -> dict[str, Any]:
        """The verdict as JSON values."""
        return {
            "organ": self.report.organ,
            "year": self.report.year,
            "format": None if self.report.form is None else self.report.form.value,
            "source": self.report.source,
            "ok": self.ok,
            "errors": len(self.errors),
            "warnings": len(self.warnings),
            "notes": len(self.notes),
            "findings": [finding.as_dict() for finding in self.findings],
            "rules": [result.as_dict() for result in self.results],
            "facts": [fact.as_dict() for fact in self.facts],
        }


#: Every rule in the order of its id; filled by the decorator as the modules are imported.
RULES: dict[str, Rule] = {}

ALL_FORMS = frozenset(Form)
SINCE_2021 = frozenset({Form.Y2021, Form.MIXED})
SINCE_2019_ONLY = frozenset({Form.Y2019})


def rule(
    rule_id: str, severity: Severity, basis: Basis, forms: Iterable[Form] = ALL_FORMS
) -> Callable[[Check], Check]:
    """登记规则：enter a check under its stable id; its docstring opens with the Chinese rule."""

    def enter(check: Check) -> Check:
        if rule_id in RULES:
            raise AssertionError(f"rule {rule_id} is entered twice")
        RULES[rule_id] = Rule(rule_id, severity, basis, frozenset(forms), check)
        return check

    return enter
