"""元数据表：whole rows, in the national order, and a preview that claims nothing."""

import io
from datetime import date

import pytest
from django.urls import reverse
from PIL import Image

from gongkai.documents.actions import attaching, drafting
from gongkai.documents.models import DocumentFile
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


def test_a_preview_shows_the_pictures_and_attachments_of_the_draft(client, settings):
    office = make_office()
    draft = make_draft(office)
    picture = attaching.attach(
        draft, drawn(), "流程图.png", by=office.draft, role=DocumentFile.Role.PICTURE
    )
    table = attaching.attach(draft, "收入3000万元。".encode(), "统计表.txt", by=office.draft)
    html = f'<p><img src="{picture.get_absolute_url()}" alt="流程"></p>'
    drafting.set_body(draft, html, by=office.draft)
    settings.DEMO = True
    client.force_login(office.draft, settings.AUTHENTICATION_BACKENDS[-1])

    page = client.get(reverse("documents:preview", args=[draft.pk])).content.decode()

    for file, content in ((picture, drawn()), (table, "收入3000万元。".encode())):
        address = reverse("documents:desk_file", args=[draft.pk, file.pk])
        assert page.count(f'"{address}"') == 1
        assert client.get(address).getvalue() == content
    assert f'"/documents/{draft.pk}/document.' not in page


def test_the_form_of_a_draft_without_a_day_prints(client, settings):
    office = make_office()
    draft = make_draft(office, facts={"formed_on": None})
    settings.DEMO = True
    client.force_login(office.draft, settings.AUTHENTICATION_BACKENDS[-1])

    printed = {
        form: client.get(reverse("documents:form", args=[draft.pk, form])).content[:4]
        for form in ("docx", "pdf")
    }

    assert printed == {"docx": b"PK\x03\x04", "pdf": b"%PDF"}


def drawn():
    out = io.BytesIO()
    Image.new("RGB", (40, 10)).save(out, "PNG")
    return out.getvalue()
