"""一行的格：the cells of one printed row, kept apart by the source or run together.

What stays open is undeterminable, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from gongkai.annual import forms
from gongkai.annual.model import Cell, Remark, Undeterminable
from gongkai.annual.read import flat
from gongkai.annual.read.cells import Reading, parse_cell
from gongkai.annual.read.rows import Chunk, Row

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

    def add(self, name: str, line: Line) -> None:
        """添一行：of the same row twice the readable counts; where two differ, neither does."""
        before = self.lines.get(name)
        if before is None or all(isinstance(cell, Undeterminable) for cell in before.cells):
            self.lines[name] = line
            return
        if all(isinstance(cell, Undeterminable) for cell in line.cells):
            return
        if before.cells != line.cells:
            said = f"“{name.removeprefix('三、')}”在原文里出现两次，数字不同"
            self.remarks.append(Remark("repeated-row", said))
            before.cells = [
                mine if mine == other else Undeterminable(said)
                for mine, other in zip(before.cells, line.cells, strict=True)
            ]


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


def apart(row: Row, columns: Sequence[str], leading: bool | None) -> Line | None:
    """分开的格：a row whose cells the source keeps apart; ``None`` if their number is wrong.

    ``leading`` says where the padding of the table stands, if that is known.
    """
    chunks = _fitted(row.chunks, len(columns), leading)
    if chunks is None:
        return None
    readings = [
        parse_cell(chunk.text, column) for chunk, column in zip(chunks, columns, strict=True)
    ]
    cells = [reading.cell for reading in readings]
    if row.lost and row.bare:
        reason = "乱码还原时数字前丢了字符，可能连带丢了换行，无法确定是哪一行的数字"
        cells = [Undeterminable(reason)] * len(cells)
    elif row.lost and cells and cells[0] is not None:
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


def one_each(row: Row, columns: Sequence[str]) -> Line | None:
    """一串一格：runs of digits exactly as many as the row has columns: each is one figure."""
    if len(row.chunks) != len(columns):
        return None
    return apart(row, columns, None)


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


def agreed(readings: Sequence[Sequence[Cell]], row: Row, columns: Sequence[str]) -> Line:
    """各读法一致的格：cells on which all readings agree; of the rest, the reason names them."""
    reason = f"原文数字粘连（“{row.quote}”），可能是{_candidates(readings)}，无法确定"
    cells: list[Cell] = [
        values[0] if len(set(values)) == 1 else Undeterminable(reason)
        for values in zip(*readings, strict=True)
    ]
    first = row.chunks[0]._replace(text=row.quote)
    return Line(cells, [first] * len(columns), [], _printed(row), _is_exact(row))


def are_glued(rows: Sequence[Row]) -> bool:
    """是否粘连：whether words and figures of the text stand without white space, as a habit."""
    filled = [row for row in rows if row.chunks and not row.exact]
    return sum(row.glued for row in filled) * 4 > len(filled)


def count_is_wrong(row: Row, count: int) -> str:
    """格数不符：why a row has no readable figures, as a sentence."""
    if row.lost:
        return "乱码还原时数字前丢了字符，可能连带丢了数字"
    if not any(chunk.text.strip() for chunk in row.chunks):
        return NO_FIGURES
    return f"这一行应有{count}格，原文读到{len(row.chunks)}格（“{row.quote[:60]}”），无法对应"


def split(row: Row, groups: int, size: int) -> list[flat.Figures] | str:
    """按合计切分：run-together figures by their sums, or why they cannot be told apart."""
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
