"""人对附件做的事：take one in, have it read, clean it; and the nightly sweep."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Protocol

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from gongkai.errors import GongkaiError, NotInstalled, Unreadable
from gongkai.files import cleaning
from gongkai.files.kinds import MEGABYTE, Kind, limits, recognise
from gongkai.files.models import Blob, BlobReading, digest_of
from gongkai.files.names import tidy
from gongkai.files.readers import read
from gongkai.files.reading import VERSION
from gongkai.jobs.tasks import job
from gongkai.vault.streams import file_key, seal_bytes

#: 无主附件保留：an upload whose form was never sent off.
UNOWNED_KEPT = timedelta(days=2)


class Upload(Protocol):
    """上传的文件：what Django hands to a form, or any file opened for reading."""

    def read(self, size: int = -1, /) -> bytes:
        """Some bytes, or all."""
        ...


def receive(upload: Upload | bytes, name: str, *, sealed: bool = False) -> tuple[Blob, str]:
    """收下附件：the content, kept once, and the name it may bear.

    ``sealed`` for what tells of a person, a scan of an identity card: it never reaches the store
    in the clear, and is a content of its own beside the same one kept openly.
    The reading for text and hidden data is enqueued in the transaction at hand. Raises
    Unreadable for what :func:`gongkai.files.kinds.recognise` refuses; nothing is kept then.
    """
    data = upload if isinstance(upload, bytes) else _bounded(upload, name)
    kind = recognise(data, name)
    return _keep(data, kind, sealed=sealed), tidy(name, kind)


def _bounded(upload: Upload, name: str) -> bytes:
    """Never more than the largest limit is taken into memory, whatever was announced."""
    most = max(limits().values())
    data = upload.read(most + 1)
    if len(data) > most:
        raise Unreadable(f"“{name}”超过 {most // MEGABYTE} MB，不能上传。")
    return data


def _keep(data: bytes, kind: Kind, *, sealed: bool) -> Blob:
    digest = digest_of(File(io.BytesIO(data)), sealed=sealed)
    known = Blob.objects.filter(sha256=digest).first()
    if known is not None and default_storage.exists(known.stored):
        return known
    key = file_key() if sealed else ""
    content = seal_bytes(io.BytesIO(data), key) if sealed else io.BytesIO(data)
    stored = default_storage.save(f"{digest[:2]}/{digest[2:4]}/{digest}", File(content))
    _settle(stored)
    with transaction.atomic():
        made, first = Blob.objects.get_or_create(
            sha256=digest,
            defaults={"size": len(data), "kind": kind, "stored": stored, "sealed": key},
        )
        if first:
            inspect.using(key=f"files.inspect:{made.pk}").enqueue(made.pk)
        elif made.stored != stored and default_storage.exists(made.stored):
            default_storage.delete(stored)  # another was a moment faster
        else:  # the content had been lost, and is back
            made.stored, made.sealed = stored, key
            made.save(update_fields=["stored", "sealed"])
    return made


def keep(data: bytes, kind: Kind, *, sealed: bool) -> Blob:
    """留存：a content the site has made itself, an archive package; no limit of uploads holds."""
    return _keep(data, kind, sealed=sealed)


def _settle(stored: str) -> None:
    """On the disk itself before the database says it is there."""
    try:
        path = default_storage.path(stored)
    except NotImplementedError:
        return  # a remote store answers when it has it
    for place in (path, os.path.dirname(path)):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@job(attempts=3)
def inspect(blob_id: int) -> int:
    """检查：read the text and look for hidden data; returns how many were found."""
    blob = Blob.objects.filter(pk=blob_id).first()
    return 0 if blob is None else len(inspected(blob).hidden)


def inspected(blob: Blob) -> BlobReading:
    """检查结果：as it is kept, read now when it has not been read or only by an older way.

    What cannot be read inside keeps the sentence why in ``problem``. Of a sealed content no text
    is kept, and what was found hidden only sealed.
    """
    kept = BlobReading.objects.filter(blob=blob, version__gte=VERSION).first()
    if kept is not None:
        return kept
    fields: dict[str, object] = {"version": VERSION}
    try:
        with blob.open() as file:
            found = read(file.read(), Kind(blob.kind))
    except GongkaiError as problem:
        fields |= {"problem": str(problem)[:300], "facts": {}}
        fields |= {"text": "", "hidden_json": [], "hidden_sealed": ""}
    else:
        fields |= {"signed": found.signed, "problem": "", "facts": found.facts}
        hidden = [one.as_json() for one in found.hidden]
        if blob.sealed:
            told = json.dumps(hidden, ensure_ascii=False) if hidden else ""
            fields |= {"text": "", "hidden_json": [], "hidden_sealed": told}
        else:
            text = found.text.replace("\x00", "")  # PostgreSQL keeps no such character
            fields |= {"text": text, "hidden_json": hidden, "hidden_sealed": ""}
    return BlobReading.objects.update_or_create(blob=blob, defaults=fields)[0]


def clean(blob: Blob) -> Blob:
    """清除文档属性：the content of the same file without them, as a blob of its own.

    Raises NotAllowed for a kind that cannot be cleaned or a file that is signed.
    """
    with blob.open() as file:
        data = file.read()
    kind = Kind(blob.kind)
    return _keep(cleaning.cleaned(data, kind), kind, sealed=bool(blob.sealed))


def reread() -> int:
    """重新检查：have all files read again that were read by an older way; returns how many."""
    waiting = Blob.objects.unread(VERSION).values_list("pk", flat=True)
    for pk in waiting.iterator():
        inspect.using(key=f"files.inspect:{pk}", priority=-50).enqueue(pk)
    return waiting.count()


def damaged() -> Iterator[tuple[Blob, str]]:
    """核对：every blob whose bytes are gone or are no longer those of its hash, and which it is."""
    for blob in Blob.objects.order_by("pk").iterator():
        try:
            sound = blob.is_sound()
        except OSError:
            yield blob, "找不到"
        except Unreadable:
            yield blob, "内容已被改动"
        except NotInstalled as problem:
            yield blob, str(problem).rstrip("。")
        else:
            if not sound:
                yield blob, "内容已被改动"


@job()
def sweep() -> int:
    """清理：contents nobody has owned for two days; returns how many."""
    before = timezone.now() - UNOWNED_KEPT
    old = Blob.objects.unowned().filter(added_at__lt=before)
    return sum(drop(blob) for blob in old.iterator())


def drop(blob: Blob) -> bool:
    """清除：a content out of the store, and all that was read in it; not one somebody owns."""
    stored = blob.stored
    try:
        with transaction.atomic():
            if not Blob.objects.unowned().select_for_update().filter(pk=blob.pk).exists():
                return False
            blob.delete()
    except ProtectedError:
        return False  # somebody has just taken it
    default_storage.delete(stored)
    return True
