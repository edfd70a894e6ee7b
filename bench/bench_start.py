"""How long the commands take to start, against a bare Python and the limit of 0.25 s for `due`."""

from __future__ import annotations

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
    """Print the median wall-clock seconds of whole processes, taken in turn."""
    times: dict[str, list[float]] = {name: [] for name, _ in COMMANDS}
    for _ in range(RUNS):
        for name, arguments in COMMANDS:
            start = time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
            times[name].append(time.perf_counter() - start)
    bare = statistics.median(times["python -c pass"])
    print(f"{'command':<22}{'median s':>10}{'÷ bare Python':>16}{'÷ limit 0.25 s':>17}")
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:<22}{median:>10.3f}{median / bare:>16.1f}{median / LIMIT:>17.2f}")


if __name__ == "__main__":
    main()
