"""统一身份认证：an identity from elsewhere meets an account here, or is told there is none."""

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.test import RequestFactory

from city import make_staff
from gongkai.organs.unified import UnifiedAdapter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _served(settings):
    app = {"provider_id": "unified", "name": "统一身份认证", "client_id": "gongkai"}
    server = {"settings": {"server_url": "https://sso.example.gov.cn/realms/city"}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app | server]}}


def arriving(**claims):
    account = SocialAccount(provider="unified", uid="7", extra_data={"userinfo": claims})
    return SocialLogin(account=account)


def test_an_identity_is_tied_to_the_account_of_its_username():
    staff = make_staff("张三", username="zhangsan")
    login = arriving(preferred_username="ZhangSan")

    UnifiedAdapter().pre_social_login(RequestFactory().get("/"), login)

    assert SocialAccount.objects.get().user == staff


@pytest.mark.parametrize("claims", [{}, {"preferred_username": ""}, {"preferred_username": "x"}])
def test_an_identity_without_an_account_is_told_so(claims):
    make_staff("张三", username="zhangsan")
    make_staff("离职", username="x", is_active=False)

    with pytest.raises(ImmediateHttpResponse) as refused:
        UnifiedAdapter().pre_social_login(RequestFactory().get("/"), arriving(**claims))

    assert refused.value.response.status_code == 403
    assert "还没有开通账号" in refused.value.response.content.decode()
    assert list(SocialAccount.objects.all()) == []
