"""办理一步的页面：the form, the letter as it would go out, and the deed.

One page serves every deed of the tables beside it. What a deed would say and do is found by doing
it and taking it back (:func:`tried`), so that a preview can never differ from the letter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from gongkai.applications.actions.papers import as_letter
from gongkai.applications.clock import held, standing_of
from gongkai.applications.desk.case import case
from gongkai.applications.desk.files import printed
from gongkai.applications.desk.offers import why_not_do
from gongkai.applications.forms.deeds.base import LONGEST_BODY, DeedForm
from gongkai.applications.forms.register import day
from gongkai.applications.letters import Composed
from gongkai.applications.models import Application
from gongkai.errors import BadInput, GongkaiError
from gongkai.law.clock import Standing
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.steps.actions import OVERTAKEN
from gongkai.theme.forms import add_sentence

#: What a deed does with what was filled in.
Do = Callable[[Application, Staff, dict[str, Any]], object]
#: Stands for the number of the mail while a letter is only looked at.
_NO_NUMBER = "预览"


@dataclass(frozen=True, slots=True, kw_only=True)
class Also:
    """另一个做法：a second button of a page."""

    step: str
    label: str
    do: Do
    when: Callable[[Application], bool] = lambda _: True


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """一步：its move, its form, what it does, and which letters it may send.

    ``figures`` tells in sentences what would come of it; where they hang on what is filled in they
    are ``live``. ``also`` are further buttons; ``more`` is what its template shows besides.
    """

    move: str
    form: type[DeedForm]
    do: Do
    letters: tuple[int, ...] = ()
    button: str = ""
    figures: Callable[[Application, DeedForm], list[str]] | None = None
    live: bool = False
    also: tuple[Also, ...] = ()
    template: str = "applications/desk/deeds/deed.html"
    more: Callable[[Application], dict[str, Any]] = lambda _: {}


@dataclass(frozen=True, slots=True)
class Trial:
    """试办：the letter as it would go out, and what the clock would say after it."""

    letter: Composed
    body: str
    outlook: str

    @property
    def mark(self) -> str:
        """正文的记号：to see whether it was edited, or the facts have changed since."""
        return mark_of(self.body)


def mark_of(text: str) -> str:
    """文字的记号：whatever ends its lines."""
    return hashlib.sha256(tidy(text).encode()).hexdigest()[:16]


def tidy(text: str) -> str:
    """正文：as it is kept."""
    return text.replace("\r\n", "\n").strip()


def outlook(before: date | None, after: Standing) -> str:
    """之后的期限：in a sentence; empty when the reply has gone out."""
    if after.answered_on is not None:
        return ""
    if after.due is None:
        return f"期限状态为“{after.status}”。"
    was = f"（原为{day(before)}）" if before and before != after.due else ""
    return f"答复期限为{day(after.due)}{was}。"


def tried(one: Application, deed: Deed, by: Staff, told: dict[str, Any]) -> Trial:
    """试办：do it, read what came of it, take it back. Raises what the deed raises."""
    told = dict(told)
    if "sending" in told and not told["sending"].tracking:
        told["sending"] = replace(told["sending"], tracking=_NO_NUMBER)
    with transaction.atomic():
        fresh = Application.objects.select_related("organ", "handler").get(pk=one.pk)
        deed.do(fresh, by, told)
        paper = fresh.papers.filter(letter__in=deed.letters).last()
        if paper is None:
            raise BadInput("这一步不发出文书。")
        found = Trial(as_letter(paper), paper.body, outlook(one.due_on, standing_of(fresh)))
        transaction.set_rollback(True)
    return found


class Page:
    """一次请求：of the page of one deed."""

    def __init__(self, request: StaffRequest, one: Application, deed: Deed) -> None:
        self.request, self.one, self.deed, self.by = request, one, deed, request.user
        self.trial: Trial | None = None
        self.body = ""

    def answer(self) -> HttpResponse:
        """The page, the letter, or on to the case."""
        if self.request.method != "POST":
            return self.show(self.deed.form(application=self.one, by=self.by))
        form = self.deed.form(
            self.request.POST, self.request.FILES, application=self.one, by=self.by
        )
        if self.request.POST.get("step") == "figures" and getattr(self.request, "htmx", False):
            return self.figures_only(form)
        if self.request.POST.get("step") == "figures":
            return self.show(form, quiet=True)
        self.body = self.request.POST.get("body", "")
        valid = form.is_valid()
        if self.request.POST.get("seen", self.one.state) != self.one.state:
            form.add_error(None, OVERTAKEN)
        elif valid:
            try:
                if done := self.step(form.told()):
                    return done
            except GongkaiError as problem:
                # What the deed changed of the record in hand has been taken back.
                self.one = case(self.one.pk, self.by)
                add_sentence(form, problem)
        return self.show(form)

    def step(self, told: dict[str, Any]) -> HttpResponse | None:
        """One button of the form."""
        step = self.request.POST.get("step", "do")
        if len(self.body) > LONGEST_BODY:
            raise BadInput(f"正文最多{LONGEST_BODY}字，现在有{len(self.body)}字。")
        if self.deed.letters:
            if step in ("preview", "anew"):
                self.look(told, keep=step == "preview")
                return None
            if step in ("pdf", "docx"):
                trial = tried(self.one, self.deed, self.by, {**told, "body": self.own_words()})
                return printed(trial.letter, step, f"{self.one.number}{trial.letter.title}（预览）")
            if self.changed_since(told):
                return None
            told["body"] = self.own_words()
        elif step == "do":
            told.pop("body", None)
        also = {one.step: one.do for one in self.deed.also}
        return self.done(also.get(step, self.deed.do), told, step)

    def own_words(self) -> str | None:
        """改过的正文：None where it is as it was composed."""
        if not self.body.strip() or mark_of(self.body) == self.request.POST.get("drawn"):
            return None
        return tidy(self.body)

    def look(self, told: dict[str, Any], *, keep: bool) -> None:
        """预览：the text as composed, or as it was edited."""
        words = self.own_words() if keep else None
        self.trial = tried(self.one, self.deed, self.by, {**told, "body": None})
        self.body = self.trial.body if words is None else words

    def changed_since(self, told: dict[str, Any]) -> bool:
        """填写的内容在预览之后改过：the letter is then to be looked at again."""
        drawn = self.request.POST.get("drawn")
        if not drawn:
            return False
        words = self.own_words()
        self.trial = tried(self.one, self.deed, self.by, {**told, "body": None})
        if self.trial.mark == drawn:
            return False
        if words is None:
            self.body = self.trial.body
            raise BadInput("填写的内容在预览之后有改动，正文已经重新生成，请核对后再发出。")
        raise BadInput(
            "填写的内容在预览之后有改动，您改过的正文没有随着改；"
            "请核对正文后再次发出，或者按“重新生成正文”。"
        )

    def done(self, do: Do, told: dict[str, Any], step: str) -> HttpResponse:
        """办理：and say what came of it."""
        before = self.one.due_on
        result = do(self.one, self.by, told)
        label = next((one.label for one in self.deed.also if one.step == step), self.label)
        after = case_again(self.one)
        said = "" if after.is_done else outlook(before, standing_of(after))
        messages.success(self.request, f"已办理：{label}。{said}")
        return redirect(result if isinstance(result, Application) else self.one)

    @property
    def label(self) -> str:
        """What the page is called."""
        return self.one.FLOW[self.deed.move].label

    def figures(self, form: DeedForm) -> list[str]:
        """算得的：in sentences; what makes no sense yet says why."""
        if self.deed.figures is None:
            return []
        try:
            return self.deed.figures(self.one, form)
        except GongkaiError as problem:
            return [str(problem)]

    def figures_only(self, form: DeedForm) -> HttpResponse:
        """Only the sentences, for the page that is open."""
        context = {"figures": self.figures(form)}
        return render(self.request, "applications/desk/deeds/_figures.html", context)

    def show(self, form: DeedForm, *, quiet: bool = False) -> HttpResponse:
        """The page."""
        reasons: list[str] = []
        with held(self.one):
            if self.request.method != "POST":
                reasons = why_not_do(self.one, self.deed.move, by=self.by)
            figures = [] if reasons else self.figures(form)
        if quiet:
            form = shown_again(form)
        context = {
            "application": self.one,
            "title": self.label,
            "deed": self.deed,
            "button": self.deed.button or self.label,
            "also": [also for also in self.deed.also if also.when(self.one)],
            "form": form,
            "why_not": reasons,
            "figures": figures,
            "live": self.deed.live,
            "trial": self.trial,
            "body": self.body,
            "drawn": self.trial.mark if self.trial else self.request.POST.get("drawn", ""),
            **self.deed.more(self.one),
        }
        return render(self.request, self.deed.template, context)


def shown_again(form: DeedForm) -> DeedForm:
    """没有错误提示的同一表单：while somebody is still filling it in."""
    known = {name: form[name].value() for name in form.fields}
    return type(form)(initial=known, application=form.application, by=form.by)


def case_again(one: Application) -> Application:
    """As it is now."""
    return Application.objects.select_related("organ").get(pk=one.pk)


def views_of(deeds: Iterable[Deed]) -> dict[str, Callable[..., Any]]:
    """办理页：one view for each deed, by its move."""
    return {deed.move: _view(deed) for deed in deeds}


def _view(deed: Deed) -> Callable[..., Any]:
    def page(request: StaffRequest, pk: int) -> HttpResponse:
        return Page(request, case(pk, request.user), deed).answer()

    page.__name__ = f"deed_{deed.move}"
    page.__doc__ = f"{Application.FLOW[deed.move].label}。"
    return desk_page(page)
