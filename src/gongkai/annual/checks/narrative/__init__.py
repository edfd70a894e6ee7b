"""正文：the rules about the prose, and the facts that rest on its numbers."""

from __future__ import annotations

from gongkai.annual.checks.narrative import rules as rules
from gongkai.annual.checks.narrative.fact import Agreement, Fact, Kind
from gongkai.annual.checks.narrative.facts import read_facts
from gongkai.annual.checks.narrative.prose import Likeness, likeness

__all__ = ["Agreement", "Fact", "Kind", "Likeness", "likeness", "read_facts"]
