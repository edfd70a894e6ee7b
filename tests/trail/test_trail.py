from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from city import make_organ, make_staff
from gongkai.errors import BadInput, NotAllowed
from gongkai.organs.models import Organ
from gongkai.trail import guard
from gongkai.trail.actions import Break, head, record, record_all, verify
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db


def test_a_step_tells_who_did_what():
    staff, organ = make_staff("李起草"), make_organ("财政局")

    step = record(organ, "edit", by=staff, label="修改", changes={"phone": ["1", "2"]})

    assert (str(step), step.subject, step.subject_id, step.title) == (
        "李起草 修改",
        "organs.organ",
        str(organ.pk),
        "财政局",
    )
    assert list(Step.objects.of(organ)) == [step]
    assert verify() is None
    assert head() == (step.number, step.seal)


@pytest.mark.parametrize(
    "statement", ["UPDATE trail_step SET note = 'x'", "DELETE FROM trail_step"]
)
def test_the_database_refuses_to_change_a_step(statement):
    record(make_organ(), "edit", by=None)

    with pytest.raises(DatabaseError, match="只能增加"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_guard_taken_away_is_noticed():
    record(make_organ(), "edit", by=None)

    guard.lift()

    assert verify() == Break(
        0,
        f"数据库中的留痕保护被去掉了：{'、'.join(guard.triggers())}。请重新执行 migrate",
    )
    guard.lay_down()
    assert verify() is None


def test_a_migration_lays_the_guard_anew_for_there_may_be_a_new_column():
    record(make_organ(), "edit", by=None)
    change = "UPDATE trail_step SET title = title"
    narrow = [one.replace("UPDATE", "UPDATE OF note") for one in guard.triggers().values()]
    narrow = [one for one in narrow if "trail_step" in one]

    guard.lift()
    with connection.cursor() as cursor:
        for one in narrow:
            cursor.execute(one)
        guard.lay_down()
        cursor.execute(change)
        guard.lay_down(plan=["a migration"])

    with pytest.raises(DatabaseError, match="只能增加"), transaction.atomic():
        connection.cursor().execute(change)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(note=st.text(), value=st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text())
def test_whatever_is_written_keeps_its_seal(note, value):
    organ = Organ(pk=1, name=note[:100])

    step = record(organ, "edit", by=None, note=note, changes={"值": [value, {"里": value}]})

    assert Step.objects.get(number=step.number).computed_seal() == step.seal


def test_values_are_written_as_text_or_whole_numbers():
    organ = make_organ()

    step = record(
        organ,
        "edit",
        by=None,
        changes={
            "day": date(2026, 3, 2),
            "fee": Decimal("10.50"),
            "organ": organ,
            "set": {"b", "a"},
        },
    )

    assert step.changes == {
        "day": "2026-03-02",
        "fee": "10.50",
        "organ": organ.pk,
        "set": ["a", "b"],
    }
    with pytest.raises(BadInput, match="留痕记不下这样的值：float"):
        record(organ, "edit", by=None, changes={"share": 0.1})


def test_many_are_written_down_in_one_go(django_assert_max_num_queries):
    organs = [make_organ() for _ in range(30)]
    record(organs[0], "edit", by=None)

    with django_assert_max_num_queries(4):
        assert record_all(organs, "import", by=None, label="导入") == 30

    assert [step.label for step in Step.objects.all()] == ["edit"] + ["导入"] * 30
    assert verify() is None
    record(organs[0], "edit", by=None)
    assert verify() is None


def test_a_step_of_a_deed_that_failed_was_never_written():
    organ = make_organ()

    @transaction.atomic
    def fail():
        record(organ, "edit", by=None)
        raise NotAllowed("不行")

    with pytest.raises(NotAllowed):
        fail()

    assert (list(Step.objects.all()), head()[0], verify()) == ([], 0, None)
