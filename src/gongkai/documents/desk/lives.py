"""有效性的办理页：amend, repeal, lapse, extend; the rules of periods."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.documents.actions import drafting, validity
from gongkai.documents.actions.periods import adopt_period
from gongkai.documents.desk.papers import paper
from gongkai.documents.forms import AdoptForm, AmendForm, EndForm, ExtendForm, PeriodForm
from gongkai.documents.models import Document, PeriodRule, Reminder, Version
from gongkai.documents.numbers import find_document
from gongkai.documents.periods import known_rule, known_rules
from gongkai.documents.queries import visible
from gongkai.errors import GongkaiError
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.theme.forms import add_sentence

_FORMS: dict[str, tuple[str, Any]] = {
    "repeal": ("废止", EndForm),
    "lapse": ("宣布失效", EndForm),
    "extend": ("延长有效期", ExtendForm),
    "amend": ("修改", AmendForm),
}


@desk_page
def change(request: StaffRequest, pk: int, deed: str) -> HttpResponse:
    """修改、废止、失效、延期：one page each, with what stands in the way."""
    if deed not in _FORMS:
        raise Http404
    label, kind = _FORMS[deed]
    one = paper(pk, request.user)
    form = kind(request.POST or None, initial=_initial(one, deed))
    if request.method == "POST" and form.is_valid():
        try:
            _do(one, deed, form.cleaned_data, request)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, f"已办理：{label}。")
            return redirect("documents:desk_document", one.pk)
    context = {
        "document": one,
        "form": form,
        "label": label,
        "deed": deed,
        "reasons": validity.why_not_end(one, deed, by=request.user),
        "editor": deed == "amend",
    }
    return render(request, "documents/desk/change.html", context)


def _initial(one: Document, deed: str) -> dict[str, Any]:
    if deed != "amend" or not one.edition:
        return {}
    text = Version.objects.values_list("html", flat=True).get(document=one, number=one.edition)
    return {"html": text, "caption": one.caption}


def _do(one: Document, deed: str, given: dict[str, Any], request: StaffRequest) -> None:
    by = request.user
    through = find_document(given["through"], near=one.organ) if given["through"] else None
    match deed:
        case "repeal":
            validity.repeal(one, by=by, reason=given["reason"], on=given["on"], through=through)
        case "lapse":
            validity.lapse(one, by=by, reason=given["reason"], on=given["on"], through=through)
        case "extend":
            validity.extend(one, given["valid_to"], by=by, reason=given["reason"], through=through)
        case "amend":
            assert through is not None
            text = given["html"] if given["html"] != _initial(one, deed).get("html") else ""
            validity.amend(
                one, by=by, reason=given["reason"], through=through, html=text,
                caption=given["caption"] or None,
            )  # fmt: skip


@desk_page
@require_POST
def settle_reminder(request: StaffRequest, pk: int) -> HttpResponse:
    """处理到期提醒。"""
    rows = Reminder.objects.filter(visible(request.user, prefix="document__"))
    one = get_object_or_404(rows.select_related("document__organ"), pk=pk)
    validity.settle_reminder(one, by=request.user, note=request.POST.get("note", ""))
    return redirect("documents:reminders")


@desk_page
def periods(request: StaffRequest) -> HttpResponse:
    """有效期规则：of a place, with the document that sets them; known ones to choose from."""
    organs = organs_with(request.user, frozenset({Duty.LEGAL}))
    adopting = "known" in request.POST
    form = PeriodForm(request.POST if request.POST and not adopting else None, organs=organs)
    adopt = AdoptForm(request.POST if adopting else None, organs=organs, auto_id="adopt_%s")
    if request.method == "POST":
        if not organs:
            drafting.refuse(["有效期规则由法制审核人员维护"])
        if _adopted(adopt, request) if adopting else _set(form, request):
            return redirect("documents:periods")
    rules = PeriodRule.objects.select_related("organ").order_by("organ__path", "provisional")
    context = {
        "form": form, "adopt": adopt, "known": known_rules(), "rules": rules,
        "may": bool(organs),
    }  # fmt: skip
    return render(request, "documents/desk/periods.html", context)


def _set(form: PeriodForm, request: StaffRequest) -> bool:
    if not form.is_valid():
        return False
    validity.save_period(form.instance, by=request.user)
    messages.success(request, "已保存有效期规则。")
    return True


def _adopted(form: AdoptForm, request: StaffRequest) -> bool:
    if not form.is_valid():
        return False
    given = form.cleaned_data
    rule = known_rule(given["known"])
    assert rule is not None
    try:
        adopt_period(
            given["organ"], rule, by=request.user, read=given["read"], basis=given["basis"]
        )
    except GongkaiError as problem:
        add_sentence(form, problem)
        return False
    messages.success(request, f"已采用有效期规则“{rule}”。")
    return True
