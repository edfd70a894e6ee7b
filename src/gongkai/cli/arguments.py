"""参数：argparse that speaks Chinese, and the types of the arguments."""

from __future__ import annotations

import argparse
import errno
import re
import sys
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn

from gongkai.errors import BadDate, BadInput, Unreadable

#: Bytes; a ledger, a table of cases or of holidays is never near this.
LARGEST = 32 * 2**20
_REASONS = {
    errno.ENOENT: "没有这个文件",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EACCES: "没有读取的权限",
}

#: What argparse says, and what a clerk should read instead.
_SENTENCES = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 没有 \2 这一项，可选：\3"),
    (r"argument (.+?): expected one argument", r"\1 后面要跟一个值"),
    (r"argument (.+?): expected at least one argument", r"\1 后面至少要跟一个值"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 不能带值 \2"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 不能与 \2 同时使用"),
    (r"one of the arguments (.+) is required", r"以下参数必须给出一个：\1"),
    (r"ambiguous option: (.+?) could match (.+)", r"\1 不够明确，可能是：\2"),
    (r"argument (.+?): invalid \w+ value: (.+)", r"\1 的值有误：\2"),
    (r"argument (.+?): (.+)", r"\1：\2"),
)


class Parser(argparse.ArgumentParser):
    """命令行解析：headings, usage and errors in Chinese; exit code 2 for a wrong call."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.update(add_help=False, allow_abbrev=False, formatter_class=_Formatter)
        super().__init__(**kwargs)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        """Print the sentence and where to read more, and leave with exit code 2."""
        for pattern, sentence in _SENTENCES:
            if re.fullmatch(pattern, message, re.DOTALL):
                message = re.sub(pattern, sentence, message, flags=re.DOTALL)
                break
        self.exit(2, f"{message}\n用法见：{self.prog} --help\n")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Chinese headings, and columns that line up though a Chinese character is two wide.

    The width does not depend on the terminal, so that the printed documentation is stable.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=96)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def _format_action(self, action: argparse.Action) -> str:
        text = super()._format_action(action)
        name = self._format_action_invocation(action)
        padded = re.search(re.escape(name) + "( +)(?=[^ \n])", text)
        if padded is None:
            return text
        wide = _width(name) - len(name)
        spaces = " " * max(1, len(padded[1]) - wide)
        return text.replace(padded[0], name + spaces, 1)

    def _split_lines(self, text: str, width: int) -> list[str]:
        lines = [""]
        for word in re.findall(r"[!-~]+|.", text):
            if _width(lines[-1] + word) > width and word not in "，。；、）：":
                lines.append("")
            lines[-1] += word
        return lines


def _width(text: str) -> int:
    """Columns on a terminal."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _sentence(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """Let a GongkaiError raised while parsing an argument reach the user as its own sentence."""

    def parsed(text: str) -> Any:
        try:
            return parse(text)
        except BadInput as problem:
            raise argparse.ArgumentTypeError(str(problem)) from problem

    return parsed


@_sentence
def day(text: str) -> date:
    """日期：2026-02-10, 2026.2.10, 2026/2/10 or 2026年2月10日.

    Raises BadDate for anything else and for days that do not exist.
    """
    match = re.fullmatch(r"\s*(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?\s*", text)
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    parts = match or compact
    if parts is None:
        raise BadDate(f"“{text}”不是日期，请写成 2026-02-10 的样子。")
    try:
        return date(*map(int, parts.groups()))
    except ValueError as problem:
        raise BadDate(f"没有“{text}”这一天，请核对。") from problem


@_sentence
def count(text: str) -> int:
    """件数、页数：a whole number, 0 or more."""
    if not re.fullmatch(r"\d{1,9}", text):
        raise BadInput(f"“{text}”不是可用的数量，请给出 0 到 999999999 之间的整数。")
    return int(text)


def file_bytes(path: str) -> bytes:
    """文件内容：the bytes of a file, or of standard input for ``-``; else a sentence."""
    if path == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as problem:
        raise Unreadable(f"{path}：{_REASONS.get(problem.errno or 0, '打不开')}。") from problem
    if len(data) > LARGEST:
        raise Unreadable(f"{path}：文件超过 {LARGEST // 2**20} MB，不像是办理记录或者安排表。")
    return data
