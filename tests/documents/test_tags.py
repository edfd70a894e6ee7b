"""页面标签（《政府网站发展指引》）：on every public page, none of them empty."""

import re

import pytest
from django.urls import reverse

from gongkai.documents.models import Column
from library import make_issued, make_office

pytestmark = pytest.mark.django_db
COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE = ("ArticleTitle", "PubDate", "ContentSource", "Author", "Url")


def tags(client, address):
    page = client.get(address).content.decode()
    return dict(re.findall(r'<meta name="([A-Za-z]+)" content="([^"]*)">', page))


def test_every_public_page_says_what_column_it_is(client):
    office = make_office()
    make_issued(office)
    bare = Column.objects.create(organ=office.organ, name="新栏目", type="工作动态", tags="")
    pages = [
        *("/", "/search/", "/organs/", "/apply/", "/contact/", "/accessibility/", "/sitemap/"),
        *(reverse(f"documents:{name}") for name in ("library", "topics", "archive")),
        *(reverse("documents:in_force", args=[kind]) for kind in ("normative", "rule")),
        *(reverse(f"documents:{name}", args=[office.organ.pk]) for name in ("guide", "catalogue")),
        bare.get_absolute_url(),
        *(
            column.get_absolute_url()
            for column in Column.objects.exclude(statutory="guide").filter(organ=office.organ)
        ),
    ]

    found = {page: tags(client, page) for page in pages}
    assert [(page, n) for page in pages for n in COLUMN if not found[page].get(n)] == []


def test_the_page_of_a_document_says_whose_it_is_and_where(client):
    document = make_issued(make_office())

    found = tags(client, document.get_absolute_url())

    assert [name for name in (*COLUMN, *ARTICLE) if not found.get(name)] == []
    assert (found["Author"], found["Url"]) == (
        "石州市人民政府办公室",
        f"http://testserver{document.get_absolute_url()}",
    )


def test_a_document_in_no_column_is_in_the_catalogue(client):
    document = make_issued(make_office())
    document.placements.all().delete()

    assert tags(client, document.get_absolute_url())["ColumnName"] == "政府信息公开目录"
