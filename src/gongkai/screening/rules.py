"""规则总表：every rule of the house, in the order of their ids."""

from __future__ import annotations

from typing import Final

from gongkai.screening import (
    dates,
    doubling,
    numbers,
    persons,
    reports,
    secrecy,
    sequence,
    words,
    years,
)
from gongkai.screening.finding import Rule

RULES: Final[tuple[Rule, ...]] = (
    *numbers.RULES,
    *persons.RULES,
    *secrecy.RULES,
    *dates.RULES,
    *years.RULES,
    *sequence.RULES,
    *doubling.RULES,
    *words.RULES,
    *reports.RULES,
)


def as_markdown() -> str:
    """规则表：the rules as a Markdown table, printed into ``docs/screening.md``."""
    rows = [
        f"| {rule.id} | {rule.category} | {rule.severity.label} | {rule.title} | {rule.summary} |"
        for rule in RULES
    ]
    return (
        "\n".join(["| 编号 | 类别 | 程度 | 规则 | 内容 |", "|---|---|---|---|---|", *rows]) + "\n"
    )
