"""脱去个人信息：what tells of a person out of every text that hangs on an application.

The words to look for are those the record itself has of its people; numbers of identity,
telephone, cards and addresses are found by their form as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from gongkai.applications import records
from gongkai.applications.actions.numbering import query_code
from gongkai.applications.models import (
    Applicant,
    Application,
    Complaint,
    Consultation,
    Event,
    Matter,
    Paper,
    Reply,
    SearchLog,
    Service,
)
from gongkai.vault.fields import Sealed, SealedText

#: 取代：stands where a name or a number stood.
GONE = "××"
NAMELESS = "已匿名化"
#: Columns that tell of a person by their nature, with what is put there.
_EMPTIED: dict[type[models.Model], dict[str, str]] = {
    Application: {
        "applicant_name": NAMELESS,
        "person_key": "",
        "text_key": "",
        "purpose": "",
        "assistance": "",
        "arrival_note": "",
        "handed_by": "",
    },
    Applicant: {
        "name": NAMELESS,
        "representative": "",
        "contact": "",
        "postcode": "",
        "proxy": "",
        "identity": "",
    },
    Consultation: {"name": NAMELESS, "tracking": ""},
    Reply: {"tracking": ""},
    Service: {"receiver": "", "tracking": ""},
    Complaint: {"name": ""},
}
#: Columns that hold our own people, codes and numbers, no text of anybody's.
_OURS: dict[type[models.Model], frozenset[str]] = {
    Application: frozenset({"number", "imported", "unit", "standing", "origin_kind"}),
    Event: frozenset({"kind"}),
    Matter: frozenset({"unit"}),
    Paper: frozenset({"number", "sha256", "signature"}),
    Reply: frozenset({"number"}),
    SearchLog: frozenset({"searcher"}),
    Complaint: frozenset({"number"}),
}
_NUMBERS = re.compile(
    r"""(?<![0-9])(?:
      [1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx]
    | 1[3-9]\d[ -]?\d{4}[ -]?\d{4}
    | [3-6]\d{14,18}
    | 0\d{2,3}-\d{7,8}
    )(?![0-9])
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+""",
    re.VERBOSE,
)
#: 校验值：SHA-256; among its digits some will look like a telephone.
_HASH = re.compile(r"((?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f]))")


@dataclass(frozen=True)
class Scrubber:
    """脱敏：replaces the words it was given, however they are spaced, and numbers by their form."""

    words: tuple[str, ...]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest = sorted({word for word in self.words if len(word) >= 2}, key=len, reverse=True)
        each = (r"[\s·・\-]*".join(map(re.escape, "".join(word.split()))) for word in longest)
        return re.compile("|".join(each), re.IGNORECASE) if longest else None

    def text(self, text: str) -> str:
        """The text without them; a hash stands as it is, whatever its digits look like."""
        return "".join(
            part if _HASH.fullmatch(part) else self._plain(part) for part in _HASH.split(text)
        )

    def _plain(self, text: str) -> str:
        if self._pattern is not None:
            text = self._pattern.sub(GONE, text)
        return _NUMBERS.sub(GONE, text)

    def value(self, value: Any) -> Any:
        """Whatever JSON holds, its texts without them."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(one) for one in value]
        if isinstance(value, dict):
            return {key: self.value(one) for key, one in value.items()}
        return value


def scrubber_of(application: Application, rows: Iterable[models.Model]) -> Scrubber:
    """所有要找的字句：names, numbers and addresses of everybody the record knows."""
    found = [application.applicant_name]
    for row in rows:
        if isinstance(row, Applicant):
            found += [row.name, row.representative, row.contact, row.proxy]
        elif isinstance(row, Consultation | Complaint):
            found.append(row.name)
        elif isinstance(row, Service):
            found += [row.receiver, row.tracking]
        elif isinstance(row, Reply):
            found.append(row.tracking)
        found += [value.open() for value in _sealed(row)]
    return Scrubber(tuple(found))


def _sealed(row: models.Model) -> Iterator[Sealed]:
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(field, SealedText) and value and field.name not in ("code", "content"):
            yield value


def scrub(row: models.Model, by: Scrubber) -> dict[str, Any]:
    """逐栏清除：the columns of a row that change, with what they will say."""
    emptied = _EMPTIED.get(type(row), {})
    ours = _OURS.get(type(row), frozenset())
    changed: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if value in (None, "") or field.name in ours or field.is_relation:
            continue
        if field.name in emptied:
            new: Any = emptied[field.name]
        elif isinstance(field, SealedText):
            # A blank code would be one that anybody knows.
            new = query_code() if field.name == "code" else ""
        elif field.choices or not isinstance(
            field, models.CharField | models.TextField | models.JSONField
        ):
            continue
        else:
            new = by.value(value)
        if new != value:
            changed[field.attname] = _fitting(field, new)
    return changed


def _fitting(field: Any, value: Any) -> Any:
    most = getattr(field, "max_length", None)
    return value[:most] if most and isinstance(value, str) else value


def rows_of(application: Application) -> list[models.Model]:
    """要清理的记录：the application itself and all that hangs on it."""
    return [application, *records.rows_of(application)]
