"""活数字：every figure the prose may use in braces, with what it counts and the list behind it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.annual.forms import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    DISPUTES,
    IN_FORCE,
    ISSUED,
    LAYOUTS,
    NEW,
    REPEALED,
    RESULTS_TOTAL,
    RULES,
    TABLE_2,
    TABLE_3,
    TABLE_4,
    TOTAL,
    Ref,
)
from gongkai.annual.forms import NORMATIVE_2021 as NORMATIVE
from gongkai.documents import figures as documents
from gongkai.documents.queries import DocumentQuery
from gongkai.documents.states import Validity
from gongkai.organs.models import Organ
from gongkai.reporting.counting import BY_HAND, FORM

_LEAVES = LAYOUTS[FORM].leaves


@dataclass(frozen=True)
class Live:
    """活数字：a name the prose may use in braces, what it counts, and where it is taken from.

    ``refs`` are the cells it sums up; ``rows`` the list behind it where it stands in no table.
    """

    name: str
    label: str
    unit: str
    refs: tuple[Ref, ...] = ()
    rows: Callable[[Collection[int], int], QuerySet[Any]] | None = None


def _sum(row_prefix: str) -> tuple[Ref, ...]:
    return tuple(Ref(TABLE_3, row, TOTAL) for row in _LEAVES if row.startswith(row_prefix))


def _cell(table: str, row: str, column: str) -> tuple[Ref, ...]:
    return (Ref(table, row, column),)


_FROM_TABLES = (
    Live("新收", "本年新收申请", "件", _cell(TABLE_3, NEW, TOTAL)),
    Live("上年结转", "上年结转申请", "件", _cell(TABLE_3, CARRIED_IN, TOTAL)),
    Live("办理", "本年新收和上年结转", "件",
         (*_cell(TABLE_3, NEW, TOTAL), *_cell(TABLE_3, CARRIED_IN, TOTAL))),
    Live("办结", "本年办理结果总计", "件", _cell(TABLE_3, RESULTS_TOTAL, TOTAL)),
    Live("结转下年", "结转下年度继续办理", "件", _cell(TABLE_3, CARRIED_OUT, TOTAL)),
    *(Live(label, f"本年新收：{label}", "件", _cell(TABLE_3, NEW, label)) for label in APPLICANTS
      if label != APPLICANTS[-1]),
    Live("其他组织", "本年新收：其他法人或者组织", "件", _cell(TABLE_3, NEW, "其他")),
    Live("予以公开", "予以公开", "件", _sum("三、（一）")),
    Live("部分公开", "部分公开", "件", _sum("三、（二）")),
    Live("不予公开", "不予公开", "件", _sum("三、（三）")),
    Live("无法提供", "无法提供", "件", _sum("三、（四）")),
    Live("不予处理", "不予处理", "件", _sum("三、（五）")),
    Live("其他处理", "其他处理", "件", _sum("三、（六）")),
    Live("复议", "行政复议", "件", _cell(TABLE_4, DISPUTES[0], TOTAL)),
    Live("诉讼", "行政诉讼", "件", tuple(Ref(TABLE_4, row, TOTAL) for row in DISPUTES[1:])),
    Live("直接起诉", "未经复议直接起诉", "件", _cell(TABLE_4, DISPUTES[1], TOTAL)),
    Live("复议后起诉", "复议后起诉", "件", _cell(TABLE_4, DISPUTES[2], TOTAL)),
    Live("规章制发", "本年制发规章", "件", _cell(TABLE_2, RULES, ISSUED)),
    Live("规章废止", "本年废止规章", "件", _cell(TABLE_2, RULES, REPEALED)),
    Live("规章有效", "现行有效规章", "件", _cell(TABLE_2, RULES, IN_FORCE)),
    Live("规范性文件制发", "本年制发行政规范性文件", "件", _cell(TABLE_2, NORMATIVE, ISSUED)),
    Live("规范性文件废止", "本年废止行政规范性文件", "件", _cell(TABLE_2, NORMATIVE, REPEALED)),
    Live("规范性文件有效", "现行有效行政规范性文件", "件", _cell(TABLE_2, NORMATIVE, IN_FORCE)),
    Live("许可", "行政许可", "件", (BY_HAND[0],)),
    Live("处罚", "行政处罚", "件", (BY_HAND[1],)),
    Live("强制", "行政强制", "件", (BY_HAND[2],)),
    Live("收费", "行政事业性收费", "万元", (BY_HAND[3],)),
)  # fmt: skip


#: What the prose calls the figures of publication.
_PUBLISHED = {
    "website_items": "网站信息",
    "platform_items": "专栏信息",
    "policy_documents": "政策文件",
    "interpretations": "政策解读",
    "replies": "建议提案复文",
    "new_media_posts": "新媒体信息",
    "gazette_issues": "公报期数",
    "gazette_documents": "公报文件",
    "deliveries": "送查阅点",
    "press_releases": "新闻发布",
}


#: A government's website, and the accounts beside it, carry what its departments publish as well.
_SHARED = ("website_items", "platform_items", "new_media_posts")
_WITH_UNITS = "各单位"


def _lapsed(organs: Collection[int], year: int) -> DocumentQuery:
    return documents.ended_in(organs, "normative", year, Validity.LAPSED)


def with_those_below(organs: Collection[int]) -> list[int]:
    """本机关和所属各单位：whose information stands on one website."""
    paths = Organ.objects.filter(pk__in=organs).values_list("path", flat=True)
    below = Q(pk__in=organs)
    for path in paths:
        below |= Q(path__startswith=path)
    return list(Organ.objects.filter(below).order_by("path").values_list("pk", flat=True))


def _of_all(figure: documents.Figure) -> Callable[[Collection[int], int], QuerySet[Any]]:
    return lambda organs, year: figure.rows(with_those_below(organs), year)


def live() -> Iterator[Live]:
    """活数字：all there are; those of publication are the documents room's own."""
    yield from _FROM_TABLES
    yield Live("规范性文件失效", "本年宣布失效行政规范性文件", "件", rows=_lapsed)
    for key, figure in documents.PUBLICATION_FIGURES.items():
        yield Live(_PUBLISHED[key], figure.label, figure.unit, rows=figure.rows)
    for key in _SHARED:
        figure = documents.PUBLICATION_FIGURES[key]
        name, label = f"{_WITH_UNITS}{_PUBLISHED[key]}", f"{figure.label}（含所属各单位）"
        yield Live(name, label, figure.unit, rows=_of_all(figure))
