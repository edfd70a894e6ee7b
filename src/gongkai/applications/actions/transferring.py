"""转办：forward an application to the organ it belongs to（第三十六条第（五）项）."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.applications import finding
from gongkai.applications.actions.deciding import decide
from gongkai.applications.actions.numbering import next_number, query_code
from gongkai.applications.actions.taking import act, refuse, why_not
from gongkai.applications.clock import columns_of, standing_of
from gongkai.applications.models import Applicant, Application, Attachment, Matter
from gongkai.applications.states import Attached
from gongkai.law.events import Channel
from gongkai.organs.models import Organ, Staff
from gongkai.trail.actions import record

#: What of a request is the same wherever it lies.
_COPIED = (
    "sort",
    "applicant_name",
    "category",
    "person_key",
    "subject",
    "wanted_number",
    "description",
    "purpose",
    "form",
    "delivery",
    "assistance",
    "text_key",
    "demo",
)


def why_not_transfer(application: Application, to: Organ, *, by: Staff | None) -> list[str]:
    """转办的障碍：to another organ that stands, which has not got it yet."""
    reasons = why_not(application, "transfer", by=by)
    if to.pk == application.organ_id:
        reasons.append("不能转给本机关")
    if not to.stands(timezone.localdate()):
        reasons.append(f"{to}已经撤并")
    if application.followers.filter(organ=to).exists():
        reasons.append(f"已经转给{to}")
    return reasons


@transaction.atomic
def transfer(application: Application, to: Organ, *, by: Staff, reason: str = "") -> Application:
    """转其他机关：forward it to the organ it belongs to, and answer the applicant so.

    The receiving office gets an application of its own, by way of another organ: it confirms with
    the applicant, and its clock runs from then. Here the reply “不属于本机关负责公开” is laid
    out, naming the organ（第三十六条第（五）项）. Raises NotAllowed with all reasons.
    """
    refuse(why_not_transfer(application, to, by=by))
    act(application, "transfer", by=by, note=f"转{to}。{reason}".rstrip("。") + "。", author=by)
    for matter in application.matters.all():
        decide(
            matter,
            "D1b",
            by=by,
            findings={
                "负责公开的机关": to.name,
                "负责公开的机关的联系方式": "，".join(
                    part for part in (to.address, to.disclosure_phone or to.phone) if part
                ),
                "非本机关负责的理由": reason or f"所申请的信息由{to}负责公开",
            },
        )
    return _forwarded(application, to, by=by)


def _forwarded(application: Application, to: Organ, *, by: Staff) -> Application:
    today = timezone.localdate()
    number, serial = next_number(to, today.year)
    forwarded = Application(
        organ=to,
        year=today.year,
        serial=serial,
        number=number,
        code=query_code(),
        channel=Channel.INTERNAL.value,
        arrived_on=today,
        received_on=today,
        handed_by=application.organ.name,
        arrival_note=f"由{application.organ}转来（{application.number}）",
        origin=application,
        origin_kind="其他机关转来",
        **{name: getattr(application, name) for name in _COPIED},
    )
    for name, value in columns_of(standing_of(forwarded), forwarded.state).items():
        setattr(forwarded, name, value)
    forwarded.save()
    for person in application.applicants.all():
        told = {
            field.name: getattr(person, field.name)
            for field in person._meta.concrete_fields
            if field.name not in ("id", "application")
        }
        Applicant.objects.create(application=forwarded, **told)
    for matter in application.matters.all():
        Matter.objects.create(application=forwarded, order=matter.order, text=matter.text)
    for file in application.attachments.filter(
        sort__in=[Attached.IDENTITY, Attached.PROXY, Attached.REQUEST]
    ):
        Attachment.objects.create(
            application=forwarded, blob=file.blob, name=file.name, sort=file.sort, order=file.order
        )
    record(forwarded, "receive", by=by, label="收件", after=forwarded.state,
           note=forwarded.arrival_note)  # fmt: skip
    finding.put([forwarded])
    return forwarded
