"""机关的工作台页面：organs and the people in them; what may be done is decided in actions."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.errors import GongkaiError, NotAllowed
from gongkai.organs import actions
from gongkai.organs.forms import (
    AppointForm,
    DelegationForm,
    OrganForm,
    ReasonForm,
    StaffForm,
)
from gongkai.organs.models import Delegation, Organ, Role, Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import administers, all_rights
from gongkai.organs.states import Duty
from gongkai.theme import errors
from gongkai.theme.forms import add_sentence
from gongkai.theme.paging import capped_count, page


def forgotten(request: HttpRequest) -> HttpResponse:
    """忘记口令：no mail is sent; a person one knows sets a new one."""
    return errors.page(
        request,
        200,
        "忘记口令",
        "请与本机关的系统管理员联系，由管理员核实身份后重置口令；重置后第一次登录须自己改。",
    )


@desk_page
def without_password(request: StaffRequest) -> HttpResponse:
    """没有口令的账号：signed in by one click or elsewhere; there is nothing to change."""
    return errors.page(
        request,
        200,
        "这个账号没有口令",
        "您是通过演示的一键登录或者统一身份认证进入的，不需要口令。"
        "需要口令时，请系统管理员为您重置一个。",
    )


@desk_page
def me(request: StaffRequest) -> HttpResponse:
    """我的账号和岗位。"""
    today = timezone.localdate()
    organs = Organ.objects.in_bulk({right.organ_id for right in all_rights(request.user)})
    rights = [
        {"right": right, "organ": organs[right.organ_id], "holds": right.holds(today)}
        for right in all_rights(request.user)
    ]
    return render(request, "organs/desk/me.html", {"rights": rights})


# ── 机关 ────────────────────────────────────────────────────────────────────────────────────


@desk_page
def organs(request: StaffRequest) -> HttpResponse:
    """机关：the tree, and a search in it."""
    text = request.GET.get("q", "").strip()
    rows = Organ.objects.order_by("path")
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(short_name__icontains=text))
    today = timezone.localdate()
    listing = page(rows, order=["path"], at=request.GET.get("at", ""), size=200)
    context = {
        "found": [{"organ": one, "stands": one.stands(today)} for one in listing],
        "page": listing,
        "q": text,
        "why_not_new": actions.why_not_edit(None, by=request.user),
    }
    return render(request, "organs/desk/organs.html", context)


@desk_page
def organ(request: StaffRequest, pk: int) -> HttpResponse:
    """一个机关：what is kept of it, who holds which duty, and its history."""
    one = get_object_or_404(Organ.objects.select_related("parent", "successor"), pk=pk)
    held = Role.objects.held(timezone.localdate()).filter(organ=one, staff__is_active=True)
    posts = [
        {"duty": duty.label, "people": [role.staff for role in roles]}
        for duty in Duty
        if (roles := [role for role in held.select_related("staff") if role.duty == duty])
    ]
    context = {
        "organ": one,
        "posts": posts,
        "below": one.below.order_by("position", "pk"),
        "why_not_edit": actions.why_not_edit(one, by=request.user),
    }
    return render(request, "organs/desk/organ.html", context)


@desk_page
def edit_organ(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """设立或修改机关。"""
    one = get_object_or_404(Organ, pk=pk) if pk else None
    actions.refuse(actions.why_not_edit(one, by=request.user))
    form = OrganForm(request.POST or None, instance=one, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_organ(form.instance, by=request.user)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, f"已保存{saved}。")
            return redirect("organs:organ", saved.pk)
    return render(request, "organs/desk/organ_form.html", {"form": form, "organ": one})


# ── 人员 ────────────────────────────────────────────────────────────────────────────────────


@desk_page
def people(request: StaffRequest) -> HttpResponse:
    """人员：whoever administers sees them all, page by page."""
    _administrators_only(request)
    text = request.GET.get("q", "").strip()
    rows = Staff.objects.all()
    if text:
        rows = rows.filter(
            Q(name__icontains=text) | Q(username__icontains=text) | Q(organ__name__icontains=text)
        )
    if request.GET.get("closed") != "1":
        rows = rows.filter(is_active=True)
    context = {
        "page": page(
            rows.select_related("organ").prefetch_related(
                Prefetch("roles", Role.objects.held(timezone.localdate()).select_related("organ"))
            ),
            order=["username", "pk"],
            at=request.GET.get("at", ""),
            size=50,
        ),
        "count": capped_count(rows),
        "q": text,
        "why_not_new": actions.why_not_keep(request.user, by=request.user),
    }
    return render(request, "organs/desk/people.html", context)


@desk_page
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """一个账号：its duties, what may be done with it, and its history."""
    one = get_object_or_404(Staff, pk=pk)
    if one != request.user:
        _administrators_only(request)
    roles = one.roles.select_related("organ").order_by("valid_to", "organ__path", "duty")
    today = timezone.localdate()
    context = {
        "person": one,
        "roles": [
            {
                "role": role,
                "over": bool(role.valid_to and role.valid_to < today),
                "why_not": actions.why_not_dismiss(role, by=request.user),
            }
            for role in roles
        ],
        "why_not_keep": actions.why_not_keep(one, by=request.user),
        "why_not_secure": actions.why_not_secure(one, by=request.user),
        "may_appoint": Duty.SECURITY in administers(request.user) and one != request.user,
        "appoint_form": AppointForm(initial={"organ": one.organ, "valid_from": today}),
        "reason_form": ReasonForm(),
    }
    return render(request, "organs/desk/person.html", context)


@desk_page
def edit_person(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """开通或修改账号；a new account's first password is shown once."""
    one = get_object_or_404(Staff, pk=pk) if pk else None
    actions.refuse(actions.why_not_keep(one or request.user, by=request.user))
    form = StaffForm(request.POST or None, instance=one, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            password = actions.save_staff(form.instance, by=request.user)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            if password:
                return _first_password(request, form.instance, password)
            messages.success(request, f"已保存{form.instance.name}的账号。")
            return redirect("organs:person", form.instance.pk)
    return render(request, "organs/desk/person_form.html", {"form": form, "person": one})


@desk_page
@require_POST
def tend(request: StaffRequest, pk: int) -> HttpResponse:
    """办理账号：the button pressed says what: 停用、恢复、重置口令、解锁、重置动态口令。"""
    one = get_object_or_404(Staff, pk=pk)
    note = request.POST.get("note", "")
    match request.POST.get("do"):
        case "close":
            actions.close_account(one, by=request.user, note=note)
            messages.success(request, f"已停用{one.name}的账号。")
        case "reopen":
            actions.reopen_account(one, by=request.user, note=note)
            messages.success(request, f"已恢复{one.name}的账号。")
        case "password":
            return _first_password(request, one, actions.reset_password(one, by=request.user))
        case "unlock":
            actions.unlock(one, by=request.user)
            messages.success(request, f"已解锁{one.name}的账号。")
        case "factor":
            actions.reset_second_factor(one, by=request.user, note=note)
            messages.success(request, f"{one.name}下次登录时须重新绑定动态口令。")
        case _:
            raise NotAllowed("没有这个办理动作，请刷新页面。")
    return redirect("organs:person", one.pk)


@desk_page
@require_POST
def appoint(request: StaffRequest, pk: int) -> HttpResponse:
    """任职。"""
    one = get_object_or_404(Staff, pk=pk)
    form = AppointForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        role = actions.appoint(
            one,
            given["organ"],
            given["duty"],
            by=request.user,
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
        )
        messages.success(request, f"{one.name}已任{role.organ}{given['duty'].label}。")
    else:
        for label, problems in form.errors.items():
            messages.error(request, f"{form.fields[label].label}：{'；'.join(map(str, problems))}")
    return redirect("organs:person", one.pk)


@desk_page
@require_POST
def dismiss(request: StaffRequest, pk: int) -> HttpResponse:
    """免职。"""
    role = get_object_or_404(Role.objects.select_related("staff", "organ"), pk=pk)
    actions.dismiss(role, by=request.user, note=request.POST.get("note", ""))
    messages.success(request, f"{role.staff.name}不再担任{role.organ}{role.get_duty_display()}。")
    return redirect("organs:person", role.staff_id)


def _first_password(request: StaffRequest, person: Staff, password: str) -> HttpResponse:
    context = {"person": person, "password": password}
    return render(request, "organs/desk/first_password.html", context)


def _administrators_only(request: StaffRequest) -> None:
    if not administers(request.user):
        raise NotAllowed("人员账号由系统、安全、审计管理员查看。")


# ── 委托 ────────────────────────────────────────────────────────────────────────────────────


@desk_page
def delegations(request: StaffRequest) -> HttpResponse:
    """委托他人代办：one's own, given and taken; the security administrator sees all."""
    mine = Q(giver=request.user) | Q(taker=request.user)
    everything = Duty.SECURITY in administers(request.user)
    rows = Delegation.objects.select_related("giver__organ", "taker__organ")
    form = DelegationForm(request.POST or None, giver=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.delegate(
                request.user,
                given["taker"],
                given["duties"],
                by=request.user,
                first_day=given["first_day"],
                last_day=given["last_day"],
                reason=given["reason"],
            )
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(
                request, f"{made.taker.name}将在{made.first_day}至{made.last_day}代您办理。"
            )
            return redirect("organs:delegations")
    context = {
        "form": form,
        "page": page(
            rows if everything else rows.filter(mine),
            order=["-first_day", "-pk"],
            at=request.GET.get("at", ""),
            size=50,
        ),
        "today": timezone.localdate(),
        "everything": everything,
    }
    return render(request, "organs/desk/delegations.html", context)


@desk_page
@require_POST
def end_delegation(request: StaffRequest, pk: int) -> HttpResponse:
    """收回委托。"""
    one = get_object_or_404(Delegation.objects.select_related("giver", "taker"), pk=pk)
    actions.end_delegation(one, by=request.user)
    messages.success(request, "委托已收回。")
    return redirect("organs:delegations")
