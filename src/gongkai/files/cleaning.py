"""清除：the same file without the properties that tell who made it, where and when.

Only what no reader sees is taken away, and that is checked: the text of the cleaned file is
compared with that of the original. What a person must decide (comments, tracked changes, hidden
sheets) stays, and stays reported.
"""

from __future__ import annotations

import io
import zipfile
from typing import Final

from gongkai.errors import NotAllowed, Unreadable
from gongkai.files.images import jpeg_segments, png_chunks
from gongkai.files.kinds import Kind
from gongkai.files.packages import Package, local
from gongkai.files.readers import read

#: Kinds :func:`cleaned` knows.
CLEANABLE: Final = frozenset({Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.PDF, Kind.JPEG, Kind.PNG})

_BLANKED: Final = {
    "docProps/core.xml": {"creator", "lastModifiedBy", "description", "keywords", "category"},
    "docProps/app.xml": {"Company", "Manager", "Template", "HyperlinkBase"},
}
_DROPPED: Final = ("docProps/custom.xml", "docProps/thumbnail.")


def cleaned(data: bytes, kind: Kind) -> bytes:
    """清除文档属性：the cleaned bytes.

    Raises NotAllowed for a kind that cannot be cleaned here and for a file under an electronic
    signature or seal, which any change would break; Unreadable for a damaged one.
    """
    if kind not in CLEANABLE:
        raise NotAllowed(f"{kind.label}不能自动清除，请用原来的软件清除后重新上传。")
    before = read(data, kind)
    if before.signed:
        raise NotAllowed("文件带有电子签名或者签章，改动会使签章失效，没有清除。")
    match kind:
        case Kind.PDF:
            result = _pdf(data)
        case Kind.JPEG:
            result = _jpeg(data)
        case Kind.PNG:
            result = _png(data)
        case _:
            result = _office(data)
    if read(result, kind).text != before.text:
        raise Unreadable("清除以后正文有出入，没有采用；请用原来的软件清除。")
    return result


def _office(data: bytes) -> bytes:
    from lxml import etree

    package = Package(data)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in dict.fromkeys(package.parts):
            if part.startswith(_DROPPED):
                continue
            content = package.read(part)
            if part in {"[Content_Types].xml", "_rels/.rels", *_BLANKED}:
                root = package.xml(part)
                for one in list(root):
                    points_at = (one.get("PartName") or one.get("Target") or "").lstrip("/")
                    if points_at.startswith(_DROPPED) or local(one) in _BLANKED.get(part, set()):
                        root.remove(one)
                content = etree.tostring(
                    root, xml_declaration=True, encoding="UTF-8", standalone=True
                )
            archive.writestr(zipfile.ZipInfo(part), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _pdf(data: bytes) -> bytes:
    """Written anew: what earlier rounds of saving left behind is not copied."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for name in list(pdf.docinfo.keys()):
            if name != "/Title":
                del pdf.docinfo[name]
        if "/Metadata" in pdf.Root:
            del pdf.Root.Metadata
        for page in pdf.pages:
            for name in ("/Metadata", "/PieceInfo", "/Thumb"):
                if name in page.obj:
                    del page.obj[name]
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()


_PNG_TALK: Final = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}


def _png(data: bytes) -> bytes:
    kept = [data[at:end] for name, at, end in png_chunks(data) if name not in _PNG_TALK]
    return data[:8] + b"".join(kept)


def _jpeg(data: bytes) -> bytes:
    """Lossless: segments are left out, the picture itself is copied; it stays the right way up."""
    kept = [data[:2], _orientation(data)]
    for marker, at, end in jpeg_segments(data):
        talk = marker in {0xE1, 0xED, 0xFE} or data[at + 4 : at + 8] == b"MPF\x00"
        if not talk:
            kept.append(data[at:end])
    return b"".join(kept)


def _orientation(data: bytes) -> bytes:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        turned = image.getexif().get(0x0112, 1)
    if turned == 1:
        return b""
    exif = Image.Exif()
    exif[0x0112] = turned
    body = exif.tobytes()
    if not body.startswith(b"Exif\x00\x00"):
        body = b"Exif\x00\x00" + body
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
