"""读入往年年报：files are read first and looked at; only what somebody confirms is kept.

Several at once, also packed in one ZIP; a file that cannot be taken is told of in words and does
not keep the others waiting.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePosixPath

from django.db import transaction

from gongkai.annual.checks.applications import same_organ
from gongkai.annual.exchange import dump, load
from gongkai.annual.model import Report
from gongkai.annual.read import read_bytes
from gongkai.errors import BadInput, GongkaiError, NotAllowed
from gongkai.organs.models import Organ, Staff
from gongkai.reporting.actions.filling import refuse, signature_of, why_not_write_for
from gongkai.reporting.actions.loading import keep_published
from gongkai.reporting.models import Filing, Intake
from gongkai.reporting.states import Scope
from gongkai.screening.source import check_zip

#: 一次最多读入：more files are more than somebody looks through.
MOST = 40
#: Never unpacked beyond this, whatever the archive says of itself.
_LARGEST = 60 * 1024 * 1024


@transaction.atomic
def take_in(
    organ: Organ, files: Iterable[tuple[str, bytes]], *, by: Staff, scope: str = Scope.OWN
) -> tuple[list[Intake], list[str]]:
    """上传：each file as it was read, to be confirmed; and why the others were not taken.

    Raises NotAllowed, BadInput for too many.
    """
    refuse(why_not_write_for(organ, by=by))
    taken: list[Intake] = []
    refused: list[str] = []
    for name, data in _unpacked(files, refused):
        if len(taken) + len(refused) >= MOST:
            raise BadInput(f"一次最多读入{MOST}个文件，请分几次上传。")
        try:
            report = _read(data, name)
        except GongkaiError as problem:
            said = f"{problem}".rstrip("。")
            refused.append(said if name in said else f"“{name}”：{said}")
            continue
        taken.append(
            Intake.objects.create(
                organ=organ,
                scope=scope,
                year=report.year,
                name=name[:200],
                report=dump(report),
                by=by,
            )
        )
    return taken, refused


def _read(data: bytes, name: str) -> Report:
    report = read_bytes(data, name)
    if report.form is None:
        raise BadInput(f"“{name}”里没有读到法定的表格，请核对文件。")
    return report


def _unpacked(
    files: Iterable[tuple[str, bytes]], refused: list[str]
) -> Iterator[tuple[str, bytes]]:
    """The files themselves; of an archive what is in it. What is no good is told of."""
    for name, data in files:
        if not name.lower().endswith(".zip"):
            yield name, data
            continue
        try:
            check_zip(data, name)
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield from _members(archive, name, refused)
        except GongkaiError as problem:
            refused.append(f"{problem}".rstrip("。"))


def _members(
    archive: zipfile.ZipFile, name: str, refused: list[str]
) -> Iterator[tuple[str, bytes]]:
    parts = [one for one in archive.infolist() if not one.is_dir() and not _noise(one.filename)]
    if len(parts) > MOST:
        raise BadInput(f"“{name}”里有{len(parts)}个文件，一次最多读入{MOST}个。")
    if sum(one.file_size for one in parts) > _LARGEST:
        raise BadInput(f"“{name}”解开以后超过{_LARGEST >> 20} MB，请分几次上传。")
    for one in parts:
        inside = PurePosixPath(_named(one)).name
        if inside.lower().endswith(".zip"):
            refused.append(f"“{name}”里还有压缩包“{inside}”，请解开以后再上传")
            continue
        yield inside, archive.read(one)


def _named(one: zipfile.ZipInfo) -> str:
    """The name inside an archive; Chinese Windows writes it in its own code and does not say so."""
    if one.flag_bits & 0x800:
        return one.filename
    raw = one.filename.encode("cp437", "replace")
    for code in ("utf-8", "gb18030"):
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    return one.filename


def _noise(path: str) -> bool:
    """What machines put beside the files."""
    return path.startswith("__MACOSX/") or PurePosixPath(path).name in (".DS_Store", "Thumbs.db")


def read_report(one: Intake) -> Report:
    """读到的年报。"""
    return load(one.report)


def signed_otherwise(one: Intake) -> str:
    """署名不同：whose report the file says it is, where that is not the organ's; else empty.

    An organ may have borne another name in that year, so this is for a person to decide.
    """
    signed = read_report(one).organ
    known = {one.organ.name, signature_of(one.organ, one.scope)}
    return "" if not signed or any(same_organ(signed, name) for name in known) else signed


def why_not_confirm(one: Intake, *, by: Staff) -> list[str]:
    """确认的障碍：who writes for the organ; the year and the rest are asked when it is done."""
    return why_not_write_for(one.organ, by=by)


@transaction.atomic
def confirm(one: Intake, *, by: Staff, year: int, scope: str, on: date | None) -> Filing:
    """确认读入：kept as published, as it was read. Raises NotAllowed, BadInput."""
    if not Intake.objects.select_for_update().filter(pk=one.pk).exists():
        raise NotAllowed("这个文件刚刚由别人确认或者放弃了。")
    kept = keep_published(one.organ, year, read_report(one), one.name, by=by, scope=scope, on=on)
    one.delete()
    return kept


@transaction.atomic
def give_up(one: Intake, *, by: Staff) -> None:
    """放弃：nothing of it is kept. Raises NotAllowed."""
    refuse(why_not_confirm(one, by=by))
    one.delete()
