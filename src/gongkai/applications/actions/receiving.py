"""收件、登记、确认、分办、转办、分项（第二十九条、第三十一条、第四十五条）."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.applications import finding
from gongkai.applications.actions.numbering import next_number, query_code
from gongkai.applications.actions.taking import (
    act,
    checked_day,
    discreet,
    refuse,
    remark,
    why_not,
    why_not_event,
)
from gongkai.applications.clock import columns_of, happened, standing_of
from gongkai.applications.models import Applicant, Application, Attachment, Draft, Matter
from gongkai.applications.queries import HANDLING
from gongkai.applications.states import Attached, Category, Form, Identity, Sort
from gongkai.errors import BadInput, NotAllowed
from gongkai.files.actions import Upload
from gongkai.files.actions import receive as receive_file
from gongkai.law.events import Channel, Confirmed
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty
from gongkai.search.fold import fold
from gongkai.trail.actions import hold, record
from gongkai.vault.sealing import fingerprint

#: 重复提交：the same person, the same words, within so many days.
TWIN_DAYS = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """所申请的：what is asked for, how it came and how the answer is wanted."""

    channel: Channel
    subject: str
    description: str = ""
    sort: Sort = Sort.DISCLOSURE
    arrived_on: date | None = None
    arrival_note: str = ""
    handed_by: str = ""
    wanted_number: str = ""
    purpose: str = ""
    form: Form = Form.ELECTRONIC
    delivery: str = ""
    assistance: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """申请人的情况：as typed; sealed when it is kept."""

    name: str
    category: Category = Category.PERSON
    identity: str = Identity.RESIDENT
    identity_number: str = ""
    representative: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    proxy: str = ""
    proxy_number: str = ""
    proxy_phone: str = ""


@dataclass(frozen=True)
class Sent:
    """随附文件：what class it is of, its content and its name."""

    sort: Attached
    content: Upload | bytes
    name: str


def person_key(person: Person) -> str:
    """同一申请人：a blind index of the identity number, else of name and telephone or address."""
    told = person.identity_number or (
        f"{person.name} {person.phone or person.email or person.address}"
        if person.phone or person.email or person.address
        else ""
    )
    return fingerprint(told, "applications.person") if told else ""


def text_key(asked: Asked) -> str:
    """同一内容：a hash of the words, whatever their width, spaces and punctuation."""
    words = "".join(
        letter
        for letter in fold(f"{asked.subject}{asked.wanted_number}{asked.description}")
        if letter.isalnum()
    )
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


def twin_of(organ: Organ, person: str, text: str) -> Application | None:
    """重复提交的申请：the latest of the same person and words at this organ, lately; or None."""
    if not person or not text:
        return None
    since = timezone.now() - TWIN_DAYS
    rows = Application.objects.filter(
        organ=organ, person_key=person, text_key=text, created_at__gte=since
    )
    # By the time it came and not by its key, whose order would lead SQLite through the register.
    return rows.order_by("-created_at", "-pk").first()


def why_not_receive(asked: Asked, persons: Sequence[Person], *, by: Staff | None) -> list[str]:
    """收件的障碍：what is missing before it can be kept at all.

    What the law wants besides (第二十九条) and a paper lacks is no obstacle at the desk: it is
    received, and the applicant is told to correct it（第三十条）.
    """
    reasons = []
    if not asked.subject.strip():
        reasons.append("没有填写所需信息的名称或者描述")
    if not persons or not persons[0].name.strip():
        reasons.append("没有填写申请人姓名（名称）")
    if asked.arrived_on and asked.arrived_on > timezone.localdate():
        reasons.append(f"到达日期{asked.arrived_on}晚于今天")
    if by is None:
        reasons += _missing_online(persons)
    return reasons


def _missing_online(persons: Sequence[Person]) -> Iterable[str]:
    """身份证明、联系方式（第二十九条第二款第（一）项）：the page asks before it sends."""
    for person in persons:
        who = person.name or "申请人"
        if not person.identity_number.strip():
            yield f"没有填写{who}的身份证明号码（第二十九条）"
        if not (person.phone or person.email or person.address):
            yield f"没有填写{who}的联系方式（第二十九条）"


@transaction.atomic
def receive(
    organ: Organ,
    asked: Asked,
    persons: Sequence[Person],
    *,
    by: Staff | None,
    sent: Iterable[Sent] = (),
    draft: Draft | None = None,
    **kept: Any,
) -> Application:
    """收件：keep the request, give it number and query code, start its clock.

    ``by=None`` is the applicant himself, online. A ``draft`` is sent once: sending it again gives
    back what it became. The same words of the same person are kept as well, linked to the first.
    Raises NotAllowed with all reasons; BadDate; Unreadable for a file.
    """
    hold()
    if draft is not None:
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.application is not None:
            return draft.application
    if by is not None and Duty.DISCLOSURE not in roles_of(by, organ):
        raise NotAllowed(f"“收件”由{organ}的信息公开机构办理。")
    if not organ.stands(timezone.localdate()):
        raise NotAllowed(f"{organ}已经撤并，请向承继其职权的机关申请。")
    refuse(why_not_receive(asked, persons, by=by))
    arrived = checked_day(asked.arrived_on, what="到达日期")
    key, words = person_key(persons[0]), text_key(asked)
    twin = twin_of(organ, key, words)
    number, serial = next_number(organ, arrived.year)
    application = Application(
        organ=organ,
        year=arrived.year,
        serial=serial,
        number=number,
        code=query_code(),
        sort=asked.sort,
        channel=asked.channel.value,
        arrived_on=arrived,
        arrival_note=asked.arrival_note,
        handed_by=asked.handed_by,
        applicant_name=persons[0].name.strip(),
        category=persons[0].category,
        person_key=key,
        subject=asked.subject.strip(),
        wanted_number=asked.wanted_number.strip(),
        description=asked.description.strip(),
        purpose=asked.purpose.strip(),
        form=asked.form,
        delivery=asked.delivery,
        assistance=asked.assistance.strip(),
        text_key=words,
        received_on=arrived,
        origin=twin,
        origin_kind="同一申请人内容相同的申请" if twin else "",
        **kept,
    )
    for name, value in columns_of(standing_of(application), application.state).items():
        setattr(application, name, value)
    application.save()
    Applicant.objects.bulk_create(
        Applicant(application=application, order=order, **vars(person))
        for order, person in enumerate(persons)
    )
    Matter.objects.create(application=application, text=_whole(asked))
    finding.put([application])
    for one in sent:
        attach(application, one, by=by)
    note = discreet(application, f"{asked.channel.label}；{asked.arrival_note}").rstrip("；")
    record(application, "receive", by=by, label="收件", after=application.state, note=note)
    if draft is not None:
        Draft.objects.filter(pk=draft.pk).update(application=application, content="")
    return application


def _whole(asked: Asked) -> str:
    parts = [asked.subject.strip(), asked.wanted_number.strip(), asked.description.strip()]
    return "\n".join(dict.fromkeys(part for part in parts if part))


def attach(application: Application, sent: Sent, *, by: Staff | None, **owner: Any) -> Attachment:
    """附件：kept with the application; scans of identity papers are sealed.

    Raises Unreadable for a file that is refused.
    """
    blob, name = receive_file(sent.content, sent.name, sealed=sent.sort.is_personal)
    order = application.attachments.count()
    return Attachment.objects.create(
        application=application, blob=blob, name=name, sort=sent.sort, order=order, by=by, **owner
    )


def register(
    application: Application,
    *,
    by: Staff,
    category: Category | None = None,
    handler: Staff | None = None,
    unit: str = "",
) -> None:
    """登记：the office has looked at it, knows the category and gives it to somebody.

    Raises NotAllowed with all reasons.
    """
    changes: dict[str, Any] = {"handler": handler or application.handler or by}
    if unit:
        changes["unit"] = unit
    if category and category != application.category:
        changes["category"] = category
    with transaction.atomic():
        refuse(why_not_assign(application, changes["handler"]))
        act(application, "register", by=by, **changes)
        if "category" in changes:
            application.applicants.filter(order=0).update(category=category)


def why_not_assign(application: Application, to: Staff) -> list[str]:
    """分办的障碍：the handler must have a duty that handles, at this organ."""
    if roles_of(to, application.organ) & HANDLING:
        return []
    return [f"{to}在{application.organ}没有承办的岗位"]


def assign(
    application: Application, *, by: Staff, handler: Staff, unit: str = "", note: str = ""
) -> None:
    """分办：give it to another handler. Raises NotAllowed."""
    refuse(why_not_assign(application, handler))
    act(application, "assign", by=by, note=note, handler=handler, unit=unit or application.unit)


def why_not_confirm(
    application: Application, *, by: Staff | None, on: date | None = None
) -> list[str]:
    """确认的障碍：only post that nobody signs for, and what comes electronically, is confirmed."""
    reasons = why_not(application, "confirm", by=by)
    channel = application.came_by
    if not (channel.is_unsigned_post or channel.is_electronic):
        reasons.append(f"“{channel.label}”以收到之日为准，不需要与申请人确认（第三十一条）")
    elif happened(application, Confirmed):
        reasons.append("已经确认过")
    else:
        reasons += why_not_event(application, Confirmed(on or timezone.localdate()))
    return reasons


def confirm(
    application: Application, *, by: Staff | None, on: date | None = None, note: str = ""
) -> None:
    """确认收到：both sides confirm; the clock starts from that day（第三十一条第（二）（三）项）.

    Raises NotAllowed with all reasons, BadDate for a day to come.
    """
    day = checked_day(on, what="确认日期")
    refuse(why_not_confirm(application, by=by, on=day))
    act(application, "confirm", by=by, note=note, events=[Confirmed(day)])


def attempt(application: Application, *, by: Staff, text: str, on: date | None = None) -> None:
    """记录联系情况：an attempt to reach the applicant, which keeps the office safe later."""
    if not text.strip():
        raise BadInput("请写明何时、以何种方式联系，结果如何。")
    day = checked_day(on, what="联系日期", since=application.arrived_on)
    with transaction.atomic():
        act(application, "attempt", by=by, note=text)
        remark(application, text, day, by=by)


def split(application: Application, texts: Sequence[str], *, by: Staff) -> list[Matter]:
    """分项：the things asked for, each by itself; answered one by one and counted once.

    Raises NotAllowed where a matter has already been decided; BadInput for fewer than one.
    """
    wanted = [text.strip() for text in texts if text.strip()]
    if not wanted:
        raise BadInput("请至少写明一项申请内容。")
    if application.matters.exclude(outcome="").exists():
        raise NotAllowed("已经对事项作出处理，不能再重新分项；请先清除各项的答复结果。")
    with transaction.atomic():
        act(application, "split", by=by, note=f"分为{len(wanted)}项")
        application.matters.all().delete()
        made = Matter.objects.bulk_create(
            Matter(application=application, order=order, text=text)
            for order, text in enumerate(wanted)
        )
        finding.put([application])
    return made
