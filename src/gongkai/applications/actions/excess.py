"""数量、频次明显超过合理范围：reasons asked（第三十五条）and the fee（第四十二条）.

The fee is that of 国办函〔2020〕109号.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.deciding import decide
from gongkai.applications.actions.papers import Sending, make, send
from gongkai.applications.actions.receiving import Sent, attach
from gongkai.applications.actions.taking import (
    act,
    checked_day,
    refuse,
    remark,
    why_not,
    why_not_event,
)
from gongkai.applications.clock import happened, office_of, standing_of
from gongkai.applications.models import Application, Fee, Paper
from gongkai.errors import BadInput
from gongkai.law.course import Status
from gongkai.law.events import (
    DelayAgreed,
    FeeNoticeIssued,
    FeeNoticeReceived,
    FeePaid,
    ReasonsAsked,
    ReasonsGiven,
)
from gongkai.law.fees import Fee as Charge
from gongkai.law.fees import fee as charge_for
from gongkai.organs.holidays import calendar_of
from gongkai.organs.models import Staff

#: Working days to pay, from the day after the notice was received（第六条）.
PAY_DAYS = 20


def earlier_in_month(application: Application) -> int:
    """本月此前件数：of the same applicant at this organ, in the calendar month of this one."""
    if not application.person_key:
        return 0
    first = application.received_on.replace(day=1)
    return (
        Application.objects.filter(
            organ=application.organ_id,
            person_key=application.person_key,
            received_on__gte=first,
            received_on__lte=application.received_on,
        )
        .exclude(pk=application.pk)
        .exclude(received_on=application.received_on, pk__gt=application.pk)
        .count()
    )


def why_not_ask_reasons(
    application: Application, *, by: Staff | None, on: date | None = None
) -> list[str]:
    """要求说明理由的障碍。"""
    reasons = why_not(application, "ask_reasons", by=by)
    if happened(application, ReasonsAsked):
        reasons.append("已经要求说明过理由")
    return reasons or why_not_event(application, ReasonsAsked(on or timezone.localdate()))


@transaction.atomic
def ask_reasons(
    application: Application,
    *,
    by: Staff,
    facts: str,
    answer_by: date,
    sending: Sending,
    body: str | None = None,
) -> Paper:
    """要求说明理由：tell number and frequency, ask why. Raises NotAllowed, BadInput."""
    if not facts.strip():
        raise BadInput("请写明申请的数量和频次。")
    if answer_by <= sending.on:
        raise BadInput("说明理由的期限应当晚于告知之日。")
    refuse(why_not_ask_reasons(application, by=by, on=sending.on))
    act(application, "ask_reasons", by=by, note=facts, events=[ReasonsAsked(sending.on)])
    said = {"申请的数量和频次": facts, "说明理由的期限": answer_by}
    paper = make(application, 10, by=by, on=sending.on, body=body, facts=said)
    send(paper, sending, by=by)
    return paper


def why_not_take_reasons(
    application: Application, *, by: Staff | None, on: date | None = None
) -> list[str]:
    """收到理由的障碍。"""
    reasons = why_not(application, "take_reasons", by=by)
    return reasons or why_not_event(application, ReasonsGiven(on or timezone.localdate()))


@transaction.atomic
def take_reasons(
    application: Application,
    *,
    by: Staff | None,
    text: str,
    on: date | None = None,
    sent: Iterable[Sent] = (),
) -> None:
    """收到理由：what the applicant says; whether it is good is for the office to judge."""
    if not text.strip():
        raise BadInput("请写明理由。")
    day = checked_day(on, what="收到理由的日期", since=application.arrived_on)
    refuse(why_not_take_reasons(application, by=by, on=day))
    act(application, "take_reasons", by=by, note=text.strip(), events=[ReasonsGiven(day)])
    remark(application, f"申请人说明的理由：{text.strip()}", day, by=by)
    for one in sent:
        attach(application, one, by=by)


def why_not_set_later_date(
    application: Application,
    *,
    by: Staff | None,
    on: date | None = None,
    until: date | None = None,
) -> list[str]:
    """延迟答复的障碍：only after reasons were asked and found good（第三十五条）."""
    reasons = why_not(application, "set_later_date", by=by)
    if not happened(application, ReasonsGiven):
        reasons.append("申请人还没有说明理由")
    day = on or timezone.localdate()
    if not reasons:
        reasons += why_not_event(application, DelayAgreed(day, until=until or day))
    return reasons


@transaction.atomic
def set_later_date(
    application: Application,
    *,
    by: Staff,
    until: date,
    reason: str,
    sending: Sending,
    body: str | None = None,
) -> Paper:
    """确定延迟答复日期：the reasons are good, the period is not enough. Raises NotAllowed."""
    if not reason.strip():
        raise BadInput("请写明无法按期答复的原因。")
    if until <= sending.on:
        raise BadInput("延迟答复的日期应当晚于告知之日。")
    refuse(why_not_set_later_date(application, by=by, on=sending.on, until=until))
    event = DelayAgreed(sending.on, until=until)
    act(application, "set_later_date", by=by, note=reason, events=[event])
    said = {"延迟答复的日期": until, "延迟的原因": reason}
    paper = make(application, 11, by=by, on=sending.on, body=body, facts=said)
    send(paper, sending, by=by)
    return paper


def why_not_charge(
    application: Application, *, by: Staff | None, on: date | None = None
) -> list[str]:
    """收费的障碍：once a request, and within the period（第六条第一款）."""
    reasons = why_not(application, "charge", by=by)
    if application.fees.exists():
        reasons.append("已经发出过收费通知，不得重复计收（第三条）")
    day = on or timezone.localdate()
    if not reasons:
        reasons += why_not_event(application, FeeNoticeIssued(day))
    if not reasons and standing_of(application, asof=day).status is Status.OVERDUE:
        reasons.append("收费通知应当在答复期限内发出，期限已经届满")
    return reasons


def computed(
    application: Application, method: Fee.Method, count: int, *, already_public: bool = False
) -> Charge:
    """应收多少：with the working. Raises BadNumber, NotAllowed."""
    if method == Fee.Method.ITEMS:
        return charge_for(items=count, earlier=earlier_in_month(application))
    return charge_for(pages=count, already_public=already_public)


@transaction.atomic
def charge(
    application: Application,
    *,
    by: Staff,
    method: Fee.Method,
    count: int,
    reason: str,
    sending: Sending,
    already_public: bool = False,
    body: str | None = None,
) -> Fee:
    """发出收费通知：by item or by page, with the working; the clock stops until it is paid.

    Raises NotAllowed with all reasons, BadNumber, BadInput for nothing to pay.
    """
    if not reason.strip():
        raise BadInput("请写明申请数量、频次明显超过合理范围的情况。")
    refuse(why_not_charge(application, by=by, on=sending.on))
    due = computed(application, method, count, already_public=already_public)
    if not due.total:
        raise BadInput("按标准计算应收0元，不需要发出收费通知。")
    fee = Fee.objects.create(
        application=application,
        method=method,
        count=count,
        earlier=earlier_in_month(application) if method == Fee.Method.ITEMS else 0,
        working=due.working,
        amount=due.total,
        reason=reason.strip(),
        issued_on=sending.on,
    )
    note = f"{fee.get_method_display()}{due.total}元"
    act(application, "charge", by=by, note=note, events=[FeeNoticeIssued(sending.on)])
    said = {
        "收费理由": reason,
        "计收方式": fee.get_method_display(),
        "计算过程": [{"说明": line} for line in due.working],
        "收费数额": due.total,
        "缴纳方式": office_of(application.organ).fee_account,
    }
    paper = make(application, 12, by=by, on=sending.on, body=body, facts=said)
    send(paper, sending, by=by)
    if sending.way.arrives_at_once:
        note_fee_notice(application, by=by, on=sending.on)
    return fee


def open_fee(application: Application) -> Fee | None:
    """等待缴纳的费用。"""
    asked = application.fees.all()
    return next((one for one in asked if one.paid_on is None and one.lapsed_on is None), None)


def why_not_note_fee_notice(
    application: Application, *, by: Staff | None, on: date | None = None
) -> list[str]:
    """登记收费通知送达的障碍。"""
    reasons = why_not(application, "note_fee_notice", by=by)
    fee = open_fee(application)
    if fee is None or fee.received_on:
        reasons.append("没有等待登记送达的收费通知")
    return reasons or why_not_event(application, FeeNoticeReceived(on or timezone.localdate()))


@transaction.atomic
def note_fee_notice(application: Application, *, by: Staff, on: date | None = None) -> None:
    """登记收费通知送达：20 working days to pay run from the next day（第六条）."""
    fee = open_fee(application)
    day = checked_day(on, what="送达日期", since=fee.issued_on if fee else None)
    refuse(why_not_note_fee_notice(application, by=by, on=day))
    assert fee is not None
    fee.received_on = day
    fee.pay_by = calendar_of(application.organ).nth_after(day, PAY_DAYS)
    fee.save(update_fields=["received_on", "pay_by"])
    act(application, "note_fee_notice", by=by, events=[FeeNoticeReceived(day)])


def why_not_take_payment(
    application: Application, *, by: Staff | None, on: date | None = None
) -> list[str]:
    """收到缴费的障碍。"""
    reasons = why_not(application, "take_payment", by=by)
    if open_fee(application) is None:
        reasons.append("没有等待缴纳的费用")
    day = on or timezone.localdate()
    if not reasons and (reasons := why_not_event(application, FeePaid(day))):
        return reasons
    if not reasons and standing_of(application, asof=day).status is Status.ABANDONED:
        reasons.append("缴费期限已经届满，视为放弃申请（第六条第二款）")
    return reasons


@transaction.atomic
def take_payment(
    application: Application, *, by: Staff, receipt: str, on: date | None = None
) -> None:
    """收到缴费：the period is counted anew from the next day. Raises NotAllowed, BadInput."""
    if not receipt.strip():
        raise BadInput("请填写财政票据号码。")
    fee = open_fee(application)
    day = checked_day(on, what="缴费日期", since=fee.issued_on if fee else None)
    refuse(why_not_take_payment(application, by=by, on=day))
    assert fee is not None
    fee.paid_on, fee.receipt = day, receipt.strip()
    fee.save(update_fields=["paid_on", "receipt"])
    note = f"{fee.amount}元，票据{receipt}"
    act(application, "take_payment", by=by, note=note, events=[FeePaid(day)])


def why_not_lapse_payment(application: Application, *, by: Staff | None) -> list[str]:
    """逾期不缴费的障碍：only after the twenty working days."""
    reasons = why_not(application, "lapse_payment", by=by)
    if not reasons and standing_of(application).status is not Status.ABANDONED:
        reasons.append("缴费期限还没有届满，或者还没有登记收费通知的送达日期")
    return reasons


@transaction.atomic
def lapse_payment(application: Application, *, by: Staff | None) -> None:
    """逾期不缴费：deemed abandoned; the closing notice is laid out（表三（六）2）."""
    refuse(why_not_lapse_payment(application, by=by))
    fee = open_fee(application)
    if fee is not None:
        fee.lapsed_on = timezone.localdate()
        fee.save(update_fields=["lapsed_on"])
    act(application, "lapse_payment", by=by, author=by)
    for matter in application.matters.all():
        decide(matter, "F2", by=by)
