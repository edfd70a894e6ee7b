"""Signing in: password, one-time code, lock-out, time-out, and one click where it is allowed."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db.models import F

from city import make_organ, make_staff
from gongkai.organs.actions import reset_second_factor, unlock
from gongkai.organs.models import Role, Staff
from gongkai.organs.signin import SecondFactorAdapter
from gongkai.organs.states import Duty
from gongkai.trail.models import Step

pytestmark = pytest.mark.django_db
PASSWORD = "shui-long-yin-2026"
ME = "/desk/organs/me/"


@pytest.fixture(autouse=True)
def _counters_start_anew():
    cache.clear()


@pytest.fixture
def staff():
    made = make_staff("张三", Duty.DRAFT, username="zhangsan")
    made.set_password(PASSWORD)
    made.save()
    return made


def sign_in(client, username="zhangsan", password=PASSWORD):
    return client.post("/sign-in/", {"login": username, "password": password})


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def bind(staff):
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(staff, secret)
    RecoveryCodes.activate(staff)
    return secret


def test_the_desk_is_behind_the_page_of_sign_in(client):
    answer = client.get(ME)

    assert (answer.status_code, answer.url) == (302, f"/sign-in/?next={ME}")


def test_without_a_second_factor_one_is_bound_first(client, staff):
    sign_in(client)

    answer = client.get(ME)

    assert answer.url == "/desk/second-factor/bind/"
    page = client.get(answer.url).content.decode()
    secret = re.search(r"<code>(\w+)</code>", page)[1]
    client.post(answer.url, {"code": code_of(secret)})
    assert client.get(ME).status_code == 200


def test_the_secret_does_not_lie_open_in_the_database(staff):
    secret = bind(staff)

    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in stored
    assert SecondFactorAdapter().decrypt(stored) == secret


def test_a_code_is_asked_for_and_a_wrong_one_refused(client, staff):
    secret = bind(staff)

    assert sign_in(client).url == "/sign-in/code/"
    assert client.get(ME).status_code == 302
    wrong = client.post("/sign-in/code/", {"code": "000000"})
    assert "动态口令不对" in wrong.content.decode()
    client.post("/sign-in/code/", {"code": code_of(secret)})

    assert client.get(ME).status_code == 200


def test_a_first_password_is_changed_before_anything_else(client, staff):
    Staff.objects.update(must_change_password=True)
    bind(staff)
    sign_in(client)
    client.post("/sign-in/code/", {"code": code_of("JBSWY3DPEHPK3PXP")})

    assert client.get(ME).url == "/desk/password/"
    client.post(
        "/desk/password/",
        {
            "oldpassword": PASSWORD,
            "password1": "qing-ming-he-2027",
            "password2": "qing-ming-he-2027",
        },
    )

    staff.refresh_from_db()
    assert not staff.must_change_password
    assert client.get(ME).status_code == 200


@pytest.mark.parametrize("weak", ["zhangsan", "1234567890123", "password123", "short"])
def test_a_weak_password_is_refused(client, staff, weak, settings):
    settings.DEMO = True
    sign_in(client)

    answer = client.post(
        "/desk/password/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    )

    assert answer.status_code == 200
    staff.refresh_from_db()
    assert staff.check_password(PASSWORD)


def test_a_wrong_password_is_said_without_saying_which_part(client, staff):
    known, unknown = sign_in(client, password="x"), sign_in(client, "nobody", "x")

    for answer in (known, unknown):
        assert "用户名或口令不对" in answer.content.decode()


def test_too_many_wrong_passwords_lock_the_account(client, staff, settings):
    spellings = ["zhangsan", "ZhangSan", " zhangsan", "ZHANGSAN", "zhangSan"]
    assert len(spellings) == settings.AXES_FAILURE_LIMIT

    for spelling in spellings:
        answer = sign_in(client, spelling, "wrong")

    assert answer.status_code == 429
    assert "账号锁定30分钟" in answer.content.decode()
    assert sign_in(client).status_code == 429


def test_the_security_administrator_unlocks(client, staff, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, password="wrong")
    cache.clear()
    security = make_staff("安全", Duty.SECURITY, organ=staff.organ)

    unlock(staff, by=security)

    assert sign_in(client).status_code == 302
    assert [step.label for step in Step.objects.of(staff)] == ["解锁账号"]


def test_a_second_factor_is_bound_anew_after_a_reset(client, staff):
    bind(staff)
    security = make_staff("安全", Duty.SECURITY, organ=staff.organ)

    reset_second_factor(staff, by=security, note="手机丢失")

    sign_in(client)
    assert client.get(ME).url == "/desk/second-factor/bind/"


def test_a_closed_account_does_not_sign_in(client, staff):
    Staff.objects.update(is_active=False)

    sign_in(client)

    assert client.get(ME).status_code == 302


def test_an_idle_session_ends(client, staff, settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr("gongkai.organs.middleware.RENEWAL_SECONDS", 0)
    sign_in(client)
    for _ in range(4):  # every page begins the half hour anew
        Session.objects.update(expire_date=F("expire_date") - timedelta(minutes=29))
        assert client.get(ME).status_code == 200

    Session.objects.update(expire_date=F("expire_date") - timedelta(minutes=31))

    assert client.get(ME).status_code == 302


def test_one_click_is_for_the_demonstration_only(client, staff, settings):
    demo = make_staff("演示", Duty.DRAFT, username="demo", demo=True)

    assert client.post("/sign-in/demo/", {"username": "demo"}).status_code == 404
    settings.DEMO = True
    assert client.post("/sign-in/demo/", {"username": "zhangsan"}).status_code == 404
    client.post("/sign-in/demo/", {"username": "demo"})

    assert client.get(ME).context["user"] == demo


def test_demo_accounts_are_listed_in_the_demonstration_only(client, settings):
    make_staff("王演示", Duty.SIGN, demo=True)

    assert "王演示" not in client.get("/sign-in/").content.decode()
    settings.DEMO = True
    assert "王演示" in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize("page", ["/accounts/signup/", "/admin/", "/sign-in/sign-up/"])
def test_nobody_signs_up_by_himself(client, page):
    assert client.get(page).status_code in {301, 302, 404}
    assert client.post(page, {"username": "x", "password1": PASSWORD}).status_code in {302, 404}
    assert list(Staff.objects.all()) == []


def test_the_first_three_administrators_are_made_once(capsys):
    call_command("three_administrators", organ="石州市人民政府")

    lines = capsys.readouterr().out.splitlines()
    for line, (username, duty) in zip(
        lines[:3],
        [("sysadmin", Duty.SYSTEM), ("secadmin", Duty.SECURITY), ("auditor", Duty.AUDIT)],
        strict=True,
    ):
        made = Staff.objects.get(username=username)
        assert made.check_password(line.split("\t")[2])
        assert made.must_change_password
        assert Role.objects.get(staff=made).duty == duty
    with pytest.raises(CommandError, match="已有安全管理员"):
        call_command("three_administrators")


def test_the_first_administrators_need_an_organ():
    with pytest.raises(CommandError, match="用 --organ 写明"):
        call_command("three_administrators")

    assert list(Staff.objects.all()) == []


def test_signing_out_ends_the_session(client, staff, settings):
    settings.DEMO = True
    sign_in(client)

    client.post("/sign-out/")

    assert client.get(ME).status_code == 302


def test_an_organ_is_asked_of_the_root_only():
    make_organ("石州市人民政府")

    call_command("three_administrators", verbosity=0)

    assert [staff.organ.name for staff in Staff.objects.all()] == ["石州市人民政府"] * 3
