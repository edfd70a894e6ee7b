"""公报刊登：the queue, an issue and its name, several at once, and back again."""

import csv
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from city import make_organ, make_staff
from gongkai.documents.actions import gazette, publishing
from gongkai.documents.figures import PUBLICATION_FIGURES
from gongkai.documents.gazette import Issue, gazette_of, read_issue
from gongkai.documents.models import Document, Publication
from gongkai.errors import BadInput, NotAllowed
from gongkai.organs.states import Duty, Kind
from gongkai.trail.models import Step
from library import ANSWERS, make_issued, make_office
from shelf import make_shelf

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/documents/gazette/"
FOR_THE_GAZETTE = {**ANSWERS, "channels": ["website", "gazette"]}
GAZETTE = "石州市人民政府公报"


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DEMO = True


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def today():
    return timezone.localdate()


def waiting(office, *titles):
    """Rows of documents that wait for the gazette."""
    documents = [make_issued(office, title, answers=FOR_THE_GAZETTE) for title in titles]
    return [Publication.objects.get(document=one, channel="gazette") for one in documents]


def keys(rows):
    return [row.pk for row in rows]


def states(rows):
    fresh = Publication.objects.filter(pk__in=keys(rows)).order_by("pk")
    return [
        (row.at and timezone.localdate(row.at), row.detail, bool(row.ended_at)) for row in fresh
    ]


def shown(client, staff, query=""):
    """The titles of a page, and the page."""
    client.force_login(staff, "allauth.account.auth_backends.AuthenticationBackend")
    response = client.get(f"{ADDRESS}{query}")
    return [row["document__title"] for row in response.context["page"]], response


def posted(client, staff, data, query=""):
    client.force_login(staff, "allauth.account.auth_backends.AuthenticationBackend")
    return client.post(f"{ADDRESS}{query}", data)


# ── 期次 ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    ["2026年第3期", "2026年3期", "２０２６年第３期", "《石州市人民政府公报》2026年第3期",
     "石州市人民政府公报 2026年第3期"],
)  # fmt: skip
def test_an_issue_has_one_name_however_it_is_typed(office, text):
    assert str(read_issue(text, office.organ)) == "《石州市人民政府公报》2026年第3期"


@pytest.mark.parametrize(
    "text", ["", "第3期", "2026年", "2026年第0期", "2026年第99期", "《》2026年第1期"]
)
def test_what_names_no_issue_is_refused(office, text):
    with pytest.raises(BadInput):
        read_issue(text, office.organ)


def test_a_department_is_printed_in_the_gazette_of_its_government(office):
    county = make_organ("石州市河东区人民政府", parent=office.organ, kind=Kind.COUNTY)

    assert gazette_of(make_organ("石州市财政局", parent=office.organ)) == GAZETTE
    assert gazette_of(make_organ("河东区财政局", parent=county)) == "石州市河东区人民政府公报"


# ── 办理 ────────────────────────────────────────────────────────────────────────────────────


def test_several_are_printed_in_one_issue_and_counted_in_its_year(office, today):
    rows = waiting(office, "甲", "乙")
    issue = Issue(GAZETTE, today.year, 3)

    number = gazette.print_in(keys(rows), issue, today, by=office.disclosure)

    step = Step.objects.of(rows[0].document).latest("pk")
    counted = {
        name: figure.of([office.organ.pk], today.year)
        for name, figure in PUBLICATION_FIGURES.items()
        if name.startswith("gazette")
    }
    assert number == 2
    assert states(rows) == [(today, str(issue), False)] * 2
    assert counted == {"gazette_issues": 1, "gazette_documents": 2}
    assert (step.label, step.changes) == (
        "登记公报刊登",
        {"公报": ["", str(issue)], "刊印日期": ["", today.isoformat()]},
    )


def test_what_was_printed_in_error_waits_again(office, today):
    rows = waiting(office, "甲")
    issue = Issue(GAZETTE, today.year, 3)
    gazette.print_in(keys(rows), issue, today, by=office.disclosure)

    gazette.put_back(keys(rows), by=office.disclosure, note="期号登记有误")

    step = Step.objects.of(rows[0].document).latest("pk")
    assert states(rows) == [(None, "", False)]
    assert (step.label, step.note, step.changes) == (
        "退回公报待刊",
        "期号登记有误",
        {"公报": [str(issue), ""]},
    )


def test_what_is_left_out_is_neither_waiting_nor_counted_and_can_come_back(office, client, today):
    rows = waiting(office, "甲")

    gazette.leave_out(keys(rows), by=office.disclosure, note="与市级文件重复")

    assert states(rows) == [(None, "与市级文件重复", True)]
    assert shown(client, office.disclosure)[0] == []
    assert shown(client, office.disclosure, "?show=left")[0] == ["甲"]
    assert PUBLICATION_FIGURES["gazette_documents"].of([office.organ.pk], today.year) == 0
    gazette.put_back(keys(rows), by=office.disclosure, note="仍须刊登")
    assert shown(client, office.disclosure)[0] == ["甲"]


def test_what_is_left_out_is_not_taken_for_waiting_when_it_is_recorded_on_the_document(office):
    rows = waiting(office, "甲")
    gazette.leave_out(keys(rows), by=office.disclosure, note="与市级文件重复")

    publishing.record_channel(
        rows[0].document, "gazette", by=office.disclosure, detail="2026年第3期"
    )

    assert states(rows) == [(None, "与市级文件重复", True)]
    assert Publication.objects.filter(channel="gazette", at__isnull=False).count() == 1


def test_all_are_printed_or_none(office, today):
    rows = waiting(office, "甲", "乙")
    issue = Issue(GAZETTE, today.year, 3)
    gazette.print_in(keys(rows[1:]), issue, today, by=office.disclosure)

    with pytest.raises(NotAllowed) as refused:
        gazette.print_in(keys(rows), Issue(GAZETTE, today.year, 4), today, by=office.disclosure)

    assert str(refused.value) == f"《乙》已登记刊登在{issue}。"
    assert states(rows) == [(None, "", False), (today, str(issue), False)]


@pytest.mark.parametrize(
    ("year", "days", "reason"),
    [(0, 1, "晚于今天"), (-2, 0, "年份不符"), (1, 0, "年份不符"), (0, -9999, "年份不符")],
)
def test_a_day_that_cannot_be_is_refused(office, today, year, days, reason):
    rows = waiting(office, "甲")
    issue = Issue(GAZETTE, today.year + year, 1)

    with pytest.raises(BadInput, match=reason):
        gazette.print_in(keys(rows), issue, today + timedelta(days=days), by=office.disclosure)

    assert states(rows) == [(None, "", False)]


def test_nothing_is_printed_before_it_was_made(office, today):
    rows = waiting(office, "甲")
    Document.objects.update(formed_on=today)
    yesterday = today - timedelta(days=1)

    with pytest.raises(NotAllowed, match="晚于刊印日期"):
        gazette.print_in(
            keys(rows), Issue(GAZETTE, yesterday.year, 1), yesterday, by=office.disclosure
        )


def test_what_was_withdrawn_meanwhile_is_not_printed(office, today):
    rows = waiting(office, "甲")
    publishing.withdraw(rows[0].document, by=office.disclosure, note="错发")

    with pytest.raises(NotAllowed, match="《甲》现在是“已撤下”，不能刊登"):
        gazette.print_in(keys(rows), Issue(GAZETTE, today.year, 1), today, by=office.disclosure)


def test_the_government_prints_what_is_below_it_and_no_department_what_is_beside(office, today):
    department = make_office(
        "石州市财政局", code="11341702486344515H", words="石财", parent=office.organ
    )
    beside = make_staff("他局公开员", Duty.DISCLOSURE, organ=make_organ(parent=office.organ))
    rows = waiting(department, "甲")
    issue = Issue(GAZETTE, today.year, 1)

    with pytest.raises(NotAllowed, match="石州市财政局文件的公报刊登由"):
        gazette.print_in(keys(rows), issue, today, by=beside)
    with pytest.raises(NotAllowed, match="石州市财政局文件的公报刊登由"):
        gazette.print_in(keys(rows), issue, today, by=department.draft)

    assert gazette.print_in(keys(rows), issue, today, by=office.disclosure) == 1


@pytest.mark.parametrize("deed", [gazette.leave_out, gazette.put_back])
def test_no_reason_is_refused(office, deed):
    rows = waiting(office, "甲")

    with pytest.raises(BadInput, match="须写明理由"):
        deed(keys(rows), by=office.disclosure, note="  ")


# ── 页面 ────────────────────────────────────────────────────────────────────────────────────


def test_the_page_lists_what_waits_and_what_was_printed(office, client, today):
    _, second = waiting(office, "甲", "乙")
    gazette.print_in([second.pk], Issue(GAZETTE, today.year, 3), today, by=office.disclosure)

    titles, page = shown(client, office.disclosure)

    assert titles == ["甲"]
    assert page.context["form"].initial == {
        "gazette": GAZETTE,
        "year": today.year,
        "printed_on": today,
    }
    assert shown(client, office.disclosure, "?show=printed")[0] == ["乙"]
    assert shown(client, office.disclosure, "?show=nonsense")[0] == ["甲"]


def test_a_form_prints_what_is_ticked(office, client, today):
    rows = waiting(office, "甲", "乙")
    data = {"pk": keys(rows[:1]), "deed": "print", "gazette": GAZETTE, "year": today.year,
            "number": 7, "printed_on": today.isoformat()}  # fmt: skip

    response = posted(client, office.disclosure, data)

    assert response.url == ADDRESS
    assert states(rows) == [
        (today, f"《{GAZETTE}》{today.year}年第7期", False),
        (None, "", False),
    ]


def test_a_form_that_is_not_in_order_keeps_what_was_typed_and_ticked(office, client, today):
    rows = waiting(office, "甲", "乙")
    data = {"pk": keys(rows[:1]), "deed": "print", "gazette": "河东公报", "year": today.year,
            "number": 99, "printed_on": today.isoformat()}  # fmt: skip

    page = posted(client, office.disclosure, data).content.decode()

    assert "公报期号应为1至72，现在写的是99。" in page
    assert 'value="河东公报"' in page
    assert page.count(" checked") == 1
    assert states(rows) == [(None, "", False)] * 2


def test_nothing_ticked_is_told(office, client):
    waiting(office, "甲")

    page = posted(client, office.disclosure, {"deed": "leave", "note": "重复"}).content.decode()

    assert "请先勾选文件。" in page
    assert 'value="重复"' in page


def test_the_government_sees_all_below_and_chooses_an_organ(office, client):
    department = make_office(
        "石州市财政局", code="11341702486344515H", words="石财", parent=office.organ
    )
    waiting(office, "甲")
    waiting(department, "乙")

    assert shown(client, office.disclosure)[0] == ["甲", "乙"]
    assert shown(client, office.disclosure, f"?organ={department.organ.pk}")[0] == ["乙"]
    assert shown(client, department.disclosure)[0] == ["乙"]
    assert shown(client, department.disclosure, f"?organ={office.organ.pk}")[0] == []
    assert shown(client, department.draft)[0] == []


def test_who_only_looks_has_no_boxes_to_tick(office, client):
    waiting(office, "甲")

    titles, page = shown(client, office.competent)

    assert titles == ["甲"]
    assert "checkbox" not in page.content.decode()


def test_the_export_has_the_rows_of_the_page(office, client, today):
    def exported(query=""):
        client.force_login(office.disclosure)
        content = client.get(f"{ADDRESS}export.csv{query}").getvalue().decode("utf-8-sig")
        return list(csv.reader(content.splitlines()))

    _, second = waiting(office, "甲", "乙")
    gazette.print_in([second.pk], Issue(GAZETTE, today.year, 3), today, by=office.disclosure)

    queued, printed = exported(), exported("?show=printed")

    heads = ["标题", "发文字号", "发布时间", "公报", "刊印日期", "公开机关"]
    assert [row[0] for row in queued] == ["标题", "甲"]
    assert printed[0] == heads
    assert [row[0:4:3] for row in printed[1:]] == [["乙", f"《{GAZETTE}》{today.year}年第3期"]]


def test_the_queue_asks_no_more_for_many_rows_than_for_few(
    office, client, today, django_assert_max_num_queries
):
    def queue(count, start):
        day = date(2021, 5, 1 + start % 9)
        Publication.objects.bulk_create(
            Publication(document=one, channel="gazette")
            for one in make_shelf(office, count, start=start, formed_on=day)
        )

    def rows():
        return len(client.get(ADDRESS).context["page"])

    printed = waiting(office, "甲")
    gazette.print_in(keys(printed), Issue(GAZETTE, today.year, 3), today, by=office.disclosure)
    queue(60, 0)
    shown(client, office.disclosure)
    with django_assert_max_num_queries(8) as few:
        assert rows() == 50
    queue(70, 100)
    with django_assert_max_num_queries(len(few)):
        assert rows() == 50


def test_the_queue_stands_in_the_navigation_of_who_keeps_it(office, client):
    link = f'href="{reverse("documents:gazette")}"'

    def seen(staff):
        client.force_login(staff, "allauth.account.auth_backends.AuthenticationBackend")
        return link in client.get("/desk/documents/").content.decode()

    assert (seen(office.disclosure), seen(office.draft)) == (True, False)
