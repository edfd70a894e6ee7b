"""元数据表：whole rows, in the national order, and a preview that claims nothing."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.documents.showing import show
from library import make_draft, make_issued, make_office

pytestmark = pytest.mark.django_db
FACTS = {"effective_on": date(2025, 4, 1), "basis": "《中华人民共和国预算法》"}


def rows(shown):
    """The names as they stand, row by row; fails if any row is left half empty."""
    found, half = [], None
    for cell in shown.cells:
        if cell.wide:
            assert half is None
            found.append((cell.name,))
        elif half:
            found.append((half, cell.name))
            half = None
        else:
            half = cell.name
    assert half is None
    return found


def test_long_facts_have_rows_of_their_own_and_no_row_is_half_empty():
    document = make_issued(make_office(), kind="normative", facts=FACTS)

    assert rows(show(document.pk)) == [
        ("索引号", "主题分类"),
        ("发文机关", "成文日期"),
        ("标题",),
        ("发文字号", "发布日期"),
        ("有效性", "公文种类"),
        ("施行日期",),
        ("制定依据",),
    ]


def test_a_preview_says_what_is_yet_to_come_and_no_validity(client, settings):
    office = make_office()
    document = make_draft(office, kind="normative", facts={"formed_on": None})
    settings.DEMO = True
    client.force_login(office.draft, settings.AUTHENTICATION_BACKENDS[-1])

    page = client.get(reverse("documents:preview", args=[document.pk])).content.decode()

    cells = show(document.pk, to=office.draft).cells
    assert {cell.name: cell.value for cell in cells if cell.muted} == {
        "索引号": "发布时编制",
        "成文日期": "签发时确定",
        "发文字号": "签发后编号",
        "发布日期": "发布时确定",
        "有效性": "发布后按日期确定",
    }
    assert "（发布时编制）" in page
    assert "pill-good" not in page
    assert "<dd>—</dd>" not in page
