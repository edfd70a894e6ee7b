"""图片：what the camera wrote beside the picture."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

from gongkai.errors import Unreadable
from gongkai.files.hidden import Hidden, What, shown
from gongkai.files.kinds import Kind
from gongkai.files.reading import Reading

_TAGS = {315: "作者", 33432: "版权", 0x9C9D: "作者", 270: "说明", 271: "相机品牌", 272: "相机型号"}
_EXIF_TAGS = {0xA430: "相机主人", 0xA431: "相机编号", 0x9286: "附言"}


def read(data: bytes, kind: Kind) -> Reading:
    """读图片：no text; raises Unreadable."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                hidden = [*_exif(image.getexif()), *_comments(image)]
                facts = {"width": image.width, "height": image.height}
    except (OSError, SyntaxError, ValueError, KeyError, TypeError) as problem:
        raise Unreadable("图片已经残缺，请重新取得原件。") from problem
    if rest := _behind(data, kind):
        hidden.append(Hidden(What.TRAILING, "文件末尾", f"{rest:,} 字节"))
    return Reading(text="", hidden=hidden, facts=facts)


def _exif(exif: Any) -> Iterator[Hidden]:
    place = exif.get_ifd(0x8825)
    if place.get(2) and place.get(4):
        north, east = _degrees(place[2], place.get(1)), _degrees(place[4], place.get(3))
        yield Hidden(What.LOCATION, "拍摄信息", f"{north:.5f}, {east:.5f}")
    for tags, labels in ((exif, _TAGS), (exif.get_ifd(0x8769), _EXIF_TAGS)):
        for tag, label in labels.items():
            if said := _words(tags.get(tag)):
                yield Hidden(What.METADATA, label, shown(said))
    if exif.get_ifd(1):
        yield Hidden(What.THUMBNAIL, "拍摄信息", "内嵌缩略图")


def _degrees(parts: Any, side: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in (*parts, 0, 0)[:3])
    sign = -1 if str(side).strip("\x00") in {"S", "W"} else 1
    return sign * (degrees + minutes / 60 + seconds / 3600)


def _words(value: Any) -> str:
    if isinstance(value, bytes):
        # Windows writes its own tags in UTF-16; the others begin with the name of their code.
        encoding = "utf-16-le" if value[1:2] == b"\x00" or value[-2:] == b"\x00\x00" else "utf-8"
        value = value.removeprefix(b"ASCII\x00\x00\x00").decode(encoding, "replace")
    return str(value or "").strip("\x00 ")


def _comments(image: Any) -> Iterator[Hidden]:
    for name, said in {**image.info, **getattr(image, "text", {})}.items():
        if isinstance(said, str) and said.strip() and name != "srgb":
            label = "XMP 信息" if "xmp" in name.lower() else f"“{name}”"
            yield Hidden(What.METADATA, label, shown(said))
        elif name == "comment" and isinstance(said, bytes) and said.strip(b"\x00 "):
            yield Hidden(What.METADATA, "附言", shown(said.decode("utf-8", "replace")))
        elif name == "xmp" and said:
            yield Hidden(What.METADATA, "XMP 信息", f"{len(said)} 字节")


def _behind(data: bytes, kind: Kind) -> int:
    """Bytes after the picture's own end; what hides there no viewer shows."""
    if kind is Kind.PNG:
        return len(data) - max((end for _, _, end in png_chunks(data)), default=len(data))
    if kind is Kind.JPEG:
        end = max((end for _, _, end in jpeg_segments(data)), default=len(data))
        return len(data[end:].strip(b"\x00"))
    return 0


def png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """PNG 的数据块：name, beginning and end of each, up to IEND (PNG specification 5.3)."""
    at = 8
    while at + 12 <= len(data):
        name, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4], "big")
        yield name, at, end
        if name == b"IEND":
            return
        at = end


_ENTROPY_END = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)


def jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """JPEG 的段：marker, beginning and end of each, up to EOI (ITU-T T.81 B.1).

    The scan that follows a start-of-scan counts as part of it.
    """
    at = 2
    while at + 2 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # fill
            at += 1
            continue
        if marker == 0xD9:
            yield marker, at, at + 2
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            after = _ENTROPY_END.search(data, end)
            end = after.start() if after else len(data)
        yield marker, at, end
        at = end
