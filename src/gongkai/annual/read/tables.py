"""成表：from rows with words and figures to the three statutory tables.

A row is placed by its own words. Figures without words (tables shattered by PDF extraction) are
placed by their order, and only where exactly as many stand between two placed rows as the form
has rows there. What stays open is undeterminable, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from gongkai.annual import forms
from gongkai.annual.forms import TABLE_2, TABLE_3, Form, Layout, Ref
from gongkai.annual.model import Cell, Origin, Remark, Undeterminable
from gongkai.annual.read import flat
from gongkai.annual.read.labels import Reading, parse_cell
from gongkai.annual.read.rows import Chunk, Row

CUT_OFF: Final = "原文在此处截断"
NO_ROW: Final = "原文没有这一行"
NO_FIGURES: Final = "原文这一行没有数字，可能在抽取时丢失"


@dataclass(slots=True)
class Line:
    """表中一行：the cells of one row as read, and where each was read."""

    cells: list[Cell]
    chunks: list[Chunk]
    readings: list[Reading] = field(default_factory=list)
    label: str = ""
    exact: bool = True
    #: Set when the figures were inferred rather than read: what was assumed.
    inferred: str = ""

    @classmethod
    def unknown(cls, reason: str, count: int, row: Row | None = None) -> Line:
        """A row of which no cell can be determined."""
        chunks = row.chunks[:1] if row else []
        return cls([Undeterminable(reason)] * count, list(chunks) * count if chunks else [])


#: row → what was read of it
Lines = dict[str, Line]


@dataclass(slots=True)
class Found:
    """读到的表：the rows of one table that the source has, and remarks on them."""

    lines: Lines = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    #: Rows whose words stand in the source without figures.
    bare: set[str] = field(default_factory=set)


# ---- 一行的格 ----


def _fitted(chunks: list[Chunk], count: int, leading: bool | None) -> list[Chunk] | None:
    """Exactly ``count`` cells, padding in front or behind taken off; ``None`` if unclear."""
    extra = len(chunks) - count
    if extra <= 0:
        return chunks if extra == 0 else None
    filled = [number for number, chunk in enumerate(chunks) if chunk.text.strip()]
    if not filled:
        return chunks[:count]
    before, after = filled[0], len(chunks) - 1 - filled[-1]
    if before + after < extra:
        return None
    if before + after == extra:
        return chunks[before : before + count]
    if before < extra <= after:
        return chunks[:count] if not (leading and before) else None
    if after < extra <= before:
        return chunks[extra:]
    if leading is None:
        return None
    return chunks[extra:] if leading else chunks[:count]


def _exact(row: Row, columns: Sequence[str], leading: bool | None) -> Line | None:
    """A row whose cells the source keeps apart."""
    chunks = _fitted(row.chunks, len(columns), leading)
    if chunks is None:
        return None
    readings = [
        parse_cell(chunk.text, column) for chunk, column in zip(chunks, columns, strict=True)
    ]
    cells = [reading.cell for reading in readings]
    if row.lost and cells and cells[0] is not None:
        cells[0] = Undeterminable("乱码还原时数字前丢了字符，可能连带丢了数字")
    return Line(_suppose(cells, readings), chunks, readings, _printed(row), _is_exact(row))


def _suppose(cells: list[Cell], readings: Sequence[Reading]) -> list[Cell]:
    """A figure with spaces in it counts as one figure if the row then adds up, and only then."""
    open_cells = [n for n, cell in enumerate(cells) if isinstance(cell, Undeterminable)]
    if len(open_cells) != 1 or not 3 <= len(cells) <= len(forms.TABLE_3_COLUMNS):
        return cells
    supposed = readings[open_cells[0]].supposed
    if supposed is None:
        return cells
    trial: list[Cell] = [*cells]
    trial[open_cells[0]] = supposed
    figures = [cell for cell in trial if isinstance(cell, int)]
    return trial if len(figures) == len(trial) and sum(figures[:-1]) == figures[-1] else cells


def _printed(row: Row) -> str:
    return row.label.text if row.label else ""


def _is_exact(row: Row) -> bool:
    return row.label is None or row.label.exact


def _direct(row: Row, columns: Sequence[str]) -> Line | None:
    """Runs of digits exactly as many as the row has columns: each is one figure."""
    if len(row.chunks) != len(columns):
        return None
    return _exact(row, columns, None)


def _digits(row: Row) -> list[str] | None:
    """The runs of digits, if they are nothing else."""
    texts = [parse_digits(chunk.text) for chunk in row.chunks]
    return texts if all(text.isdigit() for text in texts) else None


def parse_digits(text: str) -> str:
    """数字串：digits of any script as ASCII digits, a written sign as ``-``, without unit."""
    plain = "".join(str(int(char)) if char.isdecimal() else char for char in text.strip())
    plain = plain.replace("减", "-").replace("增", "+").replace("−", "-")
    return plain.rstrip("元万亿件条")


def _candidates(readings: Iterable[Sequence[object]]) -> str:
    shown = [" ".join(map(str, reading)) for reading in readings]
    return "，或者是".join(shown[:3]) + ("，等等" if len(shown) > 3 else "")


def _agreed(readings: Sequence[Sequence[Cell]], row: Row, columns: Sequence[str]) -> Line:
    """Cells on which all readings agree; the rest undeterminable, naming the readings."""
    reason = f"原文数字粘连（“{row.quote}”），可能是{_candidates(readings)}，无法确定"
    cells: list[Cell] = [
        values[0] if len(set(values)) == 1 else Undeterminable(reason)
        for values in zip(*readings, strict=True)
    ]
    first = row.chunks[0]._replace(text=row.quote)
    return Line(cells, [first] * len(columns), [], _printed(row), _is_exact(row))


# ---- 表三 ----


def table_3(rows: list[Row], form: Form | None) -> Found:
    """表三：rows placed by words or order, run-together figures told apart by their sums."""
    found = Found()
    columns = forms.TABLE_3_COLUMNS
    exact_rows = [row for row in rows if row.exact]
    leading = _leading(exact_rows, len(columns))
    open_rows: dict[str, tuple[Row, list[flat.Figures]]] = {}
    glued = _are_glued(rows)
    marked = sum(bool(row.label) for row in exact_rows) > 4
    for row in rows:
        found.bare.update(row.bare)
        if row.label is None:
            continue
        found.bare.add(row.label.name)
        if not row.chunks or (marked and not row.exact and len(row.chunks) != len(columns)):
            continue
        if row.exact:
            line = _exact(row, columns, leading)
            if line is None:
                line = Line.unknown(_count_is_wrong(row, len(columns)), len(columns), row)
        elif (direct := _direct(row, columns)) is not None:
            line = direct
        elif row.lost or not glued:
            line = Line.unknown(_count_is_wrong(row, len(columns)), len(columns), row)
        else:
            readings = _split(row, 1, len(columns))
            if isinstance(readings, str):
                line = Line.unknown(readings, len(columns), row)
            else:
                open_rows.setdefault(row.label.name, (row, readings))
                continue
        _add(found, row.label.name, line)
    _settle(found, open_rows, form)
    if marked or not open_rows:
        _by_order(found, rows, form, leading)
    return found


def _are_glued(rows: Sequence[Row]) -> bool:
    """Whether words and figures of the text stand without white space, as a habit."""
    filled = [row for row in rows if row.chunks and not row.exact]
    return sum(row.glued for row in filled) * 4 > len(filled)


def _leading(rows: Sequence[Row], count: int) -> bool | None:
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


def _count_is_wrong(row: Row, count: int) -> str:
    if row.lost:
        return "乱码还原时数字前丢了字符，可能连带丢了数字"
    if not any(chunk.text.strip() for chunk in row.chunks):
        return NO_FIGURES
    return f"这一行应有{count}格，原文读到{len(row.chunks)}格（“{row.quote[:60]}”），无法对应"


def _split(row: Row, groups: int, size: int) -> list[flat.Figures] | str:
    digits = _digits(row)
    if digits is None:
        return f"原文数字粘连（“{row.quote[:80]}”），且夹有其他字符"
    readings = flat.sums(digits, groups, size)
    if readings is None:
        return f"原文数字粘连（“{row.quote[:80]}”），可能的读法太多"
    if not readings:
        # The printed sum may be wrong; then only digits that can be cut in one way count.
        if sum(map(len, digits)) == groups * size:
            return [tuple(map(int, "".join(digits)))]
        return f"原文数字粘连（“{row.quote[:80]}”），没有一种读法合计相符"
    return readings


def _add(found: Found, name: str, line: Line) -> None:
    """The same row twice: the readable one counts, and two that differ count for nothing."""
    before = found.lines.get(name)
    if before is None or all(isinstance(cell, Undeterminable) for cell in before.cells):
        found.lines[name] = line
        return
    if all(isinstance(cell, Undeterminable) for cell in line.cells):
        return
    if before.cells != line.cells:
        said = f"“{name.removeprefix('三、')}”在原文里出现两次，数字不同"
        found.remarks.append(Remark("repeated-row", said))
        before.cells = [
            mine if mine == other else Undeterminable(said)
            for mine, other in zip(before.cells, line.cells, strict=True)
        ]


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
        _add(found, name, _agreed(kept[name], row, forms.TABLE_3_COLUMNS))


def _by_order(found: Found, rows: list[Row], form: Form | None, leading: bool | None) -> None:
    """Figures without words go where exactly as many rows of the form are missing."""
    columns = forms.TABLE_3_COLUMNS
    placed: list[tuple[str, Line | None]] = []
    for row in rows:
        if row.label and row.label.name in found.lines:
            placed.append((row.label.name, None))
        elif not row.words and (row.exact or len(row.chunks) == len(columns)):
            line = _exact(row, columns, leading)
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
        _add(found, name, line)


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


# ---- 表四 ----


def table_4(rows: list[Row], *, opening_blank: bool) -> Found:
    """表四：three groups of five, in one row of fifteen or in three rows of five."""
    found = Found()
    count = len(forms.DISPUTES) * len(forms.TABLE_4_COLUMNS)
    columns = forms.TABLE_4_COLUMNS * len(forms.DISPUTES)
    filled = [row for row in rows if any(chunk.text.strip() for chunk in row.chunks)]
    if not filled:
        if rows:
            found.bare.update(forms.DISPUTES)
        return found
    found.bare.update(forms.DISPUTES)
    lines: list[Line] = []
    for row in filled:
        if row.exact:
            # A bar that opens the row looks like an empty cell in front of it.
            line = _exact(row, columns, opening_blank)
        else:
            line = _direct(row, columns)
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
        (row, line)
        for row in rows
        if (line := _exact(row, forms.TABLE_4_COLUMNS, None)) is not None
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
        return Line.unknown(_count_is_wrong(first, count), count, first)
    if len(joined.chunks) == count and (line := _exact(joined, columns, None)):
        return line
    if joined.lost or not joined.glued or any(row.exact for row in pieces):
        return Line.unknown(_count_is_wrong(joined, count), count, joined)
    readings = _split(joined, len(forms.DISPUTES), len(forms.TABLE_4_COLUMNS))
    if isinstance(readings, str):
        return Line.unknown(readings, count, joined)
    return _agreed(readings, joined, columns)


# ---- 表二 ----

_STOCKS: Final = frozenset((forms.RULES, forms.NORMATIVE_2021, forms.NORMATIVE_2019))


def table_2(rows: list[Row], layout: Layout, told: frozenset[int]) -> Found:
    """表二：rows placed by words; run-together figures only where one reading stands out.

    ``told`` are figures that the prose gives for normative documents and rules.
    """
    found = Found()
    glued = _are_glued(rows)
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
        _add(found, name, _line_2(row, name, layout, glued, told))
    return found


def _line_2(row: Row, name: str, layout: Layout, glued: bool, told: frozenset[int]) -> Line:
    columns = layout.tables[TABLE_2][name]
    count = len(columns)
    line = _exact(row, columns, False) if row.exact else _direct(row, columns)
    if line is not None:
        return line
    if row.exact or row.lost or not glued or len(row.chunks) > 1:
        return Line.unknown(_count_is_wrong(row, count), count, row)
    readings = flat.parts([parse_digits(chunk.text) for chunk in row.chunks], count)
    if readings is None:
        return Line.unknown(f"原文数字粘连（“{row.quote[:80]}”），可能的读法太多", count, row)
    if not readings:
        return Line.unknown(_count_is_wrong(row, count), count, row)
    cells = [
        [parse_cell(figure, column).cell for figure, column in zip(reading, columns, strict=True)]
        for reading in readings
    ]
    stock = flat.stocks(readings, layout.form, told) if name in _STOCKS else None
    if len(cells) == 1 or stock is None:
        return _agreed(cells, row, columns)
    line = _agreed([stock[0]], row, columns)
    why = "与正文所述数字互相印证" if stock[1] else "按“存量不少于当年新增”推定，请核对原件"
    line.inferred = f"原文数字粘连（“{row.quote}”），{why}"
    return line


# ---- 合成 ----


@dataclass(slots=True)
class Draft:
    """草稿：the cells of the tables, where they were read, and what is to be said of them."""

    layout: Layout
    tables: dict[str, dict[str, dict[str, Cell]] | None] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    origins: dict[Ref, Origin] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    #: The unit that the head 采购总金额 prints, if it prints one.
    purchase_unit: str = ""

    def take(self, table: str, found: Found, *, cut_off: bool, wide: bool) -> None:
        """Put a table that was found into the draft, every row of the form, read or not."""
        self.remarks += found.remarks
        rows: dict[str, dict[str, Cell]] = {}
        order = list(self.layout.tables[table])
        seen = [n for n, name in enumerate(order) if name in found.lines or name in found.bare]
        last = max(seen, default=-1)
        for number, name in enumerate(order):
            columns = self.layout.tables[table][name]
            line = found.lines.get(name)
            if line is None:
                reason = NO_FIGURES if name in found.bare else NO_ROW
                if cut_off and number >= last:
                    reason = CUT_OFF
                rows[name] = dict.fromkeys(self._named(columns, None), Undeterminable(reason))
                continue
            columns = self._named(columns, line)
            rows[name] = dict(zip(columns, line.cells, strict=True))
            self._say(table, name, columns, line, wide)
        self.tables[table] = rows

    def leave_out(self, table: str, reason: str) -> None:
        """Say why a table is missing."""
        self.tables[table] = None
        self.absent[table] = reason

    def _named(self, columns: tuple[str, ...], line: Line | None) -> tuple[str, ...]:
        """采购总金额 has its unit in the cell, if anywhere."""
        if columns[-1] != forms.PURCHASE_AMOUNT:
            return columns
        unit = (line.readings[-1].unit if line and line.readings else "") or self.purchase_unit
        return (*columns[:-1], f"采购总金额（{unit}）" if unit else forms.PURCHASE_AMOUNT_NO_UNIT)

    def _say(self, table: str, name: str, columns: Sequence[str], line: Line, wide: bool) -> None:
        for column, chunk in zip(columns, line.chunks, strict=False):
            path = f"第{chunk.place + 1}字" if wide else ""
            self.origins[Ref(table, name, column)] = Origin(
                chunk.text.strip(), line=chunk.line, path=path
            )
        for column, reading, chunk in zip(columns, line.readings, line.chunks, strict=False):
            if reading.note:
                said = f"原文为“{chunk.text.strip()}”"
                ref = Ref(table, name, column)
                self.remarks.append(Remark(reading.note, said, ref, chunk.text.strip()))
        if line.inferred:
            ref = Ref(table, name, columns[0])
            self.remarks.append(Remark("inferred-figures", line.inferred, ref))
        official = name.removeprefix("三、")
        normative = name == forms.NORMATIVE_2021 and line.label.endswith("规范性文件")
        if normative and not line.label.endswith(name):
            said = f"行名“规范性文件”在现行格式里应为“{name}”"
            self.remarks.append(Remark("misprinted-label", said, quote=line.label))
        elif not line.exact and line.label:
            said = f"行名“{line.label}”应为“{official}”"
            self.remarks.append(Remark("misprinted-label", said, quote=line.label))
