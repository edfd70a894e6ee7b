"""随附的真实文件：read from the package, one at a time."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from gongkai.demo.loading import Piece, moment
from gongkai.documents.body.clean import from_text

#: 栏目“上级政策文件”下的分栏
GROUPS = ("法律", "行政法规", "国务院文件", "部门规章")
#: 专题和制度栏目：words of a title that bring a document there too.
TOPICS = {
    "优化营商环境": ("营商环境", "行政许可", "市场监管", "市场主体", "个体工商户", "公平竞争"),
    "稳经济保民生": ("就业", "中小企业", "扶贫", "社会保险", "农民工", "住房"),
    "2022年疫情防控": ("传染病", "突发公共卫生", "国境卫生"),
    "政府信息公开制度": ("政府信息公开条例", "保守国家秘密法", "档案法", "政务新媒体", "政府网站"),
}


def rows() -> Iterator[dict[str, Any]]:
    """每份文件：a mapping as ``SOURCES.md`` describes it."""
    with (
        files("gongkai.demo").joinpath("documents.jsonl.xz").open("rb") as packed,
        lzma.open(packed, "rt", encoding="utf-8") as lines,
    ):
        for line in lines:
            yield json.loads(line)


def columns_of(row: dict[str, Any], columns: Mapping[str, int]) -> tuple[int, ...]:
    """栏目：that of its group, and those its title belongs to."""
    also = [name for name, words in TOPICS.items() if any(word in row["title"] for word in words)]
    return tuple(columns[name] for name in (row["group"], *also))


def piece(row: dict[str, Any], organ: int, columns: tuple[int, ...]) -> Piece:
    """一份真实文件：a reprint on the site of the city, with what its own organ gave it and no more.

    Its index, where it has one, is that of the State Council; whether it is in force is not for
    the city to say.
    """
    formed_on, issued_on = _day(row["formed_on"]), _day(row["issued_on"])
    assert formed_on
    assert issued_on
    effective_on = _day(row["effective_on"])
    return Piece(
        origin=f"demo:real:{row['id']}",
        organ=organ,
        kind="higher",
        title=row["title"],
        issuer=row["issuer"],
        number=row["number"],
        index=row["index"],
        genre=row["genre"],
        topic=row["topic"],
        formed_on=formed_on,
        issued_at=moment(issued_on),
        effective_on=effective_on if effective_on and effective_on >= formed_on else None,
        caption=_caption(row["caption"]),
        url=row["url"],
        html=from_text(row["body"].removeprefix(f"{row['number']}\n")),
        columns=columns,
    )


def _caption(text: str) -> str:
    """题注：in brackets; some of the source have lost the first of theirs."""
    bare = text.removesuffix("）") if text.count("）") > text.count("（") else text
    return f"（{bare}）" if bare else ""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
