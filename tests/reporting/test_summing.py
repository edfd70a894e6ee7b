"""A government's report is the sum of its office's, its departments' and the lower governments'."""

from datetime import date
from decimal import Decimal

import pytest

from asked import make_people, make_request
from city import make_organ, make_staff
from filed import YEAR, make_filing, publish, send_in, write_part
from gongkai.annual.checks import Severity
from gongkai.annual.forms import NEW, TABLE_3, TOTAL, Ref
from gongkai.errors import NotAllowed
from gongkai.organs.states import Duty, Kind
from gongkai.reporting.actions import calling, filling, moving, settling
from gongkai.reporting.actions.checking import check, obstacles, waive
from gongkai.reporting.assembling import assemble
from gongkai.reporting.counting import BY_HAND
from gongkai.reporting.models import Call
from gongkai.reporting.states import Scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_organ("石家庄市人民政府", kind=Kind.CITY)


@pytest.fixture
def competent(city):
    return make_staff("主管", Duty.COMPETENT, organ=city)


def call_for(city, competent):
    made = calling.call(
        Call(
            organ=city, year=YEAR, title=f"关于编制{YEAR}年政府信息公开工作年度报告的通知",
            due_on=date(YEAR + 1, 1, 20), publish_on=date(YEAR + 1, 1, 31),
            whole_on=date(YEAR + 1, 3, 31),
        ),
        by=competent,
    )  # fmt: skip
    calling.advance_call(made, "issue", by=competent)
    return made


def test_the_units_of_a_call_are_the_office_the_departments_and_the_governments_below(
    city, competent
):
    make_organ("石家庄市财政局", parent=city)
    make_organ("长安区人民政府", parent=city, kind=Kind.COUNTY)
    make_organ("石家庄市公交总公司", parent=city, kind=Kind.ENTERPRISE)
    make_organ("石家庄市原国土局", parent=city, valid_to=date(YEAR, 6, 30))

    made = call_for(city, competent)

    assert [(one.name, one.scope) for one in made.units.all()] == [
        ("石家庄市人民政府", Scope.OWN),
        ("石家庄市财政局", Scope.OWN),
        ("长安区人民政府", Scope.WHOLE),
    ]


def test_the_office_in_whose_name_the_government_reports_is_not_listed_besides(city, competent):
    clerk = make_staff("文员", Duty.DISCLOSURE, organ=city)
    make_organ("石家庄市人民政府办公室", parent=city, kind=Kind.OFFICE)
    settling.settle(city, {"own_name": "石家庄市人民政府办公室"}, by=clerk)

    made = call_for(city, competent)

    assert [(one.name, one.organ) for one in made.units.all()] == [("石家庄市人民政府办公室", city)]


def test_units_that_sign_alike_are_told_before_the_call_is_kept(city, competent):
    make_organ("石家庄市财政局", parent=city)
    other = make_organ("石家庄市国资委", parent=city)
    clerk = make_staff("文员", Duty.DISCLOSURE, organ=other)
    settling.settle(other, {"own_name": "石家庄市财政局"}, by=clerk)

    with pytest.raises(NotAllowed, match="有2个单位都署名“石家庄市财政局”"):
        call_for(city, competent)
    assert not Call.objects.exists()


def test_the_whole_is_the_sum_of_its_units_and_names_those_that_are_missing(city, competent):
    office = make_people(city)
    bureau = make_organ("石家庄市财政局", parent=city)
    people = make_people(bureau)
    call_for(city, competent)
    for day in (3, 4):
        make_request(city, office[Duty.DISCLOSURE], on=date(YEAR, 3, day))
    make_request(bureau, people[Duty.DISCLOSURE], on=date(YEAR, 3, 5))
    own = make_filing(city, office[Duty.DISCLOSURE])
    filling.enter(own, BY_HAND[3], "1.5", by=office[Duty.DISCLOSURE], source="财政报表")
    send_in(own, office | {Duty.COMPETENT: competent})

    whole = filling.begin(city, YEAR, by=office[Duty.DISCLOSURE], scope=Scope.WHOLE)
    write_part(whole, 5, "部分单位公开不及时。改进措施：按季通报。", office[Duty.DISCLOSURE])

    assert assemble(whole).report.cell(Ref(TABLE_3, NEW, TOTAL)) == 2
    assert any(one.startswith("X-02") and "财政局" in one for one in obstacles(check(whole)))

    theirs = make_filing(bureau, people[Duty.DISCLOSURE])
    filling.enter(theirs, BY_HAND[3], "2.25", by=people[Duty.DISCLOSURE], source="财政报表")
    send_in(theirs, people | {Duty.COMPETENT: competent})

    summed = assemble(whole).report
    assert summed.cell(Ref(TABLE_3, NEW, TOTAL)) == 3
    assert summed.cell(BY_HAND[3]) == Decimal("3.75")
    assert obstacles(check(whole)) == []
    publish(whole, office | {Duty.COMPETENT: competent})


def test_a_unit_that_does_not_report_may_be_explained_and_an_error_of_sums_may_not(city, competent):
    office = make_people(city)
    bureau = make_organ("石家庄市财政局", parent=city)
    call_for(city, competent)
    own = make_filing(city, office[Duty.DISCLOSURE])
    send_in(own, office)
    whole = filling.begin(city, YEAR, by=office[Duty.DISCLOSURE], scope=Scope.WHOLE)
    write_part(whole, 5, "部分单位公开不及时。改进措施：按季通报。", office[Duty.DISCLOSURE])

    waive(whole, "X-02", f"{bureau}正在组建，未发生业务", by=office[Duty.DISCLOSURE])

    moving.advance(whole, "send_up", by=office[Duty.DISCLOSURE])
    with pytest.raises(NotAllowed, match="不能修改"):
        waive(whole, "X-02", "改一个理由", by=office[Duty.DISCLOSURE])


def test_a_report_copied_from_another_unit_is_told_while_it_waits_to_be_cleared(city, competent):
    first, second = (make_organ(f"石家庄市{name}局", parent=city) for name in ("财政", "教育"))
    call_for(city, competent)
    prose = "\n".join(
        f"（{n}）第{n}项工作由办公室牵头，各处室逐条对照清单检查并公开，发现的问题当月整改到位。"
        f"围绕群众关心的第{n}类事项制作图解和问答，{n}月集中发布并接受咨询。"
        for n in "一二三四五六"
    )
    for organ in (first, second):
        people = make_people(organ)
        filing = make_filing(organ, people[Duty.DISCLOSURE])
        write_part(filing, 1, prose, people[Duty.DISCLOSURE])
        assert [one.rule for one in check(filing).verdict.findings if one.rule == "N-04"] == []
        send_in(filing, people)

    found = [one for one in check(filing).verdict.findings if one.rule == "N-04"]

    assert [one.severity for one in found] == [Severity.WARNING]
    assert "石家庄市财政局" in found[0].message
