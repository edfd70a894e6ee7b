"""期限：by when our answer must be in, computed from the day of receipt; and to appeal."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.applications.clock import office_of
from gongkai.disputes.models import Dispute, Ruling
from gongkai.disputes.states import ANSWERING, Kind, Procedure
from gongkai.law.articles import RECONSIDERATION
from gongkai.law.calendar import Calendar
from gongkai.law.clock import Standing, replay
from gongkai.law.events import Channel, Ledger
from gongkai.law.terms import (
    APPEAL,
    APPEAL_AGAINST_ORDER,
    DEFENCE,
    REVIEW_ANSWER,
    REVIEW_ANSWER_SIMPLE,
    REVIEW_ANSWER_UNTIL_2023,
    Term,
)
from gongkai.organs.holidays import calendar_of

#: 简易程序 in a review, and its ten and five working days, came with the law of 2023.
REVIEW_LAW_2023 = RECONSIDERATION.in_force


def term_of(kind: Kind, procedure: Procedure, received_on: date) -> Term:
    """答复期限是哪一种：by what came, how it is heard, and the law of the day it came.

    A court has fifteen days for the defence in either procedure（行政诉讼法第六十七条第一款）.
    """
    if kind.is_suit:
        return DEFENCE
    if received_on < REVIEW_LAW_2023:
        return REVIEW_ANSWER_UNTIL_2023
    return REVIEW_ANSWER_SIMPLE if procedure is Procedure.SIMPLE else REVIEW_ANSWER


def standing_of(dispute: Dispute, *, calendar: Calendar | None = None) -> Standing:
    """答复期限：the clock of our answer, day by day."""
    term = term_of(dispute.sort, Procedure(dispute.procedure), dispute.received_on)
    ledger = Ledger(dispute.received_on, Channel.SERVED, (), term)
    asof = max(timezone.localdate(), dispute.received_on)
    return replay(ledger, calendar or calendar_of(dispute.organ), asof=asof)


def due_of(dispute: Dispute, *, calendar: Calendar | None = None) -> date:
    """答复的最后一日。"""
    due = standing_of(dispute, calendar=calendar).due
    assert due is not None  # nothing stops this clock
    return due


def appeal_by(dispute: Dispute, ruling: Ruling) -> Standing:
    """上诉期限：from the day the first judgment or order was served on us."""
    term = APPEAL_AGAINST_ORDER if ruling.found.by_order else APPEAL
    ledger = Ledger(ruling.received_on, Channel.SERVED, (), term)
    asof = max(timezone.localdate(), ruling.received_on)
    return replay(ledger, calendar_of(dispute.organ), asof=asof)


def reply_due_of(dispute: Dispute, *, calendar: Calendar | None = None) -> date | None:
    """重新答复的最后一日：by the clock of the request, where that runs; else as ordered.

    A decision that names no time leaves it to the office's own days（law.policy）.
    """
    if dispute.ordered_on is None:
        return None
    if dispute.reordered and dispute.application is not None:
        return dispute.application.due_on or dispute.application.last_due_on
    if dispute.reply_until is not None:
        return dispute.reply_until
    days = dispute.reply_workdays or office_of(dispute.organ).policy.reply_after_order_days
    return (calendar or calendar_of(dispute.organ)).nth_after(dispute.ordered_on, days)


def refresh(dispute: Dispute) -> None:
    """刷新期限：write the columns that exist for sorting; the only function that does.

    Nothing runs once our answer is in, or once the case has ended without one.
    """
    columns: dict[str, date | bool | None] = {"due_on": None, "provisional": False}
    if dispute.state in ANSWERING:
        standing = standing_of(dispute)
        columns = {"due_on": standing.due, "provisional": standing.provisional}
    columns["reply_due_on"] = reply_due_of(dispute)
    Dispute.objects.filter(pk=dispute.pk).update(**columns)
    for name, value in columns.items():
        setattr(dispute, name, value)


def may_still_be_appealed(dispute: Dispute, ruling: Ruling, on: date) -> date | None:
    """上诉期：its last day, while a first judgment can still be appealed against; else None."""
    if dispute.sort is Kind.REVIEW or ruling.appeal_id is not None:
        return None
    due = appeal_by(dispute, ruling).due
    return due if due is not None and on <= due else None
