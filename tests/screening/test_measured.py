"""实测：clean text stays clean, and the misprints of real reports are found."""

import json
from pathlib import Path

import pytest

from gongkai.screening import screen, screen_file

DATA = Path(__file__).parents[1] / "data"


def read_lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


CLEAN = read_lines(DATA / "clean_excerpts.jsonl")
TYPOS = read_lines(DATA / "reports" / "genuine_typos.jsonl")
NEEDS_THE_WHOLE_REPORT = "年份错误(沿用上年文本)"


@pytest.mark.parametrize("one", CLEAN, ids=lambda one: one["title"][:30])
def test_a_law_or_policy_is_clean(one):
    assert screen(one["text"]) == []


@pytest.mark.parametrize(
    "typo",
    [typo for typo in TYPOS if typo["kind"] != NEEDS_THE_WHOLE_REPORT],
    ids=lambda t: t["published"],
)
def test_a_misprint_of_a_real_report_is_found(typo):
    head = "福建省某区2022年政府信息公开工作年度报告\n"

    found = [one.quote for one in screen(head + typo["published"])]

    assert len(found) == 1
    assert found[0] in typo["published"]


def test_last_years_text_of_a_real_report_is_found():
    screened = screen_file(DATA / "reports" / "09_shuyang_drc_2023.html")

    assert [one.quote for one in screened.findings if one.rule == "D-07"] == ["2023年我局加大"]


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ("01_sjz_gov_office_2022.txt", ["W-02 予已公開", "R-01 存在的問題及改進(jìn)情況"]),
        ("02_huaian_2024.pdf", []),
        ("03_hongze_2023.pdf", ["W-02 受理渠。", "W-02 法律行政止公开"]),
        ("07_jinhu_2023.recovered.txt", []),
        ("15_pingtan_2019.flat.txt", []),
        ("16_pingtan_2020.flat.txt", []),
        ("17_pingtan_2021.flat.txt", ["W-01 审核审核"]),
    ],
)
def test_a_real_report_raises_nothing_else(report, expected):
    screened = screen_file(DATA / "reports" / report)

    assert [f"{one.rule} {one.shown}" for one in screened.findings] == expected
