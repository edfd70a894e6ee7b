"""各地有效期规则：data to choose from; what is not proven is adopted with open eyes only."""

import pytest
from django.urls import reverse

from gongkai.documents.actions import reviewing
from gongkai.documents.actions.periods import adopt_period
from gongkai.documents.models import PeriodRule
from gongkai.documents.periods import LIKELY, PROVEN, known_rule, known_rules
from gongkai.errors import NotAllowed
from library import bring, fresh, make_draft, make_office

pytestmark = pytest.mark.django_db


def test_every_row_says_where_it_comes_from_and_how_sure_it_is():
    rules = known_rules()

    assert len({rule.code for rule in rules}) == len(rules)
    assert all(rule.basis and rule.source and 1 <= rule.years <= 30 for rule in rules)
    assert {rule.certainty for rule in rules} <= {PROVEN, LIKELY}
    assert all(len(rule.basis) <= 200 for rule in rules)
    assert [str(rule) for rule in rules if rule.place == "河北省"] == [
        "河北省：一般5年",
        "河北省：暂行、试行2年",
    ]


def test_what_is_not_proven_is_not_adopted_without_a_look_at_the_rules():
    office = make_office()

    with pytest.raises(NotAllowed, match=r"河北省：一般5年”尚待核对.*已核对原文"):
        adopt_period(office.organ, known_rule("河北省-g-5"), by=office.legal)

    assert not PeriodRule.objects.exists()


def test_a_rule_without_a_document_is_adopted_with_the_name_of_one_only():
    office = make_office()

    with pytest.raises(NotAllowed, match="没有写明本地规定的文件"):
        adopt_period(office.organ, known_rule("山东省-g-3"), by=office.legal, read=True)


def test_only_who_reviews_legality_adopts():
    office = make_office()

    with pytest.raises(NotAllowed, match="法制审核"):
        adopt_period(office.organ, known_rule("河北省-g-5"), by=office.draft, read=True)


def test_an_adopted_rule_gives_a_document_its_last_day():
    office = make_office()
    rules = "鲁某规〔2020〕1号"
    adopt_period(office.organ, known_rule("山东省-g-3"), by=office.legal, read=True, basis=rules)

    signed = bring(make_draft(office, kind="normative"), office)

    assert str(fresh(signed).valid_to) == "2028-03-02"
    assert fresh(signed).period_basis == rules


def test_adopting_another_replaces_the_one_before():
    office = make_office()
    for code in ("山东省-g-3", "河北省-g-5", "河北省-p-2"):
        adopt_period(office.organ, known_rule(code), by=office.legal, read=True, basis="某规定")

    assert reviewing.period_rule(office.organ, "办法").years == 5
    assert reviewing.period_rule(office.organ, "暂行办法").years == 2


def test_the_page_says_what_is_missing_and_keeps_what_was_typed(client, settings):
    office = make_office()
    settings.DEMO = True
    client.force_login(office.legal, "allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("documents:periods")
    given = {"organ": office.organ.pk, "known": "河北省-g-5", "basis": "石政规〔2018〕1号第三十条"}

    refused = client.post(address, given).content.decode()
    done = client.post(address, given | {"read": "on"})

    assert "尚待核对" in refused
    assert 'value="石政规〔2018〕1号第三十条"' in refused
    assert done.status_code == 302
    assert PeriodRule.objects.values_list("years", "basis").get() == (
        5, "石政规〔2018〕1号第三十条",
    )  # fmt: skip
