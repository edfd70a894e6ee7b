"""未了的期限：answers and ordered replies, for whoever lays a new holiday on the calendar."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import partial

from gongkai.disputes.clock import due_of, refresh, reply_due_of
from gongkai.disputes.models import Dispute
from gongkai.law.calendar import Calendar
from gongkai.organs.deadlines import Deadline
from gongkai.organs.models import Organ


def open_deadlines(organs: Collection[int]) -> Iterator[Deadline]:
    """未了的期限：at these organs.

    A reply that runs on the clock of its request is told by that room, and not twice.
    """
    known = Organ.objects.in_bulk(list(organs))
    answers = Dispute.objects.to_answer().filter(organ__in=organs).order_by("pk")
    for dispute in answers:
        dispute.organ = known[dispute.organ_id]
        assert dispute.due_on is not None
        yield Deadline(
            dispute, dispute.organ_id, f"{dispute.sort.answer}期限", dispute.get_absolute_url(),
            dispute.due_on, recompute=partial(_answer_due, dispute), store=partial(_store, dispute),
        )  # fmt: skip
    replies = Dispute.objects.to_obey().filter(organ__in=organs, reordered=False)
    for dispute in replies.filter(reply_due_on__isnull=False).order_by("pk"):
        dispute.organ = known[dispute.organ_id]
        assert dispute.reply_due_on is not None
        yield Deadline(
            dispute, dispute.organ_id, "重新答复期限", dispute.get_absolute_url(),
            dispute.reply_due_on, recompute=partial(_reply_due, dispute),
            store=partial(_store, dispute),
        )  # fmt: skip


def _answer_due(dispute: Dispute, calendar: Calendar) -> date:
    return due_of(dispute, calendar=calendar)


def _reply_due(dispute: Dispute, calendar: Calendar) -> date:
    due = reply_due_of(dispute, calendar=calendar)
    assert due is not None
    return due


def _store(dispute: Dispute, _: date) -> None:
    refresh(dispute)
