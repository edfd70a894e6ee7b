"""启动站点：`gongkai serve` updates the database, gathers the static files, and serves."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import nullcontext
from typing import Any

from gongkai.commands import start


def add(commands: Any) -> None:
    """Add `gongkai serve`."""
    command = commands.add_parser(
        "serve",
        help="启动网站",
        description="启动网站：先更新数据库、收集静态文件，再开始服务。",
        epilog="设置见 gongkai.settings 开头的表，例：GONGKAI_DEMO=1 gongkai serve",
    )
    command.add_argument("--host", metavar="地址", default="127.0.0.1", help="默认 127.0.0.1")
    command.add_argument("--port", metavar="端口", type=int, default=8000, help="默认 8000")
    command.add_argument(
        "--workers", metavar="个数", type=int, default=0, help="进程数，默认与处理器核数相同"
    )
    command.add_argument("--no-jobs", action="store_true", help="不在旁边办理后台任务")
    command.set_defaults(run=run)


def prepare() -> None:
    """更新数据库、收集静态文件：safe to repeat; silent when there is nothing to do."""
    start()
    from django.conf import settings
    from django.core.management import call_command

    settings.HOME.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    prepare()
    from django.conf import settings

    if settings.DEMO and args.host not in {"127.0.0.1", "localhost", "::1"}:
        print("提醒：演示系统任何人都可以一键登录，不要对外开放。", file=sys.stderr)
    print(f"网站已启动：http://{args.host}:{args.port}/  按 Ctrl+C 停止", flush=True)
    from gongkai.jobs.worker import beside

    with nullcontext() if args.no_jobs else beside():
        serve(args.host, args.port, args.workers or os.cpu_count() or 1)
    return 0


def serve(host: str, port: int, workers: int) -> None:
    """Granian, WSGI: a process a core, two threads each, restarted when one dies."""
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "gongkai.commands.served:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=2,
        respawn_failed_workers=True,
        # A worker that holds on to a slow reader must not hold up Ctrl-C.
        workers_kill_timeout=10,
        log_access=False,
        log_level="warning",  # type: ignore[arg-type]
    ).serve()
