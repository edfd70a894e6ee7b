"""相关文件的办理：tie documents together, begin the interpretation of a policy."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.documents.actions import interpreting, validity
from gongkai.documents.desk.papers import page_of, paper
from gongkai.documents.forms import INTERPRETED_BY, LinkForm
from gongkai.documents.models import Document, Relation
from gongkai.documents.numbers import find_others
from gongkai.documents.states import Link
from gongkai.errors import GongkaiError
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.theme.forms import add_sentence


@desk_page
@require_POST
def link(request: StaffRequest, pk: int) -> HttpResponse:
    """建立关系：where the words of a title fit several documents, they are shown to choose from."""
    one = paper(pk, request.user)
    form = LinkForm(request.POST, document=one)
    if not form.is_valid():
        return page_of(request, one, link_form=form)
    try:
        if form.cleaned_data["pick"]:
            found = [paper(form.cleaned_data["pick"], request.user)]
            form.offer(found[0])
        else:
            found = find_others(form.cleaned_data["target"], one)
        if len(found) > 1:
            context = {"document": one, "form": form, "found": found}
            return render(request, "documents/desk/choose.html", context)
        told = _tie(one, found[0], form.cleaned_data, by=request.user)
    except GongkaiError as problem:
        add_sentence(form, problem)
        return page_of(request, one, link_form=form)
    messages.success(request, told)
    return redirect("documents:desk_document", pk)


def _tie(one: Document, other: Document, given: dict[str, Any], *, by: Staff) -> str:
    """Tie them and say how."""
    if given["link"] == INTERPRETED_BY:
        validity.link(other, one, Link.INTERPRETS, by=by)
        return f"已记：《{other.title}》是本文件的解读材料。"
    validity.link(one, other, given["link"], by=by, on=given["on"])
    return f"已记：本文件{Link(given['link']).label}《{other.title}》。"


@desk_page
@require_POST
def unlink(request: StaffRequest, pk: int, key: int) -> HttpResponse:
    """取消关系。"""
    one = paper(pk, request.user)
    rows = Relation.objects.select_related("source__organ", "target__organ")
    relation = get_object_or_404(rows.filter(Q(source=one) | Q(target=one)), pk=key)
    validity.unlink(relation, by=request.user)
    return redirect("documents:desk_document", pk)


@desk_page
@require_POST
def interpret(request: StaffRequest, pk: int) -> HttpResponse:
    """起草解读：on to the form of the new draft."""
    reading = interpreting.interpret(paper(pk, request.user), by=request.user)
    messages.success(request, "已建立解读稿，并与文件建立“解读”关系；两份文件一并签发、发布。")
    return redirect("documents:edit", reading.pk)
