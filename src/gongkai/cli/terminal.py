"""终端：what is printed for people, in colour where there is a terminal, plain in a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")

#: Colour of each severity; the word is always printed too.
COLOURS = {"error": "bold red", "warning": "yellow", "note": "cyan"}
WORDS = {"error": "错误", "warning": "警告", "note": "提示"}


@cache
def console() -> Console:
    """Standard output; in a pipe lines are as long as they are and have no colour."""
    from rich.console import Console

    wide = None if sys.stdout.isatty() else 200
    return Console(width=wide, highlight=False, soft_wrap=not sys.stdout.isatty())


def put(text: str = "", style: str = "") -> None:
    """One line, taken literally: brackets in a law are not mark-up."""
    console().print(text, style=style or None, markup=False, emoji=False)


def put_json(value: Any) -> None:
    """One JSON document, Chinese kept readable."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def progress(items: Iterable[T], total: int, label: Callable[[T], str]) -> Iterator[T]:
    """进度条：pass items on and show how far along; silent in a pipe or for a few items."""
    if total < 5 or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        for item in items:
            bar.update(task, description=label(item))
            yield item
            bar.advance(task)
