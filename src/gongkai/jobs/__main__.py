"""`python -m gongkai.jobs`：a worker by itself, with the settings of the environment."""

from __future__ import annotations

import argparse
import os
import sys


def main(argv: list[str] | None = None) -> int:
    """办理后台任务：the entry `gongkai work` and `gongkai serve` both use."""
    parser = argparse.ArgumentParser(prog="gongkai work", description="办理后台任务。")
    options(parser)
    return run(parser.parse_args(argv))


def options(parser: argparse.ArgumentParser) -> None:
    """The options of a worker."""
    parser.add_argument("--threads", metavar="个数", type=int, default=2, help="同时办几件，默认2")
    parser.add_argument(
        "--queue", metavar="队列", action="append", default=[], help="只办这个队列，可重复"
    )
    parser.add_argument("--with-parent", action="store_true", help="启动它的进程结束时随之结束")


def run(args: argparse.Namespace) -> int:
    """Work until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings")
    import django

    django.setup()
    from gongkai.jobs.worker import work

    return work(threads=args.threads, queues=args.queue, with_parent=args.with_parent)


if __name__ == "__main__":
    sys.exit(main())
