"""归档的页面：one case with the list of what goes in, several at once, and the four qualities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.applications import tasks
from gongkai.applications.actions import archiving, packing
from gongkai.applications.actions.opening import why_not_open
from gongkai.applications.desk.case import case
from gongkai.applications.desk.handling import deed_page
from gongkai.applications.models import Application, Paper
from gongkai.applications.states import State
from gongkai.errors import BadInput
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.theme.paging import page

#: So many are archived at once; each takes some seconds of typesetting.
MOST = 200
_OFFICE = frozenset({Duty.DISCLOSURE})


@desk_page
def archive(request: StaffRequest, pk: int) -> HttpResponse:
    """归档：the list of the volume, and what stays outside of it."""
    one = case(pk, request.user)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def do(_: dict[str, Any], by: Staff) -> None:
        archiving.archive(one, by=by)

    return deed_page(
        request,
        one,
        "archive",
        form,
        do,
        template="applications/desk/keeping/archive.html",
        items=packing.items(one),
        drafts=one.papers.filter(state=Paper.State.DRAFT),
        kept=archiving.package_of(one),
        may_check=not why_not_open(one.organ, by=request.user),
    )


@desk_page
@require_POST
def check(request: StaffRequest, pk: int) -> HttpResponse:
    """四性检测：done anew each time, and written down."""
    one = case(pk, request.user)
    context = {
        "application": one,
        "proofs": archiving.check_archive(one, by=request.user),
        "kept": archiving.package_of(one),
        "now": timezone.localtime(),
    }
    return render(request, "applications/desk/keeping/checked.html", context)


@desk_page
def several(request: StaffRequest) -> HttpResponse:
    """批量归档：those closed, the oldest first; looked over, then done behind."""
    rows = Application.objects.filter(
        organ__in=organs_with(request.user, _OFFICE),
        state=State.CLOSED,
        anonymised_on__isnull=True,
    )
    if request.method == "POST":
        return _chosen(request, rows)
    listing = page(
        rows.select_related("organ"),
        order=("closed_on", "pk"),
        at=request.GET.get("at", ""),
        size=50,
    )
    return render(request, "applications/desk/keeping/archiving.html", {"page": listing})


def _chosen(request: StaffRequest, rows: Any) -> HttpResponse:
    keys = [int(key) for key in request.POST.getlist("pk") if key.isascii() and key.isdecimal()]
    if not keys:
        raise BadInput("请先勾选要归档的申请。")
    if len(keys) > MOST:
        raise BadInput(f"一次最多归档{MOST}件，现在勾选了{len(keys)}件。")
    cases = rows.filter(pk__in=keys).select_related("organ").order_by("closed_on", "pk")
    lines = [(one, archiving.why_not_archive(one, by=request.user)) for one in cases]
    free = [one for one, reasons in lines if not reasons]
    if request.POST.get("sure") and free:
        for one in free:
            tasks.archive.using(key=f"applications.archive:{one.pk}").enqueue(
                one.pk, request.user.pk
            )
        messages.success(request, f"{len(free)}件申请正在后台归档，完成后不再列在这里。")
        return redirect("applications:archiving")
    context = {"lines": lines, "free": free, "keys": keys}
    return render(request, "applications/desk/keeping/archiving_sure.html", context)
