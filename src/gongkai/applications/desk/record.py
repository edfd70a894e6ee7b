"""办理页的记录：what there is of a case, asked about once; most cases have little of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from gongkai.applications.actions.papers import why_not_send
from gongkai.applications.models import Application, Paper, Service
from gongkai.organs.models import Staff
from gongkai.theme.prepared import Prepared

#: So many related applications are listed; how many there are is told besides.
RELATED = 8
_RELATED_FIELDS = ("id", "number", "subject", "state", "received_on", "outcome")

_SERVICES = Prefetch("services", Service.objects.order_by("pk"))
#: 办理中产生的记录：what hangs on a case, as its page reads it; in an order that needs no join.
_RECORD: dict[str, Callable[[Application], QuerySet[Any]]] = {
    "applicants": lambda one: one.applicants.order_by("order", "pk"),
    "matters": lambda one: one.matters.order_by("order", "pk"),
    "papers": lambda one: (
        one.papers.select_related("reply").prefetch_related(_SERVICES).order_by("pk")
    ),
    "attachments": lambda one: one.attachments.select_related("blob").order_by("order", "pk"),
    "consultations": lambda one: one.consultations.order_by("pk"),
    "extensions": lambda one: one.extensions.select_related("proposed_by", "decided_by").order_by(
        "pk"
    ),
    "fees": lambda one: one.fees.order_by("pk"),
    "searches": lambda one: one.searches.order_by("on", "pk"),
    "messages": lambda one: one.messages.select_related("by").order_by("pk"),
    "ratings": lambda one: one.ratings.order_by("pk"),
    "reminders": lambda one: one.reminders.order_by("-pk")[:10],
}
#: 相关的申请：by the column that makes them so.
_ALIKE = ("person_key", "text_key")


def _asked(pk: int) -> QuerySet[Any, Any]:
    others = Application.objects.exclude(pk=OuterRef("pk"))
    found = {f"has_{name}": _any_of(name) for name in (*_RECORD, "followers")}
    for name in _ALIKE:
        found[f"has_{name}"] = Exists(others.filter(**{name: OuterRef(name)}).values("pk"))
    return Application.objects.filter(pk=pk).annotate(**found).values_list(*found)


def _any_of(name: str) -> Exists:
    relation: Any = Application._meta.get_field(name)
    rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
    return Exists(rows.values("pk"))


_there = Prepared(_asked)


def looked_up(one: Application) -> frozenset[str]:
    """有哪些记录：the names of what there is; nobody asks the database for the rest again.

    From here on the related managers of ``one`` give what is read once: a page that only looks.
    """
    names = (*_RECORD, "followers", *_ALIKE)
    there = {name for name, found in zip(names, _there(one.pk)[0], strict=True) if found}
    kept = one.__dict__.setdefault("_prefetched_objects_cache", {})
    for name, rows in _RECORD.items():
        kept[name] = found = rows(one)
        if name not in there:
            # As Django's own prefetching leaves it: ``none()`` would be compiled at each look.
            found._result_cache = []
    return frozenset(there)


def record_of(one: Application, by: Staff) -> dict[str, Any]:
    """记录：by the names the page uses; of each draft whether it can go out as it lies there."""
    found = {name: getattr(one, name).all() for name in _RECORD}
    # Django's own messages have that name on every page.
    found["messages_told"] = found.pop("messages")
    for paper in found["papers"]:
        paper.application = one
        draft = paper.state == Paper.State.DRAFT
        paper.sendable = draft and not why_not_send(paper, by=by)
    return found


def has_reply(one: Application) -> bool:
    """本次答复有没有答复书：then its approval slip can be printed."""
    papers = one.papers.all()
    return any(hasattr(paper, "reply") and paper.reply.round == one.round for paper in papers)


@dataclass(frozen=True, slots=True)
class Related:
    """相关的申请：a few of them, and how many there are."""

    heading: str
    rows: list[dict[str, Any]]
    count: int


def related(one: Application, by: Staff, there: frozenset[str]) -> list[Related]:
    """相关申请：what it came from, what came from it, the same person's, the same words."""
    seen = Application.objects.on_the_desk_of(by).exclude(pk=one.pk)
    asked: list[tuple[str, dict[str, Any]]] = []
    if one.origin_id:
        asked.append((one.origin_kind or "关联的申请", {"pk": one.origin_id}))
    if "followers" in there:
        asked.append(("由本件引出的申请", {"origin": one}))
    if one.person_key and "person_key" in there:
        asked.append(("同一申请人的申请", {"person_key": one.person_key}))
    if one.text_key and "text_key" in there:
        asked.append(("内容相同的申请", {"text_key": one.text_key}))
    found = []
    for heading, alike in asked:
        rows = seen.filter(**alike)
        listed = list(rows.order_by("-received_on", "-pk").values(*_RELATED_FIELDS)[: RELATED + 1])
        count = len(listed)
        if count > RELATED:
            count = rows.order_by().aggregate(Count("pk"))["pk__count"]
        if listed:
            found.append(Related(heading, listed[:RELATED], count))
    return found
