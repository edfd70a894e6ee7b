"""gongkai report: read, check, compare, sum, write, as a person or a script would."""

import json
import shutil

import pytest

from gongkai.annual.forms import TABLE_2, TABLE_3, TABLE_4
from gongkai.cli import main

REPORTS = "tests/data/reports"
SJZ = f"{REPORTS}/01_sjz_gov_office_2022.txt"
HONGZE = f"{REPORTS}/03_hongze_2023.pdf"
FIGURES = "tests/data/figures/01_sjz_gov_office_2022.json"
PINGTAN = [f"{REPORTS}/{name}.flat.txt" for name in ("17_pingtan_2021", "18_pingtan_2022")]


def said(capsys):
    return json.loads(capsys.readouterr().out)


def test_read_prints_the_tables(capsys):
    assert main(["report", "read", SJZ]) == 0

    out = capsys.readouterr().out
    assert out.startswith("石家庄市人民政府办公室  2022年度  2021格式")
    assert "（空白）" in out


def test_read_json_has_the_exchange_names_and_a_place_for_each_cell(capsys):
    main(["report", "read", SJZ, "--json"])

    read = said(capsys)
    with open(FIGURES, encoding="utf-8") as file:
        figures = json.load(file)
    assert read["tables"] == figures["tables"]
    assert (read["year"], read["organ"]) == (2022, "石家庄市人民政府办公室")
    assert len(read["cells"]) == 10 + 175 + 15
    assert all(cell["place"] for cell in read["cells"])


def test_a_sound_report_is_clean(capsys):
    assert main(["report", "check", SJZ]) == 0
    assert "错误 0" in capsys.readouterr().out


def test_errors_exit_1_and_name_the_rule(capsys):
    assert main(["report", "check", HONGZE, "--json"]) == 1

    verdict = said(capsys)
    assert verdict["errors"] == 2
    rules = [one["rule"] for one in verdict["reports"][0]["findings"] if one["severity"] == "error"]
    assert rules == ["T4-01", "T4-03"]


def test_an_unreadable_file_does_not_stop_the_others(tmp_path, capsys):
    (tmp_path / "empty.txt").touch()

    assert main(["report", "check", str(tmp_path / "empty.txt"), HONGZE, "--json"]) == 2

    verdict = said(capsys)
    assert len(verdict["unreadable"]) == 1
    assert verdict["errors"] == 2


def test_tables_alone_are_checked_and_prose_is_not_applicable(capsys):
    assert main(["report", "check", FIGURES, "--json"]) == 0

    rules = {rule["rule"]: rule for rule in said(capsys)["reports"][0]["rules"]}
    assert rules["T3-01"]["status"] == "passed"
    assert rules["N-01"]["status"] == "not-applicable"
    assert "正文" in rules["N-01"]["reasons"][0]


def test_a_waived_finding_stands_with_its_reason(capsys):
    waivers = ["--waive", "T4-01=已发更正", "--waive", "T4-03=已发更正"]

    assert main(["report", "check", HONGZE, *waivers]) == 0
    assert "已说明：已发更正" in capsys.readouterr().out


def test_a_waiver_without_a_reason_is_refused(capsys):
    assert main(["report", "check", HONGZE, "--waive", "T4-01"]) == 2
    assert "写明理由" in capsys.readouterr().err


def test_a_copied_sibling_is_noticed(tmp_path, capsys):
    shutil.copy(PINGTAN[1], tmp_path / "copy.txt")

    main(["report", "check", "--siblings", PINGTAN[1], str(tmp_path / "copy.txt"), "--json"])

    found = [finding["rule"] for finding in said(capsys)["reports"][0]["findings"]]
    assert "N-04" in found


def test_verbose_lists_the_numbers_that_agree(capsys):
    main(["report", "check", "-v", SJZ])

    assert "共办理依申请政府信息公开343件" in capsys.readouterr().out


def test_compare_confirms_what_was_carried_over(capsys):
    assert main(["report", "compare", *PINGTAN, "--json"]) == 0

    relations = {one["name"]: one["verdict"] for one in said(capsys)["relations"]}
    assert relations["结转（总计）"] == "一致"
    assert relations["行政规范性文件"] == "一致"


def test_sum_of_one_part_is_the_part(tmp_path, capsys):
    arguments = ["report", "sum", SJZ, "--against", SJZ, "--to", str(tmp_path / "sum.json")]

    assert main(arguments) == 0

    with open(tmp_path / "sum.json", encoding="utf-8") as file:
        summed = json.load(file)["tables"]
    with open(FIGURES, encoding="utf-8") as file:
        figures = json.load(file)["tables"]
    assert (summed[TABLE_2], summed[TABLE_4]) == (figures[TABLE_2], figures[TABLE_4])
    row = "三、（六）3.其他"
    assert summed[TABLE_3][row]["其他"] == "?"  # blank in the part, so no more than 至少0


def test_sum_names_the_cells_that_differ_from_the_whole(capsys):
    assert (
        main(
            ["report", "sum", SJZ, SJZ.replace("01_sjz_gov_office_2022.txt", "02_huaian_2024.pdf")]
        )
        == 2
    )
    assert "年度" in capsys.readouterr().err

    assert main(["report", "sum", PINGTAN[1], PINGTAN[1], "--against", PINGTAN[1]]) == 1
    assert "X-01" in capsys.readouterr().out


def test_missing_units_are_named(tmp_path, capsys):
    (tmp_path / "units.txt").write_text(
        "石家庄市人民政府办公室\n石家庄市教育局\n", encoding="utf-8"
    )

    assert main(["report", "sum", SJZ, "--units", str(tmp_path / "units.txt")]) == 1
    assert "石家庄市教育局" in capsys.readouterr().out


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx", "json", "md"])
def test_written_and_read_again_the_tables_are_the_same(suffix, tmp_path, capsys):
    target = str(tmp_path / f"report.{suffix}")

    assert main(["report", "write", FIGURES, "--to", target]) == 0
    assert main(["report", "read", target, "--json"]) == 0

    with open(FIGURES, encoding="utf-8") as file:
        assert said(capsys)["tables"] == json.load(file)["tables"]


def test_write_does_not_overwrite_unasked(tmp_path, capsys):
    (tmp_path / "report.md").write_text("mine")

    assert main(["report", "write", FIGURES, "--to", str(tmp_path / "report.md")]) == 2
    assert (tmp_path / "report.md").read_text() == "mine"
    assert "--force" in capsys.readouterr().err


def test_an_unknown_format_is_refused(tmp_path, capsys):
    assert main(["report", "write", FIGURES, "--to", str(tmp_path / "report.doc")]) == 2
    assert ".docx" in capsys.readouterr().err
