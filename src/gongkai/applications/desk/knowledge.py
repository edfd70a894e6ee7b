"""举一反三的页面：requests alike, hot topics, answers published for all."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.applications.actions import learning
from gongkai.applications.actions.learning import ForAll, Hot
from gongkai.applications.desk.case import case
from gongkai.applications.forms.knowledge import PeriodForm, PublishForm
from gongkai.applications.models import Application
from gongkai.documents.models import Document
from gongkai.errors import GongkaiError
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.theme.charts import bars
from gongkai.theme.forms import add_sentence

#: So many topics are drawn and listed; what is asked for less is no hot topic.
SHOWN = 20
#: So many requests of one topic are listed under it.
LISTED = 50


@desk_page
@require_safe
def alike(request: StaffRequest, pk: int) -> HttpResponse:
    """相近的申请：with their replies, to take over or to prove a repeat."""
    one = case(pk, request.user)
    near = learning.alike(one)
    keys = [found.application.pk for found in near]
    rows = Application.objects.on_the_desk_of(request.user).filter(pk__in=keys)
    seen = set(rows.values_list("pk", flat=True))
    shown = [found for found in near if found.application.pk in seen]
    return render(
        request,
        "applications/desk/alike.html",
        {"application": one, "title": "相近的申请", "alike": shown},
    )


@dataclass(frozen=True)
class Shown:
    """一个热点：as it is listed, with its requests."""

    place: int
    hot: Hot
    rows: list[tuple[Application, ForAll | None]]

    @property
    def open(self) -> bool:
        """有没有可以转为主动公开的：then its list stands open."""
        return any(told and told.may for _, told in self.rows)


@desk_page
@require_safe
def topics(request: StaffRequest) -> HttpResponse:
    """热点：what several people ask for, as a chart and as a list that opens."""
    form = PeriodForm(request.GET)
    hot: list[Hot] = []
    rows = Application.objects.on_the_desk_of(request.user)
    if form.is_valid():
        told = form.cleaned_data
        hot = learning.hot_topics(rows, told["since"], told["until"], least=told["least"])[:SHOWN]
    by_key = rows.select_related("organ").in_bulk([key for one in hot for key in one.keys[:LISTED]])
    fit = learning.for_all(by_key.values(), by=request.user)
    listed = [
        Shown(
            place,
            one,
            [(by_key[key], fit.get(key)) for key in one.keys[:LISTED] if key in by_key],
        )
        for place, one in enumerate(hot, start=1)
    ]
    organs: dict[str, int] = {}
    for one in listed:
        for row, _ in one.rows:
            organs[row.organ.name] = organs.get(row.organ.name, 0) + 1
    context = {
        "form": form,
        "topics": listed,
        "chart": bars("热点主题", ((one.hot.name, len(one.hot), f"#topic-{one.place}")
                               for one in listed)),
        "organs": bars("涉及机关", ((name, count, "") for name, count in
                               sorted(organs.items(), key=lambda one: -one[1])[:SHOWN])),
    }  # fmt: skip
    return render(request, "applications/desk/topics.html", context)


@desk_page
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """转为主动公开（第四十四条）：a draft in one step, without the applicant."""
    one = case(pk, request.user)
    reply = one.replies.select_related("application__organ").order_by("round").last()
    reasons = (
        learning.why_not_publish(reply, by=request.user)
        if reply
        else ["还没有答复，没有可以公开的"]
    )
    form = PublishForm(
        request.POST or None, initial={"title": one.subject, "kind": "other"},
        drafters=learning.drafters_of(one.organ, by=request.user), by=request.user,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and reply is not None:
        try:
            document = learning.publish(reply, by=request.user, **form.cleaned_data)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, _handed(document, request.user))
            return redirect(reverse("documents:desk_document", args=[document.pk]))
    return render(
        request,
        "applications/desk/deed.html",
        {
            "application": one,
            "title": "转为主动公开",
            "form": form if reply else None,
            "why_not": reasons,
            "button": "拟成公开文件",
        },
    )


def _handed(document: Document, by: Staff) -> str:
    if document.author_id == by.pk:
        return "已经拟成公开文件的草稿，请核对后提交审查。"
    return f"已经拟成公开文件的草稿，交{document.author}核对、完善后提交审查。"
