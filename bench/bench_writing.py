"""How long writing a report takes in each format, against a peer doing the like.

    python bench/bench_writing.py

What is timed is ``write`` alone, the best of several rounds, on the published figures of
淮安市 2024 with the six headings, one figure changed from round to round (the typesetter
remembers what it has set before). The peers do less: python-docx builds Table 3 alone, cell by
cell; openpyxl stores the same cells without their looks; lxml copies a finished page; json
prints a finished object. LibreOffice, where it is installed, makes the PDF out of our DOCX.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from gongkai.annual import exchange
from gongkai.annual.forms import LAYOUTS, Form
from gongkai.annual.model import Report
from gongkai.annual.write import FORMATS, write
from gongkai.annual.write.grids import grids

FIRST = next(LAYOUTS[Form.Y2021].refs())
FIGURES = Path(__file__).parents[1] / "tests" / "data" / "figures" / "02_huaian_2024.json"


def main() -> None:
    report = exchange.loads(FIGURES.read_text(encoding="utf-8"))
    peers: dict[str, tuple[str, Callable[[], object]]] = {
        "html": ("lxml, copying the page", copying(write(report, "html"))),
        "docx": ("python-docx, Table 3 alone", lambda: table_by_python_docx(report)),
        "xlsx": ("openpyxl, bare cells", lambda: cells_by_openpyxl(report)),
        "json": ("json.dumps of the object", printing(report)),
    }
    if shutil.which("soffice"):
        peers["pdf"] = ("LibreOffice, from our DOCX", converting(write(report, "docx")))
    print(f"{'format':8}{'ms':>8}{'KB':>8}   {'peer':30}{'ms':>9}{'ratio':>8}")
    for suffix in FORMATS:
        changed = (report.with_cell(FIRST, number) for number in range(1_000, 9_999))
        ours = best(partial(write_next, changed, suffix))
        line = f"{suffix:8}{ours:8.1f}{len(write(report, suffix)) / 1000:8.0f}   "
        if suffix in peers:
            name, work = peers[suffix]
            theirs = best(work, rounds=3 if suffix == "pdf" else 20)
            line += f"{name:30}{theirs:9.1f}{ours / theirs:8.2f}"
        print(line.rstrip())


def write_next(reports: Iterator[Report], suffix: str) -> bytes:
    return write(next(reports), suffix)


def best(work: Callable[[], object], rounds: int = 20) -> float:
    """Milliseconds of the fastest round, after one to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def copying(page: bytes) -> Callable[[], object]:
    from lxml import html

    return lambda: html.tostring(html.document_fromstring(page), encoding="utf-8")


def printing(report: Report) -> Callable[[], object]:
    dumped = exchange.dump(report)
    return lambda: json.dumps(dumped, ensure_ascii=False, indent=1)


def table_by_python_docx(report: Report) -> bytes:
    import docx

    document = docx.Document()
    grid = list(grids(report))[1]
    table = document.add_table(len(grid.rows), len(grid.widths))
    for (row, column), box in grid.places.items():
        cell = table.cell(row, column)
        if box.across > 1 or box.down > 1:
            cell = cell.merge(table.cell(row + box.down - 1, column + box.across - 1))
        cell.text = box.text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def cells_by_openpyxl(report: Report) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for grid in grids(report):
        sheet = book.create_sheet(grid.table.split()[0])
        for (row, column), box in grid.places.items():
            sheet.cell(row + 1, column + 1, box.text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def converting(written: bytes) -> Callable[[], object]:
    folder = Path(tempfile.mkdtemp())
    source = folder / "report.docx"
    source.write_bytes(written)
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    return lambda: subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
