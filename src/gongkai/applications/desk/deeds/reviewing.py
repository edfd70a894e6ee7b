"""审核、审查、签发：the reply, its grounds and the record on one page; on with it, or back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from gongkai.applications.actions import papers, replying
from gongkai.applications.actions.supplying import look_at, supplied
from gongkai.applications.desk.case import case
from gongkai.applications.desk.deeds.replying import decided
from gongkai.applications.letters.layout import layout
from gongkai.applications.models import Application, Paper
from gongkai.applications.queries import names_shown
from gongkai.errors import BadInput, GongkaiError
from gongkai.organs.models import Staff
from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.screening.screen import screen
from gongkai.steps.actions import OVERTAKEN

#: 通过的一步：the other way out of the same desk.
_TITLES = {"pass_legal": "合法性审核", "pass_secrecy": "保密审查", "sign": "签发"}
REVIEWS = {"pass_legal": "return_legal", "pass_secrecy": "return_secrecy", "sign": "return_sign"}


def review(request: StaffRequest, pk: int, move: str) -> HttpResponse:
    """审核：of any of the three desks."""
    one = case(pk, request.user)
    back = REVIEWS[move]
    problem = ""
    note = request.POST.get("note", "")
    if request.method == "POST":
        wanted = request.POST.get("move", "")
        try:
            if wanted not in (move, back):
                raise BadInput("没有这个办理动作，请刷新页面。")
            if request.POST.get("seen", one.state) != one.state:
                raise BadInput(OVERTAKEN)
            if len(note) > LONGEST_NOTE:
                raise BadInput(f"意见最多{LONGEST_NOTE}字，现在有{len(note)}字。")
            replying.advance(one, wanted, by=request.user, note=note.strip())
        except GongkaiError as raised:
            problem = str(raised)
            one = case(pk, request.user)
        else:
            messages.success(request, f"已办理：{one.FLOW[wanted].label}。")
            return redirect(one)
    paper = replying.paper_of(one)
    context = {
        "application": one,
        "title": _TITLES[move],
        "move": one.FLOW[move],
        "back": one.FLOW[back],
        "problem": problem,
        "note": note,
        "paper": paper,
        "inside": names_shown(request.user, one.organ),
        "arranged": layout(papers.as_letter(paper).paragraphs) if paper else None,
        "matters": decided(one),
        "searches": one.searches.all(),
        "consultations": one.consultations.all(),
        "files": [look_at(file) for file in supplied(one)],
        "doubts": _doubts(one, paper),
        "why_not": [] if problem else _why_not_review(one, move, request.user),
    }
    return render(request, "applications/desk/deeds/review.html", context)


#: As long as an opinion on a slip may be.
LONGEST_NOTE = 2000


def _why_not_review(one: Application, move: str, by: Staff) -> list[str]:
    if move == "sign":
        return replying.why_not_sign(one, by=by)
    return replying.why_not_review(one, move, by=by)


def _doubts(one: Application, paper: Paper | None) -> list[str]:
    """存疑之处：where practice goes further than the law, and what the screening saw."""
    told = [doubt for each in decided(one) if each.outcome for doubt in each.outcome.doubts]
    told += [doubt for each in decided(one) if each.outcome for doubt in each.outcome.remedy_doubts]
    if paper is not None:
        found = screen(paper.body, year=paper.dated_on.year)
        told += [f"{finding.reason.rstrip('。')}（{finding.shown}）" for finding in found]
    return list(dict.fromkeys(told))


pass_legal = desk_page(lambda request, pk: review(request, pk, "pass_legal"))
pass_secrecy = desk_page(lambda request, pk: review(request, pk, "pass_secrecy"))
sign = desk_page(lambda request, pk: review(request, pk, "sign"))
