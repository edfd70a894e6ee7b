"""How many text and HTML reports are read a second; the limit is 200 read and checked.

    python bench/bench_reading.py

Every shared real report that is text, Markdown, HTML or JSON is read from its bytes, warm, the
best of several rounds; the ratio is to the 5 ms that 200 a second allow.
"""

from __future__ import annotations

import time
from pathlib import Path

from gongkai.annual.read import read_bytes

REPORTS = Path(__file__).parent.parent / "tests" / "data" / "reports"
LIMIT_MS = 1000 / 200
ROUNDS = 15
KINDS = (".txt", ".md", ".html", ".json")


def best_ms(data: bytes) -> float:
    read_bytes(data)
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        read_bytes(data)
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def main() -> None:
    total = count = 0.0
    print(f"{'report':<44}{'ms':>7}{'of the limit':>14}")
    for path in sorted(REPORTS.iterdir()):
        # The list of anomalies is no report; the recovered text is a hand-made aid.
        if path.suffix not in KINDS or not path.name[:2].isdigit() or "recovered" in path.name:
            continue
        taken = best_ms(path.read_bytes())
        total, count = total + taken, count + 1
        print(f"{path.name:<44}{taken:>7.2f}{taken / LIMIT_MS:>13.0%}")
    mean = total / count
    print(f"{'mean':<44}{mean:>7.2f}{mean / LIMIT_MS:>13.0%}")
    print(f"{1000 / mean:.0f} reports read a second on one core")


if __name__ == "__main__":
    main()
