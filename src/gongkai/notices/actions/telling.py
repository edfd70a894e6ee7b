"""通知：write down what is to be said, once, in the transaction at hand; a job sends it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction

from gongkai.errors import BadInput, NotAllowed
from gongkai.notices import tasks
from gongkai.notices.actions.choosing import channels_of, preference_of
from gongkai.notices.addresses import mobile
from gongkai.notices.models import Notice
from gongkai.notices.states import Audience, Channel, Pace
from gongkai.notices.subjects import Recipient, organ_of, staff_recipient, why_not_write
from gongkai.organs.models import Staff
from gongkai.screening.finding import Severity
from gongkai.screening.numbers import mobile_numbers, old_resident_numbers, resident_numbers
from gongkai.screening.page import Page


@transaction.atomic
def tell(
    key: str,
    to: Recipient,
    channel: Channel,
    title: str,
    body: str,
    about: models.Model,
    *,
    number: str = "",
    link: str = "",
    held: bool = False,
) -> Notice:
    """通知一次：``key`` names the occasion, told again it gives back what was told first.

    ``number`` is that of the case, ``link`` a path on this site where to read on; ``held`` waits
    for the daily summary. Raises NotAllowed when the recipient may not be written to about this
    record, BadInput for an address, a text or a key that will not do.
    """
    first = Notice.objects.filter(key=key).first()
    if first is None:
        first = _written(key, to, channel, title, body, about, number, link, held)
    if (first.subject, first.subject_id) != (about._meta.label_lower, str(about.pk)):
        raise BadInput(f"去重键“{key}”已经用在另一个对象的通知上。")
    return first


def _written(
    key: str,
    to: Recipient,
    channel: Channel,
    title: str,
    body: str,
    about: models.Model,
    number: str,
    link: str,
    held: bool,
) -> Notice:
    title, body = " ".join(_text(title).split()), _text(body).strip()
    if reasons := why_not_write(about, to) + why_not_say(f"{title}\n{body}", channel, to):
        raise NotAllowed(f"不能通知：{'；'.join(reasons)}。")
    if not key or len(key) > 200 or not title or len(title) > 200:
        raise BadInput("通知要有去重键和标题，各不超过 200 字。")
    if len(number) > 100 or len(link) > 300:
        raise BadInput("通知的编号不超过 100 字，链接不超过 300 字。")
    told, first = Notice.objects.get_or_create(
        key=key,
        defaults={
            "subject": about._meta.label_lower,
            "subject_id": str(about.pk),
            "organ_id": organ_of(about),
            "audience": to.audience,
            "recipient_id": to.id,
            "channel": channel,
            "address": proved(to.address, channel),
            "title": title,
            "body": body,
            "number": number,
            "link": link,
            "held": held,
        },
    )
    if first and not held:
        tasks.send.using(key=f"notices.send:{told.pk}").enqueue(told.pk)
    return told


def _text(value: str) -> str:
    """Text as both databases can keep it: without NUL and without halves of characters."""
    return value.replace("\0", "").encode("utf-8", "replace").decode()


def proved(address: str, channel: Channel) -> str:
    """收件地址：one the channel can reach; raises BadInput."""
    if channel is Channel.WEBHOOK:
        return ""
    if channel is Channel.SMS:
        if not (number := mobile(address)):
            raise BadInput("发短信要有 11 位的手机号码。")
        return number
    try:
        validate_email(address.strip())
    except ValidationError:
        raise BadInput("发邮件要有正确的电子邮箱地址。") from None
    return address.strip()


def why_not_say(text: str, channel: Channel, to: Recipient) -> list[str]:
    """为什么不能这样写：a message leaves the house, so what identifies a person stays inside.

    The interface passes messages to other systems: it is not for applicants, nor for private
    numbers (《个人信息保护法》第六条：限于实现处理目的的最小范围).
    """
    page = Page(text)
    reasons = []
    if any(resident_numbers(page)) or any(old_resident_numbers(page)):
        reasons.append("文字里有居民身份证号码")
    if channel is Channel.WEBHOOK:
        if to.audience is Audience.APPLICANT:
            reasons.append("系统接口不用来通知申请人")
        if any(hit.severity is not Severity.NOTE for hit in mobile_numbers(page)):
            reasons.append("文字里有个人手机号码")
    return reasons


@transaction.atomic
def tell_staff(
    staff: Staff,
    key: str,
    title: str,
    body: str,
    about: models.Model,
    *,
    number: str = "",
    link: str = "",
    urgent: bool = False,
) -> list[Notice]:
    """通知工作人员：by each channel he chose and can be reached by; none is possible.

    What is urgent goes at once, whatever he chose for the rest. Raises as :func:`tell` does.
    """
    held = preference_of(staff).pace == Pace.DAILY and not urgent
    return [
        tell(
            f"{key}:{channel}:{staff.pk}",
            staff_recipient(staff, channel),
            channel,
            title,
            body,
            about,
            number=number,
            link=link,
            held=held,
        )
        for channel in channels_of(staff)
    ]
