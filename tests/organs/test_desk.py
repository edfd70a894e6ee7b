import pytest
from django.urls import reverse

from city import make_organ, make_staff
from gongkai.organs.forms import DelegationForm
from gongkai.organs.models import Delegation, Organ, Role, Staff
from gongkai.organs.states import Duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_organ("石州市人民政府")


@pytest.fixture(autouse=True)
def _ready(settings):
    """In these tests everybody is through with passwords and second factors."""
    settings.DEMO = True


def signed_in(client, staff):
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize(
    "page",
    ["organs", "new_organ", "people", "new_person", "delegations", "holidays", "me"],
)
def test_the_pages_of_the_administrators_open(client, city, page):
    signed_in(client, make_staff("系统", Duty.SYSTEM, organ=city))

    assert client.get(reverse(f"organs:{page}")).status_code == 200


def test_an_organ_is_set_up_from_its_form(client, city):
    signed_in(client, make_staff("系统", Duty.SYSTEM, organ=city))

    answer = client.post(
        reverse("organs:new_organ"),
        {
            "parent": city.pk,
            "kind": "department",
            "name": "石州市财政局",
            "code": "11370322004222241n",
            "position": 1,
        },
    )

    made = Organ.objects.get(name="石州市财政局")
    assert answer.url == reverse("organs:organ", args=[made.pk])
    assert (made.code, made.lineage) == ("11370322004222241N", [city.pk, made.pk])
    assert "设立机关" in client.get(answer.url).content.decode()


def test_a_wrong_credit_code_is_said_beside_the_field(client, city):
    signed_in(client, make_staff("系统", Duty.SYSTEM, organ=city))

    answer = client.post(
        reverse("organs:new_organ"),
        {"parent": city.pk, "kind": "department", "name": "局", "code": "1137032200422224XN"},
    )

    text = answer.content.decode()
    assert "校验码不对" in text
    assert 'role="alert" tabindex="-1" autofocus' in text
    assert 'aria-invalid="true"' in text


def test_an_account_is_opened_with_a_password_shown_once(client, city):
    signed_in(client, make_staff("系统", Duty.SYSTEM, organ=city))

    answer = client.post(
        reverse("organs:new_person"), {"username": "zhangsan", "name": "张三", "organ": city.pk}
    )

    made = Staff.objects.get(username="zhangsan")
    password = answer.context["password"]
    assert made.check_password(password)
    assert made.must_change_password
    assert password not in client.get(reverse("organs:person", args=[made.pk])).content.decode()


def test_accounts_are_not_shown_to_everybody(client, city):
    signed_in(client, make_staff("起草", Duty.DRAFT, organ=city))

    answer = client.get(reverse("organs:people"))

    assert answer.status_code == 403
    assert "由系统、安全、审计管理员查看" in answer.content.decode()


def test_appointing_and_dismissing_from_the_page(client, city):
    signed_in(client, make_staff("安全", Duty.SECURITY, organ=city))
    one = make_staff("张三", organ=city)

    client.post(
        reverse("organs:appoint", args=[one.pk]), {"organ": city.pk, "duty": Duty.DRAFT.value}
    )
    role = Role.objects.get(staff=one)
    client.post(reverse("organs:dismiss", args=[role.pk]))

    text = client.get(reverse("organs:person", args=[one.pk])).content.decode()
    assert "已离任" in text
    assert [text.count(word) for word in ("timeline-head",)] == [2]


def test_delegating_from_the_page(client, city):
    giver = make_staff("王主任", Duty.DIRECTOR, organ=city)
    taker = make_staff("李副主任", organ=city)
    signed_in(client, giver)

    client.post(
        reverse("organs:delegations"),
        {
            "taker": taker.pk,
            "duties": [Duty.DIRECTOR.value],
            "first_day": "2099-01-01",
            "last_day": "2099-01-07",
            "reason": "学习",
        },
    )

    assert str(Delegation.objects.get()) == "王主任委托李副主任（2099-01-01至2099-01-07）"


@pytest.mark.parametrize("page", ["organs", "people", "delegations", "holidays"])
def test_a_list_does_not_ask_more_for_more_rows(client, city, page, django_assert_max_num_queries):
    signed_in(client, make_staff("系统", Duty.SYSTEM, organ=city))
    for number in range(12):
        make_staff(f"第{number}", Duty.DRAFT, organ=city)
        make_organ(f"局{number}", parent=city)

    with django_assert_max_num_queries(14):
        client.get(reverse(f"organs:{page}"))


def test_those_who_may_stand_in_are_told_with_their_organ_and_no_administrator(city):
    finance = make_organ("石州市财政局", parent=city)
    giver = make_staff("李甲", Duty.DRAFT, organ=city)
    make_staff("王乙", Duty.DRAFT, organ=finance, unit="办公室")
    for duty in (Duty.SYSTEM, Duty.SECURITY, Duty.AUDIT):
        make_staff("管理员", duty, organ=city)

    labels = [label for _, label in DelegationForm(giver=giver).fields["taker"].choices]

    assert labels[1:] == ["王乙（石州市财政局办公室）"]


def test_a_duty_at_another_organ_is_listed_with_the_organ(client, city):
    other = make_organ("石州市财政局", parent=city)
    person = make_staff("赵丙", Duty.SECRECY, organ=city)
    Role.objects.create(staff=person, organ=other, duty=Duty.SECRECY)
    signed_in(client, make_staff("系统", Duty.SYSTEM, organ=city))

    page = client.get(reverse("organs:people")).content.decode()

    assert "保密审查、保密审查（石州市财政局）" in page
