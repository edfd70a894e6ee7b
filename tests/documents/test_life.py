from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.life import Life, due_warnings, last_day, why_not_dates
from gongkai.documents.states import Validity

TODAY = date(2026, 3, 2)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
LIVES = st.builds(
    Life,
    DAYS,
    st.none() | DAYS,
    st.none() | DAYS,
    st.none() | DAYS,
    st.sampled_from(["", Validity.REPEALED, Validity.LAPSED]),
    st.none() | DAYS,
).filter(lambda life: bool(life.ended_on) == bool(life.ended_as))


@pytest.mark.parametrize(
    ("life", "validity"),
    [
        (Life(date(2025, 1, 1)), Validity.IN_FORCE),
        (Life(date(2026, 3, 1), effective_on=date(2026, 3, 3)), Validity.PENDING),
        (Life(date(2026, 3, 1), effective_on=TODAY), Validity.IN_FORCE),
        (Life(date(2021, 3, 1), valid_to=TODAY), Validity.IN_FORCE),
        (Life(date(2021, 3, 1), valid_to=date(2026, 3, 1)), Validity.LAPSED),
        (Life(date(2021, 3, 1), ended_on=TODAY, ended_as="repealed"), Validity.REPEALED),
        (Life(date(2021, 3, 1), ended_on=date(2026, 3, 3), ended_as="repealed"), Validity.IN_FORCE),
        (Life(date(2021, 3, 1), ended_as="lapsed"), Validity.LAPSED),
        (Life(date(2021, 3, 1), amended_on=date(2025, 1, 1)), Validity.AMENDED),
    ],
)
def test_the_validity_of_a_day_follows_from_the_dates(life, validity):
    assert life.on(TODAY) == validity


@given(LIVES, DAYS)
def test_validity_changes_only_on_a_day_that_was_told_before(life, day):
    turns = life.turns_after(day)
    until = turns - timedelta(days=1) if turns else day + timedelta(days=4000)

    assert life.on(until) == life.on(day)


@pytest.mark.parametrize(
    ("start", "years", "last"),
    [
        (date(2020, 1, 1), 5, date(2024, 12, 31)),
        (date(2024, 2, 29), 5, date(2029, 2, 27)),
        (date(2023, 7, 15), 2, date(2025, 7, 14)),
    ],
)
def test_a_period_of_years_ends_the_day_before(start, years, last):
    assert last_day(start, years) == last


@pytest.mark.parametrize(
    ("valid_to", "given_", "due"),
    [
        (date(2027, 3, 1), [], [12]),
        (date(2027, 3, 3), [], []),
        (date(2026, 9, 1), [12], [6]),
        (date(2026, 9, 1), [], [6]),
        (date(2026, 5, 20), [12, 6], [3]),
        (date(2026, 3, 20), [12, 6, 3], [1]),
        (date(2026, 3, 20), [12, 6, 3, 1], []),
        (date(2026, 3, 1), [], []),
    ],
)
def test_the_end_is_told_twelve_six_three_and_one_months_ahead(valid_to, given_, due):
    assert due_warnings(valid_to, TODAY, given_) == due


@pytest.mark.parametrize(
    ("life", "said"),
    [
        (Life(date(2026, 3, 3)), "成文日期2026-03-03晚于今天"),
        (Life(date(1900, 1, 1)), "成文日期1900-01-01不在1949年10月1日至2099年12月31日之间，请核对"),
        (Life(date(2026, 3, 1), date(2026, 2, 1)), "施行日期早于成文日期"),
        (Life(date(2026, 1, 1), None, date(2025, 1, 1)), "有效期在施行之前就已届满"),
    ],
)
def test_wrong_dates_are_told_in_words(life, said):
    assert why_not_dates(life, today=TODAY) == [said]
