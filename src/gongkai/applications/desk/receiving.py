"""窗口收件：the form, the receipt with number and query code, what is still missing."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.applications.actions import opening, receiving
from gongkai.applications.actions.filing import receipt_of
from gongkai.applications.actions.papers import fix, make
from gongkai.applications.desk.case import case
from gongkai.applications.desk.files import printed
from gongkai.applications.forms.receiving import PersonFormSet, ReceiveForm
from gongkai.applications.models import Application, Draft
from gongkai.applications.states import Attached
from gongkai.errors import GongkaiError, NotAllowed
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.theme.forms import add_sentence

_RECEIPT = 3
#: Until then the receipt shows the query code without asking why: the applicant stands there.
_FRESH = timedelta(hours=1)
_NOT_KEPT = "（见回执）"


@desk_page
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: StaffRequest) -> HttpResponse:
    """收件。"""
    organs = organs_with(request.user, frozenset({Duty.DISCLOSURE}))
    if not organs:
        raise NotAllowed("收件由信息公开机构办理，请与本机关的安全管理员联系。")
    data = _data(request)
    form = ReceiveForm(data, request.FILES or None, organs=organs, organ=request.user.organ_id)
    persons = PersonFormSet(data, prefix="person")
    missing: list[str] = []
    if data is not None and "more" not in request.POST and form.is_valid() and persons.is_valid():
        missing = [lack for one in persons for lack in one.missing]
        if not missing or "anyway" in request.POST:
            try:
                one = _received(form, persons, by=request.user)
            except GongkaiError as problem:
                add_sentence(form, problem)
            else:
                return redirect("applications:received", one.pk)
    context = {"form": form, "persons": persons, "missing": missing}
    return render(request, "applications/desk/receive.html", context)


def _data(request: StaffRequest) -> Any:
    """What was sent; with one applicant more where that was wished."""
    if request.method != "POST":
        return None
    if "more" not in request.POST:
        return request.POST
    data = request.POST.copy()
    total = data.get("person-TOTAL_FORMS", "1")
    number = int(total) if total.isascii() and total.isdecimal() else 1
    data["person-TOTAL_FORMS"] = str(min(number + 1, PersonFormSet.max_num))
    return data


@transaction.atomic
def _received(form: ReceiveForm, persons: Any, *, by: Staff) -> Application:
    """The same page sent twice gives back what it became the first time."""
    token = hashlib.sha256(f"desk:{by.pk}:{form.cleaned_data['token']}".encode()).hexdigest()
    draft, _ = Draft.objects.get_or_create(key=token)
    if draft.application is not None:
        return draft.application
    one = receiving.receive(
        form.cleaned_data["organ"],
        form.asked,
        [each.person for each in persons],
        by=by,
        sent=form.sent,
        draft=draft,
    )
    if text := form.cleaned_data["attempts"].strip():
        receiving.attempt(one, by=by, text=text)
    fix(make(one, _RECEIPT, by=by, facts={"查询码": _NOT_KEPT}, complete=False))
    return one


@desk_page
@require_safe
def received(request: StaffRequest, pk: int) -> HttpResponse:
    """收件回执：number, query code, last day; the twin, and what may have to be corrected."""
    one = case(pk, request.user)
    return render(request, "applications/desk/received.html", _receipt(one, request.user))


def _receipt(one: Application, by: Staff, code: str = "") -> dict[str, Any]:
    why_not = opening.why_not_open(one.organ, by=by)
    if not code and not why_not and _is_fresh(one):
        code = one.code.open()
    lacks = [
        f"{person.name}的{what}"
        for person in one.applicants.all()
        for what, told in (
            ("身份证明", person.identity_number),
            ("联系方式", person.phone or person.email or person.address),
        )
        if not told
    ]
    has_scan = one.attachments.filter(sort=Attached.IDENTITY).exists()
    return {
        "application": one,
        "code": code,
        "why_not_open": why_not,
        "lacks": [lack for lack in lacks if not (has_scan and lack.endswith("身份证明"))],
        "twin": one.origin,
        "must_confirm": one.came_by.is_unsigned_post or one.came_by.is_electronic,
    }


def _is_fresh(one: Application) -> bool:
    return timezone.now() - one.created_at < _FRESH


@desk_page
@require_POST
def open_code(request: StaffRequest, pk: int) -> HttpResponse:
    """查看查询码：with a reason."""
    one = case(pk, request.user)
    code = opening.open_code(one, by=request.user, reason=request.POST.get("reason", ""))
    return render(request, "applications/desk/received.html", _receipt(one, request.user, code))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: StaffRequest, pk: int) -> HttpResponse:
    """登记回执的PDF：with the query code in it; later only with a reason."""
    one = case(pk, request.user)
    reason = request.POST.get("reason", "")
    if reason or not _is_fresh(one):
        opening.open_code(one, by=request.user, reason=reason)
    elif reasons := opening.why_not_open(one.organ, by=request.user):
        messages.error(request, "；".join(reasons) + "。")
        return redirect(one)
    response = printed(receipt_of(one), "pdf", f"{one.number}登记回执")
    response["Cache-Control"] = "no-store"
    return response
