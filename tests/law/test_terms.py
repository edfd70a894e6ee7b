from __future__ import annotations

import re
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import BadInput
from gongkai.law.numerals import NUMERAL_CHARACTERS
from gongkai.law.policy import Policy, switches
from gongkai.law.terms import TERMS, WORKING_DAYS_OF_REVIEW, Unit, add_months


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS)
def test_a_term_is_what_its_article_says(term):
    wanted = "|".join(map(re.escape, term.spellings))

    found = re.search(rf"(?<![{NUMERAL_CHARACTERS}\d])(?:{wanted})(?!以上)", term.article.text)

    assert found is not None


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS)
def test_every_article_of_a_term_is_quoted(term):
    assert all(article.text for article in (term.article, *term.also))


def test_the_days_of_review_are_working_days_where_the_law_says_so():
    counted_as_working = {
        code
        for code, term in TERMS.items()
        if term.unit is Unit.WORKING_DAYS and WORKING_DAYS_OF_REVIEW in term.also
    }

    assert counted_as_working == {"REVANS5", "REVANS10"}
    assert "“五日”、“七日”、“十日”的规定是指工作日" in WORKING_DAYS_OF_REVIEW.text


def test_only_periods_in_days_months_and_years_roll():
    assert [code for code, term in TERMS.items() if not term.rolls] == [
        code for code, term in TERMS.items() if term.unit is Unit.WORKING_DAYS
    ]


@pytest.mark.parametrize(
    ("on", "count", "expected"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2025, 12, 31), 6, date(2026, 6, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 6, date(2024, 8, 29)),
    ],
)
def test_add_months_takes_the_corresponding_day_or_the_last(on, count, expected):
    assert add_months(on, count) == expected


@given(st.dates(date(2004, 1, 1), date(2090, 1, 1)), st.integers(0, 24))
def test_add_months_never_leaves_the_month(on, count):
    later = add_months(on, count)

    assert (later.year - on.year) * 12 + later.month - on.month == count
    assert later.day <= on.day


def test_every_switch_of_the_policy_is_documented():
    documented = list(switches())

    assert [one.name for one in documented] == [one.name for one in fields(Policy)]
    assert all(one.meaning and one.ground and one.article for one in documented)
    assert {one.sure for one in documented} == {"L", "U"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("correction_days", 0),
        ("correction_days", -3),
        ("reply_after_order_days", 366),
        ("internal_due_day", True),
        ("late_correction_restarts", 1),
        ("correction_days_max", "20"),
    ],
)
def test_a_policy_with_an_impossible_value_is_refused(name, value):
    with pytest.raises(BadInput, match=f"口径“{name}”"):
        Policy(**{name: value})


def test_the_strict_policy_is_the_default_but_for_a_second_extension():
    assert Policy().strict() == Policy(extension_once_per_run=False)
    generous = Policy(
        late_correction_restarts=True, sending_day_counts=False, reason_request_pauses=True
    )
    assert generous.strict() == Policy(extension_once_per_run=False)
