"""举一反三：what is alike, what is hot, and what becomes public for all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asked import answer, make_office, make_people, make_request, person
from gongkai.applications.actions.learning import alike, hot_topics, publish, why_not_publish
from gongkai.applications.actions.receiving import Sent, attach
from gongkai.applications.likeness import likeness, pairs, topics
from gongkai.applications.models import Application
from gongkai.applications.states import Attached
from gongkai.documents.models import Document
from gongkai.errors import NotAllowed
from gongkai.organs.models import Role
from gongkai.organs.rights import forget
from gongkai.organs.states import Duty

D = date
TEXT = st.text("预算公开征地拆迁补偿2024年", max_size=30)


@given(TEXT, TEXT)
def test_likeness_is_the_same_both_ways_and_one_for_the_same(one, other):
    first, second = pairs(one), pairs(other)
    assert likeness(first, second) == likeness(second, first)
    assert likeness(first, first) == (1.0 if first else 0.0)
    assert 0 <= likeness(first, second) <= 1


@given(st.lists(TEXT, max_size=25))
def test_a_request_belongs_to_one_topic_at_most(texts):
    members = [place for topic in topics(texts) for place in topic.members]
    assert len(members) == len(set(members))
    assert set(members) <= set(range(len(texts)))


def test_topics_are_found_among_what_else_is_asked():
    texts = [
        "桥西区城中村改造征地补偿标准",
        "2024年部门预算",
        "城中村改造征地补偿标准文件",
        "地铁四号线环境影响评价报告",
        "申请公开城中村改造征地补偿标准",
        "地铁四号线环评报告",
    ]
    assert [topic.members for topic in topics(texts)] == [[0, 2, 4], [3, 5]]


@pytest.fixture(autouse=True)
def _ready(settings):
    """In these tests everybody is through with passwords and second factors."""
    settings.DEMO = True


@pytest.fixture
def organ(db):
    return make_office()


@pytest.fixture
def people(organ):
    return make_people(organ)


@pytest.fixture
def clerk(people):
    return people[Duty.DISCLOSURE]


def test_the_same_person_and_near_words_are_found_with_how_near(organ, clerk):
    first = make_request(organ, clerk, subject="2024年部门预算", description="")
    other = make_request(
        organ, clerk, subject="2024年度部门预算", description="",
        persons=[person("李四", identity_number="130102198501011236")],
    )  # fmt: skip
    make_request(organ, clerk, subject="道路照明合同", description="")
    again = make_request(organ, clerk, subject="2024年的部门预算", description="")

    found = alike(again)

    assert {one.application.pk: one.same_person for one in found} == {
        first.pk: True,
        other.pk: False,
    }
    assert all(one.percent >= 60 for one in found)


def test_a_topic_wants_two_people(organ, clerk):
    for _ in range(3):
        make_request(organ, clerk, subject="城中村改造补偿标准")
    period = (Application.objects.all(), D(2025, 1, 1), D(2025, 12, 31))
    assert hot_topics(*period) == []

    make_request(
        organ, clerk, subject="城中村改造补偿标准文件",
        persons=[person("李四", identity_number="130102198501011236")],
    )  # fmt: skip
    (hot,) = hot_topics(*period)
    assert (len(hot), hot.people, hot.organs) == (4, 2, (organ.name,))


def test_an_answer_becomes_a_draft_for_all_without_the_applicant(organ, people, clerk):
    application = make_request(organ, clerk)
    attach(
        application,
        Sent(Attached.SUPPLIED, "2024年部门预算：收入3000万元。".encode(), "预算.txt"),
        by=clerk,
    )
    answer(application, people, D(2025, 3, 20))
    reply = application.replies.get()
    Role.objects.create(staff=clerk, organ=organ, duty=Duty.DRAFT)
    forget(clerk)

    document = publish(reply, by=clerk)

    assert (document.state, document.title) == ("draft", "2024年部门预算")
    text = document.versions.get().html
    assert "2024年部门预算" in text
    assert "张三丰" not in text
    assert [file.name for file in document.files.all()] == ["预算.txt"]
    reply.refresh_from_db()
    assert why_not_publish(reply, by=clerk) == ["已经转为主动公开的文件"]


def test_a_title_that_tells_who_asked_is_refused(organ, people, clerk):
    application = make_request(organ, clerk)
    answer(application, people, D(2025, 3, 20))
    Role.objects.create(staff=clerk, organ=organ, duty=Duty.DRAFT)
    forget(clerk)

    with pytest.raises(NotAllowed, match="申请人的信息"):
        publish(application.replies.get(), by=clerk, title="张三丰申请的预算")
    assert Document.objects.count() == 0


@pytest.fixture
def signed_in(client, clerk):
    client.force_login(clerk, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_pages_of_likeness_and_topics(signed_in, organ, clerk):
    first = make_request(organ, clerk, subject="城中村改造补偿标准")
    for name, number in (("李四", "130102198501011236"), ("王五", "130102197712312343")):
        make_request(
            organ, clerk, subject="城中村改造补偿标准",
            persons=[person(name, identity_number=number)],
        )  # fmt: skip

    near = signed_in.get(f"/desk/applications/{first.pk}/alike/").content.decode()
    hot = signed_in.get(
        "/desk/applications/topics/", {"since": "2025-01-01", "until": "2025-12-31", "least": "3"}
    ).content.decode()

    assert "第2号" in near
    assert "3件，3人申请" in hot
    assert "<svg" in hot
    wrong = signed_in.get("/desk/applications/topics/", {"since": "2025-01-01", "until": "x"})
    assert wrong.status_code == 200
