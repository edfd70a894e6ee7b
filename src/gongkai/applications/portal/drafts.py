"""填写中的申请：found by a secret in a cookie of the session, kept as one types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from gongkai.applications.actions.filing import begin, draft_by, keep, typed
from gongkai.applications.actions.limiting import Limit
from gongkai.applications.forms.applying import (
    MOST_JOINT,
    ApplicantForm,
    PersonForm,
    WantedForm,
)
from gongkai.applications.forms.uploads import FilesField
from gongkai.applications.models import Draft
from gongkai.errors import NotAllowed
from gongkai.organs.signin import client_address

COOKIE = "application_draft"
_PATH = "/apply/"
#: A whole library may go out through one address; a machine that fills the table may not.
_BEGUN = Limit("draft", 300, timedelta(hours=1))


@dataclass
class Desk:
    """填写台：the draft of this visitor and, while it is new, the secret to be given to him."""

    draft: Draft | None
    secret: str = ""

    @property
    def open(self) -> Draft | None:
        """没有提交的：None when there is none, or when it has been sent."""
        return self.draft if self.draft and self.draft.application_id is None else None

    def typed(self, part: str) -> Any:
        """已填的：of one part of the form."""
        return typed(self.open).get(part)

    def begun(self, request: HttpRequest) -> Draft:
        """开始：the draft there is, or a new one. Raises NotAllowed for a flood of them."""
        if (draft := self.open) is not None:
            return draft
        who = client_address(request) or ""
        if _BEGUN.reached(who):
            raise NotAllowed("这个网络地址一小时内开始填写的申请太多，请稍后再试。")
        _BEGUN.count(who)
        self.draft, self.secret = begin()
        return self.draft

    def given(self, response: HttpResponse) -> HttpResponse:
        """带上凭据：the cookie ends with the browser; for later there is a link."""
        if self.secret:
            response.set_cookie(
                COOKIE, self.secret, path=_PATH, httponly=True, samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )  # fmt: skip
        return response


def desk_of(request: HttpRequest) -> Desk:
    """本人的填写台。"""
    return Desk(draft_by(request.COOKIES.get(COOKIE, "")))


def forget(response: HttpResponse) -> HttpResponse:
    """清除凭据。"""
    response.delete_cookie(COOKIE, path=_PATH, samesite="Lax")
    return response


def raw(request: HttpRequest, form: type[forms.Form], prefix: str = "") -> dict[str, str]:
    """原样：what was typed into the fields of a form, right or wrong."""
    fields = form.base_fields.items()
    names = [name for name, field in fields if not isinstance(field, FilesField)]
    return {name: request.POST[prefix + name] for name in names if prefix + name in request.POST}


def joint_raw(request: HttpRequest) -> list[dict[str, str]]:
    """共同申请人：as typed, row by row."""
    return [raw(request, PersonForm, f"joint-{n}-") for n in range(joint_count(request))]


def joint_count(request: HttpRequest) -> int:
    """共同申请人的人数：as the page had them."""
    text = request.POST.get("joint", "0")
    return min(int(text), MOST_JOINT) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def keep_typed(desk: Desk, request: HttpRequest, step: int) -> None:
    """保存本步：of steps 1 and 2. Raises BadInput, NotAllowed."""
    draft = desk.begun(request)
    if step == 1:
        keep(draft, "wanted", raw(request, WantedForm), step=step)
    elif step == 2:
        told = raw(request, ApplicantForm)
        keep(draft, "applicant", told | {"joint": joint_raw(request)}, step=step)
