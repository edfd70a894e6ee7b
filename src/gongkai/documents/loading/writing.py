"""成批写入：a few hundred documents at a time, each batch whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.documents.actions.attaching import findings_of
from gongkai.documents.loading.insert import insert, reserve
from gongkai.documents.loading.reading import Loaded
from gongkai.documents.loading.sources import Source
from gongkai.documents.models import (
    Column,
    Document,
    DocumentFile,
    Placement,
    Publication,
    Version,
)
from gongkai.documents.numbers import next_indexes
from gongkai.documents.states import Channel, State
from gongkai.errors import BadInput, GongkaiError
from gongkai.files.actions import receive
from gongkai.organs.models import Organ

#: Columns of a document that a file may bring anew.
_BROUGHT = (
    *("kind", "title", "issuer", "number", "number_key", "genre", "topic", "keywords", "summary"),
    *("formed_on", "effective_on", "valid_to", "ended_on", "ended_as", "amended_on", "caption"),
    *("source_url", "validity", "turns_on", "issued_at", "origin"),
)


@dataclass(slots=True)
class Tally:
    """计数：what became of the rows, and the refusals."""

    added: int = 0
    changed: int = 0
    same: int = 0
    failures: list[tuple[int, str, str]] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)

    def fail(self, row: int, title: str, reason: object) -> None:
        """失败：a row is refused, with the reason."""
        self.failures.append((row, title[:300], str(reason)[:500]))


@dataclass(frozen=True)
class Places:
    """栏目：of the organ, by name and by the kind they are kept for, with those above each."""

    by_name: dict[str, Column]
    by_kind: dict[str, Column]

    @classmethod
    def of(cls, organ: Organ) -> Places:
        """Read once for a whole file."""
        rows = list(Column.objects.filter(organ=organ).order_by("-path"))
        return cls(
            {column.name: column for column in rows},
            {column.kind: column for column in rows if column.kind},
        )

    def for_(self, loaded: Loaded) -> list[Column]:
        """某份文件的栏目：those it names, or the one kept for its kind; raises BadInput."""
        if not loaded.columns:
            column = self.by_kind.get(loaded.fields["kind"])
            return [column] if column else []
        unknown = [name for name in loaded.columns if name not in self.by_name]
        if unknown:
            raise BadInput(f"没有“{unknown[0]}”这个栏目。")
        return [self.by_name[name] for name in dict.fromkeys(loaded.columns)]


def write_batch(
    batch: Iterable[Loaded], organ: Organ, places: Places, source: Source, *, demo: bool = False
) -> Tally:
    """写入一批：new ones added, known ones brought up to date, doubtful ones refused.

    Known is a document of the same 索引号, 文号 at the organ, or number in the source. One 文号
    for two titles is a mistake and is refused.
    """
    tally = Tally()
    with transaction.atomic():
        fresh, known = _sorted(list(batch), organ, tally)
        _add(fresh, organ, places, source, tally, demo)
        _update(known, tally)
    return tally


def _sorted(
    batch: list[Loaded], organ: Organ, tally: Tally
) -> tuple[list[Loaded], list[tuple[Document, Loaded]]]:
    """Which are new, and which document each of the others is."""
    finder = _Finder(batch, organ)
    fresh: list[Loaded] = []
    known: list[tuple[Document, Loaded]] = []
    for loaded in batch:
        try:
            document = finder.find(loaded)
        except BadInput as problem:
            tally.fail(loaded.row, loaded.title, problem)
            continue
        if document is None:
            fresh.append(loaded)
        elif isinstance(document, _Claim):
            tally.same += 1  # the same twice in this very file
        else:
            known.append((document, loaded))
    return fresh, known


@dataclass(slots=True)
class _Claim:
    """A document of this very batch, not yet written: its title and the numbers it has taken."""

    title: str
    index_number: str
    number_key: str
    origin: str
    pk: None = None


class _Finder:
    """The documents a batch may mean, found with one query for each way of telling them."""

    def __init__(self, batch: list[Loaded], organ: Organ) -> None:
        told = {
            name: {loaded.fields[name] for loaded in batch} - {""}
            for name in ("index_number", "number_key", "origin")
        }
        found = Document.objects.filter(
            Q(~Q(index_number=""), index_number__in=told["index_number"])
            | Q(~Q(number_key=""), number_key__in=told["number_key"], organ=organ)
            | Q(~Q(origin=""), origin__in=told["origin"], organ=organ)
        )
        self.by: dict[str, dict[str, Document | _Claim]] = {name: {} for name in told}
        for document in found:
            self._remember(document)

    def find(self, loaded: Loaded) -> Document | _Claim | None:
        fields = loaded.fields
        for name in ("index_number", "origin"):
            if document := self.by[name].get(fields[name]) if fields[name] else None:
                self._prove(document, loaded)
                return document
        document = self.by["number_key"].get(fields["number_key"]) if fields["number"] else None
        if document is None:
            self._remember(_Claim(**{name: fields[name] for name in ("title", *self.by)}))
            return None
        if _plain(document.title) != _plain(loaded.title):
            raise BadInput(f"{fields['number']}已经用于《{document.title}》。")
        return document

    def _prove(self, document: Document | _Claim, loaded: Loaded) -> None:
        """Found by one number, it may not bear the other number of somebody else."""
        other = self.by["number_key"].get(loaded.fields["number_key"])
        if loaded.fields["number"] and other is not None and other is not document:
            raise BadInput(f"{loaded.fields['number']}已经用于《{other.title}》。")

    def _remember(self, document: Document | _Claim) -> None:
        for name, known in self.by.items():
            if key := getattr(document, name):
                known.setdefault(key, document)


def _plain(title: str) -> str:
    return "".join(title.split())


def _add(
    fresh: list[Loaded],
    organ: Organ,
    places: Places,
    source: Source,
    tally: Tally,
    demo: bool,
) -> None:
    made: list[tuple[Document, Loaded, list[Column], list[DocumentFile]]] = []
    for loaded in fresh:
        try:
            columns, files = places.for_(loaded), _files(loaded, source)
        except GongkaiError as problem:
            tally.fail(loaded.row, loaded.title, problem)
            continue
        document = Document(
            organ=organ, state=State.ISSUED, edition=1, demo=demo,
            created_at=timezone.now(), **loaded.fields,
        )  # fmt: skip
        made.append((document, loaded, columns, files))
    documents = [document for document, *_ in made]
    _number(documents, organ)
    for document, key in zip(documents, reserve(Document, len(documents)), strict=True):
        document.pk = key
    insert(documents)
    insert(
        [
            Version(
            document=document, number=1, why=Version.Why.IMPORT, title=document.title,
            caption=document.caption, html=loaded.html,
        )
        for document, loaded, *_ in made
    ]
    )  # fmt: skip
    _stand([(document, columns) for document, _, columns, _ in made])
    attached = [file for document, _, _, files in made for file in _owned(document, files)]
    DocumentFile.objects.bulk_create(attached)
    tally.added += len(documents)
    tally.touched += [document.pk for document in documents]


def _number(documents: list[Document], organ: Organ) -> None:
    """索引号：to each that has none, the next of its year, in the order of the file; no reprint."""
    years: dict[int, list[Document]] = {}
    for document in documents:
        if not document.index_number and not document.row.reprint:
            assert document.issued_at is not None
            years.setdefault(timezone.localdate(document.issued_at).year, []).append(document)
    for year, waiting in sorted(years.items()):
        for document, index in zip(waiting, next_indexes(organ, year, len(waiting)), strict=True):
            document.index_number = index


def _stand(placed: list[tuple[Document, list[Column]]]) -> None:
    latest: dict[int, datetime] = {}
    placements: list[Placement] = []
    publications: list[Publication] = []
    for document, columns in placed:
        at = document.issued_at
        assert at is not None
        direct = {column.pk for column in columns}
        publications += [
            Publication(document=document, channel=Channel.WEBSITE, column=column, at=at)
            for column in columns
        ]
        for key in {key for column in columns for key in column.lineage}:
            placements.append(
                Placement(document=document, column_id=key, direct=key in direct, issued_at=at)
            )
            latest[key] = max(at, latest.get(key, at))
    insert(placements)
    insert(publications)
    for key, at in latest.items():
        rows = Column.objects.filter(Q(updated_at__isnull=True) | Q(updated_at__lt=at), pk=key)
        rows.update(updated_at=at)


def _files(loaded: Loaded, source: Source) -> list[DocumentFile]:
    kept = []
    for order, name in enumerate(loaded.files):
        blob, tidy = receive(source.attachment(name), name.rpartition("/")[2])
        kept.append(
            DocumentFile(blob=blob, name=tidy, order=order, findings=findings_of(blob, tidy))
        )
    return kept


def _owned(document: Document, files: list[DocumentFile]) -> Iterator[DocumentFile]:
    for file in files:
        file.document = document
        yield file


def _update(known: list[tuple[Document, Loaded]], tally: Tally) -> None:
    """Bring up to date what differs; a text that differs is a new version."""
    texts = {
        (version.document_id, version.number): version
        for version in Version.objects.filter(document__in=[document for document, _ in known])
    }
    versions: list[Version] = []
    changed: list[Document] = []
    for document, loaded in known:
        if document.state not in (State.ISSUED, State.WITHDRAWN):
            tally.fail(loaded.row, loaded.title, f"本机关正在办理《{document.title}》，没有更新。")
            continue
        differs = _brought(document, loaded.fields)
        old = texts.get((document.pk, document.edition))
        if loaded.html and (old is None or old.html != loaded.html):
            document.edition += 1
            versions.append(
                Version(
                    document=document, number=document.edition, why=Version.Why.IMPORT,
                    title=document.title, caption=document.caption, html=loaded.html,
                )
            )  # fmt: skip
            differs = True
        if differs:
            changed.append(document)
        else:
            tally.same += 1
    Version.objects.bulk_create(versions)
    Document.objects.bulk_update(changed, [*_BROUGHT, "edition"], batch_size=20)
    tally.changed += len(changed)
    tally.touched += [document.pk for document in changed]


def _brought(document: Document, fields: dict[str, Any]) -> bool:
    differs = False
    for name in _BROUGHT:
        # What the file does not say stays as it is here.
        if (new := fields.get(name)) not in (None, "") and new != getattr(document, name):
            setattr(document, name, new)
            differs = True
    return differs
