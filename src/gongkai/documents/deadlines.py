"""公开期限：what is signed and not yet public, for whoever lays a new holiday on the calendar."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import partial

from django.urls import reverse

from gongkai.documents.actions.reviewing import publish_by
from gongkai.documents.models import Document
from gongkai.law.calendar import Calendar
from gongkai.organs.deadlines import Deadline


def open_deadlines(organs: Collection[int]) -> Iterator[Deadline]:
    """未了的公开期限：at these organs."""
    rows = Document.objects.to_publish().filter(organ__in=organs, due_on__isnull=False)
    for document in rows.select_related("organ").iterator(500):
        assert document.due_on is not None
        yield Deadline(
            document,
            document.organ_id,
            "公开期限",
            reverse("documents:desk_document", args=[document.pk]),
            document.due_on,
            recompute=partial(_recomputed, document),
            store=partial(_store, document),
        )


def _recomputed(document: Document, calendar: Calendar) -> date:
    assert document.due_from is not None
    return publish_by(document.organ, document.due_from, calendar)


def _store(document: Document, due: date) -> None:
    Document.objects.filter(pk=document.pk).update(due_on=due)
