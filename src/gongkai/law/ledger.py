"""读取办理记录：JSON events and rows of a cases file become typed values; the only door.

The shape of an event is ``{"type": "extension", "date": "2025-03-26", "workdays": 10}``. Whatever
does not make sense is BadLedger (or BadDate for a day that does not exist) with a sentence that
says which event is meant.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from gongkai.errors import BadDate, BadInput, BadLedger, GongkaiError
from gongkai.law.calendar import Calendar, parse_date
from gongkai.law.clock import DEFAULT, Standing, replay
from gongkai.law.events import EVENTS, Channel, Event, Ledger, Note, Order, Way, Whom
from gongkai.law.policy import Policy
from gongkai.law.sheets import decode, read_rows
from gongkai.law.terms import REPLY, TERMS, Term

_TYPES = {kind.TYPE: kind for kind in EVENTS} | {kind.NAME: kind for kind in EVENTS}
_CHANNELS = {
    **{channel.value: channel for channel in Channel},
    **{channel.label: channel for channel in Channel},
    **dict.fromkeys(("handover", "hand_over", "post_internal"), Channel.INTERNAL),
}
_WHOM = {
    **{whom.value: whom for whom in Whom},
    **{whom.label: whom for whom in Whom},
    **dict.fromkeys(("other_organ", "other"), Whom.OTHER_ORGAN),
    **dict.fromkeys(
        (
            "comaker",
            "co_making",
            "co_making_organ",
            "co_organ",
            "co_agency",
            "co_producer",
            "joint",
            "joint_maker",
            "joint_organ",
            "joint_agency",
        ),
        Whom.CO_MAKER,
    ),
}
_WAYS = {**{way.value: way for way in Way}, **{way.label: way for way in Way}}
_ORDERS = {**{one.value: one for one in Order}, **{one.label: one for one in Order}}
#: Names of fields in JSON where they differ from the attribute.
_KEYS = {"on": "date", "whom": "kind", "text": "note"}
_EXAMPLE = '[{"type": "extension", "date": "2025-03-26", "workdays": 10}]'
_LONGEST = 100_000
#: Far beyond any period; spares the message a number of a thousand digits.
_LARGEST = 10_000


def read_events(text: str | bytes) -> tuple[Event, ...]:
    """读取事件：a JSON list of events, or an object holding one under ``events``.

    >>> read_events('[{"type": "extension", "date": "2025-03-26", "workdays": 10}]')
    (Extension(on=datetime.date(2025, 3, 26), workdays=10),)
    """
    try:
        found = json.loads(decode(text), parse_constant=_refuse_constant)
    except json.JSONDecodeError as problem:
        where = f"第{problem.lineno}行第{problem.colno}个字符"
        raise BadLedger(f"事件不是有效的JSON：{where}附近有误") from None
    except (RecursionError, ValueError):
        raise BadLedger("事件不是有效的JSON：嵌套过深或者数值过大") from None
    if isinstance(found, dict):
        found = found.get("events")
    if not isinstance(found, list):
        raise BadLedger('事件应当是JSON列表，如[{"type": "confirmed", "date": "2025-03-03"}]')
    if len(found) > _LONGEST:
        raise BadLedger(f"事件有{len(found)}条，超过了{_LONGEST}条")
    return tuple(_nth_event(n, one) for n, one in enumerate(found, start=1))


def _nth_event(n: int, said: object) -> Event:
    try:
        return read_event(said)
    except GongkaiError as problem:
        raise type(problem)(f"第{n}条事件：{problem}") from None


def read_event(said: object) -> Event:
    """读取一条事件：a JSON object with ``type``, ``date`` and the fields of its kind."""
    if not isinstance(said, Mapping):
        raise BadLedger("应当是含有type和date的对象")
    kind = said.get("type")
    if not isinstance(kind, str) or kind not in _TYPES:
        named = f"类型“{str(kind)[:40]}”不认识" if "type" in said else "缺少type"
        raise BadLedger(f"{named}，应当是{'、'.join(one.TYPE for one in EVENTS)}之一")
    event = _TYPES[kind]
    attributes = {_KEYS.get(one.name, one.name): one.name for one in fields(event)}
    if event is Note:
        attributes["text"] = "text"
    values: dict[str, Any] = {}
    for key, value in said.items():
        if key == "type" or (key == "note" and key not in attributes):
            continue  # a remark may stand beside any event
        if key not in attributes:
            raise BadLedger(f"{event.NAME}没有“{str(key)[:40]}”这一项")
        if value is not None:
            values[attributes[key]] = _READERS[attributes[key]](key, value)
    for needed in _REQUIRED.get(event.TYPE, ("on",)):
        if needed not in values:
            raise BadLedger(f"{event.NAME}缺少{_KEYS.get(needed, needed)}")
    return event(**values)


_REQUIRED = {"extension": ("on", "workdays"), "delay_agreed": ("on", "until")}


def _read_date(key: str, value: object) -> date:
    if not isinstance(value, str):
        raise BadDate(f"{key}应当是“2025-03-03”这样的日期，不能是{_shown(value)}")
    return parse_date(value)


def _read_count(key: str, value: object) -> int:
    if type(value) is not int:
        raise BadLedger(f"{key}应当是整数，不能是{_shown(value)}")
    if abs(value) > _LARGEST:
        raise BadLedger(f"{key}的数值过大")
    return value


def _read_flag(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadLedger(f"{key}应当是true或者false，不能是{_shown(value)}")
    return value


def _read_text(key: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadLedger(f"{key}应当是文字，不能是{_shown(value)}")
    return str(value)


def _read_member(members: Mapping[str, Any]) -> Callable[[str, object], Any]:
    def read(key: str, value: object) -> Any:
        if not isinstance(value, str) or value not in members:
            known = "、".join(dict.fromkeys(str(one.value) for one in members.values()))
            raise BadLedger(f"{key}的值{_shown(value)}不认识，应当是{known}之一")
        return members[value]

    return read


_READERS: dict[str, Callable[[str, object], Any]] = {
    "on": _read_date,
    "correct_by": _read_date,
    "until": _read_date,
    "workdays": _read_count,
    "justified": _read_flag,
    "id": _read_text,
    "text": _read_text,
    "whom": _read_member(_WHOM),
    "way": _read_member(_WAYS),
    "channel": _read_member(_CHANNELS),
    "source": _read_member(_ORDERS),
}


def _shown(value: object) -> str:
    return f"“{str(value)[:40]}”"


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def read_channel(code: str) -> Channel:
    """收到的途径：a code such as ``post_signed``, or its Chinese label; else BadLedger."""
    found: Channel = _READERS["channel"]("channel", code.strip())
    return found


def make_ledger(
    received: str | date,
    channel: str | Channel = Channel.IN_PERSON,
    events: str | bytes | tuple[Event, ...] = (),
    term: Term = REPLY,
) -> Ledger:
    """办理记录：from what a command line or a form has: texts or values."""
    return Ledger(
        parse_date(received) if isinstance(received, str) else received,
        channel if isinstance(channel, Channel) else read_channel(channel),
        events if isinstance(events, tuple) else read_events(events),
        term,
    )


@dataclass(frozen=True, slots=True)
class Case:
    """案例：one row of a cases file; ``due`` is the expected token, empty when not given."""

    name: str
    ledger: Ledger
    due: str = ""
    article: str = ""
    note: str = ""


def case_from_row(row: Mapping[str, str | None]) -> Case:
    """读取一行案例：columns case, received, channel, events, due, article, note.

    The part of ``case`` before the dash is the kind of period, a key of `TERMS`. An empty channel
    is ``in_person``, empty events are none. The sentence of an error begins with the case.
    """
    cells = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
    name = cells.get("case", "")
    try:
        term = TERMS.get(name.partition("-")[0].upper())
        if term is None:
            raise BadLedger(f"案件种类不认识，编号应当以{'、'.join(TERMS)}之一开头，如REPLY-01")
        ledger = make_ledger(
            cells.get("received", ""),
            cells.get("channel", "") or Channel.IN_PERSON,
            cells.get("events", "") or "[]",
            term,
        )
    except GongkaiError as problem:
        raise type(problem)(f"案例{name or '（无编号）'}：{problem}") from None
    return Case(name, ledger, cells.get("due", ""), cells.get("article", ""), cells.get("note", ""))


def read_case_rows(data: bytes | str) -> Iterator[dict[str, str]]:
    """逐行读取案例文件：the cells of each row of a CSV, for `case_from_row`.

    Only the file as a whole is checked here (encoding, heading, width), so that one bad case does
    not hide the others.
    """
    wanted: dict[str, tuple[str, ...]] = {
        "case": ("案例",),
        "received": ("收到",),
        "channel": ("途径",),
        "events": ("事件",),
    }
    optional: dict[str, tuple[str, ...]] = {
        "due": ("期限",),
        "article": ("依据",),
        "note": ("说明",),
    }
    seen: dict[str, int] = {}
    for row in read_rows(data, wanted, optional):
        name = row["case"]
        if name in seen:
            raise BadInput(f"第{row.line}行与第{seen[name]}行的案例编号相同：{name[:40]}")
        seen[name] = row.line
        yield dict(row.cells)


def solve(case: Case, calendar: Calendar | None = None, policy: Policy = DEFAULT) -> Standing:
    """求解：replay the ledger of a case; compare ``.token`` with ``case.due``."""
    try:
        return replay(case.ledger, calendar, policy)
    except GongkaiError as problem:
        raise type(problem)(f"案例{case.name}：{problem}") from None
