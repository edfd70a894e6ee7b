"""已经公开的：what may already answer a request, before it is made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.applications.models import Reply
from gongkai.documents.entries import SOURCE
from gongkai.search.entry import Entry
from gongkai.search.fold import LONGEST_QUERY
from gongkai.search.index import index

MOST = 5
#: Fewer letters say nothing yet.
_LEAST = 2
#: 套话：what every request says and no title does; between them stand the words that tell.
_FILLERS = re.compile(
    "关于|有关|相关|申请|请求|获取|提供|公开|政府信息|全部|所有|具体|详细|文件|材料|资料|信息"
    "|情况|清单|名单|内容|以及|及其|我市|本市|我县|贵局|贵机关|[的和与及在对，。、；：？！]"
)


@dataclass(frozen=True, slots=True)
class Match:
    """一条：``replied`` when it was published because somebody asked for it（第四十四条）."""

    entry: Entry
    replied: bool


def matches(subject: str, number: str = "") -> list[Match]:
    """可能已经公开的：by number where one is given, then by the words; at most five.

    What has all the words comes first; then what has the telling ones, then the longest of them.
    """
    found: dict[str, Entry] = {}
    for query in dict.fromkeys(_queries(subject, number)):
        if len(found) < MOST:
            hits = index().find(query, limit=MOST)
            found |= {entry.id: entry for entry in hits if entry.id not in found}
    entries = list(found.values())[:MOST]
    replied = _replied(entries)
    return [Match(entry, entry.id in replied) for entry in entries]


def _queries(subject: str, number: str) -> Iterator[str]:
    telling = [part for part in _FILLERS.split(subject) if len(part.strip()) >= _LEAST]
    for query in (number, subject, " ".join(telling), max(telling, key=len, default="")):
        query = " ".join(query.split())[:LONGEST_QUERY]
        if len(query) >= _LEAST:
            yield query


def _replied(entries: list[Entry]) -> set[str]:
    """依申请公开后转为主动公开的（第四十四条）。"""
    keys = {
        int(entry.id.partition(":")[2]): entry.id for entry in entries if entry.source == SOURCE
    }
    if not keys:
        return set()
    asked = Reply.objects.filter(published_as__in=keys).values_list("published_as", flat=True)
    return {keys[key] for key in asked if key is not None}
