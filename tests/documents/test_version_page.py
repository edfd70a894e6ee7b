"""版本页：the first text as it is, a later one against the one before."""

import pytest
from django.urls import reverse

from gongkai.documents.actions import drafting
from library import make_draft, make_office

pytestmark = pytest.mark.django_db


def test_a_first_version_is_shown_as_it_is_and_a_second_as_a_difference(client, settings):
    office = make_office()
    draft = make_draft(office, html="<p>每季度公布。</p>")
    drafting.set_body(draft, "<p>每月公布。</p>", by=office.draft)
    settings.DEMO = True
    client.force_login(office.draft, "allauth.account.auth_backends.AuthenticationBackend")

    first, second = (
        client.get(reverse("documents:version", args=[draft.pk, number])).content.decode()
        for number in (1, 2)
    )

    assert ("每季度公布。" in first, "<ins>" in first, "<del>" in first) == (True, False, False)
    assert ("<ins>" in second, "<del>" in second) == (True, True)
