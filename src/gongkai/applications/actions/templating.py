"""改模板：an office's own wording of a letter; a version is never changed, a better one follows."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.applications.actions.taking import refuse
from gongkai.applications.letters.check import check_template
from gongkai.applications.models import LetterTemplate
from gongkai.errors import BadDate, BadInput
from gongkai.law.letters import letter as numbered
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty
from gongkai.trail.actions import hold, record

_MAY = frozenset({Duty.DISCLOSURE, Duty.OFFICE_HEAD})


def why_not_word(organ: Organ, *, by: Staff) -> list[str]:
    """改模板的障碍：the disclosure office of that very organ words its letters."""
    if roles_of(by, organ) & _MAY:
        return []
    return [f"文书模板由{organ}的信息公开机构修改"]


@transaction.atomic
def word(
    organ: Organ, number: int, body: str, *, by: Staff, valid_from: date, note: str
) -> LetterTemplate:
    """启用新版本：from a day on, today at the earliest.

    Raises NotAllowed with what the check finds, BadDate for a day gone by, BadInput without a note
    or where nothing has changed.
    """
    hold()
    refuse(why_not_word(organ, by=by))
    text = body.replace("\r\n", "\n").strip() + "\n"
    refuse(problem.rstrip("。") for problem in check_template(number, text))
    if valid_from < timezone.localdate():
        raise BadDate(f"启用日期{valid_from}早于今天，已经发出的文书不受影响，请从今天起启用。")
    if not note.strip():
        raise BadInput("请写明修改了什么。")
    own = LetterTemplate.objects.filter(organ=organ, letter=number)
    latest = own.filter(withdrawn_on__isnull=True).order_by("-version").first()
    if latest is not None and latest.body == text:
        raise BadInput("与现在的版本相同，没有改变。")
    version = (own.aggregate(Max("version"))["version__max"] or 0) + 1
    made = LetterTemplate.objects.create(
        organ=organ,
        letter=number,
        version=version,
        body=text,
        valid_from=valid_from,
        note=note.strip(),
        by=by,
    )
    label = f"启用文书模板：{numbered(number).name}第{version}版"
    record(made, "create", by=by, label=label, note=note)
    return made


def why_not_withdraw(template: LetterTemplate, *, by: Staff) -> list[str]:
    """停用的障碍。"""
    reasons = why_not_word(template.organ, by=by)
    if template.withdrawn_on:
        reasons.append("已经停用")
    return reasons


@transaction.atomic
def withdraw(template: LetterTemplate, *, by: Staff) -> None:
    """停用：the version before it is in use again, or the text that is shipped."""
    hold()
    refuse(why_not_withdraw(template, by=by))
    template.withdrawn_on = timezone.localdate()
    template.save(update_fields=["withdrawn_on"])
    record(template, "withdraw", by=by, label=f"停用文书模板：{template}")
