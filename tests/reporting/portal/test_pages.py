"""The public pages of the yearly reports: what they say, in which order, and at what cost."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annual_cases import changed, make_report, real
from asked import make_people
from city import make_organ, make_staff
from filed import give_code, make_writers, send_in
from gongkai.annual.exchange import load
from gongkai.annual.forms import CARRIED_IN, NEW, TABLE_3, TOTAL
from gongkai.annual.read import read_bytes
from gongkai.annual.write import write
from gongkai.organs.states import Duty, Kind
from gongkai.reporting.actions import filling, loading, moving
from gongkai.reporting.models import Filing
from gongkai.reporting.states import Scope

pytestmark = pytest.mark.django_db
SEED = "01_sjz_gov_office_2022"


def make_published(organ, people, report, on):
    """Filed by file, on the way every report goes."""
    filing = loading.begin_from_file(
        organ, report.year, write(report, "json"), "年报.json", by=people[Duty.DISCLOSURE]
    )
    send_in(filing, people)
    moving.advance(filing, "clear", by=people[Duty.COMPETENT])
    moving.publish(filing, by=people[Duty.DISCLOSURE], on=on)
    return filing


def make_loaded(organ, people, report, scope=Scope.OWN):
    return loading.load_published(
        organ, report.year, write(report, "json"), "旧.json", by=people[Duty.DISCLOSURE],
        scope=scope, on=date(report.year + 1, 1, 28),
    )  # fmt: skip


@pytest.fixture
def seed():
    city = make_organ("石家庄市人民政府", kind=Kind.CITY)
    organ = make_organ("石家庄市人民政府办公室", parent=city)
    give_code(organ)
    people = make_people(organ)
    people[Duty.COMPETENT] = make_staff("主管", Duty.COMPETENT, organ=city)
    return make_published(organ, people, real(SEED), date(2023, 1, 29))


def test_every_published_format_reads_back_the_same(seed, client):
    published = load(seed.frozen)
    place = f"/reports/{seed.pk}/"
    pages = {
        "page.html": client.get(place).content,
        "document.html": client.get(seed.document.get_absolute_url()).content,
    }
    for form in ("html", "docx", "pdf", "xlsx", "json"):
        pages[f"report.{form}"] = b"".join(client.get(f"{place}report.{form}"))

    for name, data in pages.items():
        back = read_bytes(data, name)

        assert back.tables == published.tables, name
        assert [part.text for part in back.parts] == [part.text for part in published.parts], name
        assert (back.organ, back.year) == (published.organ, published.year), name
        assert back.header.title == published.header.title, name
        assert back.header.published_on == date(2023, 1, 29), name
        assert back.header.index_number == seed.document.index_number, name
        assert back.header.period == published.header.period, name
        assert back.header.contact == published.header.contact, name
        assert back.header.basis == published.header.basis, name


def test_the_charts_say_what_the_tables_say(seed, client):
    page = client.get(f"/reports/{seed.pk}/").content.decode()

    results = page.partition("答复类型：本年度办理结果")[2].partition("</table>")[0]
    for figure in (30, 9, 18, 262, 13, 11):
        assert f'<span class="plot-figure">{figure}</span>' in results
    assert 'viewBox="0 0 100 10"' in results


def test_the_page_bears_the_tags_of_its_column_and_of_itself(seed, client):
    page = client.get(f"/reports/{seed.pk}/").content.decode()

    tags = dict(re.findall(r'<meta name="(\w+)" content="([^"]*)">', page))
    told = {name: tags[name] for name in ("ColumnType", "ArticleTitle", "PubDate", "ContentSource")}
    assert told == {
        "ColumnType": "信息公开年报",
        "ArticleTitle": "石家庄市人民政府办公室2022年政府信息公开工作年度报告",
        "PubDate": "2023-01-29 00:00",
        "ContentSource": "石家庄市人民政府办公室",
    }


def test_years_are_told_beside_each_other_and_lead_to_each_other(client):
    organ, people = make_writers()
    filings = [
        make_loaded(organ, people, make_report(year=year, organ=organ.name))
        for year in (2021, 2022, 2023)
    ]

    page = client.get(f"/reports/{filings[1].pk}/").content.decode()

    assert f'<a href="/reports/{filings[0].pk}/" rel="prev">上一年（2021年）</a>' in page
    assert f'<a href="/reports/{filings[2].pk}/" rel="next">下一年（2023年）</a>' in page
    drawn = page.partition("历年申请办理情况（")[2].partition("</table>")[0]
    assert re.findall(r'<th scope="row">(.+?)</th>', drawn) == ["2021年", "2022年"]
    assert "据已公布的文件" in page


def test_a_corrected_report_says_why_and_the_version_before_leads_to_it(client):
    organ, people = make_writers()
    old = make_loaded(organ, people, make_report(year=2023, organ=organ.name))
    fresh = filling.correct(old, by=people[Duty.DISCLOSURE], note="漏计一件申请")
    send_in(fresh, people)
    moving.advance(fresh, "clear", by=people[Duty.COMPETENT])
    moving.publish(fresh, by=people[Duty.DISCLOSURE])

    before = client.get(f"/reports/{old.pk}/").content.decode()
    after = client.get(f"/reports/{fresh.pk}/").content.decode()

    assert f'这是更正以前的版本，仅供查阅。请看<a href="/reports/{fresh.pk}/">' in before
    assert "本年报已更正，更正说明：漏计一件申请" in after
    assert f'<a href="/reports/{old.pk}/">第1版</a>' in after
    listed = client.get("/reports/years/2023/").content.decode()
    assert f'href="/reports/{fresh.pk}/"' in listed
    assert f'href="/reports/{old.pk}/"' not in listed


def test_the_archive_goes_down_the_tree_with_whole_reports_first(client):
    city = make_organ("石州市人民政府", kind=Kind.CITY)
    bureau = make_organ("石州市财政局", parent=city)
    people, others = make_people(city), make_people(bureau)
    make_loaded(bureau, others, make_report(year=2023, organ="石州市财政局"))
    make_loaded(city, people, make_report(year=2023, organ="石州市人民政府办公室"))
    make_loaded(city, people, make_report(year=2023, organ="石州市人民政府"), scope=Scope.WHOLE)
    make_loaded(bureau, others, make_report(year=2022, organ="石州市财政局"))

    newest = client.get("/reports/")

    assert newest.context["year"] == 2023
    assert [line["title"] for line in newest.context["lines"]] == [
        "石州市人民政府2023年政府信息公开工作年度报告",
        "石州市人民政府办公室2023年政府信息公开工作年度报告",
        "石州市财政局2023年政府信息公开工作年度报告",
    ]
    assert [line["whole"] for line in newest.context["lines"]] == [True, False, False]
    assert len(client.get("/reports/years/2022/").context["lines"]) == 1
    assert client.get("/reports/years/2021/").status_code == 404


def test_the_empty_archive_and_the_empty_data_page_say_so(client):
    for address in ("/reports/", "/reports/data/"):
        assert "还没有公布的年度报告" in client.get(address).content.decode()
    assert client.get("/reports/data/series.json").status_code == 404


def test_years_are_drawn_where_there_are_some_to_compare(client):
    organ, people = make_writers()
    make_loaded(organ, people, make_report(year=2021, organ=organ.name))
    assert client.get("/reports/data/").context["chart"] is None

    make_loaded(organ, people, make_report(year=2022, organ=organ.name))

    chart = client.get("/reports/data/").context["chart"]
    assert [label for label, _ in chart.rows] == ["2021年", "2022年"]
    assert client.get("/reports/data/?figure=new&figure=fees").context["chart"] is None


def test_blank_unknown_not_asked_and_0_are_four_things_in_the_data(client):
    organ, people = make_writers()
    plain = make_report(year=2022, organ=organ.name)
    blank = changed(plain, {(TABLE_3, CARRIED_IN, TOTAL): None})
    make_loaded(organ, people, blank)
    make_loaded(organ, people, real("13_shanghai_go_2019"))
    asked = {"unit": f"{organ.pk}-own", "figure": ["new", "carried_in", "rules_in_force"]}

    told = client.get("/reports/data/series.json", asked).json()
    text = b"".join(client.get("/reports/data/series.csv", asked)).decode("utf-8-sig")

    values = {one["key"]: one["values"] for one in told["figures"]}
    assert [(one["value"], one["state"]) for one in values["carried_in"]][1] == (None, "blank")
    assert [one["state"] for one in values["rules_in_force"]] == ["not-in-form", "figure"]
    new = plain.tables[TABLE_3][NEW][TOTAL]
    assert values["new"][1] == {
        "year": 2022, "value": new, "state": "figure", "provenance": "据已公布的文件",
    }  # fmt: skip
    lines = text.splitlines()
    assert lines[0] == "单位,年度,指标,数字,计量单位,数据来源"
    assert any(line.endswith("2022,上年结转,未填,件,据已公布的文件") for line in lines)
    assert any("2019,规章现行有效,不适用,件" in line for line in lines)


def test_all_cells_are_taken_away_as_they_stand(seed, client):
    asked = {"unit": f"{seed.organ_id}-own"}

    text = b"".join(client.get("/reports/data/cells.csv", asked)).decode("utf-8-sig")

    cells = [line.split(",") for line in text.splitlines()[1:]]
    published = list(load(seed.frozen).cells())
    assert len(cells) == len(published)
    assert [row[5] for row in cells] == [
        "未填" if cell is None else str(cell) for _, cell in published
    ]


def test_a_unit_that_has_published_nothing_has_no_data(seed, client):
    assert client.get("/reports/data/?unit=999-own").status_code == 404
    assert client.get("/reports/data/?unit='x&figure=<b>").status_code == 404
    assert client.get("/reports/data/?figure=nothing").status_code == 200


def test_the_page_of_a_report_is_kept_and_costs_one_question(seed, client):
    client.get(f"/reports/{seed.pk}/")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        again = client.get(f"/reports/{seed.pk}/")

    assert (again.status_code, len(asked)) == (200, 1)


def test_pages_ask_no_more_for_more_years_and_more_units(client):
    organ, people = make_writers()

    def cost(address):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{address}&" if "?" in address else f"{address}?").status_code == 200
        return len(asked)

    first = make_loaded(organ, people, make_report(year=2020, organ=organ.name))
    addresses = (f"/reports/{first.pk}/?x=1", "/reports/", f"/reports/data/?unit={organ.pk}-own")
    client.get("/reports/")
    few = [cost(address) for address in addresses]
    for number in range(3):
        other = make_organ(f"石州市第{number}局", parent=organ.parent)
        make_loaded(other, make_people(other), make_report(year=2022, organ=other.name))
        make_loaded(organ, people, make_report(year=2021 + number, organ=organ.name))

    assert [cost(address) for address in addresses] == few
    assert Filing.objects.count() == 7
