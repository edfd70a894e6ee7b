"""识表：the statutory tables found in grids, row by row, by their printed labels and heads.

One grid may hold all three tables, and one table may be spread over many grids (one for each
block of Table 2; the two halves of a table broken over pages): so what is known of the table at
hand is carried from row to row and from grid to grid. A cell is taken only when its row and its
column are known; a row whose cells cannot be laid under the heads gives undeterminable cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from gongkai.annual import forms
from gongkai.annual.forms import LAYOUTS, TABLE_2, TABLE_3, TABLE_4, Ref
from gongkai.annual.model import Origin, Remark
from gongkai.annual.read import heads, labels
from gongkai.annual.read.document import Block, Grid, Paragraph, Square, words
from gongkai.annual.read.found import AMOUNTS, Findings
from gongkai.annual.read.heads import Heads
from gongkai.annual.read.labels import Label

#: A cell of more characters than any label has is prose.
_LONGEST_LABEL = 80
_COLUMNS_OF_TABLE_2 = {
    row: {
        column
        for layout in LAYOUTS.values()
        for column in layout.tables[TABLE_2].get(row, ())
        + layout.tables[TABLE_2].get(layout.normative if row == forms.NORMATIVE_2021 else row, ())
    }
    | (set(AMOUNTS.values()) if row == forms.PROCUREMENT else set())
    for row in {row for layout in LAYOUTS.values() for row in layout.tables[TABLE_2]}
}


def read_grids(blocks: Iterable[Block], findings: Findings) -> list[str | None]:
    """识表：take the statutory tables out of ``blocks`` into ``findings``; the prose is left.

    ``None`` stands in the place of a table. Tables that are not statutory become paragraphs.
    """
    prose: list[str | None] = []
    reader = _Reader(findings)
    for block in blocks:
        if isinstance(block, Paragraph):
            prose.append(block.text)
        else:
            prose += reader.read(block)
    reader.finish()
    return prose


#: （六）其他处理 is a row by itself, or the name of the three numbered rows to its right.
_GROUP_OR_ROW = forms.OTHERWISE_ONE_ROW[0]
_NUMBERED = re.compile(r"[(（]?\d[.．、)）]")


class _Row(NamedTuple):
    """A row at hand: its grid, its number, all cells standing in it or reaching into it."""

    grid: Grid
    number: int
    squares: Sequence[Square]

    @property
    def page(self) -> int | None:
        """The page on which the row begins."""
        own = (square.page for square in self.squares if square.row == self.number)
        return next(own, None)

    def lead(self, table: str) -> tuple[Label | None, int]:
        """The row of ``table`` that the leading cells name, and how many cells that takes.

        A cell counts as part of the label only if it makes the label another, or more exact:
        what follows is a cell of the body, even if no figure stands in it.
        """
        found, after, text = None, 0, ""
        for place, square in enumerate(self.squares):
            if not square.text:
                continue
            if place == 0 and square.text.isdecimal():
                continue  # 序号
            if len(square.text) > _LONGEST_LABEL or labels.is_value(square.text):
                break
            text += square.text
            label = labels.row(table, text)
            if label and (found is None or label.name != found.name or label.exact > found.exact):
                found, after = label, place + 1
            elif found and found.name == _GROUP_OR_ROW and _NUMBERED.match(square.text):
                found, after = None, place + 1
        return found, after

    @property
    def text(self) -> str:
        """The leading cells up to the first that holds a value."""
        leading = takewhile(lambda s: not (s.text and labels.is_value(s.text)), self.squares)
        return "".join(square.text for square in leading)


class _Reader:
    """What is known of the table at hand while rows pass by."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.table: str | None = None
        self.heads: Heads = ()
        #: Whether ``heads`` stand in the grid at hand, so that places can be compared.
        self.heads_here = False
        self.head_rows: list[list[Square]] = []
        #: The row taken last, and its place in the form.
        self.last: tuple[_Row, Ref] | None = None
        #: The row just before, if it was not taken.
        self.unplaced: _Row | None = None
        #: A row of empty cells under the heads of Table 4: its figures, if no others come.
        self.empty: tuple[_Row, Heads] | None = None

    def read(self, grid: Grid) -> list[str | None]:
        """The rows of one grid; what is no row of a statutory table comes back as prose."""
        self.heads_here, self.head_rows, self.unplaced = False, [], None
        # The rows that are not statutory, and None where statutory ones stand between them.
        rest: list[list[Square] | None] = []
        rows = [_Row(grid, number, squares) for number, squares in grid.rows()]
        for row in rows:
            own = [square for square in row.squares if square.row == row.number]
            if not any(square.text for square in own):
                self._notes_empty(row, rows)
                continue
            if not self._takes_head(own, row):
                self._settle(rows)
                if self._mends(row):
                    rest.pop()
                elif not self._takes(row, rows):
                    rest.append(own)
                    self.unplaced = row
                    continue
            self.unplaced = None
            if rest[-1:] != [None]:
                rest.append(None)
        self._settle(rows)
        return self._left(rest, grid)

    def finish(self) -> None:
        """All grids have passed."""
        if self.empty and not any(ref.table == TABLE_4 for ref in self.findings.cells):
            row, self.heads = self.empty
            self._lay(row, Ref(TABLE_4, "", ""), 0)

    # ---- 表头

    def _takes_head(self, own: Sequence[Square], row: _Row) -> bool:
        """Whether this row is a head; heads one under another are gathered."""
        texts = [square.text for square in own]
        if any(len(text) > _LONGEST_LABEL for text in texts):
            return False
        table = heads.headed(texts)
        if table is None and _is_band(texts):
            self.table, self.heads, self.head_rows = TABLE_2, (), []
            return True
        if table is None and self.head_rows and self._continues_heads(texts):
            table = self.table
        if table is None:
            return False
        if table != self.table:
            self.heads, self.head_rows = (), []
        self.table = table
        self.head_rows.append(list(row.squares))
        return True

    def _continues_heads(self, texts: Sequence[str]) -> bool:
        """The lower halves of broken heads, or heads that two tables share (其他, 总计)."""
        printed = [labels.squeeze(text) for text in texts if text]
        return (
            self.table in (TABLE_3, TABLE_4)
            and all(len(text) <= 6 and not labels.is_value(text) for text in printed)
            and labels.row(TABLE_3, "".join(texts)) is None
        )

    def _settle(self, rows: Sequence[_Row]) -> None:
        """The heads gathered so far are complete: find out what columns they name."""
        if self.table is None or (self.heads_here and not self.head_rows):
            return
        if self.head_rows:
            self.heads = heads.resolve(self.table, self.head_rows)
            self.head_rows = []
        else:
            known = self.heads or heads.STANDARD.get(self.table, ())
            self.heads = heads.carried(known, self._bodies(self.table, rows))
        self.heads_here = True

    def _bodies(self, table: str, rows: Iterable[_Row]) -> Iterator[Sequence[Square]]:
        """The cells to the right of the label, of each row that has a label of the table."""
        for row in rows:
            label, after = row.lead(table)
            if label or table == TABLE_4:
                yield row.squares[after:]

    # ---- 行

    def _takes(self, row: _Row, rows: Sequence[_Row]) -> bool:
        """Whether this row is one of a statutory table; if so, it is taken."""
        if self._goes_on(row):
            return True
        label, after = self._request(row)
        if label and (self.table == TABLE_3 or self._must_be_table_3(label, row, rows)):
            return self._take_labelled(row, TABLE_3, label, after)
        if self.table == TABLE_2:
            label, after = row.lead(TABLE_2)
            return label is not None and self._take_labelled(row, TABLE_2, label, after)
        if self.table == TABLE_4 and self.heads:
            return self._takes_disputes(row)
        return False

    def _request(self, row: _Row) -> tuple[Label | None, int]:
        """The row of Table 3; 其他 without its number is known by the row above it."""
        label, after = row.lead(TABLE_3)
        if label is None and self.last and self.last[1].row == forms.OTHERWISE_THREE_ROWS[1]:
            text = labels.squeeze(row.text)
            if text.endswith("其他"):
                places = [place for place, square in enumerate(row.squares) if square.text]
                after = next(p for p in places if "其" in row.squares[p].text) + 1
                label = Label(forms.OTHERWISE_THREE_ROWS[2], True, text)
        return label, after

    def _must_be_table_3(self, label: Label, row: _Row, rows: Sequence[_Row]) -> bool:
        """A row that can only be of Table 3, though no head of that table came before it."""
        if not label.exact or len(row.squares) <= len(forms.TABLE_3_COLUMNS):
            return False
        self.table, self.heads, self.heads_here = TABLE_3, heads.STANDARD[TABLE_3], False
        self._settle(rows)
        return True

    def _take_labelled(self, row: _Row, table: str, label: Label, after: int) -> bool:
        self._lay(row, Ref(table, label.name, ""), after)
        if not label.exact:
            self.findings.misprint(table, label.text, label.name)
        return True

    def _takes_disputes(self, row: _Row) -> bool:
        """Table 4: one row of fifteen figures, or a labelled row for each kind of dispute."""
        if not all(head.group for head in self.heads if head.name):
            label, after = row.lead(TABLE_4)
            return label is not None and self._take_labelled(row, TABLE_4, label, after)
        values = sum(labels.is_value(square.text) for square in row.squares)
        if values * 2 <= len(row.squares) or len(row.squares) < len(forms.TABLE_4_COLUMNS):
            return False
        self._lay(row, Ref(TABLE_4, "", ""), 0)
        # Whatever comes after its one row of figures is not Table 4.
        self.table, self.heads = None, ()
        return True

    def _notes_empty(self, row: _Row, rows: Sequence[_Row]) -> None:
        if self.table == TABLE_4 and self.empty is None and row.squares:
            self._settle(rows)
            if len(row.squares) >= len(forms.TABLE_4_COLUMNS):
                self.empty = (row, self.heads)

    def _goes_on(self, row: _Row) -> bool:
        """跨页的行：whether this is the lower half of the row that the page before ended with.

        The figures of a row broken by the end of a page stand in one half only.
        """
        if self.last is None:
            return False
        upper, ref = self.last
        if ref.table != self.table or row.page is None or row.page - 1 != upper.page:
            return False
        label, after = row.lead(ref.table)
        if (label and label.name != ref.row) or ref.table == TABLE_4:
            return False
        if after == 0:
            after = next((p for p, s in enumerate(row.squares) if s.text), 0) + 1
        if any(square.text for square in row.squares[after:]):
            self._lay(row, ref, after, mending=True)
        return True

    def _mends(self, row: _Row) -> bool:
        """Whether only the row before and this one together say what row of the form they are.

        The end of a page broke the label of that row in two.
        """
        upper = self.unplaced
        if upper is None or self.table not in (TABLE_2, TABLE_3):
            return False
        if upper.page is None or row.page != upper.page + 1:
            return False
        label = labels.row(self.table, upper.text + row.text)
        own, after = row.lead(self.table)
        if label is None or (own is not None and own.name != label.name):
            return False
        values = [
            place for place, s in enumerate(upper.squares) if s.text and labels.is_value(s.text)
        ]
        ref = Ref(self.table, label.name, "")
        self._lay(upper, ref, values[0] if values else after)
        if any(labels.is_value(square.text) for square in row.squares if square.text):
            self._lay(row, ref, after, mending=True)
        return True

    # ---- 格

    def _lay(self, row: _Row, ref: Ref, after: int, *, mending: bool = False) -> None:
        """Put the cells of a row under the heads, or say why that cannot be done."""
        self.last = (row, ref)
        columns = self._columns_of(ref)
        body = row.squares[after:]
        if not columns:
            if ref.table == TABLE_2:
                origins = [_origin(row.grid, square) for square in body]
                self.findings.headless.setdefault(ref.row, origins)
            return
        cells = heads.lay(columns, row.squares, after=after)
        for place, head in enumerate(columns):
            if head.name is None:
                continue
            cell = Ref(ref.table, ref.row or head.group, head.name)
            if cells is None:
                wide = sum(column.name is not None for column in columns)
                reason = f"“{cell.row}”行有{len(body)}格，表头有{wide}列，无法对应"
                first = body[0] if body else row.squares[0]
                self.findings.lose(cell, reason, _origin(row.grid, first))
            else:
                self._take_cell(row, cell, cells, place, mending)

    def _columns_of(self, row: Ref) -> Heads:
        """The heads, unless they are those of another block of Table 2."""
        if row.table != TABLE_2:
            return self.heads
        known = _COLUMNS_OF_TABLE_2[row.row]
        fits = all(head.name is None or head.name in known for head in self.heads)
        return self.heads if fits else ()

    def _take_cell(
        self, row: _Row, ref: Ref, cells: Sequence[Square], place: int, mending: bool
    ) -> None:
        square = cells[place]
        shared = (
            square.rowspan > 1
            or square.row != row.number
            or (place > 0 and cells[place - 1] is square)
            or (place + 1 < len(cells) and cells[place + 1] is square)
        )
        origin = _origin(row.grid, square)
        if shared and square.text:
            reason = f"原文“{square.text}”所在的格与相邻的格合并，无法确定属于哪一格"
            self.findings.lose(ref, reason, origin)
        else:
            self.findings.take(ref, origin, mending=mending)

    # ---- 其余

    def _left(self, rest: Iterable[Sequence[Square] | None], grid: Grid) -> list[str | None]:
        """What stands in a grid without being statutory: prose, or a row that no form has."""
        rest = list(rest)
        beside = None in rest
        prose: list[str | None] = []
        for squares in rest:
            if squares is None:
                prose.append(None)
            elif beside and any(labels.is_value(square.text) for square in squares if square.text):
                said = " ".join(" ".join(square.text.split()) for square in squares if square.text)
                message = f"第{grid.number}个表里的“{said}”不是表样里的行，未读入"
                self.findings.remarks.append(Remark("unplaced-row", message, quote=said))
            else:
                prose += _prose(squares)
        return prose


def _is_band(texts: Sequence[str]) -> bool:
    """第二十条第（五）项, which stands over each block of Table 2."""
    printed = [text for text in texts if text.strip()]
    return len(printed) == 1 and len(printed[0]) < 20 and labels.block(printed[0]) is not None


def _origin(grid: Grid, square: Square) -> Origin:
    return Origin(
        square.text,
        page=square.page,
        table=grid.number,
        row=square.row + 1,
        column=square.column + 1,
        path=square.path,
    )


#: What a page says of itself in a small table above the report, as far as it concerns the report.
_FACTS = words(
    "索引号 名称 标题 信息名称 文件名称 发布机构 发布单位 公开机构 发文机关 "
    "公开日期 发布日期 发布时间 公开时间 生成日期 成文日期 发文日期"
)
#: What else such a table holds.
_OTHER_FACTS = words(
    "文号 发文字号 分类 信息分类 主题分类 组配分类 服务对象分类 主题词 关键词 关键字 体裁 体裁分类 "
    "公开方式 公开形式 公开范围 公开类别 公开程序 公开时限 公开责任部门 责任部门 内容概述 有效性 "
    "时效 索取号 信息索取号 生效日期 废止日期 失效日期 信息来源 来源 语种 载体类型 点击数 浏览次数"
)


def _prose(squares: Iterable[Square]) -> list[str]:
    """A row of a grid that only arranges text, as paragraphs; facts of the page as 索引号：…."""
    prose: list[str] = []
    cells = iter(squares)
    for square in cells:
        name = labels.squeeze(square.text).rstrip(":")
        lines = [line.strip() for line in square.text.splitlines()]
        if name in _FACTS or name in _OTHER_FACTS:
            value = next(cells, None)
            said = " ".join(value.text.split()) if value else ""
            lines = [f"{name}：{said}"] if said and name in _FACTS else []
        prose += filter(None, lines)
    return prose
