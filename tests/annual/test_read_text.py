"""The shared reports, cell by cell; texts that are cut off, emptied or not reports at all."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.annual.forms import TABLE_2, TABLE_3, TABLE_4, Form, Ref
from gongkai.annual.model import Undeterminable
from gongkai.annual.read import read_bytes, read_report
from gongkai.errors import Unreadable

DATA = Path(__file__).parents[1] / "data"
REPORTS = DATA / "reports"
PARTIAL = REPORTS / "partial"
FIGURES = DATA / "figures"
COMPLETE = sorted(
    path
    for path in REPORTS.iterdir()
    if path.suffix in (".txt", ".md", ".json")
    and (FIGURES / f"{path.name.split('.')[0]}.json").exists()
)
#: The extraction that tore 10 into 1 and 0: the original cannot be told from the file alone.
TORN = "行政诉讼-未经复议直接起诉"


def figures_of(path):
    found = json.loads(
        (FIGURES / f"{path.name.split('.')[0]}.json").read_text("utf-8"), parse_float=Decimal
    )
    tables = {
        table: {row: cells for row, cells in rows.items() if isinstance(cells, dict)}
        for table, rows in found["tables"].items()
        if isinstance(rows, dict)
    }
    return found, tables


@pytest.mark.parametrize("path", COMPLETE, ids=lambda path: path.name)
def test_every_cell_of_a_published_report_is_read(path):
    found, tables = figures_of(path)

    report = read_report(path)

    assert (report.form, report.year) == (found["format"], found["year"])
    for table, rows in tables.items():
        for row, cells in rows.items():
            if path.name.startswith("07") and row == TORN:
                continue
            assert report.tables[table][row] == cells


@pytest.mark.parametrize("path", COMPLETE, ids=lambda path: path.name)
def test_a_row_that_nobody_could_read_is_no_row_of_figures(path):
    _, tables = figures_of(path)

    report = read_report(path)

    for ref, cell in report.cells():
        if ref.row not in tables[ref.table]:
            sign_divides = ref.row == "行政事业性收费" and cell in (35, -15)
            assert isinstance(cell, Undeterminable) or sign_divides


@pytest.mark.parametrize("path", COMPLETE, ids=lambda path: path.name)
def test_every_cell_says_where_it_was_read(path):
    report = read_report(path)

    lines = path.read_text("utf-8-sig").splitlines()
    for ref, _ in report.cells():
        origin = report.origins[ref]
        if origin.line is not None:
            assert origin.quote.split(" ")[0] in lines[origin.line - 1]
        else:
            assert origin.path


@pytest.mark.parametrize(
    ("name", "organ"),
    [
        ("01_sjz_gov_office_2022.txt", "石家庄市人民政府办公室"),
        ("07_jinhu_2023.mojibake_utf8_as_gbk.json", "金湖县"),
        ("11_shanghai_stc_2024.pdftext.md", "上海市科委"),
        ("15_pingtan_2019.flat.txt", "平潭综合实验区"),
        ("18_pingtan_2022.flat.txt", "平潭综合实验区"),
    ],
)
def test_the_organ_is_told(name, organ):
    assert read_report(REPORTS / name).organ == organ


def test_the_blank_cell_of_the_shijiazhuang_report_stays_blank():
    report = read_report(REPORTS / "01_sjz_gov_office_2022.txt")

    ref = Ref(TABLE_3, "三、（六）3.其他", "其他")
    assert report.cell(ref) is None
    assert report.origins[ref].line == 290
    misprints = [r.quote for r in report.remarks if r.code == "misprinted-label"]
    assert misprints == ["规范性文件", "(一)予已公开"]


def test_the_parts_of_a_misnumbered_report_are_found():
    report = read_report(REPORTS / "11_shanghai_stc_2024.pdftext.md")

    assert [part.number for part in report.parts] == [1, 2, 3, 4, 5, 6]
    assert "二、工作机制保障" in report.part(1).paragraphs
    assert report.part(5).heading == ""
    assert report.part(5).paragraphs[0] == "（一）主要问题"
    assert [r.code for r in report.remarks].count("misnumbered-heading") == 4


def test_inferred_figures_are_marked_as_such():
    report = read_report(REPORTS / "17_pingtan_2021.flat.txt")

    inferred = {r.ref.row: r.message for r in report.remarks if r.code == "inferred-figures"}
    assert list(inferred) == ["行政规范性文件"]
    assert "693665" in inferred["行政规范性文件"]


# ---- 残缺的原文 ----


def test_rows_after_the_cut_are_undeterminable_and_blanks_before_it_blank():
    report = read_report(PARTIAL / "p06_xuwen_2023.pipe_blanks.txt")

    rows = report.tables[TABLE_3]
    assert list(rows["一、本年新收政府信息公开申请数量"].values()) == [0, *[None] * 5, 0]
    assert list(rows["三、（三）5.属于三类内部事务信息"].values()) == [*[None] * 6, 0]
    for row in ("三、（三）6.属于四类过程性信息", "四、结转下年度继续办理"):
        assert set(rows[row].values()) == {Undeterminable("原文在此处截断")}
    assert report.absent == {TABLE_4: "原文在此处截断"}
    assert list(report.tables[TABLE_2]["行政规范性文件"].values()) == [3, 0, 101]


def test_a_stroke_for_a_figure_is_blank_and_quoted():
    report = read_report(PARTIAL / "p07_yangling_stats_2023.cellperline_slash.txt")

    ref = Ref(TABLE_2, "规章", "本年制发件数")
    assert report.cell(ref) is None
    assert report.origins[ref].quote == "/"
    assert list(report.tables[TABLE_3]["三、（一）予以公开"].values()) == [None] * 7


def test_figures_that_were_thrown_away_as_repeated_lines_are_never_0():
    report = read_report(PARTIAL / "p08_xiongxian_2019.dedup_lines.txt")

    assert report.form is Form.Y2019
    assert all(isinstance(cell, Undeterminable) for _, cell in report.cells())
    assert {ref.table for ref, _ in report.cells()} == {TABLE_2, TABLE_3, TABLE_4}


def test_a_written_decrease_is_below_zero():
    report = read_report(PARTIAL / "p10_owenbabies_2019.pipe_end.txt")

    assert report.tables[TABLE_2]["行政许可"]["本年增/减"] == -4
    assert report.tables[TABLE_2]["政府集中采购"] == {
        "采购项目数量": 6,
        "采购总金额": Decimal("52.15"),
    }
    assert set(report.absent) == {TABLE_3, TABLE_4}


def test_a_report_of_before_2019_has_no_statutory_tables():
    report = read_report(PARTIAL / "p13_pingtan_2018.preformat2019.flat.txt")

    assert report.form is None
    assert report.year == 2018
    assert set(report.absent) == {TABLE_2, TABLE_3, TABLE_4}
    assert [r.code for r in report.remarks] == ["no-statutory-tables"]


# ---- 不是年报 ----


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "“内容”是空的，里面什么也没有"),
        (b" \r\n\t ", "“内容”是空的，里面什么也没有"),
        (
            b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
            "“内容”是PNG 图片，不是年度报告的文本；请先识别成文字再试",
        ),
        (b"\x00" * 100, "“内容”是空的，里面什么也没有"),
        (
            "今天天气很好，我们去公园。".encode(),
            "这个文件里没有年度报告的表格，也没有年度报告的标题；"
            "请确认是不是政府信息公开工作年度报告",
        ),
        (b"{}", "这个 JSON 文件里没有年度报告的表格；请确认它是从年度报告抽取的数据"),
        (b"[" * 100_000, "JSON 嵌套过深，不是年度报告"),
        (b"a" * (65 * 1024 * 1024), "“内容”有 65.0 MB，超过一次可读的 64 MB"),
    ],
    ids=["empty", "blank", "image", "zeros", "prose", "object", "brackets", "large"],
)
def test_what_is_no_report_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(Unreadable) as refusal:
        read_bytes(data)

    assert str(refusal.value) == sentence


def test_a_text_torn_in_its_last_character_is_read_and_remarked():
    data = (PARTIAL / "p06_xuwen_2023.pipe_blanks.txt").read_bytes().rstrip()

    report = read_bytes(data[:-1])

    assert report.remarks[0].code == "truncated"
    assert report.tables[TABLE_2]["行政规范性文件"]["现行有效件数"] == 101
