"""验证留痕：`gongkai trail verify` proves that nothing written down has been touched."""

from __future__ import annotations

import argparse
import re
from typing import Any

from gongkai.commands import start
from gongkai.errors import BadInput


def add(commands: Any) -> None:
    """Add `gongkai trail verify` and `gongkai trail head`."""
    command = commands.add_parser(
        "trail",
        help="验证办理留痕",
        description="验证办理留痕：逐条核对校验值，指出第一处被改动、删除或调换的记录。",
        epilog="例：gongkai trail head            # 打印链头，抄到系统以外保存\n"
        "    gongkai trail verify\n"
        "    gongkai trail verify --head 1024:9f86d0…",
    )
    what = command.add_subparsers(title="操作", metavar="操作", dest="what", required=True)
    verify = what.add_parser("verify", help="验证整条链；有断点时退出码为 1")
    verify.add_argument("--head", metavar="序号:校验值", help="先前抄下的链头，一并核对")
    what.add_parser("head", help="打印链头：最后一步的序号和校验值")
    command.set_defaults(run=run)


def noted(text: str) -> tuple[int, str]:
    """链头：as `gongkai trail head` prints it; raises BadInput for anything else."""
    found = re.fullmatch(r"\s*(\d{1,18}):([0-9a-f]{64})\s*", text)
    if not found:
        raise BadInput(f"“{text}”不是链头，应是“序号:64位校验值”。")
    return int(found[1]), found[2]


def run(args: argparse.Namespace) -> int:
    """0 if the chain holds, 1 naming the first place where it does not."""
    upto = noted(args.head) if args.what == "verify" and args.head else None
    start()
    from gongkai.trail.actions import head, verify

    if args.what == "head":
        number, seal = head()
        print(f"{number}:{seal}")
        return 0
    if broken := verify(upto):
        print(f"留痕有断点：{broken}。")
        return 1
    print(f"留痕完好：共 {head()[0]:,} 步，逐条核对无误。")
    return 0
