"""排版：data set by Typst templates into PDF for the archive and for every reader.

The PDF conforms to PDF/A-2a (kept for decades) and PDF/UA-1 (read aloud, by keyboard).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gongkai.errors import GongkaiError, NotInstalled
from gongkai.paper.fonts import Fonts, Style, system_fonts

#: A character that no font has, or one of private use, which PDF/A does not take.
_MISSING = re.compile(r'the (?:text|PDF contains the codepoint) `"(?P<text>.*?)"`', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def typeset(
    template: str,
    data: Mapping[str, Any],
    *,
    dated: date | None = None,
    fonts: Fonts | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """排成PDF：``template`` set on national paper (``national.typ``) with ``data``.

    ``data`` is handed over as JSON and never becomes Typst code. ``dated`` is the date in the
    file's properties; the same arguments give the same bytes. ``fonts`` are the system's,
    unless given. ``pictures`` are the only files the template can read, by name. Raises
    ``NotInstalled`` when there is no Chinese font, or none with a character of the text.
    """
    import typst

    fonts = fonts or system_fonts()
    families = {style.value: fonts.stack(style) for style in Style}
    made = datetime.combine(dated or date(1970, 1, 1), datetime.min.time(), UTC)
    national = files("gongkai.paper").joinpath("national.typ").read_text(encoding="utf-8")
    try:
        with TemporaryDirectory() as folder:
            main = Path(folder, "main.typ")
            main.write_text(f"{national}\n{template}", encoding="utf-8")
            for name, content in (pictures or {}).items():
                main.with_name(name).write_bytes(content)
            return typst.compile(
                main,
                root=main.parent,
                font_paths=fonts.found,
                ignore_system_fonts=True,
                sys_inputs={"data": json.dumps({**data, "fonts": families}, ensure_ascii=False)},
                pdf_standards=["a-2a", "ua-1"],
                timestamp=made,
            )
    except typst.TypstError as problem:
        missing = _MISSING.search(problem.message)
        if missing is None:
            raise GongkaiError(f"PDF排版失败：{problem.message}") from problem
        text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), missing["text"])
        codes = "、".join(f"U+{ord(character):04X}" for character in text)
        raise NotInstalled(
            f"“{text}”（{codes}）没有字体可以显示，或是自造字；PDF/A要求每个字长期可读，"
            "请安装含有它的字体，或改用别的字"
        ) from None
