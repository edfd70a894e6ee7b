"""批量载入：many public documents at once, as they stand after years of work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.demo.attachments import Attached, note
from gongkai.documents.actions.attaching import findings_of
from gongkai.documents.kinds import KINDS
from gongkai.documents.life import Life
from gongkai.documents.models import (
    Column,
    Document,
    DocumentFile,
    Placement,
    Publication,
    Relation,
    ReviewForm,
    Version,
)
from gongkai.documents.numbers import note_number, number_key
from gongkai.documents.states import Channel, Link, Secrecy, State
from gongkai.errors import BadNumber
from gongkai.files.actions import receive
from gongkai.law.index_numbers import make_index
from gongkai.law.numbers import parse_all
from gongkai.organs.models import Organ, Series
from gongkai.organs.numbering import used
from gongkai.trail.actions import record_all

BATCH = 500
LABEL = "载入演示数据"


@dataclass(frozen=True, slots=True)
class Piece:
    """一份文件：known again by ``origin``; ``columns`` are keys, ``channels`` (channel, detail).

    ``interprets`` is the origin of the policy it explains, which must be there already.
    """

    origin: str
    organ: int
    kind: str
    title: str
    formed_on: date
    issued_at: datetime
    html: str
    columns: tuple[int, ...] = ()
    issuer: str = ""
    number: str = ""
    index: str = ""
    genre: str = ""
    topic: str = ""
    keywords: str = ""
    summary: str = ""
    caption: str = ""
    url: str = ""
    effective_on: date | None = None
    valid_to: date | None = None
    ended_on: date | None = None
    ended_as: str = ""
    channels: tuple[tuple[str, str], ...] = field(default=())
    attached: tuple[Attached, ...] = ()
    interprets: str = ""


def moment(day: date, hour: int = 9) -> datetime:
    """时间：an hour of a day, here."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def load(pieces: Iterable[Piece]) -> Iterator[int]:
    """载入：what is not there yet, a batch a transaction; yields how many were looked at."""
    rest = iter(pieces)
    while batch := list(islice(rest, BATCH)):
        known = set(
            Document.objects.filter(origin__in=[one.origin for one in batch]).values_list(
                "origin", flat=True
            )
        )
        if new := [one for one in batch if one.origin not in known]:
            with transaction.atomic():
                _load(new)
        yield len(batch)


def _load(pieces: Sequence[Piece]) -> None:
    indexes, taken = _indexes(pieces), _numbers(pieces)
    documents = [_document(one, indexes[one.origin], taken) for one in pieces]
    Document.objects.bulk_create(documents)
    ReviewForm.objects.bulk_create(
        ReviewForm(
            document=document, secrecy=Secrecy.NONE, channels=[Channel.WEBSITE],
            personal_checked=True, commercial_checked=True, copyright_checked=True,
        )
        for document in documents
    )  # fmt: skip
    Version.objects.bulk_create(
        Version(
            document=document, number=1, why=Version.Why.IMPORT, title=one.title,
            caption=one.caption, at=one.issued_at, html=one.html + note(one.attached),
        )
        for one, document in zip(pieces, documents, strict=True)
    )  # fmt: skip
    _place(pieces, documents)
    _attach(pieces, documents)
    _interpret(pieces, documents)
    record_all(documents, "load", by=None, label=LABEL, after=str(State.ISSUED))


def _document(one: Piece, index: str, taken: set[tuple[int, str]]) -> Document:
    life = Life(one.formed_on, one.effective_on, one.valid_to, one.ended_on, one.ended_as)
    lives, today = KINDS[one.kind].lives, timezone.localdate()
    key = _key(one.number)
    if (one.organ, key) in taken:
        key = ""
    taken.add((one.organ, key))
    return Document(
        origin=one.origin, organ_id=one.organ, kind=one.kind, title=one.title, issuer=one.issuer,
        number=one.number, number_key=key, index_number=index, genre=one.genre, topic=one.topic,
        keywords=one.keywords, summary=one.summary, formed_on=one.formed_on,
        effective_on=one.effective_on, valid_to=one.valid_to, ended_on=one.ended_on,
        ended_as=one.ended_as, state=State.ISSUED, issued_at=one.issued_at, edition=1,
        validity=life.on(today) if lives else "",
        turns_on=life.turns_after(today) if lives else None,
        caption=one.caption, source_url=one.url, demo=True, created_at=one.issued_at,
    )  # fmt: skip


def _attach(pieces: Sequence[Piece], documents: Sequence[Document]) -> None:
    """附件：kept, read and screened like any other."""
    files: list[DocumentFile] = []
    for one, document in zip(pieces, documents, strict=True):
        for place, attached in enumerate(one.attached):
            blob, name = receive(attached.make(), attached.name)
            files.append(
                DocumentFile(
                    document=document, blob=blob, name=name, title=attached.title, order=place,
                    findings=findings_of(blob, name), added_at=one.issued_at,
                )
            )  # fmt: skip
    DocumentFile.objects.bulk_create(files)


def _interpret(pieces: Sequence[Piece], documents: Sequence[Document]) -> None:
    """政策解读：tied to its policy, whose form says that it was planned with it."""
    readings = {
        one.interprets: document
        for one, document in zip(pieces, documents, strict=True)
        if one.interprets
    }
    policies = Document.objects.filter(origin__in=readings).only("pk", "origin")
    for policy in policies:
        reading = readings[policy.origin]
        Relation.objects.create(source=reading, target=policy, link=Link.INTERPRETS)
        ReviewForm.objects.filter(document=policy).update(
            interpretation=True, interpretation_forms=["text"], interpreter="起草单位（演示）",
            interpretation_on=timezone.localdate(reading.issued_at),
        )  # fmt: skip


def _key(number: str) -> str:
    try:
        return number_key(number) if number else ""
    except BadNumber:
        return ""


def _numbers(pieces: Sequence[Piece]) -> set[tuple[int, str]]:
    """文号：those already borne; the series go on behind the new ones."""
    for one in pieces:
        if one.number and _key(one.number) and not one.url:
            for number in parse_all(one.number):
                note_number(number)
    keys = [key for one in pieces if (key := _key(one.number))]
    borne = Document.objects.filter(number_key__in=keys).values_list("organ", "number_key")
    return {*borne, *((one.organ, "") for one in pieces)}


def _indexes(pieces: Sequence[Piece]) -> dict[str, str]:
    """索引号：its own, or the next of the organ and year; a reprint has only its own."""
    codes = dict(
        Organ.objects.filter(pk__in={one.organ for one in pieces}, code__isnull=False).values_list(
            "pk", "code"
        )
    )
    given: dict[str, str] = {}
    last: dict[tuple[str, int], int] = {}
    for one in pieces:
        if one.index or KINDS[one.kind].reprint:
            given[one.origin] = one.index
            continue
        code, year = str(codes[one.organ]), one.issued_at.year
        if (code, year) not in last:
            row = Series.objects.filter(name=f"index {code}/{year}")
            last[code, year] = row.values_list("last", flat=True).first() or 0
        last[code, year] += 1
        given[one.origin] = str(make_index(code, year, last[code, year]))
    for (code, year), serial in last.items():
        used(f"index {code}/{year}", serial)
    return given


def _place(pieces: Sequence[Piece], documents: Sequence[Document]) -> None:
    """栏目和渠道：where each stands, also in the columns above, and every way it went out."""
    keys = {key for one in pieces for key in one.columns}
    above = {column.pk: column.lineage for column in Column.objects.filter(pk__in=keys)}
    placements: list[Placement] = []
    publications: list[Publication] = []
    newest: dict[int, datetime] = {}
    for one, document in zip(pieces, documents, strict=True):
        lineage = {key for column in one.columns for key in above[column]}
        for key in sorted(lineage):
            placements.append(
                Placement(
                    document=document, column_id=key, direct=key in one.columns,
                    issued_at=one.issued_at,
                )
            )  # fmt: skip
            newest[key] = max(newest.get(key, one.issued_at), one.issued_at)
        sent: list[dict[str, Any]] = [{"channel": Channel.WEBSITE, "column_id": key}
                                      for key in one.columns]  # fmt: skip
        sent += [{"channel": channel, "detail": detail} for channel, detail in one.channels]
        publications += [Publication(document=document, at=one.issued_at, **row) for row in sent]
    Placement.objects.bulk_create(placements)
    Publication.objects.bulk_create(publications)
    known = dict(Column.objects.filter(pk__in=newest).values_list("pk").annotate(Max("updated_at")))
    for key, at in newest.items():
        if known.get(key) is None or known[key] < at:
            Column.objects.filter(pk=key).update(updated_at=at)
