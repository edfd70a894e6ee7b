"""没有网站部分：what `gongkai` can do where only the base dependencies are installed."""

import subprocess
import sys

import pytest

#: Of the extra `site`; None in sys.modules is how Python says “not there”.
_SITE = ("django", "django_tasks", "granian", "whitenoise", "nh3", "mammoth", "pikepdf", "olefile")
_PROGRAM = """
import sys
for name in {missing!r}:
    sys.modules[name] = None
from gongkai.cli import main
sys.exit(main({arguments!r}))
"""


def run(*arguments, missing=_SITE):
    program = _PROGRAM.format(missing=missing, arguments=list(arguments))
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8"
    )


@pytest.mark.parametrize("arguments", [["--help"], ["due", "2026-02-10"]])
def test_the_pure_part_works(arguments):
    done = run(*arguments)

    assert (done.returncode, done.stderr) == (0, "")


def test_help_names_the_commands_of_the_site_all_the_same():
    told = run("--help").stdout

    for command in ("serve", "import", "demo", "trail"):
        assert f"    {command} " in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve"],
        ["work"],
        ["trail", "head"],
        ["report", "count", "石州市财政局", "2025"],
        ["import", "documents", "文件.jsonl", "--organ", "石州市财政局"],
    ],
)
def test_a_command_of_the_site_says_in_one_sentence_what_to_install(arguments):
    done = run(*arguments)

    sentence = "网站部分没有装全（缺少 django），请执行：pip install 'gongkai[site]'\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", sentence)


def test_a_command_that_cannot_even_be_loaded_leaves_the_others_alone():
    missing = ["gongkai.commands.serve"]

    asked, helped = run("serve", missing=missing), run("--help", missing=missing)

    assert (asked.returncode, asked.stderr.count("\n")) == (2, 1)
    assert "pip install 'gongkai[site]'" in asked.stderr
    assert (helped.returncode, "启动网站" in helped.stdout) == (0, False)
