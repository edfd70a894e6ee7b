"""导入文件、登记簿：`gongkai import documents FILE`, `gongkai import applications FILE`."""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gongkai.commands import organ_named, start
from gongkai.errors import BadInput
from gongkai.screening.source import open_safely

#: How many refusals are printed; the rest is in the database.
_SHOWN = 20


def add(commands: Any) -> None:
    """Add `gongkai import`."""
    command = commands.add_parser(
        "import",
        help="导入已公开的文件、已有的申请登记簿",
        description="导入已公开的文件：JSONL、CSV、XLSX，或者连同附件的 ZIP；"
        "导入依申请公开的登记簿：XLSX、CSV，逐行说明疑点。"
        "同一文件中断后重新执行，从断处继续；重复导入只更新有变化的文件，已有的申请不再导入。",
        epilog="例：gongkai import documents 文件.jsonl --organ 石州市人民政府 --dry-run\n"
        "    gongkai import documents 清单.xlsx --organ 石州市财政局 --kind budget "
        "--map 文件标题=标题\n"
        "    gongkai import applications 2024年登记簿.xlsx --organ 石州市财政局 --dry-run",
    )
    what = command.add_subparsers(title="内容", metavar="内容", dest="what", required=True)
    documents = what.add_parser("documents", help="主动公开的文件")
    documents.add_argument("file", metavar="文件", help=".jsonl、.csv、.xlsx 或 .zip")
    documents.add_argument("--organ", metavar="机关", required=True, help="公开机关的全称或简称")
    documents.add_argument(
        "--kind", metavar="种类", default="policy", help="未写种类的行按此，默认 policy"
    )
    documents.add_argument(
        "--map",
        metavar="列名=栏目",
        action="append",
        default=[],
        help="把文件里的列名对应到本系统的栏目",
    )
    documents.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    documents.set_defaults(run=run)
    applications = what.add_parser("applications", help="依申请公开的登记簿")
    applications.add_argument("file", metavar="文件", help=".xlsx 或 .csv")
    applications.add_argument("--organ", metavar="机关", required=True, help="受理机关的全称或简称")
    applications.add_argument(
        "--map",
        metavar="列名=栏目",
        action="append",
        default=[],
        help="把登记簿里的列名对应到本系统的栏目",
    )
    applications.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    applications.add_argument("--doubts", metavar="文件", help="把全部疑点写成 CSV")
    applications.set_defaults(run=run_applications)


def headings(given: list[str]) -> dict[str, str]:
    """列名对应：from ``列名=栏目``; raises BadInput for anything else."""
    pairs = {}
    for one in given:
        theirs, equals, ours = one.partition("=")
        if not equals or not theirs.strip() or not ours.strip():
            raise BadInput(f"“{one}”应写成 列名=栏目，例如 --map 文件标题=标题。")
        pairs[theirs] = ours
    return pairs


def _progress() -> Callable[[int], None]:
    begun = time.monotonic()

    def tell(rows: int) -> None:
        if sys.stderr.isatty():
            rate = rows / max(time.monotonic() - begun, 0.01)
            print(f"\r已处理 {rows:,} 行，每秒 {rate:,.0f} 行", end="", file=sys.stderr, flush=True)

    return tell


def run_applications(args: argparse.Namespace) -> int:
    """0 if every row was taken, 1 if some were refused."""
    mapping = headings(args.map)
    data = open_safely(args.file)
    start()
    from gongkai.applications.loading.run import doubts_of, load

    organ, tell = organ_named(args.organ), _progress()
    done = load(data, Path(args.file).name, organ, given=mapping, dry=args.dry_run, progress=tell)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    verb = "检查完毕（没有写入）" if args.dry_run else "导入完毕"
    print(
        f"{verb}：{done.done:,} 行，新增 {done.added:,}（其中有疑点 {done.doubtful:,}），"
        f"已有 {done.same:,}，没有导入 {done.failed:,}。"
    )
    doubts = doubts_of(done)
    for doubt in doubts[:_SHOWN]:
        mark = "没有导入" if doubt.fatal else "有疑点"
        where = f"“{doubt.column}”" if doubt.column else ""
        print(f"  第{doubt.row}行{where} {mark}：{doubt.reason}")
    if len(doubts) > _SHOWN:
        print(f"  ……还有 {len(doubts) - _SHOWN:,} 处。")
    if args.doubts:
        with open(args.doubts, "w", encoding="utf-8-sig", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(["行", "登记编号", "列", "读到的内容", "疑点", "是否导入"])
            lines.writerows(
                [one.row, one.number, one.column, one.read, one.reason, "否" if one.fatal else "是"]
                for one in doubts
            )
    return 1 if done.failed else 0


def run(args: argparse.Namespace) -> int:
    """0 if every row was taken, 1 if some were refused."""
    mapping = headings(args.map)
    start()
    from gongkai.documents.loading.run import failures_of, load

    organ, tell = organ_named(args.organ), _progress()
    done = load(args.file, organ, kind=args.kind, headings=mapping, dry=args.dry_run, progress=tell)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    verb = "检查完毕（没有写入）" if args.dry_run else "导入完毕"
    print(
        f"{verb}：{done.done:,} 行，新增 {done.added:,}，更新 {done.changed:,}，"
        f"未变 {done.same:,}，失败 {done.failed:,}。"
    )
    failures = failures_of(done)
    for failure in failures[:_SHOWN]:
        print(f"  第{failure.row}行 {failure.title[:40]}：{failure.reason}")
    if len(failures) > _SHOWN:
        print(f"  ……还有 {len(failures) - _SHOWN:,} 行失败。")
    return 1 if done.failed else 0
