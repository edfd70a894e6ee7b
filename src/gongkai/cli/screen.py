"""筛查：what should be looked at in a text before it is published."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from gongkai.errors import GongkaiError

if TYPE_CHECKING:
    from gongkai.screening import Screened


def add(commands: Any) -> None:
    """Add `gongkai screen`."""
    command = commands.add_parser(
        "screen",
        help="发布前筛查",
        description=(
            "发布前筛查：个人信息（身份证号、手机号、银行卡号、住址、脱敏不足）、密级和内部标志、"
            "日期与星期、序号、错别字。只作提示，由人决定；显示时个人信息已遮盖。"
        ),
        epilog=(
            "退出码：0 没有错误（可以有警告）；1 有错误，处理之前不应发布；2 有文件读不了。\n"
            "例：gongkai screen 公示.docx 名单.xlsx --json"
        ),
    )
    command.add_argument("files", metavar="文件", nargs="+", help="待发布的文件（- 为标准输入）")
    command.add_argument(
        "--year", type=int, metavar="年份", help="文中所说的年份，用于查沿用的旧年份"
    )
    command.add_argument("--region", metavar="省份", help="本机关所在的省份，用于查套用的外地文本")
    command.add_argument("--words", metavar="文件", help="本机关的词表（CSV：误写,正写,程度,说明）")
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Screen every file; one that cannot be read does not stop the others."""
    from gongkai.cli.terminal import progress, put_json
    from gongkai.screening import Severity, load_words

    words = load_words(args.words) if args.words else ()
    screened: list[tuple[str, Screened | GongkaiError]] = []
    for path in progress(args.files, len(args.files), str):
        try:
            one = _screen(path, year=args.year, region=args.region, words=words)
            screened.append((path, one))
        except GongkaiError as problem:
            screened.append((path, problem))
    read = [one for _, one in screened if not isinstance(one, GongkaiError)]
    if args.json:
        unreadable = [
            {"file": path, "reason": str(one)}
            for path, one in screened
            if isinstance(one, GongkaiError)
        ]
        put_json({"files": [one.as_dict() for one in read], "unreadable": unreadable})
    else:
        for path, result in screened:
            if isinstance(result, GongkaiError):
                _show_unreadable(path, result)
            else:
                show(result)
    errors = sum(one.count(Severity.ERROR) for one in read)
    return 2 if len(read) < len(screened) else 1 if errors else 0


def _screen(path: str, **options: Any) -> Screened:
    from gongkai.screening import screen_file

    if path != "-":
        return screen_file(path, **options)
    import sys
    from pathlib import Path

    from gongkai.screening import Extract, Screened, decode, screen
    from gongkai.screening.source import LARGEST_FILE

    text = decode(sys.stdin.buffer.read(LARGEST_FILE + 1))
    return Screened(Path("标准输入"), Extract(text), screen(text, **options))


def show(screened: Screened) -> None:
    """For people: each finding with its place, the masked quotation, why, and what to do."""
    from gongkai.cli.terminal import COLOURS, put
    from gongkai.screening import Severity

    clean = not screened.count(Severity.ERROR)
    put(f"{'✓' if clean else '✗'} {screened.path}", "bold green" if clean else "bold red")
    for one in screened.findings:
        shown = "".join(one.shown.split("\n"))
        head = f"  {one.severity.label} {one.rule}  {screened.place(one)}  “{shown}”"
        put(head, COLOURS[one.severity.value])
        put(f"      {one.reason}" + (f"；{one.advice}" if one.advice else ""))
    counts = (f"{severity.label} {screened.count(severity)}" for severity in Severity)
    put(f"  {'  '.join(counts)}")


def _show_unreadable(path: str, problem: Exception) -> None:
    from gongkai.cli.terminal import put

    put(f"？ {path}", "bold magenta")
    put(f"  读不了：{problem}")
