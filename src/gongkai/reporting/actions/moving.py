"""流转：approve, submit, return, clear, publish; the figures freeze when the leader is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.annual.exchange import load
from gongkai.annual.model import Report
from gongkai.errors import BadDate
from gongkai.organs.models import Staff
from gongkai.reporting.actions.checking import check, obstacles
from gongkai.reporting.actions.filling import refuse
from gongkai.reporting.actions.printing import print_report
from gongkai.reporting.actions.publishing import stand, why_not_show, why_not_stand
from gongkai.reporting.assembling import Checked, assemble, changes_since, freeze
from gongkai.reporting.entries import announce
from gongkai.reporting.models import Filing
from gongkai.reporting.states import FLOW, Basis, Scope, State
from gongkai.steps.actions import Offer, take
from gongkai.steps.actions import offers as offers_by_table
from gongkai.steps.actions import why_not as why_not_by_table
from gongkai.trail.actions import hold
from gongkai.trail.models import Step

#: Moves after which the figures follow the records again.
_THAWING = ("take_back", "return_up", "reopen", "give_back")


def why_not(filing: Filing, move: str, *, by: Staff | None) -> list[str]:
    """办理的障碍：what the table says and, where the report is sent up or in, the hard gate."""
    return why_not_by_table(filing, move, by=by) + why_not_also(filing, move)


def why_not_also(filing: Filing, move: str, checked: Checked | None = None) -> list[str]:
    """本身的障碍：besides those of the table; ``checked`` if the page has counted already."""
    if filing.state not in FLOW[move].start:
        return []
    if move == "send_up":
        return obstacles(checked or check(filing))
    if move == "submit" and (changed := checked.changes if checked else changes_since(filing)):
        shown = "；".join(f"{one.ref}定稿{one.then}、现在{one.now}" for one in changed[:3])
        more = f"等{len(changed)}处" if len(changed) > 3 else ""
        return [f"审签以后记录有了变化（{shown}{more}），请重新编制、重新审签"]
    if move == "publish":
        return why_not_stand(filing)
    if move == "replace":
        return ["更正的年报公布以后由它代替，不能单独办理"]
    return []


def offers(filing: Filing, *, by: Staff, checked: Checked | None = None) -> list[Offer]:
    """下一步：each with what stands in its way."""
    return [
        one
        for one in offers_by_table(
            filing, by=by, why_not_also=lambda move: why_not_also(filing, move, checked)
        )
        if one.move.name != "replace"
    ]


@transaction.atomic
def advance(filing: Filing, move: str, *, by: Staff, note: str = "") -> Step:
    """办理一步：any move but publication. Raises NotAllowed with all reasons.

    Sent up, the report is frozen; returned, it follows the records again.
    """
    # The head before everything that is counted: nothing changes between the look and the step.
    hold()
    refuse(why_not(filing, move, by=by))
    told: dict[str, Any] = {}
    if move == "send_up":
        report = assemble(filing).report
        refuse(why_not_show(filing, report))
        told = {"seal": _freeze(filing, report), "frozen_at": timezone.now()}
    elif move == "submit":
        told = {"submitted_at": timezone.now()}
    elif move in _THAWING:
        told = {"seal": "", "frozen_at": None, "submitted_at": None}
    step = take(filing, move, by=by, note=note, **told)
    if move in _THAWING and filing.basis != Basis.FILE:
        Filing.objects.filter(pk=filing.pk).update(frozen=None)
        filing.frozen = None
    return step


def _freeze(filing: Filing, report: Report) -> str:
    """Beside the step, for the trail keeps the seal of a report and not the report."""
    filing.frozen, seal = freeze(report)
    Filing.objects.filter(pk=filing.pk).update(frozen=filing.frozen)
    return seal


def publish_by(filing: Filing) -> date:
    """公布期限：31 January for a department, 31 March for a government（第四十九条）."""
    last = (3, 31) if filing.scope == Scope.WHOLE else (1, 31)
    return date(filing.year + 1, *last)


@transaction.atomic
def publish(filing: Filing, *, by: Staff, on: date | None = None, note: str = "") -> Step:
    """公布：dated today or, for what has already stood elsewhere, an earlier day.

    It stands as a document in the statutory column from then on, and is printed in every format.
    A corrected version takes the place of the one before, which stays readable with the note.
    Raises NotAllowed, BadDate for a day to come or within the year reported on.
    """
    hold()
    refuse(why_not(filing, "publish", by=by))
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise BadDate(f"公布日期{day}晚于今天。")
    if day.year <= filing.year:
        raise BadDate(f"公布日期{day}不会早于{filing.year + 1}年。")
    report = load(filing.frozen)
    document = stand(filing, report, by=by, on=day)
    index = document.index_number if document else report.header.index_number
    dated = replace(report.header, published_on=day, index_number=index)
    seal = _freeze(filing, replace(report, header=dated))
    step = take(filing, "publish", by=by, note=note, seal=seal, published_at=timezone.now(),
                published_on=day, document=document)  # fmt: skip
    if filing.replaces is not None and filing.replaces.state == State.PUBLISHED:
        take(filing.replaces, "replace", by=by, note=filing.note)
    announce([filing, *([filing.replaces] if filing.replaces else [])])
    print_report.using(key=f"reporting.print:{filing.pk}").enqueue(filing.pk)
    return step
