"""归档和保管：what is done with requests after they are closed, by the real actions.

A few are archived in packages; of a year whose period is over some are anonymised, one is kept
longer, the rest wait to be looked at. One letter has the office's own words, and one answer is on
its way to be public for all（第四十四条）.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.archiving import archive, check_archive
from gongkai.applications.actions.learning import publish
from gongkai.applications.actions.receiving import Sent, attach
from gongkai.applications.actions.retaining import (
    anonymise,
    due_applications,
    postpone,
    years_after,
)
from gongkai.applications.actions.templating import word
from gongkai.applications.letters.texts import shipped
from gongkai.applications.models import Application, Disposal, LetterTemplate, Reply
from gongkai.applications.states import Attached, State
from gongkai.demo import figures
from gongkai.demo.attachments import identity_card
from gongkai.documents.models import Document
from gongkai.law.letters import letter
from gongkai.organs.models import Organ, Staff

#: How many are archived; as many again have scans whose days are over.
_ARCHIVED = 3
_ANONYMISED = 12
#: 《政府信息公开申请补正告知书》
_CORRECTION = 4
_HELP = "填写确有困难的，可以在工作日到本机关政务公开办公室，由工作人员当面协助。"


def keep_requests(city: Organ) -> None:
    """归档、保管、改模板、转为主动公开：each unless it is there already."""
    clerk = Staff.objects.get(username="gongkai")
    _archive(city, clerk)
    _dispose(city, clerk)
    _word(city, clerk)
    _for_all(city, clerk, Staff.objects.get(username="qicao2"))


def _of_the_year(city: Organ, **wanted: object) -> list[Application]:
    rows = Application.objects.filter(organ=city, year=figures.YEAR, demo=True, **wanted)
    return list(rows.select_related("organ").order_by("serial")[: 2 * _ARCHIVED])


def _archive(city: Organ, clerk: Staff) -> None:
    """归档：with the scan of the identity paper; scans not archived are due to be removed."""
    if Application.objects.filter(organ=city, state=State.ARCHIVED, demo=True).exists():
        return
    closed = _of_the_year(city, state=State.CLOSED, disputed=False)
    for one in closed:
        if not one.attachments.filter(sort=Attached.IDENTITY).exists():
            name = "身份证明（演示）.png"
            attach(one, Sent(Attached.IDENTITY, identity_card(one.serial), name), by=clerk)
    for one in closed[:_ARCHIVED]:
        archive(one, by=clerk)
    check_archive(closed[0], by=clerk)


@transaction.atomic
def _dispose(city: Organ, clerk: Staff) -> None:
    """保管期满：the oldest anonymised with a proof, the next kept longer, the others wait."""
    due = list(due_applications(city)[: _ANONYMISED + 1])
    if len(due) <= _ANONYMISED or Disposal.objects.filter(organ=city).exists():
        return
    *gone, longer = due
    reason = f"{gone[0].year}年登记簿所载申请保管期满，经鉴定没有继续保存的价值（演示）"
    anonymise(gone, by=clerk, reason=reason)
    until = years_after(timezone.localdate(), 2)
    postpone(longer, by=clerk, until=until, reason="所涉征收项目仍在补偿安置中（演示）")


def _word(city: Organ, clerk: Staff) -> None:
    """本机关的模板：one sentence more than the text shipped."""
    if LetterTemplate.objects.filter(organ=city).exists():
        return
    text = shipped(letter(_CORRECTION))
    contact = "{{ 联系方式 }}"
    assert text.count(contact) == 1
    word(
        city, _CORRECTION, text.replace(contact, f"{_HELP}\n\n{contact}"), by=clerk,
        valid_from=timezone.localdate(), note="增加可以当面协助填写的说明（演示）",
    )  # fmt: skip


def _for_all(city: Organ, clerk: Staff, drafter: Staff) -> None:
    """转为主动公开：a draft that waits to be finished by who drafts it."""
    replies = Reply.objects.filter(application__organ=city, application__year=figures.YEAR)
    if replies.filter(published_as__isnull=False).exists():
        return
    reply = replies.filter(outcome="A2").select_related("application__organ").earliest("pk")
    document = publish(reply, by=clerk, drafter=drafter)
    Document.objects.filter(pk=document.pk).update(demo=True)
