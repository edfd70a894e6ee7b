"""识表：the statutory tables found in grids, row by row, by their printed labels and heads.

One grid may hold all three tables, and one table may be spread over many grids (one for each
block of Table 2; the two halves of a table broken over pages): so what is known of the table at
hand is carried from row to row and from grid to grid. A cell is taken only when its row and its
column are known; a row whose cells cannot be laid under the heads gives undeterminable cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.annual import forms
from gongkai.annual.forms import LAYOUTS, TABLE_2, TABLE_3, TABLE_4, Ref
from gongkai.annual.model import Origin, Remark, Undeterminable
from gongkai.annual.read import heads, labels
from gongkai.annual.read.document import Block, Grid, Paragraph, Square, words
from gongkai.annual.read.found import AMOUNTS, Findings
from gongkai.annual.read.heads import Heads
from gongkai.annual.read.labels import Label

#: A row of Table 3 without any head of the table before it has a label and these figures.
_WIDTH_OF_TABLE_3 = len(forms.TABLE_3_COLUMNS)
#: Fewer empty cells in a row than one kind of dispute has columns are only empty cells.
_NARROWEST_TABLE_4 = len(forms.TABLE_4_COLUMNS)
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
    return prose


class _Reader:
    """What is known of the table at hand while rows pass by."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.table: str | None = None
        self.heads: Heads = ()
        #: Whether ``heads`` stand in the grid at hand, so that places can be compared.
        self.heads_here = False
        self.head_rows: list[list[Square]] = []
        self.row = ""

    def read(self, grid: Grid) -> list[str | None]:
        """The rows of one grid; what is no row of a statutory table comes back as prose."""
        self.heads_here, self.head_rows = False, []
        # The rows that are not statutory, and None where statutory ones stand between them.
        rest: list[list[Square] | None] = []
        rows = [squares for _, squares in grid.rows()]
        for number, squares in enumerate(rows):
            own = [square for square in squares if square.row == number]
            if not any(square.text for square in own) and not self._awaits_blanks(own):
                continue
            if not self._takes_head(own, squares):
                self._settle(rows)
                if not self._takes_row(grid, number, squares):
                    rest.append(own)
                    continue
            if rest[-1:] != [None]:
                rest.append(None)
        self._settle(rows)
        return self._left(rest, grid)

    # ---- 表头

    def _takes_head(self, own: Sequence[Square], squares: list[Square]) -> bool:
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
        self.head_rows.append(squares)
        return True

    def _continues_heads(self, texts: Sequence[str]) -> bool:
        """The lower halves of broken heads, or heads that two tables share (其他, 总计)."""
        printed = [labels.squeeze(text) for text in texts if text.strip()]
        return (
            self.table in (TABLE_3, TABLE_4)
            and bool(printed)
            and all(len(text) <= 6 and not labels.is_value(text) for text in printed)
            and labels.row(TABLE_3, "".join(texts)) is None
        )

    def _settle(self, rows: Sequence[Sequence[Square]]) -> None:
        """The heads gathered so far are complete: find out what columns they name."""
        if self.head_rows and self.table is not None:
            self.heads = heads.resolve(self.table, self.head_rows)
            self.heads_here = True
            self.head_rows = []
        elif not self.heads_here and self.table is not None:
            standard = heads.STANDARD.get(self.table, ())
            self.heads = heads.carried(self.heads or standard, self._bodies(rows))
            self.heads_here = True

    def _bodies(self, rows: Sequence[Sequence[Square]]) -> list[Sequence[Square]]:
        """The cells to the right of the label, of each row that has a label of the table."""
        bodies = []
        for squares in rows:
            stub = _stub(squares)
            if self.table == TABLE_4 or (self.table and labels.row(self.table, _text(stub))):
                bodies.append(squares[len(stub) :])
        return bodies

    def _awaits_blanks(self, own: Sequence[Square]) -> bool:
        """Under the heads of Table 4 a row of nothing but empty cells may be its figures."""
        named = self.head_rows or self.heads
        return self.table == TABLE_4 and bool(named) and len(own) >= _NARROWEST_TABLE_4

    # ---- 行

    def _takes_row(self, grid: Grid, number: int, squares: Sequence[Square]) -> bool:
        stub = _stub(squares)
        text = _text(stub)
        if len(text) > _LONGEST_LABEL * 2:
            return False
        request = self._request(text)
        if request and (
            self.table == TABLE_3 or (request.exact and len(squares) > _WIDTH_OF_TABLE_3)
        ):
            if self.table != TABLE_3:
                self.table, self.heads = TABLE_3, heads.STANDARD[TABLE_3]
                self.heads_here = False
                self._settle([row for _, row in grid.rows()])
            self._lay(grid, number, squares, stub, Ref(TABLE_3, request.name, ""))
            return self._noted(TABLE_3, request)
        if self.table == TABLE_2 and (label := labels.row(TABLE_2, text)):
            self._lay(grid, number, squares, stub, Ref(TABLE_2, label.name, ""))
            return self._noted(TABLE_2, label)
        if self.table == TABLE_4 and self.heads:
            return self._takes_disputes(grid, number, squares, stub)
        return False

    def _request(self, text: str) -> Label | None:
        """The row of Table 3; 其他 without its number is known by the row above it."""
        label = labels.row(TABLE_3, text)
        if label is None and self.row == forms.OTHERWISE_THREE_ROWS[1]:
            rest = labels.squeeze(text)
            if rest.endswith("其他"):
                return Label(forms.OTHERWISE_THREE_ROWS[2], True, rest)
        return label

    def _noted(self, table: str, label: Label) -> bool:
        self.row = label.name
        if not label.exact:
            self.findings.misprint(table, label.text, label.name)
        return True

    def _takes_disputes(
        self, grid: Grid, number: int, squares: Sequence[Square], stub: Sequence[Square]
    ) -> bool:
        """Table 4: one row of fifteen figures, or a labelled row for each kind of dispute."""
        if all(head.group for head in self.heads if head.name is not None):
            figures = [square for square in squares if labels.is_value(square.text)]
            if len(figures) * 2 <= len(squares):
                return False
            self._lay(grid, number, squares, (), Ref(TABLE_4, "", ""))
            return True
        label = labels.row(TABLE_4, _text(stub))
        if label is None:
            return False
        self._lay(grid, number, squares, stub, Ref(TABLE_4, label.name, ""))
        return self._noted(TABLE_4, label)

    def _lay(
        self,
        grid: Grid,
        number: int,
        squares: Sequence[Square],
        stub: Sequence[Square],
        row: Ref,
    ) -> None:
        """Put the cells of a row under the heads, or say why that cannot be done."""
        columns = self._columns_of(row)
        body = squares[len(stub) :]
        if not columns:
            if row.table == TABLE_2:
                self.findings.headless[row.row] = [_origin(grid, square) for square in body]
            return
        cells = heads.lay(columns, squares, after=len(stub))
        for place, head in enumerate(columns):
            if head.name is None:
                continue
            ref = Ref(row.table, row.row or head.group, head.name)
            if cells is None:
                wide = sum(column.name is not None for column in columns)
                reason = f"“{ref.row}”行有{len(body)}格，表头有{wide}列，无法对应"
                first = body[0] if body else squares[0]
                self.findings.put(ref, Undeterminable(reason), _origin(grid, first))
            else:
                self._take(grid, number, ref, cells, place)

    def _columns_of(self, row: Ref) -> Heads:
        """The heads, unless they are those of another block of Table 2."""
        if row.table != TABLE_2:
            return self.heads
        known = _COLUMNS_OF_TABLE_2[row.row]
        fits = all(head.name is None or head.name in known for head in self.heads)
        return self.heads if fits else ()

    def _take(self, grid: Grid, number: int, ref: Ref, cells: list[Square], place: int) -> None:
        square = cells[place]
        origin = _origin(grid, square)
        shared = (
            square.rowspan > 1
            or square.row != number
            or (place > 0 and cells[place - 1] is square)
            or (place + 1 < len(cells) and cells[place + 1] is square)
        )
        if shared and square.text.strip():
            reason = f"原文“{square.text.strip()}”所在的格与相邻的格合并，无法确定属于哪一格"
            self.findings.put(ref, Undeterminable(reason), origin)
        else:
            self.findings.take(ref, origin)

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


def _stub(squares: Sequence[Square]) -> Sequence[Square]:
    """The cells a row begins with that can only be labels, up to the last one with text."""
    end = 0
    for place, square in enumerate(squares):
        if square.text.strip():
            if labels.is_value(square.text):
                break
            end = place + 1
    return squares[:end]


def _text(stub: Iterable[Square]) -> str:
    return "".join(square.text for square in stub)


def _is_band(texts: Sequence[str]) -> bool:
    """第二十条第（五）项, which stands over each block of Table 2."""
    printed = [text for text in texts if text.strip()]
    return len(printed) == 1 and len(printed[0]) < 20 and labels.block(printed[0]) is not None


def _origin(grid: Grid, square: Square) -> Origin:
    return Origin(
        square.text,
        page=grid.page,
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
    "公开方式 公开形式 公开范围 公开类别 公开程序 公开时限 公开责任部门 责任部门 内容概述 "
    "有效性 时效 索取号 信息索取号 生效日期 废止日期 失效日期 信息来源 来源 语种 载体类型 点击数 浏览次数"
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
