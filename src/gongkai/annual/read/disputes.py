"""表四：reconsideration and lawsuits, from printed rows: three groups of five figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gongkai.annual import forms
from gongkai.annual.read.rows import Row
from gongkai.annual.read.tables import Found, Line, agreed, apart, count_is_wrong, one_each, split


def table_4(rows: list[Row]) -> Found:
    """表四：three groups of five, in one row of fifteen or in three rows of five."""
    found = Found()
    count = len(forms.DISPUTES) * len(forms.TABLE_4_COLUMNS)
    columns = forms.TABLE_4_COLUMNS * len(forms.DISPUTES)
    filled = [row for row in rows if any(chunk.text.strip() for chunk in row.chunks)]
    # No head row has fifteen empty cells behind its words; the row of figures, left empty, has.
    filled = filled or [row for row in rows if row.exact and len(row.chunks) >= count]
    if not filled:
        if rows:
            found.bare.update(forms.DISPUTES)
        return found
    found.bare.update(forms.DISPUTES)
    lines: list[Line] = []
    for row in filled:
        line = apart(row, columns, False) if row.exact else one_each(row, columns)
        if line:
            lines.append(line)
    if lines:
        line = lines[0]
        if any(other.cells != line.cells for other in lines[1:]):
            line = Line.unknown("表四在原文里出现两次，数字不同", count)
    else:
        line = _three_rows(filled) or _run_together(filled, columns)
    for number, dispute in enumerate(forms.DISPUTES):
        group = slice(number * 5, number * 5 + 5)
        found.lines[dispute] = Line(
            line.cells[group], line.chunks[group], line.readings[group], "", True, line.inferred
        )
    return found


def _three_rows(rows: Sequence[Row]) -> Line | None:
    """A row of five for each group, named or in the order of the form."""
    fives = [
        (row, line) for row in rows if (line := apart(row, forms.TABLE_4_COLUMNS, None)) is not None
    ]
    named = {row.label.name: line for row, line in fives if row.label}
    if len(named) < len(forms.DISPUTES):
        if len(fives) != len(forms.DISPUTES) or named:
            return None
        named = dict(zip(forms.DISPUTES, (line for _, line in fives), strict=True))
    whole = Line([], [])
    for dispute in forms.DISPUTES:
        if dispute not in named:
            return None
        whole.cells += named[dispute].cells
        whole.chunks += named[dispute].chunks
        whole.readings += named[dispute].readings
    return whole


#: The heads that stand before the figures of Table 4; other words before figures are prose.
_ABOVE_4: Final = re.compile(r"审结总?计?$|总计$|起诉$|[维持纠正结果尚未审总计]{4,}$")


def _run_together(rows: Sequence[Row], columns: Sequence[str]) -> Line:
    """Fifteen figures run together, or spread over several lines."""
    count = len(columns)
    pieces = [row for row in rows if not row.words or _ABOVE_4.search(row.words)]
    first = pieces[0] if pieces else rows[0]
    joined = Row(
        first.words,
        None,
        [chunk for row in pieces for chunk in row.chunks],
        exact=False,
        glued=any(row.glued for row in pieces),
        lost=any(row.lost for row in pieces),
    )
    if not joined.chunks:
        return Line.unknown(count_is_wrong(first, count), count, first)
    if len(joined.chunks) == count and (line := apart(joined, columns, None)):
        return line
    if joined.lost or not joined.glued or any(row.exact for row in pieces):
        return Line.unknown(count_is_wrong(joined, count), count, joined)
    readings = split(joined, len(forms.DISPUTES), len(forms.TABLE_4_COLUMNS))
    if isinstance(readings, str):
        return Line.unknown(readings, count, joined)
    return agreed(readings, joined, columns)
