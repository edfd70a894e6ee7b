"""有效性的变化：amend, repeal, lapse, extend; each with its document, shown on both."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.documents.actions.drafting import refuse, validity_of, why_not_edit
from gongkai.documents.actions.obstacles import why_not
from gongkai.documents.actions.publishing import correct
from gongkai.documents.entries import announce
from gongkai.documents.life import due_warnings
from gongkai.documents.models import Document, PeriodRule, Relation, Reminder, Version
from gongkai.documents.states import ACTING, Link, State, Validity
from gongkai.errors import BadInput, NotAllowed
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty
from gongkai.steps.actions import take
from gongkai.trail.actions import hold, record
from gongkai.trail.models import Step

_DEEDS = {
    Link.AMENDS: "amend",
    Link.REPEALS: "repeal",
    Link.LAPSES: "lapse",
    Link.EXTENDS: "extend",
}
_ENDED = (Validity.REPEALED, Validity.LAPSED)


# ── 关系 ────────────────────────────────────────────────────────────────────────────────────


def why_not_link(source: Document, target: Document, link: str) -> list[str]:
    """关系的毛病：with itself, twice, or in a circle."""
    if source.pk == target.pk:
        return ["文件不能与自己建立关系"]
    if Relation.objects.filter(source=source, target=target, link=link).exists():
        return ["这个关系已经记过"]
    if link in ACTING:
        if not target.row.lives:
            return [f"{target.row.name}没有有效性，不能{Link(link).label}"]
        if reaches(target, source):
            return [
                f"《{target.title}》已经直接或者间接地作用于《{source.title}》，"
                f"不能反过来再{Link(link).label}（循环）"
            ]
        if source.formed_on and target.formed_on and source.formed_on < target.formed_on:
            return [f"《{source.title}》早于《{target.title}》，不能{Link(link).label}后来的文件"]
    return []


def reaches(start: Document, goal: Document) -> bool:
    """Whether amending, repealing and the like lead from one document to the other."""
    seen, edge = {start.pk}, {start.pk}
    while edge:
        found = set(
            Relation.objects.acting().filter(source__in=edge).values_list("target", flat=True)
        )
        if goal.pk in found:
            return True
        edge = found - seen
        seen |= edge
    return False


@transaction.atomic
def link(
    source: Document,
    target: Document,
    how: str,
    *,
    by: Staff,
    on: date | None = None,
    note: str = "",
) -> Relation:
    """建立关系：from a draft to what it will act upon once issued, or among issued documents.

    A document that acts upon others is linked while it is a draft; ``carry_out`` does the deeds
    when it is issued. An interpretation may be named from the side of the document it interprets,
    too, by who holds that. Raises NotAllowed, for a circle too.
    """
    if how == Link.INTERPRETS and _holds(target, source.organ, by=by):
        pass
    elif source.state != State.ISSUED or how in ACTING:
        refuse(why_not_edit(source, by=by))
    else:
        from gongkai.documents.actions.columns import why_not_keep_columns

        refuse(why_not_keep_columns(source.organ, by=by))
    hold()
    refuse(why_not_link(source, target, how))
    relation = Relation.objects.create(
        source=source, target=target, link=how, on=on, note=note.strip()
    )
    changes = {Link(how).label: f"《{target.title}》"}
    record(source, "link", by=by, label="建立关系", note=note, changes=changes)
    return relation


def _holds(document: Document, organ: Organ, *, by: Staff) -> bool:
    return document.organ_id == organ.pk and not why_not_edit(document, by=by)


@transaction.atomic
def unlink(relation: Relation, *, by: Staff) -> None:
    """取消关系：only while nothing has come of it."""
    source, target = relation.source, relation.target
    either = relation.link == Link.INTERPRETS and source.state != State.ISSUED
    if not (either and _holds(target, source.organ, by=by)):
        refuse(why_not_edit(source, by=by))
    hold()
    changes = {Link(relation.link).label: f"《{relation.target.title}》"}
    record(relation.source, "unlink", by=by, label="取消关系", changes=changes)
    relation.delete()


def carry_out(source: Document) -> None:
    """生效：what a document just issued does to others, on the days it names."""
    relations = source.acts.filter(link__in=ACTING).select_related("target__organ")
    told = f"依据《{source.title}》" + (f"（{source.number}）" if source.number else "")
    day = source.effective_on or source.formed_on or timezone.localdate()
    for relation in relations:
        target, on = relation.target, relation.on or day
        if target.state != State.ISSUED or target.validity in _ENDED:
            continue
        _settle(target, Link(relation.link), on, by=None, note=f"{told}{relation.note}")


# ── 逐件 ────────────────────────────────────────────────────────────────────────────────────


def why_not_end(document: Document, move: str, *, by: Staff | None) -> list[str]:
    """废止、失效、延期的障碍。"""
    reasons = why_not(document, move, by=by)
    if not document.row.lives:
        reasons.append(f"{document.row.name}没有有效性")
    elif document.validity in _ENDED:
        reasons.append(f"文件已经{Validity(document.validity).label}")
    return reasons


@transaction.atomic
def repeal(
    document: Document, *, by: Staff, reason: str, on: date | None = None,
    through: Document | None = None,
) -> Step:  # fmt: skip
    """废止：from a day on, by another document if there is one; it stays on the portal, marked."""
    return _end(document, Link.REPEALS, by=by, reason=reason, on=on, through=through)


@transaction.atomic
def lapse(
    document: Document, *, by: Staff, reason: str, on: date | None = None,
    through: Document | None = None,
) -> Step:  # fmt: skip
    """宣布失效：its period is over, or what it dealt with is gone."""
    return _end(document, Link.LAPSES, by=by, reason=reason, on=on, through=through)


@transaction.atomic
def extend(
    document: Document, valid_to: date, *, by: Staff, reason: str, through: Document | None = None
) -> Step:
    """延长有效期：to a later last day; a document whose time is over is issued anew instead."""
    hold()
    refuse(why_not_end(document, "extend", by=by))
    if valid_to <= timezone.localdate() or (document.valid_to and valid_to <= document.valid_to):
        raise BadInput("延长后的有效期须晚于今天和原来的有效期。")
    _join(through, document, Link.EXTENDS)
    return _settle(document, Link.EXTENDS, valid_to, by=by, note=reason)


@transaction.atomic
def amend(
    document: Document, *, by: Staff, reason: str, through: Document, html: str = "",
    caption: str | None = None, on: date | None = None,
) -> Version | Step:  # fmt: skip
    """修改：with the amended text it stays in force in a new version; without it, it is marked.

    ``caption`` is the new 题注, with the day and number of the amendment.
    """
    hold()
    refuse(why_not_end(document, "amend", by=by))
    _join(through, document, Link.AMENDS)
    if html:
        return correct(
            document, html, by=by, reason=reason, why=Version.Why.AMENDMENT, basis=through,
            caption=caption,
        )  # fmt: skip
    return _settle(document, Link.AMENDS, on or timezone.localdate(), by=by, note=reason)


def _end(
    document: Document, how: Link, *, by: Staff, reason: str, on: date | None,
    through: Document | None,
) -> Step:  # fmt: skip
    hold()
    refuse(why_not_end(document, _DEEDS[how], by=by))
    day = on or timezone.localdate()
    if document.formed_on and day < document.formed_on:
        raise BadInput("废止、失效的日期不能早于成文日期。")
    _join(through, document, how)
    return _settle(document, how, day, by=by, note=reason)


def _join(source: Document | None, target: Document, how: Link) -> None:
    if source is None:
        return
    if Relation.objects.filter(source=source, target=target, link=how).exists():
        return
    refuse(why_not_link(source, target, how))
    Relation.objects.create(source=source, target=target, link=how)


def _settle(document: Document, how: Link, on: date, *, by: Staff | None, note: str) -> Step:
    """Write the dates the deed brings, and the columns that follow from them."""
    deeds: dict[Link, dict[str, Any]] = {
        Link.AMENDS: {"amended_on": on},
        Link.REPEALS: {"ended_on": on, "ended_as": Validity.REPEALED},
        Link.LAPSES: {"ended_on": on, "ended_as": Validity.LAPSED},
        Link.EXTENDS: {"valid_to": on},
    }
    changes = deeds[how]
    follows = validity_of(document, **changes)
    step = take(document, _DEEDS[how], by=by, note=note, **changes, **follows)
    announce([document])
    return step


# ── 每夜 ────────────────────────────────────────────────────────────────────────────────────


def turn(on: date | None = None) -> int:
    """有效性到期变化：what begins, ends or lapses by ``on`` is marked so; returns how many.

    Looks at what is due and not yet done, so a night without power loses nothing.
    """
    day = on or timezone.localdate()
    turned = 0
    while batch := list(Document.objects.turning(day).select_related("organ")[:200]):
        with transaction.atomic():
            hold()
            for document in batch:
                _turn(document, day)
            announce(batch)
        turned += len(batch)
    return turned


def _turn(document: Document, day: date) -> None:
    follows = validity_of(document, day)
    if follows["validity"] == Validity.LAPSED and document.validity != Validity.LAPSED:
        note = f"有效期至{document.valid_to}，期满自动失效"
        take(document, "lapse", by=None, note=note, **follows)
    elif follows["validity"] != document.validity:
        before = document.validity
        Document.objects.filter(pk=document.pk).update(**follows)
        record(
            document, "turn", by=None, label="有效性变化",
            changes={"validity": [before, follows["validity"]]},
        )  # fmt: skip
    else:
        Document.objects.filter(pk=document.pk).update(**follows)


def remind(on: date | None = None) -> int:
    """到期提醒：12, 6, 3 and 1 months ahead, each once; returns how many were given."""
    day = on or timezone.localdate()
    given = 0
    rows = Document.objects.expiring(day + timedelta(days=366)).filter(state=State.ISSUED)
    for document in rows.only("pk", "valid_to").iterator(500):
        assert document.valid_to is not None
        told = Reminder.objects.filter(document=document, valid_to=document.valid_to)
        for months in due_warnings(document.valid_to, day, told.values_list("months", flat=True)):
            Reminder.objects.create(document=document, months=months, valid_to=document.valid_to)
            given += 1
    return given


def settle_reminder(reminder: Reminder, *, by: Staff, note: str) -> None:
    """处理提醒：what was decided about a document that is running out."""
    if reminder.settled_at:
        raise NotAllowed("这条提醒已经处理。")
    reminder.settled_at = timezone.now()
    reminder.save(update_fields=["settled_at"])
    record(reminder.document, "reminded", by=by, label="处理到期提醒", note=note)


def why_not_keep_periods(organ: Organ, *, by: Staff) -> list[str]:
    """Rules of periods are kept by those who review legality."""
    return [] if Duty.LEGAL in roles_of(by, organ) else [f"{organ}的有效期规则由法制审核人员维护"]


@transaction.atomic
def save_period(rule: PeriodRule, *, by: Staff) -> PeriodRule:
    """保存有效期规则：with the document it rests on; the one before it is replaced."""
    refuse(why_not_keep_periods(rule.organ, by=by))
    hold()
    kept, _ = PeriodRule.objects.update_or_create(
        organ=rule.organ,
        provisional=rule.provisional,
        defaults={"years": rule.years, "basis": rule.basis},
    )
    record(
        kept, "save", by=by, label="设定有效期规则",
        changes={"years": ["", kept.years], "basis": ["", kept.basis]},
    )  # fmt: skip
    return kept
