"""合成：a report put together from the blocks of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gongkai.annual.forms import TABLE_2, TABLE_3, TABLE_4
from gongkai.annual.model import Report
from gongkai.annual.read.document import Block, Paragraph
from gongkai.annual.read.found import Findings
from gongkai.annual.read.grid import read_grids
from gongkai.annual.read.narrative import tell

#: Words of a table which, where they stand in prose, show that it was flattened into text.
_FLATTENED = {
    TABLE_2: re.compile(r"信息内容|制发件数|制作数量|处理决定数量"),
    TABLE_3: re.compile(r"科研机构[\s\S]{0,40}公益组织"),
    TABLE_4: re.compile(r"结果维持[\s\S]{0,40}尚未审结"),
}


def report(blocks: Sequence[Block], name: str = "") -> Report:
    """合成报告：the tables from the grids, all else from the paragraphs.

    A document whose tables are not tables but lines of text is read as text.
    """
    findings = Findings()
    prose = read_grids(blocks, findings)
    told = tell(prose)
    form = findings.form(told.year)
    tables, absent = findings.tables(form)
    read = Report(
        form=form,
        year=told.year,
        organ=told.organ,
        tables=tables,
        parts=told.parts,
        header=told.header,
        absent=absent,
        origins=findings.origins,
        remarks=(*findings.remarks, *told.remarks),
        source=name,
    )
    said = "\n".join(filter(None, prose))
    flattened = [table for table in absent if _FLATTENED[table].search(said)]
    return _with_flattened(read, flattened, plain(blocks)) if flattened else read


def plain(blocks: Sequence[Block]) -> str:
    """纯文本：the document as text, a paragraph or a row of a table a line, cells between bars."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
            continue
        for number, squares in block.rows():
            own = [square.text for square in squares if square.row == number]
            lines.append(" | ".join("".join(text.split()) for text in own))
    return "\n".join(lines)


def _with_flattened(read: Report, tables: Sequence[str], text: str) -> Report:
    """Tables that were flattened into lines of text, as the reader of text sees them."""
    from gongkai.annual.read.text import read_text

    flat = read_text(text)
    if read.form is None:
        return replace(flat, source=read.source)
    found = [table for table in tables if flat.tables.get(table) and flat.form == read.form]
    if not found:
        return read
    return replace(
        read,
        parts=flat.parts,
        tables={**read.tables, **{table: flat.tables[table] for table in found}},
        absent={table: why for table, why in read.absent.items() if table not in found},
        origins={
            **read.origins,
            **{ref: origin for ref, origin in flat.origins.items() if ref.table in found},
        },
    )
