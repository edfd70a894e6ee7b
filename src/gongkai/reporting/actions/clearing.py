"""审核：the reports that have been sent in, each with what the rules say; several at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from gongkai.annual.checks import Verdict
from gongkai.errors import GongkaiError
from gongkai.organs.models import Staff
from gongkai.reporting.actions.moving import advance
from gongkai.reporting.models import Filing
from gongkai.reporting.rounds import judged


@dataclass(frozen=True)
class Looked:
    """待审核的一份：what the rules say, and what stands in the way of clearing it with others."""

    filing: Filing
    verdict: Verdict
    reasons: list[str]

    @property
    def late(self) -> bool:
        """报送时已经逾期。"""
        due, sent = self.filing.due_on, self.filing.submitted_at
        return bool(due and sent and timezone.localdate(sent) > due)


def looked_over(filings: Sequence[Filing]) -> list[Looked]:
    """看一遍：in the order given; what the table of moves says is asked when one is cleared."""
    verdicts = judged(filings)
    return [Looked(one, verdicts[one.pk], _reasons(verdicts[one.pk])) for one in filings]


def _reasons(verdict: Verdict) -> list[str]:
    return [f"有{len(verdict.errors)}处错误，请打开逐份审核"] if verdict.errors else []


def clear_several(filings: Sequence[Filing], *, by: Staff) -> tuple[list[Filing], list[str]]:
    """一并通过：those without errors, each in a step of its own; why the others were not."""
    done: list[Filing] = []
    problems: list[str] = []
    for one in looked_over(filings):
        if one.reasons:
            problems.append(f"{one.filing}：{'；'.join(one.reasons)}。")
            continue
        try:
            advance(one.filing, "clear", by=by)
        except GongkaiError as problem:
            problems.append(f"{one.filing}：{problem}")
        else:
            done.append(one.filing)
    return done, problems
