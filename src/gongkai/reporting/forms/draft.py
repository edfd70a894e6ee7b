"""编制页上写的：what stands in the fields of the page, saved or not.

One form holds the whole report, so that one button saves it and nothing typed is left behind.
Beside each field stands what it began from (``was-…``): what its writer has not touched is not
saved over what another has written meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from django.http import QueryDict

from gongkai.annual.forms import Ref
from gongkai.annual.model import Contact, Figure
from gongkai.errors import BadNumber
from gongkai.reporting.actions.filling import CONTACT, figure_from
from gongkai.reporting.assembling import Typed, typed_in
from gongkai.reporting.counting import BY_HAND
from gongkai.reporting.models import PART_NAMES, Filing


def tidy(text: str) -> str:
    """As it is kept: lines end as they do here, nothing around it, no NUL."""
    return text.replace("\r\n", "\n").replace("\0", "").strip()


def mark_of(text: str) -> str:
    """记号：tells whether a text has been touched since the page was drawn."""
    return sha256(tidy(text).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Written:
    """一段正文：the text in the field, and the revision it began from."""

    text: str
    seen: int


@dataclass(frozen=True)
class Given:
    """一格手工数字：the figure, its source, and the mark of what the two began from."""

    value: str
    source: str
    was: str


@dataclass(frozen=True)
class Draft:
    """编制页上写的：what its writer has touched; the rest is as it is kept."""

    texts: Mapping[int, Written] = field(default_factory=dict)
    cells: Mapping[Ref, Given] = field(default_factory=dict)
    contact: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: QueryDict) -> Draft:
        """From the fields of the page."""
        return cls(
            dict(_texts(data)), dict(_cells(data)), _contact(data), _note(data), _reasons(data)
        )

    def typed(self, filing: Filing) -> Typed:
        """所写所填：what the report says were it saved now; a figure that is none stays blank."""
        kept = typed_in(filing)
        figures: dict[Ref, Figure] = dict(kept.figures)
        for ref, given in self.cells.items():
            figures.pop(ref, None)
            if (figure := _figure(ref, given.value)) is not None:
                figures[ref] = figure
        told = {name: getattr(kept.contact, name) for name in CONTACT} | dict(self.contact)
        texts = dict(kept.texts) | {number: one.text for number, one in self.texts.items()}
        return Typed(texts, figures, Contact(**told))


def contact_mark(filing: Filing) -> str:
    """联系方式的记号。"""
    return mark_of("|".join(getattr(filing, name) for name in CONTACT))


def figure_mark(value: str, source: str) -> str:
    """手工格的记号。"""
    return mark_of(f"{value.strip()}|{source.strip()}")


def _texts(data: QueryDict) -> Iterator[tuple[int, Written]]:
    for number in PART_NAMES:
        text = tidy(data.get(f"text-{number}", ""))
        if f"text-{number}" in data and mark_of(text) != data.get(f"was-{number}", ""):
            yield number, Written(text, _number(data.get(f"seen-{number}", "")))


def _cells(data: QueryDict) -> Iterator[tuple[Ref, Given]]:
    for place, ref in enumerate(BY_HAND):
        value, source = data.get(f"cell-{place}", ""), data.get(f"source-{place}", "")
        was = data.get(f"was-cell-{place}", "")
        if f"cell-{place}" in data and figure_mark(value, source) != was:
            yield ref, Given(value, source, was)


def _contact(data: QueryDict) -> dict[str, str]:
    told = {name: data.get(name, "").strip() for name in CONTACT if name in data}
    touched = mark_of("|".join(told.values())) != data.get("was-contact")
    return told if touched else {}


def _note(data: QueryDict) -> str | None:
    note = data.get("correction")
    return None if note is None or mark_of(note) == data.get("was-correction") else tidy(note)


def _reasons(data: QueryDict) -> dict[str, str]:
    """Findings of one rule in several parts have a field each; what is typed in one counts."""
    return {
        name.removeprefix("reason:"): next((f"{one}" for one in data.getlist(name) if one), "")
        for name in data
        if name.startswith("reason:")
    }


def _figure(ref: Ref, typed: str) -> Figure | None:
    try:
        value = figure_from(ref, typed)
    except BadNumber:
        return None
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value.normalize()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
