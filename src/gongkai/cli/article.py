"""法条：quote an article of the statutes the rules rest on."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongkai.law.articles import Article


def add(commands: Any) -> None:
    """Add `gongkai article`."""
    command = commands.add_parser(
        "article",
        help="查法条原文",
        description="查法条原文：按条、款、项引用并打印所载文本。",
        epilog="例：gongkai article 第三十三条第二款\n    gongkai article 行政复议法第23条",
    )
    command.add_argument("citation", metavar="法条", nargs="+", help="如 第三十三条第二款")
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print each cited article with its text."""
    from gongkai.cli.terminal import put, put_json

    articles = [_cite(citation) for citation in args.citation]
    if args.json:
        put_json([{"citation": str(article), "text": article.text} for article in articles])
        return 0
    for article in articles:
        put(str(article), "bold")
        put(article.text)
    return 0


def _cite(citation: str) -> Article:
    """A citation without the name of a law means the Regulation; 33(2) is short for it too."""
    from gongkai.law.articles import REGULATION, cite

    short = re.fullmatch(r"(\d+)(?:\((\d+)\))?(?:\((\d+)\))?条?", citation)
    if short is not None:
        return REGULATION.article(*(int(part) for part in short.groups() if part))
    return cite(citation, REGULATION if citation.startswith("第") else None)
