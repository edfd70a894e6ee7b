"""工作清单：list, saved filters, export."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.documents.kinds import KINDS
from gongkai.documents.models import Reminder, SavedList
from gongkai.documents.queries import AT_THE_DESK, reach, visible
from gongkai.documents.states import Attribute, State, Validity
from gongkai.documents.worklist import LISTED, PHASES, SORTS, Wanted, worklist
from gongkai.errors import BadInput
from gongkai.organs.models import Organ
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.theme.paging import capped_count, page

CAP = 1_000
#: An export is for a person's own work, not a copy of the database.
MOST_EXPORTED = 50_000


@desk_page
@require_safe
def documents(request: StaffRequest) -> HttpResponse:
    """工作清单。"""
    wanted = Wanted.of(request.GET)
    rows = worklist(request.user, wanted)
    context = {
        "wanted": wanted,
        "page": page(rows.values(*LISTED), order=wanted.order, at=request.GET.get("at", "")),
        "count": capped_count(rows, CAP),
        "phases": [(code, label) for code, (label, _) in PHASES.items()],
        "kinds": KINDS.values(),
        "sorts": [(code, label) for code, (label, _) in SORTS.items()],
        "validities": [v for v in Validity if v],
        "organs": _organs(request),
        "saved": SavedList.objects.filter(staff=request.user),
        "today": timezone.localdate(),
        "may_draft": bool(organs_with(request.user, frozenset({Duty.DRAFT}))),
        "query": request.GET.urlencode(),
    }
    return render(request, "documents/desk/documents.html", context)


def _organs(request: StaffRequest) -> list[Organ]:
    """Organs to choose from; somebody who sees one organ has nothing to choose."""
    keys = reach(request.user)
    rows = Organ.objects.only("name", "short_name", "path").order_by("path")
    found = list((rows if keys is None else rows.filter(pk__in=keys))[:500])
    return found if len(found) > 1 else []


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


_HEADS = (
    *("标题", "种类", "发文字号", "索引号", "状态", "公开属性", "有效性", "公开期限", "发布时间"),
    "公开机关",
)


@desk_page
@require_safe
def export(request: StaffRequest) -> HttpResponseBase:
    """导出清单：the same rows as the list, as CSV that a spreadsheet opens without asking."""
    wanted = Wanted.of(request.GET)
    rows = worklist(request.user, wanted).order_by(*wanted.order)[:MOST_EXPORTED]
    lines = _lines(rows.values(*LISTED).iterator(2_000))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="documents.csv"'
    return response


def _lines(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    yield "\ufeff" + _line(_HEADS)
    for row in rows:
        issued = row["issued_at"]
        yield _line(
            [
                *(row["title"], KINDS[row["kind"]].name, row["number"], row["index_number"]),
                *(State(row["state"]).label, Attribute(row["attribute"]).label),
                Validity(row["validity"]).label if row["validity"] else "",
                row["due_on"] or "",
                timezone.localtime(issued).strftime("%Y-%m-%d %H:%M") if issued else "",
                row["organ__name"],
            ]
        )


def _line(cells: Any) -> str:
    """One line; a cell that a spreadsheet would take for a formula is shown as it is."""
    out = io.StringIO()
    safe = [f"'{c}" if str(c).startswith(("=", "+", "-", "@", "\t")) else c for c in cells]
    csv.writer(out).writerow(safe)
    return out.getvalue()


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
