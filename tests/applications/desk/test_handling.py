"""登记、确认、分办、更正日期：through the forms."""

from datetime import date

import pytest
from django.urls import reverse

from asked import make_office, make_people, make_request
from city import make_staff
from gongkai.law.events import Channel
from gongkai.organs.states import Duty
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db
D = date


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.DEMO = True


@pytest.fixture
def organ():
    return make_office("石家庄市水务局")


@pytest.fixture
def people(organ):
    return make_people(organ)


@pytest.fixture
def clerk(people):
    return people[Duty.DISCLOSURE]


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _post(client, name, one, **told):
    return client.post(reverse(f"applications:{name}", args=[one.pk]), told)


def test_registering_gives_category_and_handler(desk, organ, clerk, people):
    one = make_request(organ, clerk, registered=False)
    handler = people[Duty.DRAFT]

    response = _post(
        desk, "deed_register", one, category="law_firm", handler=handler.pk, unit="供水科"
    )

    one.refresh_from_db()
    assert response.url == one.get_absolute_url()
    assert (one.state, one.category, one.handler, one.unit) == (
        "handling", "law_firm", handler, "供水科",
    )  # fmt: skip
    assert one.applicants.get().category == "law_firm"


def test_registering_to_a_stranger_is_refused_and_keeps_what_was_typed(desk, organ, clerk):
    one = make_request(organ, clerk, registered=False)
    stranger = make_staff("外人", Duty.DRAFT)

    response = _post(
        desk, "deed_register", one, category="person", handler=stranger.pk, unit="供水科"
    )

    one.refresh_from_db()
    assert one.state == "received"
    assert list(response.context["form"].errors) == ["handler"]
    assert 'value="供水科"' in response.content.decode()


def test_confirming_an_ordinary_letter_starts_the_clock(desk, organ, clerk):
    one = make_request(organ, clerk, on=D(2025, 3, 3), channel=Channel.POST_ORDINARY)

    _post(desk, "deed_confirm", one, on="2025-03-05", note="电话确认")

    one.refresh_from_db()
    assert one.received_on == D(2025, 3, 5)
    assert one.due_on == D(2025, 4, 2)


def test_confirming_before_the_arrival_is_refused_at_the_head_of_the_form(desk, organ, clerk):
    one = make_request(organ, clerk, on=D(2025, 3, 3), channel=Channel.POST_ORDINARY)

    response = _post(desk, "deed_confirm", one, on="2025-03-01", note="电话确认")

    assert response.context["form"].non_field_errors() == [
        "确认收到申请的日期2025-03-01早于申请到达之日2025-03-03。"
    ]
    assert 'value="电话确认"' in response.content.decode()


def test_an_attempt_to_reach_the_applicant_is_kept_as_an_event(desk, organ, clerk):
    one = make_request(organ, clerk)

    _post(desk, "deed_attempt", one, on="2025-03-06", text="电话无人接听")

    assert list(one.events.values_list("kind", "on")) == [("note", D(2025, 3, 6))]


def test_a_case_is_given_to_another(desk, organ, clerk, people):
    one = make_request(organ, clerk)

    _post(desk, "deed_assign", one, handler=people[Duty.DRAFT].pk, note="请抓紧办理")

    one.refresh_from_db()
    assert one.handler == people[Duty.DRAFT]
    assert Step.objects.of(one).get(move="assign").note == "请抓紧办理"


def test_a_wrong_day_is_struck_and_stays_readable(desk, organ, clerk):
    one = make_request(organ, clerk, on=D(2025, 3, 3), channel=Channel.POST_ORDINARY)
    _post(desk, "deed_confirm", one, on="2025-03-05", note="")
    event = one.events.get()

    _post(desk, "deed_strike", one, event=event.pk, on="2025-03-04", reason="看错日历")

    one.refresh_from_db()
    assert one.received_on == D(2025, 3, 4)
    page = desk.get(reverse("applications:deed_strike", args=[one.pk])).content.decode()
    assert "<s>2025年3月5日 确认收到申请</s>" in page


def test_a_wrong_arrival_is_put_right(desk, organ, clerk):
    one = make_request(organ, clerk, on=D(2025, 3, 3))

    _post(desk, "deed_strike", one, event="arrival", on="2025-03-04", reason="邮戳看错")

    one.refresh_from_db()
    assert (one.arrived_on, one.received_on, one.due_on) == (
        D(2025, 3, 4), D(2025, 3, 4), D(2025, 4, 1),
    )  # fmt: skip


def test_an_arrival_after_what_happened_is_refused(desk, organ, clerk):
    one = make_request(organ, clerk, on=D(2025, 3, 3), channel=Channel.POST_ORDINARY)
    _post(desk, "deed_confirm", one, on="2025-03-05", note="")

    response = _post(desk, "deed_strike", one, event="arrival", on="2025-03-06", reason="看错")

    one.refresh_from_db()
    assert one.arrived_on == D(2025, 3, 3)
    assert response.context["form"].non_field_errors() == [
        "不能这样更正：2025-03-05确认收到申请早于2025-03-06。"
    ]
