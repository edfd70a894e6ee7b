"""附件的办理：add one, take it away, clean it, look at it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from gongkai.documents.actions import attaching
from gongkai.documents.desk.papers import beside, paper
from gongkai.documents.forms import AttachmentForm
from gongkai.documents.models import Document, DocumentFile
from gongkai.files.handing import hand_out
from gongkai.organs.pages import StaffRequest, desk_page


@desk_page
@require_POST
def attach(request: StaffRequest, pk: int) -> HttpResponse:
    """添加附件。"""
    one = paper(pk, request.user)

    def do(given: dict[str, Any]) -> str:
        file = given["file"]
        attaching.attach(one, file, file.name, by=request.user, title=given["title"])
        return f"已添加附件{file.name}。"

    form = AttachmentForm(request.POST, request.FILES)
    return beside(request, one, "attachment_form", form, do)


@desk_page
@require_POST
def detach(request: StaffRequest, pk: int, key: int) -> HttpResponse:
    """删除附件。"""
    attaching.detach(_file(paper(pk, request.user), key), by=request.user)
    return redirect("documents:desk_document", pk)


@desk_page
@require_POST
def clean(request: StaffRequest, pk: int, key: int) -> HttpResponse:
    """清除隐藏信息。"""
    kept = _file(paper(pk, request.user), key)
    gone = attaching.clean_file(kept, by=request.user)
    messages.success(request, f"已清除{kept.name}中的{'、'.join(gone)}。")
    return redirect("documents:desk_document", pk)


@desk_page
@require_safe
def file(request: StaffRequest, pk: int, key: int) -> HttpResponseBase:
    """附件：for those at the desk."""
    kept = _file(paper(pk, request.user), key)
    return hand_out(kept.blob, kept.name, inline=True, request=request)


def _file(one: Document, key: int) -> DocumentFile:
    kept = get_object_or_404(DocumentFile.objects.select_related("blob"), pk=key, document=one)
    kept.document = one
    return kept
