"""办理后台任务：`gongkai work` runs a worker by itself, beside the one `serve` brings along."""

from __future__ import annotations

from typing import Any

from gongkai.jobs.__main__ import options, run


def add(commands: Any) -> None:
    """Add `gongkai work`."""
    command = commands.add_parser(
        "work",
        help="办理后台任务",
        description="办理后台任务：定时发布、到期失效、提醒、读取附件。`gongkai serve` 已带一个；"
        "任务多时可在这台或别的机器上再开。",
        epilog="例：gongkai work --threads 4",
    )
    options(command)
    command.set_defaults(run=run)
