"""检索页面：one box for titles, document numbers and index numbers, whatever their brackets."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from gongkai.documents.entries import SOURCE
from gongkai.documents.feeds import feed_of
from gongkai.documents.kinds import KINDS, TOPICS
from gongkai.documents.models import Document
from gongkai.documents.states import Validity
from gongkai.search.entry import Entry, Filters
from gongkai.search.fold import LONGEST_QUERY, fold, terms
from gongkai.search.index import index

SIZE = 20
#: So many are in a feed.
FEED = 30
_TONES = {str(validity.label): validity.tone for validity in Validity if validity}


@dataclass(frozen=True, slots=True)
class Hit:
    """一条结果：what the page shows of an entry."""

    entry: Entry
    title: SafeString
    tone: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """检索：what has this number or title first, then the newest; filters keep the words."""
    text, filters = _asked(request)
    asked = bool(text) or filters != Filters()
    context: dict[str, Any] = {
        "search_text": text,
        "asked": asked,
        "address": _address(text, filters),
        "filters": filters,
        "kinds": [kind.name for kind in KINDS.values()],
        "topics": TOPICS,
        "validities": list(_TONES),
        "tag_column": {
            "name": "检索", "description": "检索本平台公开的政府信息", "keywords": "检索,搜索",
            "type": "信息公开目录",
        },
    }  # fmt: skip
    if asked:
        found = index().find(text, filters=filters, limit=SIZE, after=request.GET.get("at", ""))
        context["found"] = found
        context["hits"] = [
            Hit(entry, marked(entry.title, text), _TONES.get(entry.validity, "plain"))
            for entry in found
        ]
    return render(request, "portal/search.html", context)


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """订阅一次检索：the newest of the documents that have all its words, as RSS or Atom.

    The index only says which; what goes out is asked of the documents themselves.
    """
    text, filters = _asked(request)
    if not text and filters == Filters():
        return redirect("documents:feed", form)
    found = index().find(text, filters=filters, limit=FEED)
    keys = [
        int(entry.id.partition(":")[2])
        for entry in (() if found.relaxed else found)
        if entry.source == SOURCE
    ]
    rows = Document.objects.public().filter(pk__in=keys).order_by("-issued_at", "-pk")
    about = f"“{text}”的检索结果" if text else "检索结果"
    home = f"{reverse('portal:search')}?{_address(text, filters)}"
    return feed_of(request, form, rows, about=about, home=home)


def _asked(request: HttpRequest) -> tuple[str, Filters]:
    """问的什么：words and filters."""
    return " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY], _filters(request)


def _address(text: str, filters: Filters) -> str:
    """The query of an address that asks the same, first page."""
    asked = {"q": text, **asdict(filters)}
    return urlencode({name: value for name, value in asked.items() if value})


def _filters(request: HttpRequest) -> Filters:
    """What makes no sense is left out, as if it had not been asked."""
    given = request.GET

    def one_of(name: str, known: list[str]) -> str:
        value = given.get(name, "")
        return value if value in known else ""

    return Filters(
        kind=one_of("kind", [kind.name for kind in KINDS.values()]),
        topic=one_of("topic", TOPICS),
        validity=one_of("validity", list(_TONES)),
        organ=given.get("organ", "")[:100],
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
    )


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def marked(title: str, query: str) -> SafeString:
    """标出：the characters of a title that the query asked for, in ``mark``.

    Pairs of characters are compared folded, as the index does; a title that changes its length
    when folded is left unmarked.
    """
    folded = fold(title)
    if len(folded) != len(title):
        return format_html("{}", title)
    hit = [False] * len(title)
    for term in terms(query):
        start = folded.find(term)
        while start >= 0:
            hit[start : start + len(term)] = [True] * len(term)
            start = folded.find(term, start + 1)
    runs: list[tuple[bool, str]] = []
    for flag, character in zip(hit, title, strict=True):
        if runs and runs[-1][0] == flag:
            runs[-1] = (flag, runs[-1][1] + character)
        else:
            runs.append((flag, character))
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", run) if flag else run,) for flag, run in runs)
    )
