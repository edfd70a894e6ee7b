"""收费：what may be charged for an abnormal volume of requests, with the working shown."""

from __future__ import annotations

import argparse
from typing import Any

from gongkai.cli.arguments import count


def add(commands: Any) -> None:
    """Add `gongkai fee`."""
    command = commands.add_parser(
        "fee",
        help="计算信息处理费",
        description=(
            "信息处理费：按件或者按量累进计收，二者只能选一种（国办函〔2020〕109号第三条至第五条）。"
        ),
        epilog="例：gongkai fee --items 55\n    gongkai fee --pages 240",
    )
    method = command.add_mutually_exclusive_group(required=True)
    method.add_argument(
        "--items", type=count, metavar="件数", help="按件：同一申请人一个自然月内申请的件数"
    )
    method.add_argument("--pages", type=count, metavar="页数", help="按量：一件申请提供的页数")
    command.add_argument(
        "--earlier",
        type=count,
        default=0,
        metavar="件数",
        help="按件时，该申请人本月此前已申请的件数（默认 0）",
    )
    command.add_argument(
        "--already-public",
        action="store_true",
        help="已主动公开、只告知获取方式（不得按量计收）",
    )
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the total, then the working line by line."""
    from gongkai.cli.terminal import put, put_json
    from gongkai.errors import NotAllowed
    from gongkai.law.fees import fee

    if args.pages is not None and args.earlier:
        raise NotAllowed("按量计收以单件申请为单位，不与此前的申请累加，请去掉 --earlier。")
    charge = fee(
        items=args.items,
        pages=args.pages,
        earlier=args.earlier,
        already_public=args.already_public,
    )
    if args.json:
        put_json(charge.as_dict())
        return 0
    put(f"应收 {charge.total} 元", "bold")
    for line in charge.working:
        put(f"  {line}")
    put(f"依据  {charge.basis}")
    put("收费是“可以”而不是“应当”；收费通知须在办理期限内发出（109号办法第六条）。", "dim")
    return 0
