"""读取：print the tables of a report, and say what could not be read."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongkai.annual.model import Cell, Report


def add(commands: Any) -> None:
    """Add `gongkai report read`."""
    command = commands.add_parser(
        "read",
        help="读取一份年报并打印表格",
        description="读取一份年报：打印三张表，并说明读不出的格和原因；空白照样空白，不以 0 代替。",
        epilog="例：gongkai report read 2022年年报.html --json > 2022.json",
    )
    command.add_argument("file", metavar="文件", help="年报文件（- 为标准输入）")
    command.add_argument("--prose", action="store_true", help="同时打印正文")
    command.add_argument("--json", action="store_true", help="输出 JSON，逐格注明出处")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read one report and show it."""
    from gongkai.cli.terminal import put_json

    report = open_report(args.file)
    if args.json:
        from gongkai.annual.exchange import dump

        put_json(dump(report))
    else:
        show(report, prose=args.prose)
    return 0


def open_report(path: str) -> Report:
    """The report in a file, or on standard input for ``-``."""
    from gongkai.annual.read import read_bytes, read_report

    if path == "-":
        import sys

        from gongkai.screening.source import LARGEST_FILE

        return read_bytes(sys.stdin.buffer.read(LARGEST_FILE + 1), "标准输入")
    return read_report(path)


def show(report: Report, *, prose: bool = False) -> None:
    """For people: what it is, its tables, what could not be read."""
    from gongkai.annual.forms import TABLES
    from gongkai.cli.terminal import put

    put(title(report), "bold")
    for name in TABLES:
        put()
        _show_table(report, name)
    unknown = _unknown(report)
    if unknown:
        put()
        for reason, cells in unknown.items():
            put(f"无法确定 {len(cells)} 格：{_abridged(cells)}", "yellow")
            put(f"  原因：{reason}")
    for message, times in remarks(report).items():
        put(f"说明：{message}{times}", "cyan")
    if prose:
        for part in report.parts:
            put()
            put(part.heading, "bold")
            put(part.text)


def remarks(report: Report) -> dict[str, str]:
    """What was remarked in reading, each sentence once; the value says how often, if often."""
    from collections import Counter

    counted = Counter(remark.message for remark in report.remarks)
    return {message: f"（{n}处）" if n > 1 else "" for message, n in counted.items()}


def title(report: Report) -> str:
    """机关、年度、格式：one line that says which report this is."""
    organ = report.organ or "（未能识别机关）"
    year = f"{report.year}年度" if report.year else "（未能识别年度）"
    form = f"{report.form.value}格式" if report.form else "没有法定表格"
    return f"{organ}  {year}  {form}"


def _show_table(report: Report, name: str) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from gongkai.cli.terminal import console, put

    rows = report.tables.get(name)
    if rows is None:
        put(f"{name}：无。{report.absent.get(name, '原文没有这张表')}", "yellow")
        return
    for columns, named in _blocks(rows):
        table = Table(box=box.SIMPLE, title=name, title_justify="left", show_edge=False)
        table.add_column("")
        for column in columns:
            table.add_column(Text(column), justify="right")
        for row in named:
            table.add_row(Text(row), *(Text(_shown(rows[row][column])) for column in columns))
        console().print(table)
        name = ""


def _blocks(rows: Any) -> list[tuple[tuple[str, ...], list[str]]]:
    """Neighbouring rows that share their columns make one printed table."""
    blocks: list[tuple[tuple[str, ...], list[str]]] = []
    for row, cells in rows.items():
        columns = tuple(cells)
        if blocks and blocks[-1][0] == columns:
            blocks[-1][1].append(row)
        else:
            blocks.append((columns, [row]))
    return blocks


def _shown(cell: Cell) -> str:
    from gongkai.annual.model import Undeterminable

    if cell is None:
        return "（空白）"
    return "？" if isinstance(cell, Undeterminable) else f"{cell}"


def _unknown(report: Report) -> dict[str, list[str]]:
    """The undeterminable cells, by reason."""
    from gongkai.annual.model import Undeterminable

    reasons: dict[str, list[str]] = {}
    for ref, cell in report.cells():
        if isinstance(cell, Undeterminable):
            reasons.setdefault(cell.reason, []).append(str(ref))
    return reasons


def _abridged(cells: list[str]) -> str:
    return "、".join(cells[:3]) + (" 等" if len(cells) > 3 else "")
