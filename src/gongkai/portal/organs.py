"""机构职能：the organs in their tree, and what each is, does and publishes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.documents.models import Column, Document, Guide
from gongkai.organs.models import Organ
from gongkai.organs.states import Kind

_TAG = {
    "name": "机构职能",
    "description": "行政机关和公共企事业单位名录",
    "keywords": "机构职能,机构设置,行政机关",
    "type": "机构职能",
}
_LISTED = ("id", "title", "number", "kind", "validity", "issued_at")


@require_safe
def organs(request: HttpRequest) -> HttpResponse:
    """机构名录：by kind; townships stand under their county."""
    standing = list(
        Organ.objects.standing(timezone.localdate()).only(
            "name", "short_name", "kind", "path", "parent"
        )
    )
    groups = [
        {"kind": kind, "organs": [organ for organ in standing if organ.kind == kind]}
        for kind in Kind
    ]
    context = {"groups": [group for group in groups if group["organs"]], "tag_column": _TAG}
    return render(request, "portal/organs.html", context)


@require_safe
def organ(request: HttpRequest, pk: int) -> HttpResponse:
    """机关页面：address and hours, its disclosure office, its columns, the newest it published."""
    one = get_object_or_404(Organ.objects.select_related("parent", "successor"), pk=pk)
    public = Document.objects.public().filter(organ=one).order_by("-issued_at", "-pk")
    columns = Column.objects.open().filter(organ=one, parent__isnull=True).order_by("position")
    platform = Column.objects.filter(organ=one, parent__statutory="platform").order_by("position")
    context = {
        "organ": one,
        "ended": not one.stands(timezone.localdate()),
        "columns": [*platform, *(c for c in columns if c.statutory != "platform")],
        "guide": Guide.objects.filter(organ=one).exists(),
        "newest": public.values(*_LISTED)[:10],
        "below": Organ.objects.standing(timezone.localdate()).filter(parent=one).only("name"),
        "tag_column": _TAG | {"name": one.name, "description": f"{one.name}机构职能和公开的信息"},
    }
    return render(request, "portal/organ.html", context)
