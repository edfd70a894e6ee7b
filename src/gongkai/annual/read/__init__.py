"""年报读取：a published report of any kind, however mangled, read into the model.

What a file is, its bytes tell, not its name. Whatever cannot be read is refused with one
sentence (:class:`~gongkai.errors.Unreadable`); whatever can be read only in part comes with
its undeterminable cells and the reason of each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from gongkai.annual.model import Remark, Report
from gongkai.annual.read.lost import restore
from gongkai.errors import GongkaiError, Unreadable
from gongkai.screening.source import LARGEST_FILE, check_zip, decode, kind_of, open_safely

__all__ = ["read_bytes", "read_report"]

_HTML: Final = re.compile(
    r"<\s*(?:!doctype\s+html|html|body|table|tbody|td|div|p|span)\b", re.IGNORECASE
)
#: A page says itself where its paragraphs end; Markdown with tables in HTML does not.
_PARAGRAPHS: Final = re.compile(r"<\s*(?:p|div|br|html|body)\b", re.IGNORECASE)
_TABLE_OPENS: Final = re.compile(r"<\s*table\b", re.IGNORECASE)
_TABLES: Final = re.compile(r"(<\s*table\b.*?<\s*/\s*table\s*>)", re.IGNORECASE | re.DOTALL)
_TABLE: Final = re.compile(r"<\s*(?:table|td|html|body)\b", re.IGNORECASE)


def read_report(path: str | Path) -> Report:
    """读年报文件：the report in a file: text, Markdown, HTML, PDF, DOCX, XLSX or JSON.

    Raises :class:`~gongkai.errors.Unreadable` (or another ``GongkaiError``), never anything else.
    """
    path = Path(path)
    return read_bytes(open_safely(path), path.name)


def read_bytes(data: bytes, name: str = "") -> Report:
    """读年报内容：the report in bytes of any kind and any Chinese encoding.

    ``name`` is only used in messages and as :attr:`Report.source`.
    """
    called = name or "内容"
    if len(data) > LARGEST_FILE:
        size = len(data) / 1024 / 1024
        raise Unreadable(f"“{called}”有 {size:.1f} MB，超过一次可读的 {LARGEST_FILE >> 20} MB")
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable(f"“{called}”是空的，里面什么也没有")
    kind = kind_of(data)
    if kind == "PDF 文件":
        from gongkai.annual.read import pdf

        return pdf.read(data, name)
    if kind == "ZIP 压缩包":
        return _office(data, called, name)
    if kind is not None:
        advice = "；请先识别成文字再试" if kind.endswith("图片") else ""
        raise Unreadable(f"“{called}”是{kind}，不是年度报告的文本{advice}")
    text, remarks = _text(data)
    return replace(_read_text(text, remarks, name), source=name)


def _office(data: bytes, called: str, name: str) -> Report:
    """A Word document or a workbook, told apart by what is inside."""
    import io
    import zipfile

    check_zip(data, called)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = set(archive.namelist())
    if "word/document.xml" in inside:
        from gongkai.annual.read import docx

        return docx.read(data, name)
    if "xl/workbook.xml" in inside:
        from gongkai.annual.read import xlsx

        return xlsx.read(data, name)
    raise Unreadable(f"“{called}”是压缩包，里面不是 Word 文档，也不是 Excel 工作簿")


def _text(data: bytes) -> tuple[str, list[Remark]]:
    """The text in the bytes, repaired where it had been misread before it came to us."""
    from gongkai.annual.read.mojibake import repair

    remarks: list[Remark] = []
    try:
        text = decode(data)
    except Unreadable:
        text = _without_torn_end(data)
        remarks.append(Remark("truncated", "文件末尾断在一个字的中间，可能没有传完整"))
    if (repaired := repair(text)) is not None:
        lost = f"，有 {repaired.lost} 处字符丢失" if repaired.lost else ""
        said = f"原文是乱码（{repaired.misread}），已还原{lost}"
        remarks.append(Remark("repaired-encoding", said))
        text = repaired.text
    return text, remarks


def _without_torn_end(data: bytes) -> str:
    """UTF-8 cut off in the middle of its last character, without that character."""
    problem: GongkaiError | None = None
    for torn in (1, 2, 3):
        try:
            data[:-torn].decode("utf-8")
            return decode(data[:-torn])
        except UnicodeDecodeError:
            continue
        except Unreadable as refused:
            problem = refused
    if problem is not None:
        raise problem
    return decode(data)


def _read_text(text: str, remarks: Sequence[Remark], name: str) -> Report:
    from gongkai.annual.read.text import read_text

    opening = text.lstrip("\ufeff \t\r\n")[:1]
    if opening in ("{", "["):
        from gongkai.annual.read.json import read_json

        return read_json(text.lstrip("\ufeff \t\r\n"), remarks)
    text, filled = restore(text)
    if filled:
        said = f"有 {filled} 处丢失的字符按年报格式的固定用语补回"
        remarks = [*remarks, Remark("restored-characters", said)]
    head = text[:4000]
    if _TABLE.search(text) or (_HTML.search(head) and head.count("<") > 8):
        from gongkai.annual.read import html
        from gongkai.annual.read.assemble import report

        read = report(html.blocks(_with_lines(text)), name)
        return replace(read, remarks=(*remarks, *read.remarks))
    return read_text(text, remarks)


def _with_lines(text: str) -> str:
    """Markdown that holds its tables as HTML, as OCR writes it: each line outside a paragraph."""
    table = _TABLE_OPENS.search(text)
    before = table.start() if table else len(text)
    if _PARAGRAPHS.search(text, 0, before) or _PARAGRAPHS.search(_TABLES.sub("", text)):
        return text
    pieces = _TABLES.split(text)
    for number in range(0, len(pieces), 2):
        lines = (line.strip(" \t\r#*") for line in pieces[number].split("\n"))
        pieces[number] = "".join(f"<p>{line}</p>" for line in lines if line)
    return "".join(pieces)
