"""要填什么：what a person must or may tell so that a letter can be written, in its order.

For forms: one row an asked field, by the template in use. Fields worked out from the case are not
asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.applications.letters.fields import FIELDS, Field, Source
from gongkai.applications.letters.language import parse, uses
from gongkai.applications.letters.needs import needs_of
from gongkai.applications.letters.texts import shipped
from gongkai.law.letters import Letter
from gongkai.law.letters import letter as numbered


@dataclass(frozen=True, slots=True)
class Asked:
    """所问：a field, and whether the letter may go without it.

    ``instead`` are other fields of which one is enough in its place; with any, none of them is
    required alone.
    """

    field: Field
    required: bool
    instead: tuple[str, ...] = ()

    @property
    def of_matter(self) -> bool:
        """是否逐项填写：found out for each matter, not once for the case."""
        return self.field.source is Source.FINDING


def asked(letter: Letter | int, template: str | None = None) -> list[Asked]:
    """要填的要素：those the template uses that somebody must give, in the order of the text."""
    chosen = numbered(letter) if isinstance(letter, int) else letter
    text = shipped(chosen) if template is None else template
    groups = [names for _, groups in needs_of(chosen) for names in groups]
    told: list[Asked] = []
    for name in dict.fromkeys(use.field for use in uses(parse(text))):
        field = FIELDS.get(name)
        if field is None or field.source not in (Source.FINDING, Source.COURSE):
            continue
        mine = [names for names in groups if name in names]
        others = tuple(other for names in mine for other in names if other != name)
        told.append(Asked(field, bool(mine) and not others, others))
    return told
