"""公报刊登：what waits to be printed, what was printed in which issue, what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.documents.actions import gazette as actions
from gongkai.documents.desk.exports import MOST_EXPORTED, Sheet, sent
from gongkai.documents.gazette import (
    KEEPERS,
    Issue,
    gazette_of,
    organs_in_reach,
    queue,
)
from gongkai.documents.queries import PublicationQuery
from gongkai.documents.states import State
from gongkai.errors import GongkaiError
from gongkai.organs.models import Organ, Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.theme.forms import DateInput, add_sentence
from gongkai.theme.paging import Count, capped_count, page


@dataclass(frozen=True)
class View:
    """页签：which rows, in what order."""

    label: str
    rows: Q
    order: tuple[str, str]


VIEWS = {
    "": View(
        "待刊",
        Q(at__isnull=True, ended_at__isnull=True, document__state=State.ISSUED),
        ("document__issued_at", "pk"),
    ),
    "printed": View("已刊登", Q(at__isnull=False), ("-at", "-pk")),
    "left": View("不再刊登", Q(at__isnull=True, ended_at__isnull=False), ("-ended_at", "-pk")),
}
_LISTED = (
    *("pk", "detail", "at", "ended_at", "document", "document__title", "document__number"),
    *("document__issued_at", "document__organ"),
)


class GazetteForm(forms.Form):
    """刊登在哪一期。"""

    gazette = forms.CharField(label="公报名称", max_length=100)
    year = forms.IntegerField(label="年份", min_value=1949, max_value=9999)
    number = forms.IntegerField(label="当年第几期", min_value=1)
    printed_on = forms.DateField(label="刊印日期", widget=DateInput())

    @property
    def issue(self) -> Issue:
        """期次：as filled in; raises BadInput for what cannot be one."""
        given = self.cleaned_data
        return Issue(given["gazette"], given["year"], given["number"])


class ReasonForm(forms.Form):
    """理由。"""

    note = forms.CharField(label="理由", max_length=200)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def gazette(request: StaffRequest) -> HttpResponse:
    """公报待刊：the list, and what is done with those ticked."""
    if request.method == "POST":
        return _do(request)
    return _list(request)


def _list(request: StaffRequest, **filled: Any) -> HttpResponse:
    view, organs = VIEWS[_show(request.GET)], organs_in_reach(request.user)
    rows = _rows(request.GET, organs)
    listing = page(rows.values(*_LISTED), order=view.order, at=request.GET.get("at", ""), size=50)
    named = dict(organs)
    for row in listing:
        row["organ"] = named.get(row["document__organ"], "")
    may = organs_with(request.user, KEEPERS)
    context = {
        "show": _show(request.GET),
        "views": VIEWS.items(),
        "page": listing,
        "count": capped_count(rows, order=view.order) if listing.older else Count(len(listing)),
        "organs": organs,
        "organ": request.GET.get("organ", ""),
        "query": request.GET.urlencode(),
        "may": may,
        "form": GazetteForm(initial=_known(request.user, list(named))) if may else None,
        "reason": ReasonForm(),
        "chosen": [],
    }
    return render(request, "documents/desk/gazette.html", context | filled)


def _show(given: QueryDict) -> str:
    show = given.get("show", "")
    return show if show in VIEWS else ""


def _rows(given: QueryDict, organs: list[tuple[int, str]]) -> PublicationQuery:
    asked = given.get("organ", "")
    keys = [key for key, _ in organs if not asked or str(key) == asked]
    return queue(keys).filter(VIEWS[_show(given)].rows)


def _known(staff: Staff, organs: list[int]) -> dict[str, Any]:
    """What will be the same again: the gazette of the last that was marked; this year, today."""
    today = timezone.localdate()
    printed = queue(organs).filter(VIEWS["printed"].rows, detail__startswith="《")
    last = printed.order_by(*VIEWS["printed"].order).values_list("detail", flat=True).first()
    if last:
        name = last[1:].partition("》")[0]
    else:
        name = gazette_of(Organ.objects.get(pk=organs_with(staff, KEEPERS)[0]))
    return {"gazette": name, "year": today.year, "printed_on": today}


def _do(request: StaffRequest) -> HttpResponse:
    """勾选的一并登记：done and told, or back on the list with the reason and what was typed."""
    given, printing = request.POST, request.POST.get("deed") == "print"
    keys = {int(key) for key in given.getlist("pk") if key.isascii() and key.isdecimal()}
    form = GazetteForm(given) if printing else ReasonForm(given)
    if form.is_valid():
        try:
            told = _done(form, keys, given.get("deed", ""), request.user)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, told)
            return redirect(request.get_full_path())
    return _list(request, **{"form" if printing else "reason": form, "chosen": keys})


def _done(form: forms.Form, keys: set[int], deed: str, by: Staff) -> str:
    """What was done, as a sentence."""
    if isinstance(form, GazetteForm):
        issue, on = form.issue, form.cleaned_data["printed_on"]
        return f"已登记{actions.print_in(keys, issue, on, by=by)}件刊登在{issue}。"
    note = form.cleaned_data["note"]
    if deed == "leave":
        return f"已登记{actions.leave_out(keys, by=by, note=note)}件不再刊登。"
    return f"已退回{actions.put_back(keys, by=by, note=note)}件，列入待刊。"


@desk_page
@require_safe
def export(request: StaffRequest, form: str) -> HttpResponseBase:
    """导出公报清单：the same rows as the list."""
    view, organs = VIEWS[_show(request.GET)], organs_in_reach(request.user)
    rows = _rows(request.GET, organs).order_by(*view.order)[:MOST_EXPORTED]
    lines = (
        [
            row["document__title"],
            row["document__number"],
            row["document__issued_at"],
            row["detail"],
            timezone.localdate(row["at"]) if row["at"] else None,
            row["document__organ__name"],
        ]
        for row in rows.values(*_LISTED, "document__organ__name").iterator(2_000)
    )
    detail = "理由" if _show(request.GET) == "left" else "公报"
    heads = {"标题": 60, "发文字号": 22, "发布时间": 18, detail: 36, "刊印日期": 12, "公开机关": 28}
    return sent(Sheet("gazette", f"公报{view.label}", heads, lines), form)
