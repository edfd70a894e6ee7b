from xml.etree import ElementTree

import pytest
from django.utils import timezone

from gongkai.documents.actions import publishing
from gongkai.documents.models import Document
from gongkai.documents.states import State
from gongkai.search.index import rebuild
from library import make_draft, make_issued, make_office

pytestmark = pytest.mark.django_db
FORMS = ("rss", "atom")
_ATOM = "{http://www.w3.org/2005/Atom}"


def titles(response):
    """Titles of the items of a feed, in order."""
    root = ElementTree.fromstring(response.content)
    items = [*root.iter("item"), *root.iter(f"{_ATOM}entry")]
    return [(item.find("title"), item.find(f"{_ATOM}title")) for item in items]


def told(response):
    return [(one if one is not None else other).text for one, other in titles(response)]


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_has_what_the_search_finds_newest_first(client, form):
    office = make_office()
    make_issued(office, "关于供热的通知")
    make_issued(office, "关于供水的通知")
    make_issued(office, "关于供热价格的通知")

    found = client.get(f"/search/feed.{form}", {"q": "供热"})

    assert found.headers["Content-Type"] == f"application/{form}+xml; charset=utf-8"
    assert told(found) == ["关于供热价格的通知", "关于供热的通知"]


@pytest.mark.parametrize("form", FORMS)
def test_filters_hold_in_a_feed(client, form):
    make_issued(make_office(), "关于供热的通知")

    def found(**asked):
        return told(client.get(f"/search/feed.{form}", asked))

    assert found(q="供热", kind="其他政策文件") == ["关于供热的通知"]
    assert found(q="供热", kind="规章") == []
    assert found(kind="其他政策文件") == ["关于供热的通知"]
    assert found(q="供热", since=f"{timezone.localdate().year + 1}-01-01") == []


@pytest.mark.parametrize("form", FORMS)
def test_words_that_only_come_near_do_not_fill_a_feed(client, form):
    make_issued(make_office(), "关于做好供热工作的通知")
    asked = {"q": "关于做好供热工作的决定"}

    assert client.get("/search/", asked).context["found"].relaxed
    assert told(client.get(f"/search/feed.{form}", asked)) == []


@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_is_not_public_is_in_a_feed_even_if_the_index_has_it(client, settings, form):
    office = make_office()
    make_draft(office, "草稿金丝雀")
    down = make_issued(office, "撤下金丝雀")
    publishing.withdraw(down, by=office.disclosure, note="有误")
    stale = make_issued(office, "旧索引金丝雀")
    make_issued(office, "公开的金丝雀")
    list(rebuild())
    # The index was not told: what it still has may not go out.
    Document.objects.filter(pk=stale.pk).update(state=State.WITHDRAWN)
    settings.DEMO = True  # no second factor to be asked for
    client.force_login(office.draft)

    for address in (f"/search/feed.{form}", f"/documents/feed.{form}"):
        found = client.get(address, {"q": "金丝雀"}, follow=True)
        assert told(found) == ["公开的金丝雀"], address


@pytest.mark.parametrize("form", FORMS)
def test_the_feed_of_everything_asked_with_words_leads_to_the_search(client, form):
    asked = client.get(f"/documents/feed.{form}", {"q": "供热 通知", "kind": "规章"})
    nothing = client.get(f"/search/feed.{form}", {"q": " "})

    assert asked.headers["Location"] == (
        f"/search/feed.{form}?q=%E4%BE%9B%E7%83%AD+%E9%80%9A%E7%9F%A5&kind=%E8%A7%84%E7%AB%A0"
    )
    assert nothing.headers["Location"] == f"/documents/feed.{form}"
    assert client.get(f"/documents/feed.{form}").status_code == 200


def test_the_results_offer_their_feeds(client):
    make_issued(make_office(), "关于供热的通知")

    page = client.get("/search/", {"q": "供热&暖", "kind": "规章", "at": ""}).content.decode()

    for form in FORMS:
        address = f"/search/feed.{form}?q=%E4%BE%9B%E7%83%AD%26%E6%9A%96&amp;kind="
        assert page.count(f'href="{address}') == 2  # in the head and to be clicked
    assert "/search/feed" not in client.get("/search/").content.decode()


@pytest.mark.parametrize("form", FORMS)
def test_any_words_make_well_formed_xml(client, form):
    for words in ("<&]]>\"'", "供热\x01\x1f\ufffe", "\ud83d", "‮反", "%00"):
        asked = {"q": words.encode("utf-8", "replace").decode()}
        assert told(client.get(f"/search/feed.{form}", asked)) == []
