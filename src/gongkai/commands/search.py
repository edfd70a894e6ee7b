"""检索：`gongkai search rebuild` fills the index anew; `gongkai search find` asks it.

`gongkai search register` does the same for the register of requests, which only the desk searches.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

from gongkai.commands import start


def add(commands: Any) -> None:
    """Add `gongkai search`."""
    command = commands.add_parser(
        "search",
        help="重建检索，或者检索",
        description="检索：由各类信息重新建立检索（期间照常可用），或者在命令行检索；"
        "重新建立工作台登记簿的检索。",
        epilog="例：gongkai search rebuild\n    gongkai search register\n"
        "    gongkai search find 石政发〔2025〕1号",
    )
    what = command.add_subparsers(title="操作", metavar="操作", dest="what", required=True)
    rebuild = what.add_parser("rebuild", help="重新建立检索")
    rebuild.add_argument("source", metavar="来源", nargs="?", default="", help="只建这一类")
    what.add_parser("register", help="重新建立登记簿的检索")
    find = what.add_parser("find", help="检索")
    find.add_argument("query", metavar="词语", help="标题中的词、文号或者索引号")
    find.add_argument("--limit", metavar="条数", type=int, default=20, help="最多列几条，默认20")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0, or 1 when nothing was found."""
    start()
    if args.what == "register":
        return _register()
    from gongkai.search.index import index, rebuild

    if args.what == "rebuild":
        counts: dict[str, int] = {}
        for provider, done in rebuild(args.source):
            counts[provider.label] = done
        for label, done in counts.items():
            print(f"{label}：{done:,} 条")
        print("检索已重新建立。")
        return 0
    page = index().find(args.query, limit=max(1, args.limit))
    for entry in page:
        print("  ".join(filter(None, [str(entry.date or ""), entry.number, entry.title])))
    print(f"共 {page.total:,}{' 余' if page.capped else ''} 条")
    return 0 if page else 1


def _register() -> int:
    from gongkai.applications.finding import refill

    done = 0
    for done in refill():
        if sys.stderr.isatty():
            print(f"\r已建立 {done:,} 件", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(f"登记簿的检索已重新建立：{done:,} 件申请。")
    return 0
