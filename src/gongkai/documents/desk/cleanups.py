"""清理工作的办理页。"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.documents.actions import cleanup
from gongkai.documents.actions.drafting import refuse
from gongkai.documents.forms import CampaignForm, ItemForm
from gongkai.documents.models import Campaign, CampaignItem
from gongkai.documents.queries import AT_THE_DESK, reach
from gongkai.documents.states import CleanupState, Decision
from gongkai.errors import GongkaiError
from gongkai.organs.models import Organ
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.steps.actions import Offer, posted
from gongkai.theme.forms import add_sentence
from gongkai.theme.paging import capped_count, page


@desk_page
def campaigns(request: StaffRequest) -> HttpResponse:
    """清理工作。"""
    keys = reach(request.user)
    rows = Campaign.objects.select_related("organ", "result")
    if keys is not None:
        rows = rows.filter(organ__in=keys)
    context = {
        "page": page(rows, order=["-pk"], at=request.GET.get("at", "")),
        "may": bool(organs_with(request.user, frozenset({Duty.LEGAL}))),
    }
    return render(request, "documents/desk/campaigns.html", context)


@desk_page
def begin(request: StaffRequest) -> HttpResponse:
    """开始清理。"""
    organs = organs_with(request.user, frozenset({Duty.LEGAL}))
    if not organs:
        refuse(["清理工作由法制审核人员组织"])
    one = Campaign(organ=Organ.objects.get(pk=organs[0]), author=request.user)
    form = CampaignForm(
        request.POST or None, instance=one,
        initial={"cut_off": timezone.localdate(), "kinds": ["normative"]},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            cleanup.begin(form.instance, by=request.user)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            return redirect("documents:campaign", form.instance.pk)
    return render(request, "documents/desk/campaign_form.html", {"form": form, "organ": one.organ})


def _campaign(request: StaffRequest, pk: int) -> Campaign:
    keys = reach(request.user)
    rows = Campaign.objects.select_related("organ", "result", "author")
    if keys is not None:
        own = organs_with(request.user, AT_THE_DESK)
        rows = rows.filter(organ__in=[*keys, *own]) | rows.filter(items__document__organ__in=own)
    return get_object_or_404(rows.distinct(), pk=pk)


@desk_page
def campaign(request: StaffRequest, pk: int) -> HttpResponse:
    """一次清理：list, opinions, decisions, next steps."""
    one = _campaign(request, pk)
    rows = CampaignItem.objects.filter(campaign=one).select_related("document__organ")
    if (decision := request.GET.get("decision", "")) in Decision.values:
        rows = rows.filter(decision=decision)
    if unasked := request.GET.get("opinion") == "none":
        rows = rows.filter(unit_opinion="")
    offers = [
        Offer(move, cleanup.why_not_move(one, move.name, by=request.user))
        for move in one.FLOW.leaving(one.state)
    ]
    context = {
        "campaign": one,
        "page": page(rows, order=["pk"], at=request.GET.get("at", ""), size=50),
        "count": capped_count(rows),
        "offers": [offer for offer in offers if offer.move.name != "apply"],
        "apply": next((offer for offer in offers if offer.move.name == "apply"), None),
        "why_not_decide": cleanup.why_not_decide(one, by=request.user),
        "decisions": Decision.choices,
        "decision": decision,
        "without_opinion": unasked,
        "may_opine": one.state == CleanupState.OPINIONS
        and bool(organs_with(request.user, cleanup.OPINING)),
        "summary": cleanup.summary(one),
    }
    return render(request, "documents/desk/campaign.html", context)


@desk_page
@require_POST
def act(request: StaffRequest, pk: int) -> HttpResponse:
    """清理的一步，或者公布结果。"""
    one = _campaign(request, pk)
    if request.POST.get("move") == "apply":
        posted(request, one)
        result = cleanup.apply(one, by=request.user, number=request.POST.get("number", ""))
        messages.success(request, f"清理结果已公布：{result.title}。")
    elif "unit_opinion" in request.POST:
        keys = [int(key[:18]) for key in request.POST.getlist("item") if key.isdecimal()]
        number = cleanup.opine_all(
            one, keys, request.POST["unit_opinion"], by=request.user,
            reason=request.POST.get("unit_reason", ""),
        )  # fmt: skip
        messages.success(request, f"已提出{number}件的意见。")
    elif "opinion" in request.POST:
        cleanup.write_opinion(one, request.POST["opinion"], by=request.user)
        messages.success(request, "已保存法制审核意见。")
    else:
        move, note = posted(request, one)
        cleanup.advance(one, move, by=request.user, note=note)
    return redirect("documents:campaign", one.pk)


@desk_page
def item(request: StaffRequest, pk: int, key: int) -> HttpResponse:
    """清单的一项：the unit's opinion, or the decision."""
    campaign = _campaign(request, pk)
    rows = CampaignItem.objects.select_related("document__organ")
    one = get_object_or_404(rows, pk=key, campaign=campaign)
    one.campaign = campaign
    opining = not cleanup.why_not_opine(one, by=request.user)
    deciding = not cleanup.why_not_decide(campaign, by=request.user)
    form = ItemForm(request.POST or None, instance=one)
    wanted = {"unit_opinion", "unit_reason"} if opining else {"decision", "reason", "valid_to"}
    for name in set(form.fields) - (wanted if opining or deciding else set()):
        del form.fields[name]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if opining:
                cleanup.opine(
                    one, given["unit_opinion"], by=request.user, reason=given["unit_reason"]
                )
            else:
                cleanup.decide(
                    one, given["decision"], by=request.user, reason=given["reason"],
                    valid_to=given["valid_to"],
                )  # fmt: skip
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            return redirect("documents:campaign", campaign.pk)
    context = {"campaign": campaign, "item": one, "form": form, "may": opining or deciding}
    return render(request, "documents/desk/item.html", context)
