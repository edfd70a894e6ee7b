"""审签：pass a draft from desk to desk, return it, sign it, number it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.documents.actions.drafting import refuse
from gongkai.documents.actions.obstacles import obstacles, why_not
from gongkai.documents.kinds import codes
from gongkai.documents.life import is_provisional, last_day
from gongkai.documents.models import Document, PeriodRule
from gongkai.documents.numbers import next_number, note_number, number_key, why_not_number
from gongkai.documents.states import PUBLIC, Attribute, State
from gongkai.errors import BadInput, NotAllowed
from gongkai.law.calendar import Calendar
from gongkai.law.numbers import normalise, parse_all
from gongkai.law.terms import PUBLICATION
from gongkai.organs.holidays import calendar_of
from gongkai.organs.models import Organ, Staff
from gongkai.steps.actions import take
from gongkai.trail.actions import hold
from gongkai.trail.models import Step

#: Moves with a form of their own; the others need nothing but a note.
OWN_FORM = frozenset({"number", "schedule", "correct", "amend", "repeal", "lapse", "extend"})


@transaction.atomic
def advance(document: Document, move: str, *, by: Staff, note: str = "") -> Step:
    """办理一步：submit, pass, return, recall, drop, sign, keep or take up again.

    Raises NotAllowed with all reasons.
    """
    if move in OWN_FORM:
        raise NotAllowed("这一步须在它自己的表单里办理。")
    if move == "sign" or document.FLOW[move].end == State.SIGNED:
        return sign(document, move, by=by, note=note)
    if reasons := obstacles(document, move):
        refuse(why_not(document, move, by=by) or reasons)
    return take(document, move, by=by, note=note)


def sign(document: Document, move: str = "sign", *, by: Staff, note: str = "") -> Step:
    """签发：the document is made; the day it must be public follows（第二十六条）.

    A document without a date gets today's. A normative one without an end gets it from the rule
    of the place, if there is one.
    """
    hold()
    if move not in ("readjust", "unschedule"):
        refuse(obstacles(document, move) if document.state in document.FLOW[move].start else [])
    changes: dict[str, Any] = {}
    if document.formed_on is None:
        changes["formed_on"] = timezone.localdate()
    formed_on: date = document.formed_on or changes["formed_on"]
    if move == "readjust":
        # 因情势变化可以公开：the period runs anew from the change（第十八条、第二十六条）
        changes |= {"attribute": Attribute.PROACTIVE} | _due(document, timezone.localdate())
    elif document.attribute in PUBLIC:
        changes |= _due(document, formed_on)
    changes |= _period(document, formed_on)
    return take(document, move, by=by, note=note, **changes)


def _due(document: Document, start: date) -> dict[str, Any]:
    return {"due_from": start, "due_on": publish_by(document.organ, start)}


def publish_by(organ: Organ, formed_on: date, calendar: Calendar | None = None) -> date:
    """公开期限：twenty working days from the day after the document was made（第二十六条）."""
    return (calendar or calendar_of(organ)).nth_after(formed_on, PUBLICATION.length)


def period_rule(organ: Organ, title: str) -> PeriodRule | None:
    """有效期规则：the nearest one at the organ or above it for a document of this title."""
    rules = PeriodRule.objects.filter(
        organ__in=organ.lineage, provisional=is_provisional(title)
    ).select_related("organ")
    return max(rules, key=lambda rule: rule.organ.depth, default=None)


def _period(document: Document, formed_on: date) -> dict[str, Any]:
    if document.kind not in codes(binding=True) or document.kind == "rule" or document.valid_to:
        return {}
    rule = period_rule(document.organ, document.title)
    if rule is None:
        return {}
    start = document.effective_on or formed_on
    return {"valid_to": last_day(start, rule.years), "period_basis": rule.basis}


def why_not_number_it(document: Document, *, by: Staff | None) -> list[str]:
    """编号的障碍：the form must be complete before a number is given."""
    return why_not(document, "number", by=by)


@transaction.atomic
def number(document: Document, *, by: Staff, sign: str = "", typed: str = "") -> str:
    """编号：the next of the series of a 机关代字, or one given elsewhere; returns it as printed.

    Raises NotAllowed while the form is incomplete, for a number in use, for a sign of another.
    """
    hold()
    refuse(why_not_number_it(document, by=by))
    if bool(sign) == bool(typed):
        raise BadInput("请选择机关代字，或者填写已经编好的文号。")
    if typed:
        refuse(why_not_number(typed, document.organ, besides=document))
        given = normalise(typed) or typed
        for one in parse_all(typed):
            note_number(one)
    else:
        if document.organ.words and sign not in document.organ.words:
            raise NotAllowed(f"“{sign}”不是{document.organ}的机关代字。")
        year = (document.formed_on or timezone.localdate()).year
        given = str(_unused(document, sign, year))
    try:
        with transaction.atomic():
            take(document, "number", by=by, number=given, number_key=number_key(given))
    except IntegrityError:
        raise NotAllowed(f"{given}已经用于另一份文件。") from None
    return given


def _unused(document: Document, sign: str, year: int) -> object:
    """The next number of a series that no document bears, imported ones among them."""
    while True:
        candidate = next_number(sign, year)
        key = number_key(str(candidate))
        if not Document.objects.filter(organ=document.organ).bearing(number_key=key).exists():
            return candidate
