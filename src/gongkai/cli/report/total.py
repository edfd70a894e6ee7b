"""汇总：add reports up cell by cell."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongkai.annual.rollup import Rollup


def add(commands: Any) -> None:
    """Add `gongkai report sum`."""
    command = commands.add_parser(
        "sum",
        help="逐格汇总各单位的年报",
        description="汇总各单位年报：逐格相加（零报告也算一份），并与总报告逐格核对、点名漏报单位。",
        epilog=(
            "退出码：0 相符；1 有错误；2 文件读不了。\n"
            "例：gongkai report sum 局A.docx 局B.xlsx --against 全市.pdf --units 单位名单.txt"
        ),
    )
    command.add_argument("parts", metavar="文件", nargs="+", help="各单位的年报")
    command.add_argument("--against", metavar="文件", help="总报告，逐格核对")
    command.add_argument("--units", metavar="文件", help="应当报送的单位名单，一行一个")
    command.add_argument("--to", metavar="文件", help="把汇总表另存为一份报告（格式看扩展名）")
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Add up, hold against the whole, and show."""
    from gongkai.annual.rollup import roll_up
    from gongkai.cli.report.read import open_report
    from gongkai.cli.report.write import save
    from gongkai.cli.terminal import progress, put_json

    units = _units(args.units) if args.units else None
    parts = [open_report(path) for path in progress(args.parts, len(args.parts), str)]
    whole = open_report(args.against) if args.against else None
    rollup = roll_up(parts, whole, expected_units=units)
    if args.to:
        save(rollup.report, args.to, force=False)
    if args.json:
        put_json(rollup.as_dict())
    else:
        _show(rollup)
    return 0 if rollup.ok else 1


def _units(path: str) -> list[str]:
    from gongkai.cli.arguments import file_bytes
    from gongkai.screening.source import decode

    return [line.strip() for line in decode(file_bytes(path)).splitlines() if line.strip()]


def _show(rollup: Rollup) -> None:
    from gongkai.cli.report.check import show_finding
    from gongkai.cli.report.read import show
    from gongkai.cli.terminal import put

    put(f"汇总 {len(rollup.parts)} 个单位", "bold")
    show(rollup.report)
    for finding in rollup.findings:
        show_finding(finding)
    if rollup.whole is not None and rollup.ok:
        put("与总报告逐格相符。", "green")
