"""How many text and HTML reports are read and checked a second; the limit is 200, a PDF 1 s.

    python bench/bench_reading.py

The shared real reports are read from their bytes and checked, warm; each figure is processor time,
the best of several rounds. Limits: 5 ms for reading and checking a report of text, Markdown, HTML
or JSON (200 a second), on the mean; 2 ms for the check alone and 1 s for reading a PDF, for each.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from gongkai.annual.checks import check_report
from gongkai.annual.read import read_bytes

REPORTS = Path(__file__).parent.parent / "tests" / "data" / "reports"
KINDS = (".txt", ".md", ".html", ".json")
A_SECOND = 200
BOTH_MS, CHECK_MS, PDF_MS = 1000 / A_SECOND, 2.0, 1000.0


class Spent(NamedTuple):
    """Milliseconds of processor time that one report takes."""

    name: str
    read: float
    check: float


def best_ms(run: Callable[[], object], rounds: int) -> float:
    """Milliseconds of processor time in the fastest round, the first left out."""
    run()
    fastest = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        run()
        fastest = min(fastest, time.process_time() - start)
    return fastest * 1000


def measure(path: Path, rounds: int) -> Spent:
    data = path.read_bytes()
    report = read_bytes(data, path.name)
    return Spent(
        path.name,
        best_ms(lambda: read_bytes(data, path.name), rounds),
        best_ms(lambda: check_report(report), max(rounds, 10)),
    )


def main() -> int:
    # The list of anomalies is no report; the recovered text is a hand-made aid.
    paths = [
        path
        for path in sorted(REPORTS.iterdir())
        if path.name[:2].isdigit() and "recovered" not in path.name
    ]
    pages = [measure(path, 15) for path in paths if path.suffix in KINDS]
    pdfs = [measure(path, 3) for path in paths if path.suffix == ".pdf"]
    print(f"{'report':<44}{'read':>8}{'check':>8}{'both, ms':>10}{'of limit':>10}")
    for spent in pages:
        print(_line(spent, (spent.read + spent.check) / BOTH_MS))
    for spent in pdfs:
        print(_line(spent, spent.read / PDF_MS))
    reading, checking = mean(s.read for s in pages), mean(s.check for s in pages)
    both, slowest = reading + checking, max(s.check for s in (*pages, *pdfs))
    print(_line(Spent("mean of text, HTML and JSON", reading, checking), both / BOTH_MS))
    print(
        f"read            {1000 / reading:6.0f} a second, {1000 / reading / A_SECOND:.1f} × limit"
    )
    print(f"read and check  {1000 / both:6.0f} a second, {1000 / both / A_SECOND:.1f} × limit")
    print(f"slowest check   {slowest:6.2f} ms, {slowest / CHECK_MS:.2f} of the limit")
    slowest_pdf = max(s.read for s in pdfs)
    print(f"slowest PDF     {slowest_pdf:6.0f} ms, {slowest_pdf / PDF_MS:.2f} of the limit")
    return int(both > BOTH_MS or slowest > CHECK_MS or slowest_pdf > PDF_MS)


def _line(spent: Spent, share: float) -> str:
    both = spent.read + spent.check
    return f"{spent.name:<44}{spent.read:>8.2f}{spent.check:>8.2f}{both:>10.2f}{share:>10.0%}"


if __name__ == "__main__":
    sys.exit(main())
