"""保管期限的页面：what is due, a look at what would go, the deed, and the proof of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.applications.actions import retaining
from gongkai.applications.clock import office_of
from gongkai.applications.letters.printing import sheet
from gongkai.applications.models import Application, Disposal
from gongkai.documents.desk.exports import Sheet, sent
from gongkai.errors import GongkaiError
from gongkai.organs.models import Organ
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.theme.forms import DateInput, add_sentence
from gongkai.theme.paging import capped_count

_OFFICE = frozenset({Duty.DISCLOSURE})
_SEEING = frozenset({Duty.DISCLOSURE, Duty.OFFICE_HEAD})
#: So many are shown and dealt with at once.
_SHOWN = 50


class ReasonForm(forms.Form):
    """依据和理由。"""

    reason = forms.CharField(label="依据和理由", max_length=300, initial="保管期满")


class PostponeForm(forms.Form):
    """延长保管。"""

    until = forms.DateField(label="延长保管至", widget=DateInput)
    reason = forms.CharField(label="理由", max_length=300, help_text="不要写申请人的姓名")


@desk_page
def retention(request: StaffRequest) -> HttpResponse:
    """保管期限：of each organ the person keeps; sent with keys it shows what would go."""
    organs = list(Organ.objects.filter(pk__in=organs_with(request.user, _SEEING)).order_by("pk"))
    organ = next((one for one in organs if f"{one.pk}" == request.GET.get("organ")), None)
    organ = organ or next(iter(organs), None)
    if organ is None:
        return render(request, "applications/desk/keeping/retention.html", {"organs": []})
    if request.method == "POST":
        return _dispose(request, organ)
    scans = retaining.due_scans(organ)
    due = retaining.due_applications(organ)
    context = {
        "organs": organs,
        "organ": organ,
        "office": office_of(organ),
        "due": list(due[:_SHOWN]),
        "due_count": capped_count(due, order=("closed_on", "pk")),
        "scans": list(scans.select_related("application")[:_SHOWN]),
        "scan_count": capped_count(scans, order=("pk",)),
        "disposals": Disposal.objects.filter(organ=organ)[:_SHOWN],
        "may": organ.pk in organs_with(request.user, _OFFICE),
    }
    return render(request, "applications/desk/keeping/retention.html", context)


def _dispose(request: StaffRequest, organ: Organ) -> HttpResponse:
    kind = request.POST.get("kind", "")
    keys = [int(key) for key in request.POST.getlist("pk") if key.isascii() and key.isdecimal()]
    sure = bool(request.POST.get("sure"))
    form = ReasonForm(request.POST if sure else None)
    scans = kind == Disposal.Kind.SCANS
    rows = Application.objects.filter(organ=organ, pk__in=keys[: retaining.MOST])
    cases = list(rows.select_related("organ").order_by("closed_on", "pk"))
    if sure and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            kept = (
                retaining.erase_scans(organ, by=request.user, reason=reason, keys=keys)
                if scans
                else retaining.anonymise(cases, by=request.user, reason=reason)
            )
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            if kept is None:
                messages.info(request, "没有到期的身份证明影像。")
                return redirect("applications:retention")
            messages.success(request, f"已办理：{kept.get_kind_display()}，处置记录如下。")
            return redirect(kept)
    files = retaining.due_scans(organ).filter(application__in=cases).select_related("blob")
    context: dict[str, Any] = {
        "organ": organ,
        "form": form,
        "kind": kind,
        "keys": [one.pk for one in cases],
        "title": Disposal.Kind.SCANS.label if scans else Disposal.Kind.ANONYMISE.label,
        "files": list(files.select_related("application")) if scans else [],
        "lines": [] if scans else retaining.preview(cases),
        "reasons": [
            f"{one.number}：{problem}"
            for one in cases
            if not scans
            for problem in retaining.why_not_anonymise(one, by=request.user)
        ],
    }
    return render(request, "applications/desk/keeping/dispose.html", context)


@desk_page
def postpone(request: StaffRequest, pk: int) -> HttpResponse:
    """延长保管。"""
    organs = organs_with(request.user, _OFFICE)
    one = get_object_or_404(Application.objects.select_related("organ"), pk=pk, organ__in=organs)
    form = PostponeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            retaining.postpone(one, by=request.user, **form.cleaned_data)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, f"{one.number}延长保管至{one.keep_until}。")
            return redirect("applications:retention")
    context = {"application": one, "form": form, "until": retaining.kept_until(one)}
    return render(request, "applications/desk/keeping/postpone.html", context)


def _disposal(request: StaffRequest, pk: int) -> Disposal:
    rows = Disposal.objects.filter(organ__in=organs_with(request.user, _SEEING))
    return get_object_or_404(rows.select_related("organ"), pk=pk)


@desk_page
@require_safe
def disposal(request: StaffRequest, pk: int) -> HttpResponse:
    """处置记录：what went, and whether the list is still the one that was written down."""
    kept = _disposal(request, pk)
    sound = retaining.digest_of(kept.items) == kept.sha256
    context = {"disposal": kept, "sound": sound}
    return render(request, "applications/desk/keeping/disposal.html", context)


@desk_page
@require_safe
def disposal_file(request: StaffRequest, pk: int, form: str) -> HttpResponseBase:
    """处置记录的CSV、PDF。"""
    kept = _disposal(request, pk)
    heads = {"序号": 6, "登记编号": 30, "内容": 20, "数量": 8, "大小（字节）": 14, "校验值": 66}
    rows = [
        [n, item["number"], item["what"], item["count"], item["size"] or "", item["sha256"]]
        for n, item in enumerate(kept.items, 1)
    ]
    if form == "csv":
        return sent(Sheet(f"disposal-{kept.pk}", "处置清单", heads, rows), "csv")
    at = timezone.localtime(kept.at)
    lines = [
        f"机关：{kept.organ}", f"种类：{kept.get_kind_display()}", f"依据和理由：{kept.reason}",
        f"经办人：{kept.by_name}", f"时间：{at:%Y-%m-%d %H:%M}",
        f"申请件数：{kept.applications}", f"清单校验值（SHA-256）：{kept.sha256}",
        "| 序号 | 登记编号 | 内容 | 数量 | 校验值（前16位） |", "| --- | --- | --- | --- | --- |",
        *(f"| {n} | {number} | {what} | {count} | {digest[:16]} |"
          for n, number, what, count, _, digest in rows),
    ]  # fmt: skip
    response = HttpResponse(
        sheet("处置记录", f"{kept.organ}", lines, at.date()), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="disposal-{kept.pk}.pdf"'
    return response
