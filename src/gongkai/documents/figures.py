"""年度数字：what the yearly report asks of published documents, as queries over records.

规章、行政规范性文件：本年制发件数、本年废止件数、现行有效件数（年报第二部分，第二十条第（一）项）.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from gongkai.documents.models import Document
from gongkai.documents.queries import DocumentQuery, visible
from gongkai.documents.states import Validity


def issued_in(organs: Collection[int], kind: str, year: int) -> DocumentQuery:
    """本年制发：by the date the document bears."""
    return _public(organs, kind).filter(formed_on__year=year)


def ended_in(organs: Collection[int], kind: str, year: int, how: str) -> DocumentQuery:
    """本年废止、失效：each by itself; the form leaves open whether 失效 counts as 废止."""
    return _public(organs, kind).filter(ended_as=how, ended_on__year=year) | (
        _public(organs, kind).filter(ended_as="", validity=how, valid_to__year=year)
    )


def in_force_on(organs: Collection[int], kind: str, day: date) -> DocumentQuery:
    """某日现行有效：made by then, begun, not ended, not run out."""
    rows = _public(organs, kind).filter(formed_on__lte=day)
    return (
        rows.exclude(effective_on__gt=day)
        .exclude(valid_to__lt=day)
        .exclude(ended_on__lte=day)
        .exclude(ended_on__isnull=True, ended_as__in=(Validity.REPEALED, Validity.LAPSED))
    )


def normative_figures(organs: Collection[int], kind: str, year: int) -> dict[str, Any]:
    """制发、废止、失效、现行有效：of a kind, in a year; in force on its last day."""
    return {
        "issued": issued_in(organs, kind, year).count(),
        "repealed": ended_in(organs, kind, year, Validity.REPEALED).count(),
        "lapsed": ended_in(organs, kind, year, Validity.LAPSED).count(),
        "in_force": in_force_on(organs, kind, date(year, 12, 31)).count(),
    }


def _public(organs: Collection[int], kind: str) -> DocumentQuery:
    return Document.objects.filter(visible(), organ__in=organs, kind=kind)
