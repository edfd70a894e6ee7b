"""年报生成：a report written as HTML, DOCX, XLSX, PDF, JSON or Markdown.

Every format but JSON draws the official layout that :mod:`gongkai.annual.write.layout`
describes. The same report gives the same bytes.
"""

from __future__ import annotations

from pathlib import PurePath

from gongkai.annual.model import Report
from gongkai.errors import BadInput

FORMATS = ("html", "docx", "xlsx", "pdf", "json", "md")


def write(report: Report, to: str | PurePath) -> bytes:
    """生成：the report in the format that ``to`` ends in: ``report.docx``, ``.docx``, ``docx``.

    Raises ``BadInput`` for a format we do not write, ``NotInstalled`` for PDF without Chinese
    fonts on the system.
    """
    name = PurePath(to).name
    match name.rpartition(".")[2].lower():
        case "json":
            from gongkai.annual.exchange import dumps

            return dumps(report).encode()
        case "html" | "htm":
            from gongkai.annual.write.html import to_html as draw
        case "docx":
            from gongkai.annual.write.docx import to_docx as draw
        case "xlsx":
            from gongkai.annual.write.xlsx import to_xlsx as draw
        case "pdf":
            from gongkai.annual.write.pdf import to_pdf as draw
        case "md":
            from gongkai.annual.write.markdown import to_markdown as draw
        case _:
            known = "、".join(f".{suffix}" for suffix in FORMATS)
            raise BadInput(f"不会写“{name}”这种格式，文件名应以{known}之一结尾")
    from gongkai.annual.write.layout import lay_out

    return draw(lay_out(report))
