from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import BadNumber
from gongkai.law.credit_code import credit_check, is_credit_code, is_organ_code, organ_check
from gongkai.law.index_numbers import (
    IndexNumber,
    make_index,
    normalise_index,
    parse_index,
    same_index,
)

CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGAN = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# Seen on government sites.
SEEN = [
    "11441700007280420Y/2021-00050",
    "11341702486344515H/202110-00013",
    "11370322004222241N/2021-5135380",
    "000014349/2017-00110",
    "01431983X/2021-00138",
    "0142768-8/2022-00185",
    "6107280000/2024-001005",
]


@pytest.mark.parametrize("text", SEEN)
def test_an_index_number_seen_in_the_wild_is_read_as_it_stands(text: str) -> None:
    assert str(parse_index(text)) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("11370322004222241n/2025-00001", "11370322004222241N/2025-00001"),
        (
            "１１３７０３２２００４２２２２４１Ｎ／２０２５－００００１",
            "11370322004222241N/2025-00001",
        ),
        ("11370322004222241N/2025—00001", "11370322004222241N/2025-00001"),
        ("索引号： 11370322004222241N / 2025 – 00001", "11370322004222241N/2025-00001"),
        ("\ufeff000014349/2017\u200b-00110", "000014349/2017-00110"),
    ],
)
def test_an_index_number_is_printed_one_way(text: str, printed: str) -> None:
    assert normalise_index(text) == printed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "索引号：",
        "000014349",
        "000014349/2017",
        "000014349/2017-1",
        "000014349/201713-00110",
        "000014349/201700-00110",
        "000014349/1017-00110",
        "-00014349/2017-00110",
        "国办发〔2019〕3号",
        "1" * 5000,
    ],
)
def test_what_is_not_an_index_number_is_refused(text: str) -> None:
    assert normalise_index(text) is None
    with pytest.raises(BadNumber):
        parse_index(text)


def test_index_numbers_are_compared_by_what_they_name() -> None:
    assert same_index("01427688X/2022-00185", "01427688-X/2022-0185")
    assert not same_index("000014349/2017-00110", "000014349/2017-00111")
    assert not same_index("000014349/2017-00110", "000014349/201701-00110")
    assert not same_index("无", "无")


def test_a_new_index_number_is_made_from_the_credit_code() -> None:
    assert str(make_index("11370322004222241n", 2025, 7)) == "11370322004222241N/2025-00007"


@pytest.mark.parametrize(
    ("code", "year", "serial"),
    [
        ("11370322004222241M", 2025, 7),
        ("000014349", 2025, 7),
        ("11370322004222241N", 25, 7),
        ("11370322004222241N", 2025, 0),
        ("11370322004222241N", 2025, 100_000),
    ],
)
def test_no_index_number_is_made_from_a_wrong_part(code: str, year: int, serial: int) -> None:
    with pytest.raises(BadNumber):
        make_index(code, year, serial)


def test_the_organ_code_is_checked_where_it_can_be() -> None:
    assert [parse_index(text).checked for text in SEEN] == [
        True,
        True,
        True,
        True,
        True,
        False,
        False,
    ]


@given(
    st.builds(
        IndexNumber,
        st.sampled_from(["11370322004222241N", "000014349", "6107280000"]),
        st.integers(1949, 2099),
        st.none() | st.integers(1, 12),
        st.integers(0, 9_999_999).map(lambda n: f"{n:05d}"),
    )
)
def test_a_printed_index_number_is_read_back_as_itself(number: IndexNumber) -> None:
    assert parse_index(str(number)) == number


@given(st.text(st.sampled_from("01239X/-—年 索引号：\u200b"), max_size=30))
def test_a_normalised_index_number_needs_no_more_normalising(text: str) -> None:
    printed = normalise_index(text)

    assert printed is None or normalise_index(printed) == printed


credit_bodies = st.builds(
    lambda head, area, tail: head + area + tail,
    st.text(CREDIT, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(CREDIT, min_size=9, max_size=9),
)


@given(credit_bodies, st.sampled_from(CREDIT))
def test_a_credit_code_has_exactly_one_right_check_character(body: str, last: str) -> None:
    assert is_credit_code(body + last) is (last == credit_check(body))


@given(credit_bodies, st.integers(0, 16), st.sampled_from(CREDIT))
def test_any_single_wrong_character_breaks_a_credit_code(body: str, at: int, other: str) -> None:
    code = body + credit_check(body)
    changed = code[:at] + other + code[at + 1 :]

    assert is_credit_code(changed) is (changed == code)


@given(st.text(ORGAN, min_size=8, max_size=8), st.sampled_from(ORGAN))
def test_an_organ_code_has_exactly_one_right_check_character(body: str, last: str) -> None:
    assert is_organ_code(body + last) is (last == organ_check(body))
    assert is_organ_code(f"{body}-{last}") is (last == organ_check(body))


@pytest.mark.parametrize(
    "code", ["", "1" * 17, "1" * 19, "1137032200422224１N", "11370322004222241n"]
)
def test_what_has_not_the_shape_of_a_credit_code_is_none(code: str) -> None:
    assert not is_credit_code(code)
