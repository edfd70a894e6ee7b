"""How long a published page or PDF takes to read, and where the time goes.

    python bench/bench_reading_grids.py

Limits: 200 pages of HTML a second read and checked, so 5 ms a page for both; a PDF 1 s. Each
figure is processor time, the best of several rounds; the PDF is opened anew in every round.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from gongkai.annual.read import docx, html, pdf, read_bytes, xlsx
from gongkai.annual.read.found import Findings
from gongkai.annual.read.grid import read_grids
from gongkai.annual.write import write
from gongkai.screening.source import decode

REPORTS = Path(__file__).parent.parent / "tests" / "data" / "reports"
PAGES = ("09_shuyang_drc_2023.html", "13_shanghai_go_2019.html")
PDFS = ("02_huaian_2024.pdf", "03_hongze_2023.pdf")
LIMIT_MS = {"html": 5.0, "pdf": 1000.0}


def best(run: Callable[[], object], rounds: int) -> float:
    """Milliseconds of processor time in the fastest round."""
    fastest = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        run()
        fastest = min(fastest, time.process_time() - start)
    return fastest * 1000


def main() -> int:
    for name in PAGES:
        data = (REPORTS / name).read_bytes()
        text = decode(data)
        blocks = html.blocks(text)
        whole = best(lambda data=data, name=name: read_bytes(data, name), 60)
        steps = {
            "decode": best(lambda data=data: decode(data), 60),
            "parse and walk": best(lambda text=text: html.blocks(text), 60),
            "grids": best(lambda blocks=blocks: read_grids(blocks, Findings()), 60),
        }
        shares = ", ".join(f"{step} {spent:.1f}" for step, spent in steps.items())
        print(_line(name, whole, LIMIT_MS["html"]) + f"   of it {shares} ms")
    for name in PDFS:
        data = (REPORTS / name).read_bytes()
        print(_line(name, best(lambda data=data: pdf.read(data), 5), LIMIT_MS["pdf"]))
    report = read_bytes((REPORTS / PDFS[0]).read_bytes(), PDFS[0])
    for suffix, reader in (("docx", docx), ("xlsx", xlsx)):
        data = write(report, suffix)
        spent = best(lambda data=data, reader=reader: reader.read(data), 10)
        print(f"{'the first PDF, as ' + suffix:28} {spent:8.1f} ms")
    return 0


def _line(name: str, spent: float, limit: float) -> str:
    return f"{name:28} {spent:8.1f} ms   {spent / limit:5.2f} of the limit"


if __name__ == "__main__":
    sys.exit(main())
