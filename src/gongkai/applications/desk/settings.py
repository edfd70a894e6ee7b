"""办理口径的页面：what the office decides, and which open cases move before it does."""

from __future__ import annotations

import hashlib
from itertools import islice

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongkai.applications.actions.settling import (
    Moved,
    changed,
    moved,
    own_office,
    settle,
    why_not_settle,
)
from gongkai.applications.forms.office import OfficeForm
from gongkai.applications.models import Office
from gongkai.applications.queries import AT_THE_DESK
from gongkai.errors import GongkaiError, NotAllowed
from gongkai.organs.models import Organ
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.theme.forms import add_sentence

#: So many cases that would move are listed.
LISTED = 100


def organ_of(request: StaffRequest) -> Organ:
    """哪个机关：the one asked for, else one's own; only where one has a desk."""
    mine = organs_with(request.user, AT_THE_DESK)
    asked = request.GET.get("organ", "")
    if asked.isascii() and asked.isdecimal() and len(asked) < 18:
        keys = [int(asked)]
    else:
        keys = [request.user.organ_id] if request.user.organ_id in mine else mine[:1]
    found = Organ.objects.filter(pk__in=keys).filter(pk__in=mine).first()
    if found is None:
        raise NotAllowed("您在这个机关没有办理申请的岗位。")
    return found


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def office(request: StaffRequest) -> HttpResponse:
    """办理口径：typed, previewed, then applied; nothing else is applied than what was seen."""
    organ = organ_of(request)
    own = own_office(organ)
    why_not = why_not_settle(organ, by=request.user)
    form = OfficeForm(request.POST or None, instance=own)
    cases: list[Moved] | None = None
    mark = ""
    if request.method == "POST" and form.is_valid():
        try:
            cases = list(moved(organ, changed(organ, form.told)))
            mark = _mark(cases)
            if request.POST.get("seen") == mark:
                _, count = settle(organ, form.told, by=request.user)
                messages.success(request, f"已确定办理口径，{count}件未答复的申请日期变动。")
                return redirect(f"{request.path}?organ={organ.pk}")
        except GongkaiError as problem:
            cases = None
            add_sentence(form, problem)
    context = {
        "organ": organ,
        "organs": Organ.objects.filter(pk__in=organs_with(request.user, AT_THE_DESK)),
        "form": form,
        "why_not": why_not,
        "cases": None if cases is None else list(islice(cases, LISTED)),
        "count": len(cases or ()),
        "mark": mark,
        "stale": "seen" in request.POST and bool(mark),
        "follows": _followed(organ),
    }
    return render(request, "applications/desk/office.html", context)


def _followed(organ: Organ) -> Organ | None:
    """Whose rules hold while the organ has none of its own."""
    if Office.objects.filter(organ=organ).exists():
        return None
    rows = {row.organ_id: row.organ for row in Office.objects.select_related("organ").filter(
        organ__in=organ.lineage)}  # fmt: skip
    return next((rows[key] for key in reversed(organ.lineage) if key in rows), None)


def _mark(cases: list[Moved]) -> str:
    """预览的指纹：of what was shown."""
    lines = (f"{one.application.pk}:{one.before}:{one.after}" for one in cases)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]
