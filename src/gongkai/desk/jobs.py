"""后台任务：what the machine tried and could not do, until a person decides."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.errors import NotAllowed
from gongkai.jobs.actions import dismiss, retry
from gongkai.jobs.models import Job
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import administers
from gongkai.organs.states import Duty
from gongkai.theme.paging import capped_count, page

#: A job due longer ago than this and still waiting is a sign that no worker is at work.
LATE = timedelta(minutes=5)


def _admit(request: StaffRequest) -> None:
    if Duty.SYSTEM not in administers(request.user):
        raise NotAllowed("后台任务由系统管理员查看和处理。")


@desk_page
@require_safe
def jobs(request: StaffRequest) -> HttpResponse:
    """失败的任务，最近的在前；and whether anybody is at work at all."""
    _admit(request)
    rows = Job.objects.dead()
    now = timezone.now()
    context = {
        "page": page(
            rows.filter(finished_at__isnull=False), order=["-finished_at", "-pk"],
            at=request.GET.get("at", ""), size=30,
        ),
        "count": capped_count(rows),
        "waiting": capped_count(Job.objects.waiting()),
        "running": capped_count(Job.objects.running()),
        "late": capped_count(Job.objects.late(now - LATE)),
    }  # fmt: skip
    return render(request, "desk/jobs.html", context)


@desk_page
@require_POST
def act(request: StaffRequest, pk: str, deed: str) -> HttpResponse:
    """重办、不再办理。"""
    _admit(request)
    row = get_object_or_404(Job, pk=pk)
    if deed == "retry":
        retry(row)
        messages.success(request, "已重新排队，马上再办一次。")
    elif deed == "dismiss":
        dismiss(row)
        messages.success(request, "已从清单中去掉。")
    else:
        raise Http404
    return redirect("desk:jobs")
