"""文件页面的内容：what the page of a document shows; portal, preview and prints agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from gongkai.documents.body.outline import Heading, headings
from gongkai.documents.elsewhere import Link as Elsewhere
from gongkai.documents.elsewhere import elsewhere
from gongkai.documents.kinds import KINDS, Kind
from gongkai.documents.life import Life
from gongkai.documents.models import Column, Document, DocumentFile, Relation, Version
from gongkai.documents.queries import visible
from gongkai.documents.states import Link, Validity
from gongkai.files.kinds import Kind as FileKind
from gongkai.organs.models import Staff
from gongkai.theme.prepared import Prepared

_COLUMNS = (
    *("id", "kind", "title", "issuer", "number", "index_number", "genre", "topic", "keywords"),
    *("summary", "audience", "basis", "formed_on", "effective_on", "valid_to", "ended_on"),
    *("ended_as", "amended_on", "attribute", "state", "issued_at", "edition", "caption"),
    *("source_url", "organ_id", "demo"),
)

#: What takes a row of its own however short it is.
_LONG = frozenset({"标题", "制定依据", "适用对象", "关键词"})
#: Before publication the preview says when each of these will be there.
_TO_COME = {
    "索引号": "发布时编制",
    "成文日期": "签发时确定",
    "发文字号": "签发后编号",
    "发布日期": "发布时确定",
    "有效性": "发布后按日期确定",
}


#: 页面标签 of a document that stands in no column: it is in the catalogue all the same.
_CATALOGUE = {
    "name": "政府信息公开目录",
    "description": "政府信息公开目录",
    "keywords": "目录",
    "type": "信息公开目录",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """元数据的一格：its name and value; ``wide`` takes the whole row, ``muted`` is yet to come."""

    name: str
    value: Any
    wide: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """相关文件：the words for the relation and the other document."""

    label: str
    id: int
    title: str
    number: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """更正、修改的痕迹：what the public is told of a newer version."""

    number: int
    label: str
    reason: str
    at: Any


@dataclass(frozen=True, slots=True)
class Attached:
    """附件：its permanent address, its name, the word for its kind, its size in bytes."""

    url: str
    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Shown:
    """文件页面：the row, its text, and everything around it; dates make the validity of today."""

    row: dict[str, Any]
    html: str
    kind: Kind
    validity: Validity
    organ: str
    columns: list[list[Any]]
    related: list[Related]
    changes: list[Change]
    files: list[Attached]
    elsewhere: list[Elsewhere]

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """元数据：in the national order; what is empty is left out, but for the first eight.

        Of a reprint it says who made it and who shows it; it has no index of ours to be missing.
        """
        row = self.row
        first = [
            ("索引号", row["index_number"]),
            ("主题分类", row["topic"]),
            ("制定机关" if self.kind.reprint else "发文机关", row["issuer"] or self.organ),
            ("成文日期", row["formed_on"]),
            ("标题", row["title"]),
            ("发文字号", row["number"]),
            ("发布日期", timezone.localdate(row["issued_at"]) if row["issued_at"] else None),
            ("有效性", self.validity.label if self.kind.lives else ""),
        ]
        more = [
            ("公文种类", row["genre"]),
            ("施行日期", row["effective_on"]),
            ("有效期至", row["valid_to"]),
            ("废止日期" if row["ended_as"] == Validity.REPEALED else "失效日期", row["ended_on"]),
            ("制定依据", row["basis"]),
            ("适用对象", row["audience"]),
            ("关键词", row["keywords"]),
            ("转载单位", self.organ if self.kind.reprint else ""),
        ]
        optional = {"有效性", "索引号", "发文字号"} if self.kind.reprint else {"有效性"}
        return [fact for fact in first if fact[1] or fact[0] not in optional] + [
            fact for fact in more if fact[1]
        ]

    @property
    def published(self) -> bool:
        """Whether it has ever been before the public; until then it has no validity to show."""
        return self.row["issued_at"] is not None

    @property
    def cells(self) -> list[Cell]:
        """元数据表：two short facts a row, a long one by itself; none is left with half a row."""
        found: list[Cell] = []
        open_half = False
        for name, value in self.facts:
            cell = self._cell(name, value)
            if cell.wide and open_half:
                found[-1] = replace(found[-1], wide=True)
            open_half = not cell.wide and not open_half
            found.append(cell)
        if open_half:
            found[-1] = replace(found[-1], wide=True)
        return found

    def _cell(self, name: str, value: Any) -> Cell:
        numbered = name != "发文字号" or self.kind.numbered
        waits = not value or name == "有效性"
        if not self.published and waits and numbered and name in _TO_COME:
            return Cell(name, _TO_COME[name], muted=True)
        return Cell(name, value, wide=name in _LONG)

    @property
    def headings(self) -> list[Heading]:
        """目次：of a text long enough to need one."""
        found = [heading for heading in headings(self.html) if heading.level < 4]
        return found if len(found) > 4 else []

    @property
    def body(self) -> str:
        """正文：as the page carries it; a wide table scrolls by itself, also by keyboard."""
        return self.html.replace(
            "<table>", '<div class="table-scroll" tabindex="0" role="group"><table>'
        ).replace("</table>", "</table></div>")

    @property
    def home(self) -> list[Any]:
        """位置：the way from the top to the first column it stands in."""
        return self.columns[0] if self.columns else []


def show(pk: int, *, to: Staff | None = None) -> Shown | None:
    """文件页面：for the public, or for a member of the staff on the desk; None if not for him."""
    found = _PUBLIC(pk) if to is None else list(_wanted(pk, to))
    if not found:
        return None
    row = dict(zip(_SHOWN, found[0], strict=True))
    life = Life(*(row[name] for name in Life.__slots__))
    kind = KINDS[row["kind"]]
    return Shown(
        row=row,
        html=row["html"] or "",
        kind=kind,
        validity=life.on(timezone.localdate()) if kind.lives else Validity.NONE,
        organ=row["organ_name"],
        columns=_columns(pk),
        related=_related(pk),
        changes=_changes(pk) if row["edition"] > 1 else [],
        files=_files(pk),
        elsewhere=elsewhere(kind.code, pk),
    )


def _wanted(pk: int, to: Staff | None = None) -> QuerySet[Document, Any]:
    text = Version.objects.filter(document=OuterRef("pk"), number=OuterRef("edition"))
    return (
        Document.objects.filter(visible(to), pk=pk)
        .annotate(html=Subquery(text.values("html")[:1]), organ_name=F("organ__name"))
        .values_list(*_SHOWN)
    )


_SHOWN = (*_COLUMNS, "html", "organ_name")
_PUBLIC = Prepared(_wanted)
_STANDING = Prepared(
    lambda pk: (
        Column.objects.filter(placements__document=pk)
        .order_by("path")
        .values_list(*("id", "name", "path", "description", "tags", "type", "placements__direct"))
    )
)
_RELATED = Prepared(
    lambda pk: (
        Relation.objects.filter(
            Q(source=pk) & visible(prefix="target__") | Q(target=pk) & visible(prefix="source__")
        )
        .order_by("link", "pk")
        .values_list(
            *("link", "on", "source_id", "source__title", "source__number"),
            *("target_id", "target__title", "target__number"),
        )
    )
)
_CHANGED = Prepared(
    lambda pk: (
        Version.objects.filter(document=pk, why__in=(Version.Why.CORRECTION, Version.Why.AMENDMENT))
        .order_by("-number")
        .values_list("number", "why", "reason", "at")
    )
)
_ATTACHED = Prepared(
    lambda pk: (
        DocumentFile.objects.filter(document=pk, role=DocumentFile.Role.ATTACHMENT)
        .order_by("order", "pk")
        .values_list("pk", "title", "name", "blob__kind", "blob__size")
    )
)


def _files(pk: int) -> list[Attached]:
    return [
        Attached(
            reverse("documents:file", args=[pk, key]),
            title or name,
            str(FileKind(kind).label),
            size,
        )
        for key, title, name, kind, size in _ATTACHED(pk)
    ]


def _columns(pk: int) -> list[list[Any]]:
    """For each column the document stands in, the way down to it."""
    rows = _STANDING(pk)
    known = {
        key: {"id": key, "name": name, "description": description, "tags": tags, "type": type_}
        for key, name, _, description, tags, type_, _ in rows
    }
    ways = []
    for _, _, path, *_, direct in rows:
        if direct:
            keys = [int(part) for part in path.strip("/").split("/")]
            ways.append([known[key] for key in keys if key in known])
    return ways


def _related(pk: int) -> list[Related]:
    """Both ways; of the other document only what the public may see."""
    found = []
    for link, on, source, source_title, source_number, target, title, number in _RELATED(pk):
        if source == pk:
            found.append(Related(str(Link(link).label), target, title, number, on))
        else:
            found.append(Related(Link(link).passive, source, source_title, source_number, on))
    return found


def _changes(pk: int) -> list[Change]:
    return [
        Change(number, str(Version.Why(why).label), reason, at)
        for number, why, reason, at in _CHANGED(pk)
    ]


def at_the_desk(shown: Shown) -> Shown:
    """预览：pictures and attachments from the desk; their public addresses do not open yet."""
    public = f'"{document_url(shown.row["id"])}files/'
    files = [replace(file, url=f"/desk{file.url}") for file in shown.files]
    return replace(shown, html=shown.html.replace(public, f'"/desk{public[1:]}'), files=files)


def context_of(shown: Shown) -> dict[str, Any]:
    """页面内容：what the template of a document is given, on the portal and in the preview."""
    home = shown.home
    return {
        "shown": shown,
        "document": shown.row,
        "crumbs": [
            {"label": "首页", "url": "/"},
            *(
                {"label": step["name"], "url": reverse("documents:column", args=[step["id"]])}
                for step in home
            ),
            {"label": "正文", "url": ""},
        ],
        "tag_column": home[-1] | {"keywords": home[-1]["tags"]} if home else _CATALOGUE,
        "tag_article": {
            "title": shown.row["title"],
            "pub_date": shown.row["issued_at"] or timezone.now(),
            "source": shown.row["issuer"] or shown.organ,
            "keywords": shown.row["keywords"],
            "description": shown.row["summary"] or shown.row["title"],
            "author": shown.row["issuer"] or shown.organ,
            "url": document_url(shown.row["id"]),
        },
    }


#: 有效性：the word and the colour of each; nothing for what has none.
VALIDITIES = {v.value: {"label": str(v.label), "tone": v.tone} if v else None for v in Validity}


def lines(rows: Iterable[Mapping[str, Any]], prefix: str = "") -> list[dict[str, Any]]:
    """列表的行：address, title, number, validity and day of each, ready to be printed.

    A list is asked for more often than anything else; what can be computed here is not left to
    the template. ``prefix`` leads to the document (``"document__"``).
    """
    return [
        {
            "url": SafeString(document_url(row["document" if prefix else "id"])),
            "title": row[f"{prefix}title"],
            "number": row[f"{prefix}number"],
            "validity": VALIDITIES[row[f"{prefix}validity"]],
            "day": SafeString(day_of(row["issued_at"])),
        }
        for row in rows
    ]


def document_url(pk: int) -> str:
    """文件的永久地址：the same as ``reverse``, asked once."""
    return _address().replace("/0/", f"/{pk}/")


@cache
def _address() -> str:
    return reverse("documents:document", args=[0])


def day_of(moment: datetime | None) -> str:
    """某时刻的日期：2025-03-03."""
    return timezone.localtime(moment).date().isoformat() if moment else ""
