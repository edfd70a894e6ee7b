"""PDF 文件：its text, and what it carries besides the pages."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gongkai.errors import Unreadable
from gongkai.files.hidden import Hidden, What, shown
from gongkai.files.reading import Reading

if TYPE_CHECKING:
    import pikepdf

_INFO = {"/Author": "作者", "/Company": "单位", "/Manager": "主管", "/Keywords": "关键词"}
_STANDARD = {
    *("/Title", "/Subject", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped"),
    *("/SourceModified", "/PTEX.Fullbanner"),
}
_PLAIN_NOTES = {"/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet"}
#: Pages beyond this number are not read.
MOST_PAGES = 3_000

# The library that reads the text keeps global state: one file at a time.
_READING = threading.Lock()


def read(data: bytes) -> Reading:
    """读 PDF：raises Unreadable."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            hidden = [*_properties(pdf), *_notes(pdf), *_attachments(pdf), *_scripts(pdf)]
            hidden += _layers(pdf)
            signed = "/AcroForm" in pdf.Root and bool(_flag(pdf.Root.AcroForm, "/SigFlags") & 1)
            pages = len(pdf.pages)
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError) as problem:
        raise Unreadable("PDF 文件已经残缺，请重新取得原件。") from problem
    hidden += _earlier(data)
    text, covered = _text(data)
    return Reading(text=text, hidden=hidden + covered, facts={"pages": pages}, signed=signed)


def _flag(dictionary: Any, name: str) -> int:
    return int(dictionary.get(name, 0))


def _properties(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    said: dict[str, str] = {}
    for name, value in pdf.docinfo.items():
        if name in _INFO:
            said[_INFO[name]] = str(value).strip()
        elif name not in _STANDARD:
            said[f"自定义属性“{name[1:]}”"] = str(value).strip()
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        creators = metadata.get("dc:creator") or []
        people = [creators] if isinstance(creators, str) else list(creators)
        if people and not said.get("作者"):
            said["作者"] = "、".join(map(str, people))
        if "xmpMM:History" in metadata:
            said["修改历史"] = "记有历次保存的时间和软件"
    for label, words in said.items():
        if words:
            yield Hidden(What.METADATA, label, shown(words))


def _notes(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    for number, page in enumerate(pdf.pages, 1):
        for note in page.obj.get("/Annots", []):
            kind = str(note.get("/Subtype", ""))
            said = shown(f"{note.get('/T', '')}：{note.get('/Contents', '')}".strip("："))
            if kind == "/FileAttachment":
                yield Hidden(What.EMBEDDED, f"第{number}页", said)
            elif kind not in _PLAIN_NOTES:
                yield Hidden(What.COMMENT, f"第{number}页", said or kind[1:])


def _attachments(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    for name in pdf.attachments:
        yield Hidden(What.EMBEDDED, "附件", shown(str(name)))


def _scripts(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    import pikepdf

    for one in pdf.objects:
        if not isinstance(one, pikepdf.Dictionary):
            continue
        for action in _actions(one):
            if "/JS" in action or str(action.get("/S", "")) == "/Launch":
                what = action.get("/JS", action.get("/F", ""))
                said = (
                    what.read_bytes()[:200].decode("utf-8", "replace")
                    if isinstance(what, pikepdf.Stream)
                    else str(what)
                )
                yield Hidden(What.SCRIPT, "动作", shown(said))


def _actions(one: pikepdf.Dictionary) -> Iterator[Any]:
    """An object that is an action, and the actions written straight into it."""
    import pikepdf

    yield one
    for name in ("/OpenAction", "/A"):
        inner = one.get(name)
        if isinstance(inner, pikepdf.Dictionary) and not inner.is_indirect:
            yield inner
    more = one.get("/AA")
    if isinstance(more, pikepdf.Dictionary):
        for inner in more.values():
            if isinstance(inner, pikepdf.Dictionary) and not inner.is_indirect:
                yield inner


def _layers(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    layers = pdf.Root.get("/OCProperties")
    default: Any = None if layers is None else layers.get("/D")
    if layers is None or default is None:
        return
    off = list(default.get("/OFF", []))
    if str(default.get("/BaseState", "")) == "/OFF":
        on = [one.objgen for one in default.get("/ON", [])]
        off = [one for one in layers.get("/OCGs", []) if one.objgen not in on]
    for one in off:
        yield Hidden(What.HIDDEN_LAYER, "图层", shown(str(one.get("/Name", ""))))


def _earlier(data: bytes) -> list[Hidden]:
    """Saved by appending: each round ends in its own mark, and what it replaced is still there.

    A file laid out for the web has one mark more, which points at 0.
    """
    marks = re.findall(rb"startxref\s+(\d+)\s+%%EOF", data)
    rounds = sum(int(place) > 0 for place in marks)
    if rounds < 2:
        return []
    return [Hidden(What.EARLIER, "增量保存", f"先后保存了 {rounds} 次")]


def _text(data: bytes) -> tuple[str, list[Hidden]]:
    import pypdfium2 as pdfium

    pages: list[str] = []
    hidden: list[Hidden] = []
    with _READING:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as problem:
            raise Unreadable("PDF 文件已经残缺，请重新取得原件。") from problem
        try:
            for number in range(min(len(document), MOST_PAGES)):
                page = document[number]
                words = page.get_textpage()
                pages.append(words.get_text_bounded().replace("\r\n", "\n").strip("\n"))
                hidden.extend(
                    Hidden(What.COVERED_TEXT, f"第{number + 1}页", shown(under))
                    for under in _covered(page, words)
                )
                words.close()
                page.close()
        finally:
            document.close()
    return "\n".join(pages), hidden


def _covered(page: Any, words: Any) -> Iterator[str]:
    """Text painted over with a dark box: the box was drawn later, and the text is still there."""
    import pypdfium2.raw as raw

    written: list[tuple[float, float]] = []
    for one in page.get_objects():
        if one.type == raw.FPDF_PAGEOBJ_TEXT:
            left, bottom, right, top = one.get_bounds()
            written.append(((left + right) / 2, (bottom + top) / 2))
        elif one.type == raw.FPDF_PAGEOBJ_PATH and _dark(one.raw):
            left, bottom, right, top = one.get_bounds()
            if right - left < 8 or top - bottom < 5:  # a rule, not a box
                continue
            # A run may be longer than the box: any of it under the box will do.
            if any(bottom <= y <= top for _, y in written):
                under = words.get_text_bounded(left, bottom, right, top).strip()
                if under:
                    yield under


def _dark(path: Any) -> bool:
    import ctypes

    import pypdfium2.raw as raw

    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, mode, stroke) or mode.value == raw.FPDF_FILLMODE_NONE:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(path, red, green, blue, alpha):
        return False
    return alpha.value > 200 and max(red.value, green.value, blue.value) < 64
