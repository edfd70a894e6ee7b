"""拟写答复：the outcome of each matter, the files, the letter, and off to review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.applications.actions import deciding, papers, replying, supplying
from gongkai.applications.actions.supplying import look_at, supplied
from gongkai.applications.actions.taking import refuse
from gongkai.applications.desk.case import case
from gongkai.applications.forms.deeds.replying import (
    BodyForm,
    FindingsForm,
    SupplyForm,
    letter_of,
)
from gongkai.applications.models import Application, Attachment, Matter
from gongkai.applications.states import Sort
from gongkai.errors import BadInput, GongkaiError
from gongkai.law.outcomes import Outcome, outcome
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.screening.screen import screen
from gongkai.steps.actions import OVERTAKEN
from gongkai.theme.forms import add_sentence

#: 表三没有更正申请: its end is put down as “其他处理”.
_COUNTED_AS = "F3b"
_GROUPS = {
    "A": "予以公开",
    "B": "部分公开",
    "C": "不予公开",
    "D": "无法提供",
    "E": "不予处理",
    "F": "其他处理",
}


@dataclass(frozen=True, slots=True)
class Decided:
    """一项：its outcome with all that follows from it."""

    matter: Matter
    outcome: Outcome | None

    @property
    def letter(self) -> Any:
        """用哪份文书。"""
        return letter_of(self.matter, self.outcome) if self.outcome else None


def decided(one: Application) -> list[Decided]:
    """各项的答复结果。"""
    return [
        Decided(matter, outcome(matter.outcome) if matter.outcome else None)
        for matter in one.matters.all()
    ]


def _workbench(one: Application) -> str:
    return reverse("applications:deed_submit", args=[one.pk])


@desk_page
def reply(request: StaffRequest, pk: int) -> HttpResponse:
    """拟写答复的工作台。"""
    one = case(pk, request.user)
    problem: GongkaiError | None = None
    body: str | None = None
    if request.method == "POST":
        body = request.POST.get("body")
        try:
            if request.POST.get("seen", one.state) != one.state:
                raise BadInput(OVERTAKEN)
            return _step(request, one)
        except GongkaiError as raised:
            problem = raised
            one = case(pk, request.user)
    return _shown(request, one, problem, body)


def _step(request: StaffRequest, one: Application) -> HttpResponse:
    """One button of the workbench."""
    by, step = request.user, request.POST.get("step", "")
    if step == "compose":
        made = replying.compose_reply(one, by=by)
        messages.success(request, f"已生成{made.title}，请核对正文。")
    elif step in ("save", "submit"):
        refuse(replying.why_not_write(one, by=by))
        _keep(one, by, request.POST.get("body"))
        if step == "submit":
            replying.advance(one, "submit", by=by, note=request.POST.get("note", "").strip())
            messages.success(request, "已提交合法性审核。")
            return redirect(one)
        messages.success(request, "已保存正文。")
    elif step == "supply":
        form = SupplyForm(request.POST, request.FILES)
        if not form.is_valid():
            raise BadInput("请选择要提供的文件。")
        file = form.cleaned_data["file"]
        supplying.supply(one, file, file.name, by=by)
        messages.success(request, f"已添加{file.name}。")
    elif step.partition("-")[0] in ("clean", "drop", "clear"):
        _on_file(request, one, step)
    else:
        raise BadInput("没有这个办理动作，请刷新页面。")
    return redirect(_workbench(one))


def _keep(one: Application, by: Staff, body: str | None) -> None:
    """Save the text if it was changed."""
    paper = replying.paper_of(one)
    if body is None or paper is None:
        return
    form = BodyForm({"body": body})
    if not form.is_valid():
        raise BadInput("正文：" + "".join(map(str, form.errors["body"])))
    if form.cleaned_data["body"].replace("\r\n", "\n").strip() != paper.body:
        paper.application = one
        papers.edit(paper, by=by, body=form.cleaned_data["body"])


def _on_file(request: StaffRequest, one: Application, step: str) -> None:
    verb, _, key = step.partition("-")
    rows = Attachment.objects.filter(application=one, paper__isnull=True, sort="supplied")
    file = rows.select_related("blob").filter(pk=key if key.isascii() and key.isdigit() else 0)
    found = get_object_or_404(file)
    found.application = one
    if verb == "clean":
        supplying.clean_file(found, by=request.user)
        messages.success(request, f"已清除{found.name}中能够清除的隐藏信息。")
    elif verb == "drop":
        supplying.take_back(found, by=request.user)
        messages.success(request, f"已移除{found.name}。")
    else:
        reason = request.POST.get(f"reason-{key}", "")
        supplying.clear_file(found, by=request.user, reason=reason)
        messages.success(request, f"已登记{found.name}可以提供的理由。")


def _shown(
    request: StaffRequest, one: Application, problem: GongkaiError | None, body: str | None
) -> HttpResponse:
    paper = replying.paper_of(one)
    form = BodyForm(initial={"body": paper.body if paper else ""})
    if problem is not None:
        form = BodyForm({"body": body if body is not None else (paper.body if paper else "")})
        form.is_valid()
        add_sentence(form, problem)
    context = {
        "application": one,
        "title": "拟写答复",
        "why_not": [] if problem else replying.why_not_write(one, by=request.user),
        "matters": decided(one),
        "not_ready": deciding.why_not_ready(one),
        "paper": paper,
        "form": form,
        "files": [look_at(file) for file in supplied(one)],
        "supply": SupplyForm(),
        "findings": screen(paper.body, year=paper.dated_on.year) if paper else [],
        "not_submit": replying.why_not_submit(one, by=request.user) if paper else [],
        "stale": paper is not None and _stale(one),
    }
    return render(request, "applications/desk/deeds/reply.html", context)


def _stale(one: Application) -> bool:
    """The outcome was changed after the letter was made."""
    made = one.replies.filter(round=one.round).first()
    return made is not None and made.outcome != deciding.overall(one)


@desk_page
def matter(request: StaffRequest, pk: int, key: int) -> HttpResponse:
    """一项申请内容：its outcome, then what the letter of that outcome needs."""
    one = case(pk, request.user)
    row = get_object_or_404(Matter, pk=key, application=one)
    row.application = one
    code = request.POST.get("outcome") or request.GET.get("outcome") or row.outcome
    if one.sort == Sort.RECTIFICATION:
        code = _COUNTED_AS
    chosen, told = _chosen(code)
    form = None
    if chosen is not None:
        form = FindingsForm(request.POST or None, matter=row, chosen=chosen)
    if request.method == "POST" and form is not None and chosen is not None:
        if request.POST.get("step") == "rows":
            form = _more_rows(form)
        elif form.is_valid():
            try:
                if request.POST.get("seen", one.state) != one.state:
                    raise BadInput(OVERTAKEN)
                refuse(replying.why_not_write(one, by=request.user))
                deciding.decide(row, chosen.code, by=request.user, **form.told())
            except GongkaiError as problem:
                add_sentence(form, problem)
            else:
                messages.success(request, f"已保存：{chosen.name}。")
                return redirect(_workbench(one))
    choices = deciding.choices(row)
    context = {
        "application": one,
        "title": "选定答复结果",
        "matter": row,
        "groups": _grouped(choices, chosen),
        "chosen": chosen,
        "letter": letter_of(row, chosen) if chosen else None,
        "told": told,
        "against": deciding.why_not_decide(row, chosen.code) if chosen else [],
        "form": form,
        "picks": one.sort != Sort.RECTIFICATION,
        "searches": one.searches.all() if chosen and chosen.code == "D1a" else [],
        "why_not": [] if request.method == "POST" else replying.why_not_write(one, by=request.user),
    }
    return render(request, "applications/desk/deeds/matter.html", context)


def _chosen(code: str) -> tuple[Outcome | None, str]:
    if not code:
        return None, ""
    try:
        return outcome(code[:4]), ""
    except GongkaiError as problem:
        return None, str(problem)


def _more_rows(form: FindingsForm) -> FindingsForm:
    """The same, with blank rows again at the end, and nothing said about what is missing."""
    known = {name: form[name].value() for name in form.fields}
    again = FindingsForm(matter=form.matter, chosen=form.chosen)
    for name, value in known.items():
        again.fields[name].initial = value
    return again


def _grouped(
    choices: list[tuple[Outcome, list[str]]], chosen: Outcome | None
) -> list[tuple[str, list[dict[str, Any]]]]:
    """按表三分组。"""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in _GROUPS.values()}
    for one, reasons in choices:
        row = {"outcome": one, "reasons": reasons, "chosen": one == chosen}
        found[_GROUPS[one.code[0]]].append(row)
    return list(found.items())
