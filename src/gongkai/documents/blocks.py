"""法定专栏：the blocks of the disclosure platform, and their sub-columns, as data.

五个板块：国办公开办函〔2019〕61号, adjusted by 〔2021〕33号; the sub-columns of 法定主动公开内容
follow 《政府信息公开条例》第二十条、第二十一条.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.documents.kinds import KINDS
from gongkai.organs.models import Organ
from gongkai.organs.states import Kind as OrganKind


@dataclass(frozen=True, slots=True)
class Block:
    """板块：``code`` names it, ``parent`` is the code of the block above, or empty."""

    code: str
    parent: str
    name: str
    type: str
    description: str
    kind: str = ""
    update_days: int | None = None


_PLATFORM = Block(
    "platform", "", "政府信息公开", "信息公开目录", "政府信息公开专栏，集中发布法定主动公开内容"
)
_BLOCKS = (
    Block(
        "guide", "platform", "政府信息公开指南", "信息公开指南",
        "政府信息的分类、编排体系、获取方式和工作机构的联系方式（条例第十二条）",
    ),
    Block(
        "system", "platform", "政府信息公开制度", "信息公开目录",
        "政府信息公开的法规、规章和工作制度", "system",
    ),
    Block(
        "policy", "platform", "政策", "政策文件",
        "规章、行政规范性文件和其他文件（条例第二十条第一项）",
    ),
    Block("rule", "policy", "规章", "政策文件", "现行有效的规章", "rule"),
    Block(
        "normative", "policy", "行政规范性文件", "政策文件", "行政规范性文件及其有效性", "normative"
    ),
    Block("other_policy", "policy", "其他文件", "政策文件", "其他政策文件", "policy", 180),
    Block(
        "interpretation", "policy", "政策解读", "政策解读", "与政策文件同步发布的解读",
        "interpretation",
    ),
    Block(
        "statutory", "platform", "法定主动公开内容", "信息公开目录",
        "条例第二十条、第二十一条规定主动公开的政府信息",
    ),
    Block(
        "report", "platform", "政府信息公开年报", "信息公开年报",
        "每年1月31日前公布的年度报告（条例第四十九条）", "report", 366,
    ),
)  # fmt: skip
#: Kinds with a block of their own above.
_ELSEWHERE = {block.kind for block in _BLOCKS} | {"news", "catalogue", "clarification"}
_RULE_MAKERS = {OrganKind.CITY}


def blocks_for(organ: Organ) -> Iterator[Block]:
    """某机关的法定专栏：parents before their children."""
    yield _PLATFORM
    for block in _BLOCKS:
        if block.code != "rule" or organ.kind in _RULE_MAKERS:
            yield block
    township = organ.kind == OrganKind.TOWNSHIP
    for kind in KINDS.values():
        if kind.code in _ELSEWHERE or not kind.article:
            continue
        if kind.extra and ("township" if township else "local") not in kind.extra.split():
            continue
        yield Block(
            f"item_{kind.code}"[:20], "statutory", kind.name, kind.column, kind.basis, kind.code
        )
