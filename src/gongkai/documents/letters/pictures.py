"""正文中的图片：as paper can carry them: PNG or JPEG, upright, no larger than it is printed."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.documents.models import DocumentFile
from gongkai.paper.word import TEXT_WIDTH

#: What a picture of so many pixels measures on paper, in points: 96 of them to the inch.
_POINT = 72 / 96
#: As wide as the type area at 300 to the inch, and four fifths of its height.
_MOST_WIDE, _MOST_HIGH = 1843, 2126
_TALLEST = 0.8 * 225 / 25.4 * 72
_PLAIN = {"PNG": ("1", "L", "LA", "P", "RGB", "RGBA"), "JPEG": ("L", "RGB")}
_ADDRESS = re.compile(r'src="/documents/(\d{1,18})/files/(\d{1,18})/"')
_ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class Printed:
    """一张图：its bytes, the suffix they go by, its width and height on paper in points."""

    data: bytes
    suffix: str
    width: float
    height: float


def pictures_of(pk: int, html: str) -> Mapping[str, Printed]:
    """正文里的图：by their address; one that is not the document's own or is broken is left out."""
    keys = {int(key) for owner, key in _ADDRESS.findall(html) if int(owner) == pk}
    rows = DocumentFile.objects.filter(document=pk, role=DocumentFile.Role.PICTURE, pk__in=keys)
    found = {}
    for kept in rows.select_related("blob"):
        with kept.blob.open() as file:
            printed = printed_of(file.read())
        if printed:
            found[kept.get_absolute_url()] = printed
    return found


def printed_of(data: bytes) -> Printed | None:
    """上纸的图：the very bytes where they will do, otherwise drawn anew; None for a broken one."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                form = image.format or ""
                upright = image.getexif().get(_ORIENTATION, 1) == 1
                small = image.width <= _MOST_WIDE and image.height <= _MOST_HIGH
                image.load()
                if upright and small and image.mode in _PLAIN.get(form, ()):
                    suffix = ".png" if form == "PNG" else ".jpg"
                    return Printed(data, suffix, *_measured(image.width, image.height))
                turned = ImageOps.exif_transpose(image)
    except (OSError, SyntaxError, ValueError, TypeError, Warning, Image.DecompressionBombError):
        return None
    size = _measured(turned.width, turned.height)
    turned.thumbnail((_MOST_WIDE, _MOST_HIGH))
    out = io.BytesIO()
    if form == "JPEG":
        turned.convert("RGB").save(out, "JPEG", quality=90)
        return Printed(out.getvalue(), ".jpg", *size)
    turned.convert("RGBA").save(out, "PNG")
    return Printed(out.getvalue(), ".png", *size)


def _measured(wide: int, high: int) -> tuple[float, float]:
    scale = min(_POINT, TEXT_WIDTH / wide, _TALLEST / high)
    return wide * scale, high * scale
