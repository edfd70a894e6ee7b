"""每一页都能打开：for those who may, and say why not to those who may not."""

import pytest
from django.urls import reverse

from library import make_draft, make_issued, make_office

pytestmark = pytest.mark.django_db


def desk(client, staff, settings):
    settings.DEMO = True
    client.force_login(staff, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_every_desk_page_of_a_document_opens(client, settings):
    office = make_office()
    draft, issued = make_draft(office), make_issued(office, "关于另一件事的通知")
    desk(client, office.draft, settings)
    pages = [
        *("desk_documents", "begin", "reminders", "periods", "columns", "campaigns"),
        *(("desk_document", draft.pk), ("edit", draft.pk), ("body", draft.pk)),
        *(("preview", draft.pk), ("version", draft.pk, 1), ("form", draft.pk, "docx")),
        *(("desk_document", issued.pk), ("correct", issued.pk)),
        *(("change", issued.pk, deed) for deed in ("amend", "repeal", "lapse", "extend")),
    ]

    statuses = {
        page: client.get(reverse(f"documents:{page[0]}", args=page[1:])).status_code
        if isinstance(page, tuple)
        else client.get(reverse(f"documents:{page}")).status_code
        for page in pages
    }

    assert statuses == dict.fromkeys(pages, 200)
