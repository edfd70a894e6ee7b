"""一件申请的办理页：facts, clock, next steps with their reasons, papers, trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from gongkai.applications import concerns, showing
from gongkai.applications.actions import messaging, opening, replying
from gongkai.applications.actions.correcting import lapse_correction
from gongkai.applications.actions.excess import lapse_payment
from gongkai.applications.actions.extending import refuse_extension
from gongkai.applications.actions.serving import close
from gongkai.applications.actions.taking import discreet
from gongkai.applications.clock import held, standing_of
from gongkai.applications.desk.offers import deeds
from gongkai.applications.desk.record import has_reply, looked_up, record_of, related
from gongkai.applications.models import Applicant, Application, Consultation, Paper
from gongkai.applications.queries import names_shown
from gongkai.law.clock import Standing
from gongkai.law.outcomes import outcome
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.steps.actions import comment, posted
from gongkai.vault.masks import mask_name


def case(pk: int, staff: Staff) -> Application:
    """一件申请：if it is on this person's desk; otherwise there is none."""
    rows = Application.objects.on_the_desk_of(staff)
    return get_object_or_404(rows.select_related("organ", "handler"), pk=pk)


@desk_page
@require_safe
def application(request: StaffRequest, pk: int) -> HttpResponse:
    """办理页。"""
    one = case(pk, request.user)
    with held(one):
        context = context_of(one, request.user)
    return render(request, "applications/desk/application.html", context)


def context_of(one: Application, by: Staff) -> dict[str, Any]:
    """办理页的内容。"""
    there = looked_up(one)
    standing = standing_of(one)
    found = deeds(one, by=by)
    named = names_shown(by, one.organ)
    return {
        "application": one,
        "facts": facts_of(one, by),
        "clock": clock_of(one, standing),
        "deeds": [deed for deed in found if deed.allowed],
        "not_yet": [deed for deed in found if not deed.allowed],
        "named": named,
        "why_not_open": opening.why_not_open(one.organ, by=by),
        **record_of(one, by),
        "matters": [_Told.of(matter) for matter in one.matters.all()],
        "replied": has_reply(one),
        "why_not_answer": messaging.why_not_answer(one, by=by),
        "related": related(one, by, there),
        "panels": list(concerns.panels_of(one, by)),
        "today": timezone.localdate(),
    }


@dataclass(frozen=True, slots=True)
class _Told:
    """一项：its text and outcome in words."""

    text: str
    unit: str
    outcome: str
    severing: str

    @classmethod
    def of(cls, matter: Any) -> _Told:
        word = outcome(matter.outcome).name if matter.outcome else ""
        return cls(matter.text, matter.unit, word, matter.severing)


def facts_of(one: Application, by: Staff) -> list[tuple[str, Any]]:
    """申请的情况：name and value; what is empty is left out."""
    name = one.applicant_name if names_shown(by, one.organ) else mask_name(one.applicant_name)
    loaded = one.replies.filter(paper__isnull=True).first() if one.imported else None
    told = [
        ("受理机关", one.organ),
        ("申请人", f"{name}（{one.get_category_display()}）"),
        ("种类", one.get_sort_display()),
        ("提交渠道", one.get_channel_display()),
        ("到达日期", one.arrived_on),
        ("收到日期", one.received_on),
        ("收件凭证", one.arrival_note),
        ("转来的机构", one.handed_by),
        ("所需信息名称", one.subject),
        ("文号", one.wanted_number),
        ("内容描述", one.description),
        ("用途", one.purpose),
        ("获取形式", one.get_form_display()),
        ("获取途径", one.get_delivery_display() if one.delivery else ""),
        ("所需帮助", one.assistance),
        ("承办人", " ".join(filter(None, (str(one.handler or ""), one.unit))) or "未分办"),
        ("答复结果", one.get_outcome_display() if one.outcome else ""),
        ("答复文号", loaded.number if loaded else ""),
        ("答复邮件号码", loaded.tracking if loaded else ""),
        ("第几次答复", one.round if one.round > 1 else ""),
        ("办结日期", one.closed_on),
        ("归档日期", one.archived_on),
        ("导入来源", one.imported),
    ]
    return [(label, value) for label, value in told if value]


def clock_of(one: Application, standing: Standing) -> dict[str, Any]:
    """期限：the days, the strip, and what the clock noticed, in words."""
    words, tone = showing.left(None if one.is_done else standing.due, timezone.localdate())
    return {
        "standing": standing,
        "left": words,
        "tone": tone,
        "boxes": showing.boxes(standing),
        "stretches": list(showing.stretches(standing)),
        "defects": [flag for flag in standing.flags if flag.is_defect],
        "hints": [flag for flag in standing.flags if not flag.is_defect],
        "extended": standing.extended_due,
        "safe": standing.safe_due,
        "internal": standing.internal_due,
        "if_silent": standing.if_silent,
    }


# ── 直接办的 ────────────────────────────────────────────────────────────────────────────────

_SPOT = {
    "lapse_correction": lambda one, by, note: lapse_correction(one, by=by),
    "lapse_payment": lambda one, by, note: lapse_payment(one, by=by),
    "refuse_extension": lambda one, by, note: refuse_extension(one, by=by, reason=note),
    "draft": lambda one, by, note: replying.draft(one, by=by),
    "close": lambda one, by, note: close(one, by=by),
}


@desk_page
@require_POST
def act(request: StaffRequest, pk: int) -> HttpResponse:
    """办理一步：those that ask for a note and nothing else."""
    one = case(pk, request.user)
    move, note = posted(request, one)
    if move in _SPOT:
        _SPOT[move](one, request.user, note)
    else:
        replying.advance(one, move, by=request.user, note=note)
    messages.success(request, f"已办理：{one.FLOW[move].label}。")
    return redirect(one)


@desk_page
@require_POST
def remark(request: StaffRequest, pk: int) -> HttpResponse:
    """批注。"""
    one = case(pk, request.user)
    comment(one, discreet(one, request.POST.get("note", "")), by=request.user)
    return redirect(one)


@desk_page
@require_POST
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """回复留言。"""
    one = case(pk, request.user)
    messaging.answer(one, by=request.user, text=request.POST.get("text", ""))
    messages.success(request, "已回复，申请人凭登记编号和查询码可以看到。")
    return redirect(f"{one.get_absolute_url()}#messages")


# ── 查看个人信息 ────────────────────────────────────────────────────────────────────────────


@desk_page
@sensitive_post_parameters("reason")
@require_POST
def open_identity(request: StaffRequest, pk: int, key: int) -> HttpResponse:
    """查看证件号码和联系方式：shown once, on the answer to this very form."""
    one = case(pk, request.user)
    applicant = get_object_or_404(Applicant, pk=key, application=one)
    told = opening.open_identity(applicant, by=request.user, reason=request.POST.get("reason", ""))
    return _opened(request, one, told)


@desk_page
@require_POST
def open_contact(request: StaffRequest, pk: int, key: int) -> HttpResponse:
    """查看被征求意见人的联系方式。"""
    one = case(pk, request.user)
    asked = get_object_or_404(Consultation, pk=key, application=one)
    told = opening.open_contact(asked, by=request.user, reason=request.POST.get("reason", ""))
    return _opened(request, one, told)


def _opened(request: StaffRequest, one: Application, told: opening.Opened) -> HttpResponse:
    context = {"application": one, "opened": told}
    return render(request, "applications/desk/opened.html", context)


def paper_of(one: Application, key: int) -> Paper:
    """一份文书：of this very application."""
    return get_object_or_404(Paper.objects.select_related("application__organ"), pk=key,
                             application=one)  # fmt: skip
