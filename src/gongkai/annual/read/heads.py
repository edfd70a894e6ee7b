"""表头：which column of the statutory tables each column of a printed grid is.

Columns are read from the heads, never assumed where heads stand; a row is laid under its heads
by position where its cells line up with them, by order where only their number agrees (spans in
published pages are often wrong), and not at all otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from gongkai.annual import forms
from gongkai.annual.forms import TABLE_2, TABLE_3, TABLE_4
from gongkai.annual.read import labels
from gongkai.annual.read.document import Square


class Head(NamedTuple):
    """列头：the lowest head above a column: where it stands, and the column it names.

    ``name`` is the exchange name, or ``None`` for a column that is not statutory; ``group`` the
    row of Table 4 (行政复议 …) that its column belongs to.
    """

    start: int
    end: int
    name: str | None
    group: str = ""


Heads: TypeAlias = tuple[Head, ...]

#: The order of the columns, where a table comes without heads and their number fits.
STANDARD: Mapping[str, Heads] = {
    TABLE_3: tuple(Head(i, i + 1, name) for i, name in enumerate(forms.TABLE_3_COLUMNS)),
    TABLE_4: tuple(
        Head(i * 5 + j, i * 5 + j + 1, name, group)
        for i, group in enumerate(forms.DISPUTES)
        for j, name in enumerate(forms.TABLE_4_COLUMNS)
    ),
}
_HEAD_WORDS = {"信息内容": TABLE_2, "申请人情况": TABLE_3, "法人或其他组织": TABLE_3}
_LONGEST_HEAD = 24
_TOP_OF_TABLE_4 = frozenset(("行政复议", "行政诉讼"))
#: Heads of both Table 3 and Table 4, which by themselves tell nothing.
_EITHER = frozenset(("其他", forms.TOTAL))


def headed(texts: Iterable[str]) -> str | None:
    """表头行：the table that a row with these cells is a head of; ``None`` if it is none."""
    printed = tuple(text for text in texts if text)
    if not printed or any(_is_figure(text) for text in printed):
        return None
    return _headed(printed)


@lru_cache(maxsize=1024)
def _headed(printed: tuple[str, ...]) -> str | None:
    for text in printed:
        bare = labels.squeeze(text)
        if bare in _HEAD_WORDS:
            return _HEAD_WORDS[bare]
        if "勾稽关系" in bare and len(bare) < 60:
            return TABLE_3
        for table in (TABLE_3, TABLE_4):
            head = labels.column(table, text)
            if head is not None and head.name not in _EITHER:
                return table
    if len(printed) > 1 and all(_above_table_4(text) for text in printed):
        return TABLE_4
    named = [len(t) < _LONGEST_HEAD and labels.column(TABLE_2, t) is not None for t in printed]
    return TABLE_2 if any(named) and sum(named) >= len(named) - 1 else None


@lru_cache(maxsize=8192)
def _is_figure(text: str) -> bool:
    return any(char.isdigit() for char in text) and labels.is_value(text)


def _above_table_4(text: str) -> bool:
    return labels.squeeze(text) in _TOP_OF_TABLE_4 or labels.row(TABLE_4, text) is not None


def resolve(table: str, rows: Sequence[Sequence[Square]]) -> Heads:
    """列头：the columns that these head rows of ``table`` name, from the first statutory one on."""
    #: grid column → the cells over it, the lowest first
    stacks: dict[int, list[Square]] = {}
    for row in reversed(rows):
        for square in row:
            for column in range(square.column, square.end):
                stack = stacks.setdefault(column, [])
                if not stack or stack[-1] is not square:
                    stack.append(square)
    heads: list[Head] = []
    leaf: Square | None = None
    for column in sorted(stacks):
        if stacks[column][0] is leaf:
            continue
        leaf = stacks[column][0]
        name = _name(table, stacks[column])
        if name or heads:
            group = _group(leaf, rows) if table == TABLE_4 and name else ""
            heads.append(Head(leaf.column, leaf.end, name, group))
    return _completed(table, tuple(heads))


def _name(table: str, stack: Sequence[Square]) -> str | None:
    """What a column is called; an empty lowest cell lets the one above it speak."""
    spoken = ""
    for square in stack:
        text = square.text
        # 商业 over 企业: a name broken over two cells.
        head = labels.column(table, text + spoken)
        if head is None and spoken:
            head = labels.column(table, spoken)
            return head.name if head else None
        if head and not _broken(text):
            return head.name
        spoken = text
    head = labels.column(table, spoken)
    return head.name if head else None


def _broken(text: str) -> bool:
    """机构 may be the lower half of 科研机构 or of 法律服务机构."""
    return labels.squeeze(text) in ("企业", "机构", "组织")


def _group(leaf: Square, rows: Sequence[Sequence[Square]]) -> str:
    """The row of Table 4 that the heads over a column speak of; an empty one continues its left."""
    spoken: list[str] = []
    for row in rows:
        to_the_left = [s.text for s in row if s.column <= leaf.column and s.text]
        spoken += to_the_left[-1:]
    text = labels.squeeze("".join(spoken))
    if "复议后" in text:
        return forms.SUIT_AFTER_RECONSIDERATION
    if "未经" in text or "直接" in text:
        return forms.DIRECT_SUIT
    return forms.RECONSIDERATION if "复议" in text and "诉讼" not in text else ""


def _completed(table: str, heads: Heads) -> Heads:
    """Heads in the printed order of the form lend a name to one that cannot be read."""
    standard = STANDARD.get(table, ())
    width = len(standard)
    if len(heads) < width or any(head.name for head in heads[width:]):
        return heads
    pairs = list(zip(heads[:width], standard, strict=True))
    fits = all(
        head.name in (None, given.name) and head.group in ("", given.group) for head, given in pairs
    )
    if not fits:
        return heads
    completed = (head._replace(name=given.name, group=given.group) for head, given in pairs)
    return (*completed, *heads[width:])


def carried(heads: Heads, bodies: Iterable[Sequence[Square]]) -> Heads:
    """续表：the heads of a table that goes on in another grid, where no heads are repeated.

    The rows that have a cell for each head tell where the columns are, if they agree; else the
    heads have no place in this grid, and only the order of cells counts.
    """
    named = [head for head in heads if head.name is not None]
    places = {
        tuple((square.column, square.end) for square in body)
        for body in bodies
        if len(body) == len(named)
    }
    if len(places) != 1:
        return tuple(head._replace(start=-1, end=-1) for head in named)
    return tuple(
        head._replace(start=start, end=end)
        for head, (start, end) in zip(named, places.pop(), strict=True)
    )


def lay(heads: Heads, squares: Sequence[Square], *, after: int) -> list[Square] | None:
    """对列：the cell of a row under each head; ``None`` where that cannot be told.

    ``after`` is the number of leading cells of the row that are its label. A cell may stand for
    several heads (merged cells).
    """
    if not heads:
        return None
    body = squares[after:]
    slipped = (s for s in body if s.end <= heads[0].start and s.text and labels.is_value(s.text))
    if any(slipped):
        # A figure stands left of the first head: places tell nothing.
        return _by_order(heads, body)
    return _by_position(heads, squares) or _by_order(heads, body)


def _by_position(heads: Heads, squares: Sequence[Square]) -> list[Square] | None:
    """The cells under the heads, if every edge of a cell there is the edge of a head."""
    under = _places(heads, tuple((square.column, square.end) for square in squares))
    return None if under is None else [squares[place] for place in under]


@lru_cache(maxsize=512)
def _places(heads: Heads, spans: tuple[tuple[int, int], ...]) -> tuple[int, ...] | None:
    """Which of the cells with these spans stands under each head; rows of a table are alike."""
    first, last = heads[0].start, heads[-1].end
    edges = {head.start for head in heads} | {last}
    covering: dict[int, int] = {}
    for place, (column, end) in enumerate(spans):
        if end > first:
            if column not in edges or end not in edges:
                return None
            covering.update(dict.fromkeys(range(column, end), place))
    under = tuple(covering[head.start] for head in heads if head.start in covering)
    return under if len(under) == len(heads) else None


def _by_order(heads: Heads, squares: Sequence[Square]) -> list[Square] | None:
    named = sum(head.name is not None for head in heads)
    if len(squares) > len(heads) and squares[0].text.strip():
        # Empty cells beyond the last head only fill up the row.
        while len(squares) > len(heads) and not squares[-1].text.strip():
            squares = squares[:-1]
    if len(squares) == len(heads):
        return list(squares)
    if len(squares) == named < len(heads):
        cells = iter(squares)
        blank = Square(squares[0].row, -1, "")
        return [next(cells) if head.name is not None else blank for head in heads]
    return None
