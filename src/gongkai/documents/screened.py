"""筛查：what the screening says of a text, and whether somebody has taken it upon himself.

A finding graver than a warning is a hard stop. A second person may let it pass, finding by
finding, with a reason; the decision covers the very words found and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.documents.body.clean import text_of
from gongkai.files.hidden import Hidden

#: More findings than this in one text are counted, not listed.
MOST = 200
_BY_HAND = "请用原来的软件清除后重新上传"


@dataclass(frozen=True, slots=True)
class Noticed:
    """发现：masked, as it is kept with the version; ``mark`` names it without repeating it."""

    mark: str
    rule: str
    category: str
    severity: str
    shown: str
    reason: str
    advice: str
    line: int = 0
    where: str = "正文"

    @property
    def stops(self) -> bool:
        """是否硬性拦截。"""
        return self.severity == "error"

    @property
    def label(self) -> str:
        """程度：in words."""
        return {"error": "须处理", "warning": "警告"}.get(self.severity, "提示")


def screen_text(
    title: str, body: str, *, formed_on: date | None = None, plain: bool = False
) -> list[dict[str, Any]]:
    """筛查：title and body together; the findings as they are kept, gravest first.

    ``body`` is settled HTML, or with ``plain`` text read out of an attachment.
    """
    from gongkai.screening.screen import screen

    text = f"{title}\n{body if plain else text_of(body)}"
    found = sorted(
        screen(text, year=formed_on.year if formed_on else None),
        key=lambda finding: (finding.severity.rank, finding.start),
    )
    return [
        {
            "mark": _mark(finding.rule, finding.quote, text[: finding.start][-12:]),
            "rule": finding.rule,
            "category": str(finding.category.value),
            "severity": str(finding.severity.value),
            "shown": finding.shown[:200],
            "reason": finding.reason,
            "advice": finding.advice,
            "line": text.count("\n", 0, finding.start),
        }
        for finding in found[:MOST]
    ]


def hidden_noticed(
    sha256: str, name: str, hidden: list[Hidden], problem: str, *, cleanable: bool
) -> list[dict[str, Any]]:
    """附件里看不见的内容：as findings, so that they stop and are passed like the others.

    Without ``cleanable`` (another kind of file, or one under seal) no button is promised.
    """
    found = [
        {
            "mark": _mark(one.kind, one.where + one.what, sha256),
            "rule": one.kind.label,
            "category": "隐藏信息",
            "severity": "error" if one.blocks else "note",
            "shown": f"{one.where} {one.what}".strip()[:200],
            "reason": f"附件含有{one.kind.label}",
            "advice": one.advice if cleanable or not one.removable else _BY_HAND,
            "where": name,
        }
        for one in hidden[:MOST]
    ]
    if problem:
        found.append(
            {
                "mark": _mark("unread", problem, sha256),
                "rule": "无法检查",
                "category": "隐藏信息",
                "severity": "error",
                "shown": name,
                "reason": problem,
                "advice": "请重新导出后上传；确需公开的，由另一人说明理由放行",
                "where": name,
            }
        )
    return found


def noticed(kept: list[dict[str, Any]] | None) -> list[Noticed]:
    """发现：as read back from a version."""
    return [Noticed(**one) for one in kept or ()]


def stopping(found: Iterable[Noticed], passed: Collection[str]) -> list[Noticed]:
    """拦截的：findings that stop publication and that nobody has let pass."""
    return [one for one in found if one.stops and one.mark not in passed]


def _mark(rule: str, quote: str, before: str) -> str:
    return hashlib.sha256(f"{rule}\0{quote}\0{before}".encode()).hexdigest()
