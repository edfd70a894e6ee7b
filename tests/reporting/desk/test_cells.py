"""The list behind a figure holds as many records as the figure says, on the page and as a file."""

import csv
import io
from collections import Counter
from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from asked import answer, make_people, make_request, person
from city import make_organ, make_staff
from disputed import make_dispute
from filed import YEAR, make_filing, make_writers, send_in
from gongkai.annual.forms import (
    CARRIED_OUT,
    IN_FORCE,
    ISSUED,
    NEW,
    NORMATIVE_2021,
    RESULTS_TOTAL,
    TABLE_2,
    TABLE_3,
    TABLE_4,
    TOTAL,
    Ref,
)
from gongkai.applications.states import Category
from gongkai.disputes.states import Kind as Case
from gongkai.documents.models import Document, Publication
from gongkai.documents.states import Attribute, Channel, State, Validity
from gongkai.organs.states import Duty, Kind
from gongkai.reporting.actions import calling, filling
from gongkai.reporting.assembling import report_of
from gongkai.reporting.counting import BY_HAND
from gongkai.reporting.models import Call
from gongkai.reporting.states import Scope

pytestmark = pytest.mark.django_db
NAME = "张三丰"


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.DEMO = True


@pytest.fixture
def office():
    return make_writers()


@pytest.fixture
def year(office):
    """Three requests of two kinds of people, two of them answered; a review, a suit; documents."""
    organ, people = office
    clerk = people[Duty.DISCLOSURE]
    firm = person("石家庄某某公司", category=Category.BUSINESS)
    first = make_request(organ, clerk, on=date(YEAR, 3, 3), persons=[person(NAME)])
    second = make_request(organ, clerk, on=date(YEAR, 3, 4), persons=[firm], subject="收费文件")
    make_request(organ, clerk, on=date(YEAR, 12, 20), persons=[person("李四")], subject="别的")
    answer(first, people, date(YEAR, 3, 20))
    answer(second, people, date(YEAR, 3, 21))
    make_dispute(organ, clerk, Case.REVIEW, on=date(YEAR, 5, 6), claimant=NAME)
    make_dispute(organ, clerk, Case.DIRECT, on=date(YEAR, 6, 6), claimant=NAME)
    for number in range(3):
        make_document(organ, number)
    return make_filing(organ, clerk)


def make_document(organ, number, day=date(YEAR, 4, 1)):
    """Before the public, on the website."""
    document = Document.objects.create(
        organ=organ, kind="normative", title=f"关于第{number}件事的规定", state=State.ISSUED,
        number=f"石财规〔{YEAR}〕{number + 1}号", formed_on=day, issued_at=timezone.now(),
        validity=Validity.IN_FORCE, attribute=Attribute.PROACTIVE,
        index_number=f"130100000{number:03}/{organ.pk}",
    )  # fmt: skip
    at = timezone.make_aware(timezone.datetime(YEAR, 4, 2, 9))
    Publication.objects.create(document=document, channel=Channel.WEBSITE, at=at)
    return document


def signed_in(client, staff):
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def exported(client, filing, form, **query):
    url = reverse("reporting:cell_export", args=[filing.pk, form])
    response = client.get(url, query)
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_every_list_and_every_export_counts_to_its_cell(client, year, office):
    signed_in(client, office[1][Duty.DISCLOSURE])
    url = reverse("reporting:cell", args=[year.pk])
    counted = {ref: cell for ref, cell in report_of(year).cells() if cell and ref not in BY_HAND}

    assert Counter(ref.table for ref in counted) == {TABLE_2: 2, TABLE_3: 11, TABLE_4: 4}
    for ref, cell in counted.items():
        shown = client.get(url, ref._asdict())
        assert (shown.context["count"], len(shown.context["lines"])) == (cell, cell), ref
        assert len(exported(client, year, "csv", **ref._asdict())) - 1 == cell, ref


@pytest.mark.parametrize(
    ("ref", "count"),
    [
        (Ref(TABLE_2, NORMATIVE_2021, ISSUED), 3),
        (Ref(TABLE_2, NORMATIVE_2021, IN_FORCE), 3),
        (Ref(TABLE_3, NEW, TOTAL), 3),
        (Ref(TABLE_3, NEW, "商业企业"), 1),
        (Ref(TABLE_3, RESULTS_TOTAL, TOTAL), 2),
        (Ref(TABLE_3, CARRIED_OUT, TOTAL), 1),
        (Ref(TABLE_4, "行政复议", "尚未审结"), 1),
        (Ref(TABLE_4, "行政诉讼-未经复议直接起诉", TOTAL), 1),
    ],
)
def test_a_workbook_counts_to_its_cell(client, year, office, ref, count):
    signed_in(client, office[1][Duty.DISCLOSURE])

    assert len(exported(client, year, "xlsx", **ref._asdict())) - 1 == count


def test_a_cell_of_0_has_an_empty_list(client, year, office):
    signed_in(client, office[1][Duty.DISCLOSURE])
    response = client.get(
        reverse("reporting:cell", args=[year.pk]), Ref(TABLE_3, NEW, "科研机构")._asdict()
    )

    assert response.context["count"] == 0
    assert "没有这样的记录，数字是0。" in response.content.decode()


def test_names_are_for_the_organ_and_in_no_export(client, year, office):
    _, people = office
    url = reverse("reporting:cell", args=[year.pk])
    asked = {"own": Ref(TABLE_3, NEW, "自然人"), "sued": Ref(TABLE_4, "行政复议", TOTAL)}

    signed_in(client, people[Duty.DISCLOSURE])
    for ref in asked.values():
        assert NAME in client.get(url, ref._asdict()).content.decode()
        heads, *rows = exported(client, year, "csv", **ref._asdict())
        assert not {"申请人", "申请人（原告）"} & set(heads)
        assert NAME not in str(rows)

    signed_in(client, people[Duty.COMPETENT])
    for ref in asked.values():
        told = client.get(url, ref._asdict()).content.decode()
        assert NAME not in told
        assert "张**" in told


def test_the_list_and_its_export_are_for_who_sees_the_report(client, year):
    stranger = make_staff("外人", Duty.DISCLOSURE, organ=make_organ("石家庄市教育局"))
    signed_in(client, stranger)
    ref = Ref(TABLE_3, NEW, TOTAL)._asdict()

    assert client.get(reverse("reporting:cell", args=[year.pk]), ref).status_code == 404
    assert (
        client.get(reverse("reporting:cell_export", args=[year.pk, "csv"]), ref).status_code == 404
    )


def test_a_figure_of_the_prose_opens_to_its_list(client, year, office):
    signed_in(client, office[1][Duty.DISCLOSURE])
    url = reverse("reporting:cell", args=[year.pk])

    items = client.get(url, {"name": "网站信息"})
    new = client.get(url, {"name": "新收"})
    both = client.get(url, {"name": "诉讼"})

    assert (items.context["count"], len(exported(client, year, "csv", name="网站信息"))) == (3, 4)
    assert new.context["count"] == 3
    assert [(ref.row, value) for ref, _, value in both.context["addends"]] == [
        ("行政诉讼-未经复议直接起诉", "1"), ("行政诉讼-复议后起诉", "0"),
    ]  # fmt: skip


def test_what_is_no_figure_of_the_form_has_no_list(client, year, office):
    signed_in(client, office[1][Duty.DISCLOSURE])
    url = reverse("reporting:cell", args=[year.pk])

    assert client.get(url).status_code == 404
    assert client.get(url, {"name": "没有的"}).status_code == 404
    assert client.get(url, {"table": TABLE_3, "row": NEW, "column": "外星人"}).status_code == 404
    bad = reverse("reporting:cell_export", args=[year.pk, "doc"])
    assert client.get(bad, Ref(TABLE_3, NEW, TOTAL)._asdict()).status_code == 404


def test_a_figure_by_hand_shows_its_source(client, year, office):
    signed_in(client, office[1][Duty.DISCLOSURE])
    filling.enter(year, BY_HAND[3], "1.25", by=office[1][Duty.DISCLOSURE], source="财政票据系统")

    told = client.get(reverse("reporting:cell", args=[year.pk]), BY_HAND[3]._asdict())

    assert told.context["entry"].source == "财政票据系统"
    assert "1.25" in told.content.decode()


def test_once_frozen_the_list_says_where_the_records_have_moved_on(client, year, office):
    organ, people = office
    send_in(year, people)
    make_request(organ, people[Duty.DISCLOSURE], on=date(YEAR, 12, 30), subject="补登的")
    signed_in(client, people[Duty.DISCLOSURE])

    told = client.get(reverse("reporting:cell", args=[year.pk]), Ref(TABLE_3, NEW, TOTAL)._asdict())

    assert (told.context["frozen"], told.context["count"], told.context["moved"]) == ("3", 4, True)


def test_requests_of_a_merged_organ_are_counted_and_told_where_they_cannot_be_seen(client, office):
    organ, people = office
    merged = make_organ("石家庄市原物价局", parent=organ.parent)
    theirs = make_people(merged)
    make_request(merged, theirs[Duty.DISCLOSURE], on=date(YEAR, 2, 3))
    make_request(organ, people[Duty.DISCLOSURE], on=date(YEAR, 2, 4))
    merged.valid_to, merged.successor = date(YEAR, 6, 30), organ
    merged.save()
    filing = filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    ref = Ref(TABLE_3, NEW, TOTAL)
    url = reverse("reporting:cell", args=[filing.pk])

    signed_in(client, people[Duty.DISCLOSURE])
    told = client.get(url, ref._asdict())
    assert report_of(filing).cell(ref) == 2
    assert (told.context["count"], told.context["hidden"]) == (1, 1)

    signed_in(client, people[Duty.COMPETENT])
    told = client.get(url, ref._asdict())
    assert (told.context["count"], told.context["hidden"]) == (2, 0)


def test_behind_a_sum_stand_its_units(client):
    city = make_organ("石家庄市人民政府", kind=Kind.CITY)
    competent = make_staff("主管", Duty.COMPETENT, organ=city)
    office = make_people(city)
    bureau = make_organ("石家庄市财政局", parent=city)
    people = make_people(bureau)
    make_organ("石家庄市教育局", parent=city)
    made = calling.call(
        Call(organ=city, year=YEAR, title="编报通知", due_on=date(YEAR + 1, 1, 20),
             publish_on=date(YEAR + 1, 1, 31), whole_on=date(YEAR + 1, 3, 31)),
        by=competent,
    )  # fmt: skip
    calling.advance_call(made, "issue", by=competent)
    make_request(bureau, people[Duty.DISCLOSURE], on=date(YEAR, 3, 5))
    make_request(bureau, people[Duty.DISCLOSURE], on=date(YEAR, 3, 6), subject="另一件")
    send_in(make_filing(city, office[Duty.DISCLOSURE]), office)
    theirs = make_filing(bureau, people[Duty.DISCLOSURE])
    send_in(theirs, people)
    whole = filling.begin(city, YEAR, by=office[Duty.DISCLOSURE], scope=Scope.WHOLE)
    ref = Ref(TABLE_3, NEW, TOTAL)._asdict()

    signed_in(client, competent)
    told = client.get(reverse("reporting:cell", args=[whole.pk]), ref)

    assert [(one.name, one.value, one.why) for one in told.context["units"]] == [
        ("石家庄市人民政府", "0", ""),
        ("石家庄市财政局", "2", ""),
        ("石家庄市教育局", "", "还没有报送"),
    ]
    assert told.context["total"] == "2"
    assert client.get(told.context["units"][1].url).context["count"] == 2
    assert exported(client, whole, "csv", **ref)[1:] == [
        ["石家庄市人民政府", "0", ""],
        ["石家庄市财政局", "2", ""],
        ["石家庄市教育局", "", "还没有报送"],
    ]
    page = client.get(whole.get_absolute_url())
    assert page.status_code == 200
    assert page.context["parts"][2].hand == []
    # Who writes the sum sees the figures of the units, and their reports only where they are his.
    signed_in(client, office[Duty.DISCLOSURE])
    told = client.get(reverse("reporting:cell", args=[whole.pk]), ref)
    assert [bool(one.url) for one in told.context["units"]] == [True, False, False]


def test_a_list_asks_as_many_questions_for_one_record_as_for_many(
    client, office, django_assert_num_queries
):
    organ, people = office
    clerk = people[Duty.DISCLOSURE]
    filing = filling.begin(organ, YEAR, by=clerk)
    url = reverse("reporting:cell", args=[filing.pk])
    ref = Ref(TABLE_3, NEW, TOTAL)._asdict()
    make_request(organ, clerk, on=date(YEAR, 3, 3), registered=False)
    signed_in(client, clerk)
    client.get(url, ref)
    with django_assert_num_queries(9):
        client.get(url, ref)
    for day in range(4, 10):
        make_request(organ, clerk, on=date(YEAR, 3, day), registered=False, subject=f"第{day}件")
    with django_assert_num_queries(9):
        client.get(url, ref)
