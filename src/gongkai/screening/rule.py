"""规则：a stable id, a grave or light severity, and the function that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongkai.screening.finding import Category, Finding, Hit, Severity
from gongkai.screening.page import Page


@dataclass(frozen=True, slots=True)
class Rule:
    """规则：a stable id and the function that looks; its docstring is the rule in words."""

    id: str
    category: Category
    severity: Severity
    look: Callable[[Page], Iterator[Hit]]

    @property
    def title(self) -> str:
        """规则名：the Chinese term the docstring opens with."""
        return self._words.partition("：")[0]

    @property
    def summary(self) -> str:
        """规则内容：the rest of the docstring, on one line."""
        return self._words.partition("：")[2]

    @property
    def _words(self) -> str:
        return " ".join((self.look.__doc__ or "").split())

    def findings(self, page: Page) -> Iterator[Finding]:
        """发现：what the rule found, told in the offsets and words of the original."""
        for hit in self.look(page):
            start, end = page.folded.span(hit.start, hit.end)
            quote = page.original[start:end]
            yield Finding(
                rule=self.id,
                category=self.category,
                severity=hit.severity or self.severity,
                start=start,
                end=end,
                quote=quote,
                shown=quote if hit.shown is None else hit.shown,
                reason=hit.reason,
                advice=hit.advice,
                confidence=hit.confidence,
            )
