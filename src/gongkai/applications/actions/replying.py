"""答复：withdrawal, draft, review, approval（第三十三条至第四十条）."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.deciding import decide, overall, why_not_ready
from gongkai.applications.actions.papers import fix, make
from gongkai.applications.actions.supplying import why_not_supplied
from gongkai.applications.actions.taking import act, checked_day, refuse, why_not, why_not_event
from gongkai.applications.letters.needs import RECTIFIED
from gongkai.applications.models import Application, Paper, Reply
from gongkai.applications.states import Sort, State
from gongkai.errors import BadInput, NotAllowed
from gongkai.law.events import Withdrawn
from gongkai.law.outcomes import outcome
from gongkai.organs.models import Staff
from gongkai.screening.finding import Severity
from gongkai.screening.screen import screen
from gongkai.steps.actions import take
from gongkai.trail.models import Step


def why_not_withdraw(
    application: Application, *, by: Staff | None, on: date | None = None
) -> list[str]:
    """撤回的障碍：not after the reply was signed."""
    reasons = why_not(application, "withdraw", by=by)
    return reasons or why_not_event(application, Withdrawn(on or timezone.localdate()))


@transaction.atomic
def withdraw(
    application: Application, *, by: Staff | None, text: str, on: date | None = None
) -> None:
    """撤回：in writing; the notice of termination is laid out（表三（六）3）.

    Raises NotAllowed with all reasons, BadInput without the statement.
    """
    if not text.strip():
        raise BadInput("请写明撤回申请的意思表示。")
    day = checked_day(on, what="撤回日期", since=application.arrived_on)
    refuse(why_not_withdraw(application, by=by, on=day))
    act(application, "withdraw", by=by, note=text.strip(), events=[Withdrawn(day)], author=by)
    for matter in application.matters.all():
        decide(
            matter,
            "F3a",
            by=by,
            findings={"终止的事实": f"{day}申请人书面撤回申请：{text.strip()}"},
        )


def why_not_draft(application: Application, *, by: Staff | None) -> list[str]:
    """拟写答复的障碍。"""
    return why_not(application, "draft", by=by)


@transaction.atomic
def draft(application: Application, *, by: Staff) -> None:
    """拟写答复：from here on the outcome of each matter is chosen and the letter written."""
    refuse(why_not_draft(application, by=by))
    act(application, "draft", by=by, author=by)


def paper_of(application: Application) -> Paper | None:
    """答复书：of this round, as far as it has been made."""
    reply = Reply.objects.filter(application=application, round=application.round).first()
    return reply.paper if reply else None


def why_not_write(application: Application, *, by: Staff | None) -> list[str]:
    """拟写答复的障碍：who may choose the outcome and write the letter, and only while drafting."""
    return why_not(application, "submit", by=by)


def why_not_compose(application: Application) -> list[str]:
    """生成答复书的障碍。"""
    reasons = why_not_ready(application)
    if application.state != State.DRAFTING:
        reasons.append(f"现在是“{application.get_state_display()}”，不能拟写答复")
    return reasons


@transaction.atomic
def compose_reply(application: Application, *, by: Staff, body: str | None = None) -> Paper:
    """生成答复书：from the choices; made anew it replaces the draft before it.

    Raises NotAllowed with all reasons.
    """
    refuse([*why_not_write(application, by=by), *why_not_compose(application)])
    code = overall(application)
    reply, _ = Reply.objects.get_or_create(
        application=application,
        round=application.round,
        defaults={"outcome": code, "drafted_by": by},
    )
    if reply.paper is not None:
        before = reply.paper
        before.state = Paper.State.VOID
        before.save(update_fields=["state"])
    rectifies = application.sort == Sort.RECTIFICATION
    letter = RECTIFIED if rectifies else outcome(code).letter.number
    reply.outcome, reply.drafted_by, reply.drafted_at = code, by, timezone.now()
    reply.paper = make(application, letter, by=by, body=body)
    reply.save()
    return reply.paper


def why_not_submit(application: Application, *, by: Staff | None) -> list[str]:
    """提交审核的障碍：everything decided, the reply written, nothing personal in it."""
    reasons = why_not(application, "submit", by=by)
    if application.state != State.DRAFTING:
        return reasons
    reasons += why_not_ready(application)
    paper = paper_of(application)
    reply = application.replies.filter(round=application.round).first()
    if paper is None or reply is None:
        reasons.append("还没有生成答复书")
    elif reply.outcome != overall(application):
        reasons.append("生成答复书之后又改变了答复结果，请重新生成")
    else:
        reasons += screened(paper)
    reasons += why_not_supplied(application)
    return list(dict.fromkeys(reasons))


def screened(paper: Paper) -> list[str]:
    """筛查：what may not leave in a letter: personal numbers, marks of classification."""
    return [
        f"答复书中{finding.reason.rstrip('。')}（{finding.shown}）"
        for finding in screen(paper.body, year=paper.dated_on.year)
        if finding.severity is Severity.ERROR
    ]


def advance(application: Application, move: str, *, by: Staff, note: str = "") -> Step:
    """审签一步：submit, pass, return, recall, go back to handling.

    Raises NotAllowed with all reasons.
    """
    if move == "sign":
        return sign(application, by=by, note=note)
    if move not in _PLAIN:
        raise NotAllowed("这一步须在它自己的表单里办理。")
    with transaction.atomic():
        if move == "submit":
            refuse(why_not_submit(application, by=by))
            return act(application, move, by=by, note=note, author=by)
        return act(application, move, by=by, note=note)


#: Moves that need nothing but a note.
_PLAIN = frozenset(
    {"submit", "pass_legal", "return_legal", "pass_secrecy", "return_secrecy", "return_sign",
     "recall", "handle_again", "resume"}
)  # fmt: skip


def why_not_review(application: Application, move: str, *, by: Staff | None) -> list[str]:
    """审核的障碍：of the legal and the secrecy desk."""
    return why_not(application, move, by=by)


def why_not_sign(application: Application, *, by: Staff | None) -> list[str]:
    """签发的障碍。"""
    reasons = why_not(application, "sign", by=by)
    if application.state == State.SIGNING and paper_of(application) is None:
        reasons.append("还没有生成答复书")
    return reasons


@transaction.atomic
def sign(application: Application, *, by: Staff, note: str = "") -> Step:
    """签发：the reply is what it is from now on. Raises NotAllowed with all reasons."""
    refuse(why_not_sign(application, by=by))
    step = take(application, "sign", by=by, note=note)
    reply = application.replies.get(round=application.round)
    assert reply.paper is not None
    reply.approved_by, reply.approved_at = by, timezone.now()
    reply.save(update_fields=["approved_by", "approved_at"])
    fix(reply.paper, on=timezone.localdate())
    return step
