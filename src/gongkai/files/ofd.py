"""OFD 文件（GB/T 33190-2016）：its text in reading order, and what it carries besides."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.errors import Unreadable
from gongkai.files.hidden import Hidden, What, shown
from gongkai.files.packages import Package, local
from gongkai.files.reading import Reading

if TYPE_CHECKING:
    from lxml.etree import _Element

_ABOUT = {"Author": "作者", "Subject": "主题", "Abstract": "摘要", "Keyword": "关键词"}


def read(data: bytes) -> Reading:
    """读 OFD：every document of the package; raises Unreadable for one without pages."""
    package = Package(data)
    hidden: list[Hidden] = []
    pages: list[str] = []
    for body in package.xml("OFD.xml").iter("{*}DocBody"):
        root = _said(body, "DocRoot")
        if not root:
            raise Unreadable("OFD 文件没有正文（DocRoot）。")
        hidden.extend(_about(body))
        root = root.lstrip("/")
        for page in _pages(package, root):
            text, unseen = _page(package.xml(page))
            pages.append(text)
            if unseen:
                hidden.append(Hidden(What.HIDDEN_TEXT, page, shown(unseen)))
        hidden.extend(_besides(package, root))
    if not pages:
        raise Unreadable("OFD 文件里一页也没有。")
    facts = {"pages": len(pages)}
    return Reading(text="\n".join(pages), hidden=hidden, facts=facts, signed=package.signed)


def _said(element: _Element, name: str) -> str:
    found = next(element.iter(f"{{*}}{name}"), None)
    return "" if found is None else (found.text or "").strip()


def _about(body: _Element) -> Iterator[Hidden]:
    for name, label in _ABOUT.items():
        if said := _said(body, name):
            yield Hidden(What.METADATA, label, shown(said))
    for one in body.iter("{*}CustomData"):
        if said := (one.text or "").strip():
            yield Hidden(What.METADATA, f"自定义属性“{one.get('Name', '')}”", shown(said))
    for one in body.iter("{*}Version"):
        if one.get("Current") not in {"true", "1"}:
            yield Hidden(What.EARLIER, "版本", one.get("BaseLoc", one.get("ID", "")))


def _pages(package: Package, root: str) -> Iterator[str]:
    document = package.xml(root)
    for pages in document.iter("{*}Pages"):
        for page in pages:
            if local(page) == "Page":
                yield _inside(root, page.get("BaseLoc", ""))


def _inside(root: str, place: str) -> str:
    if place.startswith("/"):
        return place.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(root), place))


def _page(root: _Element) -> tuple[str, str]:
    """The visible text of a page, a line where the baseline moves; and the invisible."""
    lines: list[str] = []
    unseen: list[str] = []
    top = None
    for one in root.iter("{*}TextObject"):
        words = "".join(code.text or "" for code in one.iter("{*}TextCode"))
        if one.get("Visible") in {"false", "0"} or one.get("Alpha") == "0":
            unseen.append(words)
            continue
        box = one.get("Boundary", "").split()
        here = _number(box[1]) if len(box) == 4 else None
        height = _number(box[3]) if len(box) == 4 else 0.0
        if lines and here is not None and top is not None and abs(here - top) <= height / 2:
            lines[-1] += words
        else:
            lines.append(words)
        top = here
    return "\n".join(lines), "".join(unseen)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _besides(package: Package, root: str) -> Iterator[Hidden]:
    document = package.xml(root)
    if listing := _said(document, "Attachments"):
        for one in package.xml(_inside(root, listing)).iter("{*}Attachment"):
            yield Hidden(What.EMBEDDED, "附件", one.get("Name", ""))
    if listing := _said(document, "Annotations"):
        place = _inside(root, listing)
        for page in package.xml(place).iter("{*}Page"):
            part = _inside(place, _said(page, "FileLoc"))
            for one in package.xml(part).iter("{*}Annot"):
                words = "".join(map(str, one.itertext()))
                yield Hidden(What.COMMENT, "注释", shown(f"{one.get('Creator', '')}：{words}"))
    for action in document.iter("{*}URI"):
        if (target := action.get("URI", "")).lower().startswith("javascript:"):
            yield Hidden(What.SCRIPT, "动作", shown(target))
