"""文书：made from a choice, editable until it is fixed, then as it is for ever."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.facts import facts_of
from gongkai.applications.actions.numbering import paper_number
from gongkai.applications.actions.taking import checked_day, refuse, why_not_handle
from gongkai.applications.actions.telling import tell_of_paper
from gongkai.applications.letters.check import check_text
from gongkai.applications.letters.compose import Composed, compose, written
from gongkai.applications.letters.needs import REPLIES
from gongkai.applications.models import (
    Application,
    Consultation,
    LetterTemplate,
    Paper,
    Service,
)
from gongkai.applications.states import Delivery
from gongkai.errors import BadInput, NotAllowed
from gongkai.law.events import Way
from gongkai.law.letters import Letter, Reader, letter
from gongkai.organs.models import Organ, Staff
from gongkai.trail.actions import record

#: 文书编号的字：what is put behind the register number. Replies are 答.
_WORDS = {3: "收", 4: "补", 5: "延", 6: "征", 7: "告", 8: "协", 9: "拟", 10: "理", 11: "迟",
          12: "费", 36: "证", 37: "更", 38: "批"}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Sending:
    """发出：on which day, how, and under what tracking number.

    Post means China Post（国办公开办函〔2016〕235号）; ``tracking`` is its number.
    """

    on: date = field(default_factory=timezone.localdate)
    way: Way = Way.POST
    tracking: str = ""


def electronically(application: Application, on: date | None = None) -> Sending | None:
    """电子送达：where the applicant chose a system of his own; None where he did not.

    A fax is no such system: somebody must have sent it before it can be said to have gone.
    """
    if application.delivery in (Delivery.ONLINE, Delivery.EMAIL):
        return Sending(on=on or timezone.localdate(), way=Way.ELECTRONIC)
    return None


def templates_of(organ: Organ, on: date) -> dict[int, LetterTemplate]:
    """所用模板：by letter, the newest in use that day, of the organ or the nearest above it."""
    lineage = organ.lineage
    rows = LetterTemplate.objects.filter(
        organ__in=lineage, valid_from__lte=on, withdrawn_on__isnull=True
    )
    # The last of a letter stands: the nearest organ's, and of that the newest.
    nearest = sorted(rows, key=lambda row: (lineage.index(row.organ_id), row.version))
    return {row.letter: row for row in nearest}


def composed(
    application: Application,
    number: int,
    *,
    on: date | None = None,
    facts: Mapping[str, Any] | None = None,
    consultation: Consultation | None = None,
    paper_no: str = "",
) -> tuple[Composed, LetterTemplate | None]:
    """拟稿：the letter as it would read, kept nowhere; for previews and for ``make``."""
    day = on or timezone.localdate()
    own = templates_of(application.organ, day)
    template = own.get(number)
    told = facts_of(application, number=paper_no, consultation=consultation, given=facts)
    made = compose(
        number,
        told,
        template=template.body if template else None,
        on=day,
        templates={row.letter: row.body for row in own.values()},
    )
    return made, template


@transaction.atomic
def make(
    application: Application,
    number: int,
    *,
    by: Staff | None,
    on: date | None = None,
    facts: Mapping[str, Any] | None = None,
    consultation: Consultation | None = None,
    body: str | None = None,
    complete: bool = True,
) -> Paper:
    """制作文书：number it and lay it down as a draft; ``body`` is the text as somebody edited it.

    Raises NotAllowed naming the required fields that are empty, unless ``complete`` is off.
    """
    word = "答" if number in REPLIES else _WORDS.get(number, f"{number}")
    no = paper_number(application, word)
    made, template = composed(
        application, number, on=on, facts=facts, consultation=consultation, paper_no=no
    )
    text = made.text if body is None else body.replace("\r\n", "\n").strip()
    if complete:
        refuse(
            why_not_text(application, number, text, missing=made.missing, consultation=consultation)
        )
    return Paper.objects.create(
        application=application,
        letter=number,
        template=template,
        consultation=consultation,
        round=application.round,
        number=no,
        title=made.title,
        addressee=made.addressee,
        body=text,
        facts=_plain(facts or {}),
        signature=made.signature,
        dated_on=on or timezone.localdate(),
        edited=body is not None and text != made.text,
        by=by,
    )


def why_not_text(
    application: Application,
    number: int,
    text: str,
    *,
    missing: Sequence[str] = (),
    consultation: Consultation | None = None,
) -> list[str]:
    """文书的毛病：what is missing; personal data; who asks, in letters for others; vague words."""
    reasons = [f"{letter(number).name}缺少{name}" for name in missing]
    if not text.strip():
        reasons.append("文书没有正文")
    told = facts_of(application, consultation=consultation)
    return reasons + check_text(number, text, told)


def why_not_edit(paper: Paper) -> list[str]:
    """修改的障碍：a fixed paper is what it is."""
    if paper.state == Paper.State.DRAFT:
        return []
    return [f"{paper.title}{paper.get_state_display()}，不能再修改"]


def edit(paper: Paper, *, by: Staff, body: str) -> None:
    """修改正文。Raises NotAllowed once it is fixed, or for personal data in it."""
    text = body.replace("\r\n", "\n").strip()
    refuse(why_not_edit(paper))
    refuse(why_not_text(paper.application, paper.letter, text, consultation=paper.consultation))
    with transaction.atomic():
        record(paper.application, "edit_paper", by=by, label="修改文书", note=paper.title)
        changed = Paper.objects.filter(pk=paper.pk, state=Paper.State.DRAFT).update(
            body=text, edited=True
        )
        if not changed:
            raise NotAllowed("文书刚刚已经定稿，不能再修改。")
    paper.body, paper.edited = text, True


def fix(paper: Paper, *, on: date | None = None) -> None:
    """定稿：seal the text; from here on nothing of it changes. A fixed one stays as it is."""
    if paper.state == Paper.State.FIXED:
        return
    paper.dated_on = on or paper.dated_on
    paper.sha256 = seal_of(paper)
    paper.state, paper.fixed_at = Paper.State.FIXED, timezone.now()
    paper.save(update_fields=["dated_on", "sha256", "state", "fixed_at"])


def seal_of(paper: Paper) -> str:
    """校验值：SHA-256 over number, title, addressee, body, facts, signature and date."""
    told = [paper.number, paper.title, paper.addressee, paper.body, paper.facts,
            paper.signature, f"{paper.dated_on}"]  # fmt: skip
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def send(paper: Paper, sending: Sending, *, by: Staff) -> Service:
    """发出：fix it and write down how and when it went.

    An applicant who gets it electronically is told once that it is there. Raises NotAllowed for a
    private courier, BadInput for post without a number.
    """
    day = checked_day(sending.on, what="发出日期", since=paper.application.arrived_on)
    if sending.way is Way.COURIER:
        raise NotAllowed("送达应当通过邮政企业寄送，不能用其他快递（国办公开办函〔2016〕235号）。")
    if sending.way is Way.POST and not sending.tracking.strip():
        raise BadInput("邮寄的，请填写邮件号码。")
    fix(paper, on=day)
    service = Service.objects.create(
        paper=paper,
        way=sending.way.value,
        sent_on=day,
        tracking=sending.tracking.strip(),
        signed_on=day if sending.way.arrives_at_once else None,
        by=by,
    )
    if sending.way is Way.ELECTRONIC and row_of(paper).reader is Reader.APPLICANT:
        tell_of_paper(paper)
    return service


def why_not_send(paper: Paper, *, by: Staff | None) -> list[str]:
    """发出草稿的障碍：a reply goes out by being served, a fixed paper has gone."""
    reasons = why_not_handle(paper.application, by=by)
    if paper.state != Paper.State.DRAFT:
        reasons.append(f"{paper.title}{paper.get_state_display()}，不能再发出")
    elif hasattr(paper, "reply"):
        reasons.append("答复书经审核签发后送达，不能在这里发出")
    return reasons


@transaction.atomic
def send_draft(paper: Paper, sending: Sending, *, by: Staff, body: str | None = None) -> Service:
    """发出草稿：a notice that lay ready until its tracking number was known.

    Raises NotAllowed, BadInput for post without a number.
    """
    refuse(why_not_send(paper, by=by))
    if body is not None:
        edit(paper, by=by, body=body)
    note = "，".join(filter(None, (paper.title, sending.way.label, sending.tracking.strip())))
    record(paper.application, "send_paper", by=by, label="发出文书", note=note)
    return send(paper, sending, by=by)


def as_letter(paper: Paper) -> Composed:
    """成文：the kept text, as ``letters.printing`` makes DOCX and PDF of it."""
    return written(
        paper.letter,
        organ=paper.application.organ.name,
        body=paper.body,
        title=paper.title,
        dated_on=paper.dated_on,
        number=paper.number,
        addressee=paper.addressee,
        signature=paper.signature,
    )


def row_of(paper: Paper) -> Letter:
    """文书种类：its row in the list of the 38."""
    return letter(paper.letter)


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON keeps it."""
    return {name: f"{value}" if isinstance(value, date) else value for name, value in facts.items()}
