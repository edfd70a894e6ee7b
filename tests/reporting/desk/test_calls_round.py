"""一轮编报：who has sent in what, urging, the whole, clearing several at once."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from annual_cases import REPORTS, make_report
from called import YEAR, figures, make_call, make_city, sent_in, signed_in, zeros
from city import make_staff
from gongkai.annual.forms import NEW, TABLE_3, TOTAL, Ref
from gongkai.annual.write import write
from gongkai.errors import NotAllowed
from gongkai.notices.models import Notice
from gongkai.organs.states import Duty
from gongkai.reporting.actions import calling, filling, moving, urging
from gongkai.reporting.models import Filing, Reminder, Waiver
from gongkai.reporting.rounds import figures as figures_of
from gongkai.reporting.rounds import lines
from gongkai.reporting.states import Scope, State
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(YEAR + 1, 1, 15), date(YEAR + 1, 1, 25)


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.DEMO = True


@pytest.fixture
def round_():
    """A city of three departments: one in time with nothing, one late, one missing."""
    city, below, people = make_city(3)
    made = make_call(city, people[Duty.COMPETENT])
    sent_in(below[0], zeros(below[0].name), on=BEFORE, call=made)
    sent_in(below[1], make_report(organ=below[1].name, year=YEAR), on=AFTER, call=made)
    return made, below, people


@pytest.fixture
def desk(client, round_):
    return signed_in(client, round_[2][Duty.COMPETENT])


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def shown(desk, made, show=""):
    page = desk.get(reverse("reporting:progress", args=[made.pk]), {"show": show})
    return [line.unit.name for line in page.context["lines"]]


def test_the_figures_on_top_are_the_lists_they_open(desk, round_):
    made, below, _ = round_
    names = [one.name for one in below]
    page = desk.get(reverse("reporting:progress", args=[made.pk]))

    counted = page.context["figures"]
    assert (counted.asked, counted.counted["sent"], counted.counted["missing"]) == (4, 2, 2)
    expected = {
        "sent": names[:2],
        "missing": [made.organ.name, names[2]],
        "late": [made.organ.name, *names[1:]],
        "waiting": names[:2],
        "returned": [],
        "zero": names[:1],
    }
    for show, units in expected.items():
        assert shown(desk, made, show) == units
        assert counted.counted[show] == len(units)


def test_before_the_last_day_nobody_is_late_for_not_having_sent_in(round_):
    made, below, _ = round_
    found = lines(made, on=date(YEAR + 1, 1, 20))
    assert [line.unit.name for line in found if line.progress.late] == [below[1].name]
    assert figures_of(found).counted["late"] == 1


def test_a_correction_in_the_making_does_not_take_back_what_was_sent_in(round_):
    made, below, _ = round_
    first = Filing.objects.get(organ=below[0])
    Filing.objects.filter(pk=first.pk).update(state=State.PUBLISHED, published_on=AFTER)
    clerk = make_staff("编报员", Duty.DISCLOSURE, organ=below[0])
    second = filling.correct(Filing.objects.get(pk=first.pk), by=clerk, note="漏计一件")

    line = next(one for one in lines(made) if one.unit.organ == below[0])

    assert (line.filing, line.progress.sent_on, line.progress.late) == (second, BEFORE, False)


def test_findings_are_counted_and_explained_ones_are_not(desk, round_):
    made, below, _ = round_
    filing = Filing.objects.get(organ=below[1])
    broken = make_report(organ=below[1].name, year=YEAR).with_cell(Ref(TABLE_3, NEW, TOTAL), 999)
    Filing.objects.filter(pk=filing.pk).delete()
    filing = sent_in(below[1], broken, call=made)

    def errors():
        return next(line.errors for line in lines(made) if line.unit.organ == below[1])

    before = errors()
    assert before > 0
    rules = {
        one.rule
        for line in lines(made) if line.unit.organ == below[1]
        for one in line.verdict.errors
    }  # fmt: skip
    Waiver.objects.create(filing=filing, key=min(rules), reason="已经核实")
    assert errors() < before
    assert shown(desk, made, "found") == [below[1].name]


def test_the_export_has_the_units_of_the_page(desk, round_):
    made, below, _ = round_
    file = desk.get(reverse("reporting:progress_xlsx", args=[made.pk]), {"show": "sent"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(file)))
    rows = list(book.active.iter_rows(values_only=True))

    assert [row[0] for row in rows[1:]] == [below[0].name, below[1].name]
    assert dict(zip(rows[0], rows[1], strict=True))["零报告"] == "是"
    assert dict(zip(rows[0], rows[2], strict=True))["是否逾期"] == "是"


def test_urging_tells_the_writers_once_a_day_and_is_on_record(desk, round_):
    made, below, people = round_
    writer = make_staff("编报员", Duty.DISCLOSURE, organ=below[2], email="w@example.cn")
    url = reverse("reporting:urge", args=[made.pk])
    unit = made.units.get(organ=below[2])

    desk.post(url, {"unit": [unit.pk], "note": "请今天下班前报送"})

    (notice,) = Notice.objects.all()
    assert (notice.recipient_id, notice.link) == (str(writer.pk), made.get_absolute_url())
    assert "请今天下班前报送" in notice.body
    step = Step.objects.of(made).filter(move="urge").get()
    assert (step.by_id, step.note) == (people[Duty.COMPETENT].pk, f"{unit}：请今天下班前报送")
    assert "今天已经催过" in text(desk.post(url, {"unit": [unit.pk]}))
    assert "1次" in text(desk.get(reverse("reporting:progress", args=[made.pk])))


def test_without_a_choice_all_that_are_missing_are_urged(desk, round_):
    made, below, _ = round_
    desk.post(reverse("reporting:urge", args=[made.pk]), {"note": ""})
    urged = Reminder.objects.filter(rule="urge").values_list("unit__name", flat=True)
    assert sorted(urged) == sorted([made.organ.name, below[2].name])


def test_nobody_is_urged_who_has_sent_in_nor_when_the_round_is_closed(round_):
    made, below, people = round_
    with pytest.raises(NotAllowed, match="已经报送"):
        urging.urge(made, [made.units.get(organ=below[0])], by=people[Duty.COMPETENT])
    with pytest.raises(NotAllowed, match="主管部门"):
        urging.urge(made, [made.units.get(organ=below[2])], by=people[Duty.DISCLOSURE])
    calling.advance_call(made, "close", by=people[Duty.COMPETENT])
    with pytest.raises(NotAllowed, match="已结束"):
        urging.urge(made, [made.units.get(organ=below[2])], by=people[Duty.COMPETENT])


def test_the_whole_is_begun_from_the_round_by_who_writes(client, round_):
    made, _, people = round_
    url = reverse("reporting:begin_whole", args=[made.pk])
    signed_in(client, people[Duty.COMPETENT])
    assert "由其信息公开机构编制" in text(client.post(url))
    both = make_staff("又主管又编报", Duty.COMPETENT, Duty.DISCLOSURE, organ=made.organ)

    signed_in(client, both).post(url)

    whole = Filing.objects.get(scope=Scope.WHOLE)
    assert (whole.call, whole.due_on) == (made, made.whole_on)
    assert "正在编制" in text(client.post(url))


def test_those_without_errors_are_cleared_together_and_the_others_named(desk, round_):
    made, below, _ = round_
    good, bad = Filing.objects.get(organ=below[0]), Filing.objects.get(organ=below[1])
    Filing.objects.filter(pk=bad.pk).delete()
    broken = make_report(organ=below[1].name, year=YEAR).with_cell(Ref(TABLE_3, NEW, TOTAL), 999)
    bad = sent_in(below[1], broken, call=made)
    url = reverse("reporting:clearing")
    offered = {line.filing: bool(line.reasons) for line in desk.get(url).context["lines"]}
    assert offered == {good: False, bad: True}

    said = text(desk.post(url, {"pk": [good.pk, bad.pk]}))

    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, bad.state) == (State.CLEARED, State.SUBMITTED)
    assert f"{bad}：有" in said
    assert "请打开逐份审核" in said


def test_clearing_is_for_the_competent_department(client, round_):
    _, below, people = round_
    signed_in(client, people[Duty.DISCLOSURE])
    assert client.get(reverse("reporting:clearing")).status_code == 403
    county_head = make_staff("别处主管", Duty.COMPETENT)
    page = signed_in(client, county_head).get(reverse("reporting:clearing"))
    assert page.context["lines"] == []
    filing = Filing.objects.get(organ=below[0])
    client.post(reverse("reporting:clearing"), {"pk": [filing.pk]})
    filing.refresh_from_db()
    assert filing.state == State.SUBMITTED


def outside(desk, made, data, name="年报.html", reason=""):
    unit = made.units.get(scope=Scope.OUTSIDE)
    file = SimpleUploadedFile(name, data)
    url = reverse("reporting:unit_file", args=[made.pk, unit.pk])
    return desk.post(url, {"file": file, "reason": reason})


@pytest.mark.parametrize("form", ["html", "docx", "xlsx", "pdf", "json"])
def test_an_outside_unit_is_filed_by_file_in_any_format(desk, round_, form):
    made, _, people = round_
    calling.add_unit(made, by=people[Duty.COMPETENT], name="市税务局")
    report = make_report(organ="市税务局", year=YEAR)

    outside(desk, made, write(report, form), f"年报.{form}")

    filing = Filing.objects.get(scope=Scope.OUTSIDE)
    assert (filing.state, filing.name) == (State.CLEARED, "市税务局")
    line = next(one for one in lines(made) if one.unit.name == "市税务局")
    assert line.progress.sent_in
    assert "市税务局" not in shown(desk, made, "missing")


def test_an_outside_unit_that_files_twice_says_why_and_the_old_one_is_kept(desk, round_):
    made, _, people = round_
    calling.add_unit(made, by=people[Duty.COMPETENT], name="市税务局")
    first, second = (write(figures("市税务局", n), "json") for n in (1, 2))
    outside(desk, made, first)

    assert "再报请写明原因" in text(outside(desk, made, second))
    outside(desk, made, second, reason="数字有误")

    old, new = Filing.objects.filter(scope=Scope.OUTSIDE).order_by("version")
    assert (old.state, new.state, new.replaces, new.note) == (
        State.REPLACED, State.CLEARED, old, "数字有误",
    )  # fmt: skip
    assert old.frozen["tables"] != new.frozen["tables"]


def test_one_that_was_given_back_is_filed_again(desk, round_):
    made, _, people = round_
    calling.add_unit(made, by=people[Duty.COMPETENT], name="市税务局")
    outside(desk, made, write(figures("市税务局", 1), "json"))
    filing = Filing.objects.get(scope=Scope.OUTSIDE)
    moving.advance(filing, "give_back", by=people[Duty.COMPETENT], note="表三有空白")

    outside(desk, made, write(figures("市税务局", 2), "json"), reason="补齐表三")

    assert list(
        Filing.objects.filter(scope=Scope.OUTSIDE).order_by("version").values_list("state")
    ) == [(State.REPLACED,), (State.CLEARED,)]  # fmt: skip


def test_a_file_of_another_unit_year_or_none_is_refused_in_words(desk, round_):
    made, _, people = round_
    calling.add_unit(made, by=people[Duty.COMPETENT], name="市税务局")
    other = write(make_report(organ="市气象局", year=YEAR), "json")
    assert "不是“市税务局”的" in text(outside(desk, made, other))
    last = write(make_report(organ="市税务局", year=YEAR - 1), "json")
    assert f"是{YEAR - 1}年的年报" in text(outside(desk, made, last))
    assert "没有年度报告的表格" in text(outside(desk, made, "今年工作很好。".encode()))
    broken = (REPORTS / "02_huaian_2024.pdf").read_bytes()[:400]
    assert "error-summary" in text(outside(desk, made, broken, "年报.pdf"))
    assert not Filing.objects.filter(scope=Scope.OUTSIDE).exists()


def test_the_pages_ask_as_many_questions_for_sixty_units_as_for_two(
    client, django_assert_max_num_queries
):
    city, below, people = make_city(60)
    made = make_call(city, people[Duty.COMPETENT])
    for organ in below:
        sent_in(organ, zeros(organ.name), call=made)
    signed_in(client, people[Duty.COMPETENT])
    url = reverse("reporting:progress", args=[made.pk])
    client.get(url)
    with django_assert_max_num_queries(25):
        client.get(url)
    with django_assert_max_num_queries(25):
        client.get(reverse("reporting:clearing"))
