import pytest

from gongkai.documents.actions import publishing, reviewing
from gongkai.documents.models import Document
from gongkai.trail.actions import verify
from gongkai.trail.models import Step
from library import bring, fresh, make_draft, make_office

pytestmark = pytest.mark.django_db


def test_a_draft_goes_from_desk_to_desk_to_the_public():
    office = make_office()
    document = make_draft(office)

    bring(document, office)
    number = reviewing.number(document, by=office.director, sign="石政办发")
    publishing.issue(document, by=office.disclosure)

    assert list(Document.objects.public()) == [document]
    assert (number, fresh(document).index_number[:18]) == ("石政办发〔2025〕1号", office.organ.code)
    assert [step.label for step in Step.objects.of(document).exclude(move="write")] == [
        "起草",
        "提交审查",
        "同意，送保密审查",
        "保密审查通过",
        "法制审核通过",
        "公开属性审核通过",
        "核稿同意，送签",
        "签发",
        "编号",
        "发布",
    ]
    assert verify() is None
