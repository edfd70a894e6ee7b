"""发现的显示：each beside the part it concerns, with where to look and how to explain it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.annual.checks import Finding, Severity, Verdict
from gongkai.annual.forms import TABLES, Ref
from gongkai.organs.models import Staff
from gongkai.reporting.actions.checking import why_not_waive
from gongkai.reporting.models import OPENING, Filing, Waiver

TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.NOTE: "info"}
_NUMERALS = "一二三四五六"
_NAMED = re.compile(f"第([{_NUMERALS}])部分")
#: The part in which each table stands.
HOME = dict(zip(TABLES, (2, 3, 4), strict=True))


@dataclass(frozen=True)
class Shown:
    """一条发现：``key`` is what a waiver of it is kept under, ``alike`` how many it speaks for."""

    finding: Finding
    part: int
    jump: str
    key: str
    alike: int
    explicable: bool
    typed: str = ""
    waiver: Waiver | None = None

    @property
    def tone(self) -> str:
        """Colour of its pill."""
        return TONES[self.finding.severity]


@dataclass
class Tally:
    """各部分的发现：and how many stand unexplained."""

    shown: list[Shown] = field(default_factory=list)
    #: Names in braces that are no figures.
    misnamed: list[str] = field(default_factory=list)

    def count(self, severity: str) -> int:
        """某一轻重的有几条：those explained not counted."""
        open_ones = [one for one in self.shown if not one.finding.waived]
        extra = len(self.misnamed) if severity == Severity.ERROR else 0
        return sum(one.finding.severity == severity for one in open_ones) + extra

    @property
    def errors(self) -> int:
        """错误。"""
        return self.count(Severity.ERROR)

    @property
    def warnings(self) -> int:
        """警告。"""
        return self.count(Severity.WARNING)

    @property
    def notes(self) -> int:
        """提示。"""
        return self.count(Severity.NOTE)

    @property
    def waived(self) -> int:
        """已说明。"""
        return sum(bool(one.finding.waived) for one in self.shown)


def part_of(finding: Finding) -> int:
    """属于哪一部分：by the sentence, else by the table; of the whole, the opening's."""
    if finding.place is not None:
        return finding.place.part
    if finding.refs:
        return HOME[finding.refs[0].table]
    # A part that has no text has no paragraph to point at; the sentence names it.
    named = _NAMED.search(finding.message)
    return _NUMERALS.index(named[1]) + 1 if named else OPENING


def key_of(finding: Finding, among: Sequence[Finding]) -> tuple[str, int]:
    """说明的键：the row or column that speaks for the fewest findings of the rule, or it alone."""
    alike = [one for one in among if one.rule == finding.rule]
    best = (finding.rule, len(alike))
    for name in dict.fromkeys(name for ref in finding.refs for name in (ref.column, ref.row)):
        number = sum(any(name in (ref.row, ref.column) for ref in one.refs) for one in alike)
        if number < best[1]:
            best = (f"{finding.rule} {name}", number)
    return best


def show(
    verdict: Verdict,
    filing: Filing,
    at: Mapping[Ref, str],
    *,
    by: Staff,
    reasons: Mapping[str, str],
) -> list[Shown]:
    """显示：the gravest first; ``reasons`` are explanations being typed."""
    waivers = list(filing.waivers.all())
    found = []
    for one in verdict.findings:
        key, alike = key_of(one, verdict.findings)
        found.append(
            Shown(
                one,
                part_of(one),
                _jump(one, at),
                key,
                alike,
                not why_not_waive(filing, one, by=by),
                reasons.get(key, ""),
                _waiver(one, waivers),
            )
        )
    return found


def _jump(finding: Finding, at: Mapping[Ref, str]) -> str:
    if finding.place is not None:
        return f"p-{finding.place.part}-{finding.place.paragraph}"
    return next((at[ref] for ref in finding.refs if ref in at), "")


def _waiver(finding: Finding, waivers: Sequence[Waiver]) -> Waiver | None:
    """The one that speaks for it, as ``annual.checks.waive`` finds it."""
    if not finding.waived:
        return None
    for one in waivers:
        rule, _, name = one.key.partition(" ")
        if rule == finding.rule and (
            not name or any(name in (ref.row, ref.column) for ref in finding.refs)
        ):
            return one
    return None
