"""What lies on the desks of the demonstration was brought there by the real actions."""

import pytest
from django.db.models import F
from django.utils import timezone

from gongkai.applications.models import Application, Complaint, Extension, Message, Order, Sample
from gongkai.applications.states import State
from gongkai.applications.waiting import waiting_applications
from gongkai.demo import founding
from gongkai.demo.applications import requests_of_the_year
from gongkai.demo.cases import begin_cases
from gongkai.organs.models import Staff
from gongkai.trail.actions import verify

pytestmark = pytest.mark.django_db


def test_there_is_a_case_in_every_state_and_all_are_marked():
    organs = founding.found_organs()
    founding.found_staff(organs)
    requests_of_the_year(organs["city"])
    begin_cases(organs)
    live = Application.objects.filter(year__gt=2022)
    today = timezone.localdate()

    assert set(live.values_list("state", flat=True)) == {*State} - {State.ARCHIVED}
    assert not live.filter(demo=False).exists()
    assert live.filter(due_on__lt=today, state__in=[State.HANDLING]).count() == 2
    assert Message.objects.filter(by=None, read_at=None).count() == 2
    assert Extension.objects.filter(approved=None).count() == 1
    assert (Complaint.objects.count(), Sample.objects.count(), Order.objects.count()) == (1, 6, 1)
    assert live.filter(origin_kind="同一申请人内容相同的申请").count() == 1
    assert live.filter(round=2).count() == 1
    assert not live.filter(applicant_name=F("subject")).exists()
    for name in ("gongkai", "qicao", "fazhi", "baomi", "qianfa", "fuzeren", "zhuguan"):
        assert list(waiting_applications(Staff.objects.get(username=name))), name
    assert begin_cases(organs) == 0
    assert verify() is None
