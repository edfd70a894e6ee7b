"""可见范围：a canary in every state, every address walked, found only where it may be."""

import re

import pytest
from django.urls import reverse

from gongkai.documents.actions import attaching, publishing, reviewing
from gongkai.documents.models import Document
from gongkai.documents.queries import visible
from gongkai.documents.states import State
from gongkai.organs.states import Kind
from gongkai.search.index import index
from library import BODY, OTHER_CODE, bring, column, make_draft, make_issued, make_office

pytestmark = pytest.mark.django_db
CANARY = "金丝雀"


def make_city():
    """A document in every state at two offices, each with a canary of its own in every part."""
    city = make_office()
    bureau = make_office(
        "石州市财政局", code=OTHER_CODE, words="石财", parent=city.organ, kind=Kind.DEPARTMENT
    )
    documents = {}
    for office, name in ((city, "市"), (bureau, "局")):
        for state in (State.DRAFT, State.SECRECY, State.SIGN, State.SIGNED):
            documents[name, state] = make_canary(office, f"{name}{state.value}", until=state)
        issued = make_canary(office, f"{name}issued", until=State.SIGNED)
        withdrawn = make_canary(office, f"{name}withdrawn", until=State.SIGNED)
        for document in (issued, withdrawn):
            reviewing.number(document, by=office.director, sign=office.organ.words[0])
            publishing.issue(document, by=office.disclosure)
        publishing.withdraw(withdrawn, by=office.disclosure, note="错发")
        documents[name, State.ISSUED] = issued
        documents[name, State.WITHDRAWN] = withdrawn
    return city, bureau, documents


def make_canary(office, mark, *, until):
    """A draft that says its mark in its title, its text, its summary and its attachment."""
    mark = f"{CANARY}{mark}鸟"
    document = make_draft(
        office,
        f"关于{mark}的通知",
        html=f"{BODY}<p>{mark}正文</p>",
        facts={"summary": f"{mark}概述", "keywords": f"{mark}词"},
    )
    attaching.attach(document, f"{mark}附件".encode(), f"{mark}.txt", by=office.draft)
    return bring(document, office, until=until)


def addresses(documents, *offices):
    """Every public address of the room, whatever it may answer."""
    yield from (
        "/documents/feed.rss",
        "/documents/feed.atom",
        "/policies/",
        "/topics/",
        "/archive/",
    )
    yield from ("/policies/?validity=all", f"/archive/{documents['市', 'issued'].issued_at.year}/")
    yield from (f"/policies/{kind}/in-force/" for kind in ("rule", "normative"))
    for office in offices:
        yield from (f"/organs/{office.organ.pk}/{page}/" for page in ("guide", "catalogue"))
        for statutory in ("platform", "policy", "other_policy"):
            place = column(office, statutory).get_absolute_url()
            yield from (place, f"{place}feed.rss", f"{place}feed.atom")
    for document in documents.values():
        place = document.get_absolute_url()
        yield from (place, f"{place}document.docx", f"{place}document.pdf", f"{place}changes/2/")
        yield from (file.get_absolute_url() for file in document.files.all())


def desk_addresses(documents):
    """Every address of the desk that shows a document or a list of them."""
    yield from ("/desk/documents/", "/desk/documents/export.csv", "/desk/documents/reminders/")
    yield from (f"/desk/documents/?q={CANARY}", "/desk/documents/?phase=withdrawn")
    for document in documents.values():
        for page in ("desk_document", "edit", "body", "preview", "correct"):
            yield reverse(f"documents:{page}", args=[document.pk])
        yield reverse("documents:version", args=[document.pk, 1])
        yield reverse("documents:form", args=[document.pk, "docx"])
        for file in document.files.all():
            yield reverse("documents:desk_file", args=[document.pk, file.pk])


def seen(client, places):
    """The canaries somebody meets on a walk, also inside DOCX files."""
    found = set()
    for place in places:
        response = client.get(place)
        data = b"".join(response.streaming_content) if response.streaming else response.content
        text = data.decode("utf-8", "replace")
        if data.startswith(b"PK"):
            import io
            import zipfile

            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                text = archive.read("word/document.xml").decode()
        found |= set(re.findall(f"{CANARY}(.*?)鸟", text))
    return found


def sign_in(client, staff, settings):
    settings.DEMO = True
    client.force_login(staff, "allauth.account.auth_backends.AuthenticationBackend")


def test_the_public_meets_what_is_issued_and_nothing_else(client):
    city, bureau, documents = make_city()

    found = seen(client, addresses(documents, city, bureau))

    assert found == {"市issued", "局issued"}


def test_staff_see_no_more_on_the_public_pages_than_the_public(client, settings):
    city, bureau, documents = make_city()
    sign_in(client, city.competent, settings)

    assert seen(client, addresses(documents, city, bureau)) == {"市issued", "局issued"}


ALL = {
    f"{o}{s}" for o in "市局" for s in ("draft", "secrecy", "sign", "signed", "issued", "withdrawn")
}


@pytest.mark.parametrize(
    ("where", "duty", "meets"),
    [
        ("bureau", "draft", {one for one in ALL if one[0] == "局"}),
        ("bureau", "competent", {one for one in ALL if one[0] == "局"}),
        ("city", "draft", {one for one in ALL if one[0] == "市"}),
        ("city", "competent", ALL),
        ("city", "system", set()),
        ("city", "audit", set()),
    ],
)
def test_the_desk_shows_the_papers_of_ones_own_organs(client, settings, where, duty, meets):
    city, bureau, documents = make_city()
    sign_in(client, getattr({"city": city, "bureau": bureau}[where], duty), settings)

    assert seen(client, desk_addresses(documents)) == meets


def test_the_search_finds_what_the_public_may_see():
    make_city()

    found = index().find(CANARY, limit=50)

    assert sorted(entry.title for entry in found) == [
        f"关于{CANARY}{name}issued鸟的通知" for name in ("局", "市")
    ]


def test_a_page_kept_for_a_minute_is_gone_with_its_document(client):
    office = make_office()
    document = make_issued(office)
    before = client.get(document.get_absolute_url()).status_code

    publishing.withdraw(document, by=office.disclosure, note="错发")

    assert (before, client.get(document.get_absolute_url()).status_code) == (200, 410)


def test_a_correction_shows_at_once(client):
    office = make_office()
    document = make_issued(office)
    client.get(document.get_absolute_url())

    publishing.correct(document, BODY + "<p>补正一句</p>", by=office.disclosure, reason="漏")

    assert "补正一句" in client.get(document.get_absolute_url()).content.decode()


def test_the_public_condition_is_one_state():
    assert str(visible()) == str(visible(None))
    assert list(Document.objects.filter(visible())) == []
