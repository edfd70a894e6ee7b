"""导航按岗位：nobody is offered a page that would turn him away."""

import re

import pytest

from gongkai.organs.states import ADMINISTRATORS, Duty
from library import make_office

pytestmark = pytest.mark.django_db


def entries(client, staff, settings):
    settings.DEMO = True
    client.force_login(staff, settings.AUTHENTICATION_BACKENDS[-1])
    page = client.get("/desk/").content.decode()
    side = page[page.index('<nav class="desk-nav') :].partition("</nav>")[0]
    return dict(re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', side))


@pytest.mark.parametrize("duty", list(Duty))
def test_every_entry_shown_opens(client, settings, duty):
    office = make_office()
    shown = entries(client, getattr(office, duty.value), settings)

    assert {address: client.get(address).status_code for address in shown} == dict.fromkeys(
        shown, 200
    )


@pytest.mark.parametrize("duty", list(Duty))
def test_drafting_columns_and_clean_ups_are_offered_to_those_who_do_them(client, settings, duty):
    office = make_office()
    shown = set(entries(client, getattr(office, duty.value), settings).values())

    offered = {name: name in shown for name in ("文件", "起草", "栏目", "清理")}
    assert offered == {
        "文件": duty not in ADMINISTRATORS,
        "起草": duty == Duty.DRAFT,
        "栏目": duty in {Duty.DISCLOSURE, Duty.COMPETENT},
        "清理": duty in {Duty.DRAFT, Duty.UNIT_HEAD, Duty.LEGAL, Duty.SIGN, Duty.COMPETENT},
    }
