from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings

from annual_strategies import reports
from gongkai.annual import forms
from gongkai.annual.forms import LAYOUTS, TABLE_2, TABLE_3, TABLE_4, Form, Ref
from gongkai.annual.model import Header, Part, Report, Undeterminable
from gongkai.annual.write.grids import Kind, grids, printed
from gongkai.annual.write.layout import lay_out, lead


def blank(form):
    """A report in ``form`` whose every cell is blank."""
    tables = {
        table: {row: dict.fromkeys(columns) for row, columns in rows.items()}
        for table, rows in LAYOUTS[form].tables.items()
    }
    return Report(form, 2021, "某局", tables)


@pytest.mark.parametrize("form", Form)
def test_the_boxes_of_each_table_tile_it_without_gap_or_overlap(form):
    for grid in grids(blank(form)):
        covered = Counter(
            (row + down, column + across)
            for (row, column), box in grid.places.items()
            for down in range(box.down)
            for across in range(box.across)
        )

        whole = {
            (row, column) for row in range(len(grid.rows)) for column in range(len(grid.widths))
        }
        assert covered == Counter(whole)


@pytest.mark.parametrize("form", Form)
def test_every_cell_of_the_form_is_printed_once_and_in_order(form):
    shown = [box.ref for grid in grids(blank(form)) for row in grid.rows for box in row if box.ref]

    assert shown == list(LAYOUTS[form].refs())


@pytest.mark.parametrize(
    ("form", "ref", "heads"),
    [
        (
            Form.Y2021,
            Ref(TABLE_2, forms.NORMATIVE_2021, forms.IN_FORCE),
            ["第二十条第（一）项", "现行有效件数", "行政规范性文件"],
        ),
        (
            Form.Y2021,
            Ref(TABLE_2, forms.COERCION, forms.DECISIONS),
            ["第二十条第（六）项", "本年处理决定数量", "行政强制"],
        ),
        (
            Form.Y2021,
            Ref(TABLE_2, forms.FEES, forms.FEE_AMOUNT),
            ["第二十条第（八）项", "本年收费金额（单位：万元）", "行政事业性收费"],
        ),
        (
            Form.Y2019,
            Ref(TABLE_2, forms.OTHER_SERVICES, forms.CHANGE),
            ["第二十条第（五）项", "本年增/减", "其他对外管理服务事项"],
        ),
        (
            Form.Y2019,
            Ref(TABLE_2, forms.PROCUREMENT, forms.PURCHASE_AMOUNT),
            ["第二十条第（九）项", "采购总金额", "政府集中采购"],
        ),
        (
            Form.Y2021,
            Ref(TABLE_3, forms.NEW, "科研机构"),
            ["申请人情况", "法人或其他组织", "科研机构", "一、本年新收政府信息公开申请数量"],
        ),
        (
            Form.Y2021,
            Ref(TABLE_3, forms.REFUSED[7], "总计"),
            ["申请人情况", "总计", "三、本年度办理结果", "（三）不予公开", "8.属于行政查询事项"],
        ),
        (
            Form.Y2021,
            Ref(TABLE_3, forms.OTHERWISE_THREE_ROWS[2], "自然人"),
            ["申请人情况", "自然人", "三、本年度办理结果", "（六）其他处理", "3.其他"],
        ),
        (
            Form.MIXED,
            Ref(TABLE_3, forms.OTHERWISE_ONE_ROW[0], "自然人"),
            ["申请人情况", "自然人", "三、本年度办理结果", "（六）其他处理"],
        ),
        (
            Form.Y2021,
            Ref(TABLE_4, forms.SUIT_AFTER_RECONSIDERATION, "其他结果"),
            ["行政诉讼", "复议后起诉", "其他结果"],
        ),
    ],
)
def test_a_figure_is_headed_as_the_notice_prints_it(form, ref, heads):
    grid = next(grid for grid in grids(blank(form)) if grid.table == ref.table)
    place = next(place for place, box in grid.places.items() if box.ref == ref)

    assert [grid.places[head].text for head in grid.headings[place]] == heads


@pytest.mark.parametrize(
    ("cell", "column", "text"),
    [
        (None, forms.ISSUED, ""),
        (0, forms.ISSUED, "0"),
        (-2, forms.CHANGE, "-2"),
        (Undeterminable("数字粘连"), forms.ISSUED, "无法确定"),
        (Decimal("96171.60"), forms.FEE_AMOUNT, "96171.60"),
        (Decimal("0.000001"), forms.FEE_AMOUNT, "0.000001"),
        (251000, forms.PURCHASE_AMOUNT, "251000元"),
        (Decimal("25.1"), forms.PURCHASE_AMOUNT_WAN, "25.1万元"),
        (Decimal("25.1"), forms.PURCHASE_AMOUNT_NO_UNIT, "25.1"),
        (None, forms.PURCHASE_AMOUNT, ""),
    ],
)
def test_a_figure_is_printed_to_its_last_digit(cell, column, text):
    assert printed(Ref(TABLE_2, "某行", column), cell) == text


@given(reports(sound=False))
@settings(max_examples=30)
def test_each_box_shows_its_own_cell(report):
    shown = {
        box.ref: box.cell
        for grid in grids(report)
        for row in grid.rows
        for box in row
        if box.kind is Kind.FIGURE
    }

    assert shown == dict(report.cells())


def test_a_row_the_source_does_not_have_is_printed_as_undeterminable():
    report = Report(Form.Y2019, 2019, "某局", {TABLE_2: {"规章": {forms.MADE: 1}}})

    (grid,) = grids(report)

    shown = [box.text for row in grid.rows for box in row if box.ref]
    assert shown == ["1", *["无法确定"] * (len(shown) - 1)]


def test_figures_too_long_for_a_column_are_set_smaller():
    tables = blank(Form.Y2021).tables
    long = {row: dict.fromkeys(columns, 10**9) for row, columns in tables[TABLE_4].items()}

    plain, small = (
        next(grids(Report(Form.Y2021, 2021, "某局", {TABLE_4: rows}))).size(442)
        for rows in (tables[TABLE_4], long)
    )

    assert (plain, small) == (10.5, 4.0)


def test_a_report_without_prose_gets_the_six_headings():
    document = lay_out(blank(Form.Y2021))

    assert document.title == "某局2021年政府信息公开工作年度报告"
    assert [
        (section.heading, section.grid and section.grid.table) for section in document.sections
    ] == [
        ("一、总体情况", None),
        ("二、主动公开政府信息情况", TABLE_2),
        ("三、收到和处理政府信息公开申请情况", TABLE_3),
        ("四、政府信息公开行政复议、行政诉讼情况", TABLE_4),
        ("五、存在的主要问题及改进情况", None),
        ("六、其他需要报告的事项", None),
    ]


def test_a_table_whose_part_is_missing_stands_in_its_place():
    parts = (Part(1, "总体情况"), Part(4, "四、复议诉讼情况"), Part(6, "其他需要报告的事项"))
    report = Report(Form.Y2021, 2021, "某局", blank(Form.Y2021).tables, parts)

    document = lay_out(report)

    assert [
        (section.heading, section.grid and section.grid.table) for section in document.sections
    ] == [
        ("一、总体情况", None),
        ("", TABLE_2),
        ("", TABLE_3),
        ("四、复议诉讼情况", TABLE_4),
        ("六、其他需要报告的事项", None),
    ]


def test_line_ends_and_control_characters_do_not_reach_the_page():
    part = Part(1, "总体\n情况", ("一段\x00。\r\n又一段。", "\x0b", "  "))
    report = Report(None, 2021, "某局", {}, (part,), Header(title="某\t局\x07报告"))

    document = lay_out(report)

    assert document.title == "某 局报告"
    assert document.sections[0].heading == "一、总体 情况"
    assert document.sections[0].paragraphs == ("一段。", "又一段。")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("某局2024年政府信息公开工作年度报告", ("某局2024年政府信息公开工作年度报告",)),
        (
            "石家庄市人民政府办公室2022年政府信息公开工作年度报告",
            ("石家庄市人民政府办公室", "2022年政府信息公开工作年度报告"),
        ),
    ],
)
def test_a_long_title_is_broken_after_the_organ(title, lines):
    organ = title.partition("2")[0]

    document = lay_out(Report(None, None, organ, {}, header=Header(title=title)))

    assert document.title_lines == lines


@pytest.mark.parametrize(
    ("paragraph", "opening"),
    [
        ("（一）主动公开情况。全年公开信息。", "（一）主动公开情况。"),
        ("（一）主动公开情况", "（一）主动公开情况"),
        ("(十二)监督保障：一是健全制度。", "(十二)监督保障："),
        ("（一）是健全制度，二是加强培训。", ""),
        ("全年公开信息。", ""),
    ],
)
def test_a_paragraph_may_open_with_its_own_heading(paragraph, opening):
    assert paragraph[: lead(paragraph)] == opening
