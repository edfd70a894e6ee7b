"""`make bench`: run every bench_*.py and write what they print to docs/benchmarks.md.

`python -m bench documents jobs` runs those alone and renews their sections; the others stay.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import platform
import re
import sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
OPENING = """# Benchmarks

Written by `make bench`. Every figure is a ratio to a named limit or to a named peer measured in the
same run: absolute times on shared machines drift, ratios much less. No test looks at a time.
The cores are shared: "load" is how many processes wanted them while a bench ran, and the more
did, the dearer it came out.
"""


def main() -> int:
    """Run all, or only those named on the command line; each section is kept as soon as it is."""
    sys.path.insert(0, str(HERE))
    paths = {path.stem.removeprefix("bench_"): path for path in sorted(HERE.glob("bench_*.py"))}
    wanted = sys.argv[1:] or list(paths)
    if unknown := [name for name in wanted if name not in paths]:
        print(f"no such bench: {', '.join(unknown)}; there are {', '.join(paths)}", file=sys.stderr)
        return 2
    for name in wanted:
        print(f"… {name}", file=sys.stderr, flush=True)
        printed = _run(paths[name])
        print(printed)
        _keep(name, _section(paths[name], printed), list(paths))
    return 0


def _section(path: Path, printed: str) -> str:
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    # Others may be at work on the same cores: what the figures were taken under belongs to them.
    load = f"load {os.getloadavg()[1]:.1f}"
    return (
        f"{_purpose(path)}\n\n```text\n{printed.strip()}\n```\n\n"
        f"Measured {date.today()} on {machine}, {load}.\n"
    )


def _keep(name: str, section: str, names: list[str]) -> None:
    """Write one section into the page; those of benches that are no more fall out."""
    text = PAGE.read_text("utf-8") if PAGE.exists() else ""
    _, *parts = re.split(r"^## (\w+)$\n*", text, flags=re.MULTILINE)
    kept = dict(zip(parts[::2], parts[1::2], strict=True)) | {name: section}
    written = [f"## {one}\n\n{kept[one].strip()}\n" for one in names if one in kept]
    PAGE.write_text("\n".join([OPENING, *written]), "utf-8")


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
