"""检索条目：what of a document can be found; only what ``visible()`` lets out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from gongkai.documents.body.clean import text_of
from gongkai.documents.kinds import KINDS
from gongkai.documents.models import Document, Version
from gongkai.documents.states import Validity
from gongkai.search.entry import Entry, Provider
from gongkai.search.index import index

SOURCE = "documents"


def keys() -> Iterator[int]:
    """全部：keys of what the public may see, oldest first."""
    return Document.objects.public().order_by("pk").values_list("pk", flat=True).iterator(5_000)


def entries(wanted: Sequence[Any]) -> Iterator[Entry]:
    """条目：of some keys, without what is not public."""
    text = Version.objects.filter(document=OuterRef("pk"), number=OuterRef("edition"))
    rows = (
        Document.objects.public()
        .filter(pk__in=wanted)
        .annotate(html=Subquery(text.values("html")[:1]), organ_name=F("organ__name"))
        .values(
            *("pk", "kind", "title", "number", "index_number", "issuer", "issued_at", "topic"),
            *("validity", "keywords", "summary", "html", "organ_name"),
        )
    )
    for row in rows:
        yield Entry(
            id=f"{SOURCE}:{row['pk']}",
            kind=KINDS[row["kind"]].name,
            title=row["title"],
            url=reverse("documents:document", args=[row["pk"]]),
            number=row["number"],
            index_number=row["index_number"],
            organ=row["organ_name"],
            body="\n".join((row["keywords"], row["summary"], text_of(row["html"] or ""))),
            date=timezone.localdate(row["issued_at"]),
            topic=row["topic"],
            validity=str(Validity(row["validity"]).label) if row["validity"] else "",
        )


def announce(documents: Iterable[Document]) -> None:
    """更新检索：what may be found is put in as it is now, what may not is taken out."""
    wanted = [document.pk for document in documents]
    found = list(entries(wanted))
    if found:
        index().put(*found)
    if gone := {f"{SOURCE}:{pk}" for pk in wanted} - {entry.id for entry in found}:
        index().drop(*sorted(gone))


PROVIDER = Provider(SOURCE, "主动公开文件", keys, entries)
