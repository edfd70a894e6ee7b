"""归档包：everything of an application in one ZIP, the same bytes however often it is made.

The catalogue of the volume, the papers as PDF, every file under a number, the record as JSON,
and the SHA-256 of each in the form ``sha256sum -c`` reads.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from gongkai.applications import records, showing
from gongkai.applications.actions.papers import as_letter, composed
from gongkai.applications.clock import standing_of
from gongkai.applications.letters.printing import pdf, sheet
from gongkai.applications.models import (
    Application,
    Attachment,
    Draft,
    DraftFile,
    Paper,
    Service,
)
from gongkai.applications.states import Attached
from gongkai.errors import NotAllowed
from gongkai.trail.models import Step

CATALOGUE = "00 卷内目录.pdf"
LISTING = "catalogue.json"
SUMS = "SHA256SUMS"
STEPS = "记录/steps.json"
EVENTS = "记录/events.json"
RECORD = "记录/record.json"
#: Every entry of the ZIP bears this moment: when it was made is told by the trail.
_MOMENT = (1980, 1, 1, 0, 0, 0)
#: Not part of the record: what was typed before the request was one.
_LEFT_OUT = (Draft, DraftFile, Attachment)


@dataclass(frozen=True, slots=True)
class Item:
    """卷内文件：its place in the volume, what it is, and where it stands on record."""

    title: str
    number: str
    on: date
    #: ``paper:12``, ``attachment:5``; blank for what the archive makes of the record.
    source: str
    suffix: str

    def name(self, place: int) -> str:
        """包内文件名：numbered, so that a list by name is the catalogue."""
        plain = "".join("_" if one in '/\\:*?"<>|' else one for one in self.title)
        return f"{place:02} {plain[:80].strip()}{self.suffix}"


@dataclass(frozen=True, slots=True)
class Basis:
    """归档的依据：what was on record when the package was made; nothing may come between."""

    step: int
    papers: tuple[int, ...]
    files: tuple[int, ...]

    @classmethod
    def of(cls, application: Application) -> Basis:
        """As it is now."""
        newest = Step.objects.of(application).order_by("-number").values_list("number", flat=True)
        return cls(
            newest.first() or 0,
            tuple(_papers(application).values_list("pk", flat=True)),
            tuple(_files(application).values_list("pk", flat=True)),
        )


@dataclass(frozen=True, slots=True)
class Package:
    """归档包：its bytes, their SHA-256, and what it was made of."""

    content: bytes
    basis: Basis

    @property
    def sha256(self) -> str:
        """校验值。"""
        return hashlib.sha256(self.content).hexdigest()


def _papers(application: Application) -> Any:
    return application.papers.filter(state=Paper.State.FIXED).order_by("dated_on", "pk")


def _files(application: Application) -> Any:
    return application.attachments.exclude(sort=Attached.ARCHIVE).order_by("order", "pk")


def items(application: Application) -> list[Item]:
    """卷内目录：what goes into the volume, in order; for the preview as well."""
    closed = application.closed_on or timezone.localdate()
    found = [
        Item("政府信息公开申请表", "", application.arrived_on, "form:1", ".pdf"),
        Item("政府信息公开申请登记表", application.number, application.received_on, "form:2",
             ".pdf"),
    ]  # fmt: skip
    found += [
        Item(paper.title, paper.number, paper.dated_on, f"paper:{paper.pk}", ".pdf")
        for paper in _papers(application)
    ]
    if Service.objects.filter(paper__in=_papers(application)).exists():
        found.append(Item("送达情况", "", closed, "form:services", ".pdf"))
    found.append(Item("期限说明", "", closed, "form:clock", ".pdf"))
    found += [_attached(file) for file in _files(application).select_related("blob", "paper")]
    return found


def _attached(file: Attachment) -> Item:
    name = PurePosixPath(file.name)
    title = f"{file.get_sort_display()} {name.stem}"
    number = file.paper.number if file.paper else ""
    on = timezone.localtime(file.added_at).date()
    return Item(title, number, on, f"attachment:{file.pk}", name.suffix or file.blob.suffix)


def package(application: Application) -> Package:
    """生成归档包。Raises NotInstalled without Chinese fonts, OSError for a file that is lost."""
    basis = Basis.of(application)
    listed = items(application)
    out = io.BytesIO()
    sums: dict[str, str] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, content: bytes) -> None:
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            info.external_attr = 0o600 << 16
            archive.writestr(info, content)
            sums[name] = hashlib.sha256(content).hexdigest()

        put(CATALOGUE, _catalogue(application, listed))
        for place, item in enumerate(listed, 1):
            put(item.name(place), _content(application, item))
        for name, told in _record(application):
            put(name, _json(told))
        put(LISTING, _json(_listing(application, listed, sums)))
        put(SUMS, "".join(f"{value}  {name}\n" for name, value in sums.items()).encode())
    if Basis.of(application) != basis:
        raise NotAllowed("生成归档包的时候办理记录又有了变化，请重新归档。")
    return Package(out.getvalue(), basis)


def _content(application: Application, item: Item) -> bytes:
    kind, _, key = item.source.partition(":")
    if kind == "paper":
        return pdf(as_letter(application.papers.select_related("application__organ").get(pk=key)))
    if kind == "attachment":
        with application.attachments.select_related("blob").get(pk=key).blob.open() as file:
            content: bytes = file.read()
            return content
    if key == "services":
        return sheet("送达情况", f"{application.organ}", _services(application), item.on)
    if key == "clock":
        return sheet("期限说明", f"{application.organ}", _clock(application), item.on)
    made, _ = composed(application, int(key), on=item.on, paper_no=application.number)
    return pdf(made)


def _catalogue(application: Application, listed: list[Item]) -> bytes:
    head = ["序号", "文书（材料）名称", "编号", "日期"]
    rows = [[f"{n}", one.title, one.number, f"{one.on}"] for n, one in enumerate(listed, 1)]
    told = [f"申请编号：{application.number}", f"所需信息：{application.subject}",
            f"受理机关：{application.organ}", *_table(head, rows)]  # fmt: skip
    on = application.closed_on or timezone.localdate()
    return sheet("卷内目录", f"{application.organ}", told, on)


def _services(application: Application) -> list[str]:
    head = ["文书", "方式", "发出", "邮件号码", "签收", "签收人", "说明"]
    went = Service.objects.filter(paper__in=_papers(application)).select_related("paper")
    rows = [
        [one.paper.number or one.paper.title, one.get_way_display(), one.sent_on, one.tracking,
         one.signed_on or "", one.receiver,
         one.note or (f"{one.failed_on}退回" if one.failed_on else "")]
        for one in went.order_by("sent_on", "pk")
    ]  # fmt: skip
    return _table(head, rows)


def _clock(application: Application) -> list[str]:
    """期限说明：day by day in stretches, why each counts or not, and on what it rests."""
    standing = standing_of(application, asof=application.closed_on)
    told = [f"申请编号：{application.number}", f"期限依据：{standing.article}"]
    days = (("到达日期", application.arrived_on), ("收到日期", standing.day0),
            ("原期限", standing.original_due), ("答复期限", standing.due),
            ("答复日期", standing.answered_on))  # fmt: skip
    told += [f"{name}：{day}" for name, day in days if day]
    told += [f"提示：{flag}" for flag in standing.flags]
    head = ["起", "止", "情形", "计入（日）", "说明", "依据"]
    rows = [
        [part.first, part.last, part.word, part.counted, part.note, part.basis]
        for part in showing.stretches(standing)
    ]
    return [*told, *_table(head, rows)]


def _table(head: list[str], rows: list[list[Any]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows] if rows else []
    return [f"| {' | '.join(map(_cell, line))} |" for line in lines]


def _cell(value: Any) -> str:
    return " ".join(str(value).replace("|", "｜").split())


def _record(application: Application) -> Iterator[tuple[str, Any]]:
    yield (
        EVENTS,
        [
            {**row.as_json(), "struck": row.struck_at, "why": row.struck_why}
            for row in application.events.order_by("on", "pk")
        ],
    )
    steps = Step.objects.of(application).order_by("number")
    yield STEPS, [{**step.content(), "seal": step.seal} for step in steps]
    own = {name: value for name, value in records.told(application).items() if name != "code"}
    tables: dict[str, list[Any]] = {}
    for row in records.rows_of(application):
        if not isinstance(row, _LEFT_OUT):
            tables.setdefault(row._meta.model_name or "", []).append(records.told(row))
    yield RECORD, {"application": own, **tables}


def _listing(application: Application, listed: list[Item], sums: dict[str, str]) -> dict[str, Any]:
    return {
        "number": application.number,
        "organ": f"{application.organ}",
        "subject": application.subject,
        "closed_on": application.closed_on,
        "items": [
            {
                "place": place,
                "file": item.name(place),
                "title": item.title,
                "number": item.number,
                "on": item.on,
                "source": item.source,
                "sha256": sums[item.name(place)],
            }
            for place, item in enumerate(listed, 1)
        ],
    }


def _json(told: Any) -> bytes:
    return json.dumps(
        told, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, indent=1
    ).encode()
