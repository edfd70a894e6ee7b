"""Two people at once: threads with connections of their own, in the database itself."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from city import make_organ, make_staff
from gongkai.errors import NotAllowed
from gongkai.organs.models import Staff
from gongkai.organs.states import Duty
from gongkai.steps.actions import take
from gongkai.trail.actions import record, verify
from gongkai.trail.models import Step
from papers.models import Paper, State

pytestmark = pytest.mark.django_db(transaction=True)


def together(*jobs):
    """Run jobs in threads that start at the same moment; what each returned or raised."""
    start = Barrier(len(jobs))

    def run(job):
        try:
            start.wait()
            return job()
        except NotAllowed as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_at_once_exactly_one_wins(attempt):
    office = make_organ()
    signers = [make_staff(name, Duty.SIGN, organ=office).pk for name in ("甲", "乙")]
    paper = Paper.objects.create(title="通知", organ=office, state=State.REVIEW)

    def issue(signer):
        seen = Paper.objects.get(pk=paper.pk)
        return take(seen, "issue", by=Staff.objects.get(pk=signer))

    results = together(*(lambda signer=signer: issue(signer) for signer in signers))

    refused = [result for result in results if isinstance(result, NotAllowed)]
    assert len(refused) == 1
    assert [step.move for step in Step.objects.of(paper)] == ["issue"]
    assert verify() is None


def test_many_at_once_leave_a_chain_without_a_gap():
    organ = make_organ()

    def write(writer):
        for number in range(10):
            record(organ, "note", by=None, note=f"{writer}-{number}")

    together(*(lambda writer=writer: write(writer) for writer in range(4)))

    assert list(Step.objects.values_list("number", flat=True)) == list(range(1, 41))
    assert verify() is None
