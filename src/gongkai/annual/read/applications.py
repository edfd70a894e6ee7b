"""表三：requests received and handled, from printed rows.

A row is placed by its own words. Figures without words (tables shattered by PDF extraction) are
placed by their order, and only where exactly as many stand between two placed rows as the form
has rows there. Figures run together are told apart by what must add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.annual import forms
from gongkai.annual.forms import TABLE_3, Form
from gongkai.annual.read import flat
from gongkai.annual.read.rows import Row
from gongkai.annual.read.tables import (
    Found,
    Line,
    agreed,
    apart,
    are_glued,
    count_is_wrong,
    one_each,
    split,
)


def table_3(rows: list[Row], form: Form | None) -> Found:
    """表三：rows placed by words or order, run-together figures told apart by their sums."""
    found = Found()
    columns = forms.TABLE_3_COLUMNS
    exact_rows = [row for row in rows if row.exact]
    leading = leading_padding(exact_rows, len(columns))
    open_rows: dict[str, tuple[Row, list[flat.Figures]]] = {}
    glued = are_glued(rows)
    marked = sum(bool(row.label) for row in exact_rows) > 4
    for row in rows:
        found.bare.update(row.bare)
        if row.label is None:
            continue
        found.bare.add(row.label.name)
        if not row.chunks or (marked and not row.exact and len(row.chunks) != len(columns)):
            continue
        if row.exact:
            line = apart(row, columns, leading)
            if line is None:
                line = Line.unknown(count_is_wrong(row, len(columns)), len(columns), row)
        elif (direct := one_each(row, columns)) is not None:
            line = direct
        elif row.lost or not glued:
            line = Line.unknown(count_is_wrong(row, len(columns)), len(columns), row)
        else:
            readings = split(row, 1, len(columns))
            if isinstance(readings, str):
                line = Line.unknown(readings, len(columns), row)
            else:
                open_rows.setdefault(row.label.name, (row, readings))
                continue
        found.add(row.label.name, line)
    _settle(found, open_rows, form)
    if marked or not open_rows:
        _by_order(found, rows, form, leading)
    return found


def leading_padding(rows: Sequence[Row], count: int) -> bool | None:
    """Whether padding of this table stands before the figures (``None``: no row tells)."""
    before = after = 0
    for row in rows:
        filled = [number for number, chunk in enumerate(row.chunks) if chunk.text.strip()]
        extra = len(row.chunks) - count
        if extra > 0 and filled:
            front, back = filled[0], len(row.chunks) - 1 - filled[-1]
            before += front >= extra > back
            after += back >= extra > front
    if before == after:
        return None
    return before > after


def _settle(
    found: Found, open_rows: Mapping[str, tuple[Row, list[flat.Figures]]], form: Form | None
) -> None:
    """Choose between readings of run-together rows by what must add up down the columns."""
    candidates = {name: readings for name, (_, readings) in open_rows.items()}
    for name, line in found.lines.items():
        known = [cell for cell in line.cells if isinstance(cell, int)]
        if len(known) == len(forms.TABLE_3_COLUMNS):
            candidates[name] = [tuple(known)]
    one_row = forms.OTHERWISE_ONE_ROW[0] in candidates
    layout = forms.LAYOUTS[form or (Form.Y2019 if one_row else Form.Y2021)]
    if one_row and form is Form.Y2021:
        layout = forms.LAYOUTS[Form.MIXED]
    kept = flat.settle(candidates, layout.leaves)
    for name, (row, _) in open_rows.items():
        found.add(name, agreed(kept[name], row, forms.TABLE_3_COLUMNS))


def _by_order(found: Found, rows: list[Row], form: Form | None, leading: bool | None) -> None:
    """Figures without words go where exactly as many rows of the form are missing."""
    columns = forms.TABLE_3_COLUMNS
    placed: list[tuple[str, Line | None]] = []
    for row in rows:
        if row.label and row.label.name in found.lines:
            placed.append((row.label.name, None))
        elif not row.words and (row.exact or len(row.chunks) == len(columns)):
            line = apart(row, columns, leading)
            if line and any(isinstance(cell, int) for cell in line.cells):
                placed.append(("", line))
    if all(name for name, _ in placed):
        return
    layouts = [forms.LAYOUTS[form]] if form else []
    layouts += [layout for layout in forms.LAYOUTS.values() if layout not in layouts]
    best: dict[str, Line] = {}
    for layout in layouts:
        order = list(layout.tables[TABLE_3])
        filled, left_over = _fill_gaps(placed, order)
        if not left_over:
            best = filled
            break
        if len(filled) > len(best):
            best = filled
    for name, line in best.items():
        line.inferred = "原文这一行的数字与行名分离，按各行次序对应"
        found.add(name, line)


def _fill_gaps(
    placed: Sequence[tuple[str, Line | None]], order: Sequence[str]
) -> tuple[dict[str, Line], int]:
    """Rows filled between two placed rows, and how many lines found no place."""
    filled: dict[str, Line] = {}
    left_over = 0
    place = 0
    waiting: list[Line] = []
    present = {name for name, _ in placed if name}
    for name, line in [*placed, ("", None)]:
        if line is not None:
            waiting.append(line)
            continue
        stop = order.index(name) if name in order else (len(order) if not name else place)
        missing = [row for row in order[place:stop] if row not in present]
        if waiting and len(missing) == len(waiting):
            filled.update(zip(missing, waiting, strict=True))
        else:
            left_over += len(waiting)
        waiting = []
        place = max(place, stop + 1)
    return filled, left_over
