"""文号、索引号：read a number however it was typed, and print it the official way."""

from __future__ import annotations

import argparse
from typing import Any


def add(commands: Any) -> None:
    """Add `gongkai number`."""
    command = commands.add_parser(
        "number",
        help="规范文号、索引号",
        description="规范文号、索引号：括号、空格、全角数字写法不一的，改写为规范写法。",
        epilog="例：gongkai number 晋政办发[2007]58 11441700007280420y/2021-00050",
    )
    command.add_argument("number", metavar="号码", nargs="+", help="发文字号或者索引号")
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print each number as GB/T 9704 wants it; exit 1 when one is not a number."""
    from gongkai.cli.terminal import put, put_json
    from gongkai.law.index_numbers import normalise_index
    from gongkai.law.numbers import normalise

    read = []
    for text in args.number:
        kind, number = "索引号", normalise_index(text)
        if number is None:
            kind, number = "文号", normalise(text)
        read.append({"text": text, "kind": kind if number else None, "number": number})
    if args.json:
        put_json(read)
    else:
        for one in read:
            known = f"{one['number']}  {one['kind']}"
            put(known if one["number"] else f"“{one['text']}”不是文号，也不是索引号")
    return 0 if all(one["number"] for one in read) else 1
