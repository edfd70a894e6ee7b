"""网上申请：what is typed is kept sealed until it is sent, and sent once（第二十九条）."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.papers import composed, fix, make
from gongkai.applications.actions.receiving import Asked, Person, Sent, receive
from gongkai.applications.letters.compose import Composed
from gongkai.applications.models import Application, Draft, DraftFile, Paper
from gongkai.applications.states import Attached
from gongkai.errors import BadInput, NotAllowed
from gongkai.files.actions import Upload
from gongkai.files.actions import receive as receive_file
from gongkai.organs.models import Organ

#: 没有提交的，这么久以后清除。
KEPT = timedelta(days=30)
#: The longest draft, all its fields together; what is longer comes as a file.
LONGEST_DRAFT = 200_000
#: Files of one class.
MOST_FILES = 10
_RECEIPT = 3
#: In place of the query code in the paper that is kept: whoever reads the file must not have it.
_NOT_KEPT = "（已在提交时告知申请人，文书中不留存）"


def begin() -> tuple[Draft, str]:
    """开始填写：a draft and the secret it is found by, which is kept nowhere here."""
    secret = secrets.token_urlsafe(24)
    return Draft.objects.create(key=_key(secret)), secret


def _key(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def draft_by(secret: str) -> Draft | None:
    """凭密钥找回：None for a secret nobody was given, or whose draft is gone."""
    if not secret or len(secret) > 100:
        return None
    rows = Draft.objects.select_related("application__organ")
    return rows.filter(key=_key(secret), saved_at__gt=timezone.now() - KEPT).first()


def typed(draft: Draft | None) -> dict[str, Any]:
    """已填的内容：by step; empty for none."""
    if draft is None or not draft.content:
        return {}
    kept: dict[str, Any] = json.loads(draft.content.open())
    return kept


@transaction.atomic
def keep(draft: Draft, part: str, values: Any, *, step: int = 0) -> None:
    """保存：one part of what was typed, right or wrong; what was sent meanwhile stays sent.

    Raises BadInput for more than a draft can hold.
    """
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    if held.application_id is not None:
        draft.application = held.application
        return
    content = json.dumps({**typed(held), part: values}, ensure_ascii=False)
    if len(content) > LONGEST_DRAFT:
        raise BadInput("填写的内容太长，没有保存；请把较长的内容作为附件上传。")
    held.content, held.saved_at = content, timezone.now()
    held.step = step or held.step
    held.save(update_fields=["content", "saved_at", "step"])
    draft.content, draft.saved_at, draft.step = held.content, held.saved_at, held.step


def keep_file(draft: Draft, sort: Attached, content: Upload | bytes, name: str) -> DraftFile:
    """保存附件：sealed, whatever it is. Raises Unreadable, NotAllowed for too many."""
    if draft.files.filter(sort=sort).count() >= MOST_FILES:
        raise NotAllowed(f"{sort.label}最多{MOST_FILES}个文件。")
    with transaction.atomic():
        blob, tidy = receive_file(content, name, sealed=True)
        return DraftFile.objects.create(draft=draft, sort=sort, blob=blob, name=tidy)


def drop_file(draft: Draft, pk: int) -> None:
    """移除附件：one of this draft; another's is not touched."""
    draft.files.filter(pk=pk).delete()


def discard(draft: Draft) -> None:
    """放弃填写：nothing of it is kept."""
    Draft.objects.filter(pk=draft.pk, application__isnull=True).delete()


@transaction.atomic
def file(draft: Draft, organ: Organ, asked: Asked, persons: Sequence[Person]) -> Application:
    """提交：the draft becomes a request, with its receipt; a second time gives back the first.

    Raises NotAllowed with all reasons, Unreadable.
    """
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    if held.application is not None:
        return held.application
    application = receive(
        organ, asked, persons, by=None, sent=[_sent(one) for one in held.files.all()], draft=held
    )
    fix(make(application, _RECEIPT, by=None, facts={"查询码": _NOT_KEPT}, complete=False))
    held.files.all().delete()
    draft.application = application
    return application


def _sent(one: DraftFile) -> Sent:
    with one.blob.open() as file:
        return Sent(Attached(one.sort), file.read(), one.name)


def receipt_of(application: Application) -> Composed:
    """登记回执：with the query code in it, for the applicant's own eyes; kept nowhere."""
    paper = Paper.objects.filter(application=application, letter=_RECEIPT).first()
    facts: Mapping[str, Any] = {"查询码": application.code.open()}
    made, _ = composed(
        application,
        _RECEIPT,
        on=paper.dated_on if paper else None,
        facts=facts,
        paper_no=paper.number if paper else "",
    )
    return made


def sweep_drafts() -> int:
    """清理：drafts nobody touched for thirty days, and what remains of those sent; how many."""
    old = Draft.objects.filter(saved_at__lt=timezone.now() - KEPT)
    count = old.count()
    old.delete()
    return count
