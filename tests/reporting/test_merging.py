"""机关撤并：who takes over counts both, with what was open; who has ended reports no more."""

from datetime import date

import pytest

from asked import answer, make_office, make_people, make_request
from called import make_call
from city import make_organ, make_staff
from filed import make_filing, publish, send_in
from gongkai.annual.forms import CARRIED_IN, CARRIED_OUT, NEW, TABLE_3, TOTAL, Ref
from gongkai.errors import NotAllowed
from gongkai.organs.models import Organ
from gongkai.organs.states import Duty
from gongkai.reporting.actions import filling
from gongkai.reporting.actions.checking import check, obstacles, waive
from gongkai.reporting.assembling import assemble, last_year_of, report_of
from gongkai.reporting.models import Filing
from gongkai.reporting.sums import sum_of

pytestmark = pytest.mark.django_db
YEAR = 2025


def cell(filing, row, column=TOTAL):
    return report_of(filing).cell(Ref(TABLE_3, row, column))


@pytest.fixture
def bureaus():
    """Two bureaus with their people; one request each is open at the end of the year before."""
    heir = make_office("石家庄市农业农村局")
    old = make_organ("石家庄市林业局", parent=heir.parent)
    people = {
        organ: make_people(organ)
        | {Duty.COMPETENT: make_staff("主管", Duty.COMPETENT, organ=heir.parent)}
        for organ in (heir, old)
    }
    for organ in (heir, old):
        make_request(organ, people[organ][Duty.DISCLOSURE], on=date(YEAR - 1, 12, 20))
    return heir, old, people


def merge(old, heir, on=date(YEAR, 6, 30)):
    Organ.objects.filter(pk=old.pk).update(valid_to=on, successor=heir)
    old.refresh_from_db()


def test_the_successor_counts_both_and_carries_in_what_both_had_open(bureaus):
    heir, old, people = bureaus
    last_years = [make_filing(one, people[one][Duty.DISCLOSURE], YEAR - 1) for one in (heir, old)]
    for filing in last_years:
        publish(filing, people[filing.organ], on=date(YEAR, 1, 20))
    make_request(old, people[old][Duty.DISCLOSURE], on=date(YEAR, 3, 3))
    merge(old, heir)
    late = make_request(heir, people[heir][Duty.DISCLOSURE], on=date(YEAR, 9, 1))
    answer(late, people[heir], date(YEAR, 9, 10))

    filing = make_filing(heir, people[heir][Duty.DISCLOSURE])

    assert (cell(filing, NEW), cell(filing, CARRIED_IN), cell(filing, CARRIED_OUT)) == (2, 2, 3)
    before = last_year_of(filing)
    assert before.cell(Ref(TABLE_3, CARRIED_OUT, TOTAL)) == 2
    # Held against both published reports together, the carried-in agrees.
    assert [one for one in check(filing).verdict.findings if one.rule == "T3-05"] == []
    assert obstacles(check(filing)) == []


def test_before_the_year_of_the_merger_each_counts_its_own(bureaus):
    heir, old, people = bureaus
    merge(old, heir)
    filings = [make_filing(one, people[one][Duty.DISCLOSURE], YEAR - 1) for one in (heir, old)]
    assert [cell(one, NEW) for one in filings] == [1, 1]


def test_the_one_that_ended_begins_no_report_and_is_not_called(bureaus):
    heir, old, people = bureaus
    merge(old, heir)
    with pytest.raises(NotAllowed, match=f"{YEAR}年的年报由{heir}一并编报"):
        filling.begin(old, YEAR, by=people[old][Duty.DISCLOSURE])

    made = make_call(heir.parent, people[heir][Duty.COMPETENT], year=YEAR, issued=False)

    assert [unit.organ for unit in made.units.all()] == [heir.parent, heir]


def test_a_merger_on_the_last_day_of_the_year_is_told_by_one_alone(bureaus):
    heir, old, people = bureaus
    merge(old, heir, on=date(YEAR, 12, 31))
    made = make_call(heir.parent, people[heir][Duty.COMPETENT], year=YEAR, issued=False)

    assert old not in [unit.organ for unit in made.units.all()]
    assert cell(make_filing(heir, people[heir][Duty.DISCLOSURE]), CARRIED_IN) == 2


def test_a_merger_after_the_year_changes_nothing_of_it(bureaus):
    heir, old, people = bureaus
    merge(old, heir, on=date(YEAR + 1, 1, 15))

    filings = [make_filing(one, people[one][Duty.DISCLOSURE]) for one in (heir, old)]

    assert [cell(one, CARRIED_IN) for one in filings] == [1, 1]


def test_what_was_merged_on_is_counted_through_every_step(bureaus):
    heir, old, people = bureaus
    older = make_organ("石家庄市林业总站", parent=heir.parent)
    clerk = make_staff("旧人", Duty.DISCLOSURE, organ=older)
    make_request(older, clerk, on=date(YEAR, 2, 3))
    merge(older, old, on=date(YEAR, 3, 1))
    merge(old, heir)

    filing = make_filing(heir, people[heir][Duty.DISCLOSURE])

    assert cell(filing, NEW) == 1
    assert set(assemble(filing).organs) == {heir.pk, old.pk, older.pk}


def test_a_difference_left_by_a_split_is_explained_and_does_not_stop_the_report(bureaus):
    heir, old, people = bureaus
    clerk = people[heir][Duty.DISCLOSURE]
    publish(make_filing(heir, clerk, YEAR - 1), people[heir], on=date(YEAR, 1, 20))
    # The other one's report of last year was never entered here, and its request comes along.
    merge(old, heir)
    filing = make_filing(heir, clerk)
    found = [one for one in check(filing).verdict.errors if one.rule == "T3-05"]
    assert {one.expected for one in found} == {1}
    with pytest.raises(NotAllowed, match="T3-05"):
        send_in(filing, people[heir])

    waive(filing, "T3-05", f"{old}于{old.valid_to}并入，上年结转1件一并计入", by=clerk)

    send_in(filing, people[heir])
    assert Filing.objects.get(pk=filing.pk).state == "submitted"


def test_the_sum_of_the_city_has_each_request_once(bureaus):
    heir, old, people = bureaus
    merge(old, heir)
    make_call(heir.parent, people[heir][Duty.COMPETENT], year=YEAR)
    send_in(make_filing(heir, people[heir][Duty.DISCLOSURE]), people[heir])
    made = heir.parent.report_calls.get()

    found = sum_of(made)

    assert found.rollup.totals[Ref(TABLE_3, CARRIED_IN, TOTAL)].amount.value == 2
    assert [unit.name for unit in found.missing] == [heir.parent.name]
