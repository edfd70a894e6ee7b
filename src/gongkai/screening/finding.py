"""发现：what a rule found, where, how grave, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Category(StrEnum):
    """类别：what kind of harm a finding would do on a public page."""

    PERSONAL = "个人信息"
    SECRET = "涉密与内部标志"
    DATE = "日期与年份"
    NUMBERING = "序号"
    WORDING = "文字"
    NAME = "名称"


class Severity(StrEnum):
    """程度：``ERROR`` must be settled before publication, ``WARNING`` looked at, ``NOTE`` known."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """中文说法：错误、警告、提示。"""
        return {"error": "错误", "warning": "警告", "note": "提示"}[self.value]

    @property
    def rank(self) -> int:
        """轻重：0 is the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Hit:
    """命中：what a rule hands back, in offsets of the text the rule looked at."""

    start: int
    end: int
    reason: str
    advice: str
    severity: Severity | None = None  # where it differs from that of the rule
    confidence: float = 0.9
    shown: str | None = None  # where the quotation itself must not be repeated


@dataclass(frozen=True, slots=True)
class Finding:
    """发现：one thing to look at before publishing.

    ``start`` and ``end`` are offsets into the text that was handed in, and ``quote`` is exactly
    ``text[start:end]``; for personal data it is kept out of ``repr`` and of :meth:`as_dict`, where
    ``shown``, the masked form, stands for it. ``confidence`` runs from 0 to 1.
    """

    rule: str
    category: Category
    severity: Severity
    start: int
    end: int
    quote: str = field(repr=False)
    shown: str
    reason: str
    advice: str
    confidence: float

    def as_dict(self) -> dict[str, Any]:
        """JSON 形式：plain values only; the quotation in its masked form."""
        return {
            "rule": self.rule,
            "category": self.category.value,
            "severity": self.severity.value,
            "start": self.start,
            "end": self.end,
            "quote": self.shown,
            "reason": self.reason,
            "advice": self.advice,
            "confidence": self.confidence,
        }
