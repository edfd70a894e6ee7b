from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from city import make_organ, make_staff
from gongkai.errors import BadInput, NotAllowed
from gongkai.organs.actions import (
    appoint,
    close_account,
    delegate,
    dismiss,
    end_delegation,
    reopen_account,
    reset_password,
    save_staff,
)
from gongkai.organs.models import Role, Staff
from gongkai.organs.rights import administers, forget, rights_of, roles_of
from gongkai.organs.states import ADMINISTRATORS, Duty
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db
TODAY = date.today()
TOMORROW = TODAY + timedelta(1)  # should midnight pass while the tests run


@pytest.fixture
def city():
    return make_organ("石州市人民政府")


@pytest.fixture
def security(city):
    return make_staff("安全", Duty.SECURITY, organ=city)


def lend(giver, taker, *duties, first_day=TODAY, last_day=TOMORROW):
    return delegate(
        giver, taker, duties, by=giver, first_day=first_day, last_day=last_day, reason="休假"
    )


# ── 任职 ────────────────────────────────────────────────────────────────────────────────────


def test_a_duty_counts_where_it_is_held(city):
    office = make_organ("办公室", parent=city)
    drafter = make_staff("起草", Duty.DRAFT, organ=office)

    assert roles_of(drafter, office) == {Duty.DRAFT}
    assert roles_of(drafter, city) == frozenset()


@pytest.mark.parametrize("duty", sorted({*ADMINISTRATORS, Duty.COMPETENT}))
def test_some_duties_reach_down(city, duty):
    office = make_organ("办公室", parent=city)
    staff = make_staff("主管", duty, organ=city)

    assert roles_of(staff, office) == {duty}
    assert roles_of(make_staff("下级", duty, organ=office), city) == frozenset()


def test_a_duty_counts_from_its_first_day_to_its_last(city):
    staff = make_staff(organ=city)
    first, last = date(2026, 3, 2), date(2026, 3, 6)
    Role.objects.create(staff=staff, organ=city, duty=Duty.SIGN, valid_from=first, valid_to=last)

    days = [first - timedelta(1), first, last, last + timedelta(1)]

    assert [bool(roles_of(staff, city, day)) for day in days] == [False, True, True, False]


def test_a_closed_account_has_no_rights(city):
    staff = make_staff("离职", Duty.SIGN, organ=city, is_active=False)

    assert rights_of(staff, city) == []


def test_appointing_is_written_on_the_persons_trail(city, security):
    staff = make_staff("张三", organ=city)

    role = appoint(staff, city, Duty.DRAFT, by=security)
    dismiss(role, by=security, note="调离")

    assert roles_of(staff, city) == frozenset()
    assert [(s.label, s.by_name, s.note) for s in Step.objects.of(staff)] == [
        ("任职", "安全", ""),
        ("免职", "安全", "调离"),
    ]


@pytest.mark.parametrize("held", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("wanted", sorted(ADMINISTRATORS))
def test_the_three_administrators_are_three_people(city, security, held, wanted):
    staff = make_staff("张三", held, organ=make_organ("财政局", parent=city))

    if held == wanted:
        assert appoint(staff, city, wanted, by=security).duty == wanted
    else:
        with pytest.raises(NotAllowed, match="须由不同的人担任（三员分立）"):
            appoint(staff, city, wanted, by=security)


def test_one_to_be_an_administrator_later_is_one_already(city, security):
    staff = make_staff("张三", organ=city)
    appoint(staff, city, Duty.AUDIT, by=security, valid_from=TODAY + timedelta(30))

    with pytest.raises(NotAllowed, match="三员分立"):
        appoint(staff, city, Duty.SYSTEM, by=security)


def test_nobody_appoints_himself(city, security):
    with pytest.raises(NotAllowed, match="不能给自己任免岗位"):
        appoint(security, city, Duty.SIGN, by=security)


def test_the_same_duty_is_not_given_twice(city, security):
    staff = make_staff("张三", Duty.SIGN, organ=city)

    with pytest.raises(NotAllowed, match="已经担任石州市人民政府的签发"):
        appoint(staff, city, Duty.SIGN, by=security)


def test_only_the_security_administrator_appoints(city):
    system = make_staff("系统", Duty.SYSTEM, organ=city)

    with pytest.raises(NotAllowed, match="任免岗位由安全管理员办理"):
        appoint(make_staff(organ=city), city, Duty.SIGN, by=system)


def test_the_last_security_administrator_stays(city, security):
    other = make_staff("另一", Duty.SECURITY, organ=city)
    role = Role.objects.get(staff=security)

    dismiss(Role.objects.get(staff=other), by=security)
    other.roles.create(organ=city, duty=Duty.SECURITY)
    forget(other)
    dismiss(role, by=other)
    forget(security)

    assert administers(security) == frozenset()
    with pytest.raises(NotAllowed, match="最后一名安全管理员"):
        dismiss(other.roles.get(valid_to=None), by=security)


# ── 委托 ────────────────────────────────────────────────────────────────────────────────────


def test_a_loan_counts_on_its_days_and_names_the_giver(city):
    giver = make_staff("王主任", Duty.DIRECTOR, Duty.SIGN, organ=city)
    taker = make_staff("李副主任", organ=city)
    first, last = TODAY + timedelta(1), TODAY + timedelta(3)

    lend(giver, taker, Duty.SIGN, first_day=first, last_day=last)

    days = [TODAY, first, last, last + timedelta(1)]
    assert [roles_of(taker, city, day) for day in days] == [
        frozenset(),
        {Duty.SIGN},
        {Duty.SIGN},
        frozenset(),
    ]
    assert [right.giver for right in rights_of(taker, city, first)] == ["王主任"]
    assert [s.label for s in Step.objects.of(giver)] == ["委托他人代办"]


def test_several_loans_and_own_duties_are_read_with_one_query(city):
    one, two = make_staff("甲", Duty.SIGN, organ=city), make_staff("乙", Duty.SIGN, organ=city)
    taker = make_staff("丙", Duty.DRAFT, organ=city)
    lend(one, taker, Duty.SIGN, first_day=TODAY)
    lend(two, taker, Duty.SIGN, first_day=TOMORROW)

    with CaptureQueriesContext(connection) as queries:
        rights = rights_of(taker, city, TOMORROW)

    assert len(queries) == 1
    assert [(right.duty, right.giver) for right in rights] == [
        (Duty.DRAFT, ""),
        (Duty.SIGN, "乙"),  # what was lent last comes first
        (Duty.SIGN, "甲"),
    ]
    assert [(right.first_day, right.last_day) for right in rights[1:]] == [
        (TOMORROW, TOMORROW),
        (TODAY, TOMORROW),
    ]


def test_a_loan_ends_when_it_is_taken_back(city):
    giver, taker = make_staff("甲", Duty.SIGN, organ=city), make_staff("乙", organ=city)
    loan = lend(giver, taker, Duty.SIGN)

    end_delegation(loan, by=giver)

    forget(taker)
    assert roles_of(taker, city) == frozenset()
    with pytest.raises(NotAllowed, match="已经收回"):
        end_delegation(loan, by=giver)


def test_a_loan_ends_with_the_givers_own_duty(city, security):
    giver, taker = make_staff("甲", Duty.SIGN, organ=city), make_staff("乙", organ=city)
    lend(giver, taker, Duty.SIGN)

    dismiss(giver.roles.get(), by=security)

    assert roles_of(taker, city) == frozenset()


def test_a_loan_is_not_lent_on(city):
    giver, taker, third = (make_staff(name, organ=city) for name in "甲乙丙")
    giver.roles.create(organ=city, duty=Duty.SIGN)
    lend(giver, taker, Duty.SIGN)

    with pytest.raises(NotAllowed, match="乙没有担任签发，不能委托"):
        lend(taker, third, Duty.SIGN)


def test_administrators_duties_are_not_lent(city, security):
    with pytest.raises(NotAllowed, match="安全管理员不得委托"):
        lend(security, make_staff("乙", organ=city), Duty.SECURITY)


@pytest.mark.parametrize(
    ("days", "why"),
    [((0, -1), "不能早于开始日期"), ((-3, -1), "已经过去")],
)
def test_impossible_days_are_refused(city, days, why):
    giver, taker = make_staff("甲", Duty.SIGN, organ=city), make_staff("乙", organ=city)
    first, last = (TODAY + timedelta(day) for day in days)

    with pytest.raises(BadInput, match=why):
        lend(giver, taker, Duty.SIGN, first_day=first, last_day=last)


def test_nobody_lends_for_another_but_the_security_administrator(city, security):
    giver, taker = make_staff("甲", Duty.SIGN, organ=city), make_staff("乙", organ=city)
    days = {"first_day": TODAY, "last_day": TOMORROW, "reason": "急病"}

    with pytest.raises(NotAllowed, match="由安全管理员办理"):
        delegate(giver, taker, [Duty.SIGN], by=taker, **days)
    delegate(giver, taker, [Duty.SIGN], by=security, **days)

    assert roles_of(taker, city) == {Duty.SIGN}


# ── 账号 ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def system(city):
    return make_staff("系统", Duty.SYSTEM, organ=city)


def test_a_first_password_has_to_be_changed(city, system):
    staff = Staff(username="zhangsan", name="张三", organ=city)

    password = save_staff(staff, by=system)

    staff.refresh_from_db()
    assert (staff.check_password(password), staff.must_change_password) == (True, True)
    assert all(password not in str(step.changes) for step in Step.objects.of(staff))


def test_a_reset_password_replaces_the_old_one(city, system):
    staff = Staff(username="zhangsan", name="张三", organ=city)
    old = save_staff(staff, by=system)

    new = reset_password(staff, by=system)

    staff.refresh_from_db()
    assert (staff.check_password(old), staff.check_password(new)) == (False, True)


def test_closing_an_account_needs_a_reason_and_another_person(city, system):
    staff = make_staff("张三", organ=city)

    with pytest.raises(NotAllowed, match="须写明理由"):
        close_account(staff, by=system, note="")
    with pytest.raises(NotAllowed, match="不能停用自己的账号"):
        close_account(system, by=system, note="休息")
    close_account(staff, by=system, note="调离")
    with pytest.raises(NotAllowed, match="已经停用"):
        close_account(staff, by=system, note="调离")
    reopen_account(staff, by=system)

    assert [s.label for s in Step.objects.of(staff)] == ["停用账号", "恢复账号"]


def test_a_username_is_taken_once(city, system):
    make_staff(organ=city, username="zhangsan")

    with pytest.raises(BadInput, match="已经有人用了"):
        save_staff(Staff(username="zhangsan", name="张三", organ=city), by=system)
