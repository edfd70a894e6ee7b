"""栏目、专题、指南的维护页。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.documents.actions import columns as actions
from gongkai.documents.actions.drafting import refuse
from gongkai.documents.forms import ColumnForm, GuideForm
from gongkai.documents.models import Column, Guide
from gongkai.documents.queries import AT_THE_DESK, reach
from gongkai.errors import GongkaiError
from gongkai.organs.models import Organ
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.theme.forms import add_sentence


def _organ(request: StaffRequest, pk: int | None) -> Organ:
    """The organ asked for, if it is on this person's desk; otherwise his own."""
    keys = reach(request.user)
    own = organs_with(request.user, AT_THE_DESK)
    wanted = pk or (own[0] if own else request.user.organ_id)
    rows = Organ.objects.all() if keys is None else Organ.objects.filter(pk__in=keys)
    return get_object_or_404(rows, pk=wanted)


@desk_page
def columns(request: StaffRequest) -> HttpResponse:
    """栏目：the tree of an organ, with what is overdue for an update."""
    asked = request.GET.get("organ", "")
    organ = _organ(request, int(asked) if asked.isdecimal() and len(asked) < 18 else None)
    rows = list(Column.objects.filter(organ=organ).order_by("path"))
    context = {
        "organ": organ,
        "rows": _in_order(rows),
        "why_not": actions.why_not_keep_columns(organ, by=request.user),
        "guide": Guide.objects.filter(organ=organ).first(),
    }
    return render(request, "documents/desk/columns.html", context)


def _in_order(rows: list[Column]) -> list[Column]:
    """The tree from the top down, side by side by position."""
    below: dict[int | None, list[Column]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    found: list[Column] = []

    def walk(key: int | None) -> None:
        for row in sorted(below.get(key, ()), key=lambda one: (one.position, one.pk)):
            found.append(row)
            walk(row.pk)

    walk(None)
    return found


@desk_page
def column(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """设立或修改栏目。"""
    if pk:
        one = get_object_or_404(Column.objects.select_related("organ"), pk=pk)
        _organ(request, one.organ_id)
    else:
        asked = request.GET.get("organ", "")
        one = Column(organ=_organ(request, int(asked) if asked.isdecimal() else None))
    refuse(actions.why_not_keep_columns(one.organ, by=request.user))
    form = ColumnForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_column(form.instance, by=request.user)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, f"已保存栏目“{form.instance.name}”。")
            return _back(one.organ_id)
    return render(request, "documents/desk/column.html", {"form": form, "column": one})


@desk_page
@require_POST
def lay_out(request: StaffRequest, organ: int) -> HttpResponse:
    """设立法定专栏。"""
    made = actions.lay_out(_organ(request, organ), by=request.user)
    messages.success(request, f"已设立{made}个法定栏目。" if made else "法定栏目已经齐全。")
    return _back(organ)


@desk_page
def guide(request: StaffRequest, organ: int) -> HttpResponse:
    """编制指南：every field Article 12 names is required."""
    one = _organ(request, organ)
    refuse(actions.why_not_keep_columns(one, by=request.user))
    kept = Guide.objects.filter(organ=one).first() or Guide(organ=one)
    form = GuideForm(request.POST or None, instance=kept, initial=_known(one, kept))
    if request.method == "POST" and form.is_valid():
        actions.save_guide(form.instance, by=request.user)
        messages.success(request, "指南已保存并公布。")
        return _back(organ)
    return render(request, "documents/desk/guide.html", {"form": form, "organ": one})


def _known(organ: Organ, kept: Guide) -> dict[str, Any]:
    """What the organ has already told of itself need not be typed again."""
    if kept.pk:
        return {}
    return {
        "office": organ.disclosure_office,
        "address": organ.address,
        "hours": organ.hours,
        "phone": organ.disclosure_phone or organ.phone,
        "fax": organ.fax,
        "internet": organ.email,
    }


def _back(organ: int) -> HttpResponse:
    response = redirect("documents:columns")
    response["Location"] += f"?organ={organ}"
    return response
