"""导出清单：what a spreadsheet is given, and to whom."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.utils import timezone

from gongkai.documents.models import Document, Reminder
from library import OTHER_CODE, bring, make_draft, make_issued, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DEMO = True


def exported(client, staff, address):
    """The rows of an export, whichever form it has."""
    client.force_login(staff)
    response = client.get(address)
    content = response.getvalue()
    if ".csv" in address:
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_a_workbook_has_the_rows_of_the_list_with_dates_as_dates(client):
    office = make_office()
    make_issued(office, "关于供热的通知")
    signed = bring(make_draft(office, "关于供水的通知"), office)
    due = Document.objects.get(pk=signed.pk).due_on

    heads, first, second = exported(client, office.draft, "/desk/documents/export.xlsx")

    assert heads == [
        *("标题", "种类", "发文字号", "索引号", "状态", "公开属性", "有效性", "公开期限"),
        *("发布时间", "公开机关"),
    ]
    assert first[0] == "关于供水的通知"
    assert first[7].date() == due
    assert first[8] is None
    assert second[:3] == ["关于供热的通知", "其他政策文件", "石政办发〔2025〕1号"]
    assert second[8].date() == timezone.localdate()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_filters_of_the_list_hold_in_the_export(client, form):
    office = make_office()
    make_issued(office, "关于供热的通知")
    make_draft(office, "关于供水的通知")
    make_draft(office, "关于供电的通知")

    def titles(query):
        address = f"/desk/documents/export.{form}?{query}"
        return [row[0] for row in exported(client, office.draft, address)[1:]]

    assert titles("") == ["关于供电的通知", "关于供水的通知", "关于供热的通知"]
    assert titles("phase=issued") == ["关于供热的通知"]
    assert titles("phase=draft&q=供水") == ["关于供水的通知"]
    assert titles("kind=rule") == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_nobody_exports_what_he_does_not_see_in_the_list(client, form):
    office, other = make_office(), make_office("阳州市人民政府办公室", code=OTHER_CODE)
    make_draft(office, "自己的")
    make_draft(other, "别处的")

    rows = exported(client, office.draft, f"/desk/documents/export.{form}")
    client.logout()
    refused = client.get(f"/desk/documents/export.{form}")

    assert [row[0] for row in rows[1:]] == ["自己的"]
    assert refused.status_code == 302
    assert refused.headers["Location"].startswith("/sign-in/")


def test_a_title_like_a_formula_stays_a_title(client):
    office = make_office()
    document = make_draft(office)
    Document.objects.filter(pk=document.pk).update(title='=HYPERLINK("http://x")\x01')

    sheet = exported(client, office.draft, "/desk/documents/export.xlsx")
    lines = exported(client, office.draft, "/desk/documents/export.csv")

    client.force_login(office.draft)
    content = client.get("/desk/documents/export.xlsx").getvalue()
    cell = openpyxl.load_workbook(io.BytesIO(content)).active["A2"]
    assert (sheet[1][0], cell.data_type) == ('=HYPERLINK("http://x")', "s")
    assert lines[1][0].startswith("'=HYPERLINK")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_reminders_not_yet_dealt_with_can_be_exported(client, form):
    office, other = make_office(), make_office("阳州市人民政府办公室", code=OTHER_CODE)
    day = date(2026, 12, 1)
    for where, title, settled in (
        (office, "快到期的", None),
        (office, "处理过的", timezone.now() - timedelta(days=1)),
        (other, "别处的", None),
    ):
        document = make_draft(where, title)
        Reminder.objects.create(document=document, months=3, valid_to=day, settled_at=settled)

    rows = exported(client, office.disclosure, f"/desk/documents/reminders/export.{form}")

    assert [row[0] for row in rows[1:]] == ["快到期的"]
    assert str(rows[1][2])[:10] == "2026-12-01"
    assert str(rows[1][3]) == "3"
