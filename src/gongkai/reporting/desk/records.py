"""数字背后的记录：one description a kind, from which page and export are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.applications.models import Application
from gongkai.applications.models.application import OUTCOME_CHOICES
from gongkai.applications.queries import AT_THE_DESK, visible
from gongkai.applications.states import Category
from gongkai.applications.states import State as Stage
from gongkai.disputes.models import Dispute
from gongkai.disputes.states import PENDING, Kind, Result
from gongkai.documents.models import Document, Publication
from gongkai.documents.queries import reach
from gongkai.documents.states import Channel, Validity
from gongkai.documents.states import State as Issue
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.vault.masks import mask_name

_OUTCOMES = dict(OUTCOME_CHOICES)


@dataclass(frozen=True)
class Listing:
    """一种记录：its headings with their widths, the columns it reads, its order, its line.

    ``line`` gives the cells under the headings, ``link`` where the record is looked at.
    """

    noun: str
    heads: Mapping[str, int]
    fields: tuple[str, ...]
    order: tuple[str, ...]
    line: Callable[[dict[str, Any], Seen], list[Any]]
    link: Callable[[dict[str, Any], Seen], str]
    #: Who sees which of the rows; None where they are public, or the counted organ's own.
    seen: Callable[[QuerySet[Any], Staff], QuerySet[Any]] | None = None


@dataclass(frozen=True)
class Seen:
    """谁在看：at which organs names are shown to this person, which documents are on the desk."""

    named: frozenset[int]
    desk: frozenset[int] | None
    organs: Mapping[int, str]

    @classmethod
    def by(cls, staff: Staff, organs: tuple[int, ...]) -> Seen:
        """For one page."""
        desk = reach(staff)
        named = organs_with(staff, AT_THE_DESK - {Duty.COMPETENT})
        rows = Organ.objects.filter(pk__in=organs).values_list("pk", "short_name", "name")
        return cls(
            frozenset(named),
            None if desk is None else frozenset(desk),
            {pk: short or name for pk, short, name in rows},
        )


def kind_of(rows: QuerySet[Any]) -> Listing:
    """哪种记录：of a query; the issues of the gazette are names and no records."""
    if rows.model is Publication and rows.query.distinct:
        return _ISSUES
    return _KINDS[rows.model]


def _named(row: dict[str, Any], name: str, seen: Seen) -> str:
    return name if row["organ"] in seen.named else mask_name(name)


def _organ(row: dict[str, Any], seen: Seen) -> str:
    return seen.organs.get(row["organ"], "")


def _application(row: dict[str, Any], seen: Seen) -> list[Any]:
    return [
        row["number"],
        row["subject"],
        _named(row, row["applicant_name"], seen),
        Category(row["category"]).label,
        row["received_on"],
        row["ended_on"],
        _OUTCOMES.get(row["ended_as"], "") if row["ended_on"] else Stage(row["state"]).label,
        _organ(row, seen),
    ]


def _dispute(row: dict[str, Any], seen: Seen) -> list[Any]:
    return [
        row["number"],
        Kind(row["kind"]).label,
        row["about"],
        _named(row, row["claimant"], seen),
        row["body"],
        row["case_number"],
        row["received_on"],
        row["concluded_on"],
        Result(row["result"]).label if row["result"] else PENDING,
        _organ(row, seen),
    ]


def _document(row: dict[str, Any], seen: Seen) -> list[Any]:
    return [
        row["title"],
        row["number"],
        row["formed_on"],
        Validity(row["validity"]).label if row["validity"] else "",
        row["ended_on"],
        _organ(row, seen),
    ]


def _publication(row: dict[str, Any], seen: Seen) -> list[Any]:
    at = row["at"]
    return [
        row["document__title"],
        row["document__number"],
        Channel(row["channel"]).label,
        row["column__name"] or "",
        row["detail"],
        timezone.localdate(at) if at else None,
        seen.organs.get(row["document__organ"], ""),
    ]


def _issue(row: dict[str, Any], seen: Seen) -> list[Any]:
    return [row["detail"]]


def _to_document(pk: int, organ: int, state: str, seen: Seen) -> str:
    if seen.desk is None or organ in seen.desk:
        return reverse("documents:desk_document", args=[pk])
    return reverse("documents:document", args=[pk]) if state == Issue.ISSUED else ""


def _at_hand(rows: QuerySet[Any], staff: Staff) -> QuerySet[Any]:
    return rows.filter(visible(staff))


_KINDS: dict[Any, Listing] = {
    Application: Listing(
        "件申请",
        {"登记编号": 30, "所需信息名称": 50, "申请人": 12, "申请人类别": 14, "收到日期": 12,
         "计入日期": 12, "计入结果（未办结的为状态）": 30, "机关": 24},
        ("id", "number", "subject", "applicant_name", "category", "received_on", "ended_on",
         "ended_as", "state", "organ"),
        ("received_on", "pk"),
        _application,
        lambda row, seen: reverse("applications:desk_application", args=[row["id"]]),
        _at_hand,
    ),
    Dispute: Listing(
        "件案件",
        {"台账编号": 30, "种类": 20, "所涉事项": 50, "申请人（原告）": 14, "复议机关（法院）": 24,
         "案号": 24, "收到日期": 12, "审结日期": 12, "结果": 12, "机关": 24},
        ("id", "number", "kind", "about", "claimant", "body", "case_number", "received_on",
         "concluded_on", "result", "organ"),
        ("received_on", "pk"),
        _dispute,
        lambda row, seen: reverse("disputes:dispute", args=[row["id"]]),
        _at_hand,
    ),
    Document: Listing(
        "件文件",
        {"标题": 60, "发文字号": 22, "成文日期": 12, "有效性": 10, "废止（失效）日期": 14,
         "机关": 24},
        ("id", "title", "number", "formed_on", "validity", "ended_on", "organ", "state"),
        ("-pk",),
        _document,
        lambda row, seen: _to_document(row["id"], row["organ"], row["state"], seen),
    ),
    Publication: Listing(
        "条公开记录",
        {"标题": 60, "发文字号": 22, "渠道": 14, "栏目": 20, "说明": 24, "日期": 12, "机关": 24},
        ("id", "document", "document__title", "document__number", "document__organ",
         "document__state", "channel", "column__name", "detail", "at"),
        ("at", "pk"),
        _publication,
        lambda row, seen: _to_document(
            row["document"], row["document__organ"], row["document__state"], seen
        ),
    ),
}  # fmt: skip
_ISSUES = Listing("期公报", {"期号": 40}, ("detail",), ("detail",), _issue, lambda row, seen: "")


def exported(kind: Listing, rows: QuerySet[Any], seen: Seen, chunk: int = 2_000) -> Any:
    """导出的行：every one, in the order of the list; names of applicants never."""
    silent = Seen(frozenset(), seen.desk, seen.organs)
    for row in rows.order_by(*kind.order).values(*kind.fields).iterator(chunk):
        yield kind.line(row, silent)
