"""导入原有的台账：upload, columns, doubts, and then all that can be loaded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from gongkai.disputes.actions import loading
from gongkai.disputes.actions.taking import HANDLERS
from gongkai.disputes.loading import LABELS, NEEDED
from gongkai.errors import GongkaiError, NotAllowed, Unreadable
from gongkai.organs.models import Organ
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.theme.forms import add_sentence

#: So many rows with doubts are shown; the rest are counted.
_SHOWN = 200


class UploadForm(forms.Form):
    """上传台账。"""

    organ: Any = forms.ModelChoiceField(Organ.objects.none(), label="机关", empty_label=None)
    file = forms.FileField(
        label="台账", help_text="XLSX或者CSV，每行一件案件，第一行（或标题下面一行）是列名"
    )

    def __init__(self, *args: Any, organs: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]


@desk_page
def load(request: StaffRequest) -> HttpResponse:
    """导入：the file travels sealed in the form until it is confirmed."""
    keys = organs_with(request.user, HANDLERS)
    if not keys:
        raise NotAllowed("台账由本机关的信息公开机构、法制机构导入。")
    organs = Organ.objects.filter(pk__in=keys).order_by("path")
    if "sealed" in request.POST:
        return _confirmed(request, organs)
    form = UploadForm(request.POST or None, request.FILES or None, organs=organs)
    if request.method == "POST" and form.is_valid():
        file, organ = form.cleaned_data["file"], form.cleaned_data["organ"]
        try:
            sealed = loading.wrap(file.read(loading.LARGEST + 1), organ, by=request.user)
            return _shown(request, organ, file.name, sealed)
        except GongkaiError as problem:
            add_sentence(form, problem)
    return render(request, "disputes/desk/load.html", {"form": form})


def _confirmed(request: StaffRequest, organs: Any) -> HttpResponse:
    """The columns as somebody chose them: looked over again, or loaded."""
    key = request.POST.get("organ", "")
    organ = organs.filter(pk=int(key)).first() if key.isascii() and key.isdecimal() else None
    if organ is None:
        raise Unreadable("上传的文件已经失效，请重新上传。")
    name, sealed = request.POST.get("name", ""), request.POST["sealed"]
    if request.POST.get("do") != "load":
        return _shown(request, organ, name, sealed)
    data = loading.unwrap(sealed, organ, by=request.user)
    try:
        count = loading.load(data, name, organ, by=request.user, given=_given(request))
    except GongkaiError as problem:
        return _shown(request, organ, name, sealed, problem=f"{problem}")
    messages.success(request, f"已导入{count}件案件。")
    return redirect("disputes:ledger")


def _shown(
    request: StaffRequest, organ: Organ, name: str, sealed: str, *, problem: str = ""
) -> HttpResponse:
    data = loading.unwrap(sealed, organ, by=request.user)
    look = loading.look_over(data, name, organ, _given(request))
    context = {
        "organ": organ,
        "name": name,
        "sealed": sealed,
        "look": look,
        "problem": problem,
        "columns": [(f"column-{n}", head, look.mapping.get(head, ""))
                    for n, head in enumerate(look.heads)],
        "heads": look.heads,
        "ours": list(LABELS.items()),
        "needed": "、".join(LABELS[one] for one in NEEDED),
        "doubtful": look.doubtful[:_SHOWN],
        "failed": sum(one.failed and not one.same for one in look.rows),
    }  # fmt: skip
    return render(request, "disputes/desk/load.html", context)


def _given(request: StaffRequest) -> dict[str, str]:
    """列名对应：what was chosen for each column of the file."""
    heads = request.POST.getlist("head")
    chosen = {head: request.POST.get(f"column-{n}") for n, head in enumerate(heads)}
    return {head: ours for head, ours in chosen.items() if ours is not None}
