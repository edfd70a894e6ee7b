"""文书模板：the 38 letters, the wording in use, a new version with check and preview, versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.applications.actions.papers import templates_of
from gongkai.applications.actions.templating import why_not_withdraw, why_not_word, withdraw, word
from gongkai.applications.desk.files import printed
from gongkai.applications.desk.settings import organ_of
from gongkai.applications.forms.office import TemplateForm
from gongkai.applications.letters import check_template, fields_for, preview
from gongkai.applications.letters.layout import layout
from gongkai.applications.letters.texts import shipped
from gongkai.applications.models import LetterTemplate
from gongkai.documents.body.difference import Change, difference
from gongkai.errors import GongkaiError
from gongkai.law.letters import LETTERS, Letter, letter
from gongkai.organs.models import Organ
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.theme.forms import add_sentence


@desk_page
@require_safe
def templates(request: StaffRequest) -> HttpResponse:
    """文书模板一览：each letter with the version in use."""
    organ = organ_of(request)
    used = templates_of(organ, timezone.localdate())
    context = {
        "organ": organ,
        "lines": [(one, used.get(one.number)) for one in LETTERS],
        "why_not": why_not_word(organ, by=request.user),
    }
    return render(request, "applications/desk/templates.html", context)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: StaffRequest, number: int) -> HttpResponse:
    """一种文书的模板：edit as a new version; what the check finds is told, and a preview shown."""
    organ, one = organ_of(request), _letter(number)
    used = templates_of(organ, timezone.localdate()).get(number)
    text = used.body if used else shipped(one)
    initial = {"body": text, "valid_from": timezone.localdate()}
    form = TemplateForm(request.POST or None, initial=initial)
    shown: Any = None
    if request.method == "POST":
        body = request.POST.get("body", "")
        problems = check_template(number, body)
        shown = None if problems else _shown(one, body)
        if "apply" in request.POST and form.is_valid():
            try:
                made = word(organ, number, by=request.user, **form.cleaned_data)
            except GongkaiError as problem:
                add_sentence(form, problem)
            else:
                messages.success(request, f"已启用{made}。")
                return redirect(f"{request.path}?organ={organ.pk}")
        elif "apply" not in request.POST:
            form = TemplateForm(initial={**initial, **request.POST.dict()})
    else:
        problems, shown = [], _shown(one, text)
    context = {
        "organ": organ,
        "letter": one,
        "used": used,
        "form": form,
        "problems": problems,
        "preview": shown,
        "arranged": layout(shown.paragraphs) if shown else None,
        "why_not": why_not_word(organ, by=request.user),
        "versions": [
            (row, why_not_withdraw(row, by=request.user))
            for row in LetterTemplate.objects.filter(organ=organ, letter=number)
            .select_related("by", "organ")
            .order_by("-version")
        ],
        "fields": fields_for(one),
    }
    return render(request, "applications/desk/template.html", context)


def _letter(number: int) -> Letter:
    if not 1 <= number <= len(LETTERS):
        raise Http404
    return letter(number)


def _shown(one: Letter, body: str) -> Any:
    """预览：as far as it can be composed; what stands in the way is told by the check."""
    try:
        return preview(one, body)
    except GongkaiError:
        return None


@desk_page
@require_safe
def example(request: StaffRequest, number: int) -> HttpResponse:
    """示例PDF：the wording in use with example facts."""
    organ, one = organ_of(request), _letter(number)
    used = templates_of(organ, timezone.localdate()).get(number)
    return printed(preview(one, used.body if used else None), "pdf", f"{one.name}（示例）")


@desk_page
@require_safe
def version(request: StaffRequest, number: int, at: int) -> HttpResponse:
    """一个版本：its text, and what changed against the one before it."""
    organ, one = organ_of(request), _letter(number)
    row = get_object_or_404(LetterTemplate, organ=organ, letter=number, version=at)
    before = (
        LetterTemplate.objects.filter(organ=organ, letter=number, version__lt=at)
        .order_by("-version")
        .first()
    )
    context = {
        "organ": organ,
        "letter": one,
        "version": row,
        "before": before,
        "changes": _changes(before.body if before else shipped(one), row.body),
    }
    return render(request, "applications/desk/template_version.html", context)


def _changes(old: str, new: str) -> list[Change]:
    return difference(_html(old), _html(new))


def _html(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


@desk_page
@require_POST
def withdraw_version(request: StaffRequest, number: int, at: int) -> HttpResponse:
    """停用一个版本。"""
    organ: Organ = organ_of(request)
    row = get_object_or_404(LetterTemplate, organ=organ, letter=number, version=at)
    withdraw(row, by=request.user)
    messages.success(request, f"已停用{row}。")
    return redirect("applications:template", number)
