"""通知的工作台页面：what went out and what did not, and how one wants to be told oneself."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai.errors import BadInput, NotAllowed
from gongkai.notices.actions import choose, preference_of, resend
from gongkai.notices.actions.resending import unfit
from gongkai.notices.forms import PreferenceForm
from gongkai.notices.models import Notice
from gongkai.notices.queries import reads
from gongkai.notices.senders import configured
from gongkai.notices.states import Channel, Pace, State
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.theme.forms import add_sentence
from gongkai.theme.paging import capped_count, page

_TONES = {State.WAITING: "info", State.SENT: "good", State.FAILED: "bad", State.DROPPED: "warn"}


@desk_page
@require_safe
def notices(request: StaffRequest) -> HttpResponse:
    """通知：the latest first, by state, channel, title or number of the case."""
    if not reads(request.user):
        raise NotAllowed("通知由信息公开机构和系统管理员查看。")
    asked = {name: request.GET.get(name, "").strip() for name in ("state", "channel", "q")}
    rows = Notice.objects.visible(request.user)
    if asked["state"] in State.values:
        rows = rows.filter(state=asked["state"])
    if asked["channel"] in Channel.values:
        rows = rows.filter(channel=asked["channel"])
    if asked["q"]:
        rows = rows.filter(Q(title__icontains=asked["q"]) | Q(number=asked["q"]))
    listing = page(
        rows.select_related("organ").defer("body"),
        order=["-pk"], at=request.GET.get("at", ""), size=30,
    )  # fmt: skip
    context = {
        "found": [
            {"notice": row, "tone": _TONES[State(row.state)], "may_resend": not unfit(row)}
            for row in listing
        ],
        "page": listing,
        "count": capped_count(rows),
        "asked": asked,
        "states": State.choices,
        "channels": Channel.choices,
        "unconfigured": [channel.label for channel in Channel if not configured(channel)],
    }
    return render(request, "notices/desk/notices.html", context)


@desk_page
@require_POST
def send_again(request: StaffRequest, pk: int) -> HttpResponse:
    """重发一条，回到原来那一页。"""
    resend(get_object_or_404(Notice, pk=pk), by=request.user)
    messages.success(request, "已重新排队，马上再发一次。")
    back = redirect("notices:notices")
    if query := request.GET.urlencode():
        back["Location"] += f"?{query}"
    return back


@desk_page
def preference(request: StaffRequest) -> HttpResponse:
    """通知设置：one's own."""
    form = PreferenceForm(
        request.POST or None, instance=preference_of(request.user), staff=request.user
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            choose(request.user, email=given["email"], sms=given["sms"], pace=Pace(given["pace"]))
        except BadInput as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, "已保存通知设置。")
            return redirect("notices:preference")
    context = {"form": form, "none": not (form["email"].value() or form["sms"].value())}
    return render(request, "notices/desk/preference.html", context)
