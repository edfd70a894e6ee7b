"""期限：by which day the law wants something done, and why, day by day."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from gongkai.cli.arguments import day, file_bytes

if TYPE_CHECKING:
    from gongkai.law.calendar import Calendar
    from gongkai.law.clock import Standing
    from gongkai.law.policy import Policy
    from gongkai.law.strip import Day

_WEEKDAYS = "一二三四五六日"


def add(commands: Any) -> None:
    """Add `gongkai due`."""
    command = commands.add_parser(
        "due",
        help="推算法定期限",
        description="推算法定期限：由收到之日和办理记录逐日推算，并说明每一天为什么计入或者不计入。",
        epilog=(
            "例：gongkai due 2026-02-10 --channel online\n"
            "    gongkai due 2025-03-03 --events events.json --asof 2025-04-01\n"
            "    gongkai due --cases cases.csv\n"
            "办理记录是 JSON 列表，如\n"
            '    [{"type": "extension", "date": "2025-03-26", "workdays": 10}]'
        ),
    )
    command.add_argument("received", nargs="?", type=day, metavar="收到日期", help="如 2026-02-10")
    command.add_argument(
        "--channel",
        default="in_person",
        metavar="途径",
        help="收到的途径：in_person 当面（默认）、post_signed 需签收的邮寄、"
        "post_ordinary 平常信函、internal 内设机构转交、online 网上、"
        "email 电子邮件、fax 传真、oral 口头",
    )
    command.add_argument("--events", metavar="文件", help="办理记录（JSON；- 为标准输入）")
    command.add_argument(
        "--term",
        default="REPLY",
        metavar="种类",
        help="期限种类，默认 REPLY 答复；其他如 CORRNOTICE 告知补正、OPINION 第三方意见、"
        "FEEPAY 缴费、PUBLISH 主动公开、REVIEW60 申请复议、SUIT6M 起诉",
    )
    command.add_argument("--asof", type=day, metavar="日期", help="截至哪一天（默认最后一条记录）")
    command.add_argument(
        "--calendar",
        metavar="文件",
        help="本机关的放假安排（CSV：日期,种类,依据），叠加在全国安排之上",
    )
    command.add_argument(
        "--policy",
        action="append",
        default=[],
        metavar="名称=值",
        help="改动一项口径，如 reason_request_pauses=true；各项见 docs/law.md",
    )
    command.add_argument("--cases", metavar="文件", help="逐行推算案例文件（CSV）并与 due 列核对")
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Solve one ledger, or every case of a file."""
    from gongkai.errors import BadInput
    from gongkai.law.calendar import china, read_overrides

    calendar = china()
    if args.calendar:
        calendar = calendar.with_overrides(read_overrides(file_bytes(args.calendar)))
    policy = _policy(args.policy)
    if args.cases:
        if args.received or args.events:
            raise BadInput("--cases 自带收到日期和办理记录，不能与它们同时使用。")
        return _run_cases(args, calendar, policy)
    if args.received is None:
        raise BadInput("请给出收到日期，如 gongkai due 2026-02-10；或者用 --cases 给出案例文件。")
    return _run_one(args, calendar, policy)


def _run_one(args: argparse.Namespace, calendar: Calendar, policy: Policy) -> int:
    from gongkai.cli.terminal import put_json
    from gongkai.errors import BadInput
    from gongkai.law.clock import replay
    from gongkai.law.ledger import make_ledger
    from gongkai.law.terms import TERMS

    term = TERMS.get(args.term.upper())
    if term is None:
        raise BadInput(f"没有“{args.term}”这种期限，可选：{'、'.join(TERMS)}。")
    events = file_bytes(args.events) if args.events else ()
    ledger = make_ledger(args.received, args.channel, events, term)
    standing = replay(ledger, calendar, policy, asof=args.asof)
    if args.json:
        put_json(as_dict(standing))
    else:
        _print(standing)
    return 0


def _policy(settings: list[str]) -> Policy:
    """The office's switches: ``name=value`` with true, false or a number of days."""
    from gongkai.errors import BadInput
    from gongkai.law.policy import Policy, switches

    known = {switch.name: switch for switch in switches()}
    words = {"true": True, "false": False, "是": True, "否": False}
    values: dict[str, Any] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in known:
            raise BadInput(f"没有“{name}”这项口径，可选：{'、'.join(known)}。")
        if value.lower() in words:
            values[name] = words[value.lower()]
        elif value.isascii() and value.isdigit() and len(value) < 10:
            values[name] = int(value)
        else:
            raise BadInput(f"口径“{name}”的值应当是 true、false 或者天数，不能是“{value}”。")
    return Policy(**values)


def _print(standing: Standing) -> None:
    from gongkai.cli.terminal import put

    if standing.due is not None:
        mark = "（暂定：沿途有年份尚未载入放假通知）" if standing.provisional else ""
        put(f"{standing.due:%Y-%m-%d}  星期{_weekday(standing.due)}{mark}", "bold")
    else:
        put(standing.token, "bold")
    put(f"{standing.ledger.term.name}期限  {standing.ledger.term}  {standing.article}")
    put(f"状态      {standing.status}（截至{standing.asof}）")
    put(f"起算日    {standing.day0}（当日不计入）  {standing.day0_basis}")
    for name, when in _further_days(standing):
        put(f"{name}{when}")
    for flag in standing.flags:
        put(
            f"{'瑕疵' if flag.is_defect else '提示'}：{flag}", "red" if flag.is_defect else "yellow"
        )
    put()
    _print_strip(standing)


def _further_days(standing: Standing) -> Iterator[tuple[str, date]]:
    """The other dates worth a line, where they say something of their own."""
    named = (
        ("稳妥期限  ", standing.safe_due),
        ("内部期限  ", standing.internal_due),
        ("延长之前  ", standing.original_due),
        ("可以办结  ", standing.closable_from),
        ("若不答复  ", standing.if_silent),
        ("已经答复  ", standing.answered_on),
    )
    return ((name, when) for name, when in named if when is not None and when != standing.due)


def _print_strip(standing: Standing) -> None:
    """逐日：one line a day, runs of the same kind of uncounted day on one line."""
    from gongkai.cli.terminal import put

    for first, last in _runs(standing.days()):
        # 至 is two columns wide, so a span of days is padded to one column less.
        span = f"{first.on:%Y-%m-%d}{'':11}"
        if last is not first:
            span = f"{first.on:%Y-%m-%d} 至 {last.on:%m-%d}  "
        number = f"第{first.number:>2}日" if first.number is not None else ""
        text = f"{span}星期{_weekday(first.on)}  {number or '—     '}  {first.mark}"
        if first.note:
            text += f"：{first.note}"
        style = "bold green" if first.due else "" if first.counts else "dim"
        ending = "  ← 期限最后一日" if first.due else ""
        put(f"{text}（{first.basis}）{'（暂定）' if first.provisional else ''}{ending}", style)


def _runs(days: Iterator[Day]) -> Iterator[tuple[Day, Day]]:
    """Join neighbouring uncounted days that say the same; a counted day stands alone."""
    first = last = None
    for one in days:
        if first is not None and last is not None:
            if not one.counts and not one.due and _says(one) == _says(first) and not first.due:
                last = one
                continue
            yield first, last
        first = last = one
    if first is not None and last is not None:
        yield first, last


def _says(one: Day) -> tuple[object, ...]:
    return one.mark, one.number, one.note, one.basis, one.provisional


def _weekday(on: date) -> str:
    return _WEEKDAYS[on.weekday()]


def as_dict(standing: Standing) -> dict[str, Any]:
    """数据：what `gongkai due --json` prints."""
    return {
        "due": standing.token,
        "date": _iso(standing.due),
        "status": standing.status.name,
        "status_text": str(standing.status),
        "article": str(standing.article),
        "term": {"code": standing.ledger.term.code, "length": str(standing.ledger.term)},
        "received": standing.ledger.received.isoformat(),
        "channel": standing.ledger.channel.value,
        "asof": standing.asof.isoformat(),
        "day0": standing.day0.isoformat(),
        "day0_article": str(standing.day0_basis),
        "safe_due": _iso(standing.safe_due),
        "internal_due": _iso(standing.internal_due),
        "original_due": _iso(standing.original_due),
        "extended_due": _iso(standing.extended_due),
        "closable_from": _iso(standing.closable_from),
        "if_silent": _iso(standing.if_silent),
        "answered_on": _iso(standing.answered_on),
        "provisional": standing.provisional,
        "flags": [
            {
                "kind": flag.kind.name,
                "defect": flag.is_defect,
                "text": str(flag),
                "article": str(flag.article),
            }
            for flag in standing.flags
        ],
        "days": [
            {
                "date": one.on.isoformat(),
                "mark": one.mark.name,
                "text": str(one.mark),
                "counted": one.counts,
                "number": one.number,
                "note": one.note,
                "article": one.basis,
                "due": one.due,
                "provisional": one.provisional,
            }
            for one in standing.days()
        ],
    }


def _iso(on: date | None) -> str | None:
    return None if on is None else on.isoformat()


def _run_cases(args: argparse.Namespace, calendar: Calendar, policy: Policy) -> int:
    """Print every case with its computed due; exit 1 naming each that differs."""
    from gongkai.cli.terminal import put, put_json
    from gongkai.law.ledger import read_case_rows

    solved = [_solve(row, calendar, policy) for row in read_case_rows(file_bytes(args.cases))]
    differing = [one for one in solved if not one["agrees"]]
    if args.json:
        put_json({"cases": solved, "differing": [one["case"] for one in differing]})
        return 1 if differing else 0
    width = max((len(one["case"]) for one in solved), default=0)
    for one in solved:
        given = "" if one["given"] in ("", one["due"]) else f"  ← 给定 {one['given']}"
        put(f"{one['case']:<{width}}  {one['due']}{given}", "" if one["agrees"] else "bold red")
    if differing:
        names = "、".join(one["case"] for one in differing)
        put(f"共 {len(solved)} 例，{len(differing)} 例与给定的期限不一致：{names}", "bold red")
        return 1
    put(f"共 {len(solved)} 例，全部一致。", "green")
    return 0


def _solve(row: dict[str, str], calendar: Calendar, policy: Policy) -> dict[str, Any]:
    from gongkai.errors import GongkaiError
    from gongkai.law.ledger import case_from_row, solve

    given = (row.get("due") or "").strip()
    name = (row.get("case") or "").strip()
    try:
        case = case_from_row(row)
        due = solve(case, calendar, policy).token
        article = str(case.ledger.term.article)
    except GongkaiError as problem:
        return {"case": name, "due": f"无法推算：{problem}", "given": given, "agrees": False}
    agrees = given in ("", due)
    return {"case": name, "due": due, "given": given, "agrees": agrees, "article": article}
