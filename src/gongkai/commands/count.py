"""统计：`gongkai report count ORGAN YEAR` prints the tables of a year as the records give them."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any

from gongkai.commands import organ_named, start
from gongkai.errors import BadInput

if TYPE_CHECKING:
    from gongkai.annual.model import Report
    from gongkai.organs.models import Organ


def add(commands: Any) -> None:
    """Add `gongkai report count`."""
    command = commands.add_parser(
        "count",
        help="由本站的办理记录统计一个机关一年的表格",
        description="统计：由本站数据库里的文件、申请、复议和诉讼统计一个机关一年的三张表。"
        "行政许可、处罚、强制、收费没有记录，留空，在年报里填写。",
        epilog="例：gongkai report count 石州市财政局 2025\n"
        "    gongkai report count 石州市财政局 2025 --json > 2025.json",
    )
    command.add_argument("organ", metavar="机关", help="机关的全称、简称或者统一社会信用代码")
    command.add_argument("year", metavar="年度", help="2021年以后，如 2025")
    command.add_argument("--json", action="store_true", help="输出 JSON，可供 report check 核验")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Count and show; raises BadInput for an unknown organ, a year that cannot be counted."""
    if not re.fullmatch(r"\d{4}", args.year):
        raise BadInput(f"“{args.year}”不是年度，请写成 2025 的样子。")
    start()
    from gongkai.annual.exchange import dump
    from gongkai.cli.report.read import show
    from gongkai.cli.terminal import put, put_json
    from gongkai.reporting.counting import BY_HAND

    organ = organ_named(args.organ)
    report, names = counted(organ, int(args.year))
    if args.json:
        by_hand = [ref._asdict() for ref in BY_HAND]
        put_json(dump(report) | {"counted": names, "by_hand": by_hand})
        return 0
    show(report)
    put()
    if len(names) > 1:
        put(f"计入：{'、'.join(names)}")
    put("空白的各格没有记录可以统计，在年报里填写。")
    return 0


def counted(organ: Organ, year: int) -> tuple[Report, list[str]]:
    """统计一年：as a report without prose, and the names of the organs counted in it."""
    from django.utils import timezone

    from gongkai.annual.model import Report
    from gongkai.organs.models import Organ
    from gongkai.reporting.actions.filling import signature_of
    from gongkai.reporting.counting import FORM, count, counted_organs, practice_of
    from gongkai.reporting.states import Scope

    if year > timezone.localdate().year:
        raise BadInput(f"{year}年还没有到。")
    organs = counted_organs(organ, year)
    found = count(organs, year, lapsed_is_repealed=practice_of(organ).lapsed_is_repealed)
    names = dict(Organ.objects.filter(pk__in=organs).values_list("pk", "name"))
    report = Report(FORM, year, signature_of(organ, Scope.OWN), found.tables)
    return report, [names[key] for key in organs]
