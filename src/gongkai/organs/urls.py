"""机关与登录的地址。

allauth's pages are named one by one: signing up, e-mail confirmation and the rest of what it can
do is not part of this house.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from gongkai.organs import desk, holiday_desk, signin

_organs = [
    path("", desk.organs, name="organs"),
    path("new/", desk.edit_organ, name="new_organ"),
    path("<int:pk>/", desk.organ, name="organ"),
    path("<int:pk>/edit/", desk.edit_organ, name="edit_organ"),
    path("people/", desk.people, name="people"),
    path("people/new/", desk.edit_person, name="new_person"),
    path("people/<int:pk>/", desk.person, name="person"),
    path("people/<int:pk>/edit/", desk.edit_person, name="edit_person"),
    path("people/<int:pk>/tend/", desk.tend, name="tend"),
    path("people/<int:pk>/appoint/", desk.appoint, name="appoint"),
    path("roles/<int:pk>/dismiss/", desk.dismiss, name="dismiss"),
    path("delegations/", desk.delegations, name="delegations"),
    path("delegations/<int:pk>/end/", desk.end_delegation, name="end_delegation"),
    path("holidays/", holiday_desk.holidays, name="holidays"),
    path("holidays/<int:pk>/", holiday_desk.holiday, name="holiday"),
    path("me/", desk.me, name="me"),
]

urlpatterns = [
    path("desk/organs/", include((_organs, "organs"))),
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", factor.authenticate, name="mfa_authenticate"),
    path("sign-in/demo/", signin.one_click, name="one_click"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("desk/password/", account.password_change, name="account_change_password"),
    path("desk/second-factor/", factor.index, name="mfa_index"),
    path("desk/second-factor/bind/", totp.activate_totp, name="mfa_activate_totp"),
    path("desk/second-factor/release/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("desk/second-factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "desk/second-factor/codes/new/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "desk/second-factor/codes/file/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    # Asked for by name inside allauth; here they lead to the page of sign-in.
    path("sign-in/sign-up/", RedirectView.as_view(url="/sign-in/"), name="account_signup"),
    path("desk/password/none/", desk.without_password, name="account_set_password"),
    path("sign-in/forgotten/", desk.forgotten, name="account_reset_password"),
]
if settings.OIDC_SERVER:
    urlpatterns += [
        path("sign-in/unified/", include("allauth.socialaccount.urls")),
        path("sign-in/unified/", include("allauth.socialaccount.providers.openid_connect.urls")),
    ]
