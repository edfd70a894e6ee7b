"""Word 文档：its text as a reader sees it, and what the reader does not see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.files.hidden import Hidden, What, shown
from gongkai.files.packages import Package, attribute, local, office_secrets
from gongkai.files.reading import Reading

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_PLACES = {
    "document": "正文",
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
}
_GONE = {"del", "moveFrom", "Fallback", "instrText", "delText"}
_CHANGES = {
    "ins": "增加",
    "moveTo": "移来",
    "del": "删除",
    "moveFrom": "移走",
    "rPrChange": "字体改动",
    "pPrChange": "段落改动",
    "tblPrChange": "表格改动",
    "sectPrChange": "版面改动",
    "cellIns": "增加单元格",
    "cellDel": "删除单元格",
}
_OFF = {"0", "false", "off"}


def read(data: bytes) -> Reading:
    """读 Word 文档：raises Unreadable for a part that is missing or broken."""
    package = Package(data)
    stories = [
        (_PLACES[story], package.xml(part))
        for story in _PLACES
        for part in package.named(f"word/{story}")
        if part.removeprefix(f"word/{story}").removesuffix(".xml").isdigit()
        or part == f"word/{story}.xml"
    ]
    buried = _buried_styles(package)
    hidden: list[Hidden] = []
    for place, root in stories:
        hidden.extend(_tracked(place, root))
        hidden.extend(_invisible(place, root, buried))
    hidden.extend(_comments(package))
    hidden.extend(office_secrets(package))
    text = "\n".join(filter(None, (_text(root, buried) for _, root in stories)))
    return Reading(text=text, hidden=hidden, signed=package.signed)


def _text(root: _Element, buried: frozenset[str]) -> str:
    lines: list[str] = []
    for paragraph in _all(root, "p"):
        line: list[str] = []
        for run in _runs(paragraph):
            if not _vanishes(run, buried):
                line.extend(_characters(run))
        lines.append("".join(line).rstrip())
    return "\n".join(lines).strip("\n")


def _all(root: _Element, *names: str) -> Iterator[_Element]:
    yield from root.iter(*(space + name for space in (_W, _STRICT) for name in names))


def _runs(paragraph: _Element) -> Iterator[_Element]:
    """The runs of this paragraph that stand, in order; not those of a text box inside it."""
    for child in paragraph:
        name = local(child)
        if name == "r":
            yield child
        elif name not in _GONE and name != "p":
            yield from _runs(child)


def _characters(run: _Element) -> Iterator[str]:
    for child in run:
        match local(child):
            case "t":
                yield child.text or ""
            case "tab" | "ptab":
                yield "\t"
            case "br" | "cr":
                yield "\n"
            case "noBreakHyphen":
                yield "-"


def _on(properties: _Element | None, name: str) -> bool:
    if properties is None:
        return False
    return any(
        local(one) == name and (attribute(one, "val") or "1") not in _OFF for one in properties
    )


def _child(element: _Element, name: str) -> _Element | None:
    return next((child for child in element if local(child) == name), None)


def _buried_styles(package: Package) -> frozenset[str]:
    """Styles that hide what is set in them."""
    if "word/styles.xml" not in package.parts:
        return frozenset()
    return frozenset(
        attribute(style, "styleId") or ""
        for style in _all(package.xml("word/styles.xml"), "style")
        if _on(_child(style, "rPr"), "vanish")
    )


def _vanishes(run: _Element, buried: frozenset[str]) -> bool:
    properties = _child(run, "rPr")
    if properties is not None:
        vanish = _child(properties, "vanish")
        if vanish is not None:
            return (attribute(vanish, "val") or "1") not in _OFF
        style = _child(properties, "rStyle")
        if style is not None and attribute(style, "val") in buried:
            return True
    if not buried:
        return False
    paragraph = next((up for up in run.iterancestors() if local(up) == "p"), None)
    about = None if paragraph is None else _child(paragraph, "pPr")
    style = None if about is None else _child(about, "pStyle")
    return style is not None and attribute(style, "val") in buried


def _white(run: _Element) -> bool:
    """White on white: no shading behind the run, its paragraph, its cell, and no text box fill."""
    properties = _child(run, "rPr")
    colour = None if properties is None else _child(properties, "color")
    if colour is None or (attribute(colour, "val") or "").upper() != "FFFFFF":
        return False
    assert properties is not None
    if _child(properties, "highlight") is not None:
        return False
    around = [properties, *(_child(up, f"{local(up)}Pr") for up in run.iterancestors())]
    return not any(
        one is not None and _child(one, "shd") is not None for one in around
    ) and not any(local(up) in {"txbxContent", "sdtContent"} for up in run.iterancestors())


def _invisible(place: str, root: _Element, buried: frozenset[str]) -> Iterator[Hidden]:
    for paragraph in _all(root, "p"):
        vanished = "".join(
            "".join(_characters(run)) for run in _runs(paragraph) if _vanishes(run, buried)
        )
        if vanished.strip():
            yield Hidden(What.HIDDEN_TEXT, place, shown(vanished))
        white = "".join("".join(_characters(run)) for run in _runs(paragraph) if _white(run))
        if white.strip():
            yield Hidden(What.HIDDEN_TEXT, f"{place}（白色文字）", shown(white))


def _tracked(place: str, root: _Element) -> Iterator[Hidden]:
    """One line for each person and sort of change, with what was struck out."""
    counts: Counter[tuple[str, str]] = Counter()
    said: dict[tuple[str, str], list[str]] = {}
    for change in _all(root, *_CHANGES):
        key = (attribute(change, "author") or "佚名", _CHANGES[local(change)])
        counts[key] += 1
        words = "".join(one.text or "" for one in _all(change, "t", "delText"))
        if words:
            said.setdefault(key, []).append(words)
    for (author, what), times in counts.items():
        words = "；".join(said.get((author, what), []))
        yield Hidden(What.TRACKED, place, shown(f"{author}{what} {times} 处：{words}".rstrip("：")))


def _comments(package: Package) -> Iterator[Hidden]:
    for part in package.named("word/comments"):
        for comment in _all(package.xml(part), "comment"):
            words = "".join(one.text or "" for one in _all(comment, "t"))
            author = attribute(comment, "author") or "佚名"
            yield Hidden(What.COMMENT, "批注", shown(f"{author}：{words}"))
