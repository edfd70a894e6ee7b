"""导入登记簿的办理：keep the file sealed, look it over, load it, forget it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions.taking import refuse
from gongkai.applications.loading.run import doubts_of, load, restarted, table_of
from gongkai.applications.models import Doubt, Load, LoadFile
from gongkai.files.actions import Upload, drop
from gongkai.files.actions import receive as receive_file
from gongkai.organs.models import Organ, Staff
from gongkai.organs.rights import roles_of
from gongkai.organs.states import Duty


def why_not_load(organ: Organ, *, by: Staff) -> list[str]:
    """导入的障碍。"""
    if Duty.DISCLOSURE in roles_of(by, organ):
        return []
    return [f"{organ}的登记簿由它的信息公开机构导入"]


def take_in(organ: Organ, upload: Upload | bytes, name: str, *, by: Staff) -> Load:
    """上传登记簿：kept sealed until it is loaded or given up; the same file is the same load.

    Raises NotAllowed, Unreadable for what is no table.
    """
    refuse(why_not_load(organ, by=by))
    data = upload if isinstance(upload, bytes) else upload.read()
    digest = hashlib.sha256(data).hexdigest()
    known = Load.objects.filter(organ=organ, digest=digest, finished_at__isnull=True).first()
    if known is not None:
        return known
    with transaction.atomic():
        blob, tidy = receive_file(data, name, sealed=True)
        made = Load.objects.create(organ=organ, digest=digest, name=tidy, by=by)
        LoadFile.objects.create(load=made, blob=blob, name=tidy)
    return made


def content_of(made: Load) -> bytes:
    """登记簿的内容。"""
    with made.file.blob.open() as file:
        data: bytes = file.read()
    return data


def look_over(made: Load, given: Mapping[str, str], *, by: Staff) -> Load:
    """检查：read, replay and compare everything, keep the doubts and nothing else.

    Raises NotAllowed, BadInput where a needed column is missing.
    """
    refuse([*why_not_load(made.organ, by=by), *_applied(made)])
    data = content_of(made)
    table_of(data, made.name, given)
    tried = load(data, made.name, made.organ, by=by, given=given, dry=True)
    with transaction.atomic():
        made.doubts.all().delete()
        for doubt in (told := doubts_of(tried)):
            doubt.load = made
        Doubt.objects.bulk_create(told, batch_size=1_000)
        for name in ("added", "same", "failed", "doubtful"):
            setattr(made, name, getattr(tried, name))
        made.mapping, made.checked_at = dict(given), timezone.now()
        made.save()
    return made


def _applied(made: Load) -> list[str]:
    return ["已经确认导入，不能再改"] if made.applied_at else []


def apply(made: Load, *, by: Staff) -> None:
    """确认导入：in the background. Raises NotAllowed before it was looked over."""
    from gongkai.applications import tasks

    refuse([*why_not_load(made.organ, by=by), *_applied(made)])
    if made.checked_at is None:
        refuse(["请先检查，再确认导入"])
    with transaction.atomic():
        restarted(made)
        made.applied_at, made.by = timezone.now(), by
        made.save(update_fields=["applied_at", "by"])
        tasks.load_register.using(key=f"applications.load:{made.pk}").enqueue(made.pk)


def carry_out(made: Load) -> Load:
    """导入：what was confirmed; goes on where it stopped; the file is forgotten at the end."""
    if made.finished_at is not None or made.applied_at is None:
        return made
    done = load(content_of(made), made.name, made.organ, by=made.by, given=made.mapping)
    _forget(made)
    return done


def give_up(made: Load, *, by: Staff) -> None:
    """放弃：nothing of it is kept. Raises NotAllowed once it was confirmed."""
    refuse([*why_not_load(made.organ, by=by), *_applied(made)])
    _forget(made)
    made.delete()


def _forget(made: Load) -> None:
    file = LoadFile.objects.filter(load=made).select_related("blob").first()
    if file is not None:
        blob = file.blob
        file.delete()
        transaction.on_commit(lambda: drop(blob) and None)
