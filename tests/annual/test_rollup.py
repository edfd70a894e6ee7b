"""Many units' reports added up."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annual_cases import changed, make_report, real
from annual_strategies import reports
from gongkai.annual.forms import (
    APPLICANTS,
    FEE_AMOUNT,
    FEES,
    GRANTED,
    LAYOUTS,
    NEW,
    OTHERWISE_ONE_ROW,
    PROCUREMENT,
    PURCHASE_AMOUNT,
    PURCHASE_AMOUNT_NO_UNIT,
    PURCHASE_AMOUNT_WAN,
    TABLE_2,
    TABLE_3,
    TOTAL,
    Form,
    Ref,
)
from gongkai.annual.model import Report, Undeterminable
from gongkai.annual.rollup import RULES_BETWEEN_UNITS, roll_up
from gongkai.errors import BadInput

UNITS = ("甲局", "乙局", "丙县人民政府")
NEW_TOTAL = Ref(TABLE_3, NEW, TOTAL)


def make_parts():
    return [make_report(organ=unit) for unit in UNITS]


def whole_of(parts: list[Report]) -> Report:
    return replace(roll_up(parts).report, organ="丁市人民政府")


def test_every_cell_is_the_sum_of_its_parts():
    rollup = roll_up(make_parts())

    assert (rollup.form, rollup.year, rollup.ok) == (Form.Y2021, 2024, True)
    assert rollup.totals[NEW_TOTAL].amount.value == 300
    assert rollup.totals[Ref(TABLE_2, FEES, FEE_AMOUNT)].amount.value == Decimal("370.35")
    assert list(rollup.totals) == list(LAYOUTS[Form.Y2021].refs())


def test_a_whole_that_is_the_sum_is_clean():
    parts = make_parts()

    assert roll_up(parts, whole_of(parts), expected_units=UNITS).findings == ()


def test_a_cell_that_is_not_the_sum_is_an_error_with_the_parts():
    parts = make_parts()
    whole = changed(whole_of(parts), {tuple(NEW_TOTAL): 299})

    (error,) = roll_up(parts, whole).errors

    assert (error.rule, error.expected, error.found, error.refs) == ("X-01", 300, 299, (NEW_TOTAL,))
    assert error.message == (
        "表三“一、本年新收政府信息公开申请数量”行“总计”列：各单位合计300"
        "（甲局100、乙局100、丙县人民政府100），汇总报告填299"
    )


def test_a_blank_part_makes_the_sum_at_least():
    parts = make_parts()
    parts[1] = changed(parts[1], {tuple(NEW_TOTAL): None})
    larger = changed(whole_of(make_parts()), {tuple(NEW_TOTAL): 300})
    smaller = changed(larger, {tuple(NEW_TOTAL): 199})

    total = roll_up(parts).totals[NEW_TOTAL]

    assert (total.words, dict(total.gaps)) == ("至少200", {"乙局": "未填"})
    assert isinstance(roll_up(parts).report.cell(NEW_TOTAL), Undeterminable)
    assert [one.severity.value for one in roll_up(parts, larger).findings] == ["warning"]
    assert [one.severity.value for one in roll_up(parts, smaller).findings] == ["error"]


def test_an_undeterminable_part_keeps_its_reason():
    parts = make_parts()
    parts[0] = changed(parts[0], {tuple(NEW_TOTAL): Undeterminable("数字粘连")})

    assert roll_up(parts).totals[NEW_TOTAL].gaps == {"甲局": "数字粘连"}


def test_a_blank_cell_of_the_whole_is_a_warning():
    parts = make_parts()
    whole = changed(whole_of(parts), {tuple(NEW_TOTAL): None})

    assert [(one.severity.value, one.found) for one in roll_up(parts, whole).findings] == [
        ("warning", "空白")
    ]


def test_missing_doubled_and_unasked_units_are_found():
    parts = [*make_parts()[:2], make_report(organ="乙局"), make_report(organ="己局")]

    found = roll_up(parts, expected_units=UNITS).findings

    assert [(one.rule, one.severity.value, one.found) for one in found] == [
        ("X-02", "error", "乙局"),
        ("X-02", "error", "丙县人民政府"),
        ("X-02", "warning", "己局"),
    ]


def test_a_report_of_zeros_is_a_report():
    nothing = make_report(organ="丙县人民政府")
    nothing = changed(nothing, {tuple(ref): 0 for ref, _ in nothing.cells()})

    rollup = roll_up([*make_parts()[:2], nothing], expected_units=UNITS)

    assert rollup.findings == ()
    assert rollup.totals[NEW_TOTAL].amount.value == 200


def test_one_row_of_other_outcomes_makes_one_row_of_all():
    mixed = real("03")
    three_rows = replace(real("07"), organ="金湖县人民政府")
    ref = Ref(TABLE_3, OTHERWISE_ONE_ROW[0], TOTAL)

    rollup = roll_up([mixed, three_rows])

    assert rollup.form is Form.MIXED
    assert rollup.totals[ref].amount.value == 0 + 17 + 0 + 2


def test_amounts_of_procurement_are_added_in_one_unit_or_not_at_all():
    def with_amount(column, amount):
        report = real("15")
        rows = report.tables[TABLE_2]
        row = {"采购项目数量": 1, column: amount}
        return replace(report, tables={**report.tables, TABLE_2: {**rows, PROCUREMENT: row}})

    in_yuan = with_amount(PURCHASE_AMOUNT, 5000)
    in_wan = replace(with_amount(PURCHASE_AMOUNT_WAN, Decimal("1.5")), organ="甲局")
    unknown = replace(with_amount(PURCHASE_AMOUNT_NO_UNIT, 52), organ="乙局")
    ref = Ref(TABLE_2, PROCUREMENT, PURCHASE_AMOUNT)

    both = roll_up([in_yuan, in_wan]).totals[ref]
    all_three = roll_up([in_yuan, in_wan, unknown]).totals[ref]

    assert both.words == "20000"
    assert (all_three.words, dict(all_three.gaps)) == (
        "至少20000",
        {"乙局": "采购金额没有写明单位"},
    )


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ([], "没有可以汇总的报告"),
        ([make_report(), make_report(year=2023)], "不能汇总不同年度的报告：2023年、2024年"),
        ([replace(real("15"), year=2024), make_report()], "2019年格式与2021年格式"),
        ([real("partial/p13")], "没有法定表格"),
    ],
)
def test_what_cannot_be_added_up_is_refused(parts, sentence):
    with pytest.raises(BadInput, match=sentence):
        roll_up(parts)


def test_the_rules_between_units_are_listed():
    assert list(RULES_BETWEEN_UNITS) == ["X-01", "X-02"]
    assert RULES_BETWEEN_UNITS["X-01"].title == (
        "汇总报告各格 = 本机关、各部门和下级政府各份报告同格之和"
    )


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(Form).flatmap(lambda form: st.lists(reports(form=form), min_size=1, max_size=4))
)
def test_the_sum_of_sound_reports_is_sound_and_its_own_whole(parts):
    parts = [
        replace(part, year=2020 if part.form is Form.Y2019 else 2024, organ=f"第{number}局")
        for number, part in enumerate(parts)
    ]

    rollup = roll_up(parts)
    again = roll_up(parts, rollup.report)

    assert again.ok
    columns = rollup.report.tables[TABLE_3][GRANTED]
    assert columns[TOTAL] == sum(columns[column] for column in APPLICANTS)
    json.dumps(again.as_dict(), ensure_ascii=False)


@settings(max_examples=25, deadline=None)
@given(st.lists(reports(form=Form.Y2021, sound=False), min_size=1, max_size=3), st.data())
def test_a_gap_is_never_taken_for_0(parts, data):
    parts = [replace(part, year=2024) for part in parts]

    rollup = roll_up(parts)

    for ref, total in rollup.totals.items():
        gaps = [part for part in parts if not isinstance(part.cell(ref), int | Decimal)]
        assert len(total.gaps) == len(gaps)
        assert total.exact == (not gaps)
        assert isinstance(rollup.report.cell(ref), Undeterminable) == bool(gaps)
