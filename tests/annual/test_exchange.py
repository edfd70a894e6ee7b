import contextlib
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annual_strategies import reports
from gongkai.annual import exchange, forms
from gongkai.annual.checks import check_report
from gongkai.annual.forms import TABLE_2, TABLE_3, TABLE_4, Form, Ref
from gongkai.annual.model import Origin, Part, Remark, Report, Undeterminable
from gongkai.errors import BadDate, BadInput, BadNumber, GongkaiError

FIGURES = sorted((Path(__file__).parents[1] / "data" / "figures").glob("*.json"))


@given(reports(sound=False))
def test_a_report_dumped_and_loaded_is_the_same(report):
    assert exchange.loads(exchange.dumps(report)) == report


@given(reports())
def test_a_report_survives_json_that_makes_floats(report):
    assert exchange.load(json.loads(json.dumps(exchange.dump(report)))) == report


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_published_figures_come_back_cell_by_cell(path):
    given_object = json.loads(path.read_text(encoding="utf-8"))

    dumped = exchange.dump(exchange.load(given_object))

    assert dumped["tables"] == _without_notes(given_object["tables"])
    assert [dumped[key] for key in ("organ", "year", "format")] == [
        given_object[key] for key in ("organ", "year", "format")
    ]


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_the_rows_tell_the_form_when_only_tables_are_given(path):
    given_object = json.loads(path.read_text(encoding="utf-8"))

    report = exchange.load({"tables": given_object["tables"]})

    assert report.form == Form(given_object["format"])


def _without_notes(value):
    if not isinstance(value, dict):
        return value
    return {key: _without_notes(item) for key, item in value.items() if not key.startswith("_")}


def test_what_does_not_count_in_equality_comes_back_too():
    ref, lost = Ref(TABLE_3, forms.NEW, "自然人"), Ref(TABLE_3, forms.NEW, "总计")
    row = {"自然人": 3, "总计": Undeterminable("两个数字粘连")}
    report = Report(
        form=Form.Y2021,
        year=2024,
        organ="某局",
        tables={TABLE_2: None, TABLE_3: {forms.NEW: row}, TABLE_4: None},
        absent={TABLE_2: "原文没有这张表"},
        origins={
            ref: Origin("３", page=2, table=1, row=4, column=3),
            lost: Origin("3|", line=18),
        },
        remarks=(Remark("lost-digits", "数字粘连", lost, "33"), Remark("old", "老格式")),
        source="某局.pdf",
    )

    back = exchange.loads(exchange.dumps(report))

    assert (back.tables, back.absent, back.origins, back.remarks, back.source) == (
        report.tables,
        report.absent,
        report.origins,
        report.remarks,
        report.source,
    )


def test_the_object_names_cells_as_the_published_figures_do():
    cells = {"本年新制作数量": 1, "本年新公开数量": None, "对外公开总数量": Undeterminable("污损")}
    report = Report(Form.Y2019, 2019, "某局", {TABLE_2: {"规章": cells}})

    dumped = exchange.dump(report)

    assert dumped["tables"] == {
        TABLE_2: {"规章": {"本年新制作数量": 1, "本年新公开数量": None, "对外公开总数量": "?"}},
        TABLE_3: None,
        TABLE_4: None,
    }
    assert dumped["undeterminable"] == [
        {"table": TABLE_2, "row": "规章", "column": "对外公开总数量", "reason": "污损"}
    ]


@pytest.mark.parametrize(
    ("digits", "figure"),
    [
        ("96171.6", Decimal("96171.6")),
        ("0.0001", Decimal("0.0001")),
        ("12345678901.2345", Decimal("12345678901.2345")),
        ("7730", 7730),
        ("1e3", 1000),
        ("-0.0", 0),
    ],
)
def test_money_is_read_to_the_last_digit(digits, figure):
    text = (
        f'{{"tables": {{"{TABLE_2}": {{"行政事业性收费": {{"本年收费金额（万元）": {digits}}}}}}}}}'
    )

    report = exchange.loads(text)

    assert report.cell(Ref(TABLE_2, forms.FEES, forms.FEE_AMOUNT)) == figure
    assert exchange.loads(exchange.dumps(report)) == report


@pytest.mark.parametrize(
    "column", [forms.PURCHASE_AMOUNT, forms.PURCHASE_AMOUNT_WAN, forms.PURCHASE_AMOUNT_NO_UNIT]
)
def test_a_purchase_may_be_in_yuan_in_ten_thousands_or_without_unit(column):
    report = exchange.load({"tables": {TABLE_2: {"政府集中采购": {column: 25.1}}}})

    assert report.form is Form.Y2019
    assert report.tables[TABLE_2] == {"政府集中采购": {column: Decimal("25.1")}}


def test_a_change_may_be_below_zero():
    report = exchange.load({"tables": {TABLE_2: {"行政许可": {"本年增/减": -2}}}})

    assert report.cell(Ref(TABLE_2, "行政许可", "本年增/减")) == -2


def test_prose_stays_without_tables():
    part = {"number": 1, "heading": "总体情况", "paragraphs": ["一段。", "又一段。"]}

    report = exchange.load({"tables": {}, "parts": [part]})

    assert report.form is None
    assert report.parts == (Part(1, "总体情况", ("一段。", "又一段。")),)


def _one_cell(value, *, row="规章", column="本年制发件数"):
    return {"format": "2021", "tables": {TABLE_2: {row: {column: value}}}}


@pytest.mark.parametrize(
    ("obj", "error", "sentence"),
    [
        ([], BadInput, "“年报数据”应为JSON对象（花括号）"),
        ({}, BadInput, "年报数据里没有“tables”，不知道三张表在哪里"),
        ({"tables": []}, BadInput, "“tables”应为JSON对象（花括号）"),
        (
            {"tables": {"表二": {}}},
            BadInput,
            f"tables里没有“表二”这一表，最接近的是“{TABLE_2}”",
        ),
        (
            _one_cell(1, row="规范性文件"),
            BadInput,
            "表二（2021年格式）里没有“规范性文件”这一行，最接近的是“行政规范性文件”",
        ),
        (
            _one_cell(1, column="本年制发数"),
            BadInput,
            "表二（2021年格式）“规章”行里没有“本年制发数”这一列，最接近的是“本年制发件数”",
        ),
        (
            {"format": "2018", "tables": {}},
            BadInput,
            "不认识的年报格式“2018”，应为“2021”、“2019”、“2021-mixed(（六）其他处理为单行)”之一",
        ),
        (
            _one_cell("12"),
            BadNumber,
            "表二“规章”行“本年制发件数”列是文字“12”，应为数字；空白写null，无法确定写“?”",
        ),
        (_one_cell(True), BadNumber, "表二“规章”行“本年制发件数”列应为数字，空白写null"),
        (_one_cell([1]), BadNumber, "表二“规章”行“本年制发件数”列应为数字，空白写null"),
        (_one_cell(float("nan")), BadNumber, "表二“规章”行“本年制发件数”列的NaN不是数字"),
        (_one_cell(10**15), BadNumber, "表二“规章”行“本年制发件数”列的数字超过15位，无法准确保存"),
        ({"tables": {}, "year": "2024"}, BadInput, "年度（year）应为四位数字的年份，如2024"),
        ({"tables": {}, "year": True}, BadInput, "年度（year）应为四位数字的年份，如2024"),
        ({"tables": {}, "organ": 3}, BadInput, "“organ”应为文字（双引号）"),
        (
            {"tables": {}, "header": {"published_on": "2025-02-30"}},
            BadDate,
            "没有“2025-02-30”这一天；日期应写成2024-01-31这样",
        ),
        (
            {"tables": {}, "header": {"period": ["2024-01-01"]}},
            BadInput,
            "统计期限（period）应写起、止两个日期",
        ),
        (
            {"tables": {}, "parts": [{"number": 7}]},
            BadInput,
            "各部分（parts）的序号（number）应为1至6",
        ),
        ({"tables": {}, "title": "\ud800"}, BadInput, "“title”里有残缺的字符编码（孤立的代理码）"),
    ],
)
def test_a_bad_object_is_refused_in_a_sentence(obj, error, sentence):
    with pytest.raises(error) as caught:
        exchange.load(obj)

    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "不是有效的JSON：第1行第1列起读不下去"),
        ('{"tables": {}', "不是有效的JSON：第1行第14列起读不下去"),
        ('{"tables": NaN}', "JSON里的NaN不是数字"),
        ('{"tables": -Infinity}', "JSON里的-Infinity不是数字"),
        ('{"tables": {}, "tables": {}}', "“tables”在同一处出现两次，不知以哪一个为准"),
        ('{"tables": 1e9999999999999999999999}', "JSON里有超过15位的数字"),
        ('{"tables": ' + "9" * 10_000 + "}", "JSON里有超过15位的数字"),
        ('{"tables": ' + "[" * 200_000, "JSON嵌套过深，不是年报数据"),
    ],
)
def test_bad_text_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(BadInput) as caught:
        exchange.loads(text)

    assert str(caught.value) == sentence


_WORDS = "tables format year organ header contact period parts number cells absent _note 规章"
_KEYS = st.sampled_from([*_WORDS.split(), TABLE_2, TABLE_3, "本年制发件数"])
_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text("?表12021-\ud800", max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(_KEYS, _JSON, max_size=6).map(lambda obj: {"tables": {}, **obj}))
def test_any_object_is_loaded_or_refused_and_nothing_else(obj):
    with contextlib.suppress(GongkaiError):
        report = exchange.load(obj)
        assert exchange.loads(exchange.dumps(report)) == report


@pytest.mark.parametrize("value", [-1, 1.5])
def test_a_figure_that_is_no_count_is_left_to_the_checks(value):
    verdict = check_report(exchange.load(_one_cell(value)))

    assert [finding.found for finding in verdict.errors] == [Decimal(str(value))]


def test_cells_come_in_the_order_of_the_form_whatever_order_they_were_kept_in():
    figures = Path(__file__).parents[1] / "data" / "figures" / "01_sjz_gov_office_2022.json"
    told = json.loads(figures.read_text("utf-8"))

    def turned(value):
        if not isinstance(value, dict):
            return value
        return {name: turned(value[name]) for name in sorted(value, reverse=True)}

    kept = exchange.load(told | {"tables": turned(told["tables"])})

    assert list(kept.cells()) == list(exchange.load(told).cells())
    assert [ref for ref, _ in kept.cells()] == list(forms.LAYOUTS[Form.Y2021].refs())
