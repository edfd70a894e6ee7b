"""拟发公文信息公开审查表：the filled form on paper, with the opinions and signatures given."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from gongkai.documents.letters.document import file_response
from gongkai.documents.models import Document
from gongkai.documents.states import PUBLIC, STAGES, Ground, Secrecy, State
from gongkai.paper.typeset import typeset
from gongkai.paper.word import Paper
from gongkai.paper.wordtable import Square
from gongkai.trail.models import Step

TITLE = "拟发公文信息公开审查表"
#: The desks whose opinion stands on the form, in order: the moves that gave it, and its name.
SIGNATURES = (
    (("submit",), "起草人"),
    *(((stage.move, f"{stage.move}_short"), State(stage.state).label) for stage in STAGES),
    (("sign",), "签发人"),
)


def form_file(document: Document, form: str) -> HttpResponse:
    """审查表：as DOCX or PDF."""
    data = to_docx(document) if form == "docx" else to_pdf(document)
    return file_response(data, f"{TITLE}（{document.title}）", form)


def rows_of(document: Document) -> list[list[tuple[str, str]]]:
    """各栏：rows of one or two pairs of a name and its answer; every field of the form."""
    form = document.form
    public = document.attribute in PUBLIC
    ground = Ground(form.ground) if form.ground else None
    checks = (
        ("个人信息", form.personal_checked),
        ("商业秘密", form.commercial_checked),
        ("版权", form.copyright_checked),
    )
    return [
        [("起草单位", f"{document.organ}{form.unit}"), ("起草人", _author(document))],
        [("公文标题", document.title)],
        [("发文字号", document.number), ("公文种类", document.genre)],
        [("信息种类", document.row.name), ("密级", _label(Secrecy, form.secrecy))],
        [("成文日期", _day(document.formed_on)), ("施行日期", _day(document.effective_on))],
        [("有效期至", _day(document.valid_to)), ("有效期依据", document.period_basis)],
        [("合法性审核编号", form.legality_number), ("征求意见编号", form.consultation_number)],
        [("公平竞争审查编号", form.competition_number), ("公开属性", _attribute(document))],
        [("不予公开的依据", f"{ground.label}（{ground.article}）" if ground else "")],
        [("属性说明", form.attribute_reason)],
        [
            ("重新评估日期", "" if public else _day(form.review_on)),
            ("公开期限", _day(document.due_on) if public else ""),
        ],
        [("公开渠道", "、".join(form.channel_labels))],
        [("发布栏目", "、".join(_columns(document)))],
        [("内容核查", "　".join(f"{'■' if done else '□'}{name}" for name, done in checks))],
        [("涉及其他机关", form.others_consulted)],
        [("政策解读", _interpretation(document))],
    ]


def signatures_of(document: Document) -> list[tuple[str, str, str]]:
    """签署：desk, opinion, who and when; the last pass of each desk, after the last return."""
    steps = list(Step.objects.of(document).order_by("number"))
    begun = max((n for n, step in enumerate(steps) if step.after == State.DRAFT), default=-1)
    told = []
    for moves, name in SIGNATURES:
        done = [step for step in steps[begun + 1 :] if step.move in moves]
        if done:
            step = done[-1]
            day = timezone.localdate(step.at)
            told.append((name, step.note or step.label, f"{step.who}　{day}"))
        elif not (document.row.path.name == "SHORT" and f"{moves[-1]}" in _FULL_ONLY):
            told.append((name, "", ""))
    return told


_FULL_ONLY = {"pass_legal_short", "pass_director_short", "sign"}


def to_docx(document: Document) -> bytes:
    """写成Word。"""
    paper = Paper(title=TITLE, author=document.organ.name, dated=document.formed_on)
    paper.title([TITLE])
    table = [
        [part for pair in row for part in _squares(pair, wide=len(row) == 1)]
        for row in rows_of(document)
    ]
    table += [
        [
            Square(name, shaded=True),
            Square(said, across=2, centred=False),
            Square(who, centred=False),
        ]
        for name, said, who in signatures_of(document)
    ]
    paper.table(table, [5, 7, 5, 7], caption=TITLE, heads=0, size=10.5, height=24)
    paper.line(document.attribute_note)
    return paper.finish()


def to_pdf(document: Document) -> bytes:
    """写成PDF：raises NotInstalled without Chinese fonts on the system.

    A PDF/A bears a date; until the document is signed it is the day the draft was begun.
    """
    made = document.formed_on or timezone.localdate(document.created_at)
    data: dict[str, Any] = {
        "title": TITLE,
        "organ": document.organ.name,
        "dated": [made.year, made.month, made.day],
        "rows": rows_of(document),
        "signatures": signatures_of(document),
        "note": document.attribute_note,
    }
    template = files("gongkai.documents.letters").joinpath("form.typ").read_text("utf-8")
    return typeset(template, data, dated=made)


def _squares(pair: tuple[str, str], *, wide: bool) -> list[Square]:
    name, answer = pair
    return [Square(name, shaded=True), Square(answer, across=3 if wide else 1, centred=False)]


def _author(document: Document) -> str:
    return document.author.name if document.author else ""


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value else ""


def _attribute(document: Document) -> str:
    return str(document.get_attribute_display())


def _columns(document: Document) -> list[str]:
    placed = document.placements.filter(direct=True).order_by("column__path")
    return list(placed.values_list("column__name", flat=True))


def _interpretation(document: Document) -> str:
    form = document.form
    if form.interpretation is None:
        return "" if document.row.policy else "不适用"
    if not form.interpretation:
        return f"不作解读：{form.interpretation_reason}"
    day = f"，{_day(form.interpretation_on)}发布" if form.interpretation_on else ""
    return f"{'、'.join(form.form_labels)}；解读人：{form.interpreter}{day}"


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
