"""发布：before the public at once or at a time, by each channel; correct it, take it down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.documents.actions.drafting import new_version, refuse, validity_of
from gongkai.documents.actions.obstacles import why_not
from gongkai.documents.body.clean import settle
from gongkai.documents.entries import announce
from gongkai.documents.gazette import read_issue
from gongkai.documents.models import Column, Document, Override, Placement, Publication, Version
from gongkai.documents.numbers import next_index
from gongkai.documents.screened import noticed, stopping
from gongkai.documents.states import DUE, Channel, Link, State
from gongkai.errors import BadInput, NotAllowed
from gongkai.organs.models import Staff
from gongkai.steps.actions import take
from gongkai.steps.actions import why_not as why_not_by_table
from gongkai.trail.actions import hold, record
from gongkai.trail.models import Step


def why_not_issue(document: Document, *, by: Staff | None) -> list[str]:
    """What still stands in the way; the desk shows it beside the grey button."""
    return why_not(document, "issue", by=by)


@transaction.atomic
def issue(document: Document, *, by: Staff | None, note: str = "") -> Step:
    """发布：put an examined document before the public（第十七条、第二十六条）.

    It gets its 索引号 (a reprint has none of ours), stands in its columns and those above, is
    written down for every channel, does to other documents what it says it does, and takes its
    interpretation with it.
    ``by=None`` is the house itself at the appointed time. Raises NotAllowed.
    """
    hold()
    refuse(why_not_issue(document, by=by))
    now = timezone.now()
    year = timezone.localdate(now).year
    index = document.index_number
    if not index and not document.row.reprint:
        index = next_index(document.organ, year)
    step = take(
        document, "issue", by=by, note=note, issued_at=now, index_number=index, publish_at=None,
        **validity_of(document),
    )  # fmt: skip
    stand(document, now, by=by)
    send(document, document.form.channels, now, by=by)
    _act(document)
    announce([document])
    _take_along(document, by=by)
    return step


def _take_along(document: Document, *, by: Staff | None) -> None:
    """同步发布：the signed interpretations; without the one that is planned nothing goes out."""
    left: list[str] = []
    for reading in _waiting_interpretations(document):
        if reasons := why_not(reading, "issue", by=by):
            left += [f"解读材料《{reading.title}》不能同步发布：{reason}" for reason in reasons]
        else:
            issue(reading, by=by, note=f"随《{document.title}》同步发布")
    out = document.acted_upon.filter(link=Link.INTERPRETS, source__state=State.ISSUED)
    if left and document.form.interpretation and not out.exists():
        refuse(left)


def stand(document: Document, now: datetime, *, by: Staff | None) -> None:
    """进入栏目：the direct columns, those above them, and the record that yearly figures count."""
    direct = list(Column.objects.filter(placements__document=document, placements__direct=True))
    if not direct:
        return
    above = {key for column in direct for key in column.lineage} - {c.pk for c in direct}
    document.placements.filter(direct=True).update(issued_at=now)
    Placement.objects.bulk_create(
        Placement(document=document, column_id=key, direct=False, issued_at=now)
        for key in sorted(above)
    )
    Column.objects.filter(pk__in=[*above, *(c.pk for c in direct)]).update(updated_at=now)
    Publication.objects.bulk_create(
        Publication(document=document, channel=Channel.WEBSITE, column=column, at=now, by=by)
        for column in direct
    )


def send(document: Document, channels: Iterable[str], now: datetime, *, by: Staff | None) -> None:
    """送各渠道：the website is served; the gazette, the reading rooms and the rest are queued."""
    Publication.objects.bulk_create(
        Publication(document=document, channel=channel, by=by)
        for channel in Channel
        if channel in channels and channel != Channel.WEBSITE
    )


def _waiting_interpretations(document: Document) -> list[Document]:
    if not document.row.policy:
        return []
    links = document.acted_upon.filter(link=Link.INTERPRETS, source__state__in=DUE)
    return [link.source for link in links.select_related("source__organ", "source__form")]


def _act(document: Document) -> None:
    from gongkai.documents.actions.validity import carry_out

    carry_out(document)


# ── 定时 ────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def schedule(document: Document, at: datetime, *, by: Staff) -> Step:
    """定时发布：everything is checked now and once more when the time has come."""
    hold()
    refuse(why_not(document, "schedule", by=by))
    if at <= timezone.now():
        raise BadInput("定时发布的时间须在现在以后。")
    if document.due_on and timezone.localdate(at) > document.due_on:
        raise NotAllowed(f"这个时间晚于公开期限{document.due_on}（第二十六条）。")
    step = take(document, "schedule", by=by, publish_at=at)
    from gongkai.documents.tasks import publish

    publish.using(run_after=at, key=f"publish:{document.pk}").enqueue(document.pk)
    return step


@transaction.atomic
def issue_when_due(document: Document) -> bool:
    """到点发布：by the house itself; what no longer may go out goes back with the reasons."""
    if document.state != State.SCHEDULED or document.publish_at is None:
        return False
    if document.publish_at > timezone.now():
        return False
    if reasons := why_not_issue(document, by=None):
        take(document, "unschedule", by=None, note="；".join(reasons), publish_at=None)
        return False
    issue(document, by=None)
    return True


# ── 渠道 ────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def record_channel(
    document: Document, channel: str, *, by: Staff, detail: str = "", at: datetime | None = None
) -> Publication:
    """登记渠道：that the document went out by a channel; the queued row of it is filled first.

    Of the gazette ``detail`` names the issue. Raises NotAllowed, BadInput.
    """
    if document.state != State.ISSUED:
        raise NotAllowed("文件还没有发布，不能登记其他渠道。")
    from gongkai.documents.actions.columns import why_not_keep_columns

    refuse(why_not_keep_columns(document.organ, by=by))
    when = at or timezone.now()
    if when > timezone.now():
        raise BadInput("登记的时间晚于现在。")
    if channel == Channel.GAZETTE:
        detail = str(read_issue(detail, document.organ))
    waiting = document.publications.filter(channel=channel, at__isnull=True, ended_at__isnull=True)
    row = waiting.order_by("pk").first() or Publication(document=document, channel=Channel(channel))
    row.at, row.detail, row.by = when, detail.strip(), by
    row.save()
    record(
        document, "channel", by=by, label="登记公开渠道",
        changes={"渠道": Channel(channel).label, "说明": row.detail},
    )  # fmt: skip
    return row


# ── 更正、撤下 ──────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def correct(
    document: Document,
    html: str,
    *,
    by: Staff,
    reason: str,
    title: str = "",
    why: Version.Why = Version.Why.CORRECTION,
    basis: Document | None = None,
    caption: str | None = None,
    at_source: bool = False,
) -> Version:
    """更正：a new version before the public, the old one kept, the reason shown on the page.

    The new text is screened like any other: what stops publication stops the correction.
    ``at_source`` comes from where the document was made; nobody else may correct such a one.
    Raises NotAllowed.
    """
    hold()
    move = "amend" if why == Version.Why.AMENDMENT else "correct"
    refuse(why_not_by_table(document, move, by=by) if at_source else why_not(document, move, by=by))
    settled = settle(html)
    if not settled:
        raise BadInput("更正后的正文是空的；要撤下文件，请用“撤下”。")
    old_edition, old_title, old_caption = document.edition, document.title, document.caption
    document.title = title.strip() or document.title
    document.caption = old_caption if caption is None else caption.strip()
    version = new_version(document, settled, by=by, why=why, reason=reason, basis=basis)
    passed = set(Override.objects.filter(document=document).values_list("mark", flat=True))
    if left := stopping(noticed(version.findings), passed):
        raise NotAllowed("；".join(f"筛查拦截：{one.reason}（{one.shown}）" for one in left) + "。")
    changed: dict[str, Any] = {"edition": version.number}
    for name, old in (("title", old_title), ("caption", old_caption)):
        if (new := getattr(document, name)) != old:
            changed[name] = new
            setattr(document, name, old)
    if why == Version.Why.AMENDMENT:
        changed["amended_on"] = None
    document.edition = old_edition
    take(document, move, by=by, note=reason, **changed)
    announce([document])
    return version


@transaction.atomic
def withdraw(document: Document, *, by: Staff, note: str) -> Step:
    """撤下：off every page at once, with a reason; what was published stays counted, and ended."""
    hold()
    step = take(document, "withdraw", by=by, note=note)
    now = timezone.now()
    document.placements.filter(direct=False).delete()
    document.placements.filter(direct=True).update(issued_at=None)
    document.publications.filter(ended_at__isnull=True, at__isnull=False).update(ended_at=now)
    announce([document])
    return step


@transaction.atomic
def restore(document: Document, *, by: Staff, note: str) -> Step:
    """重新发布：under its old 索引号 and address; in its columns by the day it came back."""
    hold()
    refuse(why_not(document, "restore", by=by))
    step = take(document, "restore", by=by, note=note, **validity_of(document))
    stand(document, timezone.now(), by=by)
    announce([document])
    return step
