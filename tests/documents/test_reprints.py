"""转载法律法规和上级文件：shown to be read, with what its maker gave it and nothing of ours."""

import pytest
from django.urls import reverse

from gongkai.documents.actions import publishing, reviewing
from gongkai.documents.models import Column
from gongkai.organs.models import Series
from library import bring, fresh, make_draft, make_office

pytestmark = pytest.mark.django_db


def signed(office, title="中华人民共和国某某法", issuer="全国人民代表大会常务委员会"):
    """A law about to go out, in a column of its own."""
    law = make_draft(office, title, kind="higher", facts={"issuer": issuer})
    column = Column.objects.create(organ=office.organ, name="法律", type="政策文件", tags="法律")
    law.placements.create(column=column)
    return bring(law, office)


def issued(office):
    law = signed(office)
    publishing.issue(law, by=office.disclosure)
    return fresh(law)


def test_a_reprint_is_issued_without_an_index_of_ours_and_without_a_number():
    law = issued(make_office())

    assert (law.state, law.index_number, law.number, law.validity) == ("issued", "", "", "")
    assert not Series.objects.filter(name__startswith="index").exists()


def test_a_reprint_keeps_the_number_its_maker_gave_it():
    office = make_office()
    law = signed(office, "某条例", "国务院")

    reviewing.number(law, by=office.disclosure, typed="国令第711号")

    assert fresh(law).number == "国令第711号"


def test_the_page_of_a_reprint_says_who_made_it_and_that_it_is_one(client):
    office = make_office()
    law = issued(office)

    page = client.get(law.get_absolute_url()).content.decode()
    catalogue = client.get(reverse("documents:catalogue", args=[office.organ.pk])).content.decode()
    library = client.get(reverse("documents:library")).content.decode()

    assert "<dt>制定机关</dt><dd>全国人民代表大会常务委员会</dd>" in page
    assert f"本文由{office.organ}转载" in page
    assert ("<dt>索引号</dt>" in page, "<dt>发文字号</dt>" in page) == (False, False)
    assert (law.title in catalogue, law.title in library) == (False, False)
