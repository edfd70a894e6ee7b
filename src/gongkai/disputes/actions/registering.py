"""登记案件：the day our copy comes; what it is about, who hears it, by when we must answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.taking import checked_day, refuse
from gongkai.applications.models import Application
from gongkai.disputes.actions.taking import act, why_not, why_not_handle
from gongkai.disputes.clock import REVIEW_LAW_2023, due_of, standing_of
from gongkai.disputes.models import Attachment, Dispute
from gongkai.disputes.states import Attached, Challenged, Kind, Procedure, State
from gongkai.errors import BadInput
from gongkai.files.actions import Upload
from gongkai.files.actions import receive as receive_file
from gongkai.law.articles import (
    DISCLOSURE_INTERPRETATION,
    LITIGATION_INTERPRETATION,
    RECONSIDERATION,
)
from gongkai.law.letters import RemedyKind
from gongkai.law.outcomes import Outcome, outcome
from gongkai.organs.models import Organ, Staff
from gongkai.organs.numbering import next_serial
from gongkai.trail.actions import hold, record

#: What tells of people in the words of whoever typed it.
_QUIET = ("about", "claimant")
_REVIEW_FIRST = RECONSIDERATION.article(23, 1, 4)
_IDLE_FIRST = RECONSIDERATION.article(23, 1, 3)
_REJECTED = LITIGATION_INTERPRETATION.article(69, 1, 5)
_EITHER = DISCLOSURE_INTERPRETATION.article(2, 2)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """登记事项：what the papers say that came.

    Of a reply to a request in the register ``outcome``, ``article`` and ``paper_number`` are read
    from that reply where they are left empty.
    """

    kind: Kind
    body: str
    received_on: date
    application: Application | None = None
    about: str = ""
    challenged: Challenged = Challenged.REPLY
    round: int | None = None
    outcome: str = ""
    article: str = ""
    paper_number: str = ""
    case_number: str = ""
    claimant: str = ""
    procedure: Procedure = Procedure.ORDINARY
    earlier: Dispute | None = None


@dataclass(frozen=True)
class Sent:
    """材料：a file of the case, and what it is."""

    sort: Attached
    content: Upload | bytes
    name: str


def why_not_register(organ: Organ, facts: Facts) -> list[str]:
    """登记事项的毛病：what is missing, and what contradicts the law of the day or the register."""
    reasons = []
    if facts.application is None and not facts.about.strip():
        reasons.append("没有关联申请的，请写明所涉事项")
    if not facts.body.strip():
        reasons.append(f"请填写{facts.kind.forum}")
    if facts.application is not None:
        if facts.application.organ_id != organ.pk:
            reasons.append(f"所涉申请{facts.application}不是{organ}受理的")
        elif facts.received_on < facts.application.arrived_on:
            reasons.append(f"收到副本的日期早于申请到达之日{facts.application.arrived_on}")
    if (
        facts.kind is Kind.REVIEW
        and facts.procedure is Procedure.SIMPLE
        and facts.received_on < REVIEW_LAW_2023
    ):
        reasons.append(
            f"行政复议的简易程序自{REVIEW_LAW_2023}起才有（{RECONSIDERATION.article(53)}）"
        )
    earlier = facts.earlier
    if earlier is not None:
        if facts.kind is not Kind.AFTER:
            reasons.append("只有复议后起诉的案件才有此前的行政复议")
        elif earlier.sort is not Kind.REVIEW or earlier.organ_id != organ.pk:
            reasons.append(f"{earlier}不是本机关的行政复议案件")
        elif earlier.received_on > facts.received_on:
            reasons.append(f"行政复议{earlier}的收到日期{earlier.received_on}晚于起诉状副本")
    return reasons


def warnings_about(facts: Facts) -> list[str]:
    """登记时的提醒：what is odd in law and yet happens; it is registered all the same."""
    told = []
    challenged = _outcome_of(facts)
    if facts.kind is Kind.DIRECT and facts.received_on >= REVIEW_LAW_2023:
        if facts.challenged is Challenged.REPLY and challenged is not None:
            told += _of_refusals(challenged)
        elif (
            facts.challenged is Challenged.SILENCE
            and facts.received_on < DISCLOSURE_INTERPRETATION.in_force
        ):
            told.append(
                f"{DISCLOSURE_INTERPRETATION.in_force}以前，对不答复是否须先复议有不同认识"
                f"（{_IDLE_FIRST}）；此后复议、诉讼均可（{_EITHER}）"
            )
    if facts.kind is Kind.AFTER and facts.earlier is None:
        told.append("没有选择此前的行政复议；台账里有的请选上，年报核验要对照两者的件数")
    if facts.application is None:
        told.append("没有关联申请；申请在登记簿里的，请关联，败诉原因才能按答复结果统计")
    return told


def _of_refusals(challenged: Outcome) -> list[str]:
    if challenged.remedy is RemedyKind.REVIEW_FIRST:
        return [
            f"{REVIEW_LAW_2023}起，对不予公开（{challenged.name}）不服的，应当先申请行政复议，"
            f"不应直接起诉（{_REVIEW_FIRST}）；没有先复议的，应当裁定驳回起诉（{_REJECTED}），"
            "请核对案件种类"
        ]
    if challenged.remedy is RemedyKind.PARTIAL:
        return [
            f"对部分公开中不予公开的部分不服的，应当先申请行政复议（{_REVIEW_FIRST}），"
            "对其余部分可以直接起诉；请核对起诉的是哪一部分"
        ]
    return []


@transaction.atomic
def register(
    organ: Organ,
    facts: Facts,
    *,
    by: Staff,
    handler: Staff | None = None,
    sent: Iterable[Sent] = (),
    **kept: Any,
) -> Dispute:
    """登记案件：keep it, number it, start its clock, mark the request as disputed.

    Raises NotAllowed with all reasons; BadDate for a day to come; Unreadable for a file.
    """
    hold()
    refuse([*why_not_handle(organ, by=by), *why_not_register(organ, facts)])
    checked_day(facts.received_on, what="收到副本的日期")
    year = timezone.localdate().year
    serial = next_serial(series_of(organ, year))
    dispute = Dispute(
        organ=organ,
        year=year,
        serial=serial,
        number=number_of(organ, year, serial),
        handler=handler or by,
        **columns_of(facts),
        **kept,
    )
    dispute.due_on, dispute.provisional = due_of(dispute), standing_of(dispute).provisional
    dispute.save()
    for one in sent:
        keep_file(dispute, one, by=by)
    record(dispute, "register", by=by, label="登记案件", after=State.RECEIVED,
           note=f"{facts.kind.short}，{facts.received_on}收到{facts.kind.copy}")  # fmt: skip
    mark_disputed(dispute, by=by)
    return dispute


def series_of(organ: Organ, year: int) -> str:
    """台账编号的序列：by the key of the organ, for names change and short ones are shared."""
    return f"disputes:{organ.pk}:{year}"


def number_of(organ: Organ, year: int, serial: int) -> str:
    """台账编号：石家庄市财政局复议诉讼〔2025〕3号."""
    return f"{organ.short_name or organ.name}复议诉讼〔{year}〕{serial}号"


def columns_of(facts: Facts) -> dict[str, Any]:
    """栏目值：the facts as they are kept; of a reply in the register, with what it says."""
    told = vars(facts) | {
        "about": facts.about.strip(), "body": facts.body.strip(),
        "case_number": facts.case_number.strip(), "claimant": facts.claimant.strip(),
    }  # fmt: skip
    if facts.application is not None:
        told |= _of_the_request(facts, facts.application)
    if told["outcome"] and not told["article"]:
        found = outcome(told["outcome"]).article
        told["article"] = f"{found}" if found else ""
    return told


def _of_the_request(facts: Facts, application: Application) -> dict[str, Any]:
    """从登记簿取得的：what is asked, who asks, and what the reply of that round was."""
    told: dict[str, Any] = {
        "about": facts.about.strip() or application.subject,
        "claimant": facts.claimant.strip() or application.applicant_name,
    }
    if facts.challenged is not Challenged.REPLY:
        return told
    number = facts.round or application.round
    reply = application.replies.filter(round=number).select_related("paper").first()
    if reply is None:
        return told | {"outcome": facts.outcome or application.outcome}
    paper = reply.paper.number if reply.paper else ""
    return told | {
        "round": number,
        "outcome": facts.outcome or reply.outcome,
        "paper_number": facts.paper_number or paper,
    }


def facts_of(dispute: Dispute) -> Facts:
    """登记事项：as they are on record."""
    told = {one.name: getattr(dispute, one.name) for one in fields(Facts)}
    return Facts(
        **told
        | {
            "kind": dispute.sort,
            "challenged": Challenged(dispute.challenged),
            "procedure": Procedure(dispute.procedure),
        }
    )


def _outcome_of(facts: Facts) -> Outcome | None:
    code = columns_of(facts)["outcome"]
    return outcome(code) if code else None


def mark_disputed(dispute: Dispute, *, by: Staff | None) -> None:
    """标明申请涉及复议、诉讼：it is kept longer from now on; striking the case does not undo it."""
    application = dispute.application
    if application is None or application.disputed:
        return
    Application.objects.filter(pk=application.pk).update(disputed=True)
    application.disputed = True
    record(application, "dispute", by=by, label="涉及复议、诉讼", note=f"{dispute}")


def keep_file(dispute: Dispute, sent: Sent, *, by: Staff | None, **owner: Any) -> Attachment:
    """收下材料：sealed, with the case. Raises Unreadable for a file that is refused."""
    blob, name = receive_file(sent.content, sent.name, sealed=True)
    return Attachment.objects.create(
        dispute=dispute, blob=blob, name=name, sort=sent.sort, by=by,
        order=dispute.attachments.count(), **owner,
    )  # fmt: skip


@transaction.atomic
def attach(dispute: Dispute, sent: Iterable[Sent], *, by: Staff, note: str = "") -> None:
    """加入材料。Raises NotAllowed, BadInput, Unreadable."""
    found = list(sent)
    if not found:
        raise BadInput("请选择文件。")
    refuse(why_not(dispute, "attach", by=by))
    told = "、".join(dict.fromkeys(str(one.sort.label) for one in found))
    act(dispute, "attach", by=by, note=f"{told}{len(found)}份{'，' if note else ''}{note}")
    for one in found:
        keep_file(dispute, one, by=by)


@transaction.atomic
def assign(dispute: Dispute, handler: Staff, *, by: Staff) -> None:
    """确定承办人。Raises NotAllowed for one without a duty at the organ."""
    if reasons := why_not_handle(dispute.organ, by=handler):
        refuse([f"{handler.name}不是{dispute.organ}信息公开机构、法制机构的人员", *reasons[1:]])
    act(dispute, "assign", by=by, note=handler.name, handler=handler)


@transaction.atomic
def amend(dispute: Dispute, facts: Facts, *, by: Staff, reason: str) -> None:
    """更正登记事项：what was read or typed wrong, with the reason; the clock is read anew.

    Raises NotAllowed with all reasons, BadDate.
    """
    if facts.outcome != dispute.outcome and facts.article == dispute.article:
        facts = replace(facts, article="")  # it was that of the other outcome
    refuse([*why_not(dispute, "amend", by=by), *why_not_register(dispute.organ, facts)])
    checked_day(facts.received_on, what="收到副本的日期")
    refuse(_why_not_amend(dispute, facts))
    columns = columns_of(facts)
    changes = {name: value for name, value in columns.items() if getattr(dispute, name) != value}
    # Words that may name somebody are put right on the record and not told in the trail.
    quiet = {name: changes.pop(name) for name in _QUIET if name in changes}
    act(dispute, "amend", by=by, note=reason, **changes)
    if quiet:
        Dispute.objects.filter(pk=dispute.pk).update(**quiet)
        for name, value in quiet.items():
            setattr(dispute, name, value)
    mark_disputed(dispute, by=by)


def _why_not_amend(dispute: Dispute, facts: Facts) -> list[str]:
    """更正的障碍：what has happened since must still be possible."""
    reasons = []
    first = dispute.rulings.order_by("on").first()
    if first is not None and first.on < facts.received_on:
        reasons.append(f"收到副本的日期晚于{first.on}的结论")
    if dispute.filed_on is not None and dispute.filed_on < facts.received_on:
        reasons.append(f"收到副本的日期晚于提交{dispute.sort.answer}的日期{dispute.filed_on}")
    if facts.kind.is_suit != dispute.sort.is_suit and first is not None:
        reasons.append("已经登记结论，不能再改案件种类；登记错的请“登记有误，不计”后重新登记")
    if dispute.ordered_on is not None and facts.application != dispute.application:
        reasons.append("已经登记责令重新答复，不能再改所涉申请")
    if facts.kind is not Kind.REVIEW and dispute.later.exists():
        reasons.append("有诉讼案件以本案为此前的行政复议，不能改成诉讼")
    if facts.earlier == dispute:
        reasons.append("此前的行政复议不能是本案")
    return reasons
