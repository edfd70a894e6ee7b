"""文件的查询，and ``visible()``: the one place that decides what may leave the building."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from gongkai.documents.states import ACTING, DUE, PUBLIC, UNDER_REVIEW, State, Validity
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import organs_with
from gongkai.organs.states import ADMINISTRATORS, Duty
from gongkai.theme.prepared import Prepared

if TYPE_CHECKING:
    from gongkai.documents.models import (  # noqa: F401  (the types of the rows)
        Column,
        Document,
        Placement,
        Publication,
        Relation,
    )

#: Duties that open an organ's own desk; the three administrators keep the house, not its papers.
AT_THE_DESK = frozenset(Duty) - ADMINISTRATORS

_UNPUBLISHED = ", ".join(f"'{state.value}'" for state in State if state != State.ISSUED)


def visible(to: Staff | None = None, *, prefix: str = "") -> Q:
    """可见范围：what of the documents somebody may see; ``None`` is the public.

    Every page, list, feed, search entry, export, print and file asks this and nothing else.
    The public sees what is issued, whoever is signed in; a member of the staff sees on the desk
    what belongs to the organs where he has a duty, and below them for the competent department.
    ``prefix`` leads to the document from another table (``"document__"``).
    """
    if to is None:
        return Q(**{f"{prefix}state": State.ISSUED})
    organs = reach(to)
    return Q() if organs is None else Q(**{f"{prefix}organ__in": organs})


def reach(staff: Staff) -> list[int] | None:
    """经手的机关：keys of the organs whose papers a person sees; None when that is all of them."""
    organs = organs_of(staff)
    return None if organs.everything else organs.keys


@dataclass(frozen=True)
class Reach:
    """经手的范围：the organs a person sees, and whether there are others."""

    keys: list[int]
    everything: bool
    #: Key and name of each, in the order of the tree; only of those who see several.
    named: list[tuple[int, str]]


def organs_of(staff: Staff) -> Reach:
    """经手的范围：his own organs, and all below those he is the competent department of.

    Asked once for each person read from the database.
    """
    known: Reach | None = staff.__dict__.get("_documents_reach")
    if known is None:
        known = staff.__dict__["_documents_reach"] = _reach(staff)
    return known


_tree = Prepared(
    lambda: Organ.objects.order_by("path").values_list("pk", "path", "short_name", "name")
)


def _reach(staff: Staff) -> Reach:
    own = organs_with(staff, AT_THE_DESK)
    above = set(organs_with(staff, frozenset({Duty.COMPETENT})))
    if not above and len(own) < 2:
        return Reach(own, False, [])
    tree = _tree()
    tops = tuple(path for key, path, *_ in tree if key in above)
    seen = [
        (key, short or name)
        for key, path, short, name in tree
        if key in own or path.startswith(tops or "?")
    ]
    return Reach([key for key, _ in seen], len(seen) == len(tree), seen)


class DocumentQuery(models.QuerySet["Document"]):
    """主动公开文件的查询。"""

    def public(self) -> DocumentQuery:
        """公众可见的。"""
        return self.filter(visible())

    def on_the_desk_of(self, staff: Staff) -> DocumentQuery:
        """某人的工作台上可见的。"""
        return self.filter(visible(staff))

    def bearing(self, *, number_key: str = "", index_number: str = "") -> DocumentQuery:
        """有某个文号、索引号的：said so that the index of those that have one at all is used."""
        rows = self
        if number_key:
            rows = rows.filter(~Q(number_key=""), number_key=number_key)
        if index_number:
            rows = rows.filter(~Q(index_number=""), index_number=index_number)
        return rows

    def saying(self, text: str, *, found: Collection[int]) -> DocumentQuery:
        """标题里写着的：those ``found`` in the index, and what is not public and says the text.

        Papers not yet public are few; the many that are public are found by the index. The keys
        go as one value: to write two hundred marks takes Django longer than the search.
        """
        table = self.model._meta.db_table
        given: Any = list(found)
        listed = "SELECT unnest(%s::bigint[])"
        if connection.vendor == "sqlite":
            given, listed = str(given), "SELECT value FROM json_each(%s)"
            # SQLite reckons that all states have as many rows, and would read every document.
            table += " INDEXED BY documents_by_state"
        unpublished = (
            f"SELECT id FROM {table} WHERE state IN ({_UNPUBLISHED}) AND title LIKE %s ESCAPE '\\'"
        )
        like = f"%{connection.ops.prep_for_like_query(text)}%"
        return self.filter(pk__in=RawSQL(f"{listed} UNION ALL {unpublished}", [given, like]))

    def under_review(self) -> DocumentQuery:
        """审查中的。"""
        return self.filter(state__in=UNDER_REVIEW)

    def to_publish(self) -> DocumentQuery:
        """待发布的：signed, and to be shown to the public."""
        return self.filter(state__in=DUE, attribute__in=PUBLIC)

    def overdue(self, on: date | None = None) -> DocumentQuery:
        """逾期未公开的（《政府信息公开条例》第二十六条）。"""
        return self.to_publish().filter(due_on__lt=on or timezone.localdate())

    def to_review_again(self, on: date | None = None) -> DocumentQuery:
        """该定期评估审查的（《政府信息公开条例》第十八条）：kept back, and the day has come."""
        return self.filter(state=State.KEPT, form__review_on__lte=on or timezone.localdate())

    def in_force(self) -> DocumentQuery:
        """现行有效的。"""
        return self.filter(validity__in=(Validity.IN_FORCE, Validity.AMENDED))

    def turning(self, on: date) -> DocumentQuery:
        """有效性该变的：the day has come on which they begin, end or lapse."""
        return self.filter(state=State.ISSUED, turns_on__lte=on)

    def expiring(self, until: date) -> DocumentQuery:
        """将在某日以前到期的现行文件。"""
        return self.in_force().filter(valid_to__isnull=False, valid_to__lte=until)


class RelationQuery(models.QuerySet["Relation"]):
    """文件关系的查询。"""

    def acting(self) -> RelationQuery:
        """修改、废止、失效、延期。"""
        return self.filter(link__in=ACTING)


class ColumnQuery(models.QuerySet["Column"]):
    """栏目的查询。"""

    def open(self, on: date | None = None) -> ColumnQuery:
        """开放的：not closed, and topics within their days."""
        day = on or timezone.localdate()
        return self.filter(
            Q(opens_on__isnull=True) | Q(opens_on__lte=day),
            Q(closes_on__isnull=True) | Q(closes_on__gte=day),
        )

    def above(self, column: Column) -> ColumnQuery:
        """某栏目及其上级：from the top down."""
        return self.filter(pk__in=column.lineage).order_by("path")

    def under(self, column: Column) -> ColumnQuery:
        """某栏目及其下级。"""
        return self.filter(path__startswith=column.path)


class PlacementQuery(models.QuerySet["Placement"]):
    """文件在栏目中的位置。"""

    def public(self) -> PlacementQuery:
        """公众可见的：each row looks its document up.

        Were the two tables joined, the database might begin with all that is public, a million
        rows, instead of walking the column in its own order.
        """
        documents = apps.get_model("documents", "Document")._default_manager
        seen = documents.filter(visible(), pk=OuterRef("document"))
        return self.filter(Exists(seen), issued_at__isnull=False)


class PublicationQuery(models.QuerySet["Publication"]):
    """公开记录的查询：the rows yearly figures count."""

    def within(self, organs: Collection[int], year: int) -> PublicationQuery:
        """某年某些机关的公开记录。"""
        span = (_new_year(year), _new_year(year + 1))
        return self.filter(document__organ__in=organs, at__gte=span[0], at__lt=span[1])

    def figures(self) -> list[dict[str, Any]]:
        """分渠道、栏目的条数：``[{"channel", "column", "items", "documents"}]``."""
        counted = self.order_by().values("channel", "column")
        return [
            dict(row)
            for row in counted.annotate(
                items=models.Count("pk"), documents=models.Count("document", distinct=True)
            )
        ]


def _new_year(year: int) -> Any:
    import datetime

    return timezone.make_aware(datetime.datetime(year, 1, 1))
