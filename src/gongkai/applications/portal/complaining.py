"""投诉举报：to the competent department, with a number and a code to follow it by."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.applications.actions.complaining import complain as file_complaint
from gongkai.applications.actions.limiting import Limit
from gongkai.applications.forms.complaining import ComplaintForm
from gongkai.applications.models import Complaint
from gongkai.applications.portal.entering import entered
from gongkai.errors import GongkaiError, NotAllowed
from gongkai.organs.models import Organ
from gongkai.organs.signin import client_address
from gongkai.theme.forms import add_sentence

TAG = {
    "name": "投诉举报", "description": "对政府信息公开工作的投诉、举报", "keywords": "投诉,举报",
    "type": "咨询投诉",
}  # fmt: skip
_SENT = "applications.complaint"
_MOST = Limit("complain", 30, timedelta(hours=1))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """投诉、举报（第四十七条第二款、第五十一条）。"""
    matter = entered(request)
    initial: dict[str, str] = {}
    if matter is not None and not isinstance(matter, Complaint):
        initial = {"organ": matter.organ.name, "number": matter.number}
    elif (wanted := request.GET.get("organ", "")).isascii() and wanted.isdigit():
        named = Organ.objects.filter(pk=int(wanted[:18])).first()
        initial = {"organ": named.name} if named else {}
    form = ComplaintForm(request.POST or None, initial=initial)
    if request.method == "POST":
        if request.POST.get("website"):
            form.add_error(None, "“网站”一栏不是给投诉人填写的，请清空后再提交。")
        if form.is_valid():
            try:
                return _file(request, form)
            except GongkaiError as problem:
                add_sentence(form, problem)
    standing = Organ.objects.standing(timezone.localdate()).only("name", "path")
    context = {"form": form, "organs": standing, "tag_column": TAG}
    return render(request, "applications/portal/complain.html", context)


def _file(request: HttpRequest, form: ComplaintForm) -> HttpResponse:
    who = client_address(request) or ""
    if _MOST.reached(who):
        raise NotAllowed("这个网络地址一小时内提交的投诉太多，请过一会儿再提交。")
    told = form.cleaned_data
    complaint = file_complaint(
        told["organ"],
        told["text"],
        name=told["name"],
        phone=told["phone"],
        application=told["application"],
    )
    _MOST.count(who)
    request.session[_SENT] = complaint.pk
    return redirect("applications:complained")


@never_cache
@require_safe
def complained(request: HttpRequest) -> HttpResponse:
    """投诉回执：number and code, once."""
    complaint = Complaint.objects.filter(pk=request.session.pop(_SENT, None)).first()
    if complaint is None:
        return redirect("applications:track")
    context = {"complaint": complaint, "code": complaint.code.open(), "tag_column": TAG}
    return render(request, "applications/portal/complained.html", context)


@never_cache
@require_safe
def complaint(request: HttpRequest) -> HttpResponse:
    """我的投诉：its state and the answer; never what was found out inside the house."""
    matter = entered(request)
    if not isinstance(matter, Complaint):
        messages.info(request, "请凭编号和查询码查询；为了安全，30分钟没有操作需要重新输入。")
        return redirect("applications:track")
    return render(
        request, "applications/portal/complaint.html", {"complaint": matter, "tag_column": TAG}
    )
