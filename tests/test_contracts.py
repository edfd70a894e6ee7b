"""The floors: each contract holds, and breaks when it is violated."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def lint(source: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of pyproject.toml over the package under ``source``."""
    return subprocess.run(
        [
            Path(sys.executable).with_name("lint-imports"),
            "--config",
            ROOT / "pyproject.toml",
            "--no-cache",
        ],
        env={**os.environ, "PYTHONPATH": str(source)},
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(
        ROOT / "src" / "gongkai", tmp_path / "gongkai", ignore=shutil.ignore_patterns("__pycache__")
    )
    return tmp_path


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("law/fees.py", "from gongkai.screening import finding", "每层只向下引用"),
        ("paper/fonts.py", "from gongkai.screening import finding", "每层只向下引用"),
        ("helpers.py", "", "每层只向下引用"),
        ("annual/model.py", "import django", "线下不需要 Django"),
    ],
    ids=["upward", "neighbour", "a room not on the plan", "django below the line"],
)
def test_a_contract_breaks_when_it_is_violated(copy, file, line, contract):
    with (copy / "gongkai" / file).open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")

    result = lint(copy)

    assert result.returncode == 1
    assert contract in result.stdout


def test_the_contracts_hold():
    result = lint(ROOT / "src")

    assert result.returncode == 0, result.stdout
