"""压缩包里的部件：the XML parts of DOCX, XLSX, PPTX and OFD, read without following anything."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from gongkai.errors import Unreadable
from gongkai.files.hidden import Hidden, What, shown

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Properties that name a tool and no person: left out of what is reported.
_TOOLS = {
    "KSOProductBuildVer",
    "ICV",
    "KSOTemplateUUID",
    "KSOReadingLayout",
    "KSOTemplateDocerSaveRecord",
}
_PROPERTIES = {
    "creator": "作者",
    "lastModifiedBy": "最后修改者",
    "Company": "单位",
    "Manager": "主管",
    "Template": "模板",
    "HyperlinkBase": "链接基址",
    "description": "备注",
    "keywords": "关键词",
}
_STOCK_TEMPLATES = {"", "Normal", "Normal.dotm", "Normal.dot", "Normal.wpt"}
_STOCK_PEOPLE = {
    "",
    "python-docx",
    "openpyxl",
    "Microsoft Office User",
    "Apache POI",
    "Administrator",
}


class Package:
    """部件包：``parts`` by name; XML is parsed with entities, network and giants switched off.

    Raises Unreadable for bytes that are no archive.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError) as problem:
            raise Unreadable("文件已经残缺，打不开；请重新取得原件。") from problem
        self.parts = self._archive.namelist()

    def read(self, part: str) -> bytes:
        """The bytes of a part; raises Unreadable when it is missing or damaged."""
        try:
            return self._archive.read(part)
        except (KeyError, zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError) as problem:
            raise Unreadable(f"文件里缺少部件“{part}”，或者它已经残缺。") from problem

    def xml(self, part: str) -> _Element:
        """The root of an XML part; raises Unreadable."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(self.read(part), parser)
        except etree.XMLSyntaxError as problem:
            raise Unreadable(f"文件里的部件“{part}”已经残缺。") from problem

    def named(self, start: str, end: str = ".xml") -> list[str]:
        """Parts by how their names begin and end, in natural order: sheet2 before sheet10."""
        found = [part for part in self.parts if part.startswith(start) and part.endswith(end)]
        return sorted(found, key=lambda part: (len(part), part))

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """关系：id → (kind, target) of a part; targets inside are full names of parts."""
        folder, name = posixpath.split(part)
        rels = f"{folder}/_rels/{name}.rels".lstrip("/")
        if rels not in self.parts:
            return {}
        found = {}
        for one in self.xml(rels):
            target = one.get("Target", "")
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], target)
        return found

    @cached_property
    def signed(self) -> bool:
        """带有电子签名或者签章：changing the file would break it."""
        return any(
            part.startswith("_xmlsignatures/") or part.rpartition("/")[2] == "Signatures.xml"
            for part in self.parts
        )


def local(element: _Element) -> str:
    """The name of an element without its namespace; comments and instructions have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str | None:
    """An attribute by its local name, whatever its namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def office_secrets(package: Package) -> Iterator[Hidden]:
    """隐藏信息：what any Office file of today may carry, whatever its kind."""
    for part in package.parts:
        folder, _, name = part.rpartition("/")
        if name.lower() == "vbaproject.bin" or folder.endswith("/macrosheets"):
            yield Hidden(What.MACRO, part, name)
        elif folder.endswith(("/embeddings", "/activeX")) and not name.endswith(".rels"):
            yield Hidden(What.EMBEDDED, part, name)
        elif part.startswith("docProps/thumbnail"):
            yield Hidden(What.THUMBNAIL, part, name)
    yield from _links(package)
    yield from _properties(package)


def _links(package: Package) -> Iterator[Hidden]:
    """What the file would fetch from elsewhere when opened: templates, pictures, workbooks."""
    for part in package.named("", ".rels"):
        for one in package.xml(part):
            kind = one.get("Type", "").rpartition("/")[2]
            if one.get("TargetMode") != "External" or kind == "hyperlink":
                continue
            if kind == "attachedTemplate" and _stock(one.get("Target", "")):
                continue
            yield Hidden(
                What.LINK,
                part.replace("_rels/", "").removesuffix(".rels"),
                shown(one.get("Target", "")),
            )


def _stock(template: str) -> bool:
    return (
        template.replace("\\", "/").rpartition("/")[2] in _STOCK_TEMPLATES and "/" not in template
    )


def _properties(package: Package) -> Iterator[Hidden]:
    for part in ("docProps/core.xml", "docProps/app.xml"):
        if part not in package.parts:
            continue
        for one in package.xml(part):
            label, said = _PROPERTIES.get(local(one)), (one.text or "").strip()
            if label and said not in _STOCK_TEMPLATES | _STOCK_PEOPLE:
                yield Hidden(What.METADATA, label, shown(said))
    if "docProps/custom.xml" in package.parts:
        for one in package.xml("docProps/custom.xml"):
            name, said = one.get("name", ""), "".join(map(str, one.itertext())).strip()
            if said and name not in _TOOLS:
                yield Hidden(What.METADATA, f"自定义属性“{name}”", shown(said))
