"""举一反三：requests alike, hot topics, and answers worth publishing for all（第四十四条）."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from gongkai.applications.actions.facts import facts_of
from gongkai.applications.actions.taking import refuse
from gongkai.applications.likeness import NEAR, ranked, topics
from gongkai.applications.models import Application, Attachment, Reply
from gongkai.applications.queries import ApplicationQuery
from gongkai.applications.states import Attached
from gongkai.documents.actions.attaching import hand_over
from gongkai.documents.actions.drafting import why_not_draft
from gongkai.documents.models import Document
from gongkai.documents.states import Attribute, State
from gongkai.organs.models import Organ, Role, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty
from gongkai.trail.actions import record

#: So many of the latest requests of the organ are compared word by word.
COMPARED = 1000
#: 热点：a period with more requests than this is looked at by its latest.
MOST = 5000
_DISCLOSED = ("A1", "A2", "B")
#: 可以转为主动公开的结果：what was given to one may be given to all.
PUBLISHABLE = ("A2", "B")
_MAY_PUBLISH = frozenset({Duty.DISCLOSURE, Duty.DRAFT})


@dataclass(frozen=True)
class Alike:
    """相近的申请：how near it is, and whether the same person asked."""

    application: Application
    near: float
    same_person: bool

    @property
    def percent(self) -> int:
        """相近程度，百分数。"""
        return round(self.near * 100)


def alike(application: Application, *, least: float = NEAR, most: int = 20) -> list[Alike]:
    """相近的申请：of the same person whatever their age, of others among the latest here.

    What the same person asked before may be a repeat（第三十六条第（六）项）; what others asked
    may have an answer to take over.
    """
    rows = Application.objects.exclude(pk=application.pk)
    same = Q(person_key=application.person_key) if application.person_key else Q(pk__in=())
    own = rows.filter(same).order_by("-pk")
    here = rows.filter(organ=application.organ_id).order_by("-pk")
    told = dict(_texts(own[:COMPARED])) | dict(_texts(here[:COMPARED]))
    found = ranked(_text(application.subject, application.description), told.items(), least=least)
    by_key = rows.select_related("organ").in_bulk([key for key, _ in found[:most]])
    return [
        Alike(
            by_key[key],
            near,
            bool(application.person_key) and by_key[key].person_key == application.person_key,
        )
        for key, near in found[:most]
    ]


def _texts(rows: ApplicationQuery) -> list[tuple[int, str]]:
    return [
        (key, _text(subject, description))
        for key, subject, description in rows.values_list("pk", "subject", "description")
    ]


def _text(subject: str, description: str) -> str:
    return f"{subject}\n{description[:300]}"


@dataclass(frozen=True)
class Hot:
    """热点：a name, its requests, and how many different people asked."""

    name: str
    keys: tuple[int, ...]
    people: int
    organs: tuple[str, ...]
    disclosed: int

    def __len__(self) -> int:
        return len(self.keys)


def hot_topics(rows: ApplicationQuery, since: date, until: date, *, least: int = 3) -> list[Hot]:
    """热点：what several people ask for in a period, the most asked first.

    One person asking many times makes no topic: at least two must ask.
    """
    found = list(
        rows.filter(received_on__gte=since, received_on__lte=until)
        .order_by("-pk")
        .values_list("pk", "subject", "person_key", "organ__name", "outcome")[:MOST]
    )
    hot = []
    for topic in topics([subject for _, subject, *_ in found], least=least):
        members = [found[place] for place in topic.members]
        people = {person or f"?{key}" for key, _, person, *_ in members}
        if len(people) < 2:
            continue
        hot.append(
            Hot(
                found[topic.heart][1],
                tuple(key for key, *_ in members),
                len(people),
                tuple(sorted({organ for *_, organ, _ in members})),
                sum(outcome in _DISCLOSED for *_, outcome in members),
            )
        )
    return hot


def drafters_of(organ: Organ, *, by: Staff) -> QuerySet[Staff]:
    """可以起草的人：whom the disclosure office may have draft; anybody else only himself."""
    holding = Role.objects.held(timezone.localdate()).filter(organ=organ, duty=Duty.DRAFT)
    found = Staff.objects.filter(is_active=True, pk__in=holding.values("staff"))
    if Duty.DISCLOSURE not in roles_of(by, organ):
        found = found.filter(pk=by.pk)
    return found.order_by("unit", "name", "pk")


def why_not_publish(reply: Reply, *, by: Staff) -> list[str]:
    """转为主动公开的障碍：only what was disclosed, and once（第四十四条）.

    It is for the disclosure office to judge what all should know, and for who drafts for the organ.
    """
    organ = reply.application.organ
    reasons = []
    if not roles_of(by, organ) & _MAY_PUBLISH:
        reasons.append(f"转为主动公开由{organ}的信息公开机构或者起草岗位办理")
    if reply.outcome not in PUBLISHABLE:
        reasons.append("只有予以公开、部分公开的信息可以转为主动公开")
    if not reply.application.is_done:
        reasons.append("答复还没有送达")
    if _became([reply]):
        reasons.append("已经转为主动公开的文件")
    return reasons


@dataclass(frozen=True, slots=True)
class ForAll:
    """可以转为主动公开的：``document`` is the key of what it has become; None where nothing yet."""

    document: int | None
    may: bool


def for_all(rows: Iterable[Application], *, by: Staff) -> dict[int, ForAll]:
    """各件能否转为主动公开：by key, of those answered with something that may be read by all."""
    fit = {one.pk: one for one in rows if one.outcome in PUBLISHABLE and one.is_done}
    replies = Reply.objects.filter(application__in=fit, published_as__isnull=False)
    became = _became(replies.only("application_id", "published_as"))
    return {
        key: ForAll(
            document := became.get(key),
            document is None and bool(roles_of(by, one.organ) & _MAY_PUBLISH),
        )
        for key, one in fit.items()
    }


def _became(replies: Iterable[Reply]) -> dict[int, int]:
    """转成的文件：by key of the request; a draft that was given up is none."""
    told = {one.published_as: one.application_id for one in replies if one.published_as}
    rows = Document.objects.filter(pk__in=told).exclude(state=State.DROPPED)
    return {told[key]: key for key in rows.values_list("pk", flat=True)} if told else {}


@transaction.atomic
def publish(
    reply: Reply, *, by: Staff, title: str = "", kind: str = "other", drafter: Staff | None = None
) -> Document:
    """转为主动公开：a draft with what was supplied, and nothing of who asked.

    It goes the way of every document: review, screening, signature. The disclosure office, which
    reviews it later, has ``drafter`` finish it and hand it in. Raises NotAllowed with all reasons;
    what tells of the applicant is refused rather than struck out.
    """
    application = reply.application
    refuse(why_not_publish(reply, by=by) + why_not_draft(application.organ, by=by, author=drafter))
    supplied = list(
        Attachment.objects.filter(application=application, sort=Attached.SUPPLIED).select_related(
            "blob"
        )
    )
    name = title.strip() or application.subject
    told = facts_of(application)
    secret = [*told.names, *told.secrets]
    words = "\n".join([name, *(one.name for one in supplied)])
    refuse(f"标题或者文件名里有申请人的信息：“{one}”" for one in secret if one and one in words)
    document = hand_over(
        application.organ,
        kind,
        name,
        by=by,
        author=drafter or by,
        facts={"attribute": Attribute.PROACTIVE},
        html=_body(reply, supplied),
        files=_opened(supplied),
    )
    Reply.objects.filter(pk=reply.pk).update(published_as=document.pk)
    record(application, "publish", by=by, label="转为主动公开", note=document.title)
    return document


def _opened(supplied: Iterable[Attachment]) -> Iterator[tuple[bytes, str]]:
    for one in supplied:
        with one.blob.open() as file:
            yield file.read(), one.name


def _body(reply: Reply, supplied: list[Attachment]) -> str:
    """正文：what was disclosed, from the matters' own lists; no word of the letter itself."""
    listed = [
        row.get("名称", "")
        for matter in reply.application.matters.filter(outcome__in=_DISCLOSED)
        for row in matter.findings.get("信息清单", [])
    ]
    names = [name for name in listed if name] or [one.name for one in supplied]
    items = format_html_join("", "<li>{}</li>", ((name,) for name in names))
    return format_html(
        "<p>根据《政府信息公开条例》第四十四条，现将下列信息主动公开：</p><ul>{}</ul>", items
    )
