"""Figures for the prose: each has its own name; a shared website counts all that stands on it."""

from datetime import UTC, date, datetime

import pytest

from asked import make_office
from city import make_organ
from gongkai.documents.models import Document, Publication
from gongkai.documents.states import Attribute, Channel
from gongkai.reporting.live import live, with_those_below

pytestmark = pytest.mark.django_db


def post(organ, number):
    """So many posts of what the organ published."""
    document = Document.objects.create(
        organ=organ, kind="news", title="动态", issuer=organ.name, state="issued",
        index_number=f"{organ.pk}/2025-1", formed_on=date(2025, 3, 3),
        attribute=Attribute.PROACTIVE, issued_at=datetime(2025, 3, 3, 1, tzinfo=UTC),
    )  # fmt: skip
    at = datetime(2025, 3, 3, 2, tzinfo=UTC)
    Publication.objects.bulk_create(
        Publication(document=document, channel=Channel.NEW_MEDIA, at=at) for _ in range(number)
    )


def told(name, organ):
    rows = next(one.rows for one in live() if one.name == name)
    return rows([organ.pk], 2025).count()


def test_each_figure_has_a_name_of_its_own():
    names = [one.name for one in live()]

    assert len(names) == len(set(names))
    assert all(len(name) <= 20 and one.label for name, one in zip(names, live(), strict=True))


def test_what_the_departments_publish_is_told_beside_what_the_organ_does_itself():
    department = make_office()
    city, other = department.parent, make_organ("保定市人民政府")
    post(city, 2)
    post(department, 3)
    post(other, 4)

    assert with_those_below([city.pk]) == [city.pk, department.pk]
    assert (told("新媒体信息", city), told("各单位新媒体信息", city)) == (2, 5)
    assert (told("新媒体信息", department), told("各单位新媒体信息", department)) == (3, 3)
