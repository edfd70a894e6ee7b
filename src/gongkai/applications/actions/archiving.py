"""归档：one package an application, sealed, its SHA-256 in the trail; and the proof of it.

The four qualities are those of electronic records: 真实、完整、可用、安全（《档案法》第三十七条、
《电子文件归档与电子档案管理规范》GB/T 18894）.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.applications.actions import packing
from gongkai.applications.actions.opening import why_not_open
from gongkai.applications.actions.taking import act, refuse, why_not
from gongkai.applications.models import Application, Attachment
from gongkai.applications.states import Attached
from gongkai.errors import GongkaiError
from gongkai.files.actions import keep
from gongkai.files.kinds import SUFFIXES, Kind
from gongkai.organs.models import Staff
from gongkai.trail.actions import hold, record
from gongkai.trail.models import Step

_SHA = re.compile(r"[0-9a-f]{64}")
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_NOTED = "归档包SHA-256："
#: Kinds of files a package may hold.
_KNOWN = {suffix for names in SUFFIXES.values() for suffix in names} | {".json", ""}


def why_not_archive(application: Application, *, by: Staff | None) -> list[str]:
    """归档的障碍：besides the table: a complaint or an order that is still being dealt with."""
    reasons = why_not(application, "archive", by=by)
    if application.anonymised_on:
        reasons.append("已经匿名化，没有可以归档的材料")
    if application.orders.exclude(state="done").exists():
        reasons.append("责令改正还没有办完")
    if application.complaints.exclude(state="done").exists():
        reasons.append("所涉投诉还没有办完")
    return reasons


def archive(application: Application, *, by: Staff) -> Attachment:
    """归档：make the package, keep it sealed, and note its SHA-256 in the trail.

    The package is made before anything is held: setting its type takes seconds. Raises
    NotAllowed with all reasons, also when somebody added to the record meanwhile.
    """
    refuse(why_not_archive(application, by=by))
    made = packing.package(application)
    with transaction.atomic():
        hold()
        if packing.Basis.of(application) != made.basis:
            refuse(["生成归档包的时候办理记录又有了变化，请重新归档"])
        act(application, "archive", by=by, note=f"{_NOTED}{made.sha256}",
            archived_on=timezone.localdate())  # fmt: skip
        return Attachment.objects.create(
            application=application,
            blob=keep(made.content, Kind.ZIP, sealed=True),
            name=f"{application.number}归档包.zip",
            sort=Attached.ARCHIVE,
            order=application.attachments.count(),
            by=by,
        )


def package_of(application: Application) -> Attachment | None:
    """归档包：the newest; an application answered anew is archived anew."""
    rows = application.attachments.filter(sort=Attached.ARCHIVE).select_related("blob")
    return rows.order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Proof:
    """一项检验：which quality, whether it holds, and what was found."""

    quality: str
    problems: tuple[str, ...]
    found: str

    @property
    def sound(self) -> bool:
        """合格。"""
        return not self.problems


def check_archive(application: Application, *, by: Staff | None = None) -> list[Proof]:
    """四性检测：that the package is what was archived, all of it, to be read, and kept safe.

    Written down with its result. Raises NotAllowed where there is none, or ``by`` may not.
    """
    file = package_of(application)
    if file is None:
        refuse(["还没有归档包"])
    assert file is not None
    if by is not None:
        refuse(why_not_open(application.organ, by=by))
    try:
        with file.blob.open() as stream:
            content = stream.read()
    except (OSError, GongkaiError) as problem:
        told = "归档包的文件找不到" if isinstance(problem, OSError) else str(problem).rstrip("。")
        proofs = [Proof(name, (told,), "") for name in ("真实", "完整", "可用", "安全")]
    else:
        proofs = _proofs(application, file, content)
    result = "；".join(f"{one.quality}{'合格' if one.sound else '不合格'}" for one in proofs)
    record(application, "check_archive", by=by, label="四性检测", note=result)
    return proofs


def _proofs(application: Application, file: Attachment, content: bytes) -> list[Proof]:
    members, broken = _members(content)
    return [
        _true(application, content, members),
        Proof(
            "完整", (*broken, *_whole(application, members)), f"{len(members)}个文件，校验值相符"
        ),
        _usable(members, broken),
        _safe(file, members),
    ]


def _members(content: bytes) -> tuple[dict[str, bytes], tuple[str, ...]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}, ()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return {}, ("归档包打不开",)


def _true(application: Application, content: bytes, members: dict[str, bytes]) -> Proof:
    """真实：what the trail noted is what lies there, and its steps are those of the trail."""
    problems = []
    step = Step.objects.of(application).filter(move="archive").order_by("-number").first()
    noted = _SHA.search(step.note) if step else None
    digest = hashlib.sha256(content).hexdigest()
    if noted is None:
        problems.append("办理留痕里没有归档包的校验值")
    elif noted[0] != digest:
        problems.append("归档包与归档时的校验值不符，已被改动")
    seals = dict(Step.objects.of(application).values_list("number", "seal"))
    kept = _listed(members.get(packing.STEPS))
    strange = [one for one in kept if seals.get(one.get("number", 0)) != one.get("seal")]
    if strange or not kept:
        problems.append(f"归档包里有{len(strange)}步与办理留痕不符" if kept else "没有办理留痕")
    return Proof("真实", tuple(problems), f"SHA-256 {digest}，与留痕一致；{len(kept)}步相符")


def _whole(application: Application, members: dict[str, bytes]) -> list[str]:
    """完整：every file of the list with its own hash, none besides; all that is on record."""
    told = members.get(packing.SUMS, b"").decode("utf-8", "replace")
    sums = {found[2]: found[1] for line in told.splitlines() if (found := _LINE.fullmatch(line))}
    there = {name: content for name, content in members.items() if name != packing.SUMS}
    problems = [f"缺少“{name}”" for name in sums if name not in there]
    problems += [f"多出“{name}”" for name in there if name not in sums]
    problems += [
        f"“{name}”的校验值不符"
        for name, content in there.items()
        if name in sums and hashlib.sha256(content).hexdigest() != sums[name]
    ]
    known = {one.get("source") for one in _listed(members.get(packing.LISTING), "items")}
    problems += [
        f"归档包里没有“{one.title}”" for one in packing.items(application)
        if one.source not in known
    ]  # fmt: skip
    return problems


def _usable(members: dict[str, bytes], broken: tuple[str, ...]) -> Proof:
    """可用：every PDF and every record opens, without a password."""
    import pikepdf

    problems = list(broken)
    papers = 0
    for name, content in members.items():
        try:
            if name.endswith(".pdf"):
                papers += 1
                with pikepdf.open(io.BytesIO(content)) as pdf:
                    len(pdf.pages)
            elif name.endswith(".json"):
                json.loads(content)
        except (pikepdf.PdfError, pikepdf.PasswordError, ValueError):
            problems.append(f"“{name}”打不开")
    return Proof("可用", tuple(problems), f"{papers}个PDF和全部记录都能打开")


def _safe(file: Attachment, members: dict[str, bytes]) -> Proof:
    """安全：sealed at rest; nothing in it that runs, nothing that leads out of it."""
    problems = [] if file.blob.sealed else ["归档包没有加密保存"]
    problems += [
        f"“{name}”的文件类型或者路径不允许"
        for name in members
        if PurePosixPath(name).suffix.lower() not in _KNOWN
        or name.startswith("/")
        or ".." in PurePosixPath(name).parts
    ]
    return Proof("安全", tuple(problems), "加密保存，没有可执行的内容")


def _listed(content: bytes | None, key: str = "") -> list[dict[str, Any]]:
    try:
        told = json.loads(content or b"[]")
    except ValueError:
        return []
    found = told.get(key) if key and isinstance(told, dict) else told
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
