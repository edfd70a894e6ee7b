"""先查后申请：what is public already is shown before a request is made."""

import pytest

from applying import apply, first, second, send
from asked import make_office, make_people, make_request
from gongkai.applications.models import Application, Draft, Reply
from gongkai.applications.portal.matches import matches
from gongkai.organs.states import Duty
from library import make_draft, make_issued
from library import make_office as make_library

pytestmark = pytest.mark.django_db
TITLE = "石州市老旧小区改造实施方案"


@pytest.fixture
def library():
    return make_library()


@pytest.fixture
def document(library):
    return make_issued(library, TITLE)


@pytest.fixture
def organ():
    return make_office()


def text(response):
    return response.content.decode()


def titles(found):
    return [one.entry.title for one in found]


@pytest.mark.parametrize(
    "subject",
    [TITLE, "老旧小区改造", "关于老旧小区改造的全部文件", "我市老旧小区改造实施方案的具体内容"],
)
def test_a_title_is_found_however_it_is_asked_for(document, subject):
    assert titles(matches(subject)) == [TITLE]


def test_a_number_finds_its_document_first(document, library):
    make_issued(library, "关于供热工作的通知")

    assert titles(matches("供热工作", document.number))[0] == TITLE


@pytest.mark.parametrize("subject", ["", "的", "水", "查无此词一二三", "申请公开全部政府信息"])
def test_what_says_nothing_finds_nothing(document, subject):
    assert matches(subject) == []


def test_never_more_than_five(library):
    for number in range(8):
        make_issued(library, f"老旧小区改造第{'一二三四五六七八'[number]}批名录")

    assert len(matches("老旧小区改造")) == 5


def test_a_draft_of_the_office_is_not_found(library):
    make_draft(library, TITLE)

    assert matches(TITLE) == []


def test_a_document_that_was_a_reply_says_so(document, organ):
    clerk = make_people(organ)[Duty.DISCLOSURE]
    request = make_request(organ, clerk)
    Reply.objects.create(application=request, outcome="A1", published_as=document.pk)

    assert [one.replied for one in matches(TITLE)] == [True]


def test_it_is_shown_before_one_goes_on_and_asked_once(client, document, organ):
    page = first(client, subject=TITLE, go="next")

    assert page.redirect_chain == []
    assert "这就是我要的" in text(page)
    assert document.get_absolute_url() in text(page)
    assert first(client, subject=TITLE).redirect_chain[-1][0] == "/apply/2/"
    assert first(client, subject=TITLE, go="next").redirect_chain[-1][0] == "/apply/2/"
    second(client)
    send(client)
    assert Application.objects.get().subject == TITLE


def test_without_anything_public_one_goes_straight_on(client, document, organ):
    page = first(client, subject="查无此词一二三", go="next")

    assert page.redirect_chain[-1][0] == "/apply/2/"


def test_looking_while_typing_writes_nothing_down(client, document, organ):
    page = client.post("/apply/matches/", {"subject": TITLE})

    assert TITLE in text(page)
    assert Draft.objects.count() == 0
    assert client.get("/apply/matches/").status_code == 405


def test_a_request_never_comes_up_in_a_search(client, document, organ):
    apply(client, subject="独一无二的申请名称")

    assert matches("独一无二的申请名称") == []
    assert "独一无二" not in text(client.get("/search/?q=申请名称"))
