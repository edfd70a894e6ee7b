"""编报口径的页面：how an organ signs, and what the form leaves open."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from gongkai.errors import GongkaiError, NotAllowed
from gongkai.organs.models import Organ
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.reporting.actions.filling import practice_for
from gongkai.reporting.actions.settling import settle, why_not_settle
from gongkai.reporting.forms.practice import PracticeForm
from gongkai.reporting.models import Practice
from gongkai.reporting.queries import AT_THE_DESK
from gongkai.theme.forms import add_sentence


@desk_page
def practice(request: StaffRequest) -> HttpResponse:
    """编报口径。"""
    mine = organs_with(request.user, AT_THE_DESK)
    organ = _asked(request, mine)
    form = PracticeForm(request.POST or None, instance=practice_for(organ))
    if request.method == "POST" and form.is_valid():
        try:
            settle(organ, form.cleaned_data, by=request.user)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, "已确定编报口径，编制中的年报随之变化，已定稿的不变。")
            return redirect(f"{request.path}?organ={organ.pk}")
    context = {
        "organ": organ,
        "organs": Organ.objects.filter(pk__in=mine),
        "form": form,
        "why_not": why_not_settle(organ, by=request.user),
        "follows": _followed(organ),
    }
    return render(request, "reporting/desk/practice.html", context)


def _asked(request: StaffRequest, mine: list[int]) -> Organ:
    """The organ asked for, else one's own; only where one has a desk."""
    asked = request.GET.get("organ", "")
    if asked.isascii() and asked.isdecimal() and len(asked) < 18:
        keys = [int(asked)]
    else:
        keys = [request.user.organ_id] if request.user.organ_id in mine else mine[:1]
    found = Organ.objects.filter(pk__in=keys).filter(pk__in=mine).first()
    if found is None:
        raise NotAllowed("您在这个机关没有编报年报的岗位。")
    return found


def _followed(organ: Organ) -> Organ | None:
    """Whose practice holds while the organ has none of its own."""
    rows = {row.organ_id: row.organ for row in Practice.objects.select_related("organ").filter(
        organ__in=organ.lineage)}  # fmt: skip
    if organ.pk in rows:
        return None
    return next((rows[key] for key in reversed(organ.lineage) if key in rows), None)
