"""年报：read, check, compare, add up and write annual reports."""

from __future__ import annotations

from typing import Any

from gongkai.cli.report import check, compare, read, total, write


def add(commands: Any) -> Any:
    """Add `gongkai report` and its five commands; the group, for those that others hang up."""
    command = commands.add_parser(
        "report",
        help="年度报告：读取、核验、比较、汇总、生成",
        description=(
            "政府信息公开工作年度报告：读取已公布的报告（txt、md、html、pdf、docx、xlsx、json，"
            "不论编码），核验勾稽关系，跨年比较，逐格汇总，生成各种格式。"
        ),
    )
    commands = command.add_subparsers(title="命令", metavar="命令", dest="action", required=True)
    for one in (read, check, compare, total, write):
        one.add(commands)
    return commands
