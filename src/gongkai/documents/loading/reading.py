"""一行读成一份文件：headings understood, dates and numbers proven, text made clean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from gongkai.documents.body.clean import from_text, settle
from gongkai.documents.kinds import GENRES, KINDS, TOPICS
from gongkai.documents.life import Life, why_not_dates
from gongkai.documents.numbers import number_key
from gongkai.documents.states import Validity
from gongkai.errors import BadDate, BadInput, BadNumber
from gongkai.law.calendar import parse_date
from gongkai.law.index_numbers import normalise_index
from gongkai.law.numbers import normalise

#: What a heading may be called; the first is what we call it.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "title": ("标题", "名称", "文件名称", "title"),
    "number": ("发文字号", "文号", "doc_number", "number"),
    "index_number": ("索引号", "index_number"),
    "origin": ("来源编号", "编号", "id"),
    "kind": ("种类", "kind"),
    "issuer": ("发文机关", "制发机关", "issuer"),
    "topic": ("主题分类", "topic"),
    "genre": ("公文种类", "体裁", "genre"),
    "keywords": ("关键词", "主题词", "topic_words", "keywords"),
    "summary": ("内容概述", "摘要", "summary"),
    "formed_on": ("成文日期", "written_date", "formed_on"),
    "issued_on": ("发布日期", "published_date", "issued_at"),
    "effective_on": ("施行日期", "生效日期", "effective_date", "effective_on"),
    "valid_to": ("有效期至", "valid_to"),
    "ended_on": ("废止日期", "失效日期", "ended_on"),
    "validity": ("有效性", "效力", "validity"),
    "expired": ("已失效", "expired"),
    "caption": ("题注", "caption"),
    "text": ("正文", "body_text", "text"),
    "html": ("正文HTML", "body_html", "html"),
    "url": ("原文地址", "来源地址", "url"),
    "columns": ("栏目", "columns"),
    "files": ("附件", "attachments"),
}
_KNOWN = {heading.lower(): name for name, many in HEADINGS.items() for heading in many}
_KINDS = {kind.name: code for code, kind in KINDS.items()} | {code: code for code in KINDS}
#: What files say of validity; what they call in force still follows from the dates.
_WORDS = {
    **dict.fromkeys(("有效", "现行有效", "继续有效", "尚未施行", "尚未生效", "不适用"), ""),
    **dict.fromkeys(("废止", "已废止"), Validity.REPEALED),
    **dict.fromkeys(("失效", "已失效"), Validity.LAPSED),
    "已修改": Validity.AMENDED,
}
_YES = {"true", "1", "是", "yes"}
_SEPARATOR = re.compile(r"[;；、\n]+")
_TAG = re.compile(r"<(?:p|div|table|h[1-6]|br)\b", re.IGNORECASE)


@dataclass(slots=True)
class Loaded:
    """读出的一份文件：columns of the document, its text, where it is to stand, its files."""

    row: int
    fields: dict[str, Any]
    html: str
    columns: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """标题。"""
        return str(self.fields["title"])


def mapping_of(given: Mapping[str, str]) -> dict[str, str]:
    """列名对应：an office's own headings → ours; raises BadInput for one of ours nobody knows."""
    mapping = dict(_KNOWN)
    for theirs, ours in given.items():
        name = _KNOWN.get(ours.strip().lower())
        if name is None:
            known = "、".join(many[0] for many in HEADINGS.values())
            raise BadInput(f"没有“{ours}”这个栏目；可以对应到：{known}。")
        mapping[theirs.strip().lower()] = name
    return mapping


def read_row(
    number: int,
    row: Mapping[str, Any],
    mapping: Mapping[str, str],
    *,
    kind: str,
    today: date,
) -> Loaded:
    """读一行：raises BadInput saying what is wrong with it; nothing is guessed."""
    cells: dict[str, Any] = {}
    for heading, value in row.items():
        name = mapping.get(heading.strip().lower())
        if name and value not in (None, "") and name not in cells:
            cells[name] = value
    said = {name: str(value).strip() for name, value in cells.items()}
    if not said.get("title"):
        raise BadInput("没有标题。")
    fields = _named(said) | _numbered(said) | _dated(cells, today)
    fields["kind"] = _kind(said, kind)
    fields |= _validity(said, fields, today)
    html = _text(said)
    return Loaded(
        number,
        fields,
        html,
        columns=[c for c in _SEPARATOR.split(said.get("columns", "")) if c.strip()],
        files=_files(cells.get("files")),
    )


def _named(said: Mapping[str, str]) -> dict[str, Any]:
    title = " ".join(said["title"].split())
    if len(title) > 300:
        raise BadInput(f"标题有{len(title)}个字，最多300个字。")
    topic = re.split(r"[\\/>]", said.get("topic", ""))[0].strip()
    genre, url = said.get("genre", ""), said.get("url", "")
    return {
        "title": title,
        "issuer": said.get("issuer", "")[:200],
        "topic": topic if topic in TOPICS else "",
        "genre": genre if genre in GENRES else "",
        "keywords": " ".join(re.split(r"[\s;；,，、]+", said.get("keywords", "")))[:200].strip(),
        "summary": said.get("summary", "")[:1000],
        "caption": said.get("caption", "")[:500],
        "origin": said.get("origin", "")[:200],
        "source_url": url if url.startswith(("http://", "https://")) and len(url) <= 500 else "",
    }


def _numbered(said: Mapping[str, str]) -> dict[str, str]:
    found = {"number": "", "number_key": "", "index_number": ""}
    if text := said.get("number", ""):
        number = normalise(text)
        if number is None:
            raise BadNumber(f"“{text[:60]}”不是文号。")
        found |= {"number": number[:120], "number_key": number_key(text)[:160]}
    if text := said.get("index_number", ""):
        index = normalise_index(text)
        if index is None:
            raise BadNumber(f"“{text[:60]}”不是索引号。")
        found["index_number"] = index
    return found


def _dated(cells: Mapping[str, Any], today: date) -> dict[str, Any]:
    names = ("formed_on", "issued_on", "effective_on", "valid_to", "ended_on")
    days = {name: _day(cells.get(name)) for name in names}
    issued, formed = days.pop("issued_on"), days["formed_on"]
    if issued is None and formed is None:
        raise BadDate("没有成文日期，也没有发布日期。")
    if issued is not None and issued > today:
        raise BadDate(f"发布日期{issued}晚于今天。")
    if issued is not None and formed is not None and issued < formed:
        raise BadDate(f"发布日期{issued}早于成文日期{formed}。")
    life = Life(formed, days["effective_on"], days["valid_to"], days["ended_on"])
    if reasons := why_not_dates(life, today=today):
        raise BadDate("；".join(reasons) + "。")
    moment = datetime.combine(issued or formed or today, time(), timezone.get_current_timezone())
    return {**days, "issued_at": moment}


def _day(value: Any) -> date | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    return parse_date(text[:10] if re.match(r"\d{4}-\d\d-\d\d[T ]", text) else text)


def _kind(said: Mapping[str, str], otherwise: str) -> str:
    if name := said.get("kind", ""):
        if name not in _KINDS:
            raise BadInput(f"没有“{name[:40]}”这个种类。")
        return _KINDS[name]
    return otherwise


def _validity(said: Mapping[str, str], fields: Mapping[str, Any], today: date) -> dict[str, Any]:
    if not KINDS[fields["kind"]].lives:
        return {"validity": "", "turns_on": None, "ended_as": ""}
    word = said.get("validity", "")
    if word and word not in _WORDS:
        raise BadInput(f"有效性“{word[:20]}”认不出；应是有效、废止、失效、已修改、尚未施行。")
    ended_as = _WORDS.get(word, "")
    amended = fields["formed_on"] if ended_as == Validity.AMENDED else None
    if ended_as == Validity.AMENDED:
        ended_as = ""
    if not ended_as and (said.get("expired", "").lower() in _YES or fields["ended_on"]):
        ended_as = Validity.LAPSED
    life = Life(
        fields["formed_on"], fields["effective_on"], fields["valid_to"], fields["ended_on"],
        ended_as, amended,
    )  # fmt: skip
    return {
        "ended_as": ended_as,
        "amended_on": amended,
        "validity": life.on(today),
        "turns_on": life.turns_after(today),
    }


def _text(said: Mapping[str, str]) -> str:
    if html := said.get("html"):
        return settle(html)
    text = said.get("text", "")
    return settle(text) if _TAG.search(text[:2000]) else from_text(text)


def _files(value: Any) -> list[str]:
    if value is None:
        return []
    names = value if isinstance(value, list) else _SEPARATOR.split(str(value))
    return [str(name).strip() for name in names if str(name).strip()]
