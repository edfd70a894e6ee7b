"""命令行：the law and the yearly report on a terminal, no database needed.

Exit codes: 0 in order; 1 something was found (a date that differs, an error in a report, a
hard stop in a text); 2 the input could not be used; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from gongkai import __version__
from gongkai.cli import article, due, fee, number, report, screen
from gongkai.cli.arguments import Parser
from gongkai.errors import GongkaiError, NotInstalled

_COMMANDS = (due, fee, report, screen, article, number)


#: Where other parts of the house, such as the site, hang up commands of their own.
GROUP = "gongkai.commands"


def parser(*wanted: str) -> Parser:
    """The whole command line; each command adds its own part.

    Commands hung up by other parts are looked for on the disk unless what is ``wanted``, word by
    word, is one of ours.
    """
    whole = Parser(
        prog="gongkai",
        description="公开：政府信息公开的期限、收费、年报核验和发布前筛查。",
        epilog="退出码：0 正常；1 有发现；2 输入无法使用。各命令加 --help 查看详细用法。",
    )
    whole.add_argument(
        "--version", action="version", version=f"gongkai {__version__}", help="显示版本"
    )
    commands = whole.add_subparsers(title="命令", metavar="命令", dest="command", required=True)
    inner = {command: command.add(commands) for command in _COMMANDS}
    first, second, *_ = (*wanted, "", "")
    if first not in commands.choices:
        _hang_up_all(GROUP, commands, first)
    if first in ("", "report") and second not in inner[report].choices:
        _hang_up_all(f"{GROUP}.report", inner[report], second)
    return whole


def _hang_up_all(group: str, commands: Any, wanted: str) -> None:
    for entry in sorted(entry_points(group=group), key=lambda entry: entry.name):
        _hang_up(entry, commands, wanted)


def _hang_up(entry: EntryPoint, commands: Any, wanted: str) -> None:
    """Add a command of another part; one that lacks what it needs is no reason to fail for others.

    Raises NotInstalled if it is the very command that is ``wanted``.
    """
    try:
        entry.load().add(commands)
    except ModuleNotFoundError as problem:
        if entry.name == wanted:
            raise NotInstalled(
                f"命令 {wanted} 缺少组件 {problem.name}，请执行：pip install 'gongkai[site]'"
            ) from problem


def main(argv: list[str] | None = None) -> int:
    """Run one command; every error is one Chinese sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        # A pipe on a machine without a locale is ASCII; the law is not.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        arguments = sys.argv[1:] if argv is None else argv
        args = parser(*arguments[:2]).parse_args(arguments)
        status = args.run(args)
        sys.stdout.flush()
    except GongkaiError as problem:
        print(problem, file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of the pipe (head, less) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    return int(status)
