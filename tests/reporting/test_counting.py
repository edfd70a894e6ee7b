"""The laws of counting: whatever has happened, the tables agree with themselves and their lists."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asked import answer, approve, electronic, make_request
from city import make_organ
from filed import make_filing, make_writers
from gongkai.annual.forms import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    IN_FORCE,
    ISSUED,
    LAYOUTS,
    NEW,
    NORMATIVE_2021,
    REPEALED,
    RESULTS_TOTAL,
    RULES,
    TABLE_2,
    TABLE_3,
    TOTAL,
    Ref,
)
from gongkai.applications.actions import correcting, replying, serving
from gongkai.applications.actions.deciding import decide
from gongkai.applications.clock import standing_of
from gongkai.applications.models import Application
from gongkai.applications.states import Category, Sort
from gongkai.disputes.findings import FINDINGS
from gongkai.disputes.models import Dispute
from gongkai.disputes.states import Kind
from gongkai.documents.figures import ended_in
from gongkai.documents.life import Life
from gongkai.documents.models import Document
from gongkai.documents.states import Attribute, Validity
from gongkai.errors import BadInput
from gongkai.law.events import Order
from gongkai.law.outcomes import OUTCOMES
from gongkai.organs.states import Duty
from gongkai.reporting.assembling import report_of
from gongkai.reporting.counting import BY_HAND, FORM, behind, count
from gongkai.reporting.models import Practice

pytestmark = pytest.mark.django_db
FIRST = date(2020, 6, 1)
YEARS = range(2021, 2026)
TODAY = date(2026, 3, 2)
COLUMNS = (*APPLICANTS, TOTAL)
LEAVES = LAYOUTS[FORM].leaves
CELLS = [ref for ref in LAYOUTS[FORM].refs() if ref not in BY_HAND]
#: The organs are made once; every example lays its own records down and takes them away.
over = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

#: Days from the first of all; how long it took, and how it ended, or neither.
after = st.integers(0, 5 * 366)
requests = st.lists(
    st.tuples(
        st.integers(0, 2),
        after,
        st.none() | st.tuples(st.integers(0, 800), st.sampled_from([one.code for one in OUTCOMES])),
        st.sampled_from(Category),
        st.sampled_from([Sort.DISCLOSURE, Sort.DISCLOSURE, Sort.RECTIFICATION]),
    ),
    max_size=40,
)
disputes = st.lists(
    st.tuples(st.integers(0, 2), after, st.sampled_from(FINDINGS), st.none() | st.integers(0, 800)),
    max_size=12,
)
documents = st.lists(
    st.tuples(
        st.integers(0, 2),
        after,
        st.sampled_from(["rule", "normative"]),
        st.none() | st.sampled_from(["", Validity.REPEALED, Validity.LAPSED]),
        st.integers(1, 3 * 366) | st.just(None),
    ),
    max_size=16,
)


@pytest.fixture
def organs():
    return [make_organ(name).pk for name in ("石家庄市财政局", "石家庄市教育局", "石家庄市民政局")]


def lay_down(organs, asked=(), fought=(), made=()):
    """Records as they stand in the end; what an earlier example left is taken away."""
    for model in (Dispute, Application, Document):
        model.objects.all().delete()
    Application.objects.bulk_create(_requests(organs, asked))
    Dispute.objects.bulk_create(_disputes(organs, fought))
    Document.objects.bulk_create(_documents(organs, made))


def _requests(organs, history):
    for serial, (place, days, ended, category, sort) in enumerate(history, start=1):
        came = FIRST + timedelta(days)
        one = Application(
            organ_id=organs[place], year=came.year, serial=serial, number=f"第{serial}号",
            channel="in_person", arrived_on=came, received_on=came, category=category, sort=sort,
            subject="预算",
        )  # fmt: skip
        if ended is not None:
            one.ended_on, one.ended_as = came + timedelta(ended[0]), ended[1]
        yield one


def _disputes(organs, history):
    for serial, (place, days, found, took) in enumerate(history, start=1):
        came = FIRST + timedelta(days)
        one = Dispute(
            organ_id=organs[place], year=came.year, serial=serial, number=f"案{serial}号",
            kind=Kind.DIRECT if found.suit else Kind.REVIEW, about="预算", body="某机关",
            received_on=came,
        )  # fmt: skip
        if took is not None:
            one.finding, one.result = found.code, found.result
            one.concluded_on = came + timedelta(took)
        yield one


def _documents(organs, history):
    """A document that ended formally has no other end; one with none has a last day, or not."""
    for serial, (place, days, kind, how, lasts) in enumerate(history, start=1):
        formed = FIRST + timedelta(days)
        end = None if lasts is None or how is None else formed + timedelta(lasts)
        life = Life(formed)
        if end is not None and how:
            life = Life(formed, ended_on=end, ended_as=how)
        elif end is not None:
            life = Life(formed, valid_to=end - timedelta(1))
        yield Document(
            organ_id=organs[place], kind=kind, title=f"第{serial}号", issuer="某机关",
            index_number=f"{serial}", attribute=Attribute.PROACTIVE, state="issued",
            issued_at=f"{formed}T08:00:00Z", formed_on=formed, ended_on=life.ended_on,
            ended_as=life.ended_as, valid_to=life.valid_to, validity=life.on(TODAY),
        )  # fmt: skip


@over
@given(history=requests)
def test_what_came_is_what_ended_and_what_is_left_in_every_column(history, organs):
    lay_down(organs, asked=history)
    tables = [count(organs, year).tables[TABLE_3] for year in range(2021, 2029)]
    for table in tables:
        ended = {column: sum(table[row][column] for row in LEAVES) for column in COLUMNS}
        assert table[RESULTS_TOTAL] == ended
        assert {column: table[NEW][column] + table[CARRIED_IN][column] for column in COLUMNS} == {
            column: ended[column] + table[CARRIED_OUT][column] for column in COLUMNS
        }
        assert {row: sum(cells[one] for one in APPLICANTS) for row, cells in table.items()} == {
            row: cells[TOTAL] for row, cells in table.items()
        }
    for before, now in pairwise(tables):
        assert now[CARRIED_IN] == before[CARRIED_OUT]


@over
@given(asked=requests, fought=disputes, made=documents, year=st.sampled_from(YEARS))
def test_behind_every_cell_stand_as_many_records_as_it_says(asked, fought, made, year, organs):
    lay_down(organs, asked, fought, made)
    some = organs[:2]
    for lapsed in (False, True):
        tables = count(some, year, lapsed_is_repealed=lapsed).tables
        for ref in CELLS if not lapsed else [one for one in CELLS if one.column == REPEALED]:
            rows = behind(some, year, ref, lapsed_is_repealed=lapsed)
            assert rows.count() == tables[ref.table][ref.row][ref.column], ref
            assert set(rows.values_list("organ", flat=True)) <= set(some)


@over
@given(asked=requests, fought=disputes, made=documents, year=st.sampled_from(YEARS))
def test_organs_counted_together_are_the_sum_of_each(asked, fought, made, year, organs):
    lay_down(organs, asked, fought, made)
    together = count(organs, year).tables
    each = [count([organ], year).tables for organ in organs]

    for ref in CELLS:
        summed = sum(tables[ref.table][ref.row][ref.column] for tables in each)
        assert together[ref.table][ref.row][ref.column] == summed, ref


@over
@given(made=documents)
def test_what_is_in_force_is_what_was_and_what_was_made_less_what_ended(made, organs):
    lay_down(organs, made=made)
    for year in YEARS:
        before, now = (count(organs, one).tables[TABLE_2] for one in (max(year - 1, 2021), year))
        for row, kind in ((RULES, "rule"), (NORMATIVE_2021, "normative")):
            lapsed = ended_in(organs, kind, year, Validity.LAPSED).count()
            if year > YEARS[0]:
                assert now[row][IN_FORCE] == (
                    before[row][IN_FORCE] + now[row][ISSUED] - now[row][REPEALED] - lapsed
                )
            everything = count(organs, year, lapsed_is_repealed=True).tables[TABLE_2]
            assert everything[row] == now[row] | {REPEALED: now[row][REPEALED] + lapsed}


def test_cells_that_no_record_tells_stay_blank(organs):
    tables = count(organs, 2025).tables

    assert [tables[ref.table][ref.row][ref.column] for ref in BY_HAND] == [None] * 4
    assert [behind(organs, 2025, ref) for ref in BY_HAND] == [None] * 4


def test_a_year_before_the_form_and_a_cell_it_does_not_have_are_refused(organs):
    with pytest.raises(BadInput, match="旧格式"):
        count(organs, 2020)
    with pytest.raises(BadInput, match="没有"):
        behind(organs, 2025, Ref(TABLE_3, NEW, "结果维持"))


def test_a_year_is_counted_in_so_many_questions(organs, django_assert_num_queries):
    lay_down(organs, asked=[(0, 10, None, Category.PERSON, Sort.DISCLOSURE)])

    with django_assert_num_queries(16):
        count(organs, 2025)


# ── 由经办人一步步办出来的 ──────────────────────────────────────────────────────────────────


def requests_of(organ, year):
    return count([organ.pk], year).tables[TABLE_3]


def rows_of(code):
    return next(one.row for one in OUTCOMES if one.code == code)


def answer_again(application, people, on, code):
    clerk = people[Duty.DISCLOSURE]
    replying.draft(application, by=clerk)
    for matter in application.matters.all():
        decide(matter, code, by=clerk, findings={"需要另行制作的内容": "各年预算逐项对比表"})
    approve(application, people)
    serving.serve(application, by=clerk, sending=electronic(on))


def reordered(ordered_on):
    """Answered in December 2024 that it may be had; a review then orders a new reply."""
    organ, people = make_writers()
    request = make_request(organ, people[Duty.DISCLOSURE], on=date(2024, 11, 25))
    answer(request, people, date(2024, 12, 10))
    before = {year: requests_of(organ, year) for year in (2024, 2025)}
    serving.reorder(
        request, by=people[Duty.DISCLOSURE], source=Order.REVIEW, number="冀政复决〔2024〕8号",
        on=ordered_on, workdays=10,
    )  # fmt: skip
    return organ, people, request, before


def test_a_reply_ordered_in_a_later_year_moves_no_figure_of_either():
    organ, people, request, before = reordered(date(2025, 3, 3))
    assert {year: requests_of(organ, year) for year in (2024, 2025)} == before

    answer_again(request, people, date(2025, 3, 12), "D2")

    request.refresh_from_db()
    assert (request.answered_on, request.outcome) == (date(2025, 3, 12), "D2")
    assert (request.ended_on, request.ended_as) == (date(2024, 12, 10), "A2")
    assert {year: requests_of(organ, year) for year in (2024, 2025)} == before


def test_a_reply_ordered_in_the_same_year_counts_as_what_it_became():
    organ, people, request, before = reordered(date(2024, 12, 16))
    assert requests_of(organ, 2024) == before[2024]

    answer_again(request, people, date(2024, 12, 27), "D2")

    table = requests_of(organ, 2024)
    assert table[rows_of("A2")][TOTAL] == 0
    assert table[rows_of("D2")][TOTAL] == table[RESULTS_TOTAL][TOTAL] == 1
    assert table[CARRIED_OUT][TOTAL] == 0
    assert requests_of(organ, 2025) == before[2025]


def test_a_request_corrected_in_the_next_year_came_in_the_first_and_is_carried_over():
    organ, people = make_writers()
    clerk = people[Duty.DISCLOSURE]
    request = make_request(organ, clerk, on=date(2024, 12, 23))
    correcting.ask_to_correct(
        request, by=clerk, what="没有写明年度", guidance="请写明所需预算的年度",
        correct_by=date(2025, 1, 15), sending=electronic(date(2024, 12, 25)),
    )  # fmt: skip
    before = requests_of(organ, 2024)
    correcting.take_correction(request, by=clerk, text="2024年度预算", on=date(2025, 1, 8))

    assert standing_of(request).day0 == date(2025, 1, 8)
    assert requests_of(organ, 2024) == before
    assert before[NEW][TOTAL] == before[CARRIED_OUT][TOTAL] == 1
    table = requests_of(organ, 2025)
    assert (table[NEW][TOTAL], table[CARRIED_IN][TOTAL]) == (0, 1)


def test_a_request_to_correct_a_record_is_not_counted():
    organ, people = make_writers()
    make_request(organ, people[Duty.DISCLOSURE], on=date(2025, 3, 3), sort=Sort.RECTIFICATION)

    assert {cell for cells in requests_of(organ, 2025).values() for cell in cells.values()} == {0}


def test_letters_are_counted_on_the_requests_that_ended_in_a_way_that_needs_them():
    organ, people = make_writers()
    clerk = people[Duty.DISCLOSURE]
    given_up, answered = (make_request(organ, clerk, on=date(2025, 3, 3)) for _ in range(2))
    for request in (given_up, answered):
        correcting.ask_to_correct(
            request, by=clerk, what="没有写明年度", guidance="请写明所需预算的年度",
            correct_by=date(2025, 3, 21), sending=electronic(date(2025, 3, 7)),
        )  # fmt: skip
    correcting.take_correction(answered, by=clerk, text="2024年度预算", on=date(2025, 3, 14))
    answer(answered, people, date(2025, 3, 20))
    assert count([organ.pk], 2025).records.corrections == 0

    correcting.lapse_correction(given_up, by=None)
    approve(given_up, people)
    serving.serve(given_up, by=clerk, sending=electronic(date(2025, 3, 26)))

    told = count([organ.pk], 2025)
    assert told.tables[TABLE_3][rows_of("F1")][TOTAL] == 1
    assert (told.records.corrections, told.records.consultations) == (1, 0)


def test_what_lapsed_counts_as_repealed_only_where_the_office_says_so():
    organ, people = make_writers()
    ended = (Validity.REPEALED, Validity.LAPSED, Validity.LAPSED)
    lay_down([organ.pk], made=[(0, 400, "normative", how, 1500 + n) for n, how in enumerate(ended)])
    cell = Ref(TABLE_2, NORMATIVE_2021, REPEALED)
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    assert report_of(filing).cell(cell) == 1

    Practice.objects.create(organ=organ.parent, lapsed_is_repealed=True)
    assert report_of(filing).cell(cell) == 3

    Practice.objects.create(organ=organ, lapsed_is_repealed=False)
    assert report_of(filing).cell(cell) == 1


def test_what_is_valid_to_the_last_of_december_is_in_force_that_day_and_lapses_in_the_next_year():
    organ, _ = make_writers()
    lasts = (date(2024, 12, 31) - FIRST).days + 1
    lay_down([organ.pk], made=[(0, 0, "normative", "", lasts)])
    assert Document.objects.get().valid_to == date(2024, 12, 31)

    def told(year):
        return count([organ.pk], year, lapsed_is_repealed=True).tables[TABLE_2][NORMATIVE_2021]

    assert told(2024) == {ISSUED: 0, REPEALED: 0, IN_FORCE: 1}
    assert told(2025) == {ISSUED: 0, REPEALED: 1, IN_FORCE: 0}
