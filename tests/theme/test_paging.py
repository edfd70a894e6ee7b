import pytest
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from city import make_organ, make_staff
from gongkai.errors import BadInput
from gongkai.organs.models import Staff
from gongkai.theme.paging import Count, capped_count, page

pytestmark = pytest.mark.django_db

ORDERS = [("-pk",), ("name", "-pk"), ("-name", "pk"), ("-joined_at", "name", "pk")]


@pytest.fixture
def people():
    organ = make_organ()
    return [make_staff(f"第{number % 4}人", organ=organ) for number in range(23)]


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    size=st.integers(1, 30),
    order=st.sampled_from(
        [("-pk",), ("name", "-pk"), ("-name", "pk"), ("-joined_at", "name", "pk")]
    ),
    values=st.booleans(),
)
def test_walking_there_and_back_sees_every_row_once(people, size, order, values):
    rows = Staff.objects.values("pk", "name", "joined_at") if values else Staff.objects.all()
    key = (lambda row: row["pk"]) if values else (lambda row: row.pk)
    straight = [key(row) for row in rows.order_by(*order)]

    pages, at = [], ""
    while True:
        pages.append(page(rows, order=order, at=at, size=size))
        if not (at := pages[-1].older):
            break
    back = [pages[-1]]
    while back[-1].newer:
        back.append(page(rows, order=order, at=back[-1].newer, size=size))

    assert [key(row) for one in pages for row in one] == straight
    assert {key(row) for one in back for row in one} == set(straight)
    assert pages[0].newer == ""


def test_the_last_page_is_a_full_stop(people):
    only = page(Staff.objects.all(), order=["pk"], size=23)

    assert (len(only), only.older, only.newer) == (23, "", "")


@pytest.mark.parametrize("at", ["x", "!!", "W10", "WzAsMSwyXQ", "bnVsbA", "W3t9LHt9XQ", "é"])
def test_a_cursor_this_site_did_not_make_is_refused(people, at):
    with pytest.raises(BadInput, match="翻页的地址有误"):
        page(Staff.objects.all(), order=["-joined_at"], at=at)


def test_a_count_stops_where_nobody_reads_on(people, django_assert_num_queries):
    rows = Staff.objects.annotate(again=F("pk")).order_by("name")

    with django_assert_num_queries(2):
        assert capped_count(rows, cap=10) == Count(10, True)
        assert capped_count(rows, cap=23) == Count(23)
    assert (str(Count(10_000, True)), str(Count(23))) == ("10,000 余条", "23 条")
