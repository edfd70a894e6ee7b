"""送达、办结、责令重新答复：with proof（国办公开办函〔2016〕235号）."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.papers import Sending, send
from gongkai.applications.actions.receiving import Sent, attach
from gongkai.applications.actions.replying import paper_of
from gongkai.applications.actions.taking import act, checked_day, refuse, why_not, why_not_event
from gongkai.applications.clock import once
from gongkai.applications.models import Application, Consultation, Service
from gongkai.applications.states import Attached
from gongkai.errors import BadInput
from gongkai.law.events import Order, ReplyOrdered, ReplySent, ReplySigned, Way
from gongkai.organs.models import Staff


@transaction.atomic
def seal(application: Application, *, by: Staff, sent: Sent, note: str = "") -> None:
    """登记用印：the reply as it was sealed, on paper (scanned) or by an electronic seal.

    The sealing itself is done by the office's own seal; its product is kept beside the text it
    seals. Raises NotAllowed, Unreadable.
    """
    paper = paper_of(application)
    refuse(why_not_seal(application, by=by))
    act(application, "seal", by=by, note=note)
    attach(application, sent, by=by, paper=paper, shared=True)


def why_not_seal(application: Application, *, by: Staff | None) -> list[str]:
    """登记用印的障碍。"""
    reasons = why_not(application, "seal", by=by)
    if paper_of(application) is None:
        reasons.append("没有答复书")
    return reasons


def why_not_serve(
    application: Application, *, by: Staff | None, on: date | None = None, way: Way = Way.POST
) -> list[str]:
    """送达的障碍：a third party that was overridden must have had its time（第三十二条）."""
    reasons = why_not(application, "serve", by=by)
    day = on or timezone.localdate()
    held = Consultation.objects.filter(application=application, release_on__gt=day)
    reasons += [f"已告知{one.name}拟于{one.release_on}公开，此前不得提供给申请人" for one in held]
    return reasons or why_not_event(application, ReplySent(day, way=way))


@transaction.atomic
def serve(application: Application, *, by: Staff, sending: Sending, receiver: str = "") -> Service:
    """送达：post, electronically, in person, by another organ.

    The files supplied with the reply are the applicant's from here on.
    Handed over in person it is signed for on the spot. Raises NotAllowed with all reasons.
    """
    refuse(why_not_serve(application, by=by, on=sending.on, way=sending.way))
    paper = paper_of(application)
    assert paper is not None
    service = send(paper, sending, by=by)
    application.attachments.filter(sort=Attached.SUPPLIED, paper__isnull=True).update(
        paper=paper, shared=True
    )
    events: list[ReplySent | ReplySigned] = [ReplySent(sending.on, way=sending.way)]
    if sending.way is Way.DIRECT and receiver.strip():
        service.receiver, service.signed_on = receiver.strip(), sending.on
        service.save(update_fields=["receiver", "signed_on"])
        events.append(ReplySigned(sending.on))
    outcome = application.replies.get(round=application.round).outcome
    note = "，".join(part for part in (sending.way.label, sending.tracking) if part)
    act(application, "serve", by=by, note=note, events=events, outcome=outcome)
    return service


def last_service(application: Application) -> Service | None:
    """最近一次送达：of the reply of this round."""
    rows = Service.objects.filter(
        paper__reply__application=application, paper__reply__round=application.round
    )
    return once(application, "last_service", lambda: rows.order_by("-pk").first())


def why_not_sign_for(
    application: Application, *, by: Staff | None, on: date | None = None
) -> list[str]:
    """登记签收的障碍。"""
    reasons = why_not(application, "sign_for", by=by)
    service = last_service(application)
    if service is None:
        reasons.append("还没有送达")
    elif service.signed_on and service.receiver:
        reasons.append("已经登记过签收")
    day = on or timezone.localdate()
    return reasons or why_not_event(application, ReplySigned(day))


@transaction.atomic
def sign_for(
    application: Application,
    *,
    by: Staff | None,
    receiver: str,
    on: date | None = None,
    sent: Iterable[Sent] = (),
) -> None:
    """登记签收：who signed and when, with the proof. Raises NotAllowed, BadInput."""
    if not receiver.strip():
        raise BadInput("请填写签收人。")
    service = last_service(application)
    day = checked_day(on, what="签收日期", since=service.sent_on if service else None)
    refuse(why_not_sign_for(application, by=by, on=day))
    assert service is not None
    service.receiver, service.signed_on = receiver.strip(), day
    service.save(update_fields=["receiver", "signed_on"])
    act(application, "sign_for", by=by, events=[ReplySigned(day)])
    for one in sent:
        attach(application, Sent(Attached.SERVICE, one.content, one.name), by=by,
               paper=service.paper)  # fmt: skip


@transaction.atomic
def serve_again(application: Application, *, by: Staff, reason: str) -> None:
    """送达未成：returned by the post; it must go out again. Raises NotAllowed."""
    service = last_service(application)
    act(application, "serve_again", by=by, note=reason)
    if service is not None:
        service.failed_on, service.note = timezone.localdate(), reason.strip()[:300]
        service.save(update_fields=["failed_on", "note"])


def why_not_close(application: Application, *, by: Staff | None) -> list[str]:
    """办结的障碍：where the day of signing counts, it must be on record."""
    reasons = why_not(application, "close", by=by)
    service = last_service(application)
    if service is None:
        reasons.append("还没有送达记录")
    elif not service.counts_when_sent and service.signed_on is None:
        reasons.append("直接送达的，以签收为准，还没有登记签收")
    return reasons


@transaction.atomic
def close(application: Application, *, by: Staff | None, note: str = "") -> None:
    """办结。Raises NotAllowed with all reasons."""
    refuse(why_not_close(application, by=by))
    act(application, "close", by=by, note=note, closed_on=timezone.localdate())


def why_not_reorder(
    application: Application, *, by: Staff | None, event: ReplyOrdered | None = None
) -> list[str]:
    """责令重新答复的障碍。"""
    reasons = why_not(application, "reorder", by=by)
    return reasons or why_not_event(application, event or ReplyOrdered(timezone.localdate()))


@transaction.atomic
def reorder(
    application: Application,
    *,
    by: Staff,
    source: Order,
    number: str,
    on: date | None = None,
    workdays: int | None = None,
    until: date | None = None,
) -> None:
    """责令重新答复：a review decision or judgment; a new round with its own last day.

    It is no new request（D3）: number and count stay. Raises NotAllowed, BadInput, BadDate.
    """
    if not number.strip():
        raise BadInput("请填写复议决定书或者判决书的文号（案号）。")
    day = checked_day(on, what="收到决定（判决）的日期", since=application.arrived_on)
    event = ReplyOrdered(day, workdays=workdays, until=until, source=source)
    refuse(why_not_reorder(application, by=by, event=event))
    act(
        application,
        "reorder",
        by=by,
        note=f"{source.label}{number.strip()}",
        events=[event],
        round=application.round + 1,
        closed_on=None,
        archived_on=None,
        disputed=True,
    )
    for matter in application.matters.all():
        matter.outcome, matter.severable = "", None
        matter.save(update_fields=["outcome", "severable"])
