"""一份年报：in the official layout, with its charts, its neighbours and its versions."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.documents.states import State as Issued
from gongkai.reporting.models import Filing
from gongkai.reporting.queries import visible
from gongkai.reporting.showing import context_of, show
from gongkai.reporting.states import PUBLIC
from gongkai.theme import errors
from gongkai.theme.prepared import Prepared
from gongkai.theme.reading import Reading

#: How long the look of a report is kept: what other years say of it may be so old.
KEPT_SECONDS = 60
_stamps = Prepared(
    lambda pk: Filing.objects.filter(visible(None), pk=pk).values_list("state", "seal", "version")
)
#: Cookies that tell who somebody is; a page for him is not kept.
_PERSONAL = {settings.SESSION_COOKIE_NAME, "messages"}


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """年报页面；one that was taken down says so at the same address.

    Whether it may be seen is asked each time; what it looks like is kept for a minute, under its
    own state, so that a correction shows at once.
    """
    stamps = _stamps(pk)
    if not stamps:
        return gone(request, pk)
    key = _key(request, pk, stamps[0])
    content = cache.get(key) if key else None
    if content is None:
        shown = show(pk)
        if shown is None:
            return gone(request, pk)
        content = render(request, "reporting/portal/report.html", context_of(shown)).content
        if key:
            cache.set(key, content, KEPT_SECONDS)
    return HttpResponse(content)


def _key(request: HttpRequest, pk: int, stamp: tuple[Any, ...]) -> str:
    """Under what the page is kept; empty for who is signed in or has a query."""
    if request.META.get("QUERY_STRING") or not _PERSONAL.isdisjoint(request.COOKIES):
        return ""
    reading = Reading.of(request)
    told = (pk, *stamp, reading.classes, reading.language)
    return "reporting.page:" + sha256(repr(told).encode()).hexdigest()


def gone(request: HttpRequest, pk: int) -> HttpResponse:
    """What was public once says so and no more; what never was does not exist."""
    taken_down = Filing.objects.filter(
        pk=pk, state__in=PUBLIC, published_on__isnull=False, document__state=Issued.WITHDRAWN
    )
    if not taken_down.exists():
        raise Http404
    answer = errors.page(
        request,
        410,
        "这份年报已经撤下",
        "需要了解情况的，请与编报单位的政府信息公开工作机构联系。",
    )
    # Browsers keep a 410 for good unless told; the report may come back.
    answer.headers["Cache-Control"] = "no-store"
    return answer
