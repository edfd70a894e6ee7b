"""办理后台任务：`gongkai work` runs a worker by itself, on this machine or another."""

from __future__ import annotations

import argparse
from typing import Any

from gongkai.commands import start


def add(commands: Any) -> None:
    """Add `gongkai work`."""
    from gongkai.jobs.__main__ import options

    command = commands.add_parser(
        "work",
        help="办理后台任务",
        description="办理后台任务：定时发布、到期失效、提醒等。gongkai serve 已自带一个。",
        epilog="例：gongkai work --threads 4",
    )
    options(command)
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Work until told to stop."""
    start()
    from gongkai.jobs.__main__ import run as work

    return work(args)
