"""A yearly report from its first sentence to the public, and what stands in its way."""

from datetime import date

import pytest

from asked import answer, make_request
from filed import YEAR, make_filing, make_writers, publish, send_in, write_part
from gongkai.annual.exchange import load
from gongkai.annual.forms import NEW, TABLE_3, TOTAL, Ref
from gongkai.errors import BadInput, BadNumber, NotAllowed
from gongkai.organs.states import Duty
from gongkai.reporting.actions import filling, moving
from gongkai.reporting.actions.checking import check, obstacles
from gongkai.reporting.assembling import changes_since, report_of
from gongkai.reporting.counting import BY_HAND
from gongkai.reporting.models import Filing, Section
from gongkai.reporting.states import State

pytestmark = pytest.mark.django_db


def test_a_report_goes_from_the_records_to_the_public():
    organ, people = make_writers()
    for day in (3, 4, 5):
        request = make_request(organ, people[Duty.DISCLOSURE], on=date(YEAR, 3, day))
        answer(request, people, date(YEAR, 3, 20))
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    write_part(
        filing, 1, "（一）依申请公开。全年新收申请{新收}件，办结{办结}件。", people[Duty.DISCLOSURE]
    )

    publish(filing, people, on=date(YEAR + 1, 1, 20))

    filing = Filing.objects.get()
    report = load(filing.frozen)
    assert filing.state == State.PUBLISHED
    assert report.cell(Ref(TABLE_3, NEW, TOTAL)) == 3
    assert report.part(1).text == "（一）依申请公开。全年新收申请3件，办结3件。"
    assert report.header.published_on == date(YEAR + 1, 1, 20)


def test_what_is_frozen_stands_and_later_changes_are_told():
    organ, people = make_writers()
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    moving.advance(filing, "send_up", by=people[Duty.DISCLOSURE])
    moving.advance(filing, "approve", by=people[Duty.SIGN])

    make_request(organ, people[Duty.DISCLOSURE], on=date(YEAR, 12, 30))

    filing.refresh_from_db()
    assert report_of(filing).cell(Ref(TABLE_3, NEW, TOTAL)) == 0
    assert Ref(TABLE_3, NEW, TOTAL) in [one.ref for one in changes_since(filing)]
    with pytest.raises(NotAllowed, match="审签以后记录有了变化"):
        moving.advance(filing, "submit", by=people[Duty.DISCLOSURE])

    moving.advance(filing, "reopen", by=people[Duty.DISCLOSURE], note="补登一件申请")
    assert report_of(filing).cell(Ref(TABLE_3, NEW, TOTAL)) == 1


def test_the_gate_names_everything_at_once():
    organ, people = make_writers()
    filing = filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    write_part(filing, 1, "办理{没有的数字}件。", people[Duty.DISCLOSURE])

    found = obstacles(check(filing))

    assert sum("还没有填写" in one for one in found) == len(BY_HAND)
    assert "总体情况里的“{没有的数字}”不是数字的名称" in found
    assert any(one.startswith("N-03") for one in found)
    with pytest.raises(NotAllowed):
        moving.advance(filing, "send_up", by=people[Duty.DISCLOSURE])


def test_a_year_that_is_not_over_is_not_sent_up():
    organ, people = make_writers()
    filing = make_filing(organ, people[Duty.DISCLOSURE], year=date.today().year)

    with pytest.raises(NotAllowed, match="还没有结束"):
        moving.advance(filing, "send_up", by=people[Duty.DISCLOSURE])


def test_a_second_report_of_the_year_is_refused_and_a_correction_is_a_version():
    organ, people = make_writers()
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    with pytest.raises(NotAllowed, match="正在编制"):
        filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    publish(filing, people)
    with pytest.raises(NotAllowed, match="请新建更正的版本"):
        filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])

    second = filling.correct(filing, by=people[Duty.DISCLOSURE], note="行政许可漏计一件")
    filling.enter(second, BY_HAND[0], "1", by=people[Duty.DISCLOSURE], source="审批局报表")
    publish(second, people)

    filing.refresh_from_db()
    assert (filing.state, second.state, second.version) == (State.REPLACED, State.PUBLISHED, 2)
    assert load(filing.frozen).cell(BY_HAND[0]) == 0
    assert load(second.frozen).cell(BY_HAND[0]) == 1


def test_a_figure_typed_wrongly_is_refused_and_a_blank_is_not_0():
    organ, people = make_writers()
    filing = filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    for typed in ("-1", "1.5", "三件", "1e999"):
        with pytest.raises(BadNumber):
            filling.enter(filing, BY_HAND[0], typed, by=people[Duty.DISCLOSURE], source="报表")
    with pytest.raises(BadInput, match="来源"):
        filling.enter(filing, BY_HAND[0], "3", by=people[Duty.DISCLOSURE], source=" ")
    with pytest.raises(NotAllowed, match="由记录统计"):
        filling.enter(
            filing, Ref(TABLE_3, NEW, TOTAL), "3", by=people[Duty.DISCLOSURE], source="报表"
        )

    assert report_of(filing).cell(BY_HAND[0]) is None
    filling.enter(filing, BY_HAND[0], "3", by=people[Duty.DISCLOSURE], source="报表")
    assert report_of(Filing.objects.get()).cell(BY_HAND[0]) == 3
    filling.enter(filing, BY_HAND[0], "", by=people[Duty.DISCLOSURE], source="")
    assert report_of(Filing.objects.get()).cell(BY_HAND[0]) is None


def test_who_saves_over_another_is_told_and_the_other_text_stands():
    organ, people = make_writers()
    filing = filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    section = Section.objects.get(filing=filing, number=5)
    filling.write(section, "先写的", by=people[Duty.DISCLOSURE], seen=0)

    with pytest.raises(NotAllowed, match="刚刚由"):
        filling.write(section, "后写的", by=people[Duty.DISCLOSURE], seen=0)

    assert Section.objects.get(pk=section.pk).text == "先写的"


def test_the_writer_does_not_approve_and_the_competent_department_returns_with_a_reason():
    organ, people = make_writers()
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    moving.advance(filing, "send_up", by=people[Duty.DISCLOSURE])
    with pytest.raises(NotAllowed):
        moving.advance(filing, "approve", by=people[Duty.DISCLOSURE])
    moving.advance(filing, "approve", by=people[Duty.SIGN])
    moving.advance(filing, "submit", by=people[Duty.DISCLOSURE])
    with pytest.raises(NotAllowed, match="理由"):
        moving.advance(filing, "give_back", by=people[Duty.COMPETENT])

    moving.advance(filing, "give_back", by=people[Duty.COMPETENT], note="第五部分过于简略")

    assert filing.state == State.RETURNED
    write_part(filing, 5, "补充以后的问题和改进情况，共三条。", people[Duty.DISCLOSURE])
    send_in(filing, people)
    assert filing.state == State.SUBMITTED
