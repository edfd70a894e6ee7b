"""表二：proactive disclosure, from printed rows.

No sum ties the figures of its rows together, so figures run together are told apart only where
one reading stands out, and that is remarked.
"""

from __future__ import annotations

from typing import Final

from gongkai.annual import forms
from gongkai.annual.forms import TABLE_2, Layout
from gongkai.annual.read import flat
from gongkai.annual.read.cells import parse_cell
from gongkai.annual.read.rows import Row
from gongkai.annual.read.tables import (
    Found,
    Line,
    agreed,
    apart,
    are_glued,
    count_is_wrong,
    one_each,
    parse_digits,
)

_STOCKS: Final = frozenset((forms.RULES, forms.NORMATIVE_2021, forms.NORMATIVE_2019))


def table_2(rows: list[Row], layout: Layout, told: frozenset[int]) -> Found:
    """表二：rows placed by words; run-together figures only where one reading stands out.

    ``told`` are figures that the prose gives for normative documents and rules.
    """
    found = Found()
    glued = are_glued(rows)
    for row in rows:
        found.bare.update(row.bare)
        if row.label is None:
            continue
        name = layout.normative if row.label.name == forms.NORMATIVE_2021 else row.label.name
        if name not in layout.tables[TABLE_2]:
            continue
        found.bare.add(name)
        if not row.chunks:
            continue
        found.add(name, _line_2(row, name, layout, glued, told))
    return found


def _line_2(row: Row, name: str, layout: Layout, glued: bool, told: frozenset[int]) -> Line:
    columns = layout.tables[TABLE_2][name]
    count = len(columns)
    line = apart(row, columns, False) if row.exact else one_each(row, columns)
    if line is not None:
        return line
    if row.exact or row.lost or not glued or len(row.chunks) > 1:
        return Line.unknown(count_is_wrong(row, count), count, row)
    readings = flat.parts([parse_digits(chunk.text) for chunk in row.chunks], count)
    if readings is None:
        return Line.unknown(f"原文数字粘连（“{row.quote[:80]}”），可能的读法太多", count, row)
    if not readings:
        return Line.unknown(count_is_wrong(row, count), count, row)
    cells = [
        [parse_cell(figure, column).cell for figure, column in zip(reading, columns, strict=True)]
        for reading in readings
    ]
    stock = flat.stocks(readings, layout.form, told) if name in _STOCKS else None
    if len(cells) == 1 or stock is None:
        return agreed(cells, row, columns)
    line = agreed([stock[0]], row, columns)
    why = (
        "与正文所述数字互相印证"
        if stock[1]
        else "按寻常年份（存量不少于当年新增，废止不多于制发）推定，请核对原件"
    )
    line.inferred = f"原文数字粘连（“{row.quote}”），{why}"
    return line
