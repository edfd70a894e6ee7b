"""公布：documents that come of a deed elsewhere, examined and signed there: a yearly report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.documents.actions.columns import lay_out
from gongkai.documents.actions.drafting import new_version, place, refuse, validity_of
from gongkai.documents.actions.publishing import correct, send, stand
from gongkai.documents.body.clean import settle
from gongkai.documents.entries import announce
from gongkai.documents.models import Column, Document, DocumentFile, ReviewForm
from gongkai.documents.numbers import next_index
from gongkai.documents.screened import noticed, screen_text, stopping
from gongkai.documents.states import Channel
from gongkai.files.models import Blob
from gongkai.organs.models import Organ, Staff
from gongkai.steps.actions import take
from gongkai.trail.actions import hold, record


def why_not_say(title: str, html: str) -> list[str]:
    """筛查拦截的：what stops a text that is to be proclaimed.

    Nobody lets a finding pass here, for there is no draft yet that a second person could look at:
    the words are mended where they were written.
    """
    found = stopping(noticed(screen_text(title, settle(html))), ())
    return [f"筛查拦截：{one.reason}（{one.shown}）" for one in found]


@transaction.atomic
def proclaim(
    organ: Organ,
    kind: str,
    title: str,
    html: str,
    *,
    by: Staff,
    author: Staff | None = None,
    facts: Mapping[str, Any] | None = None,
    on: date | None = None,
) -> Document:
    """公布：before the public at once, in the statutory column of its kind, under an index number.

    ``on`` is the day it has already stood elsewhere since. A column that is missing is set up.
    Raises NotAllowed with all reasons.
    """
    hold()
    refuse(why_not_say(title, html))
    moment = _moment(on)
    document = Document(organ=organ, author=author or by, kind=kind, title=title.strip())
    document.issuer, document.demo = organ.name, organ.demo
    document.formed_on = timezone.localdate(moment)
    for name, value in (facts or {}).items():
        setattr(document, name, value)
    document.save(force_insert=True)
    ReviewForm.objects.create(
        document=document, unit=(author or by).unit, channels=[Channel.WEBSITE]
    )
    place(document, _column(organ, kind))
    version = new_version(document, settle(html), by=by)
    take(
        document, "proclaim", by=by, edition=version.number, issued_at=moment,
        index_number=next_index(organ, moment.year), **validity_of(document),
    )  # fmt: skip
    stand(document, moment, by=by)
    send(document, [Channel.WEBSITE], moment, by=by)
    announce([document])
    return document


@transaction.atomic
def proclaim_anew(
    document: Document, html: str, *, by: Staff, reason: str, summary: str
) -> Document:
    """更正后公布：the text and the summary as they are now where the document was made.

    Raises NotAllowed.
    """
    correct(document, html, by=by, reason=reason, at_source=True)
    if summary != document.summary:
        changes = {"summary": [document.summary, summary]}
        document.summary = summary
        Document.objects.filter(pk=document.pk).update(summary=summary)
        record(document, "edit", by=by, label="更正内容概述", changes=changes)
        announce([document])
    return document


def _moment(on: date | None) -> datetime:
    """Now, or the beginning of an earlier day: nobody knows at what hour it came out."""
    now = timezone.now()
    if on is None or on >= timezone.localdate(now):
        return now
    return timezone.make_aware(datetime.combine(on, time()))


def _column(organ: Organ, kind: str) -> list[Column]:
    rows = Column.objects.filter(organ=organ, kind=kind).exclude(statutory="").order_by("pk")
    if not rows.exists():
        lay_out(organ, only=(kind,))
    return list(rows[:1])


@transaction.atomic
def enclose(document: Document, files: Iterable[tuple[Blob, str, str]]) -> None:
    """附上文件：content, name and title of what the house itself made of the text.

    They take the place of those of the version before.
    """
    hold()
    kept = document.files.filter(role=DocumentFile.Role.ATTACHMENT)
    before = list(kept.values_list("name", flat=True))
    kept.delete()
    made = [
        DocumentFile(document=document, blob=blob, name=name, title=title, order=order)
        for order, (blob, name, title) in enumerate(files)
    ]
    DocumentFile.objects.bulk_create(made)
    changes = {"附件": ["、".join(before), "、".join(one.name for one in made)]}
    record(document, "enclose", by=None, label="附上各种格式的文件", changes=changes)
