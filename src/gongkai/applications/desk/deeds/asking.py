"""补正、征求意见：the deeds of asking others."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from gongkai.applications.actions import consulting, correcting
from gongkai.applications.clock import correction_notice_by, standing_of
from gongkai.applications.desk.deeds.page import Also, Deed
from gongkai.applications.forms.deeds import asking as forms
from gongkai.applications.forms.deeds.base import DeedForm
from gongkai.applications.forms.register import day
from gongkai.applications.models import Application, Consultation
from gongkai.law.course import Status
from gongkai.organs.models import Staff


def _correct(one: Application, by: Staff, told: dict[str, Any]) -> object:
    return correcting.ask_to_correct(one, by=by, **told)


def _correct_by(one: Application, _: DeedForm) -> list[str]:
    limit = correction_notice_by(one).due
    if limit is None:
        return [
            "还没有与申请人确认收到申请，7个工作日从确认之日的次日起计算（第三十条、第三十一条）。"
        ]
    told = [f"应当在收到申请之日起7个工作日内，即{day(limit)}前（含当日）告知（第三十条）。"]
    if timezone.localdate() > limit:
        told.append("现在发出已经超过7个工作日，答复期限照常计算，不因补正停止。")
    return told


def _take_correction(one: Application, by: Staff, told: dict[str, Any]) -> None:
    correcting.take_correction(one, by=by, **told)


def _renew(one: Application, by: Staff, told: dict[str, Any]) -> object:
    kept = {name: told[name] for name in ("text", "on", "channel", "sent")}
    return correcting.take_as_new(one, by=by, **kept)


def _late(one: Application) -> bool:
    return standing_of(one).status is Status.ABANDONED


def _consult(one: Application, by: Staff, told: dict[str, Any]) -> object:
    return consulting.consult(one, by=by, **told)


def _of_one(action: Any) -> Any:
    """A deed about one of those asked: the case in hand is the very one the deed changes."""

    def do(one: Application, by: Staff, told: dict[str, Any]) -> object:
        told = dict(told)
        rows = Consultation.objects.filter(application=one)
        asked = rows.get(pk=told.pop("consultation").pk)
        asked.application = one
        return action(asked, by=by, **told)

    return do


DEEDS = (
    Deed(
        move="ask_to_correct",
        form=forms.CorrectForm,
        do=_correct,
        letters=(4,),
        button="发出补正告知书",
        figures=_correct_by,
    ),
    Deed(
        move="take_correction",
        form=forms.CorrectionForm,
        do=_take_correction,
        button="登记补正",
        also=(Also(step="renew", label="登记为新的申请", do=_renew, when=_late),),
    ),
    Deed(
        move="consult",
        form=forms.ConsultForm,
        do=_consult,
        letters=(6, 8),
        button="发出征求意见函",
    ),
    Deed(
        move="note_delivery",
        form=forms.DeliveredForm,
        do=_of_one(consulting.note_delivery),
        button="登记送达",
    ),
    Deed(
        move="take_opinion",
        form=forms.OpinionForm,
        do=_of_one(consulting.take_opinion),
        button="登记意见",
    ),
    Deed(
        move="lapse_opinion",
        form=forms.LapsedForm,
        do=_of_one(consulting.lapse_opinion),
        button="登记意见逾期",
    ),
    Deed(
        move="override",
        form=forms.OverrideForm,
        do=_of_one(consulting.override),
        letters=(9,),
        button="发出拟公开告知书",
    ),
)
