"""一件案件的办理页：facts, clock, next steps with their reasons, files, trail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.applications import showing
from gongkai.applications.queries import names_shown
from gongkai.disputes.actions import answering, registering, ruling
from gongkai.disputes.actions.taking import discreet, why_not
from gongkai.disputes.clock import appeal_by, may_still_be_appealed, reply_due_of, standing_of
from gongkai.disputes.desk.offers import offers
from gongkai.disputes.models import Attachment, Dispute, Ruling
from gongkai.disputes.states import LIVE, State
from gongkai.errors import NotAllowed
from gongkai.files.handing import hand_out
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.steps.actions import comment, posted
from gongkai.vault.masks import mask_name


def case(pk: int, staff: Staff) -> Dispute:
    """一件案件：if it is on this person's desk; otherwise there is none."""
    rows = Dispute.objects.on_the_desk_of(staff)
    return get_object_or_404(
        rows.select_related("organ", "handler", "author", "application__organ", "earlier"), pk=pk
    )


@desk_page
@require_safe
def dispute(request: StaffRequest, pk: int) -> HttpResponse:
    """办理页。"""
    one = case(pk, request.user)
    named = names_shown(request.user, one.organ)
    found = offers(one, by=request.user)
    rulings = list(one.rulings.select_related("appeal"))
    live = one.state in LIVE
    context = {
        "dispute": one,
        "named": named,
        "facts": facts_of(one, named=named),
        "clock": clock_of(one),
        "ends": _ends(one, rulings),
        "offers": [offer for offer in found if offer.allowed],
        "not_yet": [offer for offer in found if not offer.allowed],
        "warnings": registering.warnings_about(registering.facts_of(one)) if live else [],
        "hearings": list(one.hearings.all()),
        "rulings": rulings,
        "appeals": list(one.appeals.all()),
        "attachments": list(one.attachments.select_related("blob", "by")),
        "related": _related(one, request.user),
        "reminders": list(one.reminders.order_by("-pk")[:10]),
        "may_handle": not why_not(one, "attach", by=request.user),
        "today": timezone.localdate(),
    }
    return render(request, "disputes/desk/dispute.html", context)


def facts_of(one: Dispute, *, named: bool) -> list[tuple[str, Any]]:
    """登记事项：name and value; what is empty is left out."""
    kind = one.sort
    told = [
        ("案件种类", kind.short),
        ("被告" if kind.is_suit else "被申请人", one.organ),
        (kind.claimant, one.claimant if named else mask_name(one.claimant)),
        (kind.forum, one.body),
        ("案号", one.case_number),
        ("所涉事项", one.about),
        ("争议的行为", one.get_challenged_display()),
        ("第几次答复", one.round if one.round and one.round > 1 else ""),
        ("答复结果", one.get_outcome_display() if one.outcome else ""),
        ("答复依据", one.article),
        ("答复书编号", one.paper_number),
        ("收到副本", one.received_on),
        ("审理程序", one.get_procedure_display()),
        ("承办人", one.handler or "未定"),
        ("拟稿人", one.author or ""),
        ("提交日期", one.filed_on),
        ("导入来源", one.imported),
    ]
    return [(label, value) for label, value in told if value]


def clock_of(one: Dispute) -> dict[str, Any]:
    """答复期限：the last day, how it is counted, and whether it was kept."""
    standing = standing_of(one)
    words, tone = showing.left(one.due_on, timezone.localdate())
    term = standing.ledger.term
    return {
        "due": one.last_due_on if one.filed_on else standing.due,
        "running": one.due_on is not None,
        "left": words,
        "tone": tone,
        "provisional": standing.provisional,
        "term": term,
        "basis": "、".join(dict.fromkeys(f"{one}" for one in (term.article, *term.also))),
        "from": one.received_on,
        "boxes": showing.boxes(standing),
        "stretches": list(showing.stretches(standing)),
        "consequence": CONSEQUENCE[one.sort.is_suit],
    }


#: 逾期的后果（行政复议法第七十条、行政诉讼法第三十四条第二款）。
CONSEQUENCE = {
    False: "逾期不提出书面答复、不提交证据和依据的，视为没有证据、依据（《行政复议法》第七十条）",
    True: "不提供或者无正当理由逾期提供证据的，视为没有相应证据（《行政诉讼法》第三十四条第二款）",
}


def _ends(one: Dispute, rulings: list[Ruling]) -> list[tuple[str, Any, str]]:
    """其他期限：to appeal, to answer anew: what, by when, why."""
    found: list[tuple[str, Any, str]] = []
    standing = [ruling for ruling in rulings if not ruling.overturned]
    if standing and one.state == State.DECIDED:
        until = may_still_be_appealed(one, standing[-1], timezone.localdate())
        if until:
            article = appeal_by(one, standing[-1]).ledger.term.article
            found.append(("上诉期至", until, f"{standing[-1].received_on}收到，{article}"))
    if one.must_obey:
        due = reply_due_of(one)
        why = f"按申请{one.application}的期限" if one.reordered else f"自{one.ordered_on}起"
        found.append(("重新答复期限", due, why))
    return found


def _related(one: Dispute, by: Staff) -> list[tuple[str, Dispute]]:
    """相关案件：the review before, the suits after, others about the same request."""
    rows = Dispute.objects.on_the_desk_of(by).standing().exclude(pk=one.pk)
    found = []
    if one.earlier is not None:
        found += [("此前的行政复议", other) for other in rows.filter(pk=one.earlier.pk)]
    found += [("复议后起诉", other) for other in rows.filter(earlier=one)]
    if one.application_id:
        seen = {other.pk for _, other in found}
        same = rows.filter(application=one.application_id).exclude(pk__in=seen)
        found += [("同一申请的案件", other) for other in same.order_by("-received_on")[:20]]
    return found


# ── 直接办的 ────────────────────────────────────────────────────────────────────────────────

_SPOT: dict[str, Callable[[Dispute, Staff, str], object]] = {
    "submit": lambda one, by, note: answering.submit(one, by=by, note=note),
    "approve": lambda one, by, note: answering.approve(one, by=by, note=note),
    "give_back": lambda one, by, note: answering.give_back(one, by=by, reason=note),
    "close": lambda one, by, note: ruling.close(one, by=by, note=note),
    "reopen": lambda one, by, note: ruling.reopen(one, by=by, reason=note),
    "strike": lambda one, by, note: ruling.strike(one, by=by, reason=note),
}


@desk_page
@require_POST
def act(request: StaffRequest, pk: int) -> HttpResponse:
    """办理一步：those that ask for a note and nothing else."""
    one = case(pk, request.user)
    move, note = posted(request, one)
    if move not in _SPOT:
        raise NotAllowed("这一步要在办理页上填写，请刷新页面。")
    _SPOT[move](one, request.user, note)
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
@require_safe
def file(request: StaffRequest, pk: int, key: int) -> HttpResponseBase:
    """案件材料：they name the people, so they are for who works at the organ."""
    one = case(pk, request.user)
    kept = get_object_or_404(Attachment.objects.select_related("blob"), pk=key, dispute=one)
    if not names_shown(request.user, one.organ):
        raise NotAllowed(f"案件材料上有当事人的姓名，只由{one.organ}查看。")
    response = hand_out(kept.blob, kept.name, inline=True, request=request)
    response["Cache-Control"] = "no-store"
    return response


def said_of(one: Dispute) -> str:
    """办理以后的一句话：by when what is due, if anything."""
    if one.due_on is not None:
        return f"应于{one.due_on}前提交{one.sort.answer}。"
    if one.must_obey and (due := reply_due_of(one)):
        return f"应于{due}前重新答复。"
    return ""
