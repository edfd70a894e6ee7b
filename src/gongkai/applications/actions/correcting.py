"""补正（第三十条）：one notice within seven working days, its answer in time, late, or never."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.applications import finding
from gongkai.applications.actions.deciding import decide
from gongkai.applications.actions.papers import Sending, make, send
from gongkai.applications.actions.receiving import Asked, Person, Sent, attach, receive
from gongkai.applications.actions.taking import act, checked_day, refuse, why_not, why_not_event
from gongkai.applications.clock import (
    correction_notice_by,
    happened,
    office_of,
    standing_of,
)
from gongkai.applications.models import Applicant, Application, Matter, Paper
from gongkai.applications.states import Category, Form, Sort
from gongkai.errors import BadInput
from gongkai.law.course import Status
from gongkai.law.events import Channel, CorrectionNotice, CorrectionReceived
from gongkai.organs.holidays import calendar_of
from gongkai.organs.models import Staff
from gongkai.trail.actions import record
from gongkai.vault.fields import SealedText


def usual_correct_by(application: Application, on: date | None = None) -> date:
    """补正期限的常用值：so many working days after the notice, by the office's own rule."""
    days = office_of(application.organ).policy.correction_days
    return calendar_of(application.organ).nth_after(on or timezone.localdate(), days)


def why_not_ask(
    application: Application,
    *,
    by: Staff | None,
    on: date | None = None,
    correct_by: date | None = None,
    late_anyway: bool = False,
) -> list[str]:
    """补正告知的障碍：once only; after the seventh working day only knowingly.

    A late notice does not stop the clock（B3 第3行）, so it is sent only if the office says that
    it knows.
    """
    reasons = why_not(application, "ask_to_correct", by=by)
    day = on or timezone.localdate()
    if _noticed(application):
        reasons.append("已经告知过补正；补正应当一次性告知（第三十条）")
    else:
        reasons += why_not_event(application, CorrectionNotice(day, correct_by=correct_by))
    limit = _limit(application)
    if day > limit and not late_anyway:
        reasons.append(
            f"补正告知应当在收到申请之日起7个工作日内（{limit}前）发出，现在发出不影响答复期限，"
            "仍要发出请勾选“知道逾期，仍然发出”"
        )
    return reasons


def _limit(application: Application) -> date:
    """The seventh working day; while receipt is not confirmed, counted from the arrival."""
    return correction_notice_by(application).due or application.received_on


def _noticed(application: Application) -> bool:
    return happened(application, CorrectionNotice)


def ask_to_correct(
    application: Application,
    *,
    by: Staff,
    what: str,
    guidance: str,
    correct_by: date,
    sending: Sending,
    body: str | None = None,
    late_anyway: bool = False,
) -> Paper:
    """告知补正：say what is unclear, how to say it better, and by when.

    The reply clock stops; it starts anew with the corrected application. Raises NotAllowed with
    all reasons; BadInput without words; BadDate.
    """
    if not what.strip():
        raise BadInput("请写明需要补正的事项。")
    if correct_by < sending.on:
        raise BadInput("补正期限不能早于告知之日。")
    refuse(
        why_not_ask(
            application, by=by, on=sending.on, correct_by=correct_by, late_anyway=late_anyway
        )
    )
    late = _limit(application) < sending.on
    notice = CorrectionNotice(sending.on, correct_by=correct_by)
    with transaction.atomic():
        move = "ask_late" if late else "ask_to_correct"
        act(application, move, by=by, note=what, events=[notice])
        facts = {"需要补正的事项": what, "指导和释明": guidance, "补正期限": correct_by}
        paper = make(application, 4, by=by, on=sending.on, body=body, facts=facts)
        send(paper, sending, by=by)
    return paper


def why_not_take_correction(
    application: Application, *, by: Staff | None, on: date | None = None, justified: bool = False
) -> list[str]:
    """收到补正的障碍：late without good reason it is a new request, linked to the old."""
    reasons = why_not(application, "take_correction", by=by)
    day = on or timezone.localdate()
    if not reasons and not _noticed(application):
        reasons.append("没有告知过补正")
    if reasons:
        return reasons
    received = CorrectionReceived(day, justified=justified)
    if reasons := why_not_event(application, received):
        return reasons
    if standing_of(application, asof=day, also=(received,)).status is Status.ABANDONED:
        reasons.append(
            "补正已经逾期，没有正当理由的，视为放弃申请；请登记为新的申请并与原申请关联（第三十条）"
        )
    return reasons


def take_correction(
    application: Application,
    *,
    by: Staff | None,
    text: str,
    on: date | None = None,
    channel: Channel | None = None,
    justified: bool = False,
    reason: str = "",
    sent: Iterable[Sent] = (),
) -> None:
    """收到补正：the words of the request are what they are now; a fresh period begins.

    ``by=None`` is the applicant, online. Raises NotAllowed with all reasons, BadInput.
    """
    files = list(sent)
    if not text.strip() and not files:
        raise BadInput("请写明补正的内容。")
    if justified and not reason.strip():
        raise BadInput("逾期补正的，请写明认可的正当理由。")
    day = checked_day(on, what="收到补正的日期", since=application.arrived_on)
    refuse(why_not_take_correction(application, by=by, on=day, justified=justified))
    came = channel or (Channel.ONLINE if by is None else None)
    with transaction.atomic():
        event = CorrectionReceived(day, justified=justified, channel=came)
        act(application, "take_correction", by=by, note=reason, events=[event])
        if text.strip():
            first = application.matters.order_by("order", "pk").first()
            added = f"【{day}补正】{text.strip()}"
            if first is None:
                Matter.objects.create(application=application, text=added)
            else:
                first.text = f"{first.text}\n{added}"
                first.save(update_fields=["text"])
            finding.put([application])
        for one in files:
            attach(application, one, by=by)


def why_not_take_as_new(application: Application, *, by: Staff | None) -> list[str]:
    """逾期补正登记为新申请的障碍：only a correction that came too late is a new request."""
    reasons = why_not(application, "take_correction", by=by)
    if not reasons and standing_of(application).status is not Status.ABANDONED:
        reasons.append("补正期限还没有届满，应当登记为补正")
    return reasons


@transaction.atomic
def take_as_new(
    application: Application,
    *,
    by: Staff,
    text: str,
    on: date | None = None,
    channel: Channel | None = None,
    sent: Iterable[Sent] = (),
) -> Application:
    """逾期补正登记为新的申请：linked to the old one, which stays abandoned（第三十条）.

    Raises NotAllowed with all reasons, BadInput without words.
    """
    if not text.strip():
        raise BadInput("请写明补正的内容。")
    day = checked_day(on, what="收到补正的日期", since=application.arrived_on)
    refuse(why_not_take_as_new(application, by=by))
    asked = Asked(
        channel=channel or application.came_by,
        subject=application.subject,
        description=f"{application.description}\n{text.strip()}".strip(),
        sort=Sort(application.sort),
        arrived_on=day,
        arrival_note=f"逾期补正（{application.number}）",
        wanted_number=application.wanted_number,
        purpose=application.purpose,
        form=Form(application.form),
        delivery=application.delivery,
        assistance=application.assistance,
    )
    persons = [_person(one) for one in application.applicants.all()]
    new = receive(application.organ, asked, persons, by=by, sent=sent)
    new.origin, new.origin_kind = application, "逾期补正，作为新的申请"
    new.save(update_fields=["origin", "origin_kind"])
    record(application, "take_as_new", by=by, label="逾期补正登记为新的申请", note=new.number)
    return new


def _person(one: Applicant) -> Person:
    """The same person again, as he gave himself."""
    told = {name: getattr(one, name) for name in Person.__dataclass_fields__}
    sealed = {
        field.name: told[field.name].open()
        for field in Applicant._meta.concrete_fields
        if isinstance(field, SealedText)
    }
    return Person(**{**told, **sealed, "category": Category(one.category)})


def why_not_lapse(application: Application, *, by: Staff | None) -> list[str]:
    """逾期不补正的障碍：only after the day that was given."""
    reasons = why_not(application, "lapse_correction", by=by)
    if not reasons:
        standing = standing_of(application)
        if standing.status is not Status.ABANDONED:
            reasons.append("补正期限还没有届满")
    return reasons


def lapse_correction(application: Application, *, by: Staff | None) -> None:
    """逾期不补正：deemed abandoned; the closing notice is laid out（第三十条，表三（六）1）."""
    refuse(why_not_lapse(application, by=by))
    with transaction.atomic():
        act(application, "lapse_correction", by=by, author=by)
        for matter in application.matters.all():
            decide(matter, "F1", by=by)
