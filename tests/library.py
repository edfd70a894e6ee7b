"""一个小文库：plain functions that make documents in any state, through the real actions."""

from datetime import date
from types import SimpleNamespace

from city import make_organ, make_staff
from gongkai.documents.actions import columns, drafting, publishing, reviewing
from gongkai.documents.models import Column, Document
from gongkai.documents.states import State
from gongkai.organs.states import Duty, Kind

#: A real credit code of a government office, as published in its index numbers.
CODE = "11370322004222241N"
OTHER_CODE = "11341702486344515H"
BODY = (
    "<p>各县（市、区）人民政府，市政府各部门：</p><p>一、总体要求</p>"
    "<p>现就有关事项通知如下，请认真贯彻执行。</p>"
)
FACTS = {"genre": "通知", "topic": "综合政务", "formed_on": date(2025, 3, 3)}
ANSWERS = {
    "unit": "秘书处",
    "secrecy": "none",
    "channels": ["website"],
    "personal_checked": True,
    "commercial_checked": True,
    "copyright_checked": True,
    "others_consulted": "不涉及",
    "legality_number": "合审〔2025〕1号",
    "interpretation": False,
    "interpretation_reason": "程序性通知，不作解读",
}


def make_office(name="石州市人民政府办公室", *, code=CODE, words="石政办发、石政办规", **fields):
    """An office with a person at every desk (``office.draft`` …) and the statutory columns."""
    organ = make_organ(
        name, kind=fields.pop("kind", Kind.CITY), code=code, number_words=words, **fields
    )
    people = {duty.value: make_staff(f"{duty.label}员", duty, organ=organ) for duty in Duty}
    columns.lay_out(organ)
    return SimpleNamespace(organ=organ, **people)


def make_draft(
    office, title="关于做好有关工作的通知", *, kind="policy", html=BODY, facts=(), answers=()
):
    """A draft with everything filled in."""
    return drafting.draft(
        office.organ,
        kind,
        title,
        by=office.draft,
        facts={**FACTS, **dict(facts)},
        answers={**ANSWERS, **dict(answers)},
        html=html,
    )


#: The desks in order: the move and who makes it.
PASSES = (
    ("submit", "draft"),
    ("pass_unit", "unit_head"),
    ("pass_secrecy", "secrecy"),
    ("pass_legal", "legal"),
    ("pass_office", "disclosure"),
    ("pass_director", "director"),
    ("sign", "sign"),
)
SHORT_PASSES = (
    ("submit", "draft"),
    ("pass_unit", "unit_head"),
    ("pass_secrecy_short", "secrecy"),
    ("pass_office_short", "disclosure"),
)


def bring(document, office, until=State.SIGNED):
    """Pass a draft on until it is there."""
    passes = PASSES if document.row.path.name == "FULL" else SHORT_PASSES
    for move, who in passes:
        if document.state == until:
            return document
        reviewing.advance(document, move, by=getattr(office, who))
    return document


def make_issued(office, title="关于做好有关工作的通知", *, number=True, **wanted):
    """A document before the public."""
    document = bring(make_draft(office, title, **wanted), office)
    if document.row.numbered and number:
        reviewing.number(document, by=office.director, sign=office.organ.words[0])
    publishing.issue(document, by=office.disclosure)
    return document


def column(office, statutory):
    """A statutory column of the office."""
    return Column.objects.get(organ=office.organ, statutory=statutory)


def fresh(document):
    """As the database has it."""
    return Document.objects.select_related("organ", "form").get(pk=document.pk)
