"""年度数字：what the yearly report asks of published documents, as queries over records.

规章、行政规范性文件：本年制发件数、本年废止件数、现行有效件数（年报第二部分，第二十条第（一）项）.
总体情况（年报第一部分）：what went out in the year, by channel; every figure is the number of rows
of the query whose rows can be looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Left, Length

from gongkai.documents.kinds import codes
from gongkai.documents.models import Column, Document, Publication
from gongkai.documents.queries import DocumentQuery, PublicationQuery, visible
from gongkai.documents.states import Channel, Validity


def issued_in(organs: Collection[int], kind: str, year: int) -> DocumentQuery:
    """本年制发：by the date the document bears."""
    return _public(organs, kind).filter(formed_on__year=year)


def ended_in(organs: Collection[int], kind: str, year: int, how: str) -> DocumentQuery:
    """本年废止、失效：each by itself; the form leaves open whether 失效 counts as 废止.

    What ran out did so on the day after its last: valid to 31 December it was in force that day,
    and lapsed in the year after.
    """
    ran_out = {"valid_to__gte": date(year - 1, 12, 31), "valid_to__lt": date(year, 12, 31)}
    return _public(organs, kind).filter(ended_as=how, ended_on__year=year) | (
        _public(organs, kind).filter(ended_as="", validity=how, **ran_out)
    )


def in_force_on(organs: Collection[int], kind: str, day: date) -> DocumentQuery:
    """某日现行有效：made by then, begun, not ended, not run out."""
    rows = _public(organs, kind).filter(formed_on__lte=day)
    return (
        rows.exclude(effective_on__gt=day)
        .exclude(valid_to__lt=day)
        .exclude(ended_on__lte=day)
        .exclude(ended_on__isnull=True, ended_as__in=(Validity.REPEALED, Validity.LAPSED))
    )


def normative_figures(organs: Collection[int], kind: str, year: int) -> dict[str, Any]:
    """制发、废止、失效、现行有效：of a kind, in a year; in force on its last day."""
    return {
        "issued": issued_in(organs, kind, year).count(),
        "repealed": ended_in(organs, kind, year, Validity.REPEALED).count(),
        "lapsed": ended_in(organs, kind, year, Validity.LAPSED).count(),
        "in_force": in_force_on(organs, kind, date(year, 12, 31)).count(),
    }


def _public(organs: Collection[int], kind: str) -> DocumentQuery:
    return Document.objects.filter(visible(), organ__in=organs, kind=kind)


# ── 总体情况：主动公开 ──────────────────────────────────────────────────────────────────────


def website_items(organs: Collection[int], year: int) -> PublicationQuery:
    """网站发布信息：a document in two columns is two items; put back after a withdrawal, none."""
    return _first(_sent(organs, year, Channel.WEBSITE), "column")


def platform_items(organs: Collection[int], year: int) -> PublicationQuery:
    """专栏发布信息：of these, what went into the statutory blocks and the columns below them."""
    above = {"organ": OuterRef("organ"), "path": Left(OuterRef("path"), Length("path"))}
    platform = Column.objects.filter(Exists(Column.objects.exclude(statutory="").filter(**above)))
    return website_items(organs, year).filter(column__in=platform.values("pk"))


def policy_documents(organs: Collection[int], year: int) -> PublicationQuery:
    """公开政策文件：规章、行政规范性文件、其他政策文件, each once; reprints are not ours."""
    return _documents(organs, year, codes(policy=True))


def interpretations(organs: Collection[int], year: int) -> PublicationQuery:
    """公开政策解读：each once."""
    return _documents(organs, year, ["interpretation"])


def replies(organs: Collection[int], year: int) -> PublicationQuery:
    """公开建议提案复文：each once."""
    return _documents(organs, year, ["reply"])


def new_media_posts(organs: Collection[int], year: int) -> PublicationQuery:
    """政务新媒体发布信息：a document on two accounts is two posts."""
    return _sent(organs, year, Channel.NEW_MEDIA)


def gazette_documents(organs: Collection[int], year: int) -> PublicationQuery:
    """政府公报刊登文件：printed in the year, each once."""
    return _first(_sent(organs, year, Channel.GAZETTE))


def gazette_issues(organs: Collection[int], year: int) -> QuerySet[Publication, Any]:
    """政府公报期数：the issues these stand in, by the name given; what has none stands in none."""
    named = _sent(organs, year, Channel.GAZETTE).exclude(detail="")
    return named.values("detail").order_by("detail").distinct()


def deliveries(organs: Collection[int], year: int) -> PublicationQuery:
    """送查阅场所（第二十五条）：a document delivered is one, wherever it lies to be read."""
    return _first(_sent(organs, year, Channel.POINTS))


def press_releases(organs: Collection[int], year: int) -> PublicationQuery:
    """新闻发布（第二十三条）：a document told of at two conferences is two."""
    return _sent(organs, year, Channel.PRESS)


@dataclass(frozen=True, slots=True)
class Figure:
    """数字：what it is called, in what it is counted, and the rows it counts."""

    label: str
    unit: str
    rows: Callable[[Collection[int], int], QuerySet[Publication, Any]]

    def of(self, organs: Collection[int], year: int) -> int:
        """多少：of these organs in that year."""
        return self.rows(organs, year).count()


#: 主动公开情况各项数字，in the order a report tells them
PUBLICATION_FIGURES = MappingProxyType(
    {
        "website_items": Figure("政府网站发布信息", "条", website_items),
        "platform_items": Figure("政府信息公开专栏发布信息", "条", platform_items),
        "policy_documents": Figure("公开政策文件", "件", policy_documents),
        "interpretations": Figure("公开政策解读", "件", interpretations),
        "replies": Figure("公开建议提案复文", "件", replies),
        "new_media_posts": Figure("政务新媒体发布信息", "篇", new_media_posts),
        "gazette_issues": Figure("编发政府公报", "期", gazette_issues),
        "gazette_documents": Figure("政府公报刊登文件", "件", gazette_documents),
        "deliveries": Figure("送查阅场所", "件", deliveries),
        "press_releases": Figure("新闻发布", "次", press_releases),
    }
)


def _sent(organs: Collection[int], year: int, channel: Channel) -> PublicationQuery:
    """What was later withdrawn did go out, and stays counted."""
    return Publication.objects.within(organs, year).filter(channel=channel)


def _documents(organs: Collection[int], year: int, kinds: Collection[str]) -> PublicationQuery:
    return _first(_sent(organs, year, Channel.WEBSITE).filter(document__kind__in=kinds))


def _first(rows: PublicationQuery, *also: str) -> PublicationQuery:
    """首次：of a document by a channel (and ``also``), the first time in whatever year."""
    alike = {name: OuterRef(name) for name in ("document", "channel", *also)}
    before = Publication.objects.filter(**alike, pk__lt=OuterRef("pk"), at__isnull=False)
    return rows.exclude(Exists(before))
