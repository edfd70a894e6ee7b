"""一份年报的编制页：six parts, three tables whose figures open, checks, next steps, trail."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.reporting.actions import moving
from gongkai.reporting.models import Filing


def filing_of(pk: int, staff: Staff) -> Filing:
    """一份年报：if it is on this person's desk; otherwise there is none."""
    rows = Filing.objects.on_the_desk_of(staff)
    return get_object_or_404(rows.select_related("organ", "call", "replaces"), pk=pk)


@desk_page
@require_safe
def filing(request: StaffRequest, pk: int) -> HttpResponse:
    """编制页。"""
    one = filing_of(pk, request.user)
    context = {"filing": one, "offers": moving.offers(one, by=request.user)}
    return render(request, "reporting/desk/filing.html", context)
