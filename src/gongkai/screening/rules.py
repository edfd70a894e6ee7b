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
from gongkai.screening.rule import Rule

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
