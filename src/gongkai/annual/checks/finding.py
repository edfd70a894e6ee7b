"""发现：one thing a rule objects to, as a sentence, with the figures and cells behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from gongkai.annual.forms import Ref
from gongkai.annual.model import Figure

#: What a finding expected or found: a figure, or words where the matter is not a figure.
Value: TypeAlias = Figure | str | None


class Severity(StrEnum):
    """轻重：an error must be corrected, a warning looked into, a note only known."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return {"error": "错误", "warning": "警告", "note": "提示"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


class Place(NamedTuple):
    """位置：part (1–6, 0 for what stands before part one) and paragraph (from 1) of the prose."""

    part: int
    paragraph: int

    def __str__(self) -> str:
        if not self.part:
            return f"开头第{self.paragraph}段"
        numeral = "一二三四五六"[self.part - 1] if self.part <= 6 else str(self.part)
        return f"第{numeral}部分第{self.paragraph}段"


@dataclass(frozen=True, slots=True)
class Finding:
    """发现：one thing a rule objects to, as a sentence, with the figures and cells behind it."""

    rule: str
    severity: Severity
    message: str
    expected: Value = None
    found: Value = None
    refs: tuple[Ref, ...] = ()
    #: The sentence of the prose concerned, as printed, and where it stands.
    quote: str = ""
    place: Place | None = None
    advice: str = ""
    #: Why someone has decided that this finding stands as it is; empty when nobody has.
    waived: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON values."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "message": self.message,
            "expected": plain(self.expected),
            "found": plain(self.found),
            "cells": [ref._asdict() for ref in self.refs],
            "quote": self.quote,
            "place": "" if self.place is None else str(self.place),
            "advice": self.advice,
            "waived": self.waived,
        }


def plain(value: object) -> object:
    """A figure as JSON has it: a ``Decimal`` becomes a number, everything else stays."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


Waivers: TypeAlias = Mapping[str, str]


def waive(finding: Finding, waivers: Waivers) -> Finding:
    """豁免：mark a finding that someone has decided to leave, by its rule or its rule and cell.

    Keys are ``T2-03`` (the whole rule) or ``T3-05 自然人`` (findings of the rule one of whose
    cells has that row or column); values are the reason, a Chinese sentence.
    """
    for key, reason in waivers.items():
        rule_id, _, name = key.partition(" ")
        concerns = not name or any(name in (ref.row, ref.column) for ref in finding.refs)
        if rule_id == finding.rule and concerns:
            return replace(finding, waived=reason)
    return finding
