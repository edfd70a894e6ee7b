"""How long whole commands take, against a bare Python and the limit of 0.25 s for `due`.

Wall clock is what a person waits, and what other work on the machine adds to; processor time is
what the command itself costs.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time

RUNS = 9
LIMIT = 0.25
COMMANDS = (
    ("python -c pass", ("-c", "pass")),
    ("gongkai --version", ("-m", "gongkai", "--version")),
    ("gongkai due", ("-m", "gongkai", "due", "2026-02-10", "--channel", "online")),
    ("gongkai due --json", ("-m", "gongkai", "due", "2026-02-10", "--json")),
    ("gongkai fee", ("-m", "gongkai", "fee", "--items", "55")),
    ("gongkai article", ("-m", "gongkai", "article", "第三十三条第二款")),
)


def main() -> None:
    """Print the medians over whole processes, taken in turn."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name, _ in COMMANDS}
    for _ in range(RUNS):
        for name, arguments in COMMANDS:
            taken[name].append(_run(arguments))
    medians = {
        name: tuple(map(statistics.median, zip(*runs, strict=True))) for name, runs in taken.items()
    }
    bare = medians["python -c pass"][1]
    print(f"{'command':<20}{'wall s':>8}{'cpu s':>8}{'cpu ÷ bare':>12}{'cpu ÷ limit':>13}")
    for name, (wall, cpu) in medians.items():
        print(f"{name:<20}{wall:>8.3f}{cpu:>8.3f}{cpu / bare:>12.1f}{cpu / LIMIT:>13.2f}")


def _run(arguments: tuple[str, ...]) -> tuple[float, float]:
    """Wall-clock and processor seconds of one process."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu


if __name__ == "__main__":
    main()
