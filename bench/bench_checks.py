"""How long a check takes, and where the time goes; the limit is 2 ms a report.

    python bench/bench_checks.py

The shared real reports are read once; what is timed is ``check_report`` alone, the best of
many rounds, with and without the prose.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gongkai.annual.checks import check_report, facts
from gongkai.annual.model import Report
from gongkai.annual.read import read_report
from gongkai.annual.rollup import roll_up

REPORTS = Path(__file__).parent.parent / "tests" / "data" / "reports"
LIMIT_MS = 2.0
ROUNDS = 30


def best(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Milliseconds of the fastest round."""
    fastest = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        fastest = min(fastest, time.perf_counter() - start)
    return fastest * 1000


def main() -> int:
    reports = [
        read_report(path)
        for path in sorted(REPORTS.glob("[0-9]*"))
        if path.is_file() and "recovered" not in path.name
    ]
    print(f"{'report':44}{'prose':>8}{'tables':>9}{'facts':>8}{'whole':>8}   ms, limit {LIMIT_MS}")
    slowest = 0.0
    for report in reports:
        bare = replace(report, parts=())
        whole = best(lambda report=report: check_report(report))
        slowest = max(slowest, whole)
        length = sum(len(part.text) for part in report.parts)
        tables = best(lambda bare=bare: check_report(bare))
        prose = best(lambda report=report: facts(report))
        print(f"{report.source[:42]:44}{length:>8}{tables:>9.2f}{prose:>8.2f}{whole:>8.2f}")
    print(f"slowest {slowest:.2f} ms; {1000 / slowest:.0f} reports a second")
    print(f"roll-up of 100 units: {best(lambda: roll_up(units(reports)), 5):.0f} ms")
    return int(slowest > LIMIT_MS)


def units(reports: list[Report]) -> list[Report]:
    """A hundred units of one year."""
    one = next(report for report in reports if report.source.startswith("18"))
    return [replace(one, organ=f"第{number}局") for number in range(100)]


if __name__ == "__main__":
    sys.exit(main())
