"""读Word文档：the signed-off DOCX as clean, semantic HTML, with its pictures beside it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import Any

from gongkai.documents.body.clean import settle
from gongkai.documents.body.numbering import NAMESPACE, write_out
from gongkai.errors import Unreadable

_W = f"{{{NAMESPACE}}}"
#: Headings by Word's own styles in either language; the document's title is not repeated.
_STYLES = """
p[style-name='Title'] => h2:fresh
p[style-name='标题'] => h2:fresh
p[style-name='heading 1'] => h2:fresh
p[style-name='heading 2'] => h3:fresh
p[style-name='heading 3'] => h4:fresh
p[style-name='heading 4'] => h4:fresh
p[style-name='centred'] => p.centred:fresh
u => u
"""
_MOST_PICTURE = 20 * 1024 * 1024
_PICTURES = {"image/png", "image/jpeg", "image/gif"}


@dataclass(frozen=True, slots=True)
class Picture:
    """图片：its place in the text is ``mark``, to be replaced by an address once it is stored."""

    mark: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """读出的正文：HTML with marks for pictures, the pictures, and what was left behind."""

    html: str
    pictures: list[Picture] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_word(data: bytes, name: str = "正文.docx") -> Reading:
    """读DOCX：headings, numbered paragraphs, tables, pictures; raises Unreadable in words."""
    import mammoth  # type: ignore[import-untyped]

    from gongkai.screening.source import check_claim

    check_claim(data, name if name.lower().endswith(".docx") else f"{name}.docx")
    prepared = _prepared(data, name)
    pictures: list[Picture] = []
    warnings: list[str] = []

    @mammoth.images.img_element  # type: ignore[untyped-decorator]
    def kept(image: Any) -> dict[str, str]:
        with image.open() as stream:
            content = stream.read(_MOST_PICTURE + 1)
        if image.content_type not in _PICTURES or len(content) > _MOST_PICTURE:
            warnings.append("有一张图片的格式网页不能显示或者过大，未带入正文，请作为附件上传")
            return {}
        mark = f"/documents/0/files/{len(pictures) + 1}/"
        ending = image.content_type.partition("/")[2].replace("jpeg", "jpg")
        pictures.append(Picture(mark, f"图{len(pictures) + 1}.{ending}", content))
        return {"src": mark, "alt": image.alt_text or f"图{len(pictures)}"}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(prepared), style_map=_STYLES, convert_image=kept, id_prefix="w"
        )
    except Exception as problem:  # mammoth has no errors of its own: whatever breaks, breaks here
        raise Unreadable(
            f"“{name}”的内容已经残缺，读不出来；请在Word里另存一份再上传。"
        ) from problem
    html = result.value.replace(' class="centred"', ' align="center"')
    return Reading(settle(html), pictures, warnings)


def _prepared(data: bytes, name: str) -> bytes:
    """The package with its automatic numbers written out and its centred lines named."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            names = set(source.namelist())
            if "word/document.xml" not in names:
                raise Unreadable(f"“{name}”不是Word文档。")
            parts = {
                part: etree.fromstring(source.read(f"word/{part}.xml"), parser)
                for part in ("document", "numbering", "styles")
                if f"word/{part}.xml" in names
            }
            write_out(parts["document"], parts.get("numbering"), parts.get("styles"))
            _name_centred(parts["document"], parts.get("styles"))
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
                for part in source.namelist():
                    key = part.removeprefix("word/").removesuffix(".xml")
                    if part == f"word/{key}.xml" and key in parts:
                        target.writestr(part, etree.tostring(parts[key]))
                    else:
                        target.writestr(part, source.read(part))
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError) as problem:
        raise Unreadable(
            f"“{name}”的内容已经残缺，读不出来；请在Word里另存一份再上传。"
        ) from problem
    return out.getvalue()


def _name_centred(document: Any, styles: Any | None) -> None:
    """Centred lines without a style of their own get one, for mammoth sees styles alone."""
    if styles is None:
        return
    style = styles.makeelement(f"{_W}style", {f"{_W}type": "paragraph", f"{_W}styleId": "Centred0"})
    label = style.makeelement(f"{_W}name", {f"{_W}val": "centred"})
    style.append(label)
    styles.append(style)
    for alignment in document.iter(f"{_W}jc"):
        properties = alignment.getparent()
        if alignment.get(f"{_W}val") != "center" or properties.tag != f"{_W}pPr":
            continue
        if properties.find(f"{_W}pStyle") is None:
            named = properties.makeelement(f"{_W}pStyle", {f"{_W}val": "Centred0"})
            properties.insert(0, named)
