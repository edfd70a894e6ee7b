"""提供的信息：the files that go with a reply, looked through before they go（第三十七条）.

What a file hides, and personal numbers or marks of secrecy in its text, stand in the way until the
file is cleaned, taken back, or somebody says why it may go out as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.receiving import Sent, attach
from gongkai.applications.actions.taking import refuse, why_not
from gongkai.applications.models import Application, Attachment
from gongkai.applications.states import Attached
from gongkai.errors import BadInput, NotAllowed
from gongkai.files.actions import Upload, clean, inspected
from gongkai.files.hidden import Hidden
from gongkai.organs.models import Staff
from gongkai.screening.finding import Severity
from gongkai.screening.screen import screen
from gongkai.trail.actions import record

#: So many findings of one file are told; who has more has not looked at it at all.
TOLD = 20
#: As long as the column that keeps it.
LONGEST_REASON = 300
#: How long what was found in a content is remembered, in seconds.
_REMEMBERED = 3600


@dataclass(frozen=True, slots=True)
class Looked:
    """查看结果：what stands in the way of a file, and what is only worth a look."""

    file: Attachment
    blocking: tuple[str, ...]
    hints: tuple[str, ...]
    cleanable: bool

    @property
    def stops(self) -> bool:
        """须先处理。"""
        return bool(self.blocking) and not self.file.cleared


def supplied(application: Application) -> list[Attachment]:
    """本次答复提供的信息：those not yet sent with an earlier reply."""
    rows = application.attachments.filter(sort=Attached.SUPPLIED, paper__isnull=True)
    return list(rows.select_related("blob"))


def look_at(file: Attachment) -> Looked:
    """查看：hidden data and the text of one file."""
    reading = inspected(file.blob)
    hints = [_told(one) for one in reading.hidden if not one.blocks]
    blocking = [f"{_told(one)}；{one.advice}" for one in reading.blocking]
    if reading.problem:
        blocking.append(reading.problem)
    blocking += _written(file.blob.sha256, reading.text)
    cleanable = any(one.removable for one in reading.hidden) and not reading.signed
    return Looked(file, tuple(blocking), tuple(hints), cleanable)


def _told(one: Hidden) -> str:
    return "：".join(filter(None, (f"{one.kind.label}（{one.where}）", one.what)))


def _written(key: str, text: str) -> list[str]:
    """What the screening finds in the text, masked."""
    name = f"applications.supplied:{key}"
    known: list[str] | None = cache.get(name)
    if known is None:
        found = [
            f"{one.reason.rstrip('。')}（{one.shown}）"
            for one in screen(text, year=timezone.localdate().year)
            if one.severity is Severity.ERROR
        ]
        known = list(dict.fromkeys(found))[:TOLD]
        cache.set(name, known, _REMEMBERED)
    return known


def why_not_supplied(application: Application) -> list[str]:
    """提供的信息还不能提供的原因。"""
    return [
        f"“{one.file}”{one.blocking[0]}，请处理后重新上传，或者说明为什么可以提供"
        for one in map(look_at, supplied(application))
        if one.stops
    ]


def why_not_supply(application: Application, *, by: Staff | None) -> list[str]:
    """增减提供的信息的障碍：while the reply is drafted, by who drafts it."""
    return why_not(application, "submit", by=by)


@transaction.atomic
def supply(application: Application, content: Upload | bytes, name: str, *, by: Staff) -> None:
    """添加提供的信息。Raises NotAllowed, Unreadable."""
    refuse(why_not_supply(application, by=by))
    attach(application, Sent(Attached.SUPPLIED, content, name), by=by)
    record(application, "supply", by=by, label="添加提供的信息")


@transaction.atomic
def take_back(file: Attachment, *, by: Staff) -> None:
    """移除提供的信息：before it was sent. Raises NotAllowed."""
    refuse(why_not_supply(file.application, by=by))
    record(file.application, "take_back", by=by, label="移除提供的信息")
    file.delete()


@transaction.atomic
def clean_file(file: Attachment, *, by: Staff) -> None:
    """清除隐藏信息：in place of the file its cleaned copy. Raises NotAllowed."""
    refuse(why_not_supply(file.application, by=by))
    before = len(inspected(file.blob).hidden)
    file.blob, file.cleared = clean(file.blob), ""
    if len(inspected(file.blob).hidden) >= before:
        raise NotAllowed(f"“{file.name}”中的隐藏信息不能自动清除，请用原来的软件清除后重新上传。")
    file.save(update_fields=["blob", "cleared"])
    record(file.application, "clean_file", by=by, label="清除隐藏信息")


@transaction.atomic
def clear_file(file: Attachment, *, by: Staff, reason: str) -> None:
    """核对后仍然提供：why what was found may go out. Raises NotAllowed, BadInput."""
    told = reason.strip()
    if not told:
        raise BadInput("请写明为什么可以提供。")
    if len(told) > LONGEST_REASON:
        raise BadInput(f"说明最多{LONGEST_REASON}字，现在有{len(told)}字。")
    refuse(why_not_supply(file.application, by=by))
    file.cleared = told
    file.save(update_fields=["cleared"])
    record(file.application, "clear_file", by=by, label="核对后仍然提供", note=told)
