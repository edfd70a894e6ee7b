"""汇总的页面：sixty units cell by cell, what each brings, who is missing, where a sum is open."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from annual_cases import REPORTS
from called import YEAR, figures, make_call, make_city, sent_in, signed_in, zeros
from city import make_organ, make_staff
from gongkai.annual.forms import (
    COERCION,
    DECISIONS,
    LAYOUTS,
    NEW,
    OTHERWISE_ONE_ROW,
    OTHERWISE_THREE_ROWS,
    TABLE_2,
    TABLE_3,
    TABLE_4,
    TOTAL,
    Form,
    Ref,
)
from gongkai.annual.model import Report
from gongkai.annual.write import write
from gongkai.errors import BadInput
from gongkai.organs.states import Duty, Kind
from gongkai.reporting.actions import calling, filling, loading
from gongkai.reporting.actions.checking import check, obstacles
from gongkai.reporting.assembling import assemble, report_of
from gongkai.reporting.models import Filing
from gongkai.reporting.states import Scope, State
from gongkai.reporting.sums import sum_of

pytestmark = pytest.mark.django_db
EVERY = list(LAYOUTS[Form.Y2021].refs())


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.DEMO = True


def begin_whole(city, people):
    return filling.begin(city, YEAR, by=people[Duty.DISCLOSURE], scope=Scope.WHOLE)


def shown(client, made, table="", row=""):
    url = reverse("reporting:sums", args=[made.pk])
    response = client.get(url, {"table": table, "row": row})
    assert response.status_code == 200
    return response


def test_sixty_units_are_added_up_cell_by_cell(client):
    city, below, people = make_city(59)
    made = make_call(city, people[Duty.COMPETENT])
    for number, organ in enumerate([city, *below]):
        report = zeros(organ.name) if number % 7 == 0 else figures(organ.name, number)
        sent_in(organ, report, call=made)
    whole = begin_whole(city, people)

    report = report_of(whole)

    counted = [number for number in range(60) if number % 7]
    assert [report.cell(ref) for ref in EVERY] == [
        sum(number + place for number in counted) for place in range(len(EVERY))
    ]
    page = shown(signed_in(client, people[Duty.COMPETENT]), made, TABLE_4, "行政复议")
    assert len(page.context["units"]) == 60
    assert [total.words for total in page.context["totals"]] == [
        f"{report.cell(Ref(TABLE_4, '行政复议', total.ref.column))}"
        for total in page.context["totals"]
    ]
    of_columns = zip(*[cells for _, cells in page.context["units"]], strict=True)
    assert [f"{sum(int(shown) for shown, _ in column)}" for column in of_columns] == [
        total.words for total in page.context["totals"]
    ]
    assert not [one for one in check(whole).verdict.findings if one.rule == "X-02"]


def test_missing_and_late_units_are_named_and_no_0_is_made_of_them(client):
    city, below, people = make_city(3)
    made = make_call(city, people[Duty.COMPETENT])
    sent_in(below[0], figures(below[0].name, 5), call=made)
    sent_in(below[1], zeros(below[1].name), on=date(YEAR + 1, 2, 1), call=made)

    page = shown(signed_in(client, people[Duty.COMPETENT]), made)

    missing = [unit.name for unit in page.context["sum"].missing]
    assert missing == [city.name, below[2].name]
    assert [line.unit.name for line in page.context["late"]] == [below[1].name]
    # A report of zeros counts as one that has been sent in.
    assert [part.unit.name for part in page.context["sum"].sent] == [one.name for one in below[:2]]
    found = [one.found for one in page.context["sum"].findings if one.rule == "X-02"]
    assert found == missing
    whole = begin_whole(city, people)
    assert [reason for reason in obstacles(check(whole)) if "X-02" in reason] != []


def test_a_blank_cell_makes_the_sum_a_lower_bound_and_tells_whose_it_is(client):
    city, below, people = make_city(2)
    made = make_call(city, people[Duty.COMPETENT])
    ref = Ref(TABLE_2, COERCION, DECISIONS)
    sent_in(city, zeros(city.name), call=made)
    sent_in(below[0], figures(below[0].name, 5), call=made)
    sent_in(below[1], figures(below[1].name, 6).with_cell(ref, None), call=made)

    page = shown(signed_in(client, people[Duty.COMPETENT]), made, TABLE_2, COERCION)

    first = EVERY.index(ref) + 5
    assert [total.words for total in page.context["totals"]] == [f"至少{first}"]
    assert {
        name: [one.ref for one in found] for name, found in page.context["sum"].gaps.items()
    } == {below[1].name: [ref]}
    cells = {part.unit.name: cells for part, cells in page.context["units"]}
    assert cells[below[1].name] == [("空白", "没有填写")]
    assert cells[city.name] == [("0", "")]
    whole = begin_whole(city, people)
    assert any(below[1].name in reason and "至少" in reason for reason in obstacles(check(whole)))


def test_the_sum_of_a_county_counts_in_that_of_the_city():
    city, below, people = make_city(1)
    county = make_organ("正定县人民政府", parent=city, kind=Kind.COUNTY)
    office = make_organ("正定县教育局", parent=county)
    made = make_call(city, people[Duty.COMPETENT])
    heads = {
        duty: make_staff(f"县{duty.label}", duty, organ=county)
        for duty in (Duty.COMPETENT, Duty.DISCLOSURE)
    }
    lower = make_call(county, heads[Duty.COMPETENT])
    sent_in(city, zeros(city.name), call=made)
    sent_in(below[0], figures(below[0].name, 1), call=made)
    sent_in(county, figures(county.name, 10), call=lower)
    sent_in(office, figures(office.name, 20), call=lower)
    of_county = filling.begin(county, YEAR, by=heads[Duty.DISCLOSURE], scope=Scope.WHOLE)
    assert of_county.call == lower
    summed = report_of(of_county)
    assert summed.cell(EVERY[3]) == 10 + 20 + 2 * 3
    Filing.objects.filter(pk=of_county.pk).delete()
    sent_in(county, summed, scope=Scope.WHOLE, call=lower)

    whole = report_of(begin_whole(city, people))

    assert [whole.cell(ref) for ref in EVERY] == [
        1 + 10 + 20 + 3 * place for place in range(len(EVERY))
    ]


@pytest.mark.parametrize(
    ("file", "organ", "year"),
    [
        ("02_huaian_2024.pdf", "淮安市人民政府", 2024),
        ("09_shuyang_drc_2023.html", "沭阳县发展和改革局", 2023),
    ],
)
def test_an_outside_unit_counts_from_its_published_file(file, organ, year):
    city, below, people = make_city(1)
    made = make_call(city, people[Duty.COMPETENT], year=year)
    unit = calling.add_unit(made, by=people[Duty.COMPETENT], name=organ)
    sent_in(below[0], figures(below[0].name, 1, year), call=made)
    filed = loading.file_for(unit, (REPORTS / file).read_bytes(), file, by=people[Duty.COMPETENT])

    found = sum_of(made)

    assert [part.unit.name for part in found.sent] == [below[0].name, organ]
    ref = Ref(TABLE_3, NEW, TOTAL)
    own = 1 + EVERY.index(ref)
    assert found.rollup.totals[ref].amount.value == own + report_of(filed).cell(ref)
    assert report_of(filed).cell(ref) > 0


def test_a_table_chosen_without_a_row_opens_at_its_first(client):
    city, below, people = make_city(1)
    made = make_call(city, people[Duty.COMPETENT])
    sent_in(below[0], figures(below[0].name, 1), call=made)
    signed_in(client, people[Duty.COMPETENT])

    opened = [shown(client, made, table).context for table in (TABLE_2, TABLE_3, "没有这张表")]

    assert [(one["table"], one["row"]) for one in opened] == [
        (TABLE_2, "规章"), (TABLE_3, NEW), (TABLE_2, "规章"),
    ]  # fmt: skip
    (words, *_) = [words for _, words, here in opened[0]["rows"] if here]
    assert words == "1／2／3"


def test_the_newer_version_of_a_unit_counts_and_not_both():
    city, below, people = make_city(1)
    made = make_call(city, people[Duty.COMPETENT])
    organ = below[0]
    sent_in(organ, figures(organ.name, 1), call=made, state=State.REPLACED)
    sent_in(organ, figures(organ.name, 100), call=made, version=2)

    found = sum_of(made)

    assert found.rollup.totals[EVERY[0]].amount.value == 100


def in_form(form, organ, year=YEAR):
    cells = {
        table: {row: dict.fromkeys(columns, 1) for row, columns in rows.items()}
        for table, rows in LAYOUTS[form].tables.items()
    }
    return Report(form, year, organ, cells)


def test_a_unit_with_one_row_for_the_rest_is_added_up_in_one_row(client):
    city, below, people = make_city(1)
    made = make_call(city, people[Duty.COMPETENT])
    sent_in(below[0], figures(below[0].name, 1), call=made)
    sent_in(city, in_form(Form.MIXED, city.name), call=made)
    whole = begin_whole(city, people)

    report = report_of(whole)

    assert report.form is Form.MIXED
    three = [1 + EVERY.index(Ref(TABLE_3, row, TOTAL)) for row in OTHERWISE_THREE_ROWS]
    assert report.cell(Ref(TABLE_3, OTHERWISE_ONE_ROW[0], TOTAL)) == 1 + sum(three)
    assert assemble(whole).values["其他处理"] == f"{1 + sum(three)}"
    page = shown(signed_in(client, people[Duty.COMPETENT]), made, TABLE_3, OTHERWISE_ONE_ROW[0])
    assert page.context["totals"][-1].words == f"{1 + sum(three)}"


def test_a_report_in_the_form_of_2019_is_not_taken_in_for_a_sum(client):
    city, below, people = make_city(1)
    made = make_call(city, people[Duty.COMPETENT])
    unit = calling.add_unit(made, by=people[Duty.COMPETENT], name="市税务局")
    old = write(in_form(Form.Y2019, "市税务局"), "json")

    with pytest.raises(BadInput, match="2019年的试行格式"):
        loading.file_for(unit, old, "年报.json", by=people[Duty.COMPETENT])

    # One that came in another way is explained, and the page stands.
    sent_in(below[0], figures(below[0].name, 1), call=made)
    sent_in(city, in_form(Form.Y2019, city.name), call=made)
    page = shown(signed_in(client, people[Duty.COMPETENT]), made)
    assert "不能汇总" in page.context["problem"]


def test_the_base_table_exported_adds_up(client):
    city, below, people = make_city(2)
    made = make_call(city, people[Duty.COMPETENT])
    for number, organ in enumerate([city, *below], 1):
        sent_in(organ, figures(organ.name, number), call=made)
    signed_in(client, people[Duty.COMPETENT])

    file = b"".join(client.get(reverse("reporting:sums_csv", args=[made.pk])))

    rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
    assert rows[0] == ["表", "行", "列", "合计", city.name, below[0].name, below[1].name]
    assert len(rows) == 1 + len(EVERY)
    assert [int(row[3]) for row in rows[1:]] == [sum(map(int, row[4:])) for row in rows[1:]]


def test_nobody_has_sent_anything_in_yet(client):
    city, _, people = make_city(1)
    made = make_call(city, people[Duty.COMPETENT])
    page = shown(signed_in(client, people[Duty.COMPETENT]), made)
    assert "还没有单位报送" in page.content.decode()
    assert client.get(reverse("reporting:sums_csv", args=[made.pk])).status_code == 200


def test_the_page_asks_as_many_questions_for_sixty_units_as_for_two(
    client, django_assert_max_num_queries
):
    city, below, people = make_city(60)
    made = make_call(city, people[Duty.COMPETENT])
    for number, organ in enumerate(below):
        sent_in(organ, figures(organ.name, number), call=made)
    signed_in(client, people[Duty.COMPETENT])
    shown(client, made)
    with django_assert_max_num_queries(25):
        shown(client, made)
