"""Damaged reports: a report or a sentence comes back, and what was not touched stays right."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from gongkai.annual.model import Report, Undeterminable
from gongkai.annual.read import read_bytes
from gongkai.errors import GongkaiError

REPORTS = Path(__file__).parents[1] / "data" / "reports"
TEXTS = sorted(
    path
    for path in REPORTS.rglob("*.*")
    if path.suffix in (".txt", ".md", ".html", ".json") and path.name[:1] in "01p"
)
ROUNDS = 12


def shaken(data: bytes, chance: random.Random) -> bytes:
    """A few lines or stretches deleted, doubled, swapped or overwritten."""
    match chance.randrange(5):
        case 0:
            return data[: chance.randrange(len(data))]
        case 1:
            start = chance.randrange(len(data))
            return data[:start] + data[start + chance.randrange(1, 200) :]
        case 2:
            start = chance.randrange(len(data))
            return data[:start] + chance.randbytes(chance.randrange(1, 6)) + data[start:]
    lines = data.split(b"\n")
    for _ in range(chance.randrange(1, 6)):
        first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(3):
            case 0:
                lines[first], lines[second] = lines[second], lines[first]
            case 1:
                lines.insert(second, lines[first])
            case 2 if len(lines) > 1:
                del lines[first]
    return b"\n".join(lines)


def read_or_refusal(data: bytes) -> Report | str:
    """The report, or the sentence that refuses it; anything else is raised."""
    try:
        return read_bytes(data)
    except GongkaiError as refusal:
        return str(refusal)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_a_damaged_report_is_read_or_refused(path):
    data = path.read_bytes()
    for seed in range(ROUNDS):
        assert isinstance(read_or_refusal(shaken(data, random.Random(seed))), Report | str)


@pytest.mark.parametrize(
    "name",
    ["01_sjz_gov_office_2022.txt", "11_shanghai_stc_2024.pdftext.md", "17_pingtan_2021.flat.txt"],
)
def test_no_figure_turns_wrong_when_the_end_is_missing(name):
    data = (REPORTS / name).read_bytes().decode()
    whole = dict(read_bytes(data.encode()).cells())
    chance = random.Random(name)
    for _ in range(ROUNDS):
        cut = data[: chance.randrange(len(data) // 3, len(data))]

        read = dict(read_bytes(cut.encode()).cells())

        last = max((n for n, ref in enumerate(whole) if not unknown(read.get(ref))), default=0)
        for number, (ref, cell) in enumerate(whole.items()):
            # The figure at the cut itself may have lost digits.
            if not unknown(read.get(ref)) and number != last:
                assert read[ref] == cell


def unknown(cell: object) -> bool:
    return cell is None or isinstance(cell, Undeterminable)


def test_a_hostile_text_does_not_hang():
    digits = (
        "三、收到和处理政府信息公开申请情况申请人情况一、本年新收政府信息公开申请数量"
        + "1" * 50_000
    )
    bars = "二、主动公开政府信息情况\n" + "|" * 200_000
    marks = "一、" * 100_000 + "总体情况"
    for text in (digits, bars, marks, "(" * 100_000 + "总体情况", "《" * 100_000):
        read = read_or_refusal(f"某局2023年政府信息公开工作年度报告\n{text}".encode())

        assert isinstance(read, Report | str)
