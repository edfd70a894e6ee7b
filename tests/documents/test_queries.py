"""一页问几次库：as often for ninety rows as for thirty, and never more than eight times.

The search of the door asks as often as there are ways to find something, and counts only what
fills more than a page: its lists are held to twice ninety rows. The desk asks it once.
"""

from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from city import make_staff
from gongkai.documents.models import Column, Document, Placement, Reminder, SavedList
from gongkai.documents.states import State
from gongkai.documents.worklist import Wanted, worklist
from gongkai.organs.models import Delegation
from gongkai.organs.states import Duty
from gongkai.search.index import rebuild
from library import column, make_draft, make_office
from shelf import make_shelf

pytestmark = pytest.mark.django_db
#: More than a page of twenty, so that there is something to count.
FEW, MANY = 30, 90
MOST = 8

#: Lists of the door; {organ}, {column}, {topic} are filled in.
PUBLIC = (
    *("/columns/{column}/", "/columns/{topic}/", "/topics/", "/archive/", "/archive/2021/"),
    *("/policies/", "/policies/?kind=normative&validity=in_force&topic=综合政务"),
    *("/policies/normative/in-force/", "/organs/{organ}/", "/organs/{organ}/catalogue/"),
    *("/documents/feed.rss", "/documents/feed.atom", "/columns/{column}/feed.atom"),
)
SEARCHES = (
    *("/search/?q=规定", "/search/?q=规定&kind=行政规范性文件"),
    *("/search/feed.rss?q=规定", "/search/feed.atom?q=规定"),
)
#: Lists of the desk.
DESK = (
    *("/desk/documents/", "/desk/documents/?phase=issued&kind=normative&sort=issued"),
    *("/desk/documents/?late=1&sort=due", "/desk/documents/reminders/"),
    *("/desk/documents/?phase=review", "/desk/documents/columns/"),
)


def shelve(office, topic, count, start):
    """So many documents more, each in the topic as well, with a reminder and a saved filter."""
    documents = make_shelf(office, count, start=start)
    Placement.objects.bulk_create(
        Placement(document=one, column=topic, direct=True, issued_at=one.issued_at)
        for one in documents
    )
    today = timezone.localdate()
    Reminder.objects.bulk_create(
        Reminder(document=one, months=3, valid_to=today) for one in documents
    )
    SavedList.objects.bulk_create(
        SavedList(staff=office.draft, name=f"筛选{n}", query="phase=draft")
        for n in range(start, start + count)
    )
    for n in range(start, start + count):
        Column.objects.create(organ=office.organ, name=f"专题{n}", topic=True, type="工作动态")
    list(rebuild())


@contextmanager
def counted():
    """Queries, with nothing left from a page before."""
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        yield queries


def asked(client, address):
    """How often the database is asked for a page."""
    client.get(address)  # what is read once a process is read
    with counted() as queries:
        response = client.get(address)
        response.getvalue() if response.streaming else response.content
    assert response.status_code == 200, address
    return len(queries)


def make_topic(office):
    return Column.objects.create(organ=office.organ, name="专题", topic=True, type="工作动态")


@pytest.mark.parametrize("address", PUBLIC)
def test_a_list_of_the_door_asks_no_more_for_more_rows(client, address):
    office = make_office()
    topic = make_topic(office)
    place = column(office, "normative")
    address = address.format(organ=office.organ.pk, column=place.pk, topic=topic.pk)

    shelve(office, topic, FEW, 0)
    few = asked(client, address)
    shelve(office, topic, MANY - FEW, FEW)

    assert asked(client, address) == few <= MOST


@pytest.mark.parametrize("address", SEARCHES)
def test_a_list_of_the_search_asks_no_more_for_more_rows(client, address):
    office = make_office()
    topic = make_topic(office)

    shelve(office, topic, MANY, 0)
    few = asked(client, address)
    shelve(office, topic, MANY, MANY)

    assert asked(client, address) == few <= MOST


#: Words all there, a slip of the pen, the beginning of a number, nothing of the kind, no words.
SAID = ("规定", "关于第件是的规定", "石政", "住房公积金", "？！")


@pytest.mark.parametrize("duty", ["draft", "competent"])
@pytest.mark.parametrize("words", SAID)
def test_the_work_list_searched_asks_the_search_once(client, settings, words, duty):
    settings.DEMO = True  # no second factor to be asked for
    office = make_office()
    topic = make_topic(office)
    client.force_login(make_staff("经办", duty, organ=office.organ))

    shelve(office, topic, FEW, 0)
    plain, few = (asked(client, f"/desk/documents/{q}") for q in ("", f"?q={words}"))
    shelve(office, topic, MANY - FEW, FEW)

    assert asked(client, f"/desk/documents/?q={words}") == few <= plain + 1 <= MOST


def test_page_after_page_of_what_is_searched_asks_no_more(client, settings):
    settings.DEMO = True
    office = make_office()
    shelve(office, make_topic(office), MANY, 0)
    client.force_login(office.draft)
    first = client.get("/desk/documents/?q=规定").context["page"]

    second = asked(client, f"/desk/documents/?q=规定&at={first.older}")

    assert second <= MOST
    assert {row["id"] for row in first}.isdisjoint(
        row["id"] for row in client.get(f"/desk/documents/?q=规定&at={first.older}").context["page"]
    )


@pytest.mark.parametrize("address", DESK)
def test_a_list_of_the_desk_asks_no_more_for_more_rows(client, settings, address):
    settings.DEMO = True  # no second factor to be asked for
    office = make_office()
    topic = make_topic(office)
    client.force_login(office.draft)

    shelve(office, topic, FEW, 0)
    few = asked(client, address)
    shelve(office, topic, MANY - FEW, FEW)

    assert asked(client, address) == few <= MOST


def test_the_work_list_of_the_competent_department_asks_no_more_either(client, settings):
    settings.DEMO = True
    office = make_office()
    topic = make_topic(office)
    client.force_login(make_staff("主管", "competent", organ=office.organ))

    shelve(office, topic, FEW, 0)
    few = asked(client, "/desk/documents/")
    shelve(office, topic, MANY - FEW, FEW)

    assert asked(client, "/desk/documents/") == few <= MOST


def test_what_is_lent_costs_the_work_list_no_query(client, settings):
    settings.DEMO = True
    office = make_office()
    taker = make_staff("主管", "competent", organ=office.organ)
    client.force_login(taker)
    shelve(office, make_topic(office), FEW, 0)
    before = asked(client, "/desk/documents/")

    today = timezone.localdate()
    for giver in (office.draft, office.sign):
        Delegation.objects.create(
            giver=giver, taker=taker, duties=["draft", "sign"], first_day=today, last_day=today
        )

    assert asked(client, "/desk/documents/") == before <= MOST


def test_a_document_is_asked_for_whole_once_and_then_only_whether_it_may_be_seen(client):
    office = make_office()
    shelve(office, make_topic(office), 1, 0)
    address = Document.objects.get().get_absolute_url()
    client.get(address)

    with counted() as first:
        shown = client.get(address)
    with CaptureQueriesContext(connection) as again:
        assert client.get(address).content == shown.content
    # Whether it may be seen; the document; its columns, its relations, its attachments.
    assert (len(first), len(again)) == (5, 1)


@pytest.mark.parametrize(
    ("asked_for", "name"),
    [
        ({"number_key": "石政〔2021〕1号"}, "a_number_is_used_once_at_an_organ"),
        ({"index_number": "013790000/2021-00001"}, "an_index_number_is_given_once"),
    ],
)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="小表在 PostgreSQL 上总是顺序扫描")
def test_a_number_is_looked_up_in_its_index_and_not_in_every_row(asked_for, name):
    assert f"INDEX {name}" in Document.objects.bearing(**asked_for).explain()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="小表在 PostgreSQL 上总是顺序扫描")
def test_words_are_not_looked_for_in_every_title_whatever_the_statistics_say():
    make_shelf(make_office(), 1, start=0)
    # As ANALYZE found it in a million documents of four states, nearly all of them issued.
    told = "UPDATE sqlite_stat1 SET stat = '1000000 250000' WHERE tbl = 'documents_document'"
    with connection.cursor() as cursor:
        for statement in ("ANALYZE", told, "ANALYZE sqlite_schema"):
            cursor.execute(statement)

    plan = Document.objects.saying("通知", found=[]).explain()

    assert "documents_document USING INDEX documents_by_state" in plan
    assert "SCAN documents_document" not in plan


@pytest.mark.skipif(connection.vendor != "sqlite", reason="小表在 PostgreSQL 上总是顺序扫描")
@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ({"kind": "policy", "phase": "issued"}, "documents_by_kind (kind=?"),
        ({"validity": "repealed", "phase": "issued"}, "documents_by_validity (validity=?"),
        (
            {"kind": "policy", "phase": "issued", "sort": "issued"},
            "documents_issued_of_kind (state=?",
        ),
    ],
)
def test_what_is_issued_is_walked_by_what_else_was_asked_whatever_the_statistics_say(wanted, name):
    office = make_office()
    make_shelf(office, 30, start=0)
    everywhere = make_staff("督查员", Duty.COMPETENT, organ=office.organ)
    wanted = Wanted.of(wanted)
    rows = worklist(everywhere, wanted).order_by(*wanted.order)
    plans = []
    for statistics in ("DROP TABLE IF EXISTS sqlite_stat1", "ANALYZE"):
        with connection.cursor() as cursor:
            cursor.execute(statistics)
        plans.append(rows.explain())

    assert [name in plan for plan in plans] == [True, True]
    assert not any("TEMP B-TREE" in plan for plan in plans)


@pytest.mark.parametrize(
    ("wanted", "states"),
    [
        ({}, tuple(State)),
        ({"phase": "draft"}, (State.DRAFT,)),
        ({"phase": "review", "late": "1"}, ()),
        ({"phase": "due", "late": "1"}, (State.SIGNED, State.SCHEDULED)),
        ({"late": "1"}, (State.SIGNED, State.SCHEDULED)),
        ({"sort": "due"}, (State.SIGNED, State.SCHEDULED)),
        ({"sort": "issued"}, (State.ISSUED,)),
        ({"phase": "withdrawn", "sort": "issued"}, ()),
        ({"validity": "in_force"}, (State.ISSUED, State.WITHDRAWN)),
        ({"phase": "draft", "validity": "in_force"}, ()),
    ],
)
def test_the_conditions_leave_only_the_states_that_meet_them_all(wanted, states):
    assert Wanted.of(wanted).states == states


def test_conditions_nothing_can_meet_find_nothing_without_asking():
    office = make_office()
    shelve(office, make_topic(office), 3, 0)

    for query in (
        {"kind": "licensing", "validity": "in_force"},
        {"phase": "review", "sort": "issued"},
    ):
        rows = worklist(office.draft, Wanted.of(query))
        with CaptureQueriesContext(connection) as queries:
            assert list(rows) == []
        assert len(queries) == 0


@pytest.mark.parametrize("text", ["50%的", "第_号", "甲\\乙", "“甲”'乙'"])
def test_signs_of_a_pattern_are_letters_in_a_title(text):
    office = make_office()
    said, other = (make_draft(office, f"关于{one}事项的通知") for one in (text, "50分的第一号甲乙"))

    rows = Document.objects.saying(text, found=[])

    assert [row.pk for row in rows] == [said.pk] != [other.pk]


def test_what_is_public_is_found_by_the_index_and_not_by_its_title():
    office = make_office()
    public, also = make_shelf(office, 2, start=0)
    draft = make_draft(office, public.title)

    rows = Document.objects.saying(public.title, found=[also.pk])

    assert {row.pk for row in rows} == {also.pk, draft.pk}
