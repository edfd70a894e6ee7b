"""征求意见：of third parties（第三十二条）, co-makers（第三十四条）, other organs.

The days until they answer are not counted（第三十三条第三款）.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.applications import finding
from gongkai.applications.actions.papers import Sending, electronically, make, send
from gongkai.applications.actions.receiving import Sent, attach
from gongkai.applications.actions.taking import act, checked_day, refuse, why_not, why_not_event
from gongkai.applications.clock import standing_of
from gongkai.applications.models import Application, Consultation, Paper
from gongkai.applications.states import Opinion, State
from gongkai.errors import BadInput
from gongkai.law.events import ConsultDelivered, ConsultLapsed, ConsultReply, ConsultSent, Whom
from gongkai.law.flags import FlagKind
from gongkai.law.terms import OPINION
from gongkai.organs.holidays import calendar_of
from gongkai.organs.models import Staff

#: 合理间隔：between telling the third party and the release（法院建议，K）.
USUAL_GAP = timedelta(days=15)


def why_not_consult(
    application: Application,
    *,
    by: Staff | None,
    on: date | None = None,
    whom: Whom = Whom.THIRD_PARTY,
) -> list[str]:
    """征求意见的障碍：not after the period, nor on its last day, which would leave no day over."""
    reasons = why_not(application, "consult", by=by)
    event = ConsultSent(on or timezone.localdate(), id="?", whom=whom)
    if reasons or (reasons := why_not_event(application, event)):
        return reasons
    told = {
        FlagKind.CONSULT_LATE: "答复期限已经届满，征求意见不影响期限",
        FlagKind.CONSULT_ON_LAST_DAY: "今天是期限最后一日，收到意见后没有剩余的工作日；"
        "请先延期，或者当日答复",
    }
    found = standing_of(application, asof=event.on, also=(event,)).flags
    return [told[flag.kind] for flag in found if flag.kind in told and flag.on == event.on]


@transaction.atomic
def consult(
    application: Application,
    *,
    by: Staff,
    whom: Whom,
    name: str,
    information: str,
    sending: Sending,
    address: str = "",
    phone: str = "",
    body: str | None = None,
    tell_applicant: bool = True,
    telling: Sending | None = None,
) -> Consultation:
    """征求意见：a letter that tells what, and never who asks; the applicant is told it takes time.

    Raises NotAllowed with all reasons; BadInput for words that name the applicant.
    """
    if not name.strip() or not information.strip():
        raise BadInput("请写明征求谁的意见，以及拟公开的信息。")
    refuse(why_not_consult(application, by=by, on=sending.on, whom=whom))
    refuse(identity_told(application, information, body or ""))
    consultation = Consultation.objects.create(
        application=application,
        whom=whom.value,
        name=name.strip(),
        address=address,
        phone=phone,
        information=information.strip(),
        sent_on=sending.on,
        tracking=sending.tracking,
    )
    finding.put([application])
    event = ConsultSent(sending.on, id=str(consultation.pk), whom=whom)
    act(
        application,
        "consult",
        by=by,
        note=f"{whom.label}（第{_place(consultation)}件）",
        events=[event],
    )
    letter = 6 if whom is Whom.THIRD_PARTY else 8
    paper = make(application, letter, by=by, on=sending.on, consultation=consultation, body=body)
    send(paper, sending, by=by)
    if tell_applicant and not application.papers.filter(letter=7).exists():
        how = f"申请公开的信息涉及{whom.label}，本机关已于{sending.on}发函征求意见"
        told = make(application, 7, by=by, on=sending.on, facts={"征求意见的情况": how})
        # By post it lies ready until somebody has its tracking number.
        if telling := telling or electronically(application, on=sending.on):
            send(told, telling, by=by)
    return consultation


def identity_told(application: Application, *texts: str) -> list[str]:
    """申请人身份：what in a text for others would tell who asks."""
    names = {application.applicant_name}
    for person in application.applicants.all():
        names |= {person.name, person.proxy, person.contact, person.representative}
        names |= {person.phone.open(), person.identity_number.open(), person.email.open()}
    return [
        f"给他人的文书里不得出现申请人身份：“{name if len(name) < 5 else name[:2] + '…'}”"
        for name in sorted(names)
        if len(name.strip()) > 1 and any(name in text for text in texts)
    ]


def why_not_note_delivery(
    consultation: Consultation, *, by: Staff | None, on: date | None = None
) -> list[str]:
    """登记送达的障碍。"""
    reasons = why_not(consultation.application, "note_delivery", by=by)
    if not consultation.is_open:
        reasons.append("已经结束")
    elif consultation.delivered_on:
        reasons.append("已经登记过送达日期")
    else:
        day = on or timezone.localdate()
        event = ConsultDelivered(day, id=str(consultation.pk))
        reasons += why_not_event(consultation.application, event)
    return reasons


@transaction.atomic
def note_delivery(consultation: Consultation, *, by: Staff, on: date | None = None) -> None:
    """登记送达：from here run the 15 working days to answer（第三十二条、第三十四条）."""
    application = consultation.application
    day = checked_day(on, what="送达日期", since=consultation.sent_on)
    refuse(why_not_note_delivery(consultation, by=by, on=day))
    consultation.delivered_on = day
    if consultation.whom != Whom.OTHER_ORGAN:
        consultation.due_on = calendar_of(application.organ).nth_after(day, OPINION.length)
    consultation.save(update_fields=["delivered_on", "due_on"])
    event = ConsultDelivered(day, id=str(consultation.pk))
    act(application, "note_delivery", by=by, note=f"第{_place(consultation)}件", events=[event])


def why_not_take_opinion(
    consultation: Consultation, *, by: Staff | None, on: date | None = None
) -> list[str]:
    """收到意见的障碍。"""
    reasons = why_not(consultation.application, "take_opinion", by=by)
    if not consultation.is_open:
        reasons.append("已经结束")
    else:
        event = ConsultReply(on or timezone.localdate(), id=str(consultation.pk))
        reasons += why_not_event(consultation.application, event)
    return reasons


@transaction.atomic
def take_opinion(
    consultation: Consultation,
    *,
    by: Staff,
    opinion: Opinion,
    reasons: str = "",
    reasonable: bool | None = None,
    on: date | None = None,
    sent: Iterable[Sent] = (),
) -> None:
    """收到意见：the clock goes on with the next working day.

    A third party that refuses must say why, and somebody judges whether the reasons are good.
    Raises NotAllowed with all reasons; BadInput.
    """
    if opinion is Opinion.SILENT:
        raise BadInput("逾期未提出意见的，请用“意见逾期”登记。")
    if opinion is not Opinion.AGREES and not reasons.strip():
        raise BadInput("不同意公开的，请登记对方的理由。")
    application = consultation.application
    day = checked_day(on, what="收到意见的日期", since=consultation.sent_on)
    refuse(why_not_take_opinion(consultation, by=by, on=day))
    _end(consultation, day, opinion, reasons, reasonable)
    event = ConsultReply(day, id=str(consultation.pk))
    act(application, "take_opinion", by=by, note=f"第{_place(consultation)}件：{opinion.label}",
        events=[event])  # fmt: skip
    for one in sent:
        attach(application, one, by=by, consultation=consultation)
    _resume(application, by=by)


def why_not_lapse_opinion(
    consultation: Consultation, *, by: Staff | None, on: date | None = None
) -> list[str]:
    """意见逾期的障碍：the 15 working days must be over; another organ has no such limit."""
    reasons = why_not(consultation.application, "lapse_opinion", by=by)
    day = on or timezone.localdate()
    if not consultation.is_open:
        reasons.append("已经结束")
    elif consultation.whom == Whom.OTHER_ORGAN:
        if by is None:
            reasons.append("征求其他机关意见没有法定期限，由承办人决定是否不再等待")
    elif consultation.due_on is None:
        reasons.append("还没有登记对方收到的日期，无法计算15个工作日")
    elif day <= consultation.due_on:
        reasons.append(f"对方的答复期到{consultation.due_on}才届满")
    return reasons


@transaction.atomic
def lapse_opinion(consultation: Consultation, *, by: Staff | None, on: date | None = None) -> None:
    """意见逾期：a third party's silence leaves the decision to us; a co-maker's is consent."""
    application = consultation.application
    day = checked_day(on, what="日期", since=consultation.sent_on)
    refuse(why_not_lapse_opinion(consultation, by=by, on=day))
    _end(consultation, consultation.due_on or day, Opinion.SILENT, "", None)
    event = ConsultLapsed(day, id=str(consultation.pk))
    act(application, "lapse_opinion", by=by, note=f"第{_place(consultation)}件", events=[event])
    _resume(application, by=by)


def _place(consultation: Consultation) -> int:
    """Which of the letters of the case it is: the trail is for ever and tells no names."""
    rows = Consultation.objects.filter(application=consultation.application_id)
    return rows.filter(pk__lte=consultation.pk).count()


def _end(
    consultation: Consultation, day: date, opinion: Opinion, reasons: str, reasonable: bool | None
) -> None:
    consultation.ended_on = day
    consultation.opinion = opinion
    consultation.reasons = reasons.strip()
    consultation.reasonable = reasonable
    consultation.save(update_fields=["ended_on", "opinion", "reasons", "reasonable"])


def _resume(application: Application, *, by: Staff | None) -> None:
    """继续办理：once nobody is left to wait for."""
    waiting = application.consultations.filter(ended_on__isnull=True).exists()
    if application.state == State.CONSULTING and not waiting:
        act(application, "resume", by=by)


def why_not_override(consultation: Consultation, *, by: Staff | None) -> list[str]:
    """告知第三方拟公开的障碍：only against a third party that has refused（第三十二条）."""
    reasons = why_not(consultation.application, "override", by=by)
    if consultation.whom != Whom.THIRD_PARTY:
        reasons.append("只适用于第三方")
    if consultation.opinion not in (Opinion.REFUSES, Opinion.PARTLY):
        reasons.append("第三方没有表示不同意公开")
    if consultation.override_sent_on:
        reasons.append("已经告知过")
    return reasons


@transaction.atomic
def override(
    consultation: Consultation,
    *,
    by: Staff,
    reason: str,
    sending: Sending,
    release_on: date | None = None,
    body: str | None = None,
) -> Paper:
    """告知第三方拟公开：keeping it back would gravely harm the public interest（第三十二条）.

    The third party is told in writing what will be disclosed and why, with time to act before.
    Raises NotAllowed with all reasons; BadInput without a reason or a gap.
    """
    release = release_on or sending.on + USUAL_GAP
    if not reason.strip():
        raise BadInput("请写明不公开会对公共利益造成重大影响的理由。")
    if release <= sending.on:
        raise BadInput("拟公开日期与告知第三方之间应当留出合理间隔。")
    refuse(why_not_override(consultation, by=by))
    refuse(identity_told(consultation.application, reason, body or ""))
    application = consultation.application
    consultation.override = reason.strip()
    consultation.override_sent_on = sending.on
    consultation.release_on = release
    consultation.save(update_fields=["override", "override_sent_on", "release_on"])
    act(application, "override", by=by, note=f"第{_place(consultation)}件：{reason}")
    paper = make(application, 9, by=by, on=sending.on, consultation=consultation, body=body)
    send(paper, sending, by=by)
    return paper
