"""放假安排的工作台页面：upload, see what would move, apply, withdraw."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.errors import GongkaiError
from gongkai.organs import actions
from gongkai.organs.forms import HolidayForm
from gongkai.organs.holidays import fingerprint, preview
from gongkai.organs.models import HolidayNotice, Organ
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.theme.forms import add_sentence
from gongkai.theme.paging import page


@desk_page
def holidays(request: StaffRequest) -> HttpResponse:
    """放假安排：what has been loaded, and a form to load more."""
    kept = [
        organ.pk
        for organ in Organ.objects.all()
        if not actions.why_not_arrange(organ, by=request.user)
    ]
    first = kept[0] if kept else None
    form = HolidayForm(
        request.POST or None, request.FILES or None, organs=kept, initial={"organ": first}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            notice = actions.upload_holidays(
                given["organ"], given["title"], given["file"], by=request.user
            )
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            return redirect("organs:holiday", notice.pk)
    rows = HolidayNotice.objects.select_related("organ", "uploaded_by")
    listing = page(rows, order=["-uploaded_at", "-pk"], at=request.GET.get("at", ""), size=50)
    context = {"form": form if kept else None, "page": listing}
    return render(request, "organs/desk/holidays.html", context)


@desk_page
def holiday(request: StaffRequest, pk: int) -> HttpResponse:
    """一份放假安排：its days, every open deadline that would move, and the button that does it."""
    notice = get_object_or_404(HolidayNotice.objects.select_related("organ", "uploaded_by"), pk=pk)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        if notice.in_force:
            note = request.POST.get("note", "")
            shifts = actions.withdraw_holidays(notice, by=request.user, note=note, seen=seen)
            messages.success(request, f"已撤销，{len(shifts)} 个期限随之调整。")
        else:
            shifts = actions.apply_holidays(notice, by=request.user, seen=seen)
            messages.success(request, f"已启用，{len(shifts)} 个期限随之调整。")
        return redirect("organs:holiday", notice.pk)
    if notice.withdrawn_at:
        shifts = []
    elif notice.in_force:
        shifts = preview(notice.organ, taking=notice)
    else:
        shifts = preview(notice.organ, adding=notice)
    context = {
        "notice": notice,
        "shifts": shifts,
        "seen": fingerprint(shifts),
        "why_not": actions.why_not_arrange(notice.organ, by=request.user),
    }
    return render(request, "organs/desk/holiday.html", context)
