import pytest
from django.db import DatabaseError, connection, transaction

from city import make_organ, make_staff
from gongkai.trail import guard
from gongkai.trail.actions import Break, head, record, verify
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
