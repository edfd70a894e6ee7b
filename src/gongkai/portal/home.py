"""首页：search first, then the newest, the statutory blocks and the topics."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.documents.kinds import codes
from gongkai.documents.models import Column, Document
from gongkai.organs.models import Organ

#: 板块：those the home page shows of the organ whose site this is, in the order of the notice
#: (国办公开办函〔2019〕61号、〔2021〕33号).
BLOCKS = ("policy", "guide", "system", "report", "statutory")
_LISTED = ("id", "title", "number", "kind", "validity", "issued_at")
TAG = {
    "name": "首页",
    "description": "政府信息公开平台首页，集中发布法定主动公开内容，提供检索、查阅和下载",
    "keywords": "政府信息公开,政策文件,公开指南,公开年报,依申请公开",
    "type": "首页",
}


def owner() -> Organ | None:
    """主办机关：the organ at the root of the tree; the site is its own."""
    return Organ.objects.order_by("path").first()


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """首页。"""
    organ = owner()
    public = Document.objects.public().order_by("-issued_at", "-pk")
    policies = public.filter(kind__in=codes(lives=True, policy=True)).exclude(validity="")
    elsewhere = codes(policy=True) + codes(reprint=True)
    context = {
        "organ": organ,
        "policies": policies.values(*_LISTED)[:8],
        "newest": public.exclude(kind__in=elsewhere).values(*_LISTED)[:8],
        "blocks": blocks(organ) if organ else [],
        "topics": Column.objects.open().filter(topic=True).order_by("-opens_on", "pk")[:6],
        "tag_column": TAG,
        "example": _example(),
    }
    return render(request, "portal/home.html", context)


def _example() -> str:
    """A number that is really there, so that the hint under the search box leads somewhere."""
    newest = Document.objects.public().order_by("-issued_at", "-pk")
    numbers = newest.values_list("number", flat=True)[:50]
    return next((number for number in numbers if "〔" in number), "")


def blocks(organ: Organ) -> list[dict[str, Any]]:
    """法定板块：each with its address and what lies directly below it."""
    columns = list(Column.objects.filter(organ=organ, topic=False).order_by("position", "pk"))
    by_code = {column.statutory: column for column in columns if column.statutory}
    found = []
    for code in BLOCKS:
        if column := by_code.get(code):
            address = column.get_absolute_url()
            if code == "guide":
                address = reverse("documents:guide", args=[organ.pk])
            below = [one for one in columns if one.parent_id == column.pk]
            found.append({"code": code, "column": column, "url": address, "below": below})
    return found
