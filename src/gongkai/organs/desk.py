"""机关的工作台页面。"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.organs.models import Delegation
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import all_rights
from gongkai.theme import errors


def forgotten(request: HttpRequest) -> HttpResponse:
    """忘记口令：no mail is sent; a person one knows sets a new one."""
    return errors.page(
        request,
        200,
        "忘记口令",
        "请与本机关的系统管理员联系，由管理员核实身份后重置口令；重置后第一次登录须自己改。",
    )


@desk_page
def me(request: StaffRequest) -> HttpResponse:
    """我的账号和岗位。"""
    return render(request, "organs/desk/me.html", {"rights": all_rights(request.user)})


@desk_page
def delegations(request: StaffRequest) -> HttpResponse:
    """委托他人代办。"""
    given = Delegation.objects.filter(giver=request.user).select_related("taker")
    return render(request, "organs/desk/delegations.html", {"given": given})
