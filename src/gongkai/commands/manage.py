"""管理：`gongkai manage …` is Django's own manage.py for those who look after the machine."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from gongkai.commands import start


def add(commands: Any) -> None:
    """Add `gongkai manage`."""
    command = commands.add_parser(
        "manage",
        help="站点管理（数据库迁移等）",
        description="站点管理：执行 Django 的管理命令，例如数据库迁移、收集静态文件。",
        epilog="例：gongkai manage migrate\n    gongkai manage three_administrators",
    )
    command.add_argument("rest", metavar="命令及参数", nargs=argparse.REMAINDER, help="管理命令")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Hand everything that follows to Django."""
    start()
    from django.core.management import ManagementUtility

    try:
        ManagementUtility(["gongkai manage", *args.rest]).execute()
    except SystemExit as leaving:
        return int(leaving.code) if isinstance(leaving.code, int) else 1
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    return 0
