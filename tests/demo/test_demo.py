"""The demonstration city has the figures of the report, however often it is filled."""

import pytest

from gongkai.demo import content, filling
from gongkai.documents.models import CampaignItem, Column, Document, Publication
from gongkai.documents.states import Decision
from gongkai.errors import NotAllowed
from gongkai.law.credit_code import is_credit_code
from gongkai.organs.models import Organ, Role, Staff
from gongkai.organs.states import ADMINISTRATORS, Duty
from gongkai.search.index import index
from gongkai.trail.actions import verify

pytestmark = pytest.mark.django_db


def figures():
    """What a reader of the yearly report would count on the site."""
    year = Publication.objects.filter(at__year=2022)
    policies = ("rule", "normative", "policy")
    norms = Document.objects.filter(origin__startswith="demo:norm:")
    gazette = year.filter(channel="gazette")
    return {
        "规章": Document.objects.public().in_force().filter(kind="rule").count(),
        "现行有效规范性文件": norms.in_force().count(),
        "制发": norms.filter(formed_on__year=2022).count(),
        "公开政策文件": year.filter(channel="website", document__kind__in=policies)
        .exclude(document__source_url__gt="")
        .exclude(document__origin__startswith="demo:real:")
        .count(),
        "复文": year.filter(document__kind="reply", channel="website").count(),
        "公报": (gazette.values("detail").distinct().count(), gazette.count()),
        "查阅场所": year.filter(channel="points").count(),
        "专栏信息": year.filter(channel="website").count(),
        "清理": tuple(
            CampaignItem.objects.filter(decision=decision).count()
            for decision in (Decision.REPEAL, Decision.LAPSE, Decision.EXTEND)
        ),
    }


REPORTED = {
    "规章": 59,
    "现行有效规范性文件": 102,
    "制发": 10,
    "公开政策文件": 166,
    "复文": 92,
    "公报": (12, 50),
    "查阅场所": 157,
    "专栏信息": 1793,
    "清理": (2, 40, 4),
}


def test_the_city_has_the_figures_of_the_report_and_keeps_them_when_filled_again():
    list(filling.fill())
    first = figures()
    counted = Document.objects.count(), Organ.objects.count(), Column.objects.count()

    list(filling.fill())

    assert first == REPORTED
    assert figures() == REPORTED
    assert counted == (Document.objects.count(), Organ.objects.count(), Column.objects.count())
    assert verify() is None
    assert not Organ.objects.filter(demo=False).exists()
    assert not Staff.objects.filter(demo=False).exists()
    assert not Document.objects.filter(demo=False).exists()
    assert not Column.objects.filter(demo=False).exists()
    found = index().find("石政发[2022]1号")
    assert found.entries[0].number == "石政发〔2022〕1号"
    assert set(Role.objects.values_list("duty", flat=True)) == set(Duty)


def test_filling_broken_off_is_taken_up_where_it_stopped():
    steps = filling.fill()
    for step in steps:
        if step.stage == "规章和政策文件" and step.done:
            break
    steps.close()

    list(filling.fill())

    assert figures() == REPORTED


def test_nobody_of_the_city_has_a_password_and_no_administrator_another_duty():
    list(filling.fill())

    for staff in Staff.objects.all():
        duties = set(staff.roles.values_list("duty", flat=True))

        assert not staff.has_usable_password()
        assert len(duties) == 1 or not duties & ADMINISTRATORS


def test_a_database_with_real_organs_is_left_alone():
    Organ.objects.create(name="石州市人民政府", kind="city")

    with pytest.raises(NotAllowed, match="数据库里已有石州市人民政府"):
        list(filling.fill())

    assert Organ.objects.count() == 1


def test_every_code_is_one():
    from gongkai.demo.city import code_of, places

    codes = [code_of(serial) for serial, _ in enumerate(places(), 1)]

    assert all(map(is_credit_code, codes))
    assert len(set(codes)) == len(codes)


def test_the_real_documents_are_whole():
    rows = list(content.rows())

    assert len(rows) == 332
    assert len({row["id"] for row in rows}) == 332
    assert all(len(row["body"]) > 150 and row["issuer"] and row["formed_on"] for row in rows)
