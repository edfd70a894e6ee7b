"""文件打包：DOCX and XLSX packages whose bytes depend on their content alone."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

_EPOCH = date(1980, 1, 1)  # the first day that a ZIP archive can name
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def dated_package(package: bytes, dated: date | None = None) -> bytes:
    """定稿：the same package, every time in it set to the beginning of ``dated``."""
    day = max(dated or _EPOCH, _EPOCH)
    stamp = rb"\g<1>" + f"{day.isoformat()}T00:00:00Z".encode() + rb"\g<3>"
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(stamp, content)
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return out.getvalue()
