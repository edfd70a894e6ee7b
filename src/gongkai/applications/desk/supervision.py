"""监督的页面：all organs' clocks, samples, orders, complaints（第四十六条、第四十七条）."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.applications.actions import supervising
from gongkai.applications.forms.supervision import (
    DrawForm,
    FindingForm,
    JudgeForm,
    OrderForm,
    SettleForm,
    SpanForm,
    TextForm,
)
from gongkai.applications.letters.layout import Layout, layout
from gongkai.applications.models import Application, Complaint, Order, Sample
from gongkai.errors import GongkaiError, NotAllowed
from gongkai.organs.models import Organ, Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.theme.charts import bars
from gongkai.theme.forms import add_sentence
from gongkai.theme.paging import page

_NOT_YOURS = "各机关的办理情况由主管部门查看。"


def _organs(staff: Staff) -> list[Organ]:
    organs = supervising.organs_below(staff)
    if not organs:
        raise NotAllowed(_NOT_YOURS)
    return organs


@desk_page
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """各机关办理情况：the late ones on top; each figure opens to its cases."""
    organs = _organs(request.user)
    form = SpanForm(request.GET)
    rows: list[supervising.Figures] = []
    if form.is_valid():
        told = form.cleaned_data
        found = supervising.figures(organs, told["since"], told["until"])
        rows = [row for row in found if row.received or row.open]
        rows.sort(key=lambda row: (-row.overdue, -row.late, row.organ.path))
    late = [(row.organ.short_name or row.organ.name, row.overdue, _list_of(row.organ))
            for row in rows if row.overdue]  # fmt: skip
    return render(
        request,
        "applications/desk/supervision.html",
        {
            "form": form,
            "rows": rows,
            "chart": bars("逾期未答复", late[:20]) if late else None,
            "total": _total(rows),
            "waiting": Complaint.objects.filter(organ__in=organs, state="received").count(),
        },
    )


def _list_of(organ: Organ) -> str:
    return f"{reverse('applications:desk_register')}?organ={organ.pk}&late=open"


def _total(rows: list[supervising.Figures]) -> dict[str, int]:
    names = ("received", "open", "overdue", "answered", "late", "extended", "past_original")
    return {name: sum(getattr(row, name) for row in rows) for name in names}


@desk_page
def samples(request: StaffRequest) -> HttpResponse:
    """抽查：draw, and the list of what was drawn."""
    organs = _organs(request.user)
    form = DrawForm(request.POST or None, organs=organs)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            drawn = supervising.draw(
                told["organ"], told["since"], told["until"], told["count"], by=request.user
            )
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, f"已随机抽取{len(drawn)}件答复。")
            return redirect("applications:samples")
    rows = Sample.objects.filter(organ__in=organs).select_related(
        "reply__application__organ", "judged_by"
    )
    listed = page(rows, order=["-id"], at=request.GET.get("at", ""))
    return render(request, "applications/desk/samples.html", {"form": form, "page": listed})


@desk_page
def sample(request: StaffRequest, pk: int) -> HttpResponse:
    """评定一件：the reply as it went out, without who asked."""
    rows = Sample.objects.filter(organ__in=_organs(request.user))
    one = get_object_or_404(rows.select_related("reply__application__organ", "reply__paper"), pk=pk)
    form = JudgeForm(request.POST or None, initial={"verdict": one.verdict, "finding": one.finding})
    return _done_or_shown(
        request,
        form,
        lambda told: supervising.judge(
            one, by=request.user, verdict=told["verdict"], finding=told["finding"]
        ),
        "已评定。",
        reverse("applications:samples"),
        "applications/desk/sample.html",
        {"sample": one, "application": one.reply.application, "arranged": _unnamed(one)},
    )


def _unnamed(one: Sample) -> Layout:
    """The letter without who asked: the competent department reads the reply, not the person."""
    paper = one.reply.paper
    text = paper.body if paper else ""
    for applicant in one.reply.application.applicants.all():
        for name in (
            applicant.name,
            applicant.proxy,
            applicant.contact,
            applicant.representative,
        ):
            if len(name) > 1:
                text = text.replace(name, "申请人")
    return layout(filter(None, map(str.strip, text.splitlines())))


@desk_page
@require_safe
def orders(request: StaffRequest) -> HttpResponse:
    """责令改正：those one has issued, and those one must answer."""
    above, ours = supervising.of_staff(request.user)
    rows = Order.objects.filter(Q(issuer__in=above) | Q(organ__in=[*above, *ours]))
    listed = page(rows.select_related("organ", "issuer"), order=["-id"],
                  at=request.GET.get("at", ""))  # fmt: skip
    return render(
        request,
        "applications/desk/orders.html",
        {"page": listed, "today": timezone.localdate()},
    )


@desk_page
def new_order(request: StaffRequest, organ: int) -> HttpResponse:
    """发出责令改正：over a reply, a complaint, a sample, or by itself."""
    to = get_object_or_404(Organ, pk=organ, pk__in=[one.pk for one in _organs(request.user)])
    about = {
        "application": _of(Application.objects.filter(organ=to), request.GET.get("application")),
        "complaint": _of(Complaint.objects.filter(against=to), request.GET.get("complaint")),
        "sample": _of(Sample.objects.filter(reply__application__organ=to),
                      request.GET.get("sample")),
    }  # fmt: skip
    found = about["sample"] or about["complaint"]
    form = OrderForm(
        request.POST or None, initial={"problem": getattr(found, "finding", "") if found else ""}
    )
    return _done_or_shown(
        request,
        form,
        lambda told: supervising.order(to, by=request.user, **told, **about),
        f"已责令{to}改正。",
        reverse("applications:orders"),
        "applications/desk/order_form.html",
        {"organ": to, "title": f"责令{to}改正", **about},
    )


def _of(rows: Any, key: str | None) -> Any:
    return rows.filter(pk=key).first() if key and key.isascii() and key.isdigit() else None


@desk_page
def order(request: StaffRequest, pk: int) -> HttpResponse:
    """一件责令改正：report it, or look whether it has been put right."""
    above, ours = (set(keys) for keys in supervising.of_staff(request.user))
    one = get_object_or_404(Order.objects.select_related("organ", "issuer", "application"), pk=pk)
    if one.issuer_id not in above and one.organ_id not in above | ours:
        raise NotAllowed("这件责令改正与您经手的机关无关。")
    reporting = one.state == "issued" and one.organ_id in ours
    checking = one.state == "reported" and one.organ_id in above
    form: forms.Form | None = None
    if reporting:
        form = TextForm(request.POST or None, label="改正情况")
    elif checking:
        form = SettleForm(request.POST or None)

    def do(told: dict[str, Any]) -> None:
        if reporting:
            supervising.report(one, by=request.user, text=told["text"])
        else:
            supervising.settle(
                one, by=request.user, accepted=told["accepted"] == "yes", note=told["note"]
            )

    if form is None and request.method == "POST":
        raise NotAllowed("现在没有需要您办理的。")
    return _done_or_shown(
        request, form, do, "已办理。", reverse("applications:orders"),
        "applications/desk/order.html", {"order": one, "title": "责令改正"},
    )  # fmt: skip


@desk_page
@require_safe
def complaints(request: StaffRequest) -> HttpResponse:
    """投诉举报：what came to the competent department."""
    rows = Complaint.objects.filter(organ__in=_organs(request.user)).select_related("against")
    listed = page(rows, order=["-id"], at=request.GET.get("at", ""))
    return render(request, "applications/desk/complaints.html", {"page": listed})


@desk_page
def complaint(request: StaffRequest, pk: int) -> HttpResponse:
    """一件投诉：look into it, order, answer."""
    rows = Complaint.objects.filter(organ__in=_organs(request.user))
    one = get_object_or_404(rows.select_related("against", "application", "organ"), pk=pk)
    form: forms.Form | None = None
    if one.state == "received":
        form = FindingForm(request.POST or None, label="核实情况")
    elif one.state != "done":
        form = TextForm(request.POST or None, label="答复投诉人")

    def do(told: dict[str, Any]) -> None:
        if one.state == "received":
            supervising.find(one, by=request.user, finding=told["text"],
                             sound=told["sound"] == "yes")  # fmt: skip
        else:
            supervising.answer(one, by=request.user, text=told["text"])

    if form is None and request.method == "POST":
        raise NotAllowed("这件投诉已经办结。")
    return _done_or_shown(
        request, form, do, "已办理。", reverse("applications:complaint", args=[one.pk]),
        "applications/desk/complaint.html",
        {"complaint": one, "title": one.number, "why_not": supervising.why_not_answer(one)},
    )  # fmt: skip


def _done_or_shown(
    request: StaffRequest,
    form: forms.Form | None,
    do: Callable[[dict[str, Any]], object],
    done: str,
    then: str,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """The form, or the deed; what is refused comes back as a sentence with everything typed."""
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            do(form.cleaned_data)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, done)
            return redirect(then)
    return render(request, template, {**context, "form": form})
