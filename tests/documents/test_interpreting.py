"""政策解读与政策文件同步起草、同步审签、同步发布：from the buttons of the desk to the public."""

import pytest
from django.urls import reverse

from city import make_staff
from gongkai.documents.actions import drafting, interpreting, publishing, reviewing, validity
from gongkai.documents.actions.obstacles import why_not
from gongkai.documents.models import Document, Relation
from gongkai.documents.states import State
from gongkai.errors import NotAllowed
from gongkai.organs.models import Role, Staff
from gongkai.organs.states import Duty
from gongkai.trail.actions import verify
from library import ANSWERS, BODY, FACTS, OTHER_CODE, bring, fresh, make_draft, make_office

pytestmark = pytest.mark.django_db
PLAN = {"interpretation": True, "interpretation_forms": ["text"], "interpreter": "王局长"}


def desk(client, staff, settings):
    settings.DEMO = True
    client.force_login(staff, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def tied():
    return list(Relation.objects.values_list("source", "target", "link"))


def fill(reading, office):
    """What the drafter writes into an interpretation."""
    drafting.edit(reading, by=office.draft, facts=FACTS, answers=ANSWERS)
    drafting.set_body(reading, BODY, by=office.draft)


def test_a_policy_and_its_interpretation_are_drafted_signed_and_published_together(
    client, settings
):
    office = make_office()
    policy = make_draft(office, answers=PLAN)
    desk(client, office.draft, settings)

    answer = client.post(reverse("documents:interpret", args=[policy.pk]))
    reading = Document.objects.get(kind="interpretation")
    fill(reading, office)
    bring(policy, office)
    reviewing.number(policy, by=office.director, sign="石政办发")
    with pytest.raises(NotAllowed, match="解读材料还没有签发"):
        publishing.issue(policy, by=office.disclosure)
    bring(reading, office)
    with pytest.raises(NotAllowed, match="文件发布时，解读一并发布"):
        publishing.issue(reading, by=office.disclosure)
    publishing.issue(fresh(policy), by=office.disclosure)

    assert answer["Location"] == reverse("documents:edit", args=[reading.pk])
    assert reading.title == f"《{policy.title}》政策解读"
    assert tied() == [(reading.pk, policy.pk, "interprets")]
    assert set(Document.objects.public()) == {policy, reading}
    assert verify() is None


def test_nothing_goes_out_when_the_interpretation_cannot_go_with_it():
    office = make_office()
    policy = bring(make_draft(office, answers=PLAN), office)
    reviewing.number(policy, by=office.director, sign="石政办发")
    Role.objects.create(staff=office.disclosure, organ=office.organ, duty=Duty.DRAFT)
    author = Staff.objects.get(pk=office.disclosure.pk)  # drafts the interpretation himself
    reading = drafting.draft(
        office.organ, "interpretation", "解读", by=author, facts=FACTS,
        answers=ANSWERS, html=BODY,
    )  # fmt: skip
    validity.link(reading, policy, "interprets", by=author)
    office.draft, office.disclosure = author, make_staff("公开员二", *Duty, organ=office.organ)
    bring(reading, office)

    with pytest.raises(NotAllowed, match="不能同步发布：起草人不得"):
        publishing.issue(fresh(policy), by=author)

    assert list(Document.objects.public()) == []


def test_an_interpretation_of_a_document_long_issued_goes_out_alone():
    office = make_office()
    policy = bring(make_draft(office), office)
    reviewing.number(policy, by=office.director, sign="石政办发")
    publishing.issue(policy, by=office.disclosure)
    reading = interpreting.interpret(policy, by=office.draft)
    fill(reading, office)

    publishing.issue(bring(reading, office), by=office.disclosure)

    assert fresh(reading).state == "issued"


@pytest.mark.parametrize("by", ["the interpretation", "the policy"])
def test_drafts_are_tied_by_picking_from_the_list_on_either_page(client, settings, by):
    office = make_office()
    policy = make_draft(office)
    reading = make_draft(office, "《通知》解读", kind="interpretation")
    one, other, how = (
        (reading, policy, "interprets")
        if by == "the interpretation"
        else (policy, reading, "interpreted_by")
    )
    desk(client, office.draft, settings)

    page = client.get(reverse("documents:desk_document", args=[one.pk])).content.decode()
    client.post(reverse("documents:link", args=[one.pk]), {"link": how, "pick": other.pk})
    after = client.get(reverse("documents:desk_document", args=[one.pk])).content.decode()

    assert f'<option value="{other.pk}">{other.title}（起草）</option>' in page
    assert tied() == [(reading.pk, policy.pk, "interprets")]
    assert f'<option value="{other.pk}">' not in after


def test_a_draft_is_found_by_words_of_its_title_and_chosen_among_several(client, settings):
    office = make_office()
    first = make_draft(office, "关于防汛工作的通知")
    second = make_draft(office, "关于防汛物资的通知")
    other = make_office("石县人民政府", code=OTHER_CODE, words="石县政发")
    make_draft(other, "关于防汛值班的通知")
    reading = make_draft(office, "防汛通知解读", kind="interpretation")
    desk(client, office.draft, settings)
    address = reverse("documents:link", args=[reading.pk])

    several = client.post(address, {"link": "interprets", "target": "防汛 通知"})
    chosen = client.post(address, {"link": "interprets", "pick": first.pk})
    only = client.post(address, {"link": "interprets", "target": "《关于防汛物资的通知》"})

    assert several.context["found"] == [second, first]
    assert (chosen.status_code, only.status_code) == (302, 302)
    assert tied() == [
        (reading.pk, first.pk, "interprets"),
        (reading.pk, second.pk, "interprets"),
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "二者择一"),
        ({"target": "没有的标题"}, "没有找到“没有的标题”这份文件"),
        ({"target": "石政办发〔2025〕99号"}, "没有找到"),
        ({"pick": "1", "target": "通知"}, "二者择一"),
    ],
)
def test_a_tie_to_nothing_is_refused_in_words(client, settings, asked, said):
    office = make_office()
    reading = make_draft(office, "《意见》解读", kind="interpretation")
    desk(client, office.draft, settings)

    given = {"link": "interprets", "on": "2026-03-01"} | asked
    answer = client.post(reverse("documents:link", args=[reading.pk]), given)

    form = answer.context["link_form"]
    assert said in " ".join(form.non_field_errors())
    assert "<details open><summary>建立关系" in answer.content.decode()
    assert {name: form[name].value() for name in given} == given
    assert tied() == []


def test_a_tie_that_is_refused_comes_back_with_the_document_that_was_chosen(client, settings):
    office = make_office()
    reading = make_draft(office, "《意见》解读", kind="interpretation")
    policy = make_draft(office, "关于防汛工作的通知")
    desk(client, office.draft, settings)
    address = reverse("documents:link", args=[reading.pk])
    client.post(address, {"link": "interprets", "pick": policy.pk})

    answer = client.post(address, {"link": "interprets", "pick": policy.pk})

    form = answer.context["link_form"]
    assert form.non_field_errors() == ["这个关系已经记过。"]
    assert f'<option value="{policy.pk}" selected>{policy.title}' in answer.content.decode()
    assert tied() == [(reading.pk, policy.pk, "interprets")]


def test_a_document_of_another_organ_cannot_be_picked(client, settings):
    office = make_office()
    other = make_office("石县人民政府", code=OTHER_CODE, words="石县政发")
    hers = make_draft(other, "关于防汛值班的通知")
    reading = make_draft(office, "解读", kind="interpretation")
    desk(client, office.draft, settings)

    answer = client.post(
        reverse("documents:link", args=[reading.pk]), {"link": "interprets", "pick": hers.pk}
    )

    assert (answer.status_code, tied()) == (404, [])


def test_who_holds_the_policy_may_name_and_unname_an_interpretation_under_review():
    office = make_office()
    policy = make_draft(office)
    reading = bring(make_draft(office, "解读", kind="interpretation"), office, State.SECRECY)

    relation = validity.link(reading, policy, "interprets", by=office.draft)
    with pytest.raises(NotAllowed):
        validity.link(reading, policy, "based_on", by=office.draft)
    validity.unlink(relation, by=office.draft)

    assert tied() == []


def test_only_a_policy_on_its_way_is_interpreted():
    office = make_office()
    news, dropped = make_draft(office, "动态", kind="news"), make_draft(office)
    reviewing.advance(dropped, "drop", by=office.draft, note="不再需要")

    assert interpreting.why_not_interpret(news, by=office.draft) == ["只有政策文件才须解读"]
    assert interpreting.why_not_interpret(dropped, by=office.draft) == ["文件已作废，不再解读"]
    assert interpreting.why_not_interpret(make_draft(office), by=office.sign) == [
        f"起草{office.organ}的文件，须担任{office.organ}的起草岗位"
    ]


def test_an_interpretation_without_a_policy_stands_by_itself():
    office = make_office()
    reading = bring(make_draft(office, "解读", kind="interpretation"), office)

    assert why_not(reading, "issue", by=office.disclosure) == []
