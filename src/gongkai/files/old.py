"""旧版 Office 文件：little can be seen in them, and that is what is said."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from gongkai.errors import Unreadable
from gongkai.files.hidden import Hidden, What, shown
from gongkai.files.reading import Reading

_PROPERTIES = {
    "author": "作者",
    "last_saved_by": "最后修改者",
    "company": "单位",
    "manager": "主管",
    "template": "模板",
}


def read(data: bytes) -> Reading:
    """读旧版文件：its properties and macros; the text is not read. Raises Unreadable."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            hidden = [*_macros(file), *_properties(file.get_metadata())]
    except (OSError, ValueError, IndexError, AttributeError, TypeError) as problem:
        raise Unreadable("文件已经残缺，请重新取得原件。") from problem
    return Reading(hidden=[Hidden(What.UNSEEN, "正文", "旧版格式的修订、批注和隐藏内容"), *hidden])


def _macros(file: Any) -> Iterator[Hidden]:
    for path in file.listdir(streams=False, storages=True):
        if path[-1].upper() in {"VBA", "_VBA_PROJECT_CUR"}:
            yield Hidden(What.MACRO, "/".join(path), "VBA")


def _properties(metadata: Any) -> Iterator[Hidden]:
    for name, label in _PROPERTIES.items():
        value = getattr(metadata, name, None)
        if isinstance(value, bytes):
            encoding = "utf-8" if metadata.codepage in {65001, -535} else "gb18030"
            value = value.decode(encoding, "replace")
        said = str(value or "").strip("\x00 ")
        if said and not said.startswith("Normal"):
            yield Hidden(What.METADATA, label, shown(said))
