"""办理页：what it shows, to whom, and at what price."""

from datetime import date

import pytest
from django.urls import reverse

from asked import IDENTITY, answer, make_office, make_people, make_request
from city import make_staff
from gongkai.applications.actions import messaging, receiving
from gongkai.applications.models import Message
from gongkai.errors import NotAllowed
from gongkai.organs.states import Duty
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ready(settings):
    """In these tests everybody is through with passwords and second factors."""
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
def one(organ, clerk):
    return make_request(organ, clerk, registered=False)


def signed_in(client, staff):
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")


def _page(client, one, by):
    signed_in(client, by)
    response = client.get(one.get_absolute_url())
    return response, response.content.decode()


def _page_at(client, name, *keys):
    response = client.get(reverse(f"applications:{name}", args=keys))
    return response, response.content.decode()


def test_case_page_shows_the_dates_and_the_next_steps(client, organ, one, clerk, people):
    response, text = _page(client, one, clerk)

    assert response.status_code == 200
    assert f'datetime="{one.due_on:%Y-%m-%d}"' in text
    assert f'datetime="{one.internal_on:%Y-%m-%d}"' in text
    offered = [deed.move.name for deed in response.context["deeds"]]
    assert offered[0] == "register"
    assert {deed.move.name: deed.reasons for deed in response.context["not_yet"]}["confirm"] == [
        "“当面提交”以收到之日为准，不需要与申请人确认（第三十一条）"
    ]


def test_case_page_masks_what_is_sealed(client, organ, one, clerk, people):
    _, text = _page(client, one, clerk)

    assert IDENTITY not in text
    assert "13800138000" not in text
    assert "138****8000" in text


def test_identity_is_opened_once_with_a_reason_and_written_down(client, organ, one, clerk, people):
    signed_in(client, clerk)
    url = reverse("applications:desk_identity", args=[one.pk, one.applicants.get().pk])

    refused = client.post(url, {"reason": ""})
    opened = client.post(url, {"reason": "核对身份"})

    assert refused.status_code == 400
    assert IDENTITY in opened.content.decode()
    notes = list(Step.objects.of(one).filter(move="open_identity").values_list("note", flat=True))
    assert notes == ["第1申请人：核对身份"]


def test_identity_stays_shut_for_who_drafts(client, organ, one, clerk, people):
    receiving.register(one, by=clerk, handler=people[Duty.DRAFT])
    signed_in(client, people[Duty.DRAFT])
    url = reverse("applications:desk_identity", args=[one.pk, one.applicants.get().pk])

    response = client.post(url, {"reason": "想看看"})

    assert response.status_code == 403
    assert IDENTITY not in response.content.decode()


def test_the_competent_department_sees_a_masked_name(client, organ, one, clerk, people):
    watcher = make_staff("主管", Duty.COMPETENT, organ=organ.parent)

    _, text = _page(client, one, watcher)

    assert "张三丰" not in text
    assert "张**" in text


def test_forms_that_name_the_applicant_are_offered_to_who_may_open_them(
    client, organ, one, clerk, people
):
    receiving.register(one, by=clerk)
    answer(one, people, date(2025, 3, 20))
    watcher = make_staff("主管", Duty.COMPETENT, organ=organ.parent)
    reply = one.replies.get().paper
    forms = ("desk_form_pdf", "approval_slip_pdf")
    links = [reverse(f"applications:{name}", args=[one.pk]) for name in forms]
    links.append(reverse("applications:service_record_pdf", args=[one.pk, reply.pk]))

    for who, offered in ((clerk, True), (watcher, False)):
        _, text = _page(client, one, who)
        _, letter = _page_at(client, "desk_paper", one.pk, reply.pk)
        _, signing = _page_at(client, "deed_sign", one.pk)
        assert [link in text + letter + signing for link in links] == [offered] * 3
        assert {client.get(link).status_code for link in links} == {200 if offered else 403}


def test_the_slip_is_offered_once_there_is_a_reply(client, organ, one, clerk, people):
    slip = reverse("applications:approval_slip_pdf", args=[one.pk])
    assert slip not in _page(client, one, clerk)[1]

    receiving.register(one, by=clerk)
    answer(one, people, date(2025, 3, 20))

    assert slip in _page(client, one, clerk)[1]


def test_a_stranger_finds_no_such_page(client, organ, one, clerk, people):
    response, _ = _page(client, one, make_staff("外人", Duty.DISCLOSURE))

    assert response.status_code == 404


def test_who_only_drafts_sees_what_is_given_to_him(client, organ, one, clerk, people):
    other = make_request(organ, clerk, subject="另一件")
    receiving.register(one, by=clerk, handler=people[Duty.DRAFT])

    assert _page(client, one, people[Duty.DRAFT])[0].status_code == 200
    assert _page(client, other, people[Duty.DRAFT])[0].status_code == 404


def test_same_person_and_same_words_are_listed(client, organ, one, clerk, people):
    second = make_request(organ, clerk, on=date(2025, 3, 4))
    third = make_request(organ, clerk, on=date(2025, 3, 5), subject="别的内容")

    response, _ = _page(client, second, clerk)

    told = {part.heading: [row["id"] for row in part.rows] for part in response.context["related"]}
    assert told == {
        "同一申请人内容相同的申请": [one.pk],
        "同一申请人的申请": [third.pk, one.pk],
        "内容相同的申请": [one.pk],
    }


def test_an_answer_reads_what_the_applicant_wrote(client, organ, one, clerk, people):
    Message.objects.create(application=one, text="请问什么时候答复？")
    signed_in(client, clerk)

    client.post(reverse("applications:desk_answer", args=[one.pk]), {"text": "正在办理。"})

    assert list(one.messages.values_list("text", "by")) == [
        ("请问什么时候答复？", None),
        ("正在办理。", clerk.pk),
    ]
    assert one.messages.filter(read_at=None, by=None).count() == 0


def test_an_outsider_cannot_answer(one, people):
    with pytest.raises(NotAllowed, match="由石家庄市水务局的信息公开机构和承办人回复"):
        messaging.answer(one, by=people[Duty.LEGAL], text="你好")


def test_a_step_out_of_order_posted_by_hand_is_refused_in_words(client, organ, one, clerk, people):
    signed_in(client, clerk)

    response = client.post(reverse("applications:desk_act", args=[one.pk]), {"move": "submit"})

    assert response.status_code == 403
    assert "现在是“待登记”，不能提交审核" in response.content.decode()


def test_a_page_drawn_before_somebody_else_acted_changes_nothing(client, organ, one, clerk, people):
    receiving.register(one, by=clerk)
    signed_in(client, clerk)

    response = client.post(
        reverse("applications:desk_act", args=[one.pk]), {"move": "draft", "seen": "received"}
    )

    one.refresh_from_db()
    assert response.status_code == 403
    assert one.state == "handling"


def test_case_page_asks_a_bounded_number_of_queries(
    client, organ, one, clerk, people, django_assert_max_num_queries
):
    receiving.register(one, by=clerk, handler=people[Duty.DRAFT])
    for number in range(12):
        make_request(organ, clerk, subject=f"第{number}件")
    signed_in(client, clerk)
    client.get(one.get_absolute_url())

    with django_assert_max_num_queries(16):
        client.get(one.get_absolute_url())


def test_each_step_of_the_trail_costs_no_query(
    client, organ, one, clerk, people, django_assert_max_num_queries
):
    receiving.register(one, by=clerk)
    for handler in (people[Duty.DRAFT], clerk) * 6:
        receiving.assign(one, by=clerk, handler=handler)
    signed_in(client, clerk)
    client.get(one.get_absolute_url())

    with django_assert_max_num_queries(16):
        page = client.get(one.get_absolute_url())
    assert page.content.decode().count("承办人：") == 13


def test_every_day_of_the_clock_is_told(client, organ, one, clerk, people):
    one = make_request(organ, clerk, on=date(2025, 9, 26))

    response, _ = _page(client, one, clerk)

    boxes = response.context["clock"]["boxes"]
    assert boxes[0].kind == "start"
    assert [box.date for box in boxes if box.kind == "due"] == [one.due_on]
    rests = {box.text for box in boxes if box.kind == "holiday" and box.date.month == 10}
    assert rests == {"国庆节", "中秋节", "周末"}
