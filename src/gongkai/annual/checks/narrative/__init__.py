"""正文：what the numbers of the prose say of the tables, and how alike two proses are."""

from __future__ import annotations

from gongkai.annual.checks.narrative.fact import Agreement, Fact, Kind
from gongkai.annual.checks.narrative.facts import read_facts
from gongkai.annual.checks.narrative.prose import Likeness, likeness

__all__ = ["Agreement", "Fact", "Kind", "Likeness", "likeness", "read_facts"]
