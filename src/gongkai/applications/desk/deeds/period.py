"""延期、说明理由、收费：the deeds that move the last day."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions import excess, extending
from gongkai.applications.actions.receiving import attach
from gongkai.applications.clock import standing_of
from gongkai.applications.desk.deeds.page import Deed
from gongkai.applications.forms.deeds import period as forms
from gongkai.applications.forms.deeds.base import DeedForm
from gongkai.applications.forms.register import day
from gongkai.applications.models import Application, Fee
from gongkai.law.events import Extension as Extended
from gongkai.law.terms import EXTENSION
from gongkai.organs.models import Staff


def _propose(one: Application, by: Staff, told: dict[str, Any]) -> object:
    return extending.propose_extension(one, by=by, **told)


def _approve(one: Application, by: Staff, told: dict[str, Any]) -> object:
    return extending.approve_extension(one, by=by, **told)


def _extended(one: Application, form: DeedForm) -> list[str]:
    """新的答复期限：if the notice went out today, or why it would not count."""
    asked = extending.pending(one)
    if asked is None and "workdays" not in form.fields:
        return []
    days = asked.workdays if asked else _number(form, "workdays")
    if not 1 <= days <= EXTENSION.length:
        return [f"延长最长不得超过{EXTENSION.length}个工作日（{EXTENSION.article}）。"]
    today = timezone.localdate()
    if against := extending.why_not_extend(one, workdays=days):
        return [f"{reason}。" for reason in against]
    due = standing_of(one, asof=today, also=(Extended(today, workdays=days),)).due
    now = standing_of(one).due
    assert due is not None
    told = [f"今天告知申请人的，答复期限由{day(now) if now else ''}延至{day(due)}。"]
    if asked:
        told.insert(0, f"{asked.proposed_by}提出延长{days}个工作日：{asked.reason}")
    if now:
        told.append(f"延期告知书应当在{day(now)}前（含当日）发出，届满以后发出的不算延期。")
    return told


def _number(form: DeedForm, name: str) -> int:
    typed = f"{form[name].value() or ''}".strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def _ask_reasons(one: Application, by: Staff, told: dict[str, Any]) -> object:
    return excess.ask_reasons(one, by=by, **told)


def _take_reasons(one: Application, by: Staff, told: dict[str, Any]) -> object:
    return excess.take_reasons(one, by=by, **told)


def _later(one: Application, by: Staff, told: dict[str, Any]) -> object:
    return excess.set_later_date(one, by=by, **told)


def _charge(one: Application, by: Staff, told: dict[str, Any]) -> object:
    return excess.charge(one, by=by, **told)


def _working(one: Application, form: DeedForm) -> list[str]:
    """应收多少：each band a line."""
    method = Fee.Method.PAGES if form["method"].value() == Fee.Method.PAGES else Fee.Method.ITEMS
    public = bool(form["already_public"].value())
    due = excess.computed(one, method, _number(form, "count"), already_public=public)
    earlier = excess.earlier_in_month(one)
    told = [f"同一申请人本月此前已向本机关提出{earlier}件。"] if method == Fee.Method.ITEMS else []
    return [*told, *(f"{line}。" for line in due.working), f"应收{due.total}元。"]


def _note_fee_notice(one: Application, by: Staff, told: dict[str, Any]) -> object:
    return excess.note_fee_notice(one, by=by, **told)


def _take_payment(one: Application, by: Staff, told: dict[str, Any]) -> object:
    files = told.pop("sent")
    with transaction.atomic():
        excess.take_payment(one, by=by, **told)
        return [attach(one, file, by=by) for file in files]


DEEDS = (
    Deed(
        move="propose_extension",
        form=forms.ExtensionForm,
        do=_propose,
        button="提出延期",
        figures=_extended,
        live=True,
    ),
    Deed(
        move="extend",
        form=forms.ApproveForm,
        do=_approve,
        letters=(5,),
        button="批准并发出延期告知书",
        figures=_extended,
    ),
    Deed(
        move="ask_reasons",
        form=forms.ReasonsAskedForm,
        do=_ask_reasons,
        letters=(10,),
        button="发出说明理由通知书",
    ),
    Deed(move="take_reasons", form=forms.ReasonsForm, do=_take_reasons, button="登记理由"),
    Deed(
        move="set_later_date",
        form=forms.LaterForm,
        do=_later,
        letters=(11,),
        button="发出延迟答复告知书",
    ),
    Deed(
        move="charge",
        form=forms.ChargeForm,
        do=_charge,
        letters=(12,),
        button="发出收费通知书",
        figures=_working,
        live=True,
    ),
    Deed(
        move="note_fee_notice",
        form=forms.FeeNoticeForm,
        do=_note_fee_notice,
        button="登记送达",
    ),
    Deed(move="take_payment", form=forms.PaymentForm, do=_take_payment, button="登记缴费"),
)
