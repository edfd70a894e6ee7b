"""编报通知：drafted with the usual days, gone over, issued, read by the units; refusals."""

from datetime import date

import pytest
from django.urls import reverse

from called import YEAR, make_call, make_city, signed_in
from city import make_organ, make_staff
from gongkai.organs.models import Organ
from gongkai.organs.states import Duty, Kind
from gongkai.reporting.actions import calling, filling
from gongkai.reporting.models import Call, Filing, Unit
from gongkai.reporting.states import CallState, Scope
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.DEMO = True


@pytest.fixture
def round_():
    return make_city()


@pytest.fixture
def desk(client, round_):
    return signed_in(client, round_[2][Duty.COMPETENT])


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def named(made):
    return [unit.name for unit in made.units.all()]


def test_a_call_is_drafted_with_the_days_of_the_statute_and_the_units_of_the_tree(desk, round_):
    city, below, _ = round_
    county = make_organ("正定县人民政府", parent=city, kind=Kind.COUNTY)
    make_organ("市供水公司", parent=city, kind=Kind.ENTERPRISE)
    make_organ("旧局", parent=city, valid_to=date(YEAR, 6, 30), successor=below[0])
    make_organ("年底撤的局", parent=city, valid_to=date(YEAR, 12, 31), successor=below[0])
    make_organ("次年才撤的局", parent=city, valid_to=date(YEAR + 1, 1, 1), successor=below[0])
    url = f"{reverse('reporting:new_call')}?organ={city.pk}&year={YEAR}"

    form = desk.get(url).context["form"]
    response = desk.post(url, {name: form[name].value() for name in form.fields})

    made = Call.objects.get()
    assert response["Location"] == made.get_absolute_url()
    days = (made.due_on, made.publish_on, made.whole_on)
    assert days == (date(YEAR + 1, 1, 20), date(YEAR + 1, 1, 31), date(YEAR + 1, 3, 31))
    assert named(made) == [
        city.name, below[0].name, below[1].name, county.name, "次年才撤的局",
    ]  # fmt: skip
    unit = made.units.get(organ=county)
    assert (unit.scope, unit.due) == (Scope.WHOLE, date(YEAR + 1, 2, 20))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"publish_on": f"{YEAR + 1}-02-01"}, "第四十九条第一款"),
        ({"whole_on": f"{YEAR + 1}-04-01"}, "第四十九条第二款"),
        ({"due_on": f"{YEAR}-12-31"}, "结束以后才能报送"),
        ({"due_on": f"{YEAR + 1}-02-15"}, "不能晚于公布截止日期"),
        ({"title": ""}, "标题"),
    ],
)
def test_days_against_the_statute_are_refused_and_nothing_typed_is_lost(
    desk, round_, changed, said
):
    url = f"{reverse('reporting:new_call')}?organ={round_[0].pk}&year={YEAR}"
    form = desk.get(url).context["form"]
    typed = {name: form[name].value() for name in form.fields} | {"text": "请认真填报"} | changed

    page = text(desk.post(url, typed))

    assert said in page
    assert "请认真填报" in page
    assert not Call.objects.exists()


def test_a_second_call_of_the_year_is_refused(desk, round_):
    city, _, people = round_
    make_call(city, people[Duty.COMPETENT])
    url = f"{reverse('reporting:new_call')}?organ={city.pk}&year={YEAR}"
    page = desk.get(url)

    assert f"{YEAR}年的编报通知已经有了" in text(page)
    form = page.context["form"]
    desk.post(url, {name: form[name].value() for name in form.fields})
    assert Call.objects.count() == 1


def test_it_is_amended_until_it_goes_out(desk, round_):
    city, _, people = round_
    made = make_call(city, people[Duty.COMPETENT], issued=False)
    url = reverse("reporting:call_amend", args=[made.pk])
    form = desk.get(url).context["form"]
    typed = {name: form[name].value() for name in form.fields} | {"title": "改过的标题"}

    desk.post(url, typed)
    made.refresh_from_db()
    assert made.title == "改过的标题"

    desk.post(reverse("reporting:call_act", args=[made.pk]), {"move": "issue", "seen": "draft"})
    page = text(desk.post(url, typed | {"title": "再改"}))
    assert "通知已经发出" in page
    made.refresh_from_db()
    assert (made.title, made.state) == ("改过的标题", CallState.ISSUED)


def test_units_are_added_by_tree_or_by_name_and_taken_away_with_a_reason(desk, round_):
    city, _, people = round_
    made = make_call(city, people[Duty.COMPETENT])
    add = reverse("reporting:unit_add", args=[made.pk])
    late = make_organ("新设的局", parent=city)

    desk.post(add, {"organ": late.pk, "scope": "own", "name": ""})
    desk.post(add, {"organ": "", "scope": "own", "name": "市税务局"})
    assert named(made)[-2:] == ["新设的局", "市税务局"]
    assert made.units.get(name="市税务局").scope == Scope.OUTSIDE
    assert "市税务局已经在名单里" in text(desk.post(add, {"scope": "own", "name": "市税务局"}))
    assert "请选择机关" in text(desk.post(add, {"scope": "own", "name": " "}))
    assert "没有汇总年报" in text(
        desk.post(add, {"organ": make_organ("又一局", parent=city).pk, "scope": "whole"})
    )

    unit = made.units.get(organ=late)
    remove = reverse("reporting:unit_remove", args=[made.pk, unit.pk])
    assert desk.post(remove, {"reason": ""}).context["form"].errors["reason"]
    desk.post(remove, {"reason": "明年才开始编报"})
    assert "新设的局" not in named(made)
    assert Step.objects.of(made).filter(move="remove_unit").get().note == "新设的局：明年才开始编报"


def test_another_day_for_one_unit_reaches_its_report(desk, round_):
    city, below, people = round_
    made = make_call(city, people[Duty.COMPETENT])
    clerk = make_staff("编报员", Duty.DISCLOSURE, organ=below[0])
    filing = filling.begin(below[0], YEAR, by=clerk)
    unit = made.units.get(organ=below[0])
    url = reverse("reporting:unit_due", args=[made.pk, unit.pk])

    later = f"{YEAR + 1}-02-10"
    assert "不能晚于公布截止日期" in text(desk.post(url, {"on": later, "reason": "刚刚改组"}))
    desk.post(url, {"on": f"{YEAR + 1}-01-28", "reason": "刚刚改组"})

    filing.refresh_from_db()
    assert filing.due_on == date(YEAR + 1, 1, 28)
    desk.post(url, {"on": "", "reason": "按通知办"})
    filing.refresh_from_db()
    assert filing.due_on == made.due_on


def test_it_is_issued_closed_and_taken_up_again(desk, round_):
    city, _, people = round_
    made = make_call(city, people[Duty.COMPETENT], issued=False)
    act = reverse("reporting:call_act", args=[made.pk])

    for move, seen, after in (
        ("issue", "draft", CallState.ISSUED),
        ("close", "issued", CallState.CLOSED),
    ):
        desk.post(act, {"move": move, "seen": seen})
        made.refresh_from_db()
        assert made.state == after
    assert "名单不能再改" in text(desk.get(made.get_absolute_url()))
    assert "写明理由" in text(desk.post(act, {"move": "resume", "seen": "closed"}))
    desk.post(act, {"move": "resume", "seen": "closed", "note": "两个单位补报"})
    made.refresh_from_db()
    assert made.state == CallState.ISSUED


def test_a_report_begun_before_belongs_to_the_call_once_it_goes_out(round_):
    city, below, people = round_
    clerk = make_staff("编报员", Duty.DISCLOSURE, organ=below[0])
    early = filling.begin(below[0], YEAR, by=clerk)
    late = make_organ("新设的局", parent=city)
    other = filling.begin(late, YEAR, by=make_staff("编报员", Duty.DISCLOSURE, organ=late))
    made = make_call(city, people[Duty.COMPETENT], issued=False)
    Unit.objects.filter(organ=late).delete()

    calling.advance_call(made, "issue", by=people[Duty.COMPETENT])
    calling.add_unit(made, by=people[Duty.COMPETENT], organ=late)

    assert [Filing.objects.get(pk=one.pk).call for one in (early, other)] == [made, made]


def test_a_unit_reads_the_call_and_begins_from_it(client, round_):
    city, below, people = round_
    made = make_call(city, people[Duty.COMPETENT], issued=False)
    signed_in(client, make_staff("编报员", Duty.DISCLOSURE, organ=below[0]))
    assert client.get(made.get_absolute_url()).status_code == 404

    calling.advance_call(made, "issue", by=people[Duty.COMPETENT])
    page = text(client.get(made.get_absolute_url()))

    assert "编制年报" in page
    assert below[1].name not in page
    client.post(reverse("reporting:begin"), {"organ": below[0].pk, "year": YEAR, "scope": "own"})
    assert Filing.objects.get().call == made
    for name in ("progress", "sums", "call_amend"):
        response = client.get(reverse(f"reporting:{name}", args=[made.pk]))
        assert response.status_code == 403


def test_who_has_nothing_to_do_with_it_does_not_see_it(client, round_):
    made = make_call(round_[0], round_[2][Duty.COMPETENT])
    signed_in(client, make_staff("外人", Duty.DISCLOSURE, organ=make_organ("别处的局")))

    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.get(reverse("reporting:calls")).context["page"].rows == []
    assert client.get(reverse("reporting:new_call")).status_code == 403


def test_an_organ_that_ended_without_a_successor_is_pointed_out(desk, round_):
    city, _, people = round_
    made = make_call(city, people[Duty.COMPETENT])
    lost = make_organ("并没有了的局", parent=city, valid_to=date(YEAR, 5, 1))

    assert "没有写明承继机关" in text(desk.get(made.get_absolute_url()))
    Organ.objects.filter(pk=lost.pk).update(successor=city)
    assert "没有写明承继机关" not in text(desk.get(made.get_absolute_url()))


def test_the_pages_ask_as_many_questions_for_sixty_units_as_for_two(
    client, django_assert_max_num_queries
):
    city, _, people = make_city(60)
    made = make_call(city, people[Duty.COMPETENT])
    signed_in(client, people[Duty.COMPETENT])
    client.get(made.get_absolute_url())
    with django_assert_max_num_queries(22):
        client.get(made.get_absolute_url())
    with django_assert_max_num_queries(10):
        client.get(reverse("reporting:calls"))
