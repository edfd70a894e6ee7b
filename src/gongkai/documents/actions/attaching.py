"""附件：take in what belongs to a document, look into it, take it away again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from gongkai.documents.actions.drafting import (
    draft,
    read_body,
    refuse,
    set_body,
    why_not_write,
)
from gongkai.documents.body.clean import read_html, without_title
from gongkai.documents.models import Document, DocumentFile
from gongkai.documents.screened import hidden_noticed, screen_text
from gongkai.errors import NotAllowed, Unreadable
from gongkai.files.actions import Upload, clean, inspected, receive
from gongkai.files.cleaning import CLEANABLE
from gongkai.files.models import Blob
from gongkai.organs.models import Organ, Staff
from gongkai.trail.actions import hold, record

Role = DocumentFile.Role
#: A document is not an archive.
MOST_FILES = 100
#: The body of a document; a longer one is an attachment.
LARGEST_BODY = 50 * 1024 * 1024


def why_not_attach(document: Document, *, by: Staff) -> list[str]:
    """附件与正文同进退：while the text may be written."""
    reasons = why_not_write(document, by=by)
    if not reasons and document.files.count() >= MOST_FILES:
        reasons.append(f"一份文件最多有{MOST_FILES}个附件和图片")
    return reasons


@transaction.atomic
def attach(
    document: Document,
    upload: Upload | bytes,
    name: str,
    *,
    by: Staff,
    title: str = "",
    role: str = Role.ATTACHMENT,
) -> DocumentFile:
    """添加附件：kept, read, screened, searched for what it hides; raises NotAllowed, Unreadable."""
    refuse(why_not_attach(document, by=by))
    return _attach(document, upload, name, by=by, title=title, role=role)


def _attach(
    document: Document, upload: Upload | bytes, name: str, *, by: Staff, title: str, role: str
) -> DocumentFile:
    blob, tidied = receive(upload, name)
    hold()
    kept = DocumentFile.objects.create(
        document=document,
        blob=blob,
        name=tidied,
        title=title.strip(),
        role=role,
        order=document.files.filter(role=role).count(),
        findings=[] if role == Role.SOURCE else findings_of(blob, tidied),
    )
    record(document, "attach", by=by, label=f"添加{Role(role).label}", changes={"附件": tidied})
    return kept


@transaction.atomic
def detach(kept: DocumentFile, *, by: Staff) -> None:
    """删除附件：while the text may be written."""
    refuse(why_not_write(kept.document, by=by))
    hold()
    record(kept.document, "detach", by=by, label="删除附件", changes={"附件": [kept.name, ""]})
    kept.delete()


def why_not_clean(kept: DocumentFile, *, by: Staff) -> list[str]:
    """清除隐藏信息的障碍：what the public will get, while the text may be written."""
    reasons = why_not_write(kept.document, by=by)
    if kept.role == Role.SOURCE:
        reasons.append("签发稿原件不公开，保持原样")
    elif not cleanable(kept):
        reasons.append(f"“{kept.name}”没有可以自动清除的隐藏信息")
    return reasons


def cleanable(kept: DocumentFile) -> bool:
    """可以一键清除：it carries what can be left out, and no signature or seal that would break."""
    if kept.role == Role.SOURCE or kept.blob.kind not in CLEANABLE:
        return False
    reading = inspected(kept.blob)
    return not reading.signed and any(one.removable for one in reading.hidden)


@transaction.atomic
def clean_file(kept: DocumentFile, *, by: Staff) -> list[str]:
    """清除隐藏信息：the cleaned copy in the place of the file; returns what is gone.

    Name, place and address stay. What a person must decide (comments, tracked changes) stays and
    is still found. Raises NotAllowed, and Unreadable when the text would not come out the same.
    """
    refuse(why_not_clean(kept, by=by))
    hold()
    before = [one.kind.label for one in inspected(kept.blob).hidden]
    kept.blob = clean(kept.blob)
    left = [one.kind.label for one in inspected(kept.blob).hidden]
    gone = [label for label in dict.fromkeys(before) if before.count(label) > left.count(label)]
    if not gone:
        raise NotAllowed(f"“{kept.name}”中的隐藏信息不能自动清除，请用原来的软件清除后重新上传。")
    kept.findings = findings_of(kept.blob, kept.name)
    kept.save(update_fields=["blob", "findings"])
    record(
        kept.document, "clean", by=by, label="清除附件的隐藏信息",
        changes={"附件": kept.name, "清除": "、".join(gone)},
    )  # fmt: skip
    return gone


def findings_of(blob: Blob, name: str) -> list[dict[str, Any]]:
    """附件的发现：personal data and the like in its text, and what it carries unseen."""
    reading = inspected(blob)
    by_button = blob.kind in CLEANABLE and not reading.signed
    found = hidden_noticed(blob.sha256, name, reading.hidden, reading.problem, cleanable=by_button)
    if reading.text:
        found += [one | {"where": name} for one in screen_text(name, reading.text, plain=True)]
    return found


@transaction.atomic
def hand_over(
    organ: Organ,
    kind: str,
    title: str,
    *,
    by: Staff,
    author: Staff,
    facts: Mapping[str, Any],
    html: str,
    files: Iterable[tuple[Upload | bytes, str]],
) -> Document:
    """交办起草：a draft with its text and attachments, laid on the desk of who drafts it.

    Raises NotAllowed, BadInput, Unreadable.
    """
    document = draft(organ, kind, title, by=by, author=author, facts=facts, html=html)
    for upload, name in files:
        _attach(document, upload, name, by=by, title=name, role=Role.ATTACHMENT)
    return document


@transaction.atomic
def begin(
    organ: Organ, kind: str, title: str, upload: Upload, name: str, *, by: Staff
) -> tuple[Document, list[str]]:
    """起草，连同正文：the draft with its text, and what was left behind; both or neither.

    Raises NotAllowed, BadInput, Unreadable.
    """
    document = draft(organ, kind, title, by=by)
    return document, take_body(document, upload, name, by=by)


@transaction.atomic
def take_body(document: Document, upload: Upload, name: str, *, by: Staff) -> list[str]:
    """上传正文：a DOCX or HTML becomes the text, its pictures files; returns what was left behind.

    The DOCX itself is kept beside it, not public. Raises NotAllowed, Unreadable; then nothing
    has been changed.
    """
    refuse(why_not_attach(document, by=by))
    data = upload.read(LARGEST_BODY + 1)
    if len(data) > LARGEST_BODY:
        raise Unreadable(
            f"“{name}”超过 {LARGEST_BODY >> 20} MB，正文不会这么大；请把附表作为附件。"
        )
    if name.lower().endswith((".html", ".htm")):
        html = without_title(read_html(data), document.title)
        set_body(document, html, by=by, reason=f"由{name}读入")
        return []
    if not name.lower().endswith(".docx"):
        raise Unreadable(f"“{name}”不是 .docx 或 .html 文件；旧版 .doc 请另存为 .docx。")
    reading = read_body(document, data, name, by=by)
    if len(reading.pictures) > MOST_FILES:
        raise NotAllowed(f"正文中有{len(reading.pictures)}张图片，最多{MOST_FILES}张。")
    html = without_title(reading.html, document.title)
    for picture in reading.pictures:
        kept = attach(document, picture.data, picture.name, by=by, role=Role.PICTURE)
        html = html.replace(f'"{picture.mark}"', f'"/documents/{document.pk}/files/{kept.pk}/"')
    set_body(document, html, by=by, reason=f"由{name}读入")
    attach(document, data, name, by=by, role=Role.SOURCE)
    return reading.warnings
