"""留言：between the applicant and the office, kept with the application."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.conversing import say
from gongkai.applications.actions.taking import refuse
from gongkai.applications.actions.telling import tell_applicant
from gongkai.applications.models import Application, Message
from gongkai.errors import BadInput
from gongkai.organs.models import Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty
from gongkai.trail.actions import record

_MAY = frozenset({Duty.DISCLOSURE, Duty.DRAFT, Duty.OFFICE_HEAD})
LONGEST = 2_000


def why_not_answer(application: Application, *, by: Staff) -> list[str]:
    """回复留言的障碍：the disclosure office and who handles speak for the organ."""
    if application.anonymised_on:
        return ["申请已经匿名化，不能再留言"]
    if roles_of(by, application.organ) & _MAY:
        return []
    return [f"留言由{application.organ}的信息公开机构和承办人回复"]


@transaction.atomic
def answer(application: Application, *, by: Staff, text: str) -> Message:
    """回复留言：what the applicant wrote before counts as read. Raises NotAllowed, BadInput."""
    told = text.replace("\r\n", "\n").strip()
    if not told:
        raise BadInput("请写明要告诉申请人的内容。")
    if len(told) > LONGEST:
        raise BadInput(f"留言最多{LONGEST}字，现在有{len(told)}字。")
    refuse(why_not_answer(application, by=by))
    record(application, "message", by=by, label="回复留言")
    unread = application.messages.filter(by__isnull=True, read_at__isnull=True)
    unread.update(read_at=timezone.now())
    message = say(application, told, by=by)
    tell_applicant(application, f"message:{message.pk}", "承办机关回复了您的留言")
    return message
