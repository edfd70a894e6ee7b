from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from gongkai.documents.actions import drafting, publishing, reviewing, validity
from gongkai.documents.models import Document, Relation, Reminder, Version
from gongkai.documents.showing import show
from gongkai.documents.states import Link, Validity
from gongkai.errors import BadInput, NotAllowed
from gongkai.trail.models import Step
from library import bring, fresh, make_draft, make_issued, make_office

pytestmark = pytest.mark.django_db


def days(count):
    return timezone.localdate() + timedelta(days=count)


def make_norm(office, title="关于甲的规定", **facts):
    return make_issued(office, title, kind="normative", facts=facts)


def test_a_draft_repeals_what_it_says_when_it_is_issued_and_both_pages_tell():
    office = make_office()
    old = make_norm(office, "旧规定", formed_on=date(2021, 1, 5))
    new = make_draft(office, "新规定", kind="normative")
    validity.link(new, old, Link.REPEALS, by=office.draft)
    before = fresh(old).validity

    bring(new, office)
    reviewing.number(new, by=office.director, sign="石政办规")
    publishing.issue(new, by=office.disclosure)

    old = fresh(old)
    assert (before, old.validity, old.ended_on) == ("in_force", "repealed", date(2025, 3, 3))
    assert [(r.label, r.title) for r in show(new.pk).related] == [("废止", "旧规定")]
    assert [(r.label, r.title) for r in show(old.pk).related] == [("被废止", "新规定")]
    assert Step.objects.of(old).last().note == "依据《新规定》（石政办规〔2025〕1号）"


def test_a_repeal_on_a_later_day_takes_effect_on_that_day():
    office = make_office()
    document = make_norm(office)

    validity.repeal(document, by=office.legal, reason="已被代替", on=days(10))

    before = fresh(document).validity
    early, on_time = validity.turn(days(9)), validity.turn(days(10))
    assert (before, early, on_time, fresh(document).validity) == ("in_force", 0, 1, "repealed")


def test_a_document_begins_and_lapses_on_its_days():
    office = make_office()
    document = make_norm(office, formed_on=days(0), effective_on=days(5), valid_to=days(400))
    begun = fresh(document).validity

    turned = [validity.turn(days(n)) for n in (4, 5, 400, 401, 402)]

    assert begun == Validity.PENDING
    assert turned == [0, 1, 0, 1, 0]
    assert fresh(document).validity == Validity.LAPSED
    assert Step.objects.of(document).last().who == "系统"


def test_a_night_without_power_loses_nothing():
    office = make_office()
    documents = [make_norm(office, f"规定{n}", valid_to=days(10 + n)) for n in range(3)]

    assert (validity.turn(days(30)), validity.turn(days(30))) == (3, 0)
    assert {fresh(d).validity for d in documents} == {"lapsed"}


def test_reminders_are_given_once_each():
    office = make_office()
    document = make_norm(office, valid_to=days(700))

    given = [validity.remind(days(n)) for n in (300, 340, 341, 520, 521, 612, 680, 681)]

    assert sum(given) == 4
    assert list(Reminder.objects.order_by("pk").values_list("months", flat=True)) == [12, 6, 3, 1]
    assert fresh(document).validity == "in_force"


def test_an_extension_begins_the_reminders_anew():
    office = make_office()
    document = make_norm(office, valid_to=days(20))
    first = validity.remind()

    validity.extend(document, days(380), by=office.legal, reason="评估后仍需施行")
    reminded = [validity.remind(days(n)) for n in (0, 20, 360)]

    assert (first, reminded) == (1, [0, 1, 1])


@pytest.mark.parametrize("length", [2, 3, 5])
def test_documents_cannot_amend_one_another_in_a_circle(length):
    office = make_office()
    documents = [make_draft(office, f"规定{n}", kind="normative") for n in range(length)]
    for one, next_ in pairwise(documents):
        validity.link(one, next_, Link.AMENDS, by=office.draft)

    with pytest.raises(NotAllowed, match="循环"):
        validity.link(documents[-1], documents[0], Link.REPEALS, by=office.draft)

    assert Relation.objects.count() == length - 1


def test_an_older_document_cannot_amend_a_newer_one():
    office = make_office()
    old = make_draft(office, "旧", kind="normative", facts={"formed_on": date(2020, 1, 1)})
    new = make_norm(office, "新")

    with pytest.raises(NotAllowed, match="早于"):
        validity.link(old, new, Link.AMENDS, by=office.draft)


def test_what_has_no_validity_cannot_be_repealed():
    office = make_office()
    document = make_issued(office, kind="statistics")

    with pytest.raises(NotAllowed, match="没有有效性"):
        validity.repeal(document, by=office.legal, reason="x")


def test_a_rule_amended_with_its_text_stays_in_force_in_a_new_version():
    office = make_office(words="石州市人民政府令")
    rule = make_issued(office, "某办法", kind="rule", html="<p>第一条　甲。</p>")
    order = make_issued(office, "修改某办法的决定", kind="rule", html="<p>一、将第一条修改。</p>")

    validity.amend(
        rule, by=office.legal, reason="按决定修改", through=order, html="<p>第一条　乙。</p>",
        caption="（2025年3月3日公布　2025年3月3日修正）",
    )  # fmt: skip

    rule = fresh(rule)
    texts = list(Version.objects.filter(document=rule).values_list("why", "html"))
    assert (rule.validity, rule.edition) == ("in_force", 2)
    assert texts == [
        ("amendment", '<p id="a1">第一条　乙。</p>'),
        ("draft", '<p id="a1">第一条　甲。</p>'),
    ]
    assert [r.label for r in show(rule.pk).related] == ["被修改"]


def test_a_document_amended_without_its_text_is_marked():
    office = make_office()
    document, decision = make_norm(office), make_norm(office, "修改决定")

    validity.amend(document, by=office.legal, reason="部分修改", through=decision)

    assert fresh(document).validity == Validity.AMENDED


@pytest.mark.parametrize("count", [-1, 0])
def test_an_extension_leads_into_the_future(count):
    office = make_office()
    document = make_norm(office, valid_to=days(100))

    with pytest.raises(BadInput):
        validity.extend(document, days(count), by=office.legal, reason="延长")


def test_what_has_ended_cannot_end_again():
    office = make_office()
    document = make_norm(office)
    validity.repeal(document, by=office.legal, reason="已被代替")

    with pytest.raises(NotAllowed, match="已经废止"):
        validity.extend(document, days(100), by=office.legal, reason="延长")


def test_wrong_dates_are_refused_and_nothing_is_kept():
    office = make_office()
    document = make_draft(office)

    with pytest.raises(BadInput, match="施行日期早于成文日期"):
        drafting.edit(document, by=office.draft, facts={"effective_on": date(2020, 1, 1)})
    with pytest.raises(BadInput, match="晚于今天"):
        drafting.edit(document, by=office.draft, facts={"formed_on": days(1)})

    assert Document.objects.get(pk=document.pk).effective_on is None
    assert Step.objects.of(document).filter(move="edit").count() == 0
