"""Workbooks: tables in every shape, merged cells, formulas without results, bad files."""

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings

from annual_grids import VARIANTS, pieces_of, said
from annual_strategies import reports
from gongkai.annual import exchange
from gongkai.annual.forms import TABLE_2, TABLE_3, Ref
from gongkai.annual.model import Undeterminable
from gongkai.annual.read.xlsx import read
from gongkai.annual.write import write
from gongkai.errors import Unreadable

FIGURES = Path(__file__).parents[1] / "data" / "figures"
#: A sheet keeps its rows rectangular; only HTML can have spans that do not fit.
SHAPES = [name for name in VARIANTS if name != "with_wrong_spans"]


def drawn(pieces, *, change=None):
    """Pieces of a document one below another on one sheet, spans as merged cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "年报"
    row = 1
    for piece in pieces:
        if isinstance(piece, str):
            sheet.cell(row, 1, piece)
            row += 1
            continue
        covered = set()
        for number, cells in enumerate(piece):
            column = 0
            for text, down, across in cells:
                while (number, column) in covered:
                    column += 1
                area = {(number + r, column + c) for r in range(down) for c in range(across)}
                covered |= area
                cell = sheet.cell(row + number, column + 1)
                cell.value = int(text) if text.isascii() and text.isdecimal() else text or None
                if len(area) > 1:
                    sheet.merge_cells(
                        start_row=row + number,
                        start_column=column + 1,
                        end_row=row + number + down - 1,
                        end_column=column + across,
                    )
                column += across
        row += len(piece)
    if change:
        change(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def published(name):
    return exchange.load(json.loads((FIGURES / f"{name}.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("variant", SHAPES)
@settings(max_examples=3, deadline=None)
@given(report=reports(sound=False))
def test_a_table_in_any_shape_reads_back_the_same(variant, report):
    read_back = read(drawn(pieces_of(report, variant)))

    assert said(read_back.tables) == said(report.tables)
    assert read_back.form == report.form


@settings(max_examples=6, deadline=None)
@given(reports())
def test_a_report_written_and_read_is_the_same(report):
    assert read(write(report, "xlsx")) == report


def test_each_cell_has_its_address():
    report = read(drawn(pieces_of(published("02_huaian_2024"), "as_printed")))

    origin = report.origins[Ref(TABLE_3, "一、本年新收政府信息公开申请数量", "自然人")]
    assert (origin.path, origin.quote) == ("年报!D23", "3001")


def test_prose_between_tables_goes_to_its_part():
    report = read(drawn(pieces_of(published("02_huaian_2024"), "as_printed")))

    assert [(part.number, part.text) for part in report.parts] == [
        (1, "本年度工作平稳。"),
        (2, ""),
        (3, ""),
        (4, ""),
        (5, "解读形式单一。"),
        (6, "无。"),
    ]


def test_a_formula_whose_result_is_not_in_the_file_is_undeterminable():
    def forget(sheet):
        sheet["D23"] = "=SUM(D24:D25)"

    data = drawn(pieces_of(published("02_huaian_2024"), "as_printed"), change=forget)

    row = read(data).tables[TABLE_3]["一、本年新收政府信息公开申请数量"]
    assert row["自然人"] == Undeterminable("原文为“=SUM(D24:D25)”，不是数字")
    assert row["商业企业"] == 53


def test_a_hidden_sheet_is_not_read():
    def hide(sheet):
        hidden = sheet.parent.create_sheet("旧稿")
        hidden.append(["第二十条第（一）项"])
        hidden.append(["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"])
        hidden.append(["规章", 9, 9, 9])
        hidden.sheet_state = "hidden"

    data = drawn(pieces_of(published("02_huaian_2024"), "as_printed"), change=hide)

    assert said(read(data).tables) == said(published("02_huaian_2024").tables)


def test_an_amount_with_a_binary_fraction_is_the_amount_that_is_shown():
    def pay(sheet):
        sheet["B18"] = 0.1 + 0.2

    data = drawn(pieces_of(published("02_huaian_2024"), "as_printed"), change=pay)

    assert str(read(data).tables[TABLE_2]["行政事业性收费"]["本年收费金额（万元）"]) == "0.3"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a workbook"])
def test_what_is_no_workbook_is_refused_with_a_sentence(data):
    with pytest.raises(Unreadable):
        read(data, "年报.xlsx")


def test_a_workbook_with_a_damaged_part_is_refused_with_a_sentence():
    data = drawn(["某市2023年政府信息公开工作年度报告"])
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(part, content[:200] if "sheet1" in part.filename else content)

    with pytest.raises(Unreadable, match="残缺"):
        read(stream.getvalue(), "年报.xlsx")
