"""留痕的说法：every change of a document is told in the words of its forms."""

from datetime import UTC, datetime

import pytest

from gongkai.documents.actions import drafting, reviewing
from gongkai.documents.models import Column, Document, ReviewForm
from gongkai.steps.actions import take
from gongkai.trail.models import Step
from gongkai.trail.words import changes_of
from library import bring, column, make_draft, make_office

pytestmark = pytest.mark.django_db


def told(step):
    return [str(change) for change in changes_of(step)]


def test_the_answers_of_the_review_form_are_told_by_their_labels():
    office = make_office()
    document = make_draft(
        office, answers={"secrecy": "", "channels": [], "personal_checked": False}
    )
    other = column(office, "normative")

    drafting.edit(
        document,
        by=office.draft,
        answers={
            "secrecy": "none",
            "channels": ["website", "gazette"],
            "personal_checked": True,
            "interpretation_forms": ["graphic"],
            "interpretation_reason": "",
            "review_on": datetime(2027, 3, 1, tzinfo=UTC).date(),
        },
        columns=[other],
    )

    before = Column.objects.get(organ=office.organ, kind="policy").name
    assert sorted(told(Step.objects.of(document).get(move="edit"))) == sorted(
        [
            "密级：不涉密",
            "公开渠道：政府网站、政府公报",
            "个人信息已核查：否 → 是",
            "解读形式：图解",
            "不作解读的理由：程序性通知，不作解读 → （空）",
            "重新评估日期：2027年3月1日",
            f"发布栏目：{before} → {other.name}",
        ]
    )


def test_a_moment_is_told_in_local_time_and_the_key_of_a_number_not_at_all():
    office = make_office()
    document = bring(make_draft(office), office)
    reviewing.number(document, by=office.director, typed="石政办发〔2026〕5号")

    step = take(
        document,
        "schedule",
        by=office.disclosure,
        publish_at=datetime(2026, 11, 22, 15, 13, 0, 182663, UTC),
    )

    assert told(step) == ["定时发布时间：2026年11月22日 23:13"]
    numbered = Step.objects.of(document).get(move="number")
    assert (numbered.changes, told(numbered)) == (
        {"number": ["", "石政办发〔2026〕5号"]},
        ["发文字号：石政办发〔2026〕5号"],
    )


def test_every_field_a_form_may_set_has_a_name_of_its_own():
    nameless = [
        name
        for model, names in ((Document, drafting.FACTS), (ReviewForm, drafting.ANSWERS))
        for name in names
        if str(model._meta.get_field(name).verbose_name) == name.replace("_", " ")
    ]

    assert nameless == []
