"""生成：write a report in another format."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongkai.annual.model import Report


def add(commands: Any) -> None:
    """Add `gongkai report write`."""
    command = commands.add_parser(
        "write",
        help="生成 HTML、DOCX、XLSX、PDF、JSON 或 Markdown",
        description=(
            "生成年报：由 JSON（或任何可读取的年报）生成 .html、.docx、.xlsx、.pdf、.json、.md，"
            "版式为国办公开办函〔2021〕30号的表样。"
        ),
        epilog="例：gongkai report write figures.json --to report.docx",
    )
    command.add_argument("file", metavar="文件", help="JSON 或者年报文件（- 为标准输入）")
    command.add_argument("--to", required=True, metavar="文件", help="写到哪里，按扩展名决定格式")
    command.add_argument("--force", action="store_true", help="目标文件已存在时覆盖")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the report; refuse to overwrite unless told to."""
    from gongkai.cli.report.read import open_report

    save(open_report(args.file), args.to, force=args.force)
    return 0


def save(report: Report, to: str, *, force: bool) -> None:
    """Write ``report`` to a file in the format of its name; say so on standard error."""
    from gongkai.annual.write import write
    from gongkai.errors import BadInput, NotAllowed

    target = Path(to)
    if target.exists() and not force:
        raise NotAllowed(
            f"{target} 已经存在；请换一个文件名，或者先把它移开（write 可加 --force）。"
        )
    content = write(report, target.name)
    try:
        target.write_bytes(content)
    except OSError as problem:
        raise BadInput(f"写不到 {target}：{problem.strerror}。") from problem
    print(f"已写入 {target}（{len(content)} 字节）", file=sys.stderr)
