"""`make bench`: run every bench_*.py and write what they print to docs/benchmarks.md."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import platform
import sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
OPENING = """# Benchmarks

Written by `make bench`. Every figure is a ratio to a named limit or to a named peer measured in the
same run: absolute times on shared machines drift, ratios much less. No test looks at a time.
"""


def main() -> int:
    """Run all, or only those named on the command line (`python -m bench clock`)."""
    sys.path.insert(0, str(HERE))
    wanted = sys.argv[1:]
    sections = []
    for path in sorted(HERE.glob("bench_*.py")):
        name = path.stem.removeprefix("bench_")
        if wanted and name not in wanted:
            continue
        print(f"… {name}", file=sys.stderr, flush=True)
        printed = _run(path)
        print(printed)
        sections.append(f"## {name}\n\n{_purpose(path)}\n\n```text\n{printed.strip()}\n```\n")
    if not wanted:
        machine = (
            f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
        )
        PAGE.write_text("\n".join([OPENING, f"Measured {date.today()} on {machine}.\n", *sections]))
    return 0


def _run(path: Path) -> str:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        module.main()
    return printed.getvalue()


def _purpose(path: Path) -> str:
    """The first line of the module's docstring."""
    import ast

    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return docstring.partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main())
