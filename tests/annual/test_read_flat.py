"""Digits without separators: told apart where the sums allow one reading, bounded always."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.forms import LAYOUTS, Form
from gongkai.annual.read.flat import parts, settle, stocks, sums


@pytest.mark.parametrize(
    ("chunks", "readings"),
    [
        (["640020470"], [(64, 0, 0, 2, 0, 4, 70)]),
        (["230", "000023"], [(23, 0, 0, 0, 0, 0, 23)]),
        (["200", "000121"], [(20, 0, 0, 0, 0, 1, 21)]),
        (["2200003", "25"], [(2, 20, 0, 0, 0, 3, 25), (22, 0, 0, 0, 0, 3, 25)]),
        (["0000001"], []),
        (["12"], []),
    ],
)
def test_a_row_reads_as_what_adds_up(chunks, readings):
    assert sums(chunks, 1, 7) == readings


def test_three_groups_read_as_what_adds_up():
    assert sums(["10203120001200000"], 3, 5) == [(1, 0, 2, 0, 3, 12, 0, 0, 0, 12, 0, 0, 0, 0, 0)]


@given(st.lists(st.integers(0, 300), min_size=6, max_size=6), st.sets(st.integers(1, 20)))
def test_the_true_reading_is_among_those_found(figures, borders):
    row = (*figures, sum(figures))
    text = "".join(map(str, row))
    kept, place = [], 0
    for figure in row:
        place += len(str(figure))
        if place in borders or place == len(text):
            kept.append(text[sum(map(len, kept)) : place])

    readings = sums(kept, 1, 7)

    assert readings is None or row in readings


def test_a_search_without_end_is_given_up():
    assert sums(["1" * 60], 1, 7) is None
    assert sums(["12345" * 27], 3, 5) is None
    assert parts(["1" * 60], 7) is None


@pytest.mark.parametrize(
    ("chunks", "count", "readings"),
    [
        (["000"], 3, [("0", "0", "0")]),
        (["007"], 3, [("0", "0", "7")]),
        (["35-15"], 2, [("35", "-15")]),
        (["24252.311082"], 1, [("24252.311082",)]),
        (["012"], 1, []),
    ],
)
def test_figures_are_cut_without_needless_zeros(chunks, count, readings):
    assert parts(chunks, count) == readings


def test_columns_choose_between_readings_that_add_up_across():
    leaves = LAYOUTS[Form.Y2019].leaves
    nothing = [(0,) * 7]
    rows = dict.fromkeys(leaves, nothing)
    rows[leaves[0]] = [(2, 20, 0, 0, 0, 3, 25), (22, 0, 0, 0, 0, 3, 25)]
    rows["一、本年新收政府信息公开申请数量"] = [(22, 0, 0, 0, 0, 3, 25)]
    rows["二、上年结转政府信息公开申请数量"] = nothing
    rows["三、（七）总计"] = [(22, 0, 0, 0, 0, 3, 25)]
    rows["四、结转下年度继续办理"] = nothing

    assert settle(rows, leaves)[leaves[0]] == [(22, 0, 0, 0, 0, 3, 25)]

    rows["三、（七）总计"] = [(21, 0, 0, 0, 0, 3, 24)]

    assert len(settle(rows, leaves)[leaves[0]]) == 2


@pytest.mark.parametrize(
    ("digits", "form", "told", "reading"),
    [
        ("8855698", Form.Y2021, {698, 88}, ((88, 55, 698), True)),
        ("693665", Form.Y2021, set(), ((69, 3, 665), False)),
        ("898989", Form.Y2019, {68}, ((89, 89, 89), False)),
        ("7777166", Form.Y2019, set(), ((77, 77, 166), False)),
        # 3 5 74 in the report, but 3 57 4 has the smaller largest figure: not to be guessed
        ("3574", Form.Y2021, set(), None),
        # 12 15 80, or an ordinary year of 12 1 580?
        ("121580", Form.Y2021, set(), None),
    ],
)
def test_a_row_of_stocks_reads_as_the_prose_says_or_is_inferred(digits, form, told, reading):
    assert stocks(parts([digits], 3), form, frozenset(told)) == reading
