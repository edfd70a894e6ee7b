"""举一反三：what is alike, what is hot, and what becomes public for all."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from asked import IDENTITY, answer, make_office, make_people, make_request, person
from gongkai.applications.actions.learning import (
    ForAll,
    alike,
    drafters_of,
    for_all,
    hot_topics,
    publish,
    why_not_publish,
)
from gongkai.applications.actions.receiving import Sent, attach
from gongkai.applications.likeness import likeness, pairs, topics
from gongkai.applications.models import Application
from gongkai.applications.states import Attached
from gongkai.documents.actions import reviewing
from gongkai.documents.actions.drafting import why_not_edit
from gongkai.documents.models import Document
from gongkai.errors import NotAllowed
from gongkai.organs.models import Role
from gongkai.organs.rights import forget
from gongkai.organs.states import Duty
from gongkai.trail.actions import verify
from gongkai.trail.models import Step

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


def answered(organ, people, clerk, **fields):
    """What was asked and disclosed."""
    application = make_request(organ, clerk, **fields)
    answer(application, people, D(2025, 3, 20))
    return application.replies.get()


def test_the_disclosure_office_has_it_drafted_and_may_still_review_it(organ, people, clerk):
    drafter = people[Duty.DRAFT]

    document = publish(answered(organ, people, clerk), by=clerk, drafter=drafter)

    first, *_ = Step.objects.of(document)
    assert (document.author, first.by_id, first.label) == (drafter, clerk.pk, "交起草员起草")
    assert why_not_edit(document, by=clerk) == ["现在是“起草”，由起草填写"]
    assert why_not_edit(document, by=drafter) == []
    assert verify() is None


def test_what_is_drafted_by_nobody_or_by_order_of_nobody_is_refused(organ, people, clerk):
    reply = answered(organ, people, clerk)
    drafter, signer = people[Duty.DRAFT], people[Duty.SIGN]

    with pytest.raises(NotAllowed, match="须担任石家庄市财政局的起草岗位"):
        publish(reply, by=clerk)
    with pytest.raises(NotAllowed, match="签发员须担任石家庄市财政局的起草岗位"):
        publish(reply, by=clerk, drafter=signer)
    with pytest.raises(NotAllowed, match="由石家庄市财政局的信息公开机构或者起草岗位办理"):
        publish(reply, by=signer, drafter=drafter)
    assert list(drafters_of(organ, by=clerk)) == [drafter]
    assert list(drafters_of(organ, by=signer)) == []
    assert Document.objects.count() == 0


def test_a_draft_that_was_given_up_does_not_stand_in_the_way_of_another(organ, people, clerk):
    reply, drafter = answered(organ, people, clerk), people[Duty.DRAFT]
    document = publish(reply, by=clerk, drafter=drafter)
    reply.refresh_from_db()
    before = why_not_publish(reply, by=clerk)
    reviewing.advance(document, "drop", by=drafter, note="栏目里已有")

    assert before == ["已经转为主动公开的文件"]
    assert why_not_publish(reply, by=clerk) == []


def test_what_may_be_for_all_is_told_of_each_request(organ, people, clerk):
    new = make_request(organ, clerk)
    one, other = answered(organ, people, clerk), answered(organ, people, clerk)
    document = publish(other, by=clerk, drafter=people[Duty.DRAFT])
    rows = Application.objects.order_by("pk")

    assert for_all(rows, by=clerk) == {
        one.application_id: ForAll(None, True),
        other.application_id: ForAll(document.pk, False),
    }
    assert for_all(rows, by=people[Duty.SIGN])[one.application_id] == ForAll(None, False)
    assert new.pk not in for_all(rows, by=clerk)


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
    assert "转为主动公开" not in hot
    wrong = signed_in.get("/desk/applications/topics/", {"since": "2025-01-01", "until": "x"})
    assert wrong.status_code == 200


def topic(signed_in):
    asked = {"since": "2025-01-01", "until": "2025-12-31", "least": "3"}
    return signed_in.get("/desk/applications/topics/", asked).content.decode()


def of_a_topic(organ, people, clerk, subject="城中村改造补偿标准"):
    """Three people ask for the same and get it; the replies."""
    return [
        answered(
            organ, people, clerk, subject=subject,
            persons=[person(name, identity_number=number)],
        )
        for name, number in (
            ("李四", "130102198501011236"), ("王五", "130102197712312343"), ("张三丰", IDENTITY),
        )
    ]  # fmt: skip


def test_from_a_topic_an_answer_is_given_to_a_drafter_to_be_for_all(
    signed_in, organ, people, clerk
):
    first, *_ = of_a_topic(organ, people, clerk)
    address = f"/desk/applications/{first.application_id}/publish/"
    before = topic(signed_in)

    told = {"title": "城中村改造补偿标准", "kind": "other"}
    unsaid = signed_in.post(address, told).content.decode()
    sent = signed_in.post(address, told | {"drafter": people[Duty.DRAFT].pk}, follow=True)

    document = Document.objects.get()
    assert before.count("/publish/") == 3
    assert 'value="城中村改造补偿标准"' in unsaid
    assert sent.redirect_chain == [(f"/desk/documents/{document.pk}/", 302)]
    assert "交起草员核对、完善后提交审查" in sent.content.decode()
    after = topic(signed_in)
    assert (after.count("/publish/"), after.count("已转为主动公开的文件")) == (2, 1)


def test_the_page_of_topics_asks_as_much_for_many_as_for_few(
    signed_in, organ, people, clerk, django_assert_num_queries
):
    of_a_topic(organ, people, clerk)
    topic(signed_in)
    with CaptureQueriesContext(connection) as few:
        topic(signed_in)
    of_a_topic(organ, people, clerk, "地铁四号线环境影响评价报告")

    with django_assert_num_queries(len(few)):
        assert topic(signed_in).count("/publish/") == 6
