"""跨年比较：this year's report against last year's."""

from __future__ import annotations

import argparse
from typing import Any


def add(commands: Any) -> None:
    """Add `gongkai report compare`."""
    command = commands.add_parser(
        "compare",
        help="与上一年度比较",
        description=(
            "跨年比较：结转是否衔接、现行有效件数是否推得出、单位和数量级有无突变、正文是否照抄。"
        ),
        epilog=(
            "退出码：0 衔接；1 有错误；2 文件读不了。\n例：gongkai report compare 2021.pdf 2022.pdf"
        ),
    )
    command.add_argument("last", metavar="上年报告")
    command.add_argument("this", metavar="本年报告")
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print every relation between the years, then the findings."""
    from gongkai.annual.compare import compare
    from gongkai.cli.report.check import show_finding
    from gongkai.cli.report.read import open_report, title
    from gongkai.cli.terminal import put, put_json

    comparison = compare(open_report(args.last), open_report(args.this))
    if args.json:
        put_json(comparison.as_dict())
        return 0 if comparison.ok else 1
    put(f"上年  {title(comparison.last)}", "bold")
    put(f"本年  {title(comparison.this)}", "bold")
    colours = {"一致": "green", "不一致": "red", "无法核对": "dim"}
    for relation in comparison.carried:
        text = f"  {relation.verdict}  {relation.name}：{relation.expression}"
        put(f"{text}（{relation.reason}）" if relation.reason else text, colours[relation.verdict])
    for finding in comparison.findings:
        show_finding(finding)
    likeness = comparison.likeness
    if likeness is not None:
        share = f"{likeness.share:.0%}"
        put(f"  正文 {likeness.sentences} 句，与上年相同 {likeness.copied} 句（{share}）")
    return 0 if comparison.ok else 1
