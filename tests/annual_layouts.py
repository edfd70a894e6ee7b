"""One report in many textual layouts, as copying, extraction and conversion leave it.

Each layout gives the text of a whole report: title, headings, tables, and a sentence in each
part. A blank cell is empty text, which only layouts with something between the cells can show.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from decimal import Decimal

from gongkai.annual import forms
from gongkai.annual.forms import TABLE_2, TABLE_3, Form
from gongkai.annual.model import Cell, Report, Undeterminable

#: One printed row: the label cells in front, the figures behind them, both as text.
PrintedRow = tuple[list[str], list[str]]

_BLOCKS_2021 = (
    ("第二十条第（一）项", ("规章", "行政规范性文件")),
    ("第二十条第（五）项", ("行政许可",)),
    ("第二十条第（六）项", ("行政处罚", "行政强制")),
    ("第二十条第（八）项", ("行政事业性收费",)),
)
_BLOCKS_2019 = (
    ("第二十条第（一）项", ("规章", "规范性文件")),
    ("第二十条第（五）项", ("行政许可", "其他对外管理服务事项")),
    ("第二十条第（六）项", ("行政处罚", "行政强制")),
    ("第二十条第（八）项", ("行政事业性收费",)),
    ("第二十条第（九）项", ("政府集中采购",)),
)
_GROUPS = {
    "（三）": "（三）不予公开",
    "（四）": "（四）无法提供",
    "（五）": "（五）不予处理",
    "（六）": "（六）其他处理",
}
_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def text_of(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Undeterminable):
        return "见附件"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def printed_rows(report: Report, table: str) -> list[PrintedRow]:
    """The rows of a table as print has them: heads without figures, labels with their groups."""
    assert report.form is not None
    rows = report.tables[table]
    assert rows is not None
    if table == TABLE_2:
        return list(_rows_2(report.form, rows))
    if table == TABLE_3:
        return list(_rows_3(rows))
    figures = [text_of(cell) for row in forms.DISPUTES for cell in rows[row].values()]
    return [
        (["行政复议", "行政诉讼"], []),
        ([*forms.RESULTS, "总计", "未经复议直接起诉", "复议后起诉"], []),
        ([*forms.RESULTS, "总计", *forms.RESULTS, "总计"], []),
        ([], figures),
    ]


def _rows_2(form: Form, rows: object) -> Iterator[PrintedRow]:
    assert isinstance(rows, dict)
    for block, names in _BLOCKS_2019 if form is Form.Y2019 else _BLOCKS_2021:
        yield [block], []
        columns = list(rows[names[0]])
        yield ["信息内容", *columns], []
        for name in names:
            yield [name], [text_of(cell) for cell in rows[name].values()]


def _rows_3(rows: object) -> Iterator[PrintedRow]:
    assert isinstance(rows, dict)
    yield [_NOTE, "申请人情况"], []
    yield ["自然人", "法人或其他组织", "总计"], []
    yield [*forms.ORGANISATIONS], []
    group = ""
    for name, cells in rows.items():
        words = [name]
        if name.startswith("三、"):
            first = [] if group else ["三、本年度办理结果"]
            key, rest = name[2:5], name[5:]
            words = [*first, f"{key}{rest}"]
            if rest[:1].isdigit():
                words = [*first, *([] if group == key else [_GROUPS[key]]), rest]
            if name == "三、（二）部分公开":
                words = ["（二）部分公开（区分处理的，只计这一情形，不计其他情形）"]
            group = key
        yield words, [text_of(cell) for cell in cells.values()]


# ---- 版面 ----


def _document(report: Report, table: Callable[[list[PrintedRow]], str], end: str = "\n") -> str:
    parts = [f"{report.organ}{report.year}年政府信息公开工作年度报告", "现发布本年度报告。"]
    said = {0: "全年工作有序推进。", 4: "公开水平有待提高。", 5: "无其他需要报告的事项。"}
    for number, heading in enumerate(_HEADINGS):
        parts.append(heading)
        if number in said:
            parts.append(said[number])
        elif report.tables[forms.TABLES[number - 1]] is not None:
            parts.append(table(printed_rows(report, forms.TABLES[number - 1])))
    return end.join(parts)


def stacked(report: Report) -> str:
    """A cell a line, a bar behind each, a bar before each row, padding bars behind the last."""

    def table(rows: list[PrintedRow]) -> str:
        width = max(len(words) + len(figures) for words, figures in rows)
        lines = []
        for words, figures in rows:
            cells = [*words, *figures]
            lines.append("|")
            lines += [f"{cell} |" if cell else "|" for cell in cells[:-1]]
            padding = "|" * (width - len(cells))
            lines.append(f"{cells[-1]} | {padding}".rstrip() if padding else f"{cells[-1]} |")
        return "\n".join(lines)

    return _document(report, table)


def stacked_plain(report: Report) -> str:
    """A cell a line and a bar behind each, nothing else."""

    def table(rows: list[PrintedRow]) -> str:
        return "\n".join(
            f"{cell} |" if cell else "|" for words, figures in rows for cell in (*words, *figures)
        )

    return _document(report, table)


def across(report: Report) -> str:
    """A row a line, a bar behind each cell; merged cells in front are empty."""

    def table(rows: list[PrintedRow]) -> str:
        depth = max(len(words) for words, figures in rows if figures)
        lines = []
        for words, figures in rows:
            front = [""] * (depth - len(words)) if figures and len(words) < depth else []
            lines.append(" | ".join([*front, *words, *figures]) + " |")
        return "\n".join(lines)

    return _document(report, table)


def markdown(report: Report) -> str:
    """A table of Markdown, all rows of one width, merged cells empty behind the first."""

    def table(rows: list[PrintedRow]) -> str:
        depth = max([len(words) for words, figures in rows if figures], default=0)
        count = max(len(figures) for _, figures in rows)
        lines = []
        for number, (words, figures) in enumerate(rows):
            cells = [*words, *[""] * (depth - len(words)), *figures] if figures else words
            cells = [*cells, *[""] * (depth + count - len(cells))]
            lines.append("| " + " | ".join(cells) + " |")
            if number == 0:
                lines.append("|" + " --- |" * len(cells))
        return "\n".join(lines)

    return _document(report, table)


def tabbed(report: Report) -> str:
    """A row a line, a tab between cells, as copied from a word processor."""

    def table(rows: list[PrintedRow]) -> str:
        return "\n".join("\t".join([*words, *figures]) for words, figures in rows)

    return _document(report, table)


def commas(report: Report) -> str:
    """A row a line, a comma between cells, words with commas in quotation marks."""

    def table(rows: list[PrintedRow]) -> str:
        return "\n".join(
            ",".join(f'"{cell}"' if "，" in cell else cell for cell in (*words, *figures))
            for words, figures in rows
        )

    return _document(report, table)


def spaced(report: Report) -> str:
    """A row a line, spaces between words and figures, as extracted from a PDF."""

    def table(rows: list[PrintedRow]) -> str:
        return "\n".join(" ".join([*words, *figures]) for words, figures in rows)

    return _document(report, table)


def listed(report: Report) -> str:
    """A cell a line and nothing between them."""

    def table(rows: list[PrintedRow]) -> str:
        return "\n".join(cell for words, figures in rows for cell in (*words, *figures))

    return _document(report, table)


def flat(report: Report) -> str:
    """No line ends, no spaces, nothing."""

    def table(rows: list[PrintedRow]) -> str:
        return "".join(cell for words, figures in rows for cell in (*words, *figures))

    return _document(report, table, end="")


#: Layouts that keep an empty cell, and layouts that keep at least the figures apart.
SHOWING_BLANKS = (stacked, stacked_plain, across, markdown, tabbed, commas)
KEEPING_APART = (spaced, listed)


# ---- 文字的损伤 ----


def traditional(text: str, seed: int = 0) -> str:
    """Traditional script, with a pinyin gloss after some characters."""
    from opencc import OpenCC

    chance = random.Random(seed)
    glosses = ("fù", "shù", "jù", "rèn", "guān", "zhǐ", "ɡōnɡ")
    converted = OpenCC("s2t").convert(text)
    return "".join(
        f"{char}({chance.choice(glosses)})"
        if "\u4e00" <= char <= "\u9fff" and chance.random() < 0.1
        else char
        for char in converted
    )


def misread(text: str) -> str:
    """UTF-8 taken for GBK by a decoder that swallows the byte after a wrong one."""
    raw = text.encode()
    found, place = [], 0
    while place < len(raw):
        if raw[place] < 0x80:
            found.append(chr(raw[place]))
            place += 1
            continue
        if raw[place] == 0x80:
            found.append("€")
            place += 1
            continue
        pair = raw[place : place + 2]
        try:
            found.append(pair.decode("gbk"))
        except UnicodeDecodeError:
            found.append("?")
        place += 2
    return "".join(found)
