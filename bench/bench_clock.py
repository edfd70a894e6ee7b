"""期限的钟：replays a second on one core, against the limit we set and a naive peer.

The limit is 50,000 replays a second for ledgers of 0 to 5 events. The peer is what one writes at
first: walk day by day and ask chinesecalendar about each, for the same ledgers without corrections
or fees. Reading JSON is outside of both; building the `Ledger` (its checks and order) is shown
beside. Each line is the best of several rounds, so that a neighbour on the machine disturbs less.

    python bench/bench_clock.py
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

import chinese_calendar

from gongkai.law.calendar import china
from gongkai.law.clock import replay
from gongkai.law.events import (
    ConsultDelivered,
    ConsultReply,
    ConsultSent,
    CorrectionNotice,
    CorrectionReceived,
    Event,
    Extension,
    FeeNoticeReceived,
    FeePaid,
    Ledger,
)

LIMIT = 50_000
ROUNDS = 5
SECONDS = 0.4


def typical_ledgers() -> list[Ledger]:
    """Every third day of 2025 in turn: plain, extended, consulted, corrected, all of it, paid."""
    ledgers = []
    for n in range(120):
        start = date(2025, 1, 2) + timedelta(days=3 * n)
        ledgers.append(Ledger(start, events=_story(n % 6, start)))
    return ledgers


def _story(kind: int, start: date) -> tuple[Event, ...]:
    def on(days: int) -> date:
        return start + timedelta(days=days)

    asked = (ConsultSent(on(4), "A"), ConsultDelivered(on(6), "A"), ConsultReply(on(15), "A"))
    corrected = (CorrectionNotice(on(3), on(18)), CorrectionReceived(on(9)))
    stories: tuple[tuple[Event, ...], ...] = (
        (),
        (Extension(on(20), 20),),
        asked,
        corrected,
        (
            *corrected,
            ConsultSent(on(12), "A"),
            ConsultReply(on(20), "A"),
            Extension(on(25), 10),
        ),
        (FeeNoticeReceived(on(10)), FeePaid(on(16)), Extension(on(30), 20)),
    )
    return stories[kind]


def naive_due(ledger: Ledger) -> date:
    """The peer: the last counted day by walking; consultations and one extension only."""
    sent = {event.id: event.on for event in ledger.events if isinstance(event, ConsultSent)}
    ends = {event.id: event.on for event in ledger.events if isinstance(event, ConsultReply)}
    pauses = [(sent[number], ends[number]) for number in sent]
    extra = sum(event.workdays for event in ledger.events if isinstance(event, Extension))
    day, left = ledger.received, 20 + extra
    while left:
        day += timedelta(days=1)
        if chinese_calendar.is_workday(day) and not any(a < day <= b for a, b in pauses):
            left -= 1
    return day


def rate(work: Callable[[Ledger], object], ledgers: list[Ledger]) -> float:
    """How many ledgers a second, the best of the rounds."""
    best = 0.0
    for _ in range(ROUNDS):
        done, start = 0, time.perf_counter()
        while (spent := time.perf_counter() - start) < SECONDS:
            for ledger in ledgers:
                work(ledger)
            done += len(ledgers)
        best = max(best, done / spent)
    return best


def main() -> None:
    """Print the table."""
    calendar = china()
    ledgers = typical_ledgers()
    simple = [ledger for n, ledger in enumerate(ledgers) if n % 6 < 3]
    assert all(replay(one, calendar).due == naive_due(one) for one in simple)

    replays = rate(lambda one: replay(one, calendar), ledgers)
    shared = rate(lambda one: replay(one, calendar), simple)
    naive = rate(naive_due, simple)
    rows = [
        ("replay, 0-5 events", replays, replays / LIMIT, f"the limit of {LIMIT:,}"),
        (
            "replay, and building the Ledger",
            built := rate(
                lambda one: replay(Ledger(one.received, one.channel, one.events), calendar),
                ledgers,
            ),
            built / LIMIT,
            f"the limit of {LIMIT:,}",
        ),
        (
            "replay and safe day",
            safe := rate(lambda one: replay(one, calendar).safe_due, ledgers),
            safe / LIMIT,
            f"the limit of {LIMIT:,}",
        ),
        (
            "replay and the strip of days",
            strips := rate(lambda one: list(replay(one, calendar).days()), ledgers),
            strips / naive,
            "the naive peer",
        ),
        ("replay, what the peer can do", shared, shared / naive, "the naive peer"),
        ("naive peer (day by day)", naive, 1.0, "itself"),
    ]
    print(f"{'':34}{'a second':>12}{'ratio':>9}  against")
    for name, per_second, ratio, against in rows:
        print(f"{name:34}{per_second:12,.0f}{ratio:8.1f}x  {against}")


if __name__ == "__main__":
    main()
