"""相关文件的办理：tie documents together, begin the interpretation of a policy."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.documents.actions import interpreting, validity
from gongkai.documents.desk.papers import paper, valid
from gongkai.documents.forms import INTERPRETED_BY, LinkForm
from gongkai.documents.models import Relation
from gongkai.documents.numbers import find_documents
from gongkai.documents.states import Link
from gongkai.organs.pages import StaffRequest, desk_page


@desk_page
@require_POST
def link(request: StaffRequest, pk: int) -> HttpResponse:
    """建立关系：where the words of a title fit several documents, they are shown to choose from."""
    one = paper(pk, request.user)
    form = LinkForm(request.POST, document=one)
    valid(form)
    given = form.cleaned_data
    if given["pick"]:
        found = [paper(given["pick"], request.user)]
    else:
        found = [d for d in find_documents(given["target"], near=one.organ) if d != one]
    if len(found) != 1:
        context = {"document": one, "form": form, "found": found}
        return render(request, "documents/desk/choose.html", context)
    other, how = found[0], given["link"]
    if how == INTERPRETED_BY:
        validity.link(other, one, Link.INTERPRETS, by=request.user)
        messages.success(request, f"已记：《{other.title}》是本文件的解读材料。")
    else:
        validity.link(one, other, how, by=request.user, on=given["on"])
        messages.success(request, f"已记：本文件{Link(how).label}《{other.title}》。")
    return redirect("documents:desk_document", pk)


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
