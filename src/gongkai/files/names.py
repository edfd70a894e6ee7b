"""文件名：a name that is only a name, and says what the file is."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from gongkai.files.kinds import SUFFIXES, Kind

_LONGEST = 120
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def tidy(name: str, kind: Kind) -> str:
    """规范文件名：without path, control and direction characters; its suffix that of its kind.

    ``C:\\\\材料\\\\通知‮fdp.exe`` of a PDF becomes ``通知fdp.exe.pdf``: a suffix may not lie.
    """
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    name = "".join(
        char for char in name if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}
    )
    name = _FORBIDDEN.sub("_", name).strip(" .")
    suffix = PurePosixPath(name).suffix
    if suffix.lower() in SUFFIXES[kind]:
        stem = name.removesuffix(suffix)
    else:
        stem, suffix = name, SUFFIXES[kind][0]
    stem = stem.strip(" .") or "附件"
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return stem[: _LONGEST - len(suffix)] + suffix.lower()
