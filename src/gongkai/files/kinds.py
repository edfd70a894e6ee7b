"""文件种类：what a file is, by its content; its name only has to agree.

What cannot be what it claims is refused with a sentence: a PDF that is none, a document under
lock, a bomb, a file that is two kinds at once.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from django.conf import settings
from django.db import models

from gongkai.errors import Unreadable
from gongkai.screening.source import check_zip, decode, kind_of

MEGABYTE: Final = 1024 * 1024


class Kind(models.TextChoices):
    """文件种类。"""

    DOCX = "docx", "Word 文档"
    XLSX = "xlsx", "Excel 工作簿"
    PPTX = "pptx", "演示文稿"
    PDF = "pdf", "PDF 文件"
    OFD = "ofd", "OFD 文件"
    PNG = "png", "PNG 图片"
    JPEG = "jpg", "JPEG 图片"
    GIF = "gif", "GIF 图片"
    TIFF = "tif", "TIFF 图片"
    TEXT = "txt", "文本文件"
    DOC = "doc", "旧版 Word 文档"
    XLS = "xls", "旧版 Excel 工作簿"
    PPT = "ppt", "旧版演示文稿"
    ZIP = "zip", "ZIP 压缩包"


_OFFICE = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES: Final = {
    Kind.DOCX: f"{_OFFICE}wordprocessingml.document",
    Kind.XLSX: f"{_OFFICE}spreadsheetml.sheet",
    Kind.PPTX: f"{_OFFICE}presentationml.presentation",
    Kind.PDF: "application/pdf",
    Kind.OFD: "application/ofd",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.GIF: "image/gif",
    Kind.TIFF: "image/tiff",
    Kind.TEXT: "text/plain",
    Kind.DOC: "application/msword",
    Kind.XLS: "application/vnd.ms-excel",
    Kind.PPT: "application/vnd.ms-powerpoint",
    Kind.ZIP: "application/zip",
}

#: Names a kind may go by; the first is given to a file that has none.
SUFFIXES: Final[Mapping[Kind, tuple[str, ...]]] = {
    **{kind: (f".{kind}",) for kind in Kind},
    Kind.JPEG: (".jpg", ".jpeg", ".jpe"),
    Kind.TIFF: (".tif", ".tiff"),
    Kind.TEXT: (".txt", ".csv", ".md"),
    Kind.DOC: (".doc", ".wps"),
    Kind.XLS: (".xls", ".et"),
    Kind.PPT: (".ppt", ".dps"),
}

#: 大小上限, in megabytes; a kind not listed is not accepted. The setting UPLOAD_LIMITS overrides.
LIMITS: Final = {
    Kind.DOCX: 50,
    Kind.XLSX: 50,
    Kind.PPTX: 100,
    Kind.PDF: 100,
    Kind.OFD: 100,
    Kind.PNG: 20,
    Kind.JPEG: 20,
    Kind.GIF: 10,
    Kind.TIFF: 50,
    Kind.TEXT: 10,
    Kind.DOC: 50,
    Kind.XLS: 50,
    Kind.ZIP: 100,
}

_BY_MAGIC: Final = {
    "PNG 图片": Kind.PNG,
    "JPEG 图片": Kind.JPEG,
    "GIF 图片": Kind.GIF,
    "TIFF 图片": Kind.TIFF,
    "PDF 文件": Kind.PDF,
}
_BY_SUFFIX: Final = {suffix: kind for kind, names in SUFFIXES.items() for suffix in names}
_MAIN_PARTS: Final = {
    "wordprocessingml.document.main+xml": Kind.DOCX,
    "spreadsheetml.sheet.main+xml": Kind.XLSX,
    "presentationml.presentation.main+xml": Kind.PPTX,
}
_OLE_STREAMS: Final = {
    "WordDocument": Kind.DOC,
    "Workbook": Kind.XLS,
    "Book": Kind.XLS,
    "PowerPoint Document": Kind.PPT,
}
_MARKUP: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|svg|script)", re.IGNORECASE
)

#: A stream of a PDF (no image) unpacking to more than this is a bomb.
LARGEST_STREAM: Final = 64 * MEGABYTE
#: An image of more pixels is not opened.
MOST_PIXELS: Final = 200_000_000


def limits() -> dict[Kind, int]:
    """大小上限：bytes a file of each accepted kind may have."""
    own: Mapping[str, int] = getattr(settings, "UPLOAD_LIMITS", {})
    merged = LIMITS | {Kind(kind): size for kind, size in own.items()}
    return {kind: size * MEGABYTE for kind, size in merged.items() if size}


def recognise(data: bytes, name: str) -> Kind:
    """识别：the kind of a file; raises Unreadable naming what is wrong with it.

    Refused are the empty, the damaged, the encrypted, bombs, kinds not accepted, files above
    the limit of their kind, names that claim another kind, and an archive hung on to a file of
    another kind.
    """
    if not data:
        raise Unreadable(f"“{name}”是空文件。")
    kind = _kind(data, name)
    suffix = PurePosixPath(name).suffix.lower()
    claimed = _BY_SUFFIX.get(suffix)
    if claimed is not None and claimed != kind:
        raise Unreadable(f"“{name}”的扩展名是 {suffix}，其实是{kind.label}，请核对。")
    accepted = limits()
    if kind not in accepted:
        raise Unreadable(f"“{name}”是{kind.label}，本站不接收这种文件。")
    if len(data) > accepted[kind]:
        raise Unreadable(
            f"“{name}”有 {len(data) / MEGABYTE:.1f} MB，"
            f"{kind.label}不能超过 {accepted[kind] // MEGABYTE} MB。"
        )
    return kind


def _kind(data: bytes, name: str) -> Kind:
    magic = kind_of(data)
    if magic == "ZIP 压缩包":
        return _package(data, name)
    if magic == "旧版 Office 文件":
        return _ole(data, name)
    if magic in _BY_MAGIC:
        kind = _BY_MAGIC[magic]
        _one_kind_only(data, name, kind)
        (_sound_pdf if kind is Kind.PDF else _sound_image)(data, name)
        return kind
    if magic is not None:
        raise Unreadable(f"“{name}”是{magic}，本站不接收这种文件。")
    claimed = _BY_SUFFIX.get(PurePosixPath(name).suffix.lower(), Kind.TEXT)
    if claimed is not Kind.TEXT:
        raise Unreadable(f"“{name}”的内容不是{claimed.label}，{_instead(data)}。")
    if _MARKUP.match(data):
        raise Unreadable(f"“{name}”是网页或者标记文件，不能作为附件。")
    decode(data)
    return Kind.TEXT


def _instead(data: bytes) -> str:
    """What a file is that never was what its name says, and what to do about it."""
    if _MARKUP.match(data):
        return "而是网页，多半是下载时存成了登录页或者出错页；请重新取得原件"
    try:
        decode(data)
    except Unreadable:
        return "可能已经残缺，或者改过扩展名；请重新取得原件，或者用原来的软件另存后再上传"
    return "而是文本；改扩展名不能转换格式，请用原来的软件另存后再上传"


def _package(data: bytes, name: str) -> Kind:
    check_zip(data, name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = set(archive.namelist())
        if "[Content_Types].xml" in parts:
            return _office(archive.read("[Content_Types].xml").decode("utf-8", "replace"), name)
    if "OFD.xml" in parts:
        return Kind.OFD
    return Kind.ZIP


def _office(types: str, name: str) -> Kind:
    if "macroEnabled.main+xml" in types or "binary.macroEnabled" in types:
        raise Unreadable(f"“{name}”是带宏的 Office 文件，请另存为不带宏的格式后再上传。")
    for main, kind in _MAIN_PARTS.items():
        if main in types:
            return kind
    raise Unreadable(f"“{name}”是本站不认识的 Office 文件，请另存为 .docx、.xlsx 或 .pptx。")


def _ole(data: bytes, name: str) -> Kind:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            if file.exists("EncryptedPackage"):
                raise Unreadable(f"“{name}”设有打开密码，请取消密码后再上传。")
            for stream, kind in _OLE_STREAMS.items():
                if file.exists(stream):
                    if _locked(file.openstream(stream).read(4096), kind):
                        raise Unreadable(f"“{name}”设有打开密码，请取消密码后再上传。")
                    return kind
    except (OSError, ValueError, IndexError, AttributeError, TypeError) as problem:
        raise Unreadable(f"“{name}”已经残缺，打不开；请重新取得原件。") from problem
    raise Unreadable(f"“{name}”是本站不认识的旧版 Office 文件。")


def _locked(head: bytes, kind: Kind) -> bool:
    """[MS-DOC] 2.5.1 fEncrypted; [MS-XLS] 2.4.117 FilePass follows BOF."""
    if kind is Kind.DOC:
        return len(head) > 11 and bool(head[11] & 0x01)
    if kind is Kind.XLS and len(head) > 8:
        after = 4 + int.from_bytes(head[2:4], "little")
        return head[after : after + 2] == b"\x2f\x00"
    return False


def _one_kind_only(data: bytes, name: str, kind: Kind) -> None:
    """An archive hung on behind opens as one: what was checked is not what will be opened.

    An end-of-directory record counts only where it closes the file, as an unpacker looks for it;
    the same bytes inside (a ZIP attached to a PDF) are something else, found by the inspection.
    """
    tail = data[-(22 + 65_535) :]
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return
    comment = int.from_bytes(tail[at + 20 : at + 22], "little")
    if at + 22 + comment == len(tail) and zipfile.is_zipfile(io.BytesIO(data)):
        raise Unreadable(f"“{name}”既是{kind.label}又是压缩包，不能接收。")


def _sound_pdf(data: bytes, name: str) -> None:
    import pikepdf

    for start in re.finditer(rb"stream\r?\n(?=[\x08-\x78])", data):
        end = data.find(b"endstream", start.end())
        about = data[
            max(data.rfind(b"obj", 0, start.start()), start.start() - 2000) : start.start()
        ]
        if b"FlateDecode" in about and not re.search(rb"/Image\b", about):
            _no_bomb(data[start.end() : end if end > 0 else None], name)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            whole = len(pdf.pages) > 0 and b"%%EOF" in data[-2048:]
    except pikepdf.PasswordError:
        raise Unreadable(f"“{name}”设有打开密码，请取消密码后再上传。") from None
    except (pikepdf.PdfError, ValueError, RecursionError):
        whole = False
    if not whole:
        raise Unreadable(
            f"“{name}”不是完整的 PDF 文件，可能没有传完，或者只是改了扩展名；请重新取得原件。"
        )


def _no_bomb(packed: bytes, name: str) -> None:
    try:
        unpacked = zlib.decompressobj().decompress(packed, LARGEST_STREAM + 1)
    except zlib.error:
        return
    if len(unpacked) > LARGEST_STREAM:
        raise Unreadable(f"“{name}”解开后大得反常，疑似压缩炸弹，没有打开。")


def _sound_image(data: bytes, name: str) -> None:
    import warnings

    from PIL import Image

    broken: tuple[type[Any], ...] = (OSError, SyntaxError, ValueError, EOFError, IndexError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise Unreadable(f"“{name}”有 {image.width}×{image.height} 像素，大得反常。")
                image.verify()
    except Image.DecompressionBombError:
        raise Unreadable(f"“{name}”像素大得反常，疑似炸弹，没有打开。") from None
    except broken:
        raise Unreadable(f"“{name}”不是完整的图片，可能没有传完。") from None
