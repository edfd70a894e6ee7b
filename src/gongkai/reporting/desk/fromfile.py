"""由文件编报的页面：for an organ whose records are kept elsewhere; its file goes the usual way."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from gongkai.errors import GongkaiError
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.reporting.actions.filling import why_not_edit
from gongkai.reporting.actions.loading import begin_from_file, read_again
from gongkai.reporting.desk.files import filing_of
from gongkai.reporting.desk.loads import writing_for
from gongkai.reporting.forms.loading import AgainForm, FromFileForm
from gongkai.theme.forms import add_sentence


@desk_page
def from_file(request: StaffRequest) -> HttpResponse:
    """由文件编报：read, then checked, approved and submitted like any other."""
    organs = writing_for(request.user)
    form = FromFileForm(
        request.POST or None, request.FILES or None, organs=organs,
        initial={"organ": request.user.organ_id},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        file = told["file"]
        try:
            made = begin_from_file(
                told["organ"], told["year"], file.read(), file.name, by=request.user
            )
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, "已读入，请核对数字和文字，再提交审签。")
            return redirect(made)
    return render(request, "reporting/desk/from_file.html", {"form": form, "filing": None})


@desk_page
def again(request: StaffRequest, pk: int) -> HttpResponse:
    """重新读入：another file takes the place of the one before."""
    one = filing_of(pk, request.user)
    form = AgainForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            read_again(one, file.read(), file.name, by=request.user)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, "已重新读入，请核对。")
            return redirect(one)
    context = {"form": form, "filing": one, "why_not": why_not_edit(one, by=request.user)}
    return render(request, "reporting/desk/from_file.html", context)
