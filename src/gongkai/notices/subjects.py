"""收件人与对象：nothing about one record goes to somebody of another.

A room registers its records in ``AppConfig.ready``, with the one function that says who may be
written to about a record. Without it nothing is sent about such records::

    register_subject("applications.application", may_write_to)

    def may_write_to(application: Application, to: Recipient) -> bool:
        if to.audience is Audience.APPLICANT:
            return to.id == str(application.applicant_id) and to.address == …
        return …

It is asked twice, when the notice is told and once more when it goes out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import models

from gongkai.notices.addresses import mobile
from gongkai.notices.states import Audience, Channel
from gongkai.organs.models import Organ, Staff

Record = TypeVar("Record", bound=models.Model)


@dataclass(frozen=True)
class Recipient:
    """收件人：``id`` is the key of the person or organ whose address this is.

    The address is an e-mail address or a mobile number; empty where the channel has one place.
    """

    audience: Audience
    id: str
    address: str = ""


def staff_recipient(staff: Staff, channel: Channel) -> Recipient:
    """工作人员：at the address he has for that channel, empty when he has none."""
    address = {Channel.EMAIL: staff.email.strip(), Channel.SMS: mobile(staff.phone)}
    return Recipient(Audience.STAFF, str(staff.pk), address.get(channel, ""))


def office_recipient(organ: Organ) -> Recipient:
    """机关：at its public e-mail address."""
    return Recipient(Audience.OFFICE, str(organ.pk), organ.email.strip())


@dataclass(frozen=True)
class Subject:
    """一类对象：who may be written to about it, and of which organ it is."""

    may_write_to: Callable[[Any, Recipient], bool]
    organ_of: Callable[[Any], int | None]


_subjects: dict[str, Subject] = {}


def _own_organ(record: Any) -> int | None:
    found: int | None = getattr(record, "organ_id", None)
    return found


def register_subject(
    label: str,
    may_write_to: Callable[[Record, Recipient], bool],
    *,
    organ_of: Callable[[Record], int | None] = _own_organ,
) -> None:
    """登记：``label`` as ``room.model`` in lower case; a second one replaces the first."""
    _subjects[label] = Subject(may_write_to, organ_of)


def organ_of(about: models.Model) -> int | None:
    """所属机关：whose list a notice about this record stands in."""
    known = _subjects.get(about._meta.label_lower)
    return known.organ_of(about) if known else None


def why_not_write(about: models.Model, to: Recipient) -> list[str]:
    """为什么不能写给他：empty only when the room of the record says yes in so many words."""
    known = _subjects.get(about._meta.label_lower)
    if known is None:
        return [f"{about._meta.verbose_name}没有登记可以通知谁"]
    if to.audience is Audience.STAFF and not _is_of_the_staff(to):
        return ["收件地址不是这位工作人员的，或者账号已经停用"]
    if known.may_write_to(about, to) is not True:
        return ["收件人与这一对象无关"]
    return []


def why_not_send(subject: str, subject_id: str, to: Recipient) -> list[str]:
    """为什么不能发出：asked of the record as it is now."""
    try:
        model = apps.get_model(subject)
    except (LookupError, ValueError):
        return ["所通知的对象已经不在"]
    about = model._base_manager.filter(pk=subject_id).first()
    return why_not_write(about, to) if about else ["所通知的对象已经不在"]


def _is_of_the_staff(to: Recipient) -> bool:
    staff = Staff.objects.filter(pk=to.id, is_active=True).first()
    own = (staff.email.strip(), mobile(staff.phone)) if staff else ()
    return to.address in own


def self_only(staff: Staff, to: Recipient) -> bool:
    """本人：about an account only the one whose account it is."""
    return to.audience is Audience.STAFF and to.id == str(staff.pk)
