"""一份年报的编制页：six parts, three tables whose figures open, checks, next steps, trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai.annual.exchange import load
from gongkai.errors import BadInput, GongkaiError, NotAllowed
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.reporting.actions import checking, filling, moving
from gongkai.reporting.assembling import Assembled, Checked, Typed, assemble
from gongkai.reporting.desk.files import DOWNLOADS, filing_of
from gongkai.reporting.desk.parts import Writing, parts_of, query_of
from gongkai.reporting.desk.saving import Saved, save
from gongkai.reporting.forms.draft import Draft, contact_mark, mark_of
from gongkai.reporting.forms.filing import PublishForm
from gongkai.reporting.models import PART_NAMES, Filing
from gongkai.reporting.remembering import remembered_ground
from gongkai.reporting.states import Basis
from gongkai.steps.actions import comment, posted
from gongkai.theme.forms import add_sentence
from gongkai.trail.models import Step

#: Moves that send a report back; the reason stands on top until it is sent up again.
_RETURNS = ("return_up", "give_back", "reopen")
_CONTACT = {
    "address": "地址", "postcode": "邮政编码", "phone": "电话", "fax": "传真", "email": "电子邮箱",
}  # fmt: skip


@desk_page
@require_safe
def filing(request: StaffRequest, pk: int) -> HttpResponse:
    """编制页。"""
    return page_of(request, filing_of(pk, request.user))


def page_of(
    request: StaffRequest,
    one: Filing,
    *,
    draft: Draft | None = None,
    saved: Saved | None = None,
    **filled: Any,
) -> HttpResponse:
    """编制页：with what was typed and why it could not be saved, should that be so."""
    by, draft, saved = request.user, draft or Draft(), saved or Saved()
    why_not_edit = filling.why_not_edit(one, by=by)
    page = _writing(one, draft, by, editing=not why_not_edit and one.basis != Basis.FILE,
                     saved=saved)  # fmt: skip
    parts = parts_of(page)
    context = {
        "filing": one,
        "parts": parts,
        "editing": page.editing,
        "why_not_edit": why_not_edit,
        "no_last_year": page.checked.last_year is None,
        "offers": moving.offers(one, by=by, checked=page.checked),
        "publish_form": PublishForm(),
        "publish_by": moving.publish_by(one),
        "returned": _returned(one),
        "changes": [(one, query_of(one.ref)) for one in page.checked.changes],
        "downloads": DOWNLOADS,
        "figures": figures_of(page.checked),
        "contact": _contact(one, draft),
        "contact_was": contact_mark(one),
        "contact_wrong": saved.wrong.get("contact", ""),
        "note": one.note if draft.note is None else draft.note,
        "note_was": mark_of(one.note),
        "note_wrong": saved.wrong.get("correction", ""),
        "files": list(one.files.all()),
        "versions": _versions(one),
        "why_not_correct": filling.why_not_correct(one, by=by) if one.is_public else [],
        "wrong": _wrongs(saved),
        **filled,
    }
    return render(request, "reporting/desk/filing.html", context)


def _writing(
    one: Filing, draft: Draft, by: Staff, *, editing: bool, saved: Saved | None = None
) -> Writing:
    """Counted, or read from what is frozen, once for the whole page."""
    prefetch_related_objects(
        [one], "sections__edited_by", "entries__by", "waivers__by", "files__blob"
    )
    typed = draft.typed(one)
    saved = saved or Saved()
    return Writing(
        one, checked_of(one, typed), typed, draft, by, editing, saved.wrong, saved.others
    )


def checked_of(one: Filing, typed: Typed | None = None) -> Checked:
    """核验：a frozen report as it stands; others counted, with what is typed."""
    if one.basis == Basis.FILE:
        return Checked(one, assemble(one))
    ground = remembered_ground(one)
    if one.frozen is not None:
        return Checked(one, Assembled(load(one.frozen), {}), ground)
    return Checked(one, assemble(one, typed, ground), ground)


def figures_of(checked: Checked) -> list[dict[str, Any]]:
    """可以引用的数字：name, what it counts, how much that is now."""
    values = checked.assembled.values
    return [
        {"name": one.name, "label": one.label, "unit": one.unit, "value": values.get(one.name)}
        for one in checked.assembled.catalogue.values()
        if one.name in values
    ]


def _contact(one: Filing, draft: Draft) -> list[tuple[str, str, str]]:
    return [
        (name, label, draft.contact.get(name, getattr(one, name)))
        for name, label in _CONTACT.items()
    ]


def _wrongs(saved: Saved) -> list[tuple[str, str]]:
    """没有保存的：in words, with where to look."""
    places = {"contact": "contact", "correction": "correction"}
    return [
        (f"#{places.get(what) or (f'part-{what}' if isinstance(what, int) else 'part-2')}", why)
        for what, why in saved.wrong.items()
    ]


def _returned(one: Filing) -> Step | None:
    """退回的理由：of the last return, while the report is being mended for it."""
    if not one.is_editable:
        return None
    moves = Step.objects.of(one).filter(move__in=(*_RETURNS, "send_up", "take_back"))
    last = moves.order_by("-number").first()
    return last if last is not None and last.move in _RETURNS else None


def _versions(one: Filing) -> list[Filing]:
    rows = Filing.objects.of(one.organ, one.scope, one.year, one.name)
    return list(rows.defer("frozen"))


# ── 保存、核验 ──────────────────────────────────────────────────────────────────────────────


@desk_page
@require_POST
def store(request: StaffRequest, pk: int) -> HttpResponse:
    """保存：never refused for what the checks say; a button of the page may do one thing more."""
    one = filing_of(pk, request.user)
    draft = Draft.of(request.POST)
    try:
        saved = save(one, draft, by=request.user)
    except NotAllowed as problem:
        messages.error(request, str(problem))
        return page_of(request, filing_of(pk, request.user), unsaved=_unsaved(draft))
    do, _, which = request.POST.get("do", "").partition(":")
    try:
        told = _do_more(request, one, draft, do, which)
    except GongkaiError as problem:
        messages.error(request, str(problem))
        told = None
    if saved.whole and told is not None:
        messages.success(request, told)
        place = f"#part-{which}" if do == "save" and which in map(str, PART_NAMES) else ""
        place = "#files" if do in ("attach", "detach") else place
        return redirect(f"{one.get_absolute_url()}{place}")
    return page_of(request, filing_of(pk, request.user), draft=draft, saved=saved)


def _do_more(request: StaffRequest, one: Filing, draft: Draft, do: str, which: str) -> str:
    """按了哪个按钮：saved it is already; what was done besides, in words."""
    by = request.user
    match do:
        case "attach":
            upload = request.FILES.get("file")
            if upload is None:
                raise BadInput("请先选择要上传的附件。")
            filling.attach(
                one, upload, upload.name or "附件", by=by, title=request.POST.get("title", ""),
                inside="inside" in request.POST,
            )  # fmt: skip
            return "附件已上传。"
        case "detach":
            kept = get_object_or_404(one.files, pk=which if which.isdecimal() else 0)
            filling.detach(kept, by=by)
            return "附件已去掉。"
        case "waive":
            checking.waive(one, which, draft.reasons.get(which, ""), by=by)
            return "说明已记录。"
        case "unwaive":
            waiver = get_object_or_404(one.waivers, pk=which if which.isdecimal() else 0)
            checking.unwaive(waiver, by=by)
            return "说明已撤回。"
        case _:
            return "已保存。"


def _unsaved(draft: Draft) -> list[tuple[str, str]]:
    """没有保存的文字：shown to be copied, where the report may no longer be changed."""
    texts = [(PART_NAMES[number], one.text) for number, one in draft.texts.items()]
    cells = [(f"{ref}", f"{one.value}（来源：{one.source}）") for ref, one in draft.cells.items()]
    contact = [(_CONTACT[name], value) for name, value in draft.contact.items()]
    note = [("更正说明", draft.note)] if draft.note else []
    return [*texts, *cells, *contact, *note]


@desk_page
@require_POST
def check(request: StaffRequest, pk: int) -> HttpResponse:
    """核验：of what stands on the page, saved or not; nothing is kept."""
    one = filing_of(pk, request.user)
    why_not_edit = filling.why_not_edit(one, by=request.user)
    page = _writing(one, Draft.of(request.POST), request.user, editing=not why_not_edit)
    context: Mapping[str, Any] = {
        "filing": one, "parts": parts_of(page), "editing": page.editing, "again": True,
    }  # fmt: skip
    return render(request, "reporting/desk/_checked.html", dict(context))


# ── 流转 ────────────────────────────────────────────────────────────────────────────────────


@desk_page
@require_POST
def act(request: StaffRequest, pk: int) -> HttpResponse:
    """办理一步。"""
    one = filing_of(pk, request.user)
    move, note = posted(request, one)
    if move == "publish":
        form = PublishForm(request.POST)
        if not form.is_valid():
            return page_of(request, one, publish_form=form)
        try:
            moving.publish(one, by=request.user, on=form.cleaned_data["on"], note=note)
        except BadInput as problem:
            add_sentence(form, problem)
            return page_of(request, one, publish_form=form)
    else:
        moving.advance(one, move, by=request.user, note=note)
    messages.success(request, f"已办理：{one.FLOW[move].label}。")
    return redirect(one)


@desk_page
@require_POST
def remark(request: StaffRequest, pk: int) -> HttpResponse:
    """批注。"""
    one = filing_of(pk, request.user)
    comment(one, request.POST.get("note", ""), by=request.user)
    return redirect(f"{one.get_absolute_url()}#trail-title")


@desk_page
@require_POST
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """更正：a new version, with what it changes and why."""
    one = filing_of(pk, request.user)
    note = request.POST.get("note", "")
    try:
        made = filling.correct(one, by=request.user, note=note)
    except BadInput as problem:
        messages.error(request, str(problem))
        return page_of(request, one, correcting=note)
    messages.success(request, f"已新建第{made.version}版，公布以前原来的版本照旧。")
    return redirect(made)
