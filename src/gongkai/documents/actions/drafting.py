"""起草：begin a document, fill in its form, give it a text."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.documents.body.clean import settle
from gongkai.documents.body.word import Reading, read_word
from gongkai.documents.kinds import KINDS
from gongkai.documents.life import Life, why_not_dates
from gongkai.documents.models import (
    Column,
    Document,
    Override,
    Placement,
    ReviewForm,
    Version,
)
from gongkai.documents.screened import Noticed, noticed, screen_text
from gongkai.documents.states import STAGES, State
from gongkai.errors import BadInput, NotAllowed
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty
from gongkai.steps.actions import OVERTAKEN
from gongkai.trail.actions import hold, record

#: What a drafter writes into the document itself.
FACTS = (
    *("kind", "title", "issuer", "genre", "topic", "keywords", "summary", "audience", "basis"),
    *("formed_on", "effective_on", "valid_to", "period_basis", "caption", "attribute"),
    "source_url",
)
_INTERPRETATION = (
    *("interpretation", "interpretation_reason", "interpretation_forms"),
    *("interpreter", "interpretation_on"),
)
#: What the review form asks for.
ANSWERS = (
    *("unit", "secrecy", "ground", "attribute_reason", "review_on", "channels"),
    *("legality_number", "consultation_number", "competition_number"),
    *("personal_checked", "commercial_checked", "copyright_checked", "others_consulted"),
    *_INTERPRETATION,
)
_ATTRIBUTE = {"attribute", "ground", "attribute_reason", "review_on"}
#: Who holds the draft may set these besides passing it on or back; the drafter sets them all.
SETTABLE: Mapping[str, frozenset[str]] = {
    State.DRAFT: frozenset(FACTS) | frozenset(ANSWERS),
    State.UNIT: frozenset({"unit"}),
    State.SECRECY: frozenset({"secrecy", "personal_checked", "commercial_checked", *_ATTRIBUTE}),
    State.LEGAL: frozenset({"legality_number", "consultation_number", "competition_number"}),
    State.OFFICE: frozenset(
        {"channels", "others_consulted", "copyright_checked", "topic", "keywords", "summary"}
        | _ATTRIBUTE
        | set(_INTERPRETATION)
    ),
    State.DIRECTOR: frozenset({"genre", "issuer"}),
    # 签发人确定公开属性
    State.SIGN: frozenset({"formed_on", "effective_on", "valid_to", "period_basis", *_ATTRIBUTE}),
    State.SIGNED: frozenset({"channels", "topic", "keywords", "summary", "interpretation_on"}),
}
_HOLDERS = {
    State.DRAFT: Duty.DRAFT,
    **{stage.state: stage.duty for stage in STAGES},
    State.SIGN: Duty.SIGN,
    State.SIGNED: Duty.DISCLOSURE,
}


def refuse(reasons: list[str]) -> None:
    """Raise NotAllowed with all reasons, if there are any."""
    if reasons:
        raise NotAllowed("；".join(reasons) + "。")


def life_of(document: Document, **changed: Any) -> Life:
    """生效与终止：the dates of a document, some of them as they are about to be."""
    return Life(*(changed.get(name, getattr(document, name)) for name in Life.__slots__))


def validity_of(document: Document, on: date | None = None, **changed: Any) -> dict[str, Any]:
    """有效性：the two columns kept for sorting, as the dates give them on a day."""
    if not document.row.lives:
        return {"validity": "", "turns_on": None}
    day, life = on or timezone.localdate(), life_of(document, **changed)
    return {"validity": life.on(day), "turns_on": life.turns_after(day)}


# ── 起草 ────────────────────────────────────────────────────────────────────────────────────


def why_not_draft(organ: Organ, *, by: Staff, author: Staff | None = None) -> list[str]:
    """起草的障碍：drafts are begun by those who draft for the organ.

    Its disclosure office may have one drafted（``author``）by somebody who does; it is he who then
    finishes it and hands it in, so that the office may still review it.
    """
    if Duty.DRAFT not in roles_of(author or by, organ):
        who = f"{author}须" if author else "须"
        return [f"起草{organ}的文件，{who}担任{organ}的起草岗位"]
    if author is not None and author != by and Duty.DISCLOSURE not in roles_of(by, organ):
        return [f"交别人起草，由{organ}的信息公开机构办理"]
    return []


@transaction.atomic
def draft(
    organ: Organ,
    kind: str,
    title: str,
    *,
    by: Staff,
    author: Staff | None = None,
    facts: Mapping[str, Any] | None = None,
    answers: Mapping[str, Any] | None = None,
    columns: Collection[Column] | None = None,
    html: str = "",
) -> Document:
    """起草：a new document with its review form, in the column kept for its kind.

    ``author`` is who drafts it, where another has it drafted. Raises NotAllowed, and BadInput for
    what makes no sense.
    """
    refuse(why_not_draft(organ, by=by, author=author))
    hold()
    drafter = author or by
    document = Document(organ=organ, author=drafter, kind=kind, title=title.strip())
    document.issuer = organ.name
    form = ReviewForm(unit=drafter.unit)
    _write(document, facts or {}, FACTS)
    _write(form, answers or {}, ANSWERS)
    _prove(document)
    document.save(force_insert=True)
    form.document = document
    form.save(force_insert=True)
    if columns is None:
        columns = Column.objects.open().filter(organ=organ, kind=kind)[:1]
    place(document, columns)
    label = "起草" if drafter == by else f"交{drafter}起草"
    record(document, "draft", by=by, label=label, changes={"kind": ["", kind]})
    if html:
        _set_body(document, html, by=by)
    return document


def why_not_edit(document: Document, *, by: Staff) -> list[str]:
    """Whoever holds the draft may set what is his to set."""
    holder = _HOLDERS.get(State(document.state))
    if holder is None:
        return [f"现在是“{document.get_state_display()}”，不能修改"]
    if holder not in roles_of(by, document.organ):
        return [f"现在是“{document.get_state_display()}”，由{holder.label}填写"]
    return []


@transaction.atomic
def edit(
    document: Document,
    *,
    by: Staff,
    facts: Mapping[str, Any] | None = None,
    answers: Mapping[str, Any] | None = None,
    columns: Collection[Column] | None = None,
) -> dict[str, Any]:
    """填写：set what may be set where the draft lies; returns what changed.

    Raises NotAllowed for who may not, and for a field that is not his; BadInput for bad values.
    """
    refuse(why_not_edit(document, by=by))
    hold()
    allowed = SETTABLE[document.state]
    changes = _write(document, facts or {}, FACTS)
    changes |= _write(document.form, answers or {}, ANSWERS)
    if strange := sorted(set(changes) - allowed):
        raise NotAllowed(f"现在是“{document.get_state_display()}”，不能修改{_label(strange[0])}。")
    if not changes and columns is None:
        return {}
    _prove(document)
    if changes:
        _store(document, set(changes))
        if document.edition and {"title", "caption"} & set(changes):
            _add_version(document, _latest(document).html, by=by)
    if columns is not None:
        moved = place(document, columns)
        changes |= {"columns": moved} if moved else {}
    if changes:
        record(document, "edit", by=by, label="填写审查表", changes=changes)
    return changes


def place(document: Document, columns: Collection[Column]) -> list[list[str]]:
    """拟发布的栏目：where the document is to stand; returns names before and after, if they differ.

    Raises BadInput for a column of another organ or one that is closed.
    """
    wanted = {column.pk: column for column in columns}
    for column in wanted.values():
        if column.organ_id != document.organ_id:
            raise BadInput(f"栏目“{column}”不是{document.organ}的栏目。")
        if not column.stands(timezone.localdate()):
            raise BadInput(f"专题“{column}”没有开放，不能放入。")
    direct = document.placements.filter(direct=True).select_related("column")
    present = {placement.column_id: placement for placement in direct}
    if set(wanted) == set(present):
        return []
    Placement.objects.filter(
        pk__in=[p.pk for key, p in present.items() if key not in wanted]
    ).delete()
    Placement.objects.bulk_create(
        Placement(document=document, column=column)
        for key, column in wanted.items()
        if key not in present
    )
    return [[p.column.name for p in present.values()], [c.name for c in wanted.values()]]


# ── 正文 ────────────────────────────────────────────────────────────────────────────────────


def why_not_write(document: Document, *, by: Staff) -> list[str]:
    """The text is the drafter's, until he hands it in."""
    if document.state != State.DRAFT:
        return [f"现在是“{document.get_state_display()}”，正文不能改；须先退回起草"]
    return why_not_edit(document, by=by)


@transaction.atomic
def set_body(document: Document, html: str, *, by: Staff, reason: str = "") -> Version | None:
    """写正文：HTML from an editor or a file, cleaned; None if it says the same as before."""
    refuse(why_not_write(document, by=by))
    return _set_body(document, html, by=by, reason=reason)


def _set_body(document: Document, html: str, *, by: Staff, reason: str = "") -> Version | None:
    settled = settle(html)
    if document.edition and _latest(document).html == settled:
        return None
    hold()
    version = _add_version(document, settled, by=by, reason=reason)
    record(
        document,
        "write",
        by=by,
        label="写入正文",
        note=reason,
        changes={"edition": [version.number - 1, version.number]},
    )
    return version


def read_body(document: Document, data: bytes, name: str, *, by: Staff) -> Reading:
    """读入签发稿：the DOCX as HTML and pictures; what to do with them is for the caller."""
    refuse(why_not_write(document, by=by))
    return read_word(data, name)


def new_version(
    document: Document,
    html: str,
    *,
    by: Staff | None,
    why: Version.Why = Version.Why.DRAFT,
    reason: str = "",
    basis: Document | None = None,
) -> Version:
    """新版本：the text as it stands from now on, screened; ``edition`` of the object moves on.

    The column of the document is for the caller to store, with ``take`` or by itself.
    """
    # A yearly report is made in the year after the one it speaks of, which its title tells.
    formed_on = None if document.kind == "report" else document.formed_on
    return Version.objects.create(
        document=document,
        number=document.edition + 1,
        why=why,
        reason=reason,
        title=document.title,
        caption=document.caption,
        by=by,
        basis=basis,
        findings=screen_text(document.title, html, formed_on=formed_on),
        html=html,
    )


def _add_version(document: Document, html: str, *, by: Staff, reason: str = "") -> Version:
    try:
        with transaction.atomic():
            version = new_version(document, html, by=by, reason=reason)
    except IntegrityError:
        raise NotAllowed("别人刚刚保存了另一版正文，请刷新页面后再改。") from None
    document.edition = version.number
    Document.objects.filter(pk=document.pk).update(edition=version.number)
    return version


def _latest(document: Document) -> Version:
    return Version.objects.get(document=document, number=document.edition)


# ── 筛查 ────────────────────────────────────────────────────────────────────────────────────


def why_not_let_pass(document: Document, *, by: Staff) -> list[str]:
    """A second person with the duty of secrecy or disclosure, never the drafter."""
    if by.pk == document.author_id:
        return ["起草人不得放行自己文件中的筛查发现，须由另一人决定"]
    if not {Duty.SECRECY, Duty.DISCLOSURE} & roles_of(by, document.organ):
        return ["放行筛查发现，由保密审查或者信息公开机构人员决定"]
    return []


def all_findings(document: Document) -> list[Noticed]:
    """全部发现：of the text as it stands and of every attachment the public will get."""
    kept: list[dict[str, Any]] = []
    if document.edition:
        kept += _latest(document).findings or []
    for findings in document.files.exclude(findings=[]).values_list("findings", flat=True):
        kept += findings
    return noticed(kept)


@transaction.atomic
def let_pass(document: Document, mark: str, *, by: Staff, reason: str) -> Override:
    """放行：take it upon oneself, with a reason, that a finding may stand before the public."""
    refuse(why_not_let_pass(document, by=by))
    if len(reason.strip()) < 5:
        raise NotAllowed("放行须写明理由。")
    hold()
    found = [one for one in all_findings(document) if one.mark == mark]
    if not found:
        raise NotAllowed("没有这条发现，正文可能已经改过，请刷新页面。")
    override, new = Override.objects.get_or_create(
        document=document,
        mark=mark,
        defaults={
            "by": by, "reason": reason.strip(), "shown": found[0].shown, "rule": found[0].rule,
        },
    )  # fmt: skip
    if not new:
        raise NotAllowed("这条发现已经有人放行。")
    record(
        document, "let_pass", by=by, label="放行筛查发现", note=reason,
        changes={"发现": f"{found[0].rule}：{found[0].shown}"},
    )  # fmt: skip
    return override


# ── 内部 ────────────────────────────────────────────────────────────────────────────────────


def _write(target: Any, values: Mapping[str, Any], known: Collection[str]) -> dict[str, Any]:
    """Set known fields; what changed as ``[before, after]``. An unknown name is a mistake."""
    changes = {}
    for name, value in values.items():
        if name not in known:
            raise ValueError(f"{name} is not for the drafter to set")
        new = value.strip() if isinstance(value, str) else value
        old = getattr(target, name)
        if new != old:
            setattr(target, name, new)
            changes[name] = [old, new]
    return changes


def _store(document: Document, names: set[str]) -> None:
    """Write what changed, unless the document has moved on since it was read."""
    facts = {name: getattr(document, name) for name in FACTS if name in names}
    rows = Document.objects.filter(pk=document.pk, state=document.state)
    # Also without a change of its own: the row is what the form belongs to.
    if not rows.update(**(facts or {"state": document.state})):
        raise NotAllowed(OVERTAKEN)
    if answers := [name for name in ANSWERS if name in names]:
        document.form.save(update_fields=answers)


def _prove(document: Document) -> None:
    """What the model and the calendar demand, as sentences; raises BadInput."""
    if document.kind not in KINDS:
        raise BadInput("没有这个种类。")
    try:
        document.clean_fields(exclude=["organ", "author"])
        document.validate_constraints()
    except ValidationError as problem:
        raise BadInput("；".join(_said(problem))) from problem
    if reasons := why_not_dates(life_of(document), today=timezone.localdate()):
        raise BadInput("；".join(reasons) + "。")


def _said(problem: ValidationError) -> list[str]:
    if not hasattr(problem, "error_dict"):
        return list(problem.messages)
    told = []
    for name, errors in problem.message_dict.items():
        label = "" if name == "__all__" else f"{_label(name)}："
        told += [f"{label}{error}" for error in errors]
    return told


def _label(name: str) -> str:
    model: Any = ReviewForm if name in ANSWERS else Document
    return str(model._meta.get_field(name).verbose_name)
