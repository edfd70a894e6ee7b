import io
from decimal import Decimal

import openpyxl
import pytest

from annual_strategies import make_report
from gongkai.annual.forms import FEE_AMOUNT, FEES, TABLE_2, Form, Ref
from gongkai.annual.model import Part, Report, Undeterminable
from gongkai.annual.write import write
from gongkai.annual.write.grids import grids


def opened(report):
    return openpyxl.load_workbook(io.BytesIO(write(report, "xlsx")))


@pytest.mark.parametrize("form", Form)
def test_each_table_has_a_sheet_with_its_merged_cells(form):
    report = make_report(form)

    book = opened(report)

    assert book.sheetnames == ["正文", "表二", "表三", "表四"]
    for sheet, grid in zip(book.worksheets[1:], grids(report), strict=True):
        merged = {(area.min_row - 1, area.min_col - 1): area.size for area in sheet.merged_cells}
        for place, box in grid.places.items():
            area = merged.get(place, {"rows": 1, "columns": 1})
            assert (area["rows"], area["columns"]) == (box.down, box.across)
            value = sheet.cell(place[0] + 1, place[1] + 1).value
            assert ("" if value is None else str(value)) == box.text


def test_a_figure_is_a_number_a_blank_is_empty_and_the_unknown_says_so():
    report = make_report().with_cell(Ref(TABLE_2, FEES, FEE_AMOUNT), Decimal("96171.6"))
    report = report.with_cell(Ref(TABLE_2, "规章", "本年制发件数"), None)
    report = report.with_cell(Ref(TABLE_2, "规章", "本年废止件数"), Undeterminable("污损"))

    sheet = opened(report)["表二"]

    values = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert values[5:9] == ["规章", "无法确定", 3, "行政规范性文件"]
    assert values[-1] == 96171.6


def test_prose_is_text_and_never_a_formula():
    cells = [row[0] for row in opened(make_report())["正文"].iter_rows()]

    assert [cell.value for cell in cells[:8]] == [
        "石家庄市人民政府办公室2024年政府信息公开工作年度报告",
        "索引号：000014349/2025-00002",
        "发布日期：2025-01-17",
        "原文链接：https://www.example.gov.cn/nb?id=1&y=2",
        "统计期限为2024年1月1日至2024年12月31日。",
        "一、总体情况",
        make_report().parts[0].paragraphs[0],
        "=1+1",
    ]
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_paragraph_too_long_for_a_cell_is_cut_and_nothing_lost():
    long = "公开" * 20_000
    report = Report(None, None, "", {}, (Part(1, "总体情况", (long,)),))

    cells = [row[0].value for row in opened(report)["正文"].iter_rows(min_row=3)]

    assert "".join(cells).startswith(long)
    assert max(map(len, cells)) <= 32_767


def test_tables_are_set_up_for_print():
    sheet = opened(make_report())["表三"]

    assert sheet.print_title_rows == "$1:$3"
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
