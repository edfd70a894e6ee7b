"""Labels and cells as real reports print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.annual import forms
from gongkai.annual.forms import LAYOUTS, TABLE_2, TABLE_3, TABLE_4, TABLES
from gongkai.annual.model import Undeterminable
from gongkai.annual.read.cells import parse_cell
from gongkai.annual.read.labels import column, row
from gongkai.annual.read.script import fold, legible, normalise

LABELS = sorted(
    {
        (table, name)
        for layout in LAYOUTS.values()
        for table in TABLES
        for name in layout.tables[table]
    }
)


@pytest.mark.parametrize(("table", "name"), LABELS)
def test_every_label_of_every_form_is_recognised(table, name):
    found = row(table, name.rpartition("-")[2])

    expected = forms.NORMATIVE_2021 if name == forms.NORMATIVE_2019 else name
    assert (found.name, found.exact) == (expected, True)


@pytest.mark.parametrize(
    ("table", "printed", "name"),
    [
        (TABLE_3, "(一)予已公开", forms.GRANTED),
        (TABLE_3, "（一）予 以 公 开", forms.GRANTED),
        (TABLE_3, "2.其他法律行政止公开", forms.REFUSED[1]),
        (TABLE_3, "（三）不2.其他法律行政法规禁予公开止公开", forms.REFUSED[1]),
        (TABLE_3, "三、本年度办理结果（三）不予公开1.属于国家秘密", forms.REFUSED[0]),
        (TABLE_3, "四、結(jié)轉(zhuǎn)下年度繼續(xù)辦理", forms.CARRIED_OUT),
        (TABLE_3, "（六）其他处理3.其他", forms.OTHERWISE_THREE_ROWS[2]),
        (TABLE_3, "（六）其他处理", forms.OTHERWISE_ONE_ROW[0]),
        (TABLE_3, "⒈属于国家秘密", forms.REFUSED[0]),
        (TABLE_3, "總計", forms.RESULTS_TOTAL),
        (TABLE_2, "規(guī)范性文件", forms.NORMATIVE_2021),
        (TABLE_2, "信息内容本年处理决定数量行政许可", forms.PERMITS),
        (TABLE_4, "未经复议直接起诉", forms.DIRECT_SUIT),
    ],
)
def test_a_label_is_recognised_however_it_is_printed(table, printed, name):
    assert row(table, printed).name == name


@pytest.mark.parametrize(
    ("table", "printed"),
    [
        (TABLE_3, "（三）不予公开"),
        (TABLE_3, "三、本年度办理结果"),
        (TABLE_3, "其他"),
        (TABLE_3, "申请人情况"),
        (TABLE_3, "公开"),
        (TABLE_2, "其他主动公开文件"),
        (TABLE_2, "信息内容"),
        (TABLE_4, "行政诉讼"),
    ],
)
def test_what_names_no_row_is_not_recognised(table, printed):
    assert row(table, printed) is None


@pytest.mark.parametrize(
    ("table", "printed", "name"),
    [
        (TABLE_2, "本年收费金额（单位：万元）", forms.FEE_AMOUNT),
        (TABLE_2, "本年新\n制作数量", forms.MADE),
        (TABLE_2, "處理決定數量", forms.DECISIONS_2019),
        (TABLE_2, "采购总金额（万元）", forms.PURCHASE_AMOUNT_WAN),
        (TABLE_3, "社会公益组织", "社会公益组织"),
        (TABLE_4, "尚未\n审结", "尚未审结"),
    ],
)
def test_a_column_is_recognised(table, printed, name):
    assert column(table, printed).name == name


@pytest.mark.parametrize(
    ("printed", "cell"),
    [
        ("335", 335),
        ("３３５", 335),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("减4", -4),
        ("+2", 2),
        ("-1", -1),
        ("343件", 343),
        ("1 件", 1),
        ("**12**", 12),
        ("零", 0),
        ("335.0", 335),
        ("", None),
        (" / ", None),
        ("—", None),
        ("无", None),
        ("\u3000", None),
    ],
)
def test_a_cell_is_a_figure_or_blank(printed, cell):
    assert parse_cell(printed, forms.NATURAL_PERSON).cell == cell


@pytest.mark.parametrize(
    "printed", ["12²", "①", "0 0", "1,23", "007", "3.5", "见附件", "1.2.3", "O", "九" * 9, "9" * 99]
)
def test_a_cell_that_does_not_say_is_undeterminable(printed):
    cell = parse_cell(printed, forms.NATURAL_PERSON).cell

    assert isinstance(cell, Undeterminable)
    assert printed[:6] in cell.reason


@pytest.mark.parametrize(
    ("printed", "column_name", "cell", "unit"),
    [
        ("14722.49", forms.FEE_AMOUNT, Decimal("14722.49"), ""),
        ("251000元", forms.PURCHASE_AMOUNT, 251000, "元"),
        ("52.15万元", forms.PURCHASE_AMOUNT, Decimal("52.15"), "万元"),
        ("251000元", forms.FEE_AMOUNT, Decimal("25.1"), "万元"),
    ],
)
def test_money_keeps_its_decimals_and_its_unit(printed, column_name, cell, unit):
    reading = parse_cell(printed, column_name)

    assert (reading.cell, reading.unit) == (cell, unit)


def test_glosses_go_and_an_address_stays():
    text = "發(fā)布數(shù)據（jù）公（ɡōnɡ）,邮箱(zwgk@163.com)，官网(WWW)"

    assert legible(text) == "发布数据公,邮箱(zwgk@163.com)，官网(WWW)"
    assert normalise(text) == "发布数据公,邮箱(zwgk@163.com),官网(WWW)"


def test_folding_keeps_every_place():
    text = "（一）：１２…㈠│"

    assert fold(text) == "(一):12…㈠|"
