"""Whatever somebody does to the rows behind our back is found, at the place where it was done."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from city import make_organ, make_staff
from gongkai.trail import guard
from gongkai.trail.actions import Break, head, record, verify
from gongkai.trail.models import Head, Step

pytestmark = pytest.mark.django_db

STEPS = 12
TEXTS = ["at", "by_name", "for_name", "organ_name", "subject", "subject_id", "title", "move"]
COLUMNS = [*TEXTS, "by_id", "label", "before", "after", "note", "changes", "previous", "seal"]


class Undone(Exception):
    """Ends the transaction in which the rows were tampered with."""


@pytest.fixture
def chain():
    organ, staff = make_organ(), make_staff("李起草")
    for number in range(STEPS):
        record(
            organ,
            "edit",
            by=staff,
            before=str(number),
            after=str(number + 1),
            note=f"第{number}次",
            changes={"phone": [number, number + 1]},
        )
    guard.lift()


def after(tamper):
    """What verify says once ``tamper`` has been at the rows; then everything is undone."""
    found = []
    try:
        with transaction.atomic():
            tamper()
            found.append(verify())
            raise Undone
    except Undone:
        return found[0]


once = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@once
@given(number=st.integers(1, STEPS), column=st.sampled_from(COLUMNS))
def test_a_changed_cell_is_found_where_it_is(chain, number, column):
    def change():
        step = Step.objects.get(number=number)
        new = {
            "at": step.at - timedelta(days=9_000),
            "by_id": 10**9,
            "changes": {"phone": ["x", "y"]},
            "previous": "f" * 64,
            "seal": "f" * 64,
        }.get(column, "改")
        Step.objects.filter(number=number).update(**{column: new})

    assert after(change).number == number


@once
@given(gone=st.sets(st.integers(1, STEPS), min_size=1))
def test_deleted_rows_are_found_at_the_first_of_them(chain, gone):
    found = after(lambda: Step.objects.filter(number__in=gone).delete())

    assert found == Break(min(gone), "这一步不见了")


@once
@given(pair=st.sets(st.integers(1, STEPS), min_size=2, max_size=2))
def test_two_rows_exchanged_are_found_at_the_first(chain, pair):
    first, second = sorted(pair)

    def exchange():
        Step.objects.filter(number=first).update(number=10**6)
        Step.objects.filter(number=second).update(number=first)
        Step.objects.filter(number=10**6).update(number=second)

    assert after(exchange).number == first


def test_a_row_put_behind_the_last_is_found(chain):
    def forge():
        forged = Step.objects.get(number=STEPS)
        forged.number = STEPS + 1
        forged.previous = forged.seal
        forged.seal = forged.computed_seal()
        forged.save(force_insert=True)

    assert after(forge) == Break(STEPS + 1, "这一步不是由系统记下的")


def test_a_chain_rewritten_with_its_head_is_found_by_a_head_noted_before(chain):
    noted = head()

    def rewrite():
        previous = "0" * 64
        for step in Step.objects.all():
            step.note, step.previous = "改写", previous
            step.seal = previous = step.computed_seal()
            step.save()
        Head.objects.update(seal=previous)

    def unseen_and_seen():
        rewrite()
        assert verify().number == 0  # only the guard lifted by this test shows

    after(unseen_and_seen)

    def found_with_the_note():
        rewrite()
        assert verify(noted) == Break(STEPS, "与先前记下的校验值不符")

    after(found_with_the_note)
