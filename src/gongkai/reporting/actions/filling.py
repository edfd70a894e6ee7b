"""编制：begin a report, write its parts, type what no record tells, correct a published one.

Everything may be saved half finished; nothing typed is lost to a rule or to another's save.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from gongkai.annual.forms import MONEY, Ref
from gongkai.errors import BadInput, BadNumber, NotAllowed
from gongkai.files.actions import Upload, receive
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.reporting.counting import BY_HAND, practice_of, why_not_count
from gongkai.reporting.guidance import first_text
from gongkai.reporting.models import (
    LONGEST,
    PART_NAMES,
    Call,
    Entry,
    Filing,
    FilingFile,
    Practice,
    Section,
)
from gongkai.reporting.queries import WRITERS
from gongkai.reporting.states import FLOW, PUBLIC, Basis, Scope, State
from gongkai.trail.actions import hold, record

CONTACT = ("address", "postcode", "phone", "fax", "email")


def refuse(reasons: list[str]) -> None:
    """Raise NotAllowed with all reasons, if there are any."""
    if found := list(dict.fromkeys(reasons)):
        raise NotAllowed("；".join(found) + "。")


def why_not_write_for(organ: Organ, *, by: Staff) -> list[str]:
    """编制的障碍：the disclosure office of the organ writes its report."""
    if roles_of(by, organ) & WRITERS:
        return []
    return [f"{organ}的年报由其信息公开机构编制"]


def why_not_edit(filing: Filing, *, by: Staff) -> list[str]:
    """修改的障碍：who may, and whether it lies on our desk."""
    reasons = why_not_write_for(filing.organ, by=by)
    if not filing.is_editable:
        reasons.append(f"现在是“{FLOW.label(filing.state)}”，不能修改")
    return reasons


def why_not_begin(organ: Organ, scope: str, year: int, *, by: Staff) -> list[str]:
    """新建的障碍：one in the making at a time; a merged organ's year is told by its successor."""
    reasons = why_not_write_for(organ, by=by)
    today = timezone.localdate()
    if year > today.year:
        reasons.append(f"{year}年还没有到")
    if scope == Scope.OWN:
        reasons += why_not_count(year)
    if organ.valid_to and organ.valid_to.year <= year:
        heir = f"由{organ.successor}一并编报" if organ.successor else "不再单独编报"
        reasons.append(f"{organ}已于{organ.valid_to}撤并，{year}年的年报{heir}")
    found = Filing.objects.of(organ, scope, year).first()
    if found is not None:
        how = "已经公布，要改请新建更正的版本" if found.is_public else "正在编制，不能再建一份"
        reasons.append(f"{found.name}{year}年的年报{how}")
    return reasons


@transaction.atomic
def begin(
    organ: Organ, year: int, *, by: Staff, scope: str = Scope.OWN, call: Call | None = None
) -> Filing:
    """新建年报：with the opening sentences and the contact of the organ. Raises NotAllowed."""
    refuse(why_not_begin(organ, scope, year, by=by))
    hold()
    call = call or called_by(organ, scope, year)
    filing = Filing(
        organ=organ,
        scope=scope,
        name=signature_of(organ, scope),
        year=year,
        basis=Basis.UNITS if scope == Scope.WHOLE else Basis.RECORDS,
        call=call,
        due_on=due_of(organ, scope, call),
        author=by,
        address=organ.address,
        postcode=organ.postcode,
        phone=organ.disclosure_phone or organ.phone,
        fax=organ.fax,
        email=organ.email,
        demo=organ.demo,
    )
    try:
        with transaction.atomic():
            filing.save(force_insert=True)
    except IntegrityError as problem:
        raise NotAllowed(f"{filing}刚刚由别人新建了，请刷新页面。") from problem
    Section.objects.bulk_create(
        Section(filing=filing, number=number, text=first_text(number, organ, scope, year))
        for number in PART_NAMES
    )
    record(filing, "begin", by=by, label="新建年报", after=State.DRAFT)
    return filing


def signature_of(organ: Organ, scope: str) -> str:
    """署名：whose report it says it is."""
    own = Practice.objects.filter(organ=organ).first()
    if own is None:
        return organ.name
    return (own.whole_name if scope == Scope.WHOLE else own.own_name) or organ.name


def called_by(organ: Organ, scope: str, year: int) -> Call | None:
    """编报通知：for a summed-up report its own; else that which lists the organ."""
    if scope == Scope.WHOLE:
        own = Call.objects.filter(organ=organ, year=year).exclude(state="draft").first()
        if own is not None:
            return own
    listed = Call.objects.filter(units__organ=organ, units__scope=scope, year=year)
    return listed.exclude(state="draft").first()


def due_of(organ: Organ, scope: str, call: Call | None) -> date | None:
    """报送截止日期：as the call says for this unit; None without a call."""
    if call is None:
        return None
    unit = call.units.filter(organ=organ, scope=scope).first()
    if unit is not None:
        return unit.due
    return call.whole_on if scope == Scope.WHOLE else call.due_on


@transaction.atomic
def write(section: Section, text: str, *, by: Staff, seen: int) -> Section:
    """写正文：``seen`` is the revision the writer began from.

    Raises NotAllowed where another has saved since: the page then shows both texts, and the one
    typed is not lost.
    """
    refuse(why_not_edit(section.filing, by=by))
    tidy = text.replace("\r\n", "\n").strip()
    if len(tidy) > LONGEST:
        raise BadInput(f"“{section}”写了{len(tidy)}字，最多{LONGEST}字。")
    if tidy == section.text and seen == section.revision:
        return section
    hold()
    changed = Section.objects.filter(pk=section.pk, revision=seen).update(
        text=tidy, revision=F("revision") + 1, edited_by=by, edited_at=timezone.now()
    )
    if not changed:
        section.refresh_from_db()
        who = f"{section.edited_by}" if section.edited_by else "别人"
        raise NotAllowed(
            f"“{section}”刚刚由{who}改过。您写的还在下面，请对照后再保存。",
        )
    before, section.text, section.revision = section.text, tidy, seen + 1
    record(
        section.filing, "write", by=by, label="修改正文", note=f"{section}",
        changes={"字数": [len(before), len(tidy)]},
    )  # fmt: skip
    return section


@transaction.atomic
def set_contact(filing: Filing, values: Mapping[str, str], *, by: Staff) -> None:
    """填联系方式。Raises NotAllowed, BadInput."""
    refuse(why_not_edit(filing, by=by))
    before = {name: getattr(filing, name) for name in CONTACT}
    for name in CONTACT:
        setattr(filing, name, values.get(name, before[name]).strip())
    try:
        filing.clean_fields(exclude=[f.name for f in filing._meta.fields if f.name not in CONTACT])
    except ValidationError as problem:
        raise BadInput("；".join(problem.messages)) from problem
    filing.save(update_fields=list(CONTACT))
    changes = {
        name: [before[name], getattr(filing, name)]
        for name in CONTACT
        if before[name] != getattr(filing, name)
    }
    if changes:
        record(filing, "set_contact", by=by, label="填联系方式", changes=changes)


@transaction.atomic
def set_note(filing: Filing, note: str, *, by: Staff) -> None:
    """写更正说明：what a new version changes and why; printed with it. Raises NotAllowed."""
    refuse(why_not_edit(filing, by=by))
    if filing.version == 1:
        raise NotAllowed("首次公布的年报没有更正说明。")
    filing.note = note.strip()[:1000]
    filing.save(update_fields=["note"])
    record(filing, "set_note", by=by, label="写更正说明")


# ── 手工数字 ────────────────────────────────────────────────────────────────────────────────


def figure_from(ref: Ref, typed: str) -> Decimal | None:
    """读一个数字：None for nothing typed, which is not 0.

    Raises BadNumber for a negative one, a fraction of a count, or what is no number.
    """
    text = typed.strip().replace(",", "").replace("，", "")
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation as problem:
        raise BadNumber(f"{ref}：“{typed}”不是数字。没有的填0，不清楚的留空。") from problem
    if not value.is_finite() or value < 0:
        raise BadNumber(f"{ref}：不能是负数。")
    if ref.column not in MONEY and value != value.to_integral_value():
        raise BadNumber(f"{ref}：件数应当是整数。")
    if ref.column in MONEY and value != round(value, 6):
        raise BadNumber(f"{ref}：单位是万元，小数不超过6位（到分）。")
    if value >= Decimal(10) ** 14:
        raise BadNumber(f"{ref}：数字太大，请核对。")
    return value


@transaction.atomic
def enter(
    filing: Filing, ref: Ref, typed: str, *, by: Staff, source: str, imported: str = ""
) -> Entry | None:
    """填一个数字：with where it is taken from; nothing typed takes the figure away again.

    Raises NotAllowed for a cell that is counted, BadNumber, BadInput without a source.
    """
    refuse(why_not_edit(filing, by=by))
    if ref not in BY_HAND or filing.basis != Basis.RECORDS:
        raise NotAllowed(f"{ref}由记录统计，不能填写；数字不对的，请更正背后的记录。")
    value = figure_from(ref, typed)
    old = filing.entries.filter(table=ref.table, row=ref.row, column=ref.column).first()
    if value is None:
        if old is not None:
            record(
                filing, "enter", by=by, label="清空数字", changes={f"{ref}": [f"{old.figure}", ""]}
            )
            old.delete()
        return None
    if not source.strip():
        raise BadInput(f"{ref}：请写明数字的来源。")
    told = {"value": value, "source": source.strip()[:200], "imported": imported[:200]}
    if old is not None and all(getattr(old, name) == one for name, one in told.items()):
        return old
    made, _ = Entry.objects.update_or_create(
        filing=filing, table=ref.table, row=ref.row, column=ref.column,
        defaults=told | {"by": by, "at": timezone.now()},
    )  # fmt: skip
    before = f"{old.figure}" if old else ""
    record(
        filing, "enter", by=by, label="填写数字", note=f"来源：{made.source}",
        changes={f"{ref}": [before, f"{made.figure}"]},
    )  # fmt: skip
    return made


# ── 附件 ────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def attach(
    filing: Filing,
    upload: Upload | bytes,
    name: str,
    *,
    by: Staff,
    title: str = "",
    inside: bool = False,
) -> FilingFile:
    """加附件。Raises NotAllowed, Unreadable for a bad file."""
    refuse(why_not_edit(filing, by=by))
    blob, tidied = receive(upload, name)
    hold()
    made = FilingFile.objects.create(
        filing=filing, blob=blob, name=tidied, title=title.strip()[:300], inside=inside, by=by,
        order=filing.files.count(),
    )  # fmt: skip
    record(filing, "attach", by=by, label="加附件", note=made.name)
    return made


@transaction.atomic
def detach(kept: FilingFile, *, by: Staff) -> None:
    """去掉附件。Raises NotAllowed."""
    refuse(why_not_edit(kept.filing, by=by))
    record(kept.filing, "detach", by=by, label="去掉附件", note=kept.name)
    kept.delete()


# ── 更正 ────────────────────────────────────────────────────────────────────────────────────


def why_not_correct(filing: Filing, *, by: Staff) -> list[str]:
    """更正的障碍：the published version is the newest, and nothing is in the making."""
    reasons = why_not_write_for(filing.organ, by=by)
    if filing.state != State.PUBLISHED:
        reasons.append("只有已公布的年报才用更正的办法修改")
    rows = Filing.objects.of(filing.organ, filing.scope, filing.year, filing.name)
    if rows.exclude(state__in=PUBLIC).exists():
        reasons.append("更正的版本正在编制")
    return reasons


@transaction.atomic
def correct(filing: Filing, *, by: Staff, note: str) -> Filing:
    """更正：a new version to be written, checked and approved like the first; says why.

    The published one stays public until the new one takes its place. Raises NotAllowed, BadInput.
    """
    refuse(why_not_correct(filing, by=by))
    if not note.strip():
        raise BadInput("请写明更正说明：改了什么，为什么。")
    hold()
    old = Filing.objects.get(pk=filing.pk)
    fresh = Filing.objects.get(pk=filing.pk)
    fresh.pk, fresh.state, fresh.author, fresh.note = None, State.DRAFT, by, note.strip()[:1000]
    fresh.version, fresh.replaces, fresh.document = old.version + 1, old, None
    fresh.seal, fresh.frozen_at = "", None
    fresh.submitted_at = fresh.published_at = fresh.published_on = None
    if fresh.basis != Basis.FILE:
        fresh.frozen = None
    fresh.created_at = timezone.now()
    fresh._state.adding = True
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError as problem:
        raise NotAllowed("更正的版本刚刚由别人新建了，请刷新页面。") from problem
    for rows in (old.sections.all(), old.entries.all(), old.waivers.all(), old.files.all()):
        for one in rows:
            one.pk, one.filing = None, fresh
            one._state.adding = True
            one.save(force_insert=True)
    if not fresh.sections.exists() and fresh.basis != Basis.FILE:
        Section.objects.bulk_create(
            Section(filing=fresh, number=number, text="") for number in PART_NAMES
        )
    record(fresh, "correct", by=by, label="新建更正版本", after=State.DRAFT, note=fresh.note)
    return fresh


def practice_for(organ: Organ) -> Practice:
    """编报口径：for the form that changes it: the organ's own row, unsaved if it has none."""
    found = Practice.objects.filter(organ=organ).first()
    if found is not None:
        return found
    above = practice_of(organ)
    return Practice(organ=organ, lapsed_is_repealed=above.lapsed_is_repealed)
