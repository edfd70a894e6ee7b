"""Screening: laws and policies through all rules on one core, against 20 MB/s and a regex."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

from gongkai.screening import screen

TEXTS = Path(__file__).parents[1] / "tests" / "data" / "clean_excerpts.jsonl"
LIMIT = 20.0  # MB/s of UTF-8
TIMES = 7
# What anyone would write first: find what looks like a resident number, and nothing else.
NAIVE = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
)


def fastest(run: Callable[[], object]) -> float:
    """Seconds of processor time of the best of a few runs: others may share the machine."""
    seconds = []
    for _ in range(TIMES):
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)
    return min(seconds)


def main() -> None:
    """Print a table: what, MB/s, and the ratio to the limit."""
    texts = [json.loads(line)["text"] for line in TEXTS.read_text("utf-8").split("\n") if line]
    one = "\n".join(texts * 40)
    megabytes = len(one.encode()) / 1e6
    start = time.process_time()
    screen("第一次筛查要装载词表")
    loading = time.process_time() - start

    whole = megabytes / fastest(lambda: screen(one))
    pieces = megabytes / fastest(lambda: [screen(text) for text in texts * 40])
    naive = megabytes / fastest(lambda: sum(1 for _ in NAIVE.finditer(one)))

    print(f"{megabytes:.1f} MB of laws and policy documents, {len(one):,} characters")
    print(f"{'':44}{'MB/s':>8}{'of the limit':>14}{'of the peer':>13}")
    for what, speed in (
        ("all rules, one long text", whole),
        (f"all rules, {len(texts) * 40:,} texts of 1,400 characters", pieces),
        ("peer: one regular expression, one long text", naive),
    ):
        print(f"{what:44}{speed:8.1f}{speed / LIMIT:13.2f}x{speed / naive:12.2f}x")
    print(f"limit: {LIMIT:.0f} MB/s; loading the lists once a process: {loading:.2f} s")


if __name__ == "__main__":
    main()
