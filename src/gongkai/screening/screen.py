"""筛查：all rules over one text or one file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gongkai.screening.extract import Extract, extract
from gongkai.screening.finding import Finding, Severity
from gongkai.screening.page import Page
from gongkai.screening.rule import Rule
from gongkai.screening.rules import RULES
from gongkai.screening.words import Word, listed


def screen(
    text: str,
    *,
    year: int | None = None,
    region: str | None = None,
    words: Iterable[Word] = (),
    rules: Iterable[Rule] = RULES,
) -> list[Finding]:
    """筛查文字：everything worth a look before publishing, in the order of the text.

    ``year`` is the year the text speaks of and ``region`` the province of its organ; the rules
    that need them keep silent without (an annual report tells its year in its title). ``words``
    are an office's own (:func:`~gongkai.screening.words.load_words`). Findings carry offsets into
    ``text`` as given, whatever characters were folded or skipped to find them.

    >>> [(f.rule, f.shown) for f in screen("身份证号：１１０１０５１９４９１２３１００２X")]
    [('P-01', '1101**********002X')]
    """
    page = Page(text, year, region)
    own = list(words)
    chosen = [*rules, listed(own)] if own else rules
    found = [finding for rule in chosen for finding in rule.findings(page)]
    return _without_repeats(found)


def _without_repeats(found: list[Finding]) -> list[Finding]:
    """Within a category, a finding that lies inside a graver or equal one says nothing new."""
    found.sort(key=lambda one: (one.start, -one.end, one.severity.rank, one.rule))
    kept: list[Finding] = []
    for one in found:
        repeats = any(
            other.end >= one.end
            and other.category == one.category
            and other.severity.rank <= one.severity.rank
            for other in reversed(kept[-8:])
            if other.start <= one.start
        )
        if not repeats:
            kept.append(one)
    return kept


@dataclass(frozen=True)
class Screened:
    """筛查结果：one file, its text and what was found in it."""

    path: Path
    extract: Extract = field(repr=False)
    findings: list[Finding]

    def place(self, finding: Finding) -> str:
        """位置：where in the file, in the words of a reader: 第3页, 工作表“名单”B3."""
        return self.extract.place(finding.start)

    def count(self, severity: Severity) -> int:
        """件数：findings of one severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """JSON 形式：the file, counts by severity, and each finding with its place."""
        return {
            "file": str(self.path),
            "counts": {severity.value: self.count(severity) for severity in Severity},
            "findings": [
                {**finding.as_dict(), "place": self.place(finding)} for finding in self.findings
            ],
        }


def screen_file(
    path: str | Path,
    *,
    year: int | None = None,
    region: str | None = None,
    words: Iterable[Word] = (),
) -> Screened:
    """筛查文件：``.txt .md .csv .html .docx .xlsx .pdf`` and plain bytes in any Chinese encoding.

    Raises :class:`~gongkai.errors.Unreadable` for a file that cannot be read.
    """
    held = extract(path)
    return Screened(Path(path), held, screen(held.text, year=year, region=region, words=words))
