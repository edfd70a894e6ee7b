"""存档的文书：the register form, the proof of service and the approval slip, from the record.

They are made anew whenever somebody wants them and kept nowhere: what they say is on record.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from gongkai.applications.actions.papers import composed
from gongkai.applications.actions.replying import paper_of
from gongkai.applications.clock import correction_notice_by, standing_of
from gongkai.applications.letters.compose import Composed
from gongkai.applications.letters.fields import day
from gongkai.applications.models import Application, Paper
from gongkai.applications.states import Sort
from gongkai.errors import NotAllowed
from gongkai.law.articles import FEE_MEASURE
from gongkai.law.outcomes import outcome
from gongkai.law.terms import CORRECTION_NOTICE, EXTENSION, OPINION, REPLY
from gongkai.trail.models import Step

#: 审批单的各栏：the moves that fill them.
_OPINIONS = {
    "承办意见": "submit",
    "合法性审核意见": "pass_legal",
    "保密审查意见": "pass_secrecy",
    "负责人意见": "sign",
}
_NOT_YET = "尚未办理"


def register_form(application: Application) -> Composed:
    """登记表（文书2）：with every last day and its article."""
    return composed(application, 2, facts={"各项期限": terms(application)})[0]


def terms(application: Application) -> list[dict[str, object]]:
    """各项期限：name, day and article, in the order of the law."""
    standing = standing_of(application)
    own = application.sort == Sort.RECTIFICATION
    told: list[tuple[str, Any, object]] = [
        ("补正告知", correction_notice_by(application).due, CORRECTION_NOTICE.article),
        ("答复期限", standing.original_due or standing.due, "本机关自定" if own else REPLY.article),
    ]
    if standing.extended_due:
        told.append(("延期后的答复期限", standing.extended_due, EXTENSION.article))
    asked = application.consultations.all()
    told += [(f"{one.name}答复意见", one.due_on, OPINION.article) for one in asked]
    paid = FEE_MEASURE.article(6, 1)
    told += [("缴纳信息处理费", fee.pay_by, paid) for fee in application.fees.all()]
    return [
        {"名称": name, "日期": on, "依据": f"{basis}"} for name, on, basis in told if on is not None
    ]


def service_record(paper: Paper) -> Composed:
    """送达回证（文书36）：of the last time a paper went out. Raises NotAllowed before it has."""
    service = paper.services.select_related("by").last()
    if service is None:
        raise NotAllowed(f"{paper.title}还没有送达记录。")
    proof = service.sent_on if service.counts_when_sent else service.signed_on
    facts = {
        "送达文书": f"{paper.title}（{paper.number}）",
        "受送达人": paper.addressee,
        "送达方式": service.get_way_display(),
        "邮件号码": service.tracking,
        "交邮日期": service.sent_on,
        "签收人": service.receiver,
        "交邮或者签收日期": proof,
        "送达人": service.by.name if service.by else "",
        "备注": service.note,
    }
    facts = {name: value for name, value in facts.items() if value}
    return composed(paper.application, 36, on=service.sent_on, facts=facts)[0]


def approval_slip(application: Application) -> Composed:
    """审批单（文书38）：what each desk said of the reply of this round.

    Raises NotAllowed before there is a reply.
    """
    paper = paper_of(application)
    reply = application.replies.filter(round=application.round).first()
    if paper is None or reply is None:
        raise NotAllowed("还没有生成答复书。")
    due = standing_of(application).due
    facts: dict[str, Any] = {
        "拟用文书": f"{paper.title}（{paper.number}）；答复结果：{outcome(reply.outcome).name}",
        **opinions(application),
    }
    if due is not None:
        facts["答复期限"] = due
    return composed(application, 38, facts=facts)[0]


def opinions(application: Application) -> dict[str, str]:
    """各环节的意见：who, when, what; of the last time the reply was submitted."""
    told = dict.fromkeys(_OPINIONS, _NOT_YET)
    steps = list(Step.objects.of(application).order_by("number"))
    submitted = max((one.number for one in steps if one.move == "submit"), default=None)
    ordered = max((one.number for one in steps if one.move == "reorder"), default=-1)
    if submitted is None or submitted < ordered:
        return told
    for name, move in _OPINIONS.items():
        last = [one for one in steps if one.move == move and one.number >= submitted]
        if last:
            told[name] = _said(last[-1])
    return told


def _said(step: Step) -> str:
    on = timezone.localtime(step.at).date()
    words = step.label + (f"，{step.note}" if step.note else "")
    return f"{step.who} {day(on)}：{words}"
