"""演示：`gongkai demo` fills an empty database with a believable city and prints its accounts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongkai.demo.filling import Progress


def add(commands: Any) -> None:
    """Add `gongkai demo`."""
    command = commands.add_parser(
        "demo",
        help="填入演示数据",
        description="演示：在空数据库中填入一座演示城市，机关、人员、文件都标明“演示”。"
        "可以中断，再次执行即从停下的地方继续。",
        epilog="例：GONGKAI_DEMO=1 gongkai demo\n    GONGKAI_DEMO=1 gongkai demo --full",
    )
    command.add_argument("--full", action="store_true", help="填满2022年的13,679条信息")
    command.add_argument("--if-empty", action="store_true", help="只在数据库为空或没有填完时填入")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Fill, then tell who can sign in."""
    from gongkai.commands.serve import prepare

    prepare()
    from django.conf import settings

    from gongkai.demo.filling import fill, why_not_fill
    from gongkai.errors import NotAllowed

    if not settings.DEMO:
        raise NotAllowed("只有演示系统才能填入演示数据，请先设置 GONGKAI_DEMO=1。")
    if args.if_empty and why_not_fill():
        return 0
    show(fill(full=args.full))
    print(accounts())
    return 0


def show(steps: Iterable[Progress]) -> None:
    """进度条：on a terminal; in a pipe one line a stage."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if not sys.stderr.isatty():
        last = ""
        for step in steps:
            if step.stage != last:
                console.print(f"演示数据：{step.stage}")
                last = step.stage
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        tasks: dict[str, Any] = {}
        for step in steps:
            if step.stage not in tasks:
                for done in tasks.values():
                    bar.update(done, completed=bar.tasks[done].total)
                tasks[step.stage] = bar.add_task(step.stage, total=step.total)
            bar.update(tasks[step.stage], completed=step.done, total=step.total)


def accounts() -> str:
    """演示账号：who sits at which desk; entered by one click on the page of sign-in."""
    from gongkai.applications.portal.examples import examples
    from gongkai.organs.models import Staff
    from gongkai.organs.states import Duty, Kind

    people = Staff.objects.filter(demo=True, organ__kind=Kind.CITY).prefetch_related("roles")
    lines = ["演示账号（在登录页一键登录，不需要口令）："]
    for staff in people.order_by("pk"):
        duties = "、".join(dict.fromkeys(Duty(role.duty).label for role in staff.roles.all()))
        lines.append(f"  {staff.username:<9} {staff.name}　{duties}")
    lines.append("可以查询的申请（网站“查询办理”，编号和查询码）：")
    lines += [f"  {one.number}　{one.code}　{one.state}" for one in examples()]
    return "\n".join(lines)
