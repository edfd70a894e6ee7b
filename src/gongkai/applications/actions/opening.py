"""查看个人信息：opened by one person, for a reason, on record（《个人信息保护法》第六条）."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from gongkai.applications.actions.taking import discreet, refuse
from gongkai.applications.models import Applicant, Application, Attachment, Consultation
from gongkai.applications.states import Attached
from gongkai.errors import BadInput
from gongkai.files.models import Blob
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty
from gongkai.trail.actions import record
from gongkai.vault.fields import SealedText

#: Who may open what the applicant entrusted to the office: the disclosure office itself.
_MAY = frozenset({Duty.DISCLOSURE, Duty.OFFICE_HEAD})


@dataclass(frozen=True)
class Opened:
    """打开的个人信息：label and value, for one page and no longer."""

    name: str
    told: dict[str, str]


def why_not_open(organ: Organ, *, by: Staff) -> list[str]:
    """查看的障碍。"""
    if roles_of(by, organ) & _MAY:
        return []
    return [f"申请人的证件号码和联系方式只由{organ}的信息公开机构查看"]


@transaction.atomic
def open_identity(applicant: Applicant, *, by: Staff, reason: str) -> Opened:
    """查看证件号码和联系方式。Raises NotAllowed, BadInput without a reason."""
    application = applicant.application
    _noted(application.organ, by, reason)
    note = f"第{applicant.order + 1}申请人：{discreet(application, reason.strip())}"
    record(application, "open_identity", by=by, label="查看个人信息", note=note)
    told = {
        str(field.verbose_name): getattr(applicant, field.name).open()
        for field in Applicant._meta.concrete_fields
        if isinstance(field, SealedText)
    }
    return Opened(applicant.name, {name: value for name, value in told.items() if value})


@transaction.atomic
def open_code(application: Application, *, by: Staff, reason: str) -> str:
    """查看查询码：for an applicant who has lost it. Raises NotAllowed, BadInput."""
    _noted(application.organ, by, reason)
    record(application, "open_code", by=by, label="查看查询码", note=reason.strip())
    code: str = application.code.open()
    return code


@transaction.atomic
def open_contact(consultation: Consultation, *, by: Staff, reason: str) -> Opened:
    """查看被征求意见人的联系方式。Raises NotAllowed, BadInput without a reason."""
    application = consultation.application
    _noted(application.organ, by, reason)
    record(application, "open_contact", by=by, label="查看联系方式",
           note=f"被征求意见人：{discreet(application, reason.strip())}")  # fmt: skip
    told = {"联系地址": consultation.address.open(), "联系电话": consultation.phone.open()}
    return Opened(consultation.name, {name: value for name, value in told.items() if value})


@transaction.atomic
def open_scan(attachment: Attachment, *, by: Staff, reason: str) -> Blob:
    """查看身份证明影像。Raises NotAllowed, BadInput without a reason."""
    application = attachment.application
    _noted(application.organ, by, reason)
    label = "下载归档包" if attachment.sort == Attached.ARCHIVE else "查看身份证明影像"
    note = f"{attachment.get_sort_display()}：{discreet(application, reason.strip())}"
    record(application, "open_scan", by=by, label=label, note=note)
    return attachment.blob


def _noted(organ: Organ, by: Staff, reason: str) -> None:
    if len(reason.strip()) < 2:
        raise BadInput("请写明查看个人信息的原因，查看情况会记录在案。")
    refuse(why_not_open(organ, by=by))
