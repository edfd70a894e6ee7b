from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import BadNumber, NotAllowed
from gongkai.law.articles import FEE_MEASURE
from gongkai.law.fees import MOST, by_items, by_pages, fee

counts = st.integers(0, 2000)


@pytest.mark.parametrize(
    ("items", "yuan"),
    [
        (0, 0),
        (1, 0),
        (10, 0),
        (11, 100),
        (12, 200),
        (30, 2_000),
        (31, 2_200),
        (40, 4_000),
        (41, 4_300),
        (50, 7_000),
        (51, 7_400),
        (55, 9_000),
        (60, 11_000),
        (61, 11_500),
    ],
)
def test_items_of_a_month_cost_what_the_tariff_says(items: int, yuan: int) -> None:
    assert by_items(items).total == yuan


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [
        (0, 0),
        (30, 0),
        (31, 10),
        (100, 700),
        (101, 720),
        (200, 2_700),
        (201, 2_740),
        (240, 4_300),
        (500, 14_700),
    ],
)
def test_pages_of_one_request_cost_what_the_tariff_says(pages: int, yuan: int) -> None:
    assert by_pages(pages).total == yuan


@given(counts)
def test_the_price_of_the_nth_item_follows_the_formula(n: int) -> None:
    """For the 31st item and above the rate is 100 × (⌈(n−30)/10⌉ + 1) yuan."""
    rate = by_items(n + 31).total - by_items(n + 30).total

    assert rate == 100 * (-(-(n + 1) // 10) + 1)


@given(counts, counts)
def test_items_asked_for_in_two_goes_cost_the_same_as_in_one(first: int, second: int) -> None:
    together = by_items(first + second).total

    assert by_items(first).total + by_items(second, earlier=first).total == together


@given(counts, st.integers(1, 50))
def test_more_never_costs_less(count: int, more: int) -> None:
    assert by_items(count + more).total >= by_items(count).total
    assert by_pages(count + more).total >= by_pages(count).total


@given(counts, counts)
def test_the_lines_cover_every_unit_once(count: int, earlier: int) -> None:
    lines = by_items(count, earlier=earlier).lines

    covered = [n for line in lines for n in range(line.first, line.last + 1)]
    assert covered == list(range(earlier + 1, earlier + count + 1))


def test_the_working_shows_each_band_with_its_item() -> None:
    charge = by_items(35, earlier=8)

    assert charge.working == [
        "第9—10件：2件×0元/件＝0元（第四条第二款第（一）项）",
        "第11—30件：20件×100元/件＝2000元（第四条第二款第（二）项）",
        "第31—40件：10件×200元/件＝2000元（第四条第二款第（三）项）",
        "第41—43件：3件×300元/件＝900元（第四条第二款第（三）项）",
    ]
    assert charge.total == 4900


def test_the_data_form_says_the_same_as_the_charge() -> None:
    data = by_pages(31).as_dict()

    assert data["total"] == 10
    assert data["basis"] == "《政府信息公开信息处理费管理办法》第五条第二款"
    assert data["lines"] == [
        {
            "first": 1,
            "last": 30,
            "count": 30,
            "rate": 0,
            "amount": 0,
            "basis": "《政府信息公开信息处理费管理办法》第五条第二款第（一）项",
        },
        {
            "first": 31,
            "last": 31,
            "count": 1,
            "rate": 10,
            "amount": 10,
            "basis": "《政府信息公开信息处理费管理办法》第五条第二款第（二）项",
        },
    ]


@pytest.mark.parametrize("charge", [by_items(60), by_pages(300)], ids=["items", "pages"])
def test_each_line_finds_its_bounds_and_rate_in_the_article_it_cites(charge: object) -> None:
    for line in charge.lines:  # type: ignore[attr-defined]
        numbers = {int(n) for n in re.findall(r"\d+", line.basis.text)}
        stepped = line.basis == FEE_MEASURE.article(4, 2, 3)
        if stepped:
            assert numbers == {31, 10, 100}
        elif line.rate == 0:
            assert "不收费" in line.basis.text
            assert line.last in numbers
        else:
            assert {line.first, line.rate} <= numbers


@pytest.mark.parametrize("count", [-1, MOST + 1, 2.5, "12", None, True])
def test_a_count_that_makes_no_sense_is_refused(count: object) -> None:
    with pytest.raises(BadNumber):
        by_items(count)  # type: ignore[arg-type]
    with pytest.raises(BadNumber):
        by_pages(count)  # type: ignore[arg-type]
    with pytest.raises(BadNumber):
        by_items(1, earlier=count)  # type: ignore[arg-type]


def test_information_already_public_is_not_charged_by_the_page() -> None:
    with pytest.raises(NotAllowed, match=r"第五条第一款"):
        by_pages(50, already_public=True)


def test_the_two_methods_are_never_used_together() -> None:
    with pytest.raises(NotAllowed, match=r"第三条"):
        fee(items=12, pages=40)
    with pytest.raises(BadNumber):
        fee()

    assert fee(items=12).total == 200
    assert fee(pages=40).total == 100
