"""检索条目：published reports that stand as no document: read from files, of units outside.

The others are found as the documents they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.urls import reverse

from gongkai.annual.exchange import load
from gongkai.annual.write.layout import lay_out
from gongkai.documents.kinds import KINDS
from gongkai.reporting.models import Filing
from gongkai.reporting.queries import FilingQuery
from gongkai.reporting.states import State
from gongkai.search.entry import Entry, Provider
from gongkai.search.index import index

SOURCE = "reports"


def _found() -> FilingQuery:
    return Filing.objects.public().filter(state=State.PUBLISHED, document=None)


def keys() -> Iterator[int]:
    """全部：keys of what is found here, oldest first."""
    return _found().order_by("pk").values_list("pk", flat=True).iterator(1_000)


def entries(wanted: Sequence[Any]) -> Iterator[Entry]:
    """条目：of some keys, without what is not public."""
    for filing in _found().filter(pk__in=wanted).select_related("organ"):
        page = lay_out(load(filing.frozen))
        prose = (text for section in page.sections for text in section.paragraphs)
        yield Entry(
            id=f"{SOURCE}:{filing.pk}",
            kind=KINDS["report"].name,
            title=f"{filing}",
            url=reverse("reporting:report", args=[filing.pk]),
            organ=filing.organ.name,
            body="\n".join((*page.preamble, *prose)),
            date=filing.published_on,
        )


def announce(filings: Iterable[Filing]) -> None:
    """更新检索：what may be found is put in as it is now, what may not is taken out."""
    wanted = [filing.pk for filing in filings]
    found = list(entries(wanted))
    if found:
        index().put(*found)
    if gone := {f"{SOURCE}:{pk}" for pk in wanted} - {entry.id for entry in found}:
        index().drop(*sorted(gone))


PROVIDER = Provider(SOURCE, "年度报告", keys, entries)
