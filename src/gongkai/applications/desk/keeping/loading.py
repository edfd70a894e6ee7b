"""导入登记簿的页面：upload, columns, what is doubtful, and the deed behind the scenes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from gongkai.applications.actions import loading
from gongkai.applications.loading.headings import LABELS, NEEDED, mapping_of
from gongkai.applications.loading.sheets import read_table
from gongkai.applications.models import Load
from gongkai.documents.desk.exports import Sheet, sent
from gongkai.errors import GongkaiError
from gongkai.organs.models import Organ
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.theme.forms import add_sentence
from gongkai.theme.paging import page

_OFFICE = frozenset({Duty.DISCLOSURE})
_SHOWN = 20


class UploadForm(forms.Form):
    """上传登记簿。"""

    organ: Any = forms.ModelChoiceField(Organ.objects.none(), label="机关", empty_label=None)
    file = forms.FileField(
        label="登记簿", help_text="XLSX或者CSV，每行一件申请，第一行（或标题下面一行）是列名"
    )

    def __init__(self, *args: Any, organs: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["organ"]
        chosen.queryset = organs


@desk_page
def loads(request: StaffRequest) -> HttpResponse:
    """导入登记簿：upload one; those before it."""
    mine = organs_with(request.user, _OFFICE)
    organs = Organ.objects.filter(pk__in=mine).order_by("pk")
    form = UploadForm(request.POST or None, request.FILES or None, organs=organs)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            read_table(data := file.read(), file.name)
            made = loading.take_in(form.cleaned_data["organ"], data, file.name, by=request.user)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            return redirect(made)
    listed = Load.objects.filter(organ__in=mine).select_related("organ", "by")[:_SHOWN]
    context = {"form": form, "loads": listed, "may": bool(mine)}
    return render(request, "applications/desk/keeping/loads.html", context)


@desk_page
def load(request: StaffRequest, pk: int) -> HttpResponse:
    """一次导入：its columns, its doubts, and what may be done with it."""
    made = _load(request, pk)
    problem = ""
    if request.method == "POST":
        try:
            if answered := _done(request, made):
                return answered
        except GongkaiError as raised:
            problem = f"{raised}"
    doubts = page(
        made.doubts.all(), order=("-fatal", "row", "pk"), at=request.GET.get("at", ""), size=50
    )
    context = {
        "load": made,
        "problem": problem,
        "columns": [] if made.applied_at else _columns(request, made),
        "page": doubts,
        "ours": list(LABELS.items()),
        "needed": "、".join(LABELS[name] for name in NEEDED),
    }
    return render(request, "applications/desk/keeping/load.html", context)


def _load(request: StaffRequest, pk: int) -> Load:
    rows = Load.objects.filter(organ__in=organs_with(request.user, _OFFICE))
    return get_object_or_404(rows.select_related("organ"), pk=pk)


def _done(request: StaffRequest, made: Load) -> HttpResponse | None:
    what = request.POST.get("do")
    if what == "apply":
        loading.apply(made, by=request.user)
        messages.success(request, "正在后台导入，可以离开本页，稍后回来查看结果。")
    elif what == "give_up":
        loading.give_up(made, by=request.user)
        messages.success(request, "已放弃导入，上传的文件已经删除。")
        return redirect("applications:loads")
    else:
        loading.look_over(made, _given(request, made), by=request.user)
        messages.success(request, "检查完毕，还没有导入任何内容。")
    return redirect(made)


def _given(request: StaffRequest, made: Load) -> dict[str, str]:
    """What somebody chose that is not what the heading says itself."""
    heads = read_table(loading.content_of(made), made.name).heads
    known = mapping_of(heads)
    chosen = {head: request.POST.get(f"column-{n}") for n, head in enumerate(heads)}
    return {
        head: ours
        for head, ours in chosen.items()
        if ours is not None and ours != known.get(head, "")
    }


def _columns(request: StaffRequest, made: Load) -> list[dict[str, Any]]:
    """The columns of the file with an example of each and what it is taken for."""
    table = read_table(loading.content_of(made), made.name)
    try:
        mapping = mapping_of(table.heads, made.mapping)
    except GongkaiError:
        mapping = mapping_of(table.heads)
    return [
        {
            "name": f"column-{n}",
            "head": head,
            "ours": request.POST.get(f"column-{n}", mapping.get(head, "")),
            "filled": sum(row.cells.get(head) not in (None, "") for row in table.rows),
        }
        for n, head in enumerate(table.heads)
    ]


@desk_page
@require_safe
def doubts_file(request: StaffRequest, pk: int) -> HttpResponseBase:
    """疑点的CSV。"""
    made = _load(request, pk)
    heads = {"行": 6, "登记编号": 30, "列": 16, "读到的内容": 30, "疑点": 60, "是否导入": 10}
    rows = (
        [one.row, one.number, one.column, one.read, one.reason, "否" if one.fatal else "是"]
        for one in made.doubts.iterator()
    )
    return sent(Sheet(f"doubts-{made.pk}", "疑点", heads, rows), "csv")
