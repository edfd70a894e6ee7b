"""读入的页面：files of earlier years looked at and confirmed; figures by hand from a table."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from annual_cases import REPORTS, make_report
from called import signed_in
from city import make_organ, make_staff
from filed import make_writers
from gongkai.annual.forms import NEW, TABLE_3, TOTAL, Ref
from gongkai.annual.model import Undeterminable
from gongkai.annual.read import read_report
from gongkai.annual.write import write
from gongkai.organs.states import Duty
from gongkai.reporting.actions import filling
from gongkai.reporting.assembling import report_of
from gongkai.reporting.counting import BY_HAND
from gongkai.reporting.models import Entry, Filing, Intake
from gongkai.reporting.states import Basis, State

pytestmark = pytest.mark.django_db
YEAR = 2024


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.DEMO = True


@pytest.fixture
def office():
    return make_writers()


@pytest.fixture
def desk(client, office):
    return signed_in(client, office[1][Duty.DISCLOSURE])


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def upload(desk, organ, *files, scope="own"):
    given = [SimpleUploadedFile(name, data) for name, data in files]
    return desk.post(
        reverse("reporting:loads"), {"organ": organ.pk, "scope": scope, "reports": given}
    )


def confirm(desk, one, **told):
    return desk.post(one.get_absolute_url(), {"scope": "own", "do": "confirm"} | told)


@pytest.mark.parametrize(
    "name",
    [
        "02_huaian_2024.pdf",
        "09_shuyang_drc_2023.html",
        "13_shanghai_go_2019.html",
        "18_pingtan_2022.flat.txt",
    ],
)
def test_a_file_is_looked_at_and_then_kept_as_it_was_read(desk, office, name):
    organ, _ = office
    expected = read_report(REPORTS / name)

    response = upload(desk, organ, (name, (REPORTS / name).read_bytes()))
    one = Intake.objects.get()
    assert response["Location"] == one.get_absolute_url()
    assert not Filing.objects.exists()
    page = desk.get(one.get_absolute_url())
    assert page.context["report"] == expected
    typed = {"year": expected.year, "on": f"{expected.year + 1}-01-25"}
    # It is signed by another organ: somebody has to say that it is ours all the same.
    assert confirm(desk, one, **typed).context["form"].errors["same"]
    confirm(desk, one, same="on", **typed)

    kept = Filing.objects.get()
    assert (kept.basis, kept.state, kept.year, kept.source) == (
        Basis.FILE, State.PUBLISHED, expected.year, name,
    )  # fmt: skip
    assert report_of(kept).tables == expected.tables
    assert not Intake.objects.exists()


def test_what_the_file_tells_is_not_typed_over(desk, office):
    organ, _ = office
    report = make_report(organ=organ.name, year=YEAR)
    upload(desk, organ, ("年报.json", write(report, "json")))
    one = Intake.objects.get()

    confirm(desk, one, year=YEAR - 3, on=f"{YEAR + 1}-01-20")

    assert Filing.objects.get().year == YEAR


def test_a_day_of_publication_that_cannot_be_is_refused(desk, office):
    organ, _ = office
    upload(desk, organ, ("年报.json", write(make_report(organ=organ.name, year=YEAR), "json")))
    one = Intake.objects.get()

    for day in ("", f"{YEAR}-12-30", f"{date.today().year + 1}-01-01"):
        form = confirm(desk, one, on=day).context["form"]
        assert form.errors
    assert not Filing.objects.exists()
    assert Intake.objects.exists()


def test_a_year_that_is_there_already_is_refused(desk, office):
    organ, _ = office
    data = write(make_report(organ=organ.name, year=YEAR), "json")
    for _ in range(2):
        upload(desk, organ, ("年报.json", data))
    first, second = Intake.objects.order_by("pk")
    confirm(desk, first, on=f"{YEAR + 1}-01-20")

    assert "已经公布" in text(confirm(desk, second, on=f"{YEAR + 1}-01-20"))
    desk.post(second.get_absolute_url(), {"do": "give_up"})
    assert (Filing.objects.count(), Intake.objects.count()) == (1, 0)


def zipped(*files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def test_several_years_come_in_one_archive_and_bad_files_do_not_hold_up_the_others(desk, office):
    organ, _ = office
    years = [(f"{year}年报.json", write(make_report(organ=organ.name, year=year), "json"))
             for year in (2022, 2023)]  # fmt: skip
    pack = zipped(
        *years,
        ("说明.txt", "只是一段话。".encode()),
        ("空.pdf", b""),
        ("内层.zip", zipped(*years)),
        ("__MACOSX/._x", b"x"),
    )

    page = upload(desk, organ, ("往年.zip", pack), ("坏的.zip", b"PK\x03\x04nothing"))

    assert [(one.name, one.year) for one in Intake.objects.order_by("year")] == [
        ("2022年报.json", 2022), ("2023年报.json", 2023),
    ]  # fmt: skip
    refused = page.context["refused"]
    assert len(refused) == 4
    assert [any(word in one for one in refused) for word in ("空.pdf", "内层.zip", "坏的.zip")] == [
        True, True, True,
    ]  # fmt: skip


def test_names_of_chinese_windows_are_read(desk, office):
    organ, _ = office
    data = write(make_report(organ=organ.name, year=YEAR), "json")
    name = "财政局年报.json"
    raw = zipped(("x" * len(name.encode("gb18030")), data))
    pack = raw.replace(b"x" * len(name.encode("gb18030")), name.encode("gb18030"))

    upload(desk, organ, ("往年.zip", pack))

    assert Intake.objects.get().name == name


def test_a_table_that_is_missing_is_told_and_not_made_0(desk, office):
    organ, _ = office
    report = make_report(organ=organ.name, year=YEAR)
    report = type(report)(
        report.form, YEAR, organ.name, {**report.tables, TABLE_3: None}, report.parts
    )
    upload(desk, organ, ("年报.json", write(report, "json")))
    one = Intake.objects.get()
    page = desk.get(one.get_absolute_url())
    assert page.context["absent"] == [TABLE_3]
    confirm(desk, one, on=f"{YEAR + 1}-01-20")

    cell = report_of(Filing.objects.get()).cell(Ref(TABLE_3, NEW, TOTAL))
    assert isinstance(cell, Undeterminable)


def test_who_does_not_write_for_the_organ_loads_nothing(client, desk, office):
    organ, people = office
    upload(desk, organ, ("年报.json", write(make_report(organ=organ.name, year=YEAR), "json")))
    one = Intake.objects.get()
    stranger = make_staff("外人", Duty.DISCLOSURE, organ=make_organ("别处的局"))

    signed_in(client, stranger)
    assert client.get(one.get_absolute_url()).status_code == 404
    response = upload(client, organ, ("年报.json", b"{}"))
    assert response.context["form"].errors["organ"]
    signed_in(client, people[Duty.LEGAL])
    assert client.get(reverse("reporting:loads")).status_code == 403


# ── 手工数字 ────────────────────────────────────────────────────────────────────────────────


def table(*rows, heads="单位,行政许可,行政处罚,行政强制,行政事业性收费（万元）,来源"):
    return "\n".join([heads, *rows]).encode()


def dry(desk, data, name="数字.csv", year=YEAR):
    file = SimpleUploadedFile(name, data)
    return desk.post(reverse("reporting:figures"), {"year": year, "file": file})


def entered(filing):
    return {one.ref.row: f"{one.figure}" for one in Entry.objects.filter(filing=filing)}


def test_figures_are_shown_first_and_filled_in_when_confirmed(desk, office):
    organ, people = office
    filing = filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    filling.enter(filing, BY_HAND[0], "9", by=people[Duty.DISCLOSURE], source="旧表")

    page = dry(desk, table(f"{organ.name},12,3,,45.60,业务统计表"))
    (line,) = page.context["lines"]
    assert line.reasons == []
    assert [told[1:] for told in line.told] == [("9", "12"), ("", "3"), ("", "45.60")]
    assert entered(filing) == {"行政许可": "9"}

    desk.post(reverse("reporting:figures"), {"seen": page.context["seen"]})

    # A blank cell leaves what stands there: it is not 0.
    assert entered(filing) == {"行政许可": "12", "行政处罚": "3", "行政事业性收费": "45.6"}
    one = Entry.objects.get(filing=filing, row="行政处罚")
    assert (one.source, one.imported) == ("业务统计表", "数字.csv")


def test_a_workbook_of_many_units_is_read_and_each_bad_line_says_why(desk, office):
    organ, people = office
    clerk = people[Duty.DISCLOSURE]
    filling.begin(organ, YEAR, by=clerk)
    book = openpyxl.Workbook()
    rows = [
        ["单位", "行政许可", "行政处罚", "行政强制", "行政事业性收费(万元)", "来源"],
        [organ.name, 5, 0, None, 1.25, "年报统计"],
        [organ.name, 6, None, None, None, "又一张表"],
        ["别处的局", 1, 1, 1, 1, "统计"],
        [organ.name, -1, "三件", 1.5, None, ""],
        ["", 1, None, None, None, "统计"],
    ]
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)

    page = dry(desk, out.getvalue(), "数字.xlsx")

    reasons = [line.reasons for line in page.context["lines"]]
    assert reasons[0] == []
    assert reasons[1] == ["与第2行是同一个单位"]
    assert reasons[2] == ["“别处的局”不是由您编制年报的机关"]
    assert [len(one) for one in reasons[3:]] == [5, 1]
    assert page.context["good"] == 1


def test_a_report_that_is_on_its_way_takes_no_figures(desk, office):
    organ, people = office
    clerk = people[Duty.DISCLOSURE]
    filing = filling.begin(organ, YEAR, by=clerk)
    page = dry(desk, table(f"{organ.name},1,1,1,1,统计"))
    Filing.objects.filter(pk=filing.pk).update(state=State.SIGNING, frozen={})

    said = text(desk.post(reverse("reporting:figures"), {"seen": page.context["seen"]}))

    assert "不能修改" in said
    assert entered(filing) == {}


def test_what_was_looked_at_cannot_be_changed_on_the_way(desk, office):
    organ, people = office
    filing = filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    page = dry(desk, table(f"{organ.name},1,1,1,1,统计"))

    said = text(
        desk.post(reverse("reporting:figures"), {"seen": page.context["seen"][:-3] + "xyz"})
    )

    assert "请重新上传" in said
    assert entered(filing) == {}


def test_a_file_that_is_no_such_table_is_refused_in_words(desk, office):
    assert "第一行应当是列名" in text(dry(desk, table("1,2", heads="甲,乙")))
    assert "只有列名" in text(dry(desk, table()))
    assert "不是 .xlsx 或 .csv" in text(dry(desk, b"%PDF-1.4", "数字.pdf"))


def test_the_empty_table_has_the_units_one_writes_for(desk, office):
    organ, _ = office
    lines = desk.get(reverse("reporting:empty_table")).content.decode("utf-8-sig").splitlines()
    assert lines == [
        "单位,行政许可,行政处罚,行政强制,行政事业性收费（万元）,来源", f"{organ.name},,,,,",
    ]  # fmt: skip


# ── 由文件编报 ──────────────────────────────────────────────────────────────────────────────


def test_a_file_is_begun_from_read_again_and_goes_the_usual_way(desk, office):
    organ, _ = office

    def given(name, report):
        return SimpleUploadedFile(name, write(report, "json"))

    first = make_report(organ=organ.name, year=YEAR)
    url = reverse("reporting:from_file")
    other = desk.post(
        url, {"organ": organ.pk, "year": YEAR, "file": given("错.json", make_report(year=YEAR))}
    )
    assert f"不是“{organ}”的" in text(other)
    response = desk.post(
        url, {"organ": organ.pk, "year": YEAR, "file": given("一稿.json", first)}
    )  # fmt: skip
    filing = Filing.objects.get()
    assert response["Location"] == filing.get_absolute_url()
    again = reverse("reporting:read_again", args=[filing.pk])
    assert again in text(desk.get(filing.get_absolute_url()))

    better = first.with_cell(BY_HAND[0], 777)
    desk.post(again, {"file": given("二稿.json", better)})

    filing.refresh_from_db()
    assert (filing.source, report_of(filing).cell(BY_HAND[0])) == ("二稿.json", 777)
    Filing.objects.filter(pk=filing.pk).update(state=State.SUBMITTED)
    assert "不能修改" in text(desk.post(again, {"file": given("三稿.json", first)}))
    assert report_of(Filing.objects.get()).cell(BY_HAND[0]) == 777
    assert again not in text(desk.get(filing.get_absolute_url()))
