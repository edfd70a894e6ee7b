"""写好的查询：the same rows as the queryset it was written from, for any key."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from city import make_organ, make_staff
from gongkai.organs.models import Delegation, Organ, Role
from gongkai.theme.prepared import Prepared

pytestmark = pytest.mark.django_db


def below(pk):
    return Organ.objects.filter(parent=pk).order_by("pk").values_list("pk", "name", "valid_from")


def test_the_rows_are_those_of_the_queryset_for_each_key():
    tops = [make_organ(), make_organ()]
    for top in tops:
        make_organ(parent=top, valid_from=date(2020, 2, 29))
        make_organ(parent=top)
    prepared = Prepared(below)

    for top in tops:
        assert prepared(top.pk) == list(below(top.pk))


def test_several_keys_keep_their_places():
    one, other = make_organ(), make_organ()
    staff = make_staff("甲", "draft", organ=one)
    roles = Prepared(
        lambda staff, organ: Role.objects.filter(organ=organ, staff=staff).values_list("duty")
    )

    assert roles(staff.pk, one.pk) == [("draft",)]
    assert roles(staff.pk, other.pk) == []
    assert roles(one.pk, staff.pk) == list(
        Role.objects.filter(organ=staff.pk, staff=one.pk).values_list("duty")
    )


def test_moments_and_lists_come_back_as_the_models_give_them():
    giver, taker = make_staff("甲", "sign"), make_staff("乙")
    loan = Delegation.objects.create(
        giver=giver, taker=taker, duties=["sign"], first_day=date(2026, 1, 5),
        last_day=date(2026, 1, 9), reason="休假",
    )  # fmt: skip
    told = ("duties", "first_day", "giver__joined_at", "giver__is_active")
    prepared = Prepared(lambda pk: Delegation.objects.filter(pk=pk).values_list(*told))

    assert prepared(loan.pk) == [(["sign"], date(2026, 1, 5), giver.joined_at, True)]


def test_a_key_no_database_holds_finds_nothing_and_asks_nothing():
    prepared = Prepared(below)
    prepared(1)

    with CaptureQueriesContext(connection) as queries:
        assert prepared(1 << 63) == prepared(10**30) == prepared(-(1 << 63) - 1) == []
    assert len(queries) == 0


def test_one_question_is_one_query():
    prepared = Prepared(below)

    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            prepared(1)
        assert len(queries) == 1
