"""站点地图：the tree of columns for people; sitemap.xml and robots.txt for search engines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.http import require_safe

from gongkai.documents.models import Column, Document
from gongkai.organs.models import Organ
from gongkai.portal.home import owner
from gongkai.reporting.models import Filing

#: Addresses a file may hold (sitemaps.org: 50,000).
PART = 20_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """站点地图：every open column of the organ whose site this is, as a tree; then the organs."""
    organ = owner()
    rows = Column.objects.open().filter(organ=organ) if organ else Column.objects.none()
    columns = list(rows.order_by("position", "pk"))
    context = {
        "organ": organ,
        "tree": _branches(columns, None),
        "organs": Organ.objects.standing(timezone.localdate()).only("name"),
        "tag_column": {
            "name": "站点地图", "description": "网站栏目结构", "keywords": "站点地图,网站地图",
            "type": "概况信息",
        },
    }  # fmt: skip
    return render(request, "portal/sitemap.html", context)


def _branches(columns: list[Column], above: int | None) -> list[dict[str, Any]]:
    return [
        {"column": column, "below": _branches(columns, column.pk)}
        for column in columns
        if column.parent_id == above
    ]


@require_safe
def index_xml(request: HttpRequest) -> HttpResponse:
    """站点地图索引：one file for the pages, one for each span of document keys."""
    last = Document.objects.public().aggregate(last=Max("pk"))["last"] or 0
    parts = ["pages", *(str(number) for number in range(last // PART + 1))]
    lines = "".join(
        f"<sitemap><loc>{_address(request, reverse('portal:sitemap_part', args=[part]))}</loc>"
        "</sitemap>"
        for part in parts
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="{_NAMESPACE}">{lines}'
    return HttpResponse(f"{text}</sitemapindex>", content_type="application/xml")


@require_safe
def part_xml(request: HttpRequest, part: str) -> HttpResponseBase:
    """一份站点地图；raises Http404 for a part that is none."""
    if part == "pages":
        found: Iterable[tuple[str, Any]] = _pages()
    elif part.isascii() and part.isdecimal() and len(part) < 10:
        found = _documents(int(part))
    else:
        raise Http404
    return StreamingHttpResponse(_urls(request, found), content_type="application/xml")


def _pages() -> Iterator[tuple[str, Any]]:
    for name in ("home", "organs", "apply", "contact", "accessibility", "sitemap"):
        yield reverse(f"portal:{name}"), None
    for name in ("library", "topics", "archive"):
        yield reverse(f"documents:{name}"), None
    for key in Organ.objects.values_list("pk", flat=True):
        yield reverse("portal:organ", args=[key]), None
    for key, at in Column.objects.open().values_list("pk", "updated_at"):
        yield reverse("documents:column", args=[key]), at
    for name in ("archive", "data"):
        yield reverse(f"reporting:{name}"), None
    reports = Filing.objects.public().order_by("pk").values_list("pk", "published_at")
    for key, at in reports.iterator(2_000):
        yield reverse("reporting:report", args=[key]), at


def _documents(part: int) -> Iterator[tuple[str, Any]]:
    span = Document.objects.public().filter(pk__gte=part * PART, pk__lt=(part + 1) * PART)
    for key, at in span.order_by("pk").values_list("pk", "issued_at").iterator(2_000):
        yield reverse("documents:document", args=[key]), at


def _urls(request: HttpRequest, found: Iterable[tuple[str, Any]]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{_NAMESPACE}">'
    for path, at in found:
        changed = f"<lastmod>{timezone.localdate(at).isoformat()}</lastmod>" if at else ""
        yield f"<url><loc>{_address(request, path)}</loc>{changed}</url>\n"
    yield "</urlset>"


def _address(request: HttpRequest, path: str) -> str:
    return escape(request.build_absolute_uri(path))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt：the desk is nobody's to index; results of a search are not pages."""
    lines = [
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /sign-in/",
        "Disallow: /search/",
        f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap_xml'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
