from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import BadNumber
from gongkai.law.numerals import chinese, parse_number


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (0, "零"),
        (7, "七"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (33, "三十三"),
        (100, "一百"),
        (106, "一百零六"),
        (110, "一百一十"),
        (1040, "一千零四十"),
        (1259, "一千二百五十九"),
        (10_000, "一万"),
        (249_132, "二十四万九千一百三十二"),
        (100_010_000, "一亿零一万"),
    ],
)
def test_a_numeral_is_written_as_a_statute_prints_it(number: int, numeral: str) -> None:
    assert chinese(number) == numeral
    assert parse_number(numeral) == number


@given(st.integers(0, 10**12 - 1))
def test_every_number_survives_being_written_and_read(number: int) -> None:
    assert parse_number(chinese(number)) == number


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("一十五", 15),
        ("两百", 200),
        ("二〇二四", 2024),
        ("二零一九", 2019),
        ("一九九八", 1998),
        ("二〇", 20),
        ("33", 33),
        ("３３", 33),
        (" 七 ", 7),
        ("一百〇六", 106),
    ],
)
def test_other_ways_of_writing_a_number_are_read(numeral: str, number: int) -> None:
    assert parse_number(numeral) == number


@pytest.mark.parametrize(
    "numeral",
    [
        "",
        "二三",
        "二三十",
        "百十",
        "十十",
        "一百六零",
        "第一",
        "1.5",
        "-3",
        "两〇两四",
        "万亿",
        "1" * 9999,
    ],
)
def test_a_malformed_numeral_is_refused(numeral: str) -> None:
    with pytest.raises(BadNumber):
        parse_number(numeral)


@pytest.mark.parametrize("number", [-1, 10**12])
def test_a_number_that_has_no_numeral_is_refused(number: int) -> None:
    with pytest.raises(BadNumber):
        chinese(number)
