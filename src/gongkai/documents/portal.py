"""主动公开的门户页面：documents, columns, the policy library, guide, catalogue, archive."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.documents.body.difference import difference
from gongkai.documents.feeds import feed_of
from gongkai.documents.kinds import KINDS, TOPICS, codes
from gongkai.documents.models import (
    Column,
    Document,
    DocumentFile,
    Guide,
    Placement,
    Version,
)
from gongkai.documents.models.column import column_key
from gongkai.documents.queries import visible
from gongkai.documents.showing import context_of, document_url, lines, show
from gongkai.documents.states import State, Validity
from gongkai.files.handing import hand_out
from gongkai.organs.models import Organ
from gongkai.theme import errors
from gongkai.theme.paging import capped_count, page
from gongkai.theme.prepared import Prepared
from gongkai.theme.reading import Reading

#: Lists count this far and then say “余”.
CAP = 1_000
#: How long the look of a document page is kept, and what it is kept under.
KEPT_SECONDS = 60
_STAMP = ("edition", "validity", "effective_on", "valid_to", "ended_on", "issued_at")
_stamps = Prepared(lambda pk: Document.objects.filter(visible(), pk=pk).values_list(*_STAMP))
#: Cookies that tell who somebody is; a page for him is not kept.
_PERSONAL = {settings.SESSION_COOKIE_NAME, "messages"}
_LISTED = ("id", "title", "number", "validity", "issued_at")
_CATALOGUED = ("id", "index_number", "title", "summary", "formed_on", "issued_at")


# ── 文件 ────────────────────────────────────────────────────────────────────────────────────


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """文件页面；a document taken down says so at the same address.

    Whether it may be seen is asked each time; what it looks like is kept for a minute, under its
    own state, so that a correction or a repeal shows at once.
    """
    stamps = _stamps(pk)
    if not stamps:
        return _gone(request, pk)
    key = _key(request, pk, stamps[0])
    content = cache.get(key) if key else None
    if content is None:
        shown = show(pk)
        if shown is None:
            return _gone(request, pk)
        content = render(request, "documents/portal/document.html", context_of(shown)).content
        if key:
            cache.set(key, content, KEPT_SECONDS)
    return HttpResponse(content)


def _key(request: HttpRequest, pk: int, stamp: tuple[Any, ...]) -> str:
    """Under what the page of a document is kept; empty for who is signed in or has a query."""
    if request.META.get("QUERY_STRING") or not _PERSONAL.isdisjoint(request.COOKIES):
        return ""
    reading = Reading.of(request)
    told = (pk, *stamp, timezone.localdate(), reading.classes, reading.language)
    return "documents.page:" + sha256(repr(told).encode()).hexdigest()


def _gone(request: HttpRequest, pk: int) -> HttpResponse:
    """What was public once says so and no more; what never was does not exist."""
    if Document.objects.filter(pk=pk, state=State.WITHDRAWN).exists():
        gone = errors.page(
            request,
            410,
            "这份文件已经撤下",
            "需要了解情况的，请与公开机关的政府信息公开工作机构联系。",
        )
        # Browsers keep a 410 for good unless told; the document may come back.
        gone.headers["Cache-Control"] = "no-store"
        return gone
    raise Http404


@require_safe
def changes(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """更正对照：what a correction or an amendment changed, against the version before."""
    shown = show(pk)
    if shown is None:
        return _gone(request, pk)
    change = next((one for one in shown.changes if one.number == number), None)
    if change is None:
        raise Http404
    texts = Version.objects.filter(document=pk, number__in=(number - 1, number))
    old, new = texts.order_by("number").values_list("html", flat=True)
    context = {"shown": shown, "document": shown.row, "change": change,
               "paragraphs": difference(old, new)}  # fmt: skip
    return render(request, "documents/portal/changes.html", context)


@require_safe
def download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """下载：the document in the national layout, as DOCX or PDF."""
    from gongkai.documents.letters import document_file

    shown = show(pk)
    if shown is None:
        return _gone(request, pk)
    return document_file(shown, form)


@require_safe
def file(request: HttpRequest, pk: int, key: int) -> HttpResponseBase:
    """附件：only of a document the public may see, and only what is meant for it."""
    public = (DocumentFile.Role.ATTACHMENT, DocumentFile.Role.PICTURE)
    rows = DocumentFile.objects.filter(visible(prefix="document__"), role__in=public)
    kept = get_object_or_404(rows.select_related("blob"), pk=key, document=pk)
    inline = kept.role == DocumentFile.Role.PICTURE
    return hand_out(kept.blob, kept.name, inline=inline, request=request)


# ── 栏目 ────────────────────────────────────────────────────────────────────────────────────


@require_safe
def column(request: HttpRequest, pk: int) -> HttpResponse:
    """栏目、专题：its sub-columns and what stands in it and below, newest first."""
    place = _place(pk)
    if place is None:
        raise Http404
    if place["guide"]:
        return redirect("documents:guide", place["organ"])
    rows = Placement.objects.public().filter(column=pk)
    listing = page(
        rows.values(
            *("document", "issued_at", "document__title", "document__number"),
            "document__validity",
        ),
        order=["-issued_at", "-document"],
        at=request.GET.get("at", ""),
    )
    context = {
        **place,
        "page": listing,
        "lines": lines(listing, "document__"),
        # Rows stand here only while their document is public: no need to look at each.
        "count": capped_count(Placement.objects.filter(column=pk, issued_at__isnull=False), CAP),
    }
    return render(request, "documents/portal/column.html", context)


def _place(pk: int) -> dict[str, Any] | None:
    """栏目本身：its name, the way to it and what is below; the tree changes a few times a year."""
    key = column_key(pk, timezone.localdate())
    place: dict[str, Any] | None = cache.get(key)
    if place is None and (place := _read_place(pk)):
        cache.set(key, place, KEPT_SECONDS)
    return place


def _read_place(pk: int) -> dict[str, Any] | None:
    one = Column.objects.select_related("organ").filter(pk=pk).first()
    today = timezone.localdate()
    if one is None or (one.opens_on and one.opens_on > today):
        return None
    below = Column.objects.filter(parent=one).order_by("position", "pk")
    ways = {column.pk: column for column in Column.objects.above(one)}
    return {
        "column": one,
        "organ": one.organ_id,
        "guide": one.statutory == "guide",
        "closed": bool(one.closes_on and one.closes_on < today),
        "below": [(c.name, c.get_absolute_url()) for c in below if _opened(c)],
        "crumbs": [
            {"label": "首页", "url": "/"},
            *({"label": ways[k].name, "url": ways[k].get_absolute_url()} for k in one.lineage),
        ],
        "tag_column": {
            "name": one.name, "description": one.description, "keywords": one.tags,
            "type": one.type,
        },
    }  # fmt: skip


def _opened(column: Column) -> bool:
    return column.opens_on is None or column.opens_on <= timezone.localdate()


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """专题：open ones first, closed ones kept to be read."""
    today = timezone.localdate()
    rows = Column.objects.filter(topic=True).exclude(opens_on__gt=today).select_related("organ")
    listing = page(rows, order=["-pk"], at=request.GET.get("at", ""), size=50)
    context = {
        "page": listing,
        "open": [topic for topic in listing if topic.stands(today)],
        "closed": [topic for topic in listing if not topic.stands(today)],
        "tag_column": _tag("专题", "专题栏目和往期专题", "专题", "工作动态"),
    }
    return render(request, "documents/portal/topics.html", context)


def _tag(name: str, description: str, keywords: str, type_: str = "政策文件") -> dict[str, str]:
    """页面标签 of a page that is a column without being one of the tree."""
    return {"name": name, "description": description, "keywords": keywords, "type": type_}


# ── 政策文件库、规章库 ──────────────────────────────────────────────────────────────────────


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """政策文件库：rules, normative and other policy documents, by kind, validity, topic, organ."""
    asked = request.GET
    kinds = codes(lives=True, policy=True)
    kind = asked.get("kind", "") if asked.get("kind") in kinds else ""
    validity = asked.get("validity", Validity.IN_FORCE)
    rows = Document.objects.public().filter(kind__in=[kind] if kind else kinds)
    if validity in Validity.values and validity:
        rows = rows.filter(validity=validity)
    else:
        validity = "all"
        rows = rows.exclude(validity="")
    if (topic := asked.get("topic", "")) in TOPICS:
        rows = rows.filter(topic=topic)
    organ = asked.get("organ", "")
    if organ.isdecimal():
        rows = rows.filter(organ=int(organ[:18]))
    listing = page(rows.values(*_LISTED), order=["-issued_at", "-pk"], at=asked.get("at", ""))
    context = {
        "page": listing,
        "lines": lines(listing),
        "count": capped_count(rows, CAP),
        "kinds": [KINDS[code] for code in kinds],
        "kind": kind,
        "validities": [v for v in Validity if v],
        "validity": validity,
        "topics": TOPICS,
        "topic": topic,
        "tag_column": _tag("政策文件库", "规章、行政规范性文件和其他政策文件", "政策,文件,规章"),
    }
    return render(request, "documents/portal/library.html", context)


@require_safe
def in_force(request: HttpRequest, kind: str) -> HttpResponse:
    """现行有效目录：every rule or normative document in force on one page, by year."""
    if kind not in codes(binding=True):
        raise Http404
    rows = (
        Document.objects.public()
        .in_force()
        .filter(kind=kind)
        .order_by("-issued_at", "-pk")
        .values(*_LISTED, "effective_on", "valid_to", "caption")[:2_000]
    )
    name = f"现行有效{KINDS[kind].name}目录"
    context = {
        "kind": KINDS[kind],
        "rows": rows,
        "today": timezone.localdate(),
        "tag_column": _tag(name, name, f"{KINDS[kind].name},现行有效"),
    }
    return render(request, "documents/portal/in_force.html", context)


# ── 指南、目录、归档 ────────────────────────────────────────────────────────────────────────


@require_safe
def guide(request: HttpRequest, organ: int) -> HttpResponse:
    """政府信息公开指南。"""
    one = get_object_or_404(Organ, pk=organ)
    kept = Guide.objects.filter(organ=one).first()
    context = {"organ": one, "guide": kept, "tag_column": {
        "name": "政府信息公开指南", "description": f"{one}政府信息公开指南",
        "keywords": "指南", "type": "信息公开指南",
    }}  # fmt: skip
    return render(request, "documents/portal/guide.html", context)


@require_safe
def catalogue(request: HttpRequest, organ: int) -> HttpResponse:
    """政府信息公开目录：索引、名称、内容概述、生成日期（第十二条第三款）; no reprints."""
    one = get_object_or_404(Organ, pk=organ)
    rows = Document.objects.public().filter(organ=one).exclude(kind__in=codes(reprint=True))
    listing = page(
        rows.values(*_CATALOGUED), order=["-issued_at", "-pk"], at=request.GET.get("at", "")
    )
    context = {
        "organ": one,
        "page": listing,
        "lines": [
            {
                "index": row["index_number"],
                "url": document_url(row["id"]),
                "title": row["title"],
                "summary": row["summary"] or row["title"],
                "formed": row["formed_on"].isoformat() if row["formed_on"] else "—",
            }
            for row in listing
        ],
        "count": capped_count(rows, CAP),
        "tag_column": {
            "name": "政府信息公开目录", "description": f"{one}政府信息公开目录",
            "keywords": "目录", "type": "信息公开目录",
        },
    }  # fmt: skip
    return render(request, "documents/portal/catalogue.html", context)


@require_safe
def archive(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """按年归档：what was issued in a year, newest first; every year since the first."""
    first = Document.objects.public().aggregate(first=Min("issued_at"))["first"]
    this = timezone.localdate().year
    begin = timezone.localdate(first).year if first else this
    year = year or this
    if not begin <= year <= this:
        raise Http404
    zone = timezone.get_current_timezone()
    start, end = (datetime(y, 1, 1, tzinfo=zone) for y in (year, year + 1))
    rows = Document.objects.filter(visible(), issued_at__gte=start, issued_at__lt=end)
    listing = page(
        rows.values(*_LISTED), order=["-issued_at", "-pk"], at=request.GET.get("at", ""), size=30
    )
    context = {
        "tag_column": _tag("按年归档", f"{year}年公开的文件", f"{year}年,归档", "信息公开目录"),
        "year": year,
        "years": range(this, begin - 1, -1),
        "page": listing,
        "lines": lines(listing),
        "count": capped_count(rows, CAP),
    }
    return render(request, "documents/portal/archive.html", context)


# ── 订阅 ────────────────────────────────────────────────────────────────────────────────────

#: What an address asks of a search.
_SEARCHED = frozenset({"q", "kind", "topic", "validity", "organ", "since", "until"})


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """订阅：RSS or Atom of everything that is public; the newest thirty.

    Asked with words or filters it leads to the feed of that search.
    """
    if _SEARCHED & request.GET.keys():
        address = reverse("portal:search_feed", kwargs={"form": form})
        return redirect(f"{address}?{request.GET.urlencode()}")
    return feed_of(request, form, Document.objects.public().order_by("-issued_at", "-pk"))


@require_safe
def feed_of_column(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """订阅栏目。"""
    one = get_object_or_404(Column.objects.open(), pk=pk)
    newest = Placement.objects.public().filter(column=one).order_by("-issued_at", "-document")
    rows = Document.objects.filter(pk__in=list(newest.values_list("document", flat=True)[:30]))
    return feed_of(request, form, rows.public().order_by("-issued_at", "-pk"), one)
