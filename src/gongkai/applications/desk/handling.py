"""登记、确认、联系、分办、更正日期的页面：facts of the case beside the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.applications.actions import receiving
from gongkai.applications.actions.striking import rearrive, redate
from gongkai.applications.clock import held
from gongkai.applications.desk.case import case
from gongkai.applications.desk.offers import why_not_do
from gongkai.applications.forms.register import (
    AssignForm,
    AttemptForm,
    ConfirmForm,
    RedateForm,
    RegisterForm,
)
from gongkai.applications.models import Application
from gongkai.applications.states import Category
from gongkai.errors import GongkaiError
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.theme.forms import add_sentence


def deed_page(
    request: StaffRequest,
    one: Application,
    move: str,
    form: forms.Form,
    do: Callable[[dict[str, Any], Staff], object],
    *,
    title: str = "",
    template: str = "applications/desk/deed.html",
    **more: Any,
) -> HttpResponse:
    """办理一步的页面：the form, what stands in the way, and the deed when it is sent.

    What the deed refuses is said at the head of the form; nothing typed is lost.
    """
    label = title or one.FLOW[move].label
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data, request.user)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, f"已办理：{label}。")
            return redirect(one)
    with held(one):
        reasons = why_not_do(one, move, by=request.user)
    context = {"application": one, "form": form, "title": label, "why_not": reasons, **more}
    return render(request, template, context)


@desk_page
def register(request: StaffRequest, pk: int) -> HttpResponse:
    """登记。"""
    one = case(pk, request.user)
    initial = {"category": one.category, "handler": one.handler or request.user, "unit": one.unit}
    form = RegisterForm(request.POST or None, organ=one.organ, initial=initial)

    def do(told: dict[str, Any], by: Staff) -> None:
        receiving.register(
            one,
            by=by,
            category=Category(told["category"]),
            handler=told["handler"],
            unit=told["unit"],
        )

    return deed_page(request, one, "register", form, do)


@desk_page
def assign(request: StaffRequest, pk: int) -> HttpResponse:
    """分办。"""
    one = case(pk, request.user)
    initial = {"handler": one.handler, "unit": one.unit}
    form = AssignForm(request.POST or None, organ=one.organ, initial=initial)

    def do(told: dict[str, Any], by: Staff) -> None:
        receiving.assign(one, by=by, **told)

    return deed_page(request, one, "assign", form, do)


@desk_page
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """确认收到。"""
    one = case(pk, request.user)
    form = ConfirmForm(request.POST or None, initial={"on": timezone.localdate()})
    return deed_page(
        request, one, "confirm", form, lambda told, by: receiving.confirm(one, by=by, **told)
    )


@desk_page
def attempt(request: StaffRequest, pk: int) -> HttpResponse:
    """记录联系情况。"""
    one = case(pk, request.user)
    form = AttemptForm(request.POST or None, initial={"on": timezone.localdate()})
    return deed_page(
        request, one, "attempt", form, lambda told, by: receiving.attempt(one, by=by, **told)
    )


@desk_page
def strike(request: StaffRequest, pk: int) -> HttpResponse:
    """更正日期。"""
    one = case(pk, request.user)
    form = RedateForm(request.POST or None, application=one)

    def do(told: dict[str, Any], by: Staff) -> None:
        if told["event"] is None:
            rearrive(one, by=by, on=told["on"], reason=told["reason"])
        else:
            redate(told["event"], by=by, on=told["on"], reason=told["reason"])

    return deed_page(
        request,
        one,
        "strike",
        form,
        do,
        title="更正日期",
        template="applications/desk/strike.html",
        struck=one.events.filter(struck_at__isnull=False).select_related("by"),
    )
