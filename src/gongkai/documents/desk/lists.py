"""工作清单：list, saved filters, reminders."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST, require_safe

from gongkai.documents.kinds import KINDS
from gongkai.documents.models import Reminder, SavedList
from gongkai.documents.queries import AT_THE_DESK, DocumentQuery, organs_of, visible
from gongkai.documents.states import Validity
from gongkai.documents.worklist import (
    LISTED,
    PHASES,
    SORTS,
    Wanted,
    desk_lines,
    worklist,
)
from gongkai.errors import BadInput
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.theme.paging import Count, Page, capped_count, page
from gongkai.theme.prepared import Prepared

CAP = 1_000


@desk_page
@require_safe
def documents(request: StaffRequest) -> HttpResponse:
    """工作清单。"""
    wanted = Wanted.of(request.GET)
    rows = worklist(request.user, wanted)
    at = request.GET.get("at", "")
    listing = page(rows.values(*LISTED), order=wanted.order, at=at)
    organs = organs_of(request.user).named
    context = {
        "wanted": wanted,
        "page": listing,
        "lines": desk_lines(listing, dict(organs)),
        # How many there are, and what was saved, is told on the first page.
        "count": None if at else _count(rows, listing, wanted),
        "choices": [
            ("phase", "阶段", options(_PHASES, wanted.phase)),
            ("kind", "种类", options(_KINDS, wanted.kind)),
            ("validity", "有效性", options(_VALIDITIES, wanted.validity)),
            *([("organ", "机关", options(_all(organs), wanted.organ))] if organs else []),
            ("sort", "排序", options(_SORTS, wanted.sort)),
        ],
        "several": bool(organs),
        "saved": [] if at else _saved(request.user.pk),
        "may_draft": bool(organs_with(request.user, frozenset({Duty.DRAFT}))),
        "query": request.GET.urlencode(),
    }
    return render(request, "documents/desk/documents.html", context)


def _count(rows: DocumentQuery, listing: Page, wanted: Wanted) -> Count:
    """条数：all that is on the first page, if that is all; else as far as anybody reads."""
    if not listing.older:
        return Count(len(listing))
    return capped_count(rows, CAP, order=wanted.order)


_saved = Prepared(
    lambda staff: SavedList.objects.filter(staff=staff).values_list("pk", "name", "query")
)

Pairs = tuple[tuple[Any, str], ...]


def _all(pairs: Iterable[tuple[Any, str]]) -> Pairs:
    return (("", "全部"), *pairs)


_PHASES = _all((code, label) for code, (label, _) in PHASES.items())
_KINDS = _all((kind.code, kind.name) for kind in KINDS.values())
_VALIDITIES = _all((v.value, str(v.label)) for v in Validity if v)
_SORTS: Pairs = tuple((code, label) for code, (label, _) in SORTS.items())


@lru_cache(maxsize=512)
def options(pairs: Pairs, chosen: Any) -> SafeString:
    """选项：of a ``<select>``; to draw forty of them is dearer than all the rows of the list."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, _CHOSEN if value == chosen else "", label) for value, label in pairs),
    )


_CHOSEN = mark_safe(" selected")


@desk_page
@require_POST
def save_list(request: StaffRequest) -> HttpResponse:
    """保存筛选。"""
    name, query = request.POST.get("name", "").strip()[:40], request.POST.get("query", "")[:1000]
    if not name:
        raise BadInput("请给这个筛选起个名称。")
    SavedList.objects.update_or_create(staff=request.user, name=name, defaults={"query": query})
    messages.success(request, f"已保存常用筛选“{name}”。")
    return redirect("documents:desk_documents")


@desk_page
@require_POST
def forget_list(request: StaffRequest, pk: int) -> HttpResponse:
    """删除常用筛选。"""
    get_object_or_404(SavedList, pk=pk, staff=request.user).delete()
    return redirect("documents:desk_documents")


@desk_page
@require_safe
def reminders(request: StaffRequest) -> HttpResponse:
    """到期提醒：what is running out and nobody has dealt with yet, soonest first."""
    rows = Reminder.objects.filter(visible(request.user, prefix="document__"))
    rows = rows.filter(settled_at__isnull=True).select_related("document__organ")
    context = {
        "page": page(rows, order=["valid_to", "pk"], at=request.GET.get("at", ""), size=50),
        "count": capped_count(rows, CAP),
        "today": timezone.localdate(),
        "desk": bool(organs_with(request.user, AT_THE_DESK)),
    }
    return render(request, "documents/desk/reminders.html", context)
