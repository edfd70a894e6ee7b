"""一份文件的办理页：form, text, findings, next steps with their reasons, trail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.documents.actions import attaching, drafting, interpreting, publishing, reviewing
from gongkai.documents.actions.obstacles import next_steps, why_not
from gongkai.documents.body.difference import difference
from gongkai.documents.forms import (
    AttachmentForm,
    BeginForm,
    BodyForm,
    ChannelForm,
    CorrectionForm,
    LinkForm,
    NumberForm,
    PaperForm,
    PassForm,
    ScheduleForm,
    UploadForm,
)
from gongkai.documents.letters import form_file
from gongkai.documents.models import Document, DocumentFile, Override, Version
from gongkai.documents.showing import at_the_desk, context_of, show
from gongkai.errors import GongkaiError, NotAllowed
from gongkai.organs.models import Organ, Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import organs_with
from gongkai.organs.states import Duty
from gongkai.steps.actions import comment, posted
from gongkai.theme.forms import add_sentence


def paper(pk: int, staff: Staff) -> Document:
    """一份文件：if it is on this person's desk; otherwise there is none."""
    rows = Document.objects.on_the_desk_of(staff).select_related("organ", "form", "author")
    return get_object_or_404(rows, pk=pk)


@desk_page
@require_safe
def document(request: StaffRequest, pk: int) -> HttpResponse:
    """办理页。"""
    return page_of(request, paper(pk, request.user))


def page_of(request: StaffRequest, one: Document, **filled: Any) -> HttpResponse:
    """办理页：with a form as it was filled in, should it not have been in order."""
    context = _context(request, one) | filled
    return render(request, "documents/desk/document.html", context)


def beside(
    request: StaffRequest,
    one: Document,
    name: str,
    form: Form,
    do: Callable[[dict[str, Any]], str],
) -> HttpResponse:
    """页边的小表单：done and told, or back on the page, open, with the reason and what was typed.

    ``name`` is what the page calls the form; ``do`` returns the sentence of success.
    """
    if form.is_valid():
        try:
            told = do(form.cleaned_data)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, told)
            return redirect("documents:desk_document", one.pk)
    return page_of(request, one, **{name: form})


def _context(request: StaffRequest, one: Document) -> dict[str, Any]:
    by = request.user
    offers = {offer.move.name: offer for offer in next_steps(one, by=by)}
    own = [offers.pop(name) for name in list(offers) if name in reviewing.OWN_FORM]
    has_form = hasattr(one, "form")
    passed = {
        override.mark: override
        for override in Override.objects.filter(document=one).select_related("by")
    }
    return {
        "document": one,
        "form": one.form if has_form else None,
        "offers": list(offers.values()),
        "own_forms": {offer.move.name: offer for offer in own},
        "facts": _facts(one, by),
        "why_not_edit": drafting.why_not_edit(one, by=by) if has_form else ["导入的文件没有审查表"],
        "why_not_write": drafting.why_not_write(one, by=by),
        "why_not_let_pass": drafting.why_not_let_pass(one, by=by),
        "findings": [
            {"finding": finding, "passed": passed.get(finding.mark)}
            for finding in drafting.all_findings(one)
        ],
        "columns": one.placements.filter(direct=True).select_related("column"),
        "publications": one.publications.select_related("column").order_by("pk"),
        "acts": one.acts.select_related("target"),
        "acted_upon": one.acted_upon.select_related("source"),
        "versions": one.versions.order_by("-number").defer("html").select_related("by"),
        "files": _files(one, by),
        "number_form": NumberForm(organ=one.organ),
        "schedule_form": ScheduleForm(),
        "channel_form": ChannelForm(),
        "attachment_form": AttachmentForm(),
        "link_form": LinkForm(document=one),
        "why_not_interpret": interpreting.why_not_interpret(one, by=by),
        "today": timezone.localdate(),
    }


def _files(one: Document, by: Staff) -> list[DocumentFile]:
    """The files, and of each whether a button to clean it makes sense."""
    found = list(one.files.select_related("blob"))
    writing = not drafting.why_not_write(one, by=by)
    for file in found:
        file.cleanable = writing and attaching.cleanable(file)  # type: ignore[attr-defined]
    return found


def _facts(one: Document, by: Staff) -> list[tuple[str, Any]]:
    """What is known of it; a draft has no validity yet."""
    shown = show(one.pk, to=by)
    facts = shown.facts if shown else []
    return [fact for fact in facts if fact[1] and (one.issued_at or fact[0] != "有效性")]


@desk_page
def begin(request: StaffRequest) -> HttpResponse:
    """起草：organ, kind, title, and the text if it is at hand."""
    organs = organs_with(request.user, frozenset({Duty.DRAFT}))
    if not organs:
        raise NotAllowed("起草文件须担任起草岗位，请与本机关的安全管理员联系。")
    form = BeginForm(
        request.POST or None, request.FILES or None, organs=organs,
        initial={"organ": request.user.organ_id},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            one = _begun(request, **form.cleaned_data)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            return redirect("documents:edit", one.pk)
    return render(request, "documents/desk/begin.html", {"form": form})


def _begun(request: StaffRequest, organ: Organ, kind: str, title: str, file: Any) -> Document:
    """A file that is refused leaves no draft behind either."""
    if not file:
        return drafting.draft(organ, kind, title, by=request.user)
    one, warnings = attaching.begin(organ, kind, title, file, file.name, by=request.user)
    _tell(request, file.name, warnings)
    return one


@desk_page
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """填写审查表：what may be set where the draft lies."""
    one = paper(pk, request.user)
    drafting.refuse(drafting.why_not_edit(one, by=request.user))
    form = PaperForm(request.POST or None, document=one)
    if request.method == "POST" and form.is_valid():
        try:
            drafting.edit(one, by=request.user, **form.values)
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, "已保存。")
            return redirect("documents:desk_document", one.pk)
    return render(request, "documents/desk/edit.html", {"document": one, "form": form})


@desk_page
@require_POST
def act(request: StaffRequest, pk: int) -> HttpResponse:
    """办理一步：the button of the next steps."""
    one = paper(pk, request.user)
    move, note = posted(request, one)
    match move:
        case "issue":
            publishing.issue(one, by=request.user, note=note)
        case "withdraw":
            publishing.withdraw(one, by=request.user, note=note)
        case "restore":
            publishing.restore(one, by=request.user, note=note)
        case _:
            reviewing.advance(one, move, by=request.user, note=note)
    messages.success(request, f"已办理：{one.FLOW[move].label}。")
    return redirect("documents:desk_document", one.pk)


@desk_page
@require_POST
def remark(request: StaffRequest, pk: int) -> HttpResponse:
    """批注。"""
    comment(paper(pk, request.user), request.POST.get("note", ""), by=request.user)
    return redirect("documents:desk_document", pk)


@desk_page
@require_POST
def number(request: StaffRequest, pk: int) -> HttpResponse:
    """编号。"""
    one = paper(pk, request.user)

    def do(given: dict[str, Any]) -> str:
        sign = "" if given["typed"] else given["sign"]
        told = reviewing.number(one, by=request.user, sign=sign, typed=given["typed"])
        return f"已编号：{told}。"

    return beside(request, one, "number_form", NumberForm(request.POST, organ=one.organ), do)


@desk_page
@require_POST
def schedule(request: StaffRequest, pk: int) -> HttpResponse:
    """定时发布。"""
    one = paper(pk, request.user)

    def do(given: dict[str, Any]) -> str:
        publishing.schedule(one, given["at"], by=request.user)
        return "已安排定时发布。"

    return beside(request, one, "schedule_form", ScheduleForm(request.POST), do)


@desk_page
@require_POST
def channel(request: StaffRequest, pk: int) -> HttpResponse:
    """登记其他渠道。"""
    one = paper(pk, request.user)

    def do(given: dict[str, Any]) -> str:
        publishing.record_channel(one, given["channel"], by=request.user, detail=given["detail"])
        return "已登记。"

    return beside(request, one, "channel_form", ChannelForm(request.POST), do)


@desk_page
@require_POST
def let_pass(request: StaffRequest, pk: int) -> HttpResponse:
    """放行筛查发现。"""
    one = paper(pk, request.user)

    def do(given: dict[str, Any]) -> str:
        drafting.let_pass(one, given["mark"], by=request.user, reason=given["reason"])
        return "已放行，理由记入办理过程。"

    return beside(request, one, "pass_form", PassForm(request.POST), do)


# ── 正文 ────────────────────────────────────────────────────────────────────────────────────


@desk_page
def body(request: StaffRequest, pk: int) -> HttpResponse:
    """正文：upload the signed-off DOCX, or correct what came of it."""
    one = paper(pk, request.user)
    drafting.refuse(drafting.why_not_write(one, by=request.user))
    upload, write = UploadForm(), BodyForm(initial={"html": _text(one)})
    if request.method == "POST" and request.FILES:
        upload = UploadForm(request.POST, request.FILES)
        if upload.is_valid() and _take_body(request, one, upload.cleaned_data["file"]):
            return redirect("documents:body", one.pk)
    elif request.method == "POST":
        write = BodyForm(request.POST)
        if write.is_valid():
            given = write.cleaned_data
            drafting.set_body(one, given["html"], by=request.user, reason=given["note"])
            messages.success(request, "正文已保存为新版本。")
            return redirect("documents:desk_document", one.pk)
    context = {"document": one, "upload": upload, "write": write}
    return render(request, "documents/desk/body.html", context)


@desk_page
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """更正：of what is before the public."""
    one = paper(pk, request.user)
    initial = {"title": one.title, "html": _text(one)}
    form = CorrectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            publishing.correct(
                one, given["html"], by=request.user, reason=given["note"], title=given["title"]
            )
        except GongkaiError as problem:
            add_sentence(form, problem)
        else:
            messages.success(request, "已更正，旧版本保留，更正说明已向公众显示。")
            return redirect("documents:desk_document", one.pk)
    reasons = why_not(one, "correct", by=request.user)
    context = {"document": one, "form": form, "reasons": reasons}
    return render(request, "documents/desk/correct.html", context)


def _text(one: Document) -> str:
    if not one.edition:
        return ""
    return Version.objects.values_list("html", flat=True).get(document=one, number=one.edition)


def _take_body(request: StaffRequest, one: Document, file: Any) -> bool:
    """Take the text in; a file that is refused is told of, and nothing of it is kept."""
    try:
        warnings = attaching.take_body(one, file, file.name, by=request.user)
    except GongkaiError as problem:
        messages.error(request, str(problem))
        return False
    _tell(request, file.name, warnings)
    return True


def _tell(request: StaffRequest, name: str, warnings: list[str]) -> None:
    for warning in warnings:
        messages.warning(request, f"{warning}。")
    messages.success(request, f"已读入{name}，请核对正文。")


@desk_page
@require_safe
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """预览：exactly as the public will see it."""
    shown = show(pk, to=request.user)
    if shown is None:
        raise Http404
    context = context_of(at_the_desk(shown)) | {"preview": True}
    return render(request, "documents/portal/document.html", context)


@desk_page
@require_safe
def version(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """版本比对：a version against the one before it; the first as it is."""
    one = paper(pk, request.user)
    texts = dict(one.versions.filter(number__in=(number - 1, number)).values_list("number", "html"))
    if number not in texts:
        raise Http404
    context = {
        "document": one,
        "version": one.versions.select_related("by").get(number=number),
        "first": texts[number] if number == 1 else "",
        "paragraphs": difference(texts[number - 1], texts[number]) if number > 1 else [],
    }
    return render(request, "documents/desk/version.html", context)


@desk_page
@require_safe
def form(request: StaffRequest, pk: int, form: str) -> HttpResponse:
    """打印审查表。"""
    return form_file(paper(pk, request.user), form)
